"""Who moves a unit's track, when it is late, urged, escalated and extended (rules T1 to T11)."""

from __future__ import annotations

from hub.domain.deadline import late_minutes
from hub.domain.event import Actor, Role
from hub.domain.fieldvalues import TIME_MAX_MS, checked_line, checked_text
from hub.domain.item import Item, ItemStateChanged
from hub.domain.item_rules import is_officer, kind_of, open_item
from hub.domain.kindparts import BoardKind
from hub.domain.kinds import state_of
from hub.domain.track import (
    ORDER,
    UNANSWERED,
    AnswerExtension,
    AskExtension,
    Escalate,
    ExtensionAnswered,
    ExtensionAsked,
    MarkDelivered,
    MoveTrack,
    NotePhoned,
    Progress,
    TrackMoved,
    TrackPhoned,
    TracksDelivered,
    TracksEscalated,
    TracksUrged,
    UnitTrack,
    Urge,
)
from hub.domain.workspace import Workspace, WorkspaceEvent
from hub.errors import Refusal

_BY_UNIT = (Progress.READ, Progress.SIGNED, Progress.WORKING, Progress.REPLIED)
_DONE = (Progress.REPLIED, Progress.CONFIRMED)
_WAITED_FOR = tuple(each for each in Progress if each not in _DONE)
_RANK = {state: place for place, state in enumerate(ORDER)} | {
    Progress.RETURNED: ORDER.index(Progress.WORKING)
}


def deliver(state: Workspace, wish: MarkDelivered, by: Actor) -> list[WorkspaceEvent]:
    item = _hubs(state, wish.item_id, by)
    seats = [seat for seat in dict.fromkeys(wish.seats) if _state_at(item, seat) is Progress.SENT]
    return [TracksDelivered(item_id=item.item_id, seats=seats)] if seats else []


def move(state: Workspace, wish: MoveTrack, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    """T1: forward only. T2: a unit moves its own track, the office returns and confirms, but not its own."""
    item = open_item(state, wish.item_id)
    track = _track(item, wish.seat)
    if wish.state in _BY_UNIT:
        if by.seat != wish.seat or by.role not in (Role.SEAT, Role.OFFICER):
            raise Refusal("track.foreign")
    elif wish.state in (Progress.RETURNED, Progress.CONFIRMED):
        if not is_officer(by) or by.seat == wish.seat:
            raise Refusal("track.foreign")
    else:
        raise Refusal("bad_request", field="state")
    if _is_final(state, item) and wish.state is not Progress.READ:
        raise Refusal("board.frozen", item_id=item.item_id)
    text = _text_for(wish)
    if not _may_follow(track, wish.state):
        if _RANK[track.state] >= _RANK[wish.state] and not text:
            return []  # it is that far already: a second click, or a slow page
        raise Refusal("track.no_move", state=track.state)
    late_min = None
    if wish.state is Progress.REPLIED and not track.replies:
        due_ms = track.due_ms or item.due_ms
        late_min = late_minutes(due_ms, now_ms) if due_ms is not None else None
    moved = TrackMoved(item_id=item.item_id, seat=wish.seat, state=wish.state, text=text, late_min=late_min)
    return [moved, *_item_follows(state, item, wish.seat, wish.state)]


def _text_for(wish: MoveTrack) -> str:
    if wish.state in (Progress.REPLIED, Progress.RETURNED):
        return checked_text(wish.text)
    return checked_line("text", wish.text)


def _may_follow(track: UnitTrack, wished: Progress) -> bool:
    now = track.state
    match wished:
        case Progress.RETURNED:  # also when the item was taken up again after it had been confirmed
            return now in _DONE and bool(track.replies)
        case Progress.CONFIRMED:
            return now in (Progress.REPLIED, Progress.SIGNED)
        case Progress.REPLIED:  # another round of feedback, until the office has confirmed
            return now is not Progress.CONFIRMED
        case Progress.WORKING:
            return now is Progress.RETURNED or _RANK[now] < _RANK[wished]
        case _:
            return _RANK[now] < _RANK[wished]


def _item_follows(state: Workspace, item: Item, seat: str, moved: Progress) -> list[WorkspaceEvent]:
    """T3: what the tracks say together moves an instruction and a warning on."""
    kind = kind_of(state, item).kind
    after = {key: moved if key == seat else track.state for key, track in item.tracks.items()}
    target = None
    if kind is BoardKind.INSTRUCTION:
        if all(each in _DONE for each in after.values()):
            target = "review" if item.state in ("issued", "working") else None
        elif item.state == "review" or (item.state == "issued" and _RANK[moved] >= _RANK[Progress.SIGNED]):
            target = "working"
    elif kind is BoardKind.WARNING and item.state == "issued":
        target = "closed" if all(each is Progress.CONFIRMED for each in after.values()) else None
    return [ItemStateChanged(item_id=item.item_id, move="", state=target)] if target is not None else []


def urge(state: Workspace, wish: Urge, by: Actor) -> list[WorkspaceEvent]:
    """催办: T5, who has done what is asked is not urged, and by the hub itself nobody who has signed."""
    if not is_officer(by):
        raise Refusal("forbidden")
    item = open_item(state, wish.item_id)
    if _is_final(state, item):
        raise Refusal("board.frozen", item_id=item.item_id)
    waits = UNANSWERED if by.role is Role.HUB else _WAITED_FOR
    seats = [seat for seat in dict.fromkeys(wish.seats) if _state_at(item, seat) in waits]
    return [TracksUrged(item_id=item.item_id, seats=seats)] if seats else []


def escalate(state: Workspace, wish: Escalate, by: Actor) -> list[WorkspaceEvent]:
    """T4: once a track; one that is signed meanwhile is not escalated."""
    item = _hubs(state, wish.item_id, by)
    if _is_final(state, item):
        return []
    seats = [
        seat
        for seat in dict.fromkeys(wish.seats)
        if _state_at(item, seat) in UNANSWERED and item.tracks[seat].escalated_ms is None
    ]
    return [TracksEscalated(item_id=item.item_id, seats=seats)] if seats else []


def phoned(state: Workspace, wish: NotePhoned, by: Actor) -> list[WorkspaceEvent]:
    """T4: a unit that was reached by telephone has confirmed that it knows."""
    if not is_officer(by):
        raise Refusal("forbidden")
    item = open_item(state, wish.item_id)
    track = _track(item, wish.seat)
    noted = TrackPhoned(
        item_id=item.item_id,
        seat=wish.seat,
        reached=wish.reached,
        note=checked_line("note", wish.note),
    )
    if not wish.reached or track.state not in UNANSWERED or _is_final(state, item):
        return [noted]
    signed = TrackMoved(item_id=item.item_id, seat=wish.seat, state=Progress.SIGNED)
    return [noted, signed, *_item_follows(state, item, wish.seat, Progress.SIGNED)]


def ask_extension(state: Workspace, wish: AskExtension, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    """T6: asked for in time, or it counts against the old time."""
    item = open_item(state, wish.item_id)
    track = _track(item, wish.seat)
    if by.seat != wish.seat:
        raise Refusal("track.foreign")
    if track.state in _DONE or _is_final(state, item):
        raise Refusal("track.no_move", state=track.state)
    due_ms = track.due_ms or item.due_ms
    if due_ms is None or not due_ms < wish.due_ms <= TIME_MAX_MS:
        raise Refusal("bad_request", field="due_ms")
    if now_ms > due_ms:
        raise Refusal("track.too_late_to_extend")
    reason = checked_line("reason", wish.reason)
    if not reason:
        raise Refusal("board.needs_reason", move="extend")
    return [ExtensionAsked(item_id=item.item_id, seat=wish.seat, due_ms=wish.due_ms, reason=reason)]


def answer_extension(state: Workspace, wish: AnswerExtension, by: Actor) -> list[WorkspaceEvent]:
    if not is_officer(by):
        raise Refusal("forbidden")
    item = open_item(state, wish.item_id)
    asked = _track(item, wish.seat).extension
    if asked is None:
        raise Refusal("track.nothing_asked")
    if asked.granted is not None:
        return []
    return [ExtensionAnswered(item_id=item.item_id, seat=wish.seat, granted=wish.granted)]


def _hubs(state: Workspace, item_id: str, by: Actor) -> Item:
    if by.role is not Role.HUB:
        raise Refusal("forbidden")
    return open_item(state, item_id)


def _track(item: Item, seat: str) -> UnitTrack:
    if seat not in item.tracks:
        raise Refusal("track.unknown", seat=seat[:64])
    return item.tracks[seat]


def _is_final(state: Workspace, item: Item) -> bool:
    return state_of(kind_of(state, item).kind, item.state).final


def _state_at(item: Item, seat: str) -> Progress | None:
    track = item.tracks.get(seat)
    return track.state if track is not None else None
