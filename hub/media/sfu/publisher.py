"""One incoming source: what is admitted, what is missing, how steady it comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from hub.media.rtp.extensions import ExtensionIds, first_byte
from hub.media.rtp.packet import HEADER, MARKER, PADDING_BIT, bounds
from hub.media.rtp.payload import Vp8, parse_vp8, unwrap_rtx
from hub.media.rtp.serial import seq_diff, timestamp_diff
from hub.media.sfu.fanout import Fanout
from hub.media.sfu.history import History
from hub.media.sfu.keyframes import KeyframeWish
from hub.media.sfu.media import Media
from hub.media.sfu.nack import Missing
from hub.media.sfu.outputs import Connection
from hub.media.sfu.reports import Reception
from hub.media.sfu.sink import Sink

# RFC 3550, A.1: a jump further ahead than this is a sender that began anew, not a loss.
MAX_DROPOUT = 3000
VIDEO_HISTORY = 1024  # packets: four seconds at 2.5 Mbit/s
AUDIO_HISTORY = 256  # nobody asks for audio again; this is only the window for duplicates
# "The cached packets since the last key frame, if they are few": more would reach the viewer as a burst
# and a delay.
MAX_BURST_PACKETS = 100
MAX_BURST_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherSpec:
    """What the offer said of one source."""

    source_id: str
    kind: str  # "audio" | "video"
    codec: str  # "vp8" | "opus"
    payload_type: int
    clock_rate: int
    rtx_payload_type: int | None = None  # RFC 4588 towards us: the answer accepted rtx with apt=payload_type
    extensions: ExtensionIds
    nack: bool = False  # "a=rtcp-fb nack" was agreed
    pli: bool = False
    fir: bool = False
    max_bps: int | None = None  # told to the publisher as REMB when set (goog-remb agreed)


class Publisher:
    """Made by ``Router.add_publisher``. ``ssrc`` is learned from the first packet."""

    def __init__(self, spec: PublisherSpec, connection: Connection) -> None:
        self.spec = spec
        self.connection = connection
        self.ssrc: int | None = None
        self.fanout = Fanout()
        self.sinks: tuple[Sink, ...] = ()
        self.history = History(VIDEO_HISTORY if spec.kind == "video" else AUDIO_HISTORY)
        self.missing = Missing()
        self.keyframe = KeyframeWish()
        self.keyframe_seq = -1  # where the newest key frame begins; -1: none yet
        self.reception: Reception | None = None
        self.highest = -1
        self.last_sr: tuple[int, int] | None = None  # (NTP, RTP timestamp)
        self.last_sr_at = -inf
        self.restarted = False  # the packet just admitted begins a new stream; the router looks and clears
        self.fir_count = 0
        self.dropped = 0  # duplicates, too late, foreign
        self._base = 0
        self._timestamp = 0
        self._resync = -1  # RFC 3550, A.1 bad_seq: the number that would prove a jump to be meant
        self._picture_id = -1
        self._read: Callable[[bytes], Vp8] | None = parse_vp8 if spec.codec == "vp8" else None

    # --- admission ------------------------------------------------------------------------------------------

    def admit(self, packet: bytes, now: float) -> Media | None:
        """The packet's place in the stream, or None when it has none. BadPacket when it is malformed."""
        start, end = bounds(packet)
        _, second, number, timestamp, ssrc = HEADER.unpack_from(packet)
        payload_type = second & 0x7F
        if payload_type != self.spec.payload_type:
            if payload_type == self.spec.rtx_payload_type:
                return self._admit_rtx(packet, start, end, now)
            self.dropped += 1
            return None
        vp8 = self._read(packet[start:end]) if self._read is not None and end > start else None
        ids = self.spec.extensions
        level = first_byte(packet, ids.audio_level) if ids.audio_level else -1
        orientation = first_byte(packet, ids.video_orientation) if ids.video_orientation else -1
        seq = self._place(number, timestamp, ssrc, now)
        if seq < 0:
            self.dropped += 1
            return None
        if vp8 is not None and vp8.picture_bits == 7:
            vp8 = self._count_on(vp8)
        # RFC 6464, 3: the top bit says "voice", the rest is the level.
        level = level & 0x7F if level >= 0 else -1
        media = Media(seq, timestamp, second & MARKER, packet, start, end, vp8, level, orientation, now)
        self._keep(media)
        return media

    def _admit_rtx(self, packet: bytes, start: int, end: int, now: float) -> Media | None:
        """RFC 4588, 4: the original is restored and takes the ordinary way."""
        if end - start < 2 or self.ssrc is None:  # an empty one is padding sent to probe the path
            self.dropped += 1
            return None
        first, second, _, timestamp, _ = HEADER.unpack_from(packet)
        number, payload = unwrap_rtx(packet[start:end])
        second = (second & MARKER) | self.spec.payload_type
        header = HEADER.pack(first & ~PADDING_BIT, second, number, timestamp, self.ssrc)
        return self.admit(header + packet[12:start] + payload, now)

    def _place(self, number: int, timestamp: int, ssrc: int, now: float) -> int:
        """The endless sequence number, or -1 for what was seen, is too late, or jumps without proof."""
        if ssrc != self.ssrc or self.highest < 0:
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
        self.ssrc = ssrc
        self.history.clear()
        self.missing.clear()
        self.keyframe_seq = self._picture_id = self._resync = -1
        self.highest = self._base = (((self.highest >> 16) + 2) << 16) + number
        self._timestamp = timestamp
        self.reception = Reception(self.spec.clock_rate, self.highest)
        self.last_sr = None
        return self.highest

    def _count_on(self, vp8: Vp8) -> Vp8:
        """Seven bits of picture id laid out on fifteen."""
        near = self._picture_id if self._picture_id >= 0 else vp8.picture_id
        picture_id = near + ((vp8.picture_id - near + 64) & 0x7F) - 64
        self._picture_id = max(self._picture_id, picture_id)
        return vp8._replace(picture_id=picture_id & 0x7FFF)

    def _keep(self, media: Media) -> None:
        self.history.keep(media)
        if self.reception is not None:
            self.reception.count(media.seq, media.timestamp, media.arrival)
        if media.starts_keyframe and media.seq > self.keyframe_seq:
            self.keyframe_seq = media.seq
            self.keyframe.arrived()

    # --- what it holds for others ---------------------------------------------------------------------------

    def since_keyframe(self, now: float) -> list[Media]:
        """The key frame's beginning and all that came since, if few and fresh; else nothing."""
        first = self.history.get(self.keyframe_seq) if self.keyframe_seq >= 0 else None
        if (
            first is None
            or self.highest - first.seq >= MAX_BURST_PACKETS
            or now - first.arrival > MAX_BURST_S
        ):
            return []
        return self.history.between(first.seq, self.highest)

    @property
    def deadline(self) -> float:
        return min(self.missing.deadline, self.keyframe.deadline)
