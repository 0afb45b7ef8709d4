"""One RTP stream of a source: what is admitted, what is missing, how steady it comes."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from hub.media.rtp.extensions import NOTHING, Seen
from hub.media.rtp.packet import HEADER, MARKER, PADDING_BIT, bounds
from hub.media.rtp.payload import Vp8, parse_vp8, unwrap_rtx
from hub.media.rtp.serial import seq_diff, timestamp_diff
from hub.media.sfu.history import History
from hub.media.sfu.keyframes import KeyframeWish
from hub.media.sfu.lane import Lane
from hub.media.sfu.media import Media
from hub.media.sfu.nack import Missing
from hub.media.sfu.rates import EVERYTHING, Rates
from hub.media.sfu.reports import Reception

if TYPE_CHECKING:  # it points up to what holds it
    from hub.media.sfu.publisher import Publisher

# RFC 3550, A.1: a jump further ahead than this is a sender that began anew, not a loss.
MAX_DROPOUT = 3000
VIDEO_HISTORY = 1024  # packets: four seconds at 2.5 Mbit/s
AUDIO_HISTORY = 256  # nobody asks for audio again; this is only the window for duplicates
ALIVE_S = 2.0  # without a packet for so long it is not there; a still screen comes once a second
FORMER_MAX = 8  # SSRCs that were here before and may not come back while the present one sends


class Rung(NamedTuple):
    """One step of what a source can be had at."""

    encoding: int  # its place in Publisher.encodings
    temporal: int  # the highest layer in time that is left in; 2: everything
    bps: int
    width: int  # of the picture, 0 while unknown


class Encoding:
    """One SSRC, learned from its first packet; a publisher has one to three, the smallest picture first."""

    def __init__(self, publisher: Publisher, index: int, rid: str) -> None:
        self.publisher = publisher
        self.spec = publisher.spec
        self.index = index
        self.rid = rid
        self.ssrc: int | None = None
        self.width = self.height = 0  # of the newest key frame, 0 while unknown
        self.history = History(VIDEO_HISTORY if self.spec.kind == "video" else AUDIO_HISTORY)
        self.missing = Missing()
        self.keyframe = KeyframeWish()
        self.reception: Reception | None = None
        self.rates = Rates()
        self.highest = -1
        self.last_sr: tuple[int, int] | None = None  # (NTP, RTP timestamp)
        self.last_sr_at = -inf
        self.restarted = False  # the packet just admitted begins a new stream; the router looks and clears
        self.fir_count = 0
        self.dropped = 0  # duplicates, too late, foreign
        self.lanes = [Lane(self)]
        self._base = 0
        self._timestamp = 0
        self._arrival = -inf
        self._former: list[int] = []
        self._resync = -1  # RFC 3550, A.1 bad_seq: the number that would prove a jump to be meant
        self._picture_id = -1
        self._read: Callable[[bytes], Vp8] | None = parse_vp8 if self.spec.codec == "vp8" else None

    # --- admission ------------------------------------------------------------------------------------------

    def admit(self, packet: bytes, now: float, seen: Seen = NOTHING) -> Media | None:
        """The packet's place in the stream, or None when it has none. BadPacket when it is malformed."""
        start, end = bounds(packet)
        _, second, number, timestamp, ssrc = HEADER.unpack_from(packet)
        payload_type = second & 0x7F
        if payload_type != self.spec.payload_type:
            if payload_type == self.spec.rtx_payload_type:
                return self._admit_rtx(packet, start, end, now, seen)
            self.dropped += 1
            return None
        vp8 = self._read(packet[start:end]) if self._read is not None and end > start else None
        seq = self._place(number, timestamp, ssrc, now)
        if seq < 0:
            self.dropped += 1
            return None
        picture_id, keyframe, temporal = -1, False, 0
        if vp8 is not None:
            picture_id, keyframe, temporal = vp8.picture_id, vp8.keyframe, vp8.temporal
            if vp8.picture_bits == 7:
                picture_id = self._count_on(picture_id)
            if vp8.width:
                self.width, self.height = vp8.width, vp8.height
        media = Media(
            seq,
            timestamp,
            second & MARKER,
            packet,
            start,
            end,
            vp8,
            picture_id,
            keyframe,
            seen.level,
            seen.orientation,
            now,
        )
        self.rates.count(temporal, len(packet))
        self._keep(media)
        return media

    def _admit_rtx(self, packet: bytes, start: int, end: int, now: float, seen: Seen) -> Media | None:
        """RFC 4588, 4: the original is restored and takes the ordinary way."""
        if end - start < 2 or self.ssrc is None:  # an empty one is padding sent to probe the path
            self.dropped += 1
            return None
        first, second, _, timestamp, _ = HEADER.unpack_from(packet)
        number, payload = unwrap_rtx(packet[start:end])
        second = (second & MARKER) | self.spec.payload_type
        header = HEADER.pack(first & ~PADDING_BIT, second, number, timestamp, self.ssrc)
        return self.admit(header + packet[12:start] + payload, now, seen)

    def _place(self, number: int, timestamp: int, ssrc: int, now: float) -> int:
        """The endless sequence number, or -1 for what was seen, is too late, or jumps without proof."""
        if ssrc != self.ssrc or self.highest < 0:
            if ssrc in self._former and now - self._arrival < ALIVE_S:
                return -1  # the end of what was sent before, or two senders in one m-line
            return self._begin(number, timestamp, ssrc)
        ahead = seq_diff(number, self.highest & 0xFFFF)
        seq = self.highest + ahead
        if 0 < ahead < MAX_DROPOUT:
            if timestamp_diff(timestamp, self._timestamp) < 0:
                # A clock that goes back under rising numbers: the encoder began anew.
                return self._begin(number, timestamp, ssrc)
            if ahead > 1 and self.spec.nack:
                self.missing.gap(self.highest + 1, seq - 1, now)
            self.highest, self._timestamp, self._resync = seq, timestamp, -1
            return seq
        if -self.history.capacity < ahead <= 0:
            if seq < self._base or self.history.get(seq) is not None:
                return -1
            self.missing.found(seq)
            return seq
        if number == self._resync:
            return self._begin(number, timestamp, ssrc)
        self._resync = (number + 1) & 0xFFFF
        return -1

    def _begin(self, number: int, timestamp: int, ssrc: int) -> int:
        """A new stream, on an endless line above all that came before."""
        self.restarted = self.ssrc is not None
        if self.ssrc is not None and self.ssrc != ssrc:
            self._former = [*self._former, self.ssrc][-FORMER_MAX:]
        self.ssrc = ssrc
        self.history.clear()
        self.missing.clear()
        self._picture_id = self._resync = -1
        self.highest = self._base = (((self.highest >> 16) + 2) << 16) + number
        self._timestamp = timestamp
        self.reception = Reception(self.spec.clock_rate, self.highest)
        self.last_sr = None
        return self.highest

    def _count_on(self, picture_id: int) -> int:
        """Seven bits of picture id laid out on fifteen."""
        near = self._picture_id if self._picture_id >= 0 else picture_id
        counted = near + ((picture_id - near + 64) & 0x7F) - 64
        self._picture_id = max(self._picture_id, counted)
        return counted & 0x7FFF

    def _keep(self, media: Media) -> None:
        before = self.history.keyframe
        self._arrival = media.arrival
        self.history.keep(media)
        if self.reception is not None:
            self.reception.count(media.seq, media.timestamp, media.arrival)
        if self.history.keyframe != before:
            self.keyframe.arrived()

    # --- what it says of itself -----------------------------------------------------------------------------

    @property
    def lane(self) -> Lane:
        """The one with everything in it."""
        return self.lanes[0]

    def alive(self, now: float) -> bool:
        """Its packets come."""
        return now - self._arrival < ALIVE_S

    def bps(self, now: float) -> int:
        return self.rates.read(now)[EVERYTHING]

    def rungs(self, now: float) -> tuple[Rung, ...]:
        return (Rung(self.index, EVERYTHING, self.bps(now), self.width),)

    def observe_sender_report(self, ntp: int, rtp_timestamp: int, now: float) -> None:
        self.last_sr, self.last_sr_at = (ntp, rtp_timestamp), now
        for sink in self.publisher.sinks:
            sink.receive_sender_report(ntp, rtp_timestamp, now)

    def clock_behind(self, other: Encoding) -> int | None:
        """By how much the timestamps of ``other`` are ahead of these at the same instant, as reports tell."""
        if other is self:
            return 0
        if other.publisher is not self.publisher or self.last_sr is None or other.last_sr is None:
            return None
        (here_ntp, here), (there_ntp, there) = self.last_sr, other.last_sr
        return there - here + (((here_ntp - there_ntp) * self.spec.clock_rate) >> 32)

    @property
    def deadline(self) -> float:
        return min(self.missing.deadline, self.keyframe.deadline)
