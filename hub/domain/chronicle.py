"""What happened in a workspace, by number: which event is about which item, and who saw it then (rule E1).

The log has the events; this is its table of contents, so that a page of a timeline reads what it shows and no
more. A viewer who is not shown everything gets the history of an item that is visible now, from the event on
that made it visible: what was said before, when it was not for this viewer, stays unsaid.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec.structs import replace

from hub.domain.event import Actor, Event, Recorded, Role
from hub.domain.item import (
    Item,
    ItemAdded,
    ItemAssigned,
    ItemMoved,
    ItemShared,
    ItemShown,
    ItemStateChanged,
    Withheld,
)
from hub.domain.reach import item_for, sees, sees_all, view
from hub.domain.track import Progress, TrackMoved, TracksDelivered, TracksUrged, UnitTrack
from hub.domain.workspace import BoardOpened, DeadlinesSet, Workspace, WorkspaceExported


class Entry(NamedTuple):
    """One event. ``quiet``: the system's own noise, left out unless somebody asks for it."""

    seq: int
    item_id: str | None
    quiet: bool


class Chronicle:
    """Grows with the log; ``take`` is given every event once, in order."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.of_item: dict[str, list[int]] = {}
        self._sights: dict[str, list[tuple[int, Item]]] = {}
        self._first_board = ""

    @property
    def seq(self) -> int:
        return len(self.entries)

    def take(self, recorded: Recorded[Any]) -> None:
        event, seq = recorded.event, recorded.seq
        assert seq == self.seq + 1, "a hole, or something twice"
        item_id = getattr(event, "item_id", None)
        self.entries.append(Entry(seq, item_id, is_quiet(recorded)))
        if isinstance(event, BoardOpened) and not self._first_board:
            self._first_board = event.board_id
        if item_id is not None:
            self.of_item.setdefault(item_id, []).append(seq)
            self._sight(recorded, item_id)

    def _sight(self, recorded: Recorded[Any], item_id: str) -> None:
        """Note what decides who sees the item, when that changes."""
        event, at_ms = recorded.event, recorded.at_ms
        if isinstance(event, ItemAdded):
            first = Item(
                item_id=item_id,
                board_id=event.board_id or self._first_board,
                rank="",
                fields={},
                author=recorded.actor,
                created_ms=at_ms,
                state="",
                state_ms=at_ms,
                reach=event.reach,
                shared=event.shared,
                tracks={unit.seat: UnitTrack(unit=unit) for unit in event.units},
            )
            self._sights[item_id] = [(recorded.seq, first)]
            return
        last = self._sights[item_id][-1][1]
        match event:
            case ItemShared(reach=reach, shared=shared):
                changed = replace(last, reach=reach, shared=shared)
            case ItemStateChanged(reach=reach) if reach is not None:
                changed = replace(last, reach=reach)
            case ItemAssigned(units=units):
                asked = {unit.seat: UnitTrack(unit=unit) for unit in units}
                changed = replace(last, tracks={**last.tracks, **asked})
            case _:
                return
        self._sights[item_id].append((recorded.seq, changed))

    def saw(self, state: Workspace, item_id: str, seq: int, by: Actor) -> bool:
        """Whether ``by`` saw the item right after event ``seq``; who takes part now has always done so."""
        sights = self._sights[item_id]
        place = bisect_right(sights, seq, key=lambda sight: sight[0])
        return place > 0 and sees(state, sights[place - 1][1], by)

    def heard(self, state: Workspace, recorded: Recorded[Any], by: Actor) -> Recorded[Any] | None:
        """The event as ``by`` is shown it, with ``state`` as it is now; None when it is not for ``by``."""
        if sees_all(by):
            return recorded
        item_id = getattr(recorded.event, "item_id", None)
        if item_id is not None:
            item = state.items.get(item_id)
            if item is None or not sees(state, item, by) or not self.saw(state, item_id, recorded.seq, by):
                return None
            if not isinstance(recorded.event, ItemAdded) and not self.saw(
                state, item_id, recorded.seq - 1, by
            ):
                return replace(recorded, event=ItemShown(item=item_for(state, item, by)), op=None)
        told = view(state, state, recorded, by)
        return None if isinstance(told.event, Withheld) else told

    def before(self, seq: int | None) -> Iterator[Entry]:
        """The entries before number ``seq``, the last one first; all of them when it is None."""
        start = self.seq if seq is None else min(max(seq - 1, 0), self.seq)
        for place in range(start - 1, -1, -1):
            yield self.entries[place]


def is_quiet(recorded: Recorded[Any]) -> bool:
    """The hub urges every few minutes; how often stands on the track. What a person does is told."""
    event = recorded.event
    if isinstance(event, TrackMoved):
        return event.state is Progress.READ
    if isinstance(event, TracksUrged):
        return recorded.actor.role is Role.HUB
    return isinstance(event, TracksDelivered | ItemMoved | DeadlinesSet | WorkspaceExported)


def seats_of(event: Event) -> set[str]:
    """Whom an event is about, beside who did it."""
    one = getattr(event, "seat", None)
    many = getattr(event, "seats", [])
    units = getattr(event, "units", [])
    return {*([one] if one is not None else []), *many, *(unit.seat for unit in units)}
