"""One outgoing stream out of many sources: continuous numbers, timestamps and picture ids.

Between two switches every field moves by a constant, so the fan-out only adds. The deltas are chosen at
``start`` and the place reached is noted at ``stop``; nothing is written down per packet.
"""

from __future__ import annotations

from typing import NamedTuple

from hub.media.rtp.serial import timestamp_diff
from hub.media.sfu.media import Media

_SMALLEST_STEP_S = 0.01  # two sources never share an instant, however fast the switch
_SAME_SOURCE_STEP_S = 0.001  # nor do two encodings of one, which were filmed at the same instant
_CREDIBLE_S = 1.0  # how far what sender reports say may be from what arrival says


class Segment(NamedTuple):
    """From one switch to the next: where in the lane it begins, and what is added to its fields."""

    first_in: int = 0
    seq_delta: int = 0
    timestamp_delta: int = 0
    picture_delta: int = 0
    tl0_delta: int = 0


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
        "segment",
    )

    def __init__(self, clock_rate: int, *, low: bool = True) -> None:
        """``low``: the first number is taken from the lower half; else it is the source's own."""
        self.clock_rate = clock_rate
        self.segment = Segment()
        self._low = low
        self._started = False
        self._next_seq = self._timestamp = self._skew = 0
        self._picture_id = self._tl0 = -1
        self._at = 0.0

    @property
    def number(self) -> int:
        """The last of the segments that are over; -1: there is none."""
        return self._next_seq - 1

    def start(self, media: Media, ahead: int, now: float, moved: int | None = None) -> None:
        """A segment begins with ``media``; its newest packet is ``ahead`` (media time) of it.

        ``moved``: it is another encoding of the source shown so far, and the clock of that one was so much
        ahead; None: only the time of day says how far the two are apart.
        """
        if not self._started:
            # RFC 3711, 3.3.1: a first number in the lower half keeps an early loss from confusing the
            # roll-over count. Taking it from the source lets all who start together share their deltas.
            self._started = True
            self.segment = Segment(media.seq, (media.seq & 0x7FFF) - media.seq if self._low else 0)
            return
        picture_delta, tl0_delta = self.segment.picture_delta, self.segment.tl0_delta
        if media.vp8 is not None:
            if self._picture_id >= 0 and media.picture_id >= 0:
                picture_delta = (self._picture_id + 1 - media.picture_id) & 0x7FFF
            if self._tl0 >= 0 and media.vp8.tl0 >= 0:
                tl0_delta = (self._tl0 + 1 - media.vp8.tl0) & 0xFF
        elapsed = max(int((now - self._at) * self.clock_rate) - ahead, 0)
        self.segment = Segment(
            media.seq,
            self._next_seq - media.seq,
            (self._timestamp + self._step(media, elapsed, moved) - media.timestamp) & 0xFFFF_FFFF,
            picture_delta,
            tl0_delta,
        )

    def _step(self, media: Media, elapsed: int, moved: int | None) -> int:
        """Time goes on as it passed, or as the reports of both encodings say, and always forward."""
        exact, self._skew = self.segment.timestamp_delta - self._skew, 0
        if moved is not None:
            wanted = timestamp_diff((media.timestamp + exact + moved) & 0xFFFF_FFFF, self._timestamp)
            if abs(wanted - elapsed) < _CREDIBLE_S * self.clock_rate:
                step = max(wanted, int(_SAME_SOURCE_STEP_S * self.clock_rate))
                self._skew = step - wanted  # taken off again at the next switch, else many would add up
                return step
        return max(elapsed, int(_SMALLEST_STEP_S * self.clock_rate))

    def shift(self, first_in: int, seq_by: int, picture_by: int) -> None:
        """The same stream goes on in another lane, whose numbers are that much lower."""
        before = self.segment
        self.segment = before._replace(
            first_in=first_in,
            seq_delta=before.seq_delta + seq_by,
            picture_delta=(before.picture_delta + picture_by) & 0x7FFF,
        )

    def stop(self, newest: Media, picture_id: int, tl0: int, *, cut: bool, at: float) -> None:
        """The segment ends behind ``newest``, sent at ``at``; ids are the last the source had (-1: none).

        A frame that was cut leaves one number unused: else the next frame would seem to complete it.
        """
        segment = self.segment
        self._next_seq = newest.seq + segment.seq_delta + (2 if cut else 1)
        self._timestamp = (newest.timestamp + segment.timestamp_delta) & 0xFFFF_FFFF
        self._at = at
        if picture_id >= 0:
            self._picture_id = (picture_id + segment.picture_delta) & 0x7FFF
        if tl0 >= 0:
            self._tl0 = (tl0 + segment.tl0_delta) & 0xFF
