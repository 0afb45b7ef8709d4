"""One outgoing slot: an SSRC of a subscribe connection, and the source that is to be seen there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from hub.media.accel.reference import fan_out
from hub.media.accel.rows import Row
from hub.media.rtp.extensions import ExtensionIds, abs_send_time
from hub.media.rtp.payload import original_number
from hub.media.rtp.rtcp import ReportBlock
from hub.media.sfu.dress import Dress, extension_block
from hub.media.sfu.follower import Follower, Sent
from hub.media.sfu.media import Media
from hub.media.sfu.outputs import Connection, Output
from hub.media.sfu.retransmit import Allowance
from hub.media.sfu.rewriter import Rewriter, Segment

if TYPE_CHECKING:  # these point up to what holds it
    from hub.media.sfu.encoding import Rung
    from hub.media.sfu.lane import Lane
    from hub.media.sfu.publisher import Publisher

DEFAULT_WIDTH, DEFAULT_RANK = 640, 100  # until the page says how large its tiles are
SEGMENTS_REMEMBERED = 3  # lanes a slot has left lately: their packets may be asked for again


class SlotCodec(NamedTuple):
    """How a codec is called in this slot; ``rtx_payload_type`` (apt=payload_type) None: not agreed."""

    payload_type: int
    rtx_payload_type: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberSpec:
    """What was answered for one slot."""

    kind: str  # "audio" | "video"
    codecs: Mapping[str, SlotCodec]  # all that its client can decode: the slot follows its source
    ssrc: int
    clock_rate: int
    rtx_ssrc: int | None = None  # set when the client negotiated rtx
    extensions: ExtensionIds


class Subscriber(Follower):
    """Made by ``Router.add_subscriber``. ``starved``: somebody looks, but the line has no room for it."""

    __slots__ = (
        "_allowance",
        "_past",
        "_rtx_seq",
        "aim",
        "connection",
        "failed",
        "fraction_lost",
        "jitter_ms",
        "output",
        "rank",
        "resent",
        "round_trip_s",
        "spec",
        "starved",
        "width",
    )

    def __init__(self, spec: SubscriberSpec, connection: Connection) -> None:
        super().__init__(Rewriter(spec.clock_rate))
        self.spec = spec
        self.connection = connection
        self.output: Output | None = None
        self.width = DEFAULT_WIDTH  # of the tile in device pixels; 0: nobody looks
        self.rank = DEFAULT_RANK  # 0: the first to keep
        self.aim: Rung | None = None  # what it should have; None: nothing
        self.starved = False
        self.failed = self.resent = 0
        self.fraction_lost = self.jitter_ms = 0.0
        self.round_trip_s: float | None = None
        self._rtx_seq = 0
        self._allowance = Allowance()
        self._past: list[tuple[Lane, Segment]] = []

    @property
    def reachable(self) -> bool:
        return self.output is not None

    @property
    def codec(self) -> SlotCodec:
        """That of the source in the slot."""
        if self.publisher is None:
            raise RuntimeError("an empty slot has no codec")
        return self.spec.codecs[self.publisher.spec.codec]

    @property
    def number(self) -> int:
        """The last that has left; -1: nothing has yet."""
        if self.lane is None or self.lane.newest is None:
            return self.rewriter.number
        return self.lane.newest.seq + self.rewriter.segment.seq_delta

    def rung_now(self, now: float) -> Rung | None:
        """What it really gets."""
        return None if self.lane is None else self.lane.rung(now)

    def show(self, publisher: Publisher | None) -> None:
        super().show(publisher)
        self.aim = None
        self.starved = False
        self._past.clear()

    def leave(self, lane: Lane) -> None:
        self._past = [*self._past, (lane, self.rewriter.segment)][-SEGMENTS_REMEMBERED:]
        super().leave(lane)

    # --- what goes out --------------------------------------------------------------------------------------

    def dress(self) -> Dress:
        return self._dress(self.rewriter.segment, self.codec.payload_type)

    def _dress(self, segment: Segment, payload_type: int) -> Dress:
        spec = self.spec
        return Dress(payload_type, spec.extensions, segment.picture_delta, segment.tl0_delta)

    def row(self, output: Output) -> Row:
        segment = self.rewriter.segment
        return Row(output, segment.seq_delta, segment.timestamp_delta, self.spec.ssrc)

    def send(self, media: Media, now: float) -> None:
        """One of the first packets of a segment."""
        if self.output is None:
            return
        first, tail = self.dress().put_on(media, self._extension(media, now))
        self.failed += fan_out((self.row(self.output),), first, media.seq, media.timestamp, tail)
        self.sent_before = self.sent_before.plus(Sent(1, media.end - media.start))

    def find(self, number: int) -> tuple[Media, Segment] | None:
        """The packet that left under that number, if it is still there: also of the lanes before this one,
        for what a line loses it loses when it is too narrow, and that is when the lane is changed."""
        if self.lane is None or self.lane.newest is None:
            return None
        newest = self.number
        sought = newest - ((newest - number) & 0xFFFF)
        for lane, segment in ((self.lane, self.rewriter.segment), *reversed(self._past)):
            seq = sought - segment.seq_delta
            if seq >= segment.first_in:
                media = lane.history.get(seq)
                return None if media is None else (media, segment)
        return None

    def resend(self, number: int, now: float) -> int:
        """Answers a NACK by RTX (RFC 4588), or not at all; says how many octets that took.

        Under AES-GCM one SSRC and sequence number must never carry two different plaintexts, and the bytes
        would differ: the send time is new. Keeping every subscriber's ciphertexts costs memory times viewers.
        RTX has an SSRC and a count of its own, so the cipher sees a fresh packet every time. A client
        without rtx gets nothing again and asks for a key frame instead.
        """
        found, output = self.find(number), self.output
        if found is None or output is None:
            return 0
        media, segment = found
        ssrc, payload_type = self.spec.rtx_ssrc, self.codec.rtx_payload_type
        if ssrc is None or payload_type is None or not self._allowance.take(number, now):
            return 0
        dress = self._dress(segment, payload_type)
        first, tail = dress.put_on(media, self._extension(media, now), original_number(number))
        row = Row(output, 0, segment.timestamp_delta, ssrc)
        self.failed += fan_out((row,), first, self._rtx_seq, media.timestamp, tail)
        self._rtx_seq += 1
        self.resent += 1
        return len(tail)

    def _extension(self, media: Media, now: float) -> bytes:
        return extension_block(self.spec.extensions, media, abs_send_time(now))

    def heard(self, block: ReportBlock, round_trip_s: float | None) -> None:
        """What a receiver report says of this slot."""
        self.fraction_lost = block.fraction_lost / 256
        self.jitter_ms = 1000 * block.jitter / self.spec.clock_rate
        if round_trip_s is not None:
            self.round_trip_s = round_trip_s
