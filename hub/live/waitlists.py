"""Three lists, pushed to whom they have changed for: incidents, what waits for a seat and for the office."""

from __future__ import annotations

from collections.abc import Callable
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple

from hub.clock import Clock
from hub.domain.event import Actor, Role
from hub.domain.item import Item
from hub.domain.reach import item_for
from hub.domain.track import Progress
from hub.domain.waiting import Waiting, due_of, sent_ms
from hub.live.pages import Pages, Viewer, viewer_of
from hub.live.standing import Standing
from hub.live.todos import office_rows, urgency
from hub.live.watching import Change, Watched, Watching
from signaling.incident_vocabulary import Inbox, InboxRow, Incidents, IncidentSummary
from signaling.messages import Push
from signaling.todo_vocabulary import PhoneRow, TodoRow, Todos

NEWEST = 100
"""Incidents on a list; what is older and still open is found by the search."""

ROWS_MAX = 300
INBOX_MAX = 100
_NEVER_MS = 1 << 52
_LISTED = (Role.OFFICER, Role.REVIEWER, Role.SEAT)


class _Step(NamedTuple):
    """How an incident stood, and how it stands; None before it was there, and once it is over."""

    before: Standing | None
    now: Standing | None

    def concerns(self, viewer: Actor) -> bool:
        before = self.before.for_viewer(viewer) if self.before is not None else None
        now = self.now.for_viewer(viewer) if self.now is not None else None
        return before != now


def _first_of(keyed: tuple[Any, Any]) -> Any:
    return keyed[0]


class WaitLists:
    """``on_given`` hears of every seat whose page has been given its list (T7: what is sent is delivered)."""

    def __init__(self, clock: Clock, watching: Watching, pages: Pages) -> None:
        self._clock = clock
        self._watching = watching
        self._pages = pages
        self._standing: dict[str, Standing] = {}
        self._rows: dict[str, list[tuple[tuple[int, int], TodoRow]]] = {}
        self._calls: dict[str, list[tuple[tuple[int, str], PhoneRow]]] = {}
        self._inbox_rows: dict[str, dict[str, dict[str, InboxRow]]] = {}  # by stream, item and seat
        self._shown_inboxes: dict[Viewer, list[InboxRow]] = {}
        self._todos = Todos(rows=[], phone=[], left_out=0)
        self.on_given: Callable[[set[str]], None] = lambda seats: None
        watching.listen(self._changed)

    def first(self, viewer: Actor) -> list[Push]:
        """For a page that has just come."""
        pushes: list[Push] = []
        if viewer.role in _LISTED:
            pushes.append(Incidents(incidents=self._incidents_for(viewer)))
        if viewer.role in (Role.OFFICER, Role.SEAT) and viewer.seat is not None:
            rows = self._shown_inboxes[viewer_of(viewer)] = self._inbox_of(viewer.seat)
            pushes.append(Inbox(rows=rows))
            self.on_given({viewer.seat})
        if viewer.role is Role.OFFICER:
            pushes.append(self._todos)
        return pushes

    def time_has_come(self, stream: str) -> None:
        """Something in ``stream`` is due soon, or overdue, since this moment."""
        watched = self._watching.all.get(stream)
        if watched is not None:
            self._push([self._make(watched)], set())

    def _changed(self, changes: list[Change]) -> None:
        seats: set[str] = set()
        steps: list[_Step] = []
        for change in changes:
            stream = change.watched.stream
            seats |= change.seats
            if change.items is None:
                self._inbox_rows.pop(stream, None)
            else:
                for item_id in change.items:
                    self._inbox_rows.get(stream, {}).pop(item_id, None)
            if stream in self._watching.all:
                steps.append(self._make(change.watched))
            else:
                steps.append(_Step(self._standing.pop(stream, None), None))
                for table in (self._rows, self._calls, self._inbox_rows):
                    table.pop(stream, None)
        self._push(steps, seats)

    def _make(self, watched: Watched) -> _Step:
        stream, now_ms = watched.stream, self._clock.wall_ms()
        before, now = self._standing.get(stream), Standing(watched, now_ms)
        self._standing[stream] = now
        rows, calls = office_rows(watched, now_ms)
        self._rows[stream] = sorted(((urgency(row), row) for row in rows), key=_first_of)
        keyed = (((row.escalated_ms, f"{row.item_id} {row.seat}"), row) for row in calls)
        self._calls[stream] = sorted(keyed, key=_first_of)
        return _Step(before, now)

    def _push(self, steps: list[_Step], seats: set[str]) -> None:
        self._pages.push_views(lambda viewer: self._incidents_if_new(viewer, steps))
        given: set[str] = set()
        if seats:
            self._pages.push_views(lambda viewer: self._inbox_if_new(viewer, seats, given))
        todos = self._all_todos()
        if todos != self._todos:
            self._todos = todos
            self._pages.push_views(lambda viewer: todos if viewer.role is Role.OFFICER else None)
        self.on_given(given)

    # --- incidents ------------------------------------------------------------------------------

    def _incidents_for(self, viewer: Actor) -> list[IncidentSummary]:
        rows = [row for each in self._standing.values() if (row := each.for_viewer(viewer)) is not None]
        return sorted(rows, key=lambda row: (-row.opened_ms, row.number))[:NEWEST]

    def _incidents_if_new(self, viewer: Actor, steps: list[_Step]) -> Push | None:
        """Most viewers take no part in what has changed, and cost a look at that alone."""
        if viewer.role not in _LISTED or not any(step.concerns(viewer) for step in steps):
            return None
        return Incidents(incidents=self._incidents_for(viewer))

    # --- what waits for a seat --------------------------------------------------------------------

    def _inbox_if_new(self, viewer: Actor, seats: set[str], given: set[str]) -> Push | None:
        if viewer.role not in (Role.OFFICER, Role.SEAT) or viewer.seat is None or viewer.seat not in seats:
            return None
        given.add(viewer.seat)
        now = self._inbox_of(viewer.seat)
        if now == self._shown_inboxes.get(viewer_of(viewer), []):
            return None
        self._shown_inboxes[viewer_of(viewer)] = now
        return Inbox(rows=now)

    def _inbox_of(self, seat: str) -> list[InboxRow]:
        rows = [
            self._inbox_row(watched, item_id, seat)
            for watched in self._watching.all.values()
            for item_id in watched.asked.get(seat, ())
        ]
        rows.sort(key=lambda row: (row.due_ms if row.due_ms is not None else _NEVER_MS, -row.sent_ms))
        return rows[:INBOX_MAX]

    def _inbox_row(self, watched: Watched, item_id: str, seat: str) -> InboxRow:
        of_item = self._inbox_rows.setdefault(watched.stream, {}).setdefault(item_id, {})
        if seat not in of_item:
            of_item[seat] = _inbox_row(watched, watched.waiting[item_id], seat)
        return of_item[seat]

    # --- what waits for the office ------------------------------------------------------------------

    def _all_todos(self) -> Todos:
        rows = [row for _, row in islice(merge(*self._rows.values(), key=_first_of), ROWS_MAX)]
        phone = [row for _, row in islice(merge(*self._calls.values(), key=_first_of), ROWS_MAX)]
        known = sum(len(table) for tables in (self._rows, self._calls) for table in tables.values())
        return Todos(rows=rows, phone=phone, left_out=known - len(rows) - len(phone))


def _inbox_row(watched: Watched, one: Waiting, seat: str) -> InboxRow:
    state = watched.state
    item = _as_seen(watched, one.item, seat)
    track = one.item.tracks[seat]
    is_new = track.state in (Progress.SENT, Progress.DELIVERED)
    returned = track.replies[-1].returned if track.replies and track.state is Progress.RETURNED else None
    return InboxRow(
        stream=watched.stream,
        session_id=state.session_id,
        incident_title=state.header.title,
        exercise=state.exercise,
        item_id=item.item_id,
        board_id=item.board_id,
        kind=one.kind,
        fields=item.fields,
        item_state=item.state,
        giver=item.author.seat_name or "",
        state=Progress.DELIVERED if is_new else track.state,
        since_ms=sent_ms(track) if is_new else track.since_ms,
        sent_ms=sent_ms(track),
        due_ms=due_of(item, track),
        urged=len(track.urged),
        returned=returned or "",
        extension=track.extension,
    )


def _as_seen(watched: Watched, item: Item, seat: str) -> Item:
    """T9: also an officer's own list has nothing on it that is not for a unit."""
    return item_for(watched.state, item, Actor(account="", person="", role=Role.SEAT, seat=seat))
