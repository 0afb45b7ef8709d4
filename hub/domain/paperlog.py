"""A stream as a draft reads it: its state, and where in the log each thing stands that a paper may name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from hub.domain.event import Recorded
from hub.domain.item import ItemAdded, ItemAssigned, ItemStateChanged
from hub.domain.keeping import MarkSet
from hub.domain.mark import Marked
from hub.domain.recording import GapOpened, RecordingInterrupted, RecordingPaused, TrackFailed
from hub.domain.rollcall import RollCallStarted
from hub.domain.session import MarkerSet
from hub.domain.spotcheck import PhoneRowAdded, RowAnswered, RowCalled, RowMissed, SpotCheckStarted
from hub.domain.streams import State, rules_of
from hub.domain.workspace import CasualtiesRecorded, EntryNoted, LevelChanged, StatusChanged

Noted = EntryNoted | LevelChanged | StatusChanged


class Place(NamedTuple):
    """The event of the stream, and when it was."""

    seq: int
    at_ms: int


class Entry(NamedTuple):
    """A change or a line of the timeline that the state does not keep."""

    event: Noted
    place: Place


class Chronicle(NamedTuple):
    """``places`` by names such as ``submitted:ITEM``, ``sent:ITEM/SEAT``, ``rollcall:ID`` and ``row:3``."""

    stream: str
    state: State
    seq: int
    places: dict[str, Place]
    entries: list[Entry]

    def place(self, name: str) -> Place | None:
        return self.places.get(name)


def chronicle(stream: str, events: Iterable[Recorded[Any]]) -> Chronicle:
    """Reads ``events`` from the first one on."""
    rules = rules_of(stream)
    state: Any = rules.initial
    seq = casualties = 0
    places: dict[str, Place] = {}
    entries: list[Entry] = []
    for recorded in events:
        state = rules.apply(state, recorded)
        seq, here = recorded.seq, Place(recorded.seq, recorded.at_ms)
        if isinstance(recorded.event, Noted):
            entries.append(Entry(recorded.event, here))
        elif isinstance(recorded.event, CasualtiesRecorded):
            places[f"casualties:{casualties}"] = here
            casualties += 1
        elif isinstance(recorded.event, RecordingPaused):
            places[f"gap:{recorded.at_ms}/"] = here
        for name in _names(recorded.event):
            places.setdefault(name, here)
    return Chronicle(stream, state, seq, places, entries)


def _names(event: Any) -> list[str]:
    """What begins with ``event``; each begins once."""
    match event:
        case ItemAdded(item_id=item_id, state=state, units=units):
            sent = [f"sent:{item_id}/{unit.seat}" for unit in units]
            return [f"item:{item_id}", f"{state}:{item_id}", *sent]
        case ItemAssigned(item_id=item_id, units=units):
            return [f"sent:{item_id}/{unit.seat}" for unit in units]
        case ItemStateChanged(item_id=item_id, state=state):
            return [f"{state}:{item_id}"]
        case Marked(mark_id=mark_id):
            return [f"mark:{mark_id}"]
        case RollCallStarted(rollcall_id=rollcall_id):
            return [f"rollcall:{rollcall_id}"]
        case MarkerSet(marker_id=marker_id) | MarkSet(mark_id=marker_id):
            return [f"marker:{marker_id}"]
        case RecordingInterrupted(from_ms=from_ms):
            return [f"gap:{from_ms}/"]
        case TrackFailed(track_id=track_id, at_ms=at_ms) | GapOpened(track_id=track_id, from_ms=at_ms):
            return [f"gap:{at_ms}/{track_id}"]
        case SpotCheckStarted(seats=seats):
            return [f"row:{number}" for number in range(1, len(seats) + 1)]
        case PhoneRowAdded(number=number):
            return [f"row:{number}"]
        case RowCalled(number=number) | RowAnswered(number=number) | RowMissed(number=number):
            return [f"called:{number}"]
    return []
