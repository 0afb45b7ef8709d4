"""How much may be sent again: a NACK costs forty bytes, its answer a thousand."""

from __future__ import annotations

from math import inf

AGAIN_S = 0.020  # a second NACK within this was under way when the answer left
BURST = 256.0
PER_SECOND = 1000.0
_REMEMBERED = 512


class Allowance:
    """Of one subscriber: a token bucket, and the moment each number was last sent again."""

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


REPAIR_SHARE = 0.25  # of a line known to be narrow: what was lost for want of room must not take more room
REPAIR_BURST_S = 0.5


class Repairs:
    """Of one connection: how many octets may go out again. The last packet may take a little more."""

    __slots__ = ("_last", "_octets")

    def __init__(self) -> None:
        self._octets = inf
        self._last = 0.0

    def allowed(self, budget_bps: float, now: float) -> bool:
        """May there be one more? ``budget_bps``: what the line carries, inf while that is not known."""
        per_second = budget_bps * REPAIR_SHARE / 8
        earned = (now - self._last) * per_second if now > self._last else 0.0
        self._octets = min(per_second * REPAIR_BURST_S, self._octets + earned)
        self._last = now
        return self._octets > 0

    def spend(self, octets: int) -> None:
        self._octets -= octets
