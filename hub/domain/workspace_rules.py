"""Who opens, changes and closes an incident, and which rule each command of a workspace follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from hub.domain import adding_rules, item_rules, track_rules
from hub.domain.event import Actor, Command, Recorded, Role
from hub.domain.fieldvalues import TIME_MAX_MS, checked_line, checked_text
from hub.domain.item import (
    AddItem,
    Annotate,
    AssignItem,
    Attach,
    ChangeState,
    EditItem,
    MoveItem,
    PinItem,
    PutOnWall,
    ShareItem,
    VoidItem,
)
from hub.domain.item_rules import is_officer
from hub.domain.mark import Marked, MarkRetracted, MarkUnit, RetractMark
from hub.domain.reach import may_follow, sees
from hub.domain.report_rules import check_deadlines, first_deadlines
from hub.domain.track import (
    AnswerExtension,
    AskExtension,
    Escalate,
    MarkDelivered,
    MoveTrack,
    NotePhoned,
    Urge,
)
from hub.domain.workspace import (
    SUMMARY_MAX,
    TITLE_MAX,
    AddUnits,
    BoardOpened,
    BoardsClosed,
    CasualtiesRecorded,
    ChangeLevel,
    ChangeStatus,
    CheckDeadlines,
    CloseBoards,
    DeadlinesSet,
    EditHeader,
    EntryNoted,
    Header,
    HeaderChanges,
    HeaderEdited,
    LevelChanged,
    LinkSession,
    Nature,
    NewBoard,
    NoteEntry,
    NoteExport,
    OpenBoard,
    OpenWorkspace,
    RecordCasualties,
    RemoveUnit,
    SessionLinked,
    Status,
    StatusChanged,
    UnitRemoved,
    UnitsAdded,
    Workspace,
    WorkspaceEvent,
    WorkspaceExported,
    WorkspaceOpened,
)
from hub.domain.workspace_fold import apply
from hub.errors import Refusal
from hub.ids import is_id

UNITS_MAX = 300
BOARDS_MAX = 30
CASUALTIES_MAX = 1_000
MARKS_MAX = 500
COUNT_MAX = 10_000_000
_RESPONSES = ("", "I", "II", "III", "IV")

STEPS: dict[Status, tuple[Status, ...]] = {
    Status.DRAFT: (Status.ACTIVE, Status.VOID),
    Status.ACTIVE: (Status.MONITORING, Status.CLOSED),
    Status.MONITORING: (Status.ACTIVE, Status.CLOSED),
    Status.CLOSED: (Status.MONITORING,),
    Status.VOID: (),
}
"""I5: the steps of an incident; ``closed`` and ``void`` need a reason, and so does opening it again."""

_Rule = Callable[[Workspace, Any, Actor, int], list[WorkspaceEvent]]


def decide(state: Workspace, command: Command, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    """What ``command`` makes happen; refuses with a code of ``hub.errors`` and then nothing happens."""
    if isinstance(command, OpenWorkspace):
        return _open(state, command, by, now_ms)
    if not state.opened_ms:
        raise Refusal("not_found")
    _check_takes_part(state, command, by)
    rule = _RULES.get(type(command))
    if rule is None:
        raise TypeError(command)
    if state.closed_ms is not None and not isinstance(command, _AFTER_THE_END):
        raise Refusal("board.closed" if state.nature is Nature.SESSION else "incident.closed")
    return rule(state, command, by, now_ms)


def _check_takes_part(state: Workspace, command: Command, by: Actor) -> None:
    """P15: who does not take part changes nothing; what one does not see is to one as if it were not (T8)."""
    reads = by.role is Role.REVIEWER and isinstance(command, NoteExport)
    if by.role not in (Role.OFFICER, Role.SEAT, Role.HUB) and not reads:
        raise Refusal("forbidden")
    if not may_follow(state, by):
        raise Refusal("incident.unknown")
    item = state.items.get(getattr(command, "item_id", ""))
    if item is not None and not isinstance(command, AddItem) and not sees(state, item, by):
        raise Refusal("board.unknown_item", item_id=item.item_id)


# --- opening ------------------------------------------------------------------------------------


def _open(state: Workspace, wish: OpenWorkspace, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    """I1: the office opens an incident; a unit reports one, which is a draft until the office takes it up."""
    if state.opened_ms:
        raise Refusal("bad_request", field="workspace_id")
    if wish.nature is Nature.INCIDENT and not is_officer(by):
        reports = by.role is Role.SEAT and [unit.seat for unit in wish.units] == [by.seat]
        if not reports or wish.status is not Status.DRAFT or wish.plan is not None:
            raise Refusal("forbidden")
    if wish.status not in (Status.DRAFT, Status.ACTIVE) or len(wish.units) > UNITS_MAX:
        raise Refusal("bad_request", field="status" if len(wish.units) <= UNITS_MAX else "units")
    header = _checked_header(wish.header)
    opened = WorkspaceOpened(
        workspace_id=wish.workspace_id,
        nature=wish.nature,
        number=wish.number,
        header=header,
        level=wish.level,
        status=wish.status,
        exercise=wish.exercise,
        session_id=wish.session_id,
        profile=wish.profile,
        plan=wish.plan,
        units=list({unit.seat: unit for unit in wish.units}.values()),
        call=list(dict.fromkeys(wish.call)),
        deadlines=[],
    )
    opened = replace(opened, deadlines=first_deadlines(_after(state, [opened], by, now_ms)))
    events: list[WorkspaceEvent] = [opened]
    for board in wish.boards:
        events += _open_board(_after(state, events, by, now_ms), board)
    for item in wish.items:
        events += adding_rules.add(_after(state, events, by, now_ms), item, by, now_ms)
    return events


def _after(state: Workspace, events: list[WorkspaceEvent], by: Actor, now_ms: int) -> Workspace:
    """``state`` once ``events`` have happened."""
    for event in events:
        state = apply(state, Recorded(stream="", seq=0, at_ms=now_ms, actor=by, event=event))
    return state


def _checked_header(header: Header) -> Header:
    title = " ".join(header.title.split())
    if not title or len(title) > TITLE_MAX:
        raise Refusal("incident.no_title", max=TITLE_MAX)
    summary = header.summary.strip()
    if len(summary) > SUMMARY_MAX:
        raise Refusal("board.text_too_long", field="summary", max=SUMMARY_MAX)
    if header.lon is not None and not -180 <= header.lon <= 180:
        raise Refusal("bad_request", field="lon")
    if header.lat is not None and not -90 <= header.lat <= 90:
        raise Refusal("bad_request", field="lat")
    for name in ("occurred_ms", "learned_ms"):
        at_ms: int | None = getattr(header, name)
        if at_ms is not None and not 0 <= at_ms <= TIME_MAX_MS:
            raise Refusal("bad_request", field=name)
    return replace(header, title=title, summary=summary, place=checked_line("place", header.place))


# --- the header ---------------------------------------------------------------------------------


def _edit(state: Workspace, wish: EditHeader, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    """I2: as with items, fields that nobody else touched merge, and a clash shows both (B4)."""
    drafts = state.status is Status.DRAFT and state.opened_by is not None and state.opened_by.seat == by.seat
    if not is_officer(by) and not drafts:
        raise Refusal("forbidden")
    given = wish.changes.given()
    header = _checked_header(replace(state.header, **given))
    wished = {
        name: value for name in given if (value := getattr(header, name)) != getattr(state.header, name)
    }
    if not wished:
        return []
    clashes = [name for name in wished if state.fields_at.get(name, 1) > wish.base_version]
    if clashes:
        raise Refusal(
            "board.conflict",
            version=state.version,
            fields=clashes,
            theirs={name: getattr(state.header, name) for name in clashes},
            yours={name: wished[name] for name in clashes},
        )
    edited = HeaderEdited(version=state.version + 1, changes=HeaderChanges(**wished))
    return [edited, *_anew(_after(state, [edited], by, now_ms))]


def _anew(after: Workspace) -> list[WorkspaceEvent]:
    """D3: with its times and its level the deadlines of an incident change that nobody has met yet."""
    changed = first_deadlines(after)
    return [DeadlinesSet(deadlines=changed)] if changed else []


def _level(state: Workspace, wish: ChangeLevel, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    """I3: with a reason, and the reason is in the log."""
    _check_office(by)
    if wish.response not in _RESPONSES:
        raise Refusal("bad_request", field="response")
    reason = checked_line("reason", wish.reason)
    if not reason:
        raise Refusal("board.needs_reason", move="level")
    if (wish.level, wish.response) == (state.level, state.response):
        return []
    changed = LevelChanged(level=wish.level, response=wish.response, reason=reason)
    return [changed, *_anew(_after(state, [changed], by, now_ms))]


def _casualties(state: Workspace, wish: RecordCasualties, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    """I6: a series, each with its time and its source."""
    _check_office(by)
    entry = replace(
        wish.entry,
        source=checked_line("source", wish.entry.source),
        note=checked_line("note", wish.entry.note),
    )
    counts = (entry.dead, entry.missing, entry.injured, entry.trapped)
    if not entry.source:
        raise Refusal("incident.no_source")
    if all(count is None for count in counts) or not 0 <= entry.as_of_ms <= now_ms:
        raise Refusal("bad_request", field="entry")
    if any(count is not None and not 0 <= count <= COUNT_MAX for count in counts):
        raise Refusal("bad_request", field="entry")
    if len(state.casualties) >= CASUALTIES_MAX:
        raise Refusal("board.full", max=CASUALTIES_MAX)
    return [CasualtiesRecorded(entry=entry)]


def _add_units(state: Workspace, wish: AddUnits, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    _check_office(by)
    fresh = list({unit.seat: unit for unit in wish.units if unit.seat not in state.units}.values())
    if len(state.units) + len(fresh) > UNITS_MAX:
        raise Refusal("board.full", max=UNITS_MAX)
    return [UnitsAdded(units=fresh)] if fresh else []


def _remove_unit(state: Workspace, wish: RemoveUnit, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    _check_office(by)
    return [UnitRemoved(seat=wish.seat)] if wish.seat in state.units else []


def _status(state: Workspace, wish: ChangeStatus, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    _check_office(by)
    if wish.status is state.status:
        return []
    if state.nature is not Nature.INCIDENT or wish.status not in STEPS[state.status]:
        raise Refusal("incident.no_step", status=state.status)
    reason = checked_line("reason", wish.reason)
    if not reason and (wish.status in (Status.CLOSED, Status.VOID) or state.status is Status.CLOSED):
        raise Refusal("board.needs_reason", move=wish.status)
    return [StatusChanged(status=wish.status, reason=reason)]


# --- boards, sessions, the timeline ---------------------------------------------------------------


def _board(state: Workspace, wish: OpenBoard, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    _check_office(by)
    return _open_board(state, wish.board)


def _open_board(state: Workspace, board: NewBoard) -> list[WorkspaceEvent]:
    title = checked_line("title", board.title)
    if not title or not is_id(board.board_id) or board.board_id in state.boards:
        raise Refusal("bad_request", field="board")
    if len(state.boards) >= BOARDS_MAX:
        raise Refusal("board.full", max=BOARDS_MAX)
    return [BoardOpened(board_id=board.board_id, kind=board.kind, title=title, session_id=state.session_id)]


def _link(state: Workspace, wish: LinkSession, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    _check_office(by)
    if any(link.session_id == wish.session_id for link in state.sessions):
        return []
    return [SessionLinked(session_id=wish.session_id, title=wish.title)]


def _note(state: Workspace, wish: NoteEntry, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    """I8: by the office, at a time that is past."""
    _check_office(by)
    if not 0 <= wish.when_ms <= now_ms:
        raise Refusal("bad_request", field="when_ms")
    return [EntryNoted(when_ms=wish.when_ms, text=checked_text(wish.text))]


def _export(state: Workspace, wish: NoteExport, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    """E3: whoever takes a sheet away is in the log; what is on it is what that person sees (T8)."""
    return [WorkspaceExported(what=wish.what, key=wish.key, form=wish.form)]


# --- 漏报, 瞒报, 谎报 --------------------------------------------------------------------------------


def _mark(state: Workspace, wish: MarkUnit, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    """N11: by the office, with the reason; also when the incident is over."""
    _check_office(by)
    if not is_id(wish.mark_id) or wish.mark_id in state.marks:
        raise Refusal("bad_request", field="mark_id")
    if len(state.marks) >= MARKS_MAX:
        raise Refusal("board.full", max=MARKS_MAX)
    reason = _reason(wish.reason, wish.mark)
    return [Marked(mark_id=wish.mark_id, unit=wish.unit, mark=wish.mark, reason=reason)]


def _retract(state: Workspace, wish: RetractMark, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    _check_office(by)
    mark = state.marks.get(wish.mark_id)
    if mark is None or mark.retracted is not None:
        raise Refusal("mark.unknown", mark_id=wish.mark_id)
    return [MarkRetracted(mark_id=wish.mark_id, reason=_reason(wish.reason, "retract"))]


def _reason(text: str, move: str) -> str:
    reason = checked_line("reason", text)
    if not reason:
        raise Refusal("board.needs_reason", move=move)
    return reason


def _check_clock(state: Workspace, wish: CheckDeadlines, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    if by.role is not Role.HUB:
        raise Refusal("forbidden")
    return check_deadlines(state, now_ms)


def _close(state: Workspace, wish: CloseBoards, by: Actor, now_ms: int) -> list[WorkspaceEvent]:
    if by.role is not Role.HUB or state.nature is not Nature.SESSION:
        raise Refusal("forbidden")
    return [BoardsClosed()] if state.closed_ms is None else []


def _check_office(by: Actor) -> None:
    if not is_officer(by):
        raise Refusal("forbidden")


# --- the table ----------------------------------------------------------------------------------


def _without_now(rule: Callable[[Workspace, Any, Actor], list[WorkspaceEvent]]) -> _Rule:
    return lambda state, wish, by, now_ms: rule(state, wish, by)


_RULES: dict[type[Command], _Rule] = {
    EditHeader: _edit,
    ChangeLevel: _level,
    RecordCasualties: _casualties,
    AddUnits: _add_units,
    RemoveUnit: _remove_unit,
    ChangeStatus: _status,
    OpenBoard: _board,
    LinkSession: _link,
    NoteEntry: _note,
    NoteExport: _export,
    CheckDeadlines: _check_clock,
    CloseBoards: _close,
    MarkUnit: _mark,
    RetractMark: _retract,
    AddItem: adding_rules.add,
    EditItem: _without_now(item_rules.edit),
    MoveItem: _without_now(item_rules.reorder),
    ChangeState: item_rules.change_state,
    VoidItem: item_rules.void,
    PinItem: _without_now(item_rules.pin),
    PutOnWall: _without_now(item_rules.put_on_wall),
    ShareItem: _without_now(item_rules.share),
    AssignItem: _without_now(item_rules.assign),
    Annotate: _without_now(item_rules.annotate),
    Attach: _without_now(item_rules.attach),
    MarkDelivered: _without_now(track_rules.deliver),
    MoveTrack: track_rules.move,
    Urge: _without_now(track_rules.urge),
    Escalate: _without_now(track_rules.escalate),
    NotePhoned: _without_now(track_rules.phoned),
    AskExtension: track_rules.ask_extension,
    AnswerExtension: _without_now(track_rules.answer_extension),
}

_AFTER_THE_END = (
    ChangeStatus,
    NoteEntry,
    NoteExport,
    CloseBoards,
    MarkDelivered,
    LinkSession,
    MarkUnit,
    RetractMark,
)
"""What may still happen to an incident that is closed: opened again, its timeline completed, taken away."""
