"""How much of a stream each layer in time takes."""

from __future__ import annotations

from math import inf

EVERYTHING = 2  # the highest limit: with it no layer is left out
FIRST_S = 0.2  # a first guess
WINDOW_S = 1.0  # a key frame every few seconds must not look like a rate

_Bps = tuple[float, float, float]


class Rates:
    """Counted on the packet path, read now and then."""

    __slots__ = ("_bps", "_octets", "_past", "_since", "highest")

    def __init__(self) -> None:
        self._octets = [0, 0, 0, 0]  # by layer; RFC 7741 has room for four
        self._bps: _Bps = (0.0, 0.0, 0.0)
        self._since = -inf
        self._past = 0  # octets of windows that are over
        self.highest = 0  # the highest layer that has come lately

    def count(self, temporal: int, octets: int) -> None:
        self._octets[temporal] += octets
        if temporal > self.highest:
            self.highest = temporal

    def begin(self, now: float) -> None:
        """A stream begins; what is known of the one before it still holds."""
        self._open_window()
        self._since = now

    @property
    def octets(self) -> int:
        """All that have ever come."""
        return self._past + sum(self._octets)

    def _open_window(self) -> None:
        self._past += sum(self._octets)
        self._octets = [0, 0, 0, 0]

    def read(self, now: float) -> tuple[int, int, int]:
        """Bits per second of the layers up to 0, 1 and 2, all that is above counted with 2."""
        elapsed_s = now - self._since
        bps = self._bps
        if elapsed_s >= WINDOW_S:
            bps = self._turn(elapsed_s)
            self._since = now
        elif elapsed_s >= FIRST_S and not any(bps):
            bps = self._measured(elapsed_s)
        return round(bps[0]), round(bps[1]), round(bps[2])

    def _measured(self, elapsed_s: float) -> _Bps:
        zero, one, two, three = [8 * octets / elapsed_s for octets in self._octets]
        return zero, zero + one, zero + one + two + three

    def _turn(self, elapsed_s: float) -> _Bps:
        if not any(self._octets):
            return self._bps  # not a rate but a pause: what it had is what it will have again
        self.highest = max(layer for layer, octets in enumerate(self._octets) if octets)
        new, old = self._measured(elapsed_s), self._bps
        self._open_window()
        smooth = 0.5 if any(old) else 1.0
        self._bps = (
            old[0] + smooth * (new[0] - old[0]),
            old[1] + smooth * (new[1] - old[1]),
            old[2] + smooth * (new[2] - old[2]),
        )
        return self._bps
