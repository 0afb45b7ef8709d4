"""待办与超期 and 电话叫应名单: what of one workspace waits for the duty office, as rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hub.domain.event import Role
from hub.domain.item import Item
from hub.domain.kindparts import BoardKind
from hub.domain.track import UNANSWERED, UnitTrack
from hub.domain.waiting import (
    ANSWERED,
    SOON_MS,
    Waiting,
    due_of,
    dues,
    is_expected,
    is_overdue,
    late_units,
    sent_ms,
)
from hub.domain.workspace import Nature, Status, Workspace
from hub.live.watching import Watched
from signaling.todo_vocabulary import PhoneRow, TodoKind, TodoRow

TEXT_MAX = 120
"""Of an item's text in a row; the whole stands where the row leads to."""

URGENCY = tuple(TodoKind)
"""The order of the list; within a kind the longest waiting stands first."""


def office_rows(watched: Watched, now_ms: int) -> tuple[list[TodoRow], list[PhoneRow]]:
    """Everything of one workspace that an officer has to see, in no order."""
    state = watched.state
    rows = [*_of_incident(watched.stream, state, now_ms)]
    phone: list[PhoneRow] = []
    for one in watched.waiting.values():
        rows += _of_item(watched.stream, state, one, now_ms)
        phone += _calls(watched.stream, state, one)
    return rows, phone


def urgency(row: TodoRow) -> tuple[int, int]:
    is_late = row.kind is TodoKind.DEADLINE and row.due_ms is not None and row.since_ms >= row.due_ms
    place = 0 if is_late else URGENCY.index(row.kind)
    return place, row.due_ms if row.due_ms is not None else row.since_ms


def _of_incident(stream: str, state: Workspace, now_ms: int) -> Iterator[TodoRow]:
    if state.nature is not Nature.INCIDENT:
        return
    if state.status is Status.DRAFT and state.opened_by is not None and state.opened_by.role is Role.SEAT:
        reporter = [state.opened_by.seat_name or ""]
        yield _row(TodoKind.DRAFT, stream, state, state.opened_ms, units=reporter)
    for deadline in state.deadlines.values():
        if deadline.met_ms is None and is_expected(state, deadline.name, now_ms):
            since_ms = deadline.due_ms if now_ms > deadline.due_ms else state.opened_ms
            yield _row(
                TodoKind.DEADLINE, stream, state, since_ms, due_ms=deadline.due_ms, deadline=deadline.name
            )


def _of_item(stream: str, state: Workspace, one: Waiting, now_ms: int) -> Iterator[TodoRow]:
    item = one.item

    def row(kind: TodoKind, since_ms: int, tracks: list[UnitTrack], due_ms: int | None = None) -> TodoRow:
        units = [track.unit.short_name for track in tracks]
        text = item.fields.get("text", "")[:TEXT_MAX]
        return _row(
            kind,
            stream,
            state,
            since_ms,
            text=text,
            item_id=item.item_id,
            board_id=item.board_id,
            board=one.kind,
            units=units,
            due_ms=due_ms,
        )

    late = [item.tracks[seat] for seat in late_units(item, now_ms)]
    soon = min((due for due in dues(one) if now_ms <= due <= now_ms + SOON_MS), default=None)
    if is_overdue(one, now_ms):
        since_ms = min((due_of(item, track) or 0 for track in late), default=item.due_ms or 0)
        yield row(TodoKind.OVERDUE, since_ms, late, since_ms)
    elif soon is not None:
        waited = [track for track in item.tracks.values() if _is_due(item, track, soon)]
        yield row(TodoKind.SOON, soon - SOON_MS, waited, soon)
    unsigned = [item.tracks[seat] for seat in one.asked if _is_unsigned(item.tracks[seat])]
    if unsigned and not late:
        unsigned.sort(key=sent_ms)
        yield row(TodoKind.UNSIGNED, sent_ms(unsigned[0]), unsigned, item.due_ms)
    for track in item.tracks.values():
        if track.extension is not None and track.extension.granted is None:
            yield row(TodoKind.EXTENSION, track.extension.at_ms, [track], track.extension.due_ms)
    yield from (row(kind, item.state_ms, []) for kind in _for_review(one))


def _for_review(one: Waiting) -> Iterator[TodoKind]:
    match one.kind, one.item.state:
        case BoardKind.REPORT, "submitted" if one.item.author.role is Role.SEAT:
            yield TodoKind.ADOPTION
        case BoardKind.KEYEVENT, "nominated":
            yield TodoKind.NOMINATION
        case (BoardKind.INSTRUCTION, "review") | (BoardKind.HAZARD, "recheck"):
            yield TodoKind.REVIEW


def _is_unsigned(track: UnitTrack) -> bool:
    """Those on the telephone list stand there."""
    return track.state in UNANSWERED and track.escalated_ms is None


def _is_due(item: Item, track: UnitTrack, due_ms: int) -> bool:
    return due_of(item, track) == due_ms and track.state not in ANSWERED


def _calls(stream: str, state: Workspace, one: Waiting) -> Iterator[PhoneRow]:
    item = one.item
    for seat in one.asked:
        track = item.tracks[seat]
        if track.escalated_ms is None or track.state not in UNANSWERED:
            continue
        yield PhoneRow(
            stream=stream,
            session_id=state.session_id,
            incident_title=state.header.title,
            exercise=state.exercise,
            item_id=item.item_id,
            board_id=item.board_id,
            board=one.kind,
            text=item.fields.get("text", "")[:TEXT_MAX],
            colour=item.fields.get("colour", "blue") if one.kind is BoardKind.WARNING else "",
            seat=seat,
            name=track.unit.name,
            state=track.state,
            sent_ms=sent_ms(track),
            escalated_ms=track.escalated_ms,
            urged=len(track.urged),
            phoned=track.phoned,
        )


def _row(kind: TodoKind, stream: str, state: Workspace, since_ms: int, **rest: Any) -> TodoRow:
    return TodoRow(
        kind=kind,
        stream=stream,
        session_id=state.session_id,
        incident_title=state.header.title,
        exercise=state.exercise,
        since_ms=since_ms,
        **rest,
    )
