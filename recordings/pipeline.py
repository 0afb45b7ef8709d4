"""From RTP to frames of one source: order, whole pictures, no holes, the hub's clock."""

from __future__ import annotations

import math
from typing import NamedTuple

from hub.media.rtp import packet as rtp
from hub.media.rtp.errors import BadPacket
from hub.media.rtp.serial import unwrap_seq, unwrap_timestamp
from recordings.frames import Frame, Lane, OpusLane, Vp8Lane
from recordings.h264 import H264Lane
from recordings.reorder import Packet, Reorder
from recordings.timeline import Timeline

CODECS: dict[str, type[Vp8Lane] | type[H264Lane] | type[OpusLane]] = {
    "vp8": Vp8Lane,
    "h264": H264Lane,
    "opus": OpusLane,
}
"""What can be recorded: all that the hub negotiates."""


class Counts(NamedTuple):
    """What one source has gone through."""

    packets: int
    frames: int
    lost: int
    late: int
    dropped: int
    filled: int


class Pipeline:
    """Pure: it is given packets, reports and the time, and gives out frames in order of ``at_s``.

    Never raises on what a publisher sends: a packet that is none is counted as lost.
    """

    def __init__(self, codec: str) -> None:
        """``codec`` is a key of ``CODECS`` in any case; KeyError for another."""
        self._lane: Lane = CODECS[codec.lower()]()
        self._timeline = Timeline(self._lane.clock_rate)
        self._reorder = Reorder()
        self._media_time: int | None = None
        self._ssrc: int | None = None
        self._packets = self._frames = self._broken = 0

    def receive_rtp(self, data: bytes, arrival: float) -> None:
        try:
            begin, end = rtp.bounds(data)
        except BadPacket:
            self._broken += 1
            return
        _, second, seq, timestamp, ssrc = rtp.HEADER.unpack_from(data)
        self._packets += 1
        if ssrc != self._ssrc:
            if self._ssrc is not None:
                self._reorder.begin_anew()
            self._ssrc = ssrc
        if self._media_time is not None:
            timestamp = unwrap_timestamp(timestamp, self._media_time)
        if self._reorder.expected is not None:
            seq = unwrap_seq(seq, self._reorder.expected)
        self._media_time = timestamp
        self._timeline.packet(timestamp, arrival)
        marker = bool(second & rtp.MARKER)
        self._reorder.push(Packet(seq, timestamp, arrival, marker, data[begin:end]))

    def receive_sender_report(self, ntp: int, rtp_timestamp: int, arrival: float) -> None:
        if self._media_time is not None:
            self._timeline.report(ntp, unwrap_timestamp(rtp_timestamp, self._media_time), arrival)

    def drain(self, now: float) -> list[Frame]:
        """The frames that are ready by ``now``."""
        frames: list[Frame] = []
        for packet in self._reorder.pop(now):
            frames += self._lane.feed(packet, self._timeline)
        if now < math.inf:
            frames += self._lane.idle(now)
        self._frames += len(frames)
        return frames

    def flush(self) -> list[Frame]:
        """The source has ended: everything that is still waiting."""
        return self.drain(math.inf)

    @property
    def wants_keyframe(self) -> bool:
        """Nothing can be written until the publisher sends a key frame."""
        return self._lane.wants_keyframe

    def counts(self) -> Counts:
        reorder, lane = self._reorder, self._lane
        lost = reorder.lost + self._broken
        return Counts(self._packets, self._frames, lost, reorder.late, lane.dropped, lane.filled)
