"""A source that comes and is not written is noticed within ten seconds (rule R13). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

EVERY_S = 1.0
STALLED_S = 7.0
"""So long a file may stand still while its source comes: longer than a key frame takes that was asked for."""

_PATIENCE_MAX_S = 60.0
"""A source that never sends a key frame is begun anew ever more rarely."""

_SILENCE_S = 2.0
"""What has not come for so long does not come: its file may stand still."""


class Sight(NamedTuple):
    """What there is to see of a source; ``written`` and ``size_bytes`` are 0 where nobody writes it."""

    received: int  # packets that came to the router
    written: int = 0  # frames of it in its file, silence that was filled in not among them
    size_bytes: int = 0


@dataclass(slots=True)
class _Known:
    sight: Sight
    patience_s: float = STALLED_S
    came_at: float = float("-inf")
    waits: dict[str, float] = field(default_factory=dict)  # since when it has come without moving this

    def note(self, sight: Sight, now: float) -> None:
        former, self.sight = self.sight, sight
        comes = sight.received > former.received
        if comes:
            self.came_at = now
        for name in ("written", "size_bytes"):
            if getattr(sight, name) != getattr(former, name):
                self.waits.pop(name, None)
            elif comes:
                self.waits.setdefault(name, now)
        if not self.waits:
            self.patience_s = STALLED_S

    def is_stalled(self, now: float) -> bool:
        if now - self.came_at > _SILENCE_S:
            self.waits.clear()
        return any(now - since >= self.patience_s for since in self.waits.values())


class Watchdog:
    """Shown everything every ``EVERY_S``."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def look(self, seen: Mapping[str, Sight], now: float) -> list[str]:
        """The sources to begin anew, each again only after a longer while."""
        self._known = {key: known for key, known in self._known.items() if key in seen}
        stalled = []
        for key, sight in seen.items():
            known = self._known.setdefault(key, _Known(sight))
            known.note(sight, now)
            if known.is_stalled(now):
                known.waits.clear()
                known.patience_s = min(2 * known.patience_s, _PATIENCE_MAX_S)
                stalled.append(key)
        return stalled
