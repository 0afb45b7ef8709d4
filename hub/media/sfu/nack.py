"""What is missing from one source: when to ask for it, how often, and when to give up (RFC 4585, 6.2.1)."""

from __future__ import annotations

from math import inf

REORDER_S = 0.010  # a neighbour on the wire overtakes by less than this
RETRY_S = 0.100  # above the round trip of a provincial network
MAX_ASKS = 6  # so a number is given up 0.6 s after it went missing: no jitter buffer waits longer
MAX_MISSING = 256  # more is an outage, which a key frame mends and retransmissions would only lengthen


class Missing:
    """The numbers not seen yet; ``deadline`` is when the next one should be asked for."""

    __slots__ = ("_asks", "asked", "deadline", "gave_up")

    def __init__(self) -> None:
        self._asks: dict[int, tuple[int, float]] = {}  # seq -> asked so often, due at
        self.deadline = inf
        self.gave_up = False
        self.asked = 0  # numbers, each as often as it was asked for

    def __len__(self) -> int:
        return len(self._asks)

    def gap(self, first: int, last: int, now: float) -> None:
        """``first`` to ``last`` were skipped over by the packet that has just come."""
        if last - first >= MAX_MISSING or len(self._asks) + last - first >= MAX_MISSING:
            self.clear()
            self.gave_up = True
            self.deadline = now
            return
        due = now + REORDER_S
        for seq in range(first, last + 1):
            self._asks[seq] = (0, due)
        self.deadline = min(self.deadline, due)

    def found(self, seq: int) -> None:
        self._asks.pop(seq, None)

    def due(self, now: float) -> list[int]:
        """What to ask for now, in rising order; sets ``gave_up`` when something was asked for too often."""
        wanted = []
        self.deadline = inf
        for seq, (asked, at) in list(self._asks.items()):
            if at <= now:
                if asked == MAX_ASKS:
                    del self._asks[seq]
                    self.gave_up = True
                    continue
                wanted.append(seq)
                at = now + RETRY_S
                self._asks[seq] = (asked + 1, at)
            self.deadline = min(self.deadline, at)
        self.asked += len(wanted)
        return sorted(wanted)

    def clear(self) -> None:
        self._asks.clear()
        self.deadline = inf
