"""Which source is shown in which slot: pure, and as still as it can be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hub.domain.session import Source
from hub.live.turns import Turns

MARGIN_DB = 8
"""So much louder must a voice be to take the slot of one that is heard."""

SILENT = 127
"""The level of who says nothing (RFC 6464); 0 is the loudest."""

LATELY_S = 30.0
"""Who spoke within it keeps a place on a narrow line, so that two who talk do not take turns there."""

Shown = Mapping[str, "str | None"]
"""Which source (or none) each slot shows, by mid."""


@dataclass(frozen=True, slots=True)
class View:
    """What one subscriber wants to see. ``without``: its own venue; ``only``: the one venue it asked for."""

    without: str | None = None
    only: str | None = None

    def shows(self, source: Source) -> bool:
        return self.shows_venue(source.venue)

    def shows_venue(self, venue: str) -> bool:
        return venue != self.without and self.only in (None, venue)


class Wish(NamedTuple):
    """What a video slot is for: the picture of a venue, or None for whoever speaks; ``width`` 0: not seen."""

    venue: str | None
    width: int


def fill_video(
    shown: Shown, wishes: Mapping[str, Wish], cameras: Sequence[Source], turns: Turns, now: float
) -> dict[str, str | None]:
    """Slots that name a venue first, then those that are looked at, then those that wait out of sight."""
    named = {mid: wish.venue for mid, wish in wishes.items() if wish.venue is not None}
    filled = _fill_named(shown, named, cameras)
    for seen in (True, False):
        taken = set(filled.values())
        rest = [source for source in cameras if source.source_id not in taken]
        mids = [mid for mid in shown if mid not in named and (wishes[mid].width > 0) is seen]
        filled |= _fill_automatic({mid: shown[mid] for mid in mids}, rest, turns, now)
    return {mid: filled[mid] for mid in shown}


def _fill_named(shown: Shown, named: Mapping[str, str], cameras: Sequence[Source]) -> dict[str, str | None]:
    """Each its venue; two slots of one venue show two of its pictures, when it has two."""
    filled: dict[str, str | None] = {}
    for venue in dict.fromkeys(named.values()):
        own = {mid: shown[mid] for mid in named if named[mid] == venue}
        filled |= _settle(own, [source.source_id for source in cameras if source.venue == venue])
    return filled


def _fill_automatic(
    shown: Shown, cameras: Sequence[Source], turns: Turns, now: float
) -> dict[str, str | None]:
    """What is shown stays where it is; who speaks takes the slot of the one silent longest.

    Empty slots go to who spoke last, then to who came first.
    """
    venue_of = {source.source_id: source.venue for source in cameras}
    slots = {mid: source if source in venue_of else None for mid, source in shown.items()}
    waiting = [source for source in venue_of if source not in slots.values()]
    waiting.sort(key=lambda source: -turns.last(venue_of[source]))
    for mid, source in slots.items():
        if source is None and waiting:
            slots[mid] = waiting.pop(0)
    for venue in turns.pressing(now):
        seen = {mid: venue_of[source] for mid, source in slots.items() if source is not None}
        comes = next((source for source in waiting if venue_of[source] == venue), None)
        if comes is None or venue in seen.values():
            continue
        goes = min(seen, key=lambda mid: turns.last(seen[mid]), default=None)
        if goes is None or not turns.has_yielded(seen[goes], now):
            break
        slots[goes] = comes
    return slots


def fill_audio(
    shown: Shown, sources: Sequence[Source], levels: Mapping[str, int], forced: Collection[str] = ()
) -> dict[str, str | None]:
    """Everybody while there is a slot for each; else the venues that are ``forced``, and the loudest.

    ``levels`` by source id; one that is not in it is silent. Who is heard gives way only to who is louder by
    ``MARGIN_DB``, and among the silent who was heard, then who came first, keeps or gets the slot.
    """
    heard = set(shown.values())

    def rank(place: int) -> tuple[bool, int, bool, int]:
        source = sources[place]
        known = source.source_id in heard
        level = levels.get(source.source_id, SILENT) - (MARGIN_DB if known else 0)
        return source.venue not in forced, level, not known, place

    wanted = [sources[place].source_id for place in sorted(range(len(sources)), key=rank)]
    return _settle(shown, wanted[: len(shown)])


def fill_content(shown: Shown, contents: Sequence[Source]) -> dict[str, str | None]:
    """What is presented; one that is shown already stays."""
    return _settle(shown, [source.source_id for source in contents])


def ranks(
    wishes: Mapping[str, Wish], venues: Mapping[str, str | None], turns: Turns, now: float
) -> list[str]:
    """The slots in the order in which they are kept on a narrow line: who spoke lately, then the widest."""

    def key(mid: str) -> tuple[bool, int]:
        venue = venues.get(mid)
        return venue is None or now - turns.last(venue) > LATELY_S, -wishes[mid].width

    return sorted(wishes, key=key)


def _settle(shown: Shown, wanted: Sequence[str]) -> dict[str, str | None]:
    """What is wanted and shown stays where it is; the rest fills the empty slots in order."""
    slots = {mid: source if source in wanted else None for mid, source in shown.items()}
    waiting = [one for one in wanted if one not in slots.values()]
    for mid, source in slots.items():
        if source is None and waiting:
            slots[mid] = waiting.pop(0)
    return slots
