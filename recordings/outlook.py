"""How long the room for recordings lasts: a warning hours before it is over (rule R14). Pure."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from signaling.recording_vocabulary import RoomState

EVERY_S = 10.0
WINDOW_S = 300.0
"""The rate is that of five minutes: sessions come and go, and a picture that stands still costs little."""

_LEAST_S = 30.0
_IDLE_BPS = 10_000 / 8
"""Less than the sound of one venue: nothing is being recorded, and what was recorded last is the measure."""

_CLEARS_AT = 1.25
"""So much more than the limit there has to be again, or the warning would come and go."""


class Seen(NamedTuple):
    at_s: float
    written_bytes: int


class Outlook:
    """``warn_s``: when less is left, officers are told."""

    def __init__(self, warn_s: float) -> None:
        self._warn_s = warn_s
        self._seen: deque[Seen] = deque()
        self._rate = 0.0  # bytes a second
        self.state = RoomState.AMPLE
        self.left_s: float | None = None

    def look(self, now: float, left_bytes: int, written_bytes: int, *, full: bool) -> None:
        """``written_bytes``: of all so far; ``full``: for want of room recording has stopped."""
        self._measure(Seen(now, written_bytes))
        self.left_s = left_bytes / self._rate if self._rate else None
        if full:
            self.state = RoomState.FULL
        elif self.left_s is None:
            self.state = RoomState.AMPLE
        elif self.left_s < self._warn_s:
            self.state = RoomState.LOW
        elif self.state is not RoomState.LOW or self.left_s >= self._warn_s * _CLEARS_AT:
            self.state = RoomState.AMPLE

    def _measure(self, seen: Seen) -> None:
        self._seen.append(seen)
        while self._seen[0].at_s < seen.at_s - WINDOW_S:
            self._seen.popleft()
        first = self._seen[0]
        passed_s = seen.at_s - first.at_s
        rate = (seen.written_bytes - first.written_bytes) / passed_s if passed_s >= _LEAST_S else 0.0
        if rate > _IDLE_BPS:
            self._rate = rate
