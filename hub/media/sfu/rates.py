"""How much of a stream each layer in time takes."""

from __future__ import annotations

EVERYTHING = 2  # the highest limit: with it no layer is left out
WINDOW_S = 1.0  # a key frame every few seconds must not look like a rate


class Rates:
    """Counted on the packet path, read now and then."""

    __slots__ = ("_bps", "_octets", "_since")

    def __init__(self) -> None:
        self._octets = [0, 0, 0, 0]  # by layer; RFC 7741 has room for four
        self._bps = (0.0, 0.0, 0.0)
        self._since: float | None = None

    def count(self, temporal: int, octets: int) -> None:
        self._octets[temporal] += octets

    def read(self, now: float) -> tuple[int, int, int]:
        """Bits per second of the layers up to 0, 1 and 2, all that is above counted with 2."""
        if self._since is None:
            self._since = now
        elif now - self._since >= WINDOW_S:
            self._turn(now - self._since)
            self._since = now
        base, middle, top = self._bps
        return round(base), round(middle), round(top)

    def _turn(self, elapsed_s: float) -> None:
        zero, one, two, three = self._octets
        self._octets = [0, 0, 0, 0]
        measured = [8 * octets / elapsed_s for octets in (zero, zero + one, zero + one + two + three)]
        if not any(self._bps):
            self._bps = (measured[0], measured[1], measured[2])
            return
        base, middle, top = [(old + new) / 2 for old, new in zip(self._bps, measured, strict=True)]
        self._bps = (base, middle, top)
