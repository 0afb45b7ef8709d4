"""The hub's one clock: every event, packet and recorded frame is dated by it."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Two faces of one clock, so that a log entry and a media frame can be compared."""

    def now(self) -> float:
        """Monotonic seconds; only differences mean anything."""
        ...

    def wall_ms(self) -> int:
        """UTC in whole milliseconds since 1970."""
        ...

    def wall_ms_at(self, now: float) -> int:
        """The wall time at the monotonic instant ``now``."""
        ...


class SystemClock:
    """Wall time read once at start and carried on by the monotonic clock.

    An NTP step during a session must not tear the recording from the log, so the
    wall clock is not consulted again until the hub restarts.
    """

    __slots__ = ("_offset_s",)

    def __init__(self) -> None:
        self._offset_s = time.time() - time.monotonic()

    def now(self) -> float:
        return time.monotonic()

    def wall_ms(self) -> int:
        return self.wall_ms_at(time.monotonic())

    def wall_ms_at(self, now: float) -> int:
        return round((now + self._offset_s) * 1000)


class ManualClock:
    """A clock that stands still until it is told to move; for tests and replays."""

    __slots__ = ("_now", "_offset_s")

    def __init__(self, now: float = 1000.0, wall_ms: int = 1_784_514_600_000) -> None:
        self._now = now
        self._offset_s = wall_ms / 1000 - now

    def advance(self, seconds: float) -> None:
        self._now += seconds

    def now(self) -> float:
        return self._now

    def wall_ms(self) -> int:
        return self.wall_ms_at(self._now)

    def wall_ms_at(self, now: float) -> int:
        return round((now + self._offset_s) * 1000)
