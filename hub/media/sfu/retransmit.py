"""How often one subscriber may have packets again: a NACK costs forty bytes, its answer a thousand."""

from __future__ import annotations

AGAIN_S = 0.020  # a second NACK within this was under way when the answer left
BURST = 256.0
PER_SECOND = 1000.0
_REMEMBERED = 512


class Allowance:
    """A token bucket, and the moment each number was last sent again."""

    __slots__ = ("_last", "_sent", "_tokens")

    def __init__(self) -> None:
        self._sent: dict[int, float] = {}
        self._tokens = BURST
        self._last = 0.0

    def take(self, seq: int, now: float) -> bool:
        """May this number go out again now?"""
        self._tokens = min(BURST, self._tokens + (now - self._last) * PER_SECOND)
        self._last = now
        if self._tokens < 1.0 or now - self._sent.get(seq, -AGAIN_S) < AGAIN_S:
            return False
        self._tokens -= 1.0
        self._sent.pop(seq, None)
        self._sent[seq] = now
        if len(self._sent) > _REMEMBERED:
            del self._sent[next(iter(self._sent))]
        return True
