"""What every event makes of a workspace: the same ``apply`` as in web/src/state/workspace.ts."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from hub.domain.event import Actor, Recorded
from hub.domain.item import (
    Attached,
    Item,
    ItemAdded,
    ItemAnnotated,
    ItemAssigned,
    ItemAttached,
    ItemEdited,
    ItemHidden,
    ItemMoved,
    ItemOnWall,
    ItemPinned,
    ItemShared,
    ItemShown,
    ItemStateChanged,
    ItemVoided,
    Note,
    Voided,
    Withheld,
)
from hub.domain.mark import Mark, Marked, MarkRetracted
from hub.domain.track import (
    Extension,
    ExtensionAnswered,
    ExtensionAsked,
    Feedback,
    Phoned,
    Progress,
    TrackMoved,
    TrackPhoned,
    TracksDelivered,
    TracksEscalated,
    TracksUrged,
    Unit,
    UnitTrack,
)
from hub.domain.workspace import (
    Board,
    BoardOpened,
    BoardsClosed,
    CasualtiesRecorded,
    CasualtyEntry,
    DeadlineMet,
    DeadlinesSet,
    EntryNoted,
    FirstReported,
    HeaderEdited,
    LevelChanged,
    SessionLink,
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

_ENDS = (Status.CLOSED, Status.VOID)


def apply(state: Workspace, recorded: Recorded[WorkspaceEvent]) -> Workspace:
    event, at_ms, actor = recorded.event, recorded.at_ms, recorded.actor
    match event:
        case WorkspaceOpened():
            return _opened(event, actor, at_ms)
        case HeaderEdited(version=version, changes=changes):
            given = changes.given()
            return replace(
                state,
                header=replace(state.header, **given),
                version=version,
                fields_at={**state.fields_at, **dict.fromkeys(given, version)},
            )
        case LevelChanged(level=level, response=response):
            return replace(state, level=level, response=response)
        case CasualtiesRecorded(entry=entry):
            fresh = CasualtyEntry(entry=entry, actor=actor, at_ms=at_ms)
            return replace(state, casualties=[*state.casualties, fresh])
        case UnitsAdded(units=units):
            return replace(state, units={**state.units, **{unit.seat: unit for unit in units}})
        case UnitRemoved(seat=seat):
            left = {key: unit for key, unit in state.units.items() if key != seat}
            return replace(state, units=left)
        case StatusChanged(status=status):
            return replace(state, status=status, closed_ms=at_ms if status in _ENDS else None)
        case DeadlinesSet(deadlines=deadlines):
            return replace(state, deadlines={**state.deadlines, **{each.name: each for each in deadlines}})
        case DeadlineMet(name=name, late_min=late_min):
            met = replace(state.deadlines[name], met_ms=at_ms, late_min=late_min)
            return replace(state, deadlines={**state.deadlines, name: met})
        case FirstReported():
            return replace(state, first_reported_ms=at_ms)
        case BoardOpened():
            return _with_board(state, event, at_ms)
        case SessionLinked(session_id=session_id, title=title):
            link = SessionLink(session_id=session_id, title=title, at_ms=at_ms)
            return replace(state, sessions=[*state.sessions, link])
        case BoardsClosed():
            return replace(state, closed_ms=at_ms)
        case Marked():
            return _marked(state, event, actor, at_ms)
        case MarkRetracted(mark_id=mark_id, reason=reason):
            back = replace(state.marks[mark_id], retracted=reason, retracted_by=actor, retracted_ms=at_ms)
            return replace(state, marks={**state.marks, mark_id: back})
        case EntryNoted() | WorkspaceExported() | Withheld():
            return state
        case ItemShown(item=item):
            return _with(state, item)
        case ItemHidden(item_id=item_id):
            return replace(state, items={k: item for k, item in state.items.items() if k != item_id})
        case ItemAdded():
            return _added(state, event, actor, at_ms)
    item = state.items[event.item_id]
    return _with(state, _changed(item, recorded))


def _opened(event: WorkspaceOpened, actor: Actor, at_ms: int) -> Workspace:
    return Workspace(
        workspace_id=event.workspace_id,
        nature=event.nature,
        number=event.number,
        header=event.header,
        level=event.level,
        status=event.status,
        exercise=event.exercise,
        office=actor.seat or "",
        office_name=actor.seat_name or "",
        opened_by=actor,
        opened_ms=at_ms,
        session_id=event.session_id,
        profile=event.profile,
        plan=event.plan,
        units={unit.seat: unit for unit in event.units},
        call=event.call,
        deadlines={each.name: each for each in event.deadlines},
    )


def _with_board(state: Workspace, event: BoardOpened, at_ms: int) -> Workspace:
    if not state.opened_ms:  # a session's board of an older log is all there is of its workspace
        state = replace(state, workspace_id=event.board_id, session_id=event.session_id, opened_ms=at_ms)
    board = Board(board_id=event.board_id, kind=event.kind, title=event.title, opened_ms=at_ms)
    return replace(state, boards={**state.boards, board.board_id: board})


def _marked(state: Workspace, event: Marked, actor: Actor, at_ms: int) -> Workspace:
    mark = Mark(
        mark_id=event.mark_id,
        unit=event.unit,
        mark=event.mark,
        reason=event.reason,
        actor=actor,
        at_ms=at_ms,
    )
    return replace(state, marks={**state.marks, mark.mark_id: mark})


def _added(state: Workspace, event: ItemAdded, actor: Actor, at_ms: int) -> Workspace:
    """``board_id`` is empty in an older log, where a board was alone."""
    board_id = event.board_id or next(iter(state.boards))
    item = Item(
        item_id=event.item_id,
        board_id=board_id,
        rank=event.rank,
        fields=event.fields,
        author=actor,
        created_ms=at_ms,
        state=event.state,
        state_ms=at_ms,
        reach=event.reach,
        shared=event.shared,
        tracks={unit.seat: _begun(unit, at_ms) for unit in event.units},
        pinned=event.pinned,
        chain=event.chain,
        number=event.number,
        session_id=event.session_id,
        media_ms=event.media_ms,
        due_ms=event.due_ms,
        late_min=event.late_min,
    )
    return _with(state, item)


def _with(state: Workspace, item: Item) -> Workspace:
    return replace(state, items={**state.items, item.item_id: item})


# --- one item -----------------------------------------------------------------------------------


def _changed(item: Item, recorded: Recorded[WorkspaceEvent]) -> Item:
    event, at_ms, actor = recorded.event, recorded.at_ms, recorded.actor
    match event:
        case ItemEdited(version=version, changes=changes):
            return replace(
                item,
                fields={**item.fields, **changes},
                version=version,
                fields_at={**item.fields_at, **dict.fromkeys(changes, version)},
                due_ms=int(changes["due"]) if item.due_ms is None and changes.get("due") else item.due_ms,
                edited_by=item.edited_by if event.office else actor,
                edited_ms=item.edited_ms if event.office else at_ms,
            )
        case ItemMoved(rank=rank):
            return replace(item, rank=rank)
        case ItemStateChanged():
            return replace(
                item,
                state=event.state,
                state_ms=at_ms,
                reason=event.reason,
                done_by=actor.seat if event.move == "report" else item.done_by,
                reach=item.reach if event.reach is None else event.reach,
                number=item.number if event.number is None else event.number,
                due_ms=item.due_ms if event.due_ms is None else event.due_ms,
                late_min=item.late_min if event.late_min is None else event.late_min,
            )
        case ItemVoided(reason=reason):
            return replace(item, voided=Voided(actor=actor, at_ms=at_ms, reason=reason))
        case ItemPinned(pinned=pinned):
            return replace(item, pinned=pinned)
        case ItemOnWall(on_wall=on_wall):
            return replace(item, on_wall=on_wall)
        case ItemShared(reach=reach, shared=shared):
            return replace(item, reach=reach, shared=shared)
        case ItemAssigned(units=units):
            return replace(item, tracks={**item.tracks, **{unit.seat: _begun(unit, at_ms) for unit in units}})
        case ItemAnnotated(text=text, office=office, private=private):
            note = Note(text=text, actor=actor, at_ms=at_ms, office=office, private=private)
            return replace(item, notes=[*item.notes, note])
        case ItemAttached(attachment=attachment, private=private):
            fresh = Attached(attachment=attachment, actor=actor, at_ms=at_ms, private=private)
            return replace(item, attachments=[*item.attachments, fresh])
        case TracksDelivered(seats=seats):
            return _tracks(item, seats, lambda track: _reached(track, Progress.DELIVERED, at_ms))
        case TracksUrged(seats=seats):
            return _tracks(item, seats, lambda track: replace(track, urged=[*track.urged, at_ms]))
        case TracksEscalated(seats=seats):
            return _tracks(item, seats, lambda track: replace(track, escalated_ms=at_ms))
        case (
            TrackMoved(seat=seat)
            | TrackPhoned(seat=seat)
            | ExtensionAsked(seat=seat)
            | ExtensionAnswered(seat=seat)
        ):
            return _tracks(item, [seat], lambda track: _track(track, recorded))
    raise TypeError(event)


def _begun(unit: Unit, at_ms: int) -> UnitTrack:
    return UnitTrack(unit=unit, since_ms=at_ms, times={Progress.SENT: at_ms})


def _tracks(item: Item, seats: list[str], change: Callable[[UnitTrack], UnitTrack]) -> Item:
    """A viewer that is not shown a track has nothing to change."""
    changed = {seat: change(item.tracks[seat]) for seat in seats if seat in item.tracks}
    return replace(item, tracks={**item.tracks, **changed})


def _reached(track: UnitTrack, state: Progress, at_ms: int) -> UnitTrack:
    return replace(
        track, state=state, since_ms=at_ms, times={**track.times, state: track.times.get(state, at_ms)}
    )


def _track(track: UnitTrack, recorded: Recorded[WorkspaceEvent]) -> UnitTrack:
    event, at_ms, actor = recorded.event, recorded.at_ms, recorded.actor
    match event:
        case TrackMoved(state=state, text=text, late_min=late_min):
            track = _reached(track, state, at_ms)
            match state:
                case Progress.SIGNED if actor.seat == track.unit.seat:  # else by telephone, for the unit
                    return replace(track, person=actor.person)
                case Progress.REPLIED:
                    reply = Feedback(text=text, actor=actor, at_ms=at_ms)
                    late = track.late_min if track.replies else late_min
                    person = track.person or actor.person
                    return replace(track, replies=[*track.replies, reply], late_min=late, person=person)
                case Progress.RETURNED:
                    *before, last = track.replies
                    return replace(track, replies=[*before, replace(last, returned=text)])
                case _:
                    return track
        case TrackPhoned(reached=reached, note=note):
            call = Phoned(actor=actor, at_ms=at_ms, reached=reached, note=note)
            return replace(track, phoned=[*track.phoned, call])
        case ExtensionAsked(due_ms=due_ms, reason=reason):
            asked = Extension(due_ms=due_ms, reason=reason, actor=actor, at_ms=at_ms)
            return replace(track, extension=asked)
        case ExtensionAnswered(granted=granted):
            assert track.extension is not None
            due = track.extension.due_ms if granted else track.due_ms
            return replace(track, extension=replace(track.extension, granted=granted), due_ms=due)
    raise TypeError(event)
