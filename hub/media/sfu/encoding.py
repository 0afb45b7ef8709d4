"""One RTP stream of a source: what is admitted, what is missing, how steady it comes."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from hub.media.rtp.extensions import NOTHING, Seen
from hub.media.rtp.h264 import H264, parse_h264
from hub.media.rtp.packet import HEADER, MARKER, PADDING_BIT, bounds
from hub.media.rtp.payload import Vp8, parse_vp8, unwrap_rtx
from hub.media.rtp.serial import seq_diff, timestamp_diff
from hub.media.sfu.follower import Follower
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
STOPPED_S = 0.4  # nor when the smallest goes on without it: its sender's line became too narrow for both
UNUSED_S = 5.0  # a lane that nobody runs in goes; until then those who left may ask for its packets
SYNCED_S = 2.0  # an encoder that makes layers says every few pictures where one may be taken up
FORMER_MAX = 8  # SSRCs that were here before and may not come back while the present one sends


_PARSERS: dict[str, Callable[[bytes], Vp8 | H264]] = {"vp8": parse_vp8, "h264": parse_h264}


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
        self.began = False  # the packet just admitted begins a new stream; the router looks and clears
        self.fir_count = 0
        self._received = 0  # before the present stream began
        self.dropped = 0  # duplicates, too late, foreign
        self.lanes = [Lane(self)]  # the one with everything in it, then those that somebody wanted
        self._synced = -inf  # when a picture of an upper layer last depended on the base alone
        self._begun = False
        self._base = 0
        self._timestamp = 0
        self._arrival = -inf
        self._former: list[int] = []
        self._resync = -1  # RFC 3550, A.1 bad_seq: the number that would prove a jump to be meant
        self._picture_id = -1
        self._parse = _PARSERS.get(self.spec.codec)

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
        parsed = self._parse(packet[start:end]) if self._parse is not None and end > start else None
        seq = self._place(number, timestamp, ssrc, now)
        if seq < 0:
            self.dropped += 1
            return None
        vp8 = parsed if isinstance(parsed, Vp8) else None
        picture_id, temporal = -1, 0
        if vp8 is not None:
            picture_id, temporal = vp8.picture_id, vp8.temporal
            if vp8.picture_bits == 7:
                picture_id = self._count_on(picture_id)
            if temporal and vp8.sync:
                self._synced = now
        if parsed is not None and parsed.width:
            self.width, self.height = parsed.width, parsed.height
        media = Media(
            seq,
            timestamp,
            second & MARKER,
            packet,
            start,
            end,
            vp8,
            picture_id,
            parsed is not None and parsed.keyframe,
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
        if ssrc != self.ssrc or not self._begun:
            if ssrc in self._former and now - self._arrival < ALIVE_S:
                return -1  # the end of what was sent before, or two senders in one m-line
            return self._begin(number, timestamp, ssrc, now)
        ahead = seq_diff(number, self.highest & 0xFFFF)
        seq = self.highest + ahead
        if 0 < ahead < MAX_DROPOUT:
            if timestamp_diff(timestamp, self._timestamp) < 0:
                # A clock that goes back under rising numbers: the encoder began anew.
                return self._begin(number, timestamp, ssrc, now)
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
            return self._begin(number, timestamp, ssrc, now)
        self._resync = (number + 1) & 0xFFFF
        return -1

    def _begin(self, number: int, timestamp: int, ssrc: int, now: float) -> int:
        """A new stream, on an endless line above all that came before."""
        self.began = self._begun = True
        if self.ssrc is not None and self.ssrc != ssrc:
            self._former = [*self._former, self.ssrc][-FORMER_MAX:]
        self.ssrc = ssrc
        self.history.clear()
        self.missing.clear()
        self._picture_id = self._resync = -1
        self.highest = self._base = (((self.highest >> 16) + 2) << 16) + number
        self._timestamp = timestamp
        self.rates.begin(now)
        self._received = self.received
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

    def interrupt(self) -> None:
        """What comes next begins anew, whatever its numbers are."""
        self._begun = False
        self.history.clear()
        self.missing.clear()

    # --- lanes ----------------------------------------------------------------------------------------------

    @property
    def lane(self) -> Lane:
        """The one with everything in it."""
        return self.lanes[0]

    def lane_of(self, limit: int) -> Lane:
        """The one with the layers in time up to ``limit``; made when it is first wanted."""
        for lane in self.lanes:
            if lane.limit == limit:
                return lane
        lane = Lane(self, limit)
        lane.used_at = self._arrival
        for media in self.history.since_keyframe(self._arrival):
            lane.receive(media, self._arrival)
        self.lanes.append(lane)
        return lane

    def tidy(self, now: float) -> None:
        """Lanes that nobody runs in any more go."""
        for lane in self.lanes[1:]:
            if lane.running or lane.waiting:
                lane.used_at = now
            elif now - lane.used_at > UNUSED_S:
                self.lanes.remove(lane)
                self.lane.fanout.failed += lane.fanout.failed
                lane.history.clear()  # slots that have been there remember the lane

    # --- what it says of itself -----------------------------------------------------------------------------

    @property
    def received(self) -> int:
        """Packets that were admitted, of all streams it has had."""
        return self._received + (self.reception.received if self.reception is not None else 0)

    def alive(self, now: float) -> bool:
        """Its packets come."""
        behind = self.publisher.encodings[0]._arrival - self._arrival
        return now - self._arrival < ALIVE_S and behind < STOPPED_S

    def off(self, now: float) -> bool:
        """The smallest comes without it."""
        return not self.alive(now) and self.publisher.encodings[0].alive(now)

    @property
    def layers(self) -> int:
        """The highest layer in time that comes."""
        return self.rates.highest

    def bps(self, now: float) -> int:
        return self.rates.read(now)[EVERYTHING]

    def rung(self, limit: int, now: float) -> Rung:
        return Rung(self.index, limit, self.rates.read(now)[limit], self.width)

    def is_layered(self, now: float) -> bool:
        """There are pictures at which a layer in time can be taken up."""
        return now - self._synced < SYNCED_S

    def rungs(self, now: float) -> tuple[Rung, ...]:
        """What it can be had at."""
        layers = min(self.layers, EVERYTHING) if self.is_layered(now) else 0
        return tuple(self.rung(limit, now) for limit in (*range(layers), EVERYTHING))

    def give(self, media: Media, now: float) -> list[Follower]:
        """An admitted packet to everyone who runs in a lane; says who began to run with it."""
        if media.seq == self.highest:
            for lane in self.lanes:
                if lane.waiting:
                    lane.take_over(media)
        began: list[Follower] = []
        for lane in self.lanes:
            lane.receive(media, now)
            if lane.waiting:
                began += lane.begin(now, media)
        return began

    def restart(self) -> None:
        """What was admitted last begins a new stream."""
        self.began = False
        for lane in self.lanes:
            lane.restart()

    def observe_sender_report(self, ntp: int, rtp_timestamp: int, now: float) -> None:
        self.last_sr, self.last_sr_at = (ntp, rtp_timestamp), now
        for tap in self.publisher.taps:
            if tap.lane is self.lane:
                tap.receive_sender_report(ntp, rtp_timestamp, now)

    def clock_behind(self, other: Encoding) -> int | None:
        """By how much the timestamps of ``other`` are ahead of these at the same instant, as reports tell."""
        if self.last_sr is None or other.last_sr is None:
            return None
        (here_ntp, here), (there_ntp, there) = self.last_sr, other.last_sr
        return there - here + (((here_ntp - there_ntp) * self.spec.clock_rate) >> 32)

    @property
    def deadline(self) -> float:
        return min(self.missing.deadline, self.keyframe.deadline)
