"""One outgoing stream out of many sources: continuous numbers, timestamps and picture ids.

Between two switches every field moves by a constant, so the fan-out only adds. The deltas are chosen at
``start`` and the place reached is noted at ``stop``; nothing is written down per packet.
"""

from __future__ import annotations

from hub.media.rtp.serial import timestamp_diff
from hub.media.sfu.media import Media

_SMALLEST_STEP_S = 0.01  # two sources never share an instant, however fast the switch
_SAME_SOURCE_STEP_S = 0.001  # nor do two encodings of one, which were filmed at the same instant
_CREDIBLE_S = 1.0  # how far what sender reports say may be from what arrival says


class Rewriter:
    """The invariant: no endless output number (``seq + seq_delta``) is ever given to two different packets.

    It holds because a segment begins above all that went out before, takes nothing below ``first_in``, and
    adds one constant to numbers that a lane never gives twice.
    """

    __slots__ = (
        "_at",
        "_low",
        "_next_seq",
        "_picture_id",
        "_skew",
        "_started",
        "_timestamp",
        "_tl0",
        "clock_rate",
        "first_in",
        "picture_delta",
        "seq_delta",
        "timestamp_delta",
        "tl0_delta",
    )

    def __init__(self, clock_rate: int, *, low: bool = True) -> None:
        """``low``: the first number is taken from the lower half; else it is the source's own."""
        self.clock_rate = clock_rate
        self.first_in = 0
        self.seq_delta = self.timestamp_delta = self.picture_delta = self.tl0_delta = 0
        self._low = low
        self._started = False
        self._next_seq = self._timestamp = self._skew = 0
        self._picture_id = self._tl0 = -1
        self._at = 0.0

    def start(self, media: Media, ahead: int, now: float, moved: int | None = None) -> None:
        """A segment begins with ``media``; its newest packet is ``ahead`` (media time) of it.

        ``moved``: it is another encoding of the source shown so far, and the clock of that one was so much
        ahead; None: only the time of day says how far the two are apart.
        """
        self.first_in = media.seq
        if not self._started:
            # RFC 3711, 3.3.1: a first number in the lower half keeps an early loss from confusing the
            # roll-over count. Taking it from the source lets all who start together share their deltas.
            self._started = True
            self.seq_delta = (media.seq & 0x7FFF) - media.seq if self._low else 0
            return
        self.seq_delta = self._next_seq - media.seq
        self._start_clock(media, max(int((now - self._at) * self.clock_rate) - ahead, 0), moved)
        if media.vp8 is None:
            return
        if self._picture_id >= 0 and media.picture_id >= 0:
            self.picture_delta = (self._picture_id + 1 - media.picture_id) & 0x7FFF
        if self._tl0 >= 0 and media.vp8.tl0 >= 0:
            self.tl0_delta = (self._tl0 + 1 - media.vp8.tl0) & 0xFF

    def _start_clock(self, media: Media, elapsed: int, moved: int | None) -> None:
        """Time goes on as it passed, or as the reports of both encodings say, and always forward."""
        step, skew = max(elapsed, int(_SMALLEST_STEP_S * self.clock_rate)), 0
        if moved is not None:
            exact = self.timestamp_delta - self._skew + moved
            wanted = timestamp_diff((media.timestamp + exact) & 0xFFFF_FFFF, self._timestamp)
            if abs(wanted - elapsed) < _CREDIBLE_S * self.clock_rate:
                step = max(wanted, int(_SAME_SOURCE_STEP_S * self.clock_rate))
                skew = step - wanted  # taken off again at the next switch, else many would add up
        self._skew = skew
        self.timestamp_delta = (self._timestamp + step - media.timestamp) & 0xFFFF_FFFF

    def stop(self, newest: Media, picture_id: int, tl0: int, *, cut: bool, at: float) -> None:
        """The segment ends behind ``newest``, sent at ``at``; ids are the last the source had (-1: none).

        A frame that was cut leaves one number unused: else the next frame would seem to complete it.
        """
        self._next_seq = newest.seq + self.seq_delta + (2 if cut else 1)
        self._timestamp = (newest.timestamp + self.timestamp_delta) & 0xFFFF_FFFF
        self._at = at
        if picture_id >= 0:
            self._picture_id = (picture_id + self.picture_delta) & 0x7FFF
        if tl0 >= 0:
            self._tl0 = (tl0 + self.tl0_delta) & 0xFF

    def source_seq(self, number: int, newest: Media) -> int:
        """The source's endless number behind an output number of this segment, or -1."""
        behind = (newest.seq + self.seq_delta - number) & 0xFFFF
        seq = newest.seq - behind
        return seq if seq >= self.first_in else -1
