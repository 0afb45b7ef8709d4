"""Asking one source for a key frame: once per interval, whoever asks, until one comes."""

from __future__ import annotations

from math import inf

# A request storm (every viewer of a lossy link asks five times a second) must reach the encoder as a trickle.
# It is as long as the pause that libwebrtc makes between two key frames: asking sooner would gain nothing.
INTERVAL_S = 0.3
MAX_ASKS = 33  # an encoder that has not answered for ten seconds is not going to; a new wish starts anew


class KeyframeWish:
    """``deadline`` is when the publisher should be asked; inf while nobody wants anything."""

    __slots__ = ("_asked", "_last", "deadline", "requests")

    def __init__(self) -> None:
        self._last = -inf
        self._asked = 0
        self.deadline = inf
        self.requests = 0  # of all wishes

    def want(self, now: float) -> None:
        if self.deadline == inf:
            self._asked = 0
            self.deadline = max(now, self._last + INTERVAL_S)

    def arrived(self) -> None:
        """A key frame has begun: whoever asked before is served by it."""
        self.deadline = inf

    def due(self, now: float, *, off: bool = False) -> bool:
        """True when the publisher is to be asked now. Not while the encoding is off: it will begin with a key
        frame, and browsers make one in every encoding when they are asked for one."""
        if now < self.deadline:
            return False
        self._last = now
        self._asked += 1
        self.requests += not off
        self.deadline = now + INTERVAL_S if self._asked < MAX_ASKS else inf
        return not off
