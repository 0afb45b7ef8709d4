"""Where the packets of one source go besides the slots: a recorder, a relay, a meter."""

from __future__ import annotations

from typing import Protocol

from hub.media.rtp.packet import HEADER
from hub.media.sfu.follower import Follower
from hub.media.sfu.media import Media
from hub.media.sfu.rewriter import Rewriter


class Sink(Protocol):
    """Attached to one source of a router; called on the packet path, so it must be quick and never raise.

    It gets one stream, continuous whichever encoding it comes from: from a key frame on, in order of
    arrival, numbers and timestamps without a break.
    """

    def receive_rtp(self, packet: bytes, arrival: float) -> None:
        """One decrypted RTP packet as the publisher sent it; ``arrival`` in monotonic seconds."""
        ...

    def receive_sender_report(self, ntp: int, rtp_timestamp: int, arrival: float) -> None:
        """The publisher's clock: 64-bit NTP (RFC 3550, 6.4.1) beside the RTP timestamp of that stream."""
        ...

    def close(self) -> None:
        """The source has ended; nothing follows."""
        ...


class Tap(Follower):
    """A follower whose way out is a function."""

    __slots__ = ("_since", "_ssrc", "sink")

    def __init__(self, sink: Sink, clock_rate: int) -> None:
        super().__init__(Rewriter(clock_rate, low=False))
        self.sink = sink
        self._ssrc: int | None = None
        self._since: float | None = None

    def waited_s(self, now: float) -> float:
        """How long ago it was first asked so."""
        if self._since is None:
            self._since = now
        return now - self._since

    def send(self, media: Media, now: float) -> None:
        packet, segment = media.packet, self.rewriter.segment
        first, second, number, timestamp, ssrc = HEADER.unpack_from(packet)
        if self._ssrc is None:
            self._ssrc = ssrc
        if segment.seq_delta or segment.timestamp_delta or ssrc != self._ssrc:
            timestamp = (timestamp + segment.timestamp_delta) & 0xFFFF_FFFF
            number = (number + segment.seq_delta) & 0xFFFF
            packet = HEADER.pack(first, second, number, timestamp, self._ssrc) + packet[12:]
        self.sink.receive_rtp(packet, media.arrival)

    def receive_sender_report(self, ntp: int, rtp_timestamp: int, now: float) -> None:
        timestamp = (rtp_timestamp + self.rewriter.segment.timestamp_delta) & 0xFFFF_FFFF
        self.sink.receive_sender_report(ntp, timestamp, now)
