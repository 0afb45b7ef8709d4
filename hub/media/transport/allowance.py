"""How much one connection may send: so much per second, counted anew every second."""

from __future__ import annotations

from math import inf


class Allowance:
    """Bursts pass, floods do not; holds three numbers, whoever sends whatever."""

    __slots__ = ("_max_octets", "_max_packets", "_octets", "_packets", "_until")

    def __init__(self, packets: int, octets: float = inf) -> None:
        self._max_packets, self._max_octets = packets, octets
        self._packets = self._octets = 0
        self._until = -inf

    def takes(self, octets: int, now: float) -> bool:
        """Whether one more packet of that size is within bounds."""
        if now >= self._until:
            self._until = now + 1.0
            self._packets = self._octets = 0
        self._packets += 1
        self._octets += octets
        return self._packets <= self._max_packets and self._octets <= self._max_octets
