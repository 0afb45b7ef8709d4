"""What is not finished at this moment, for the sheet of a handover (rule L8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hub.domain.booking import Booking
from hub.domain.booking import stream_of as booking_stream
from hub.domain.deadline import DAY_MS
from hub.domain.duty import OpenItem, OpenKind
from hub.domain.event import Actor, Role
from hub.domain.item import Item
from hub.domain.kindparts import BoardKind
from hub.domain.kinds import KINDS
from hub.domain.reach import sees
from hub.domain.session import Session
from hub.domain.session import stream_of as session_stream
from hub.domain.track import UNANSWERED, Progress
from hub.domain.waiting import is_expected
from hub.domain.workspace import Nature, Workspace
from hub.live.streams import Streams
from hub.live.watching import ends

_KINDS = {
    BoardKind.INSTRUCTION: OpenKind.INSTRUCTION,
    BoardKind.WARNING: OpenKind.WARNING,
    BoardKind.TASK: OpenKind.TASK,
    BoardKind.HAZARD: OpenKind.HAZARD,
    BoardKind.REPORT: OpenKind.REPORT,
}
"""The boards on which somebody is asked for something; what is said on the others is not open or shut."""

_DONE = (Progress.REPLIED, Progress.CONFIRMED)
_DEADLINES = {"phone": "电话报告", "written": "书面报告", "followup": "续报"}


async def open_items(
    streams: Streams, sessions: Iterable[Session], bookings: Iterable[Booking], by: Actor, now_ms: int
) -> list[OpenItem]:
    """Of the duty office everything, of a seat what waits for it or was asked by it; what is late first."""
    found: list[OpenItem] = []
    for stream in await streams.names("incident:"):
        last = await streams.last(stream)
        if last is None or ends(last.event):  # what is over is not even read
            continue
        state, _ = await streams.state(stream)
        if isinstance(state, Workspace) and state.opened_ms and state.closed_ms is None:
            found += of_workspace(stream, state, by, now_ms)
    found += (_of_session(session) for session in sessions if _concerns(session, by))
    found += (_of_booking(booking) for booking in bookings if _is_near(booking, by, now_ms))
    return sorted(found, key=lambda item: (not item.overdue, item.due_ms or item.since_ms, item.key))


def of_workspace(stream: str, state: Workspace, by: Actor, now_ms: int) -> Iterator[OpenItem]:
    """What of an incident is not finished as far as ``by`` is concerned."""
    mark = "【演练】" if state.exercise else ""
    where = f"{mark}{state.header.title}" if state.nature is Nature.INCIDENT else state.header.title
    if by.role is Role.OFFICER:
        for name, deadline in state.deadlines.items():
            if deadline.met_ms is None and is_expected(state, deadline.name, now_ms):
                yield OpenItem(
                    key=f"{stream}/{name}",
                    kind=OpenKind.INCIDENT,
                    stream=stream,
                    title=f"{_DEADLINES[deadline.name]}待报",
                    text=where,
                    since_ms=state.opened_ms,
                    due_ms=deadline.due_ms,
                    overdue=deadline.due_ms < now_ms,
                )
    for item in state.items.values():
        kind = state.boards[item.board_id].kind
        if kind in _KINDS and _is_open(state, kind, item, by):
            yield _of_item(stream, where, kind, item, by, now_ms)


def _is_open(state: Workspace, kind: BoardKind, item: Item, by: Actor) -> bool:
    finals = {each.value for each in KINDS[kind].states if each.final}
    if item.voided is not None or item.state in finals or not sees(state, item, by):
        return False
    if by.role is Role.OFFICER:
        return True
    track = item.tracks.get(by.seat or "")
    return item.author.seat == by.seat or (track is not None and track.state not in _DONE)


def _of_item(stream: str, where: str, kind: BoardKind, item: Item, by: Actor, now_ms: int) -> OpenItem:
    tracks = [track for seat, track in item.tracks.items() if by.role is Role.OFFICER or seat == by.seat]
    waiting = [track for track in tracks if track.state not in _DONE]
    due = [due_ms for track in waiting if (due_ms := track.due_ms or item.due_ms) is not None]
    due_ms = min(due, default=None) if tracks else item.due_ms
    return OpenItem(
        key=f"{stream}/{item.item_id}",
        kind=_KINDS[kind],
        stream=stream,
        title=item.fields.get("text", ""),
        text=where,
        since_ms=item.created_ms,
        due_ms=due_ms,
        overdue=due_ms is not None and due_ms < now_ms,
        silent=[track.unit.short_name for track in tracks if track.state in UNANSWERED],
    )


def _concerns(session: Session, by: Actor) -> bool:
    return by.seat in session.venues or (
        by.role is Role.OFFICER and by.seat in (session.office, *session.heirs)
    )


def _of_session(session: Session) -> OpenItem:
    mark = "【演练】" if session.exercise else ""
    stream = session_stream(session.session_id)
    return OpenItem(
        key=stream,
        kind=OpenKind.SESSION,
        stream=stream,
        title=f"{mark}{session.title}",
        since_ms=session.started_ms,
        due_ms=session.ends_ms,
    )


def _is_near(booking: Booking, by: Actor, now_ms: int) -> bool:
    """The meetings of the next 24 hours."""
    if not booking.waits or not now_ms - DAY_MS < booking.starts_ms < now_ms + DAY_MS:
        return False
    return by.role is Role.OFFICER or by.seat in booking.invited


def _of_booking(booking: Booking) -> OpenItem:
    stream = booking_stream(booking.booking_id)
    return OpenItem(
        key=stream,
        kind=OpenKind.BOOKING,
        stream=stream,
        title=booking.title,
        since_ms=booking.planned_ms,
        due_ms=booking.starts_ms,
    )
