"""One outgoing slot: an SSRC of a subscribe connection, and the source that is to be seen there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

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
from hub.media.sfu.rewriter import Rewriter


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
    mid: bytes = b""  # sent in every packet when extensions.mid is set


class Subscriber(Follower):
    """Made by ``Router.add_subscriber``."""

    __slots__ = (
        "_allowance",
        "_rtx_seq",
        "connection",
        "failed",
        "fraction_lost",
        "output",
        "resent",
        "round_trip_s",
        "spec",
    )

    def __init__(self, spec: SubscriberSpec, connection: Connection) -> None:
        super().__init__(Rewriter(spec.clock_rate))
        self.spec = spec
        self.connection = connection
        self.output: Output | None = None
        self.failed = self.resent = 0
        self.fraction_lost = 0.0
        self.round_trip_s: float | None = None
        self._rtx_seq = 0
        self._allowance = Allowance()

    @property
    def reachable(self) -> bool:
        return self.output is not None

    @property
    def codec(self) -> SlotCodec:
        """That of the source in the slot."""
        if self.publisher is None:
            raise RuntimeError("an empty slot has no codec")
        return self.spec.codecs[self.publisher.spec.codec]

    def dress(self) -> Dress:
        rewriter = self.rewriter
        return Dress(
            self.codec.payload_type,
            self.spec.extensions,
            self.spec.mid,
            rewriter.picture_delta,
            rewriter.tl0_delta,
        )

    def row(self, output: Output) -> Row:
        rewriter = self.rewriter
        return Row(output, rewriter.seq_delta, rewriter.timestamp_delta, self.spec.ssrc)

    def send(self, media: Media, now: float) -> None:
        """One packet to this slot alone: the first of a segment, or one from the history."""
        if self.output is None:
            return
        first, tail = self.dress().put_on(media, self._extension(media, now))
        self.failed += fan_out((self.row(self.output),), first, media.seq, media.timestamp, tail)
        self.sent_before = self.sent_before.plus(Sent(1, media.end - media.start))

    def resend(self, media: Media, now: float) -> None:
        """Answers a NACK by RTX (RFC 4588), or not at all.

        Under AES-GCM one SSRC and sequence number must never carry two different plaintexts, and the bytes
        would differ: the send time is new. Keeping every subscriber's ciphertexts costs memory times viewers.
        RTX has an SSRC and a count of its own, so the cipher sees a fresh packet every time. A client
        without rtx gets nothing again and asks for a key frame instead.
        """
        output, ssrc, payload_type = self.output, self.spec.rtx_ssrc, self.codec.rtx_payload_type
        if output is None or ssrc is None or payload_type is None:
            return
        if not self._allowance.take(media.seq, now):
            return
        rewriter = self.rewriter
        dress = self.dress()._replace(payload_type=payload_type)
        original = original_number(media.seq + rewriter.seq_delta)
        first, tail = dress.put_on(media, self._extension(media, now), original)
        row = Row(output, 0, rewriter.timestamp_delta, ssrc)
        self.failed += fan_out((row,), first, self._rtx_seq, media.timestamp, tail)
        self._rtx_seq += 1
        self.resent += 1

    def _extension(self, media: Media, now: float) -> bytes:
        return extension_block(self.spec.extensions, self.spec.mid, media, abs_send_time(now))

    def heard(self, block: ReportBlock, round_trip_s: float | None) -> None:
        """What a receiver report says of this slot."""
        self.fraction_lost = block.fraction_lost / 256
        if round_trip_s is not None:
            self.round_trip_s = round_trip_s
