"""One outgoing slot: an SSRC of a subscribe connection, and the source that is to be seen there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hub.media.accel.reference import fan_out
from hub.media.accel.rows import Row
from hub.media.rtp.extensions import ExtensionIds, abs_send_time
from hub.media.rtp.payload import original_number
from hub.media.rtp.rtcp import ReportBlock
from hub.media.sfu.dress import Dress, extension_block
from hub.media.sfu.media import Media
from hub.media.sfu.outputs import Connection, Output
from hub.media.sfu.retransmit import Allowance
from hub.media.sfu.rewriter import Rewriter

if TYPE_CHECKING:
    from hub.media.sfu.publisher import Publisher


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberSpec:
    """What was answered for one slot."""

    kind: str  # "audio" | "video"
    codec: str  # "vp8" | "opus"
    ssrc: int
    payload_type: int
    clock_rate: int
    rtx_ssrc: int | None = None  # both set when the client negotiated rtx (apt=payload_type)
    rtx_payload_type: int | None = None
    extensions: ExtensionIds
    mid: bytes = b""  # sent in every packet when extensions.mid is set


class Subscriber:
    """Made by ``Router.add_subscriber``. ``running``: it has a row; else it waits."""

    __slots__ = (
        "_allowance",
        "_rtx_seq",
        "connection",
        "failed",
        "fraction_lost",
        "octets",
        "output",
        "packets",
        "publisher",
        "resent",
        "rewriter",
        "round_trip_s",
        "running",
        "spec",
    )

    def __init__(self, spec: SubscriberSpec, connection: Connection) -> None:
        self.spec = spec
        self.connection = connection
        self.publisher: Publisher | None = None
        self.output: Output | None = None
        self.running = False
        self.rewriter = Rewriter(spec.clock_rate)
        self.packets = self.octets = self.failed = self.resent = 0  # of segments past; see Fanout.sent_to
        self.fraction_lost = 0.0
        self.round_trip_s: float | None = None
        self._rtx_seq = 0
        self._allowance = Allowance()

    def dress(self) -> Dress:
        rewriter = self.rewriter
        return Dress(
            self.spec.payload_type,
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
        self.packets += 1
        self.octets += media.end - media.start

    def resend(self, media: Media, now: float) -> None:
        """Answers a NACK by RTX (RFC 4588), or not at all.

        Under AES-GCM one SSRC and sequence number must never carry two different plaintexts, and the bytes
        would differ: the send time is new. Keeping every subscriber's ciphertexts costs memory times viewers.
        RTX has an SSRC and a count of its own, so the cipher sees a fresh packet every time. A client
        without rtx gets nothing again and asks for a key frame instead.
        """
        spec, output = self.spec, self.output
        if output is None or spec.rtx_ssrc is None or spec.rtx_payload_type is None:
            return
        if not self._allowance.take(media.seq, now):
            return
        rewriter = self.rewriter
        dress = self.dress()._replace(payload_type=spec.rtx_payload_type)
        original = original_number(media.seq + rewriter.seq_delta)
        first, tail = dress.put_on(media, self._extension(media, now), original)
        row = Row(output, 0, rewriter.timestamp_delta, spec.rtx_ssrc)
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
