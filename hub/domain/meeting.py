"""What minutes are made of: one session, its recording, its boards, and the seconds that lines name (N14)."""

from __future__ import annotations

from typing import Any, NamedTuple

from hub.domain.booking import Booking
from hub.domain.drafting import Draft
from hub.domain.event import Recorded
from hub.domain.item import Item, ItemAdded, ItemEdited, ItemStateChanged
from hub.domain.keeping import Keeping
from hub.domain.kindparts import Reach
from hub.domain.minuteswords import elapsed
from hub.domain.paper import SourceKind
from hub.domain.paperlog import Chronicle
from hub.domain.proceedings import Presence, presences
from hub.domain.recording import Recording
from hub.domain.workspace import Workspace
from hub.errors import Refusal

LINES_CHARS = 36_000
"""A section stays so short that it can still be edited."""


class Touched(NamedTuple):
    """An item that was written or changed during the session. ``at_ms``: when that was first."""

    item: Item
    at_ms: int
    seq: int
    is_new: bool


class Meeting:
    """Everything that a section of the minutes asks of the records; ``until_ms``: its end, or now."""

    def __init__(self, draft: Draft) -> None:
        found = next(iter(draft.sessions), None)
        if found is None:
            raise Refusal("paper.no_session")
        self.draft = draft
        self.of, self.state = found
        states = [each.state for each in draft.chronicles]
        self.recording = next((each for each in states if isinstance(each, Recording)), Recording())
        self.keeping = next((each for each in states if isinstance(each, Keeping)), Keeping())
        self.booking = next((each for each in states if isinstance(each, Booking)), None)
        self.boards = next(iter(draft.workspaces), None)
        self.until_ms = self.state.ended_ms or draft.scope.to_ms
        self.events = [each for each in draft.log if each.stream == self.of.stream]
        self.presences = presences(self.events, self.until_ms)

    # --- who ------------------------------------------------------------------------------------

    def name(self, venue: str) -> str:
        known = self.state.venues.get(venue)
        return self.draft.unit(venue, known.name if known is not None else "")

    def person(self, venue: str, at_ms: int) -> str:
        """Who was there then, or came first, in brackets; nothing where nobody ever was."""
        mine = next((each for each in self.presences if each.venue == venue), None)
        stays = mine.stays if mine is not None else ()
        found = next((stay.person for stay in reversed(stays) if stay.from_ms <= at_ms), "")
        found = found or (stays[0].person if stays else "")
        return f"（{found}）" if found else ""

    def units(self) -> list[Presence]:
        """Offices that were in it, departments and cities behind; telephones in the field are no units."""
        by_seat = {each.venue: each for each in self.presences if not self.state.venues[each.venue].field}
        return [by_seat[seat] for seat in self.draft.in_order(by_seat)]

    def guests(self) -> list[Presence]:
        return [each for each in self.presences if self.state.venues[each.venue].field and each.stays]

    # --- where ----------------------------------------------------------------------------------

    def second(self, at_ms: int, seq: int, what: str, stream: str = "") -> int:
        """The second of the recording at which something was; ``seq`` of ``stream`` put it into the log."""
        begun_ms = self.recording.started_ms or self.state.started_ms
        into_ms = max(0, at_ms - begun_ms)
        record = f"{self.state.recording_id}?t={into_ms // 1000}"
        label = f"录制{elapsed(into_ms)} {what}"
        return self.draft.cite(SourceKind.MOMENT, stream or self.of.stream, record, seq, label)

    def kept_at(self, mark_id: str) -> tuple[str, int]:
        """Where in the log a marker stands that was set afterwards."""
        of = next(each for each in self.draft.chronicles if each.state is self.keeping)
        return of.stream, of.places[f"marker:{mark_id}"].seq

    def of_item(self, touched: Touched) -> list[int]:
        """The item, and the second in which it was written."""
        assert self.boards is not None
        of, _ = self.boards
        what = f"{touched.item.author.seat_name or touched.item.author.person}填写条目"
        return [
            self.draft.item(of, touched.item),
            self.second(touched.at_ms, touched.seq, what, of.stream),
        ]

    # --- what was written -----------------------------------------------------------------------

    def touched(self) -> list[Touched]:
        """In order of time; without what was voided and what is for the office alone (N16)."""
        if self.boards is None:
            return []
        of, state = self.boards
        found: dict[str, Touched] = {}
        for recorded in self.draft.log:
            if recorded.stream != of.stream or not self._is_during(recorded):
                continue
            if isinstance(recorded.event, ItemAdded | ItemEdited | ItemStateChanged):
                item = state.items[recorded.event.item_id]
                if item.voided is None and item.reach is not Reach.OFFICE and not _is_secret(recorded):
                    is_new = isinstance(recorded.event, ItemAdded)
                    found.setdefault(item.item_id, Touched(item, recorded.at_ms, recorded.seq, is_new))
        return list(found.values())

    def _is_during(self, recorded: Recorded[Any]) -> bool:
        return self.state.started_ms <= recorded.at_ms <= self.until_ms

    def workspace(self) -> tuple[Chronicle, Workspace] | None:
        """The incident that the session was held on."""
        return self.boards if self.boards is not None and self.state.incident_id else None


def _is_secret(recorded: Recorded[Any]) -> bool:
    """An edit of 拟办意见 leaves no trace (T9)."""
    return isinstance(recorded.event, ItemEdited) and recorded.event.office


def bounded(lines: list[str]) -> list[str]:
    """As many as can still be edited; how many are left out is said."""
    room = LINES_CHARS
    for place, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            return [*lines[:place], f"其余{len(lines) - place}条从略，见录制时间轴。"]
    return lines
