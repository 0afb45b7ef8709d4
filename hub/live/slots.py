"""Which source is shown in which slot: pure, and as still as it can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.domain.session import Source


@dataclass(frozen=True, slots=True)
class View:
    """What one subscriber wants to see. ``without``: its own venue; ``only``: the one venue it asked for."""

    without: str | None = None
    only: str | None = None

    def shows(self, source: Source) -> bool:
        return source.venue != self.without and self.only in (None, source.venue)


def fill_video(shown: Mapping[str, str | None], sources: Sequence[Source]) -> dict[str, str | None]:
    """Slots (mid -> source) filled in order of arrival; what is shown stays where it is (rule M3)."""
    return _settle(shown, [source.source_id for source in sources if source.kind == "video"])


def fill_audio(
    shown: Mapping[str, str | None], sources: Sequence[Source], loudest: Sequence[str]
) -> dict[str, str | None]:
    """Everybody while there is a slot for each; else the loudest, and the first to arrive for the rest."""
    present = [source.source_id for source in sources if source.kind == "audio"]
    ranked = [one for one in loudest if one in present]
    # A venue that was heard keeps its slot before one that only came earlier: no needless change.
    ranked += [one for one in shown.values() if one in present and one not in ranked]
    ranked += [one for one in present if one not in ranked]
    return _settle(shown, ranked[: len(shown)])


def _settle(shown: Mapping[str, str | None], wanted: Sequence[str]) -> dict[str, str | None]:
    """What is wanted and shown stays where it is; the rest fills the empty slots in order."""
    slots = {mid: source if source in wanted else None for mid, source in shown.items()}
    waiting = [one for one in wanted if one not in slots.values()]
    for mid, source in slots.items():
        if source is None and waiting:
            slots[mid] = waiting.pop(0)
    return slots
