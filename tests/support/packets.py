"""Packets as a browser would send them, and the least that a router needs around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hub.media.rtp import extensions, packet
from hub.media.rtp.extensions import ExtensionIds
from hub.media.rtp.payload import parse_vp8
from hub.media.sfu.media import Media
from hub.media.sfu.outputs import Address, Output
from hub.media.sfu.publisher import PublisherSpec
from hub.media.sfu.subscriber import SlotCodec, SubscriberSpec

VIDEO_PT, RTX_PT, AUDIO_PT = 96, 97, 111
OUT_VIDEO_PT, OUT_RTX_PT, OUT_AUDIO_PT = 120, 121, 109
IN_IDS = ExtensionIds(mid=4, audio_level=1, abs_send_time=2, video_orientation=3)
OUT_IDS = ExtensionIds(mid=9, audio_level=10, abs_send_time=11, video_orientation=12)


def goodbye(ssrcs: Sequence[int]) -> bytes:
    """RTCP BYE (RFC 3550, 6.6), which the hub reads and never says."""
    head = bytes((0x80 | len(ssrcs), 203)) + len(ssrcs).to_bytes(2, "big")
    return head + b"".join(ssrc.to_bytes(4, "big") for ssrc in ssrcs)


def video_spec(source_id: str = "camera", **changes: object) -> PublisherSpec:
    values: dict[str, object] = {
        "source_id": source_id,
        "kind": "video",
        "codec": "vp8",
        "payload_type": VIDEO_PT,
        "clock_rate": 90_000,
        "rtx_payload_type": RTX_PT,
        "extensions": IN_IDS,
        "nack": True,
        "pli": True,
    }
    return PublisherSpec(**(values | changes))  # type: ignore[arg-type]


def audio_spec(source_id: str = "microphone") -> PublisherSpec:
    return PublisherSpec(
        source_id=source_id,
        kind="audio",
        codec="opus",
        payload_type=AUDIO_PT,
        clock_rate=48_000,
        extensions=IN_IDS,
    )


def video_slot(ssrc: int = 7000, *, rtx: bool = True, extensions: ExtensionIds = OUT_IDS) -> SubscriberSpec:
    return SubscriberSpec(
        kind="video",
        codecs={"vp8": SlotCodec(OUT_VIDEO_PT, OUT_RTX_PT if rtx else None)},
        ssrc=ssrc,
        clock_rate=90_000,
        rtx_ssrc=ssrc + 1 if rtx else None,
        extensions=extensions,
    )


def audio_slot(ssrc: int = 8000) -> SubscriberSpec:
    return SubscriberSpec(
        kind="audio",
        codecs={"opus": SlotCodec(OUT_AUDIO_PT)},
        ssrc=ssrc,
        clock_rate=48_000,
        extensions=OUT_IDS,
    )


def vp8_payload(body: bytes, *, start: bool, keyframe: bool, picture_id: int = -1, tl0: int = -1) -> bytes:
    """A descriptor with what is asked for (15-bit picture id), a payload header, the body."""
    first = (0x10 if start else 0) | (0x80 if picture_id >= 0 or tl0 >= 0 else 0)
    out = bytearray((first,))
    if first & 0x80:
        out.append((0x80 if picture_id >= 0 else 0) | (0x40 if tl0 >= 0 else 0) | (0x20 if tl0 >= 0 else 0))
        if picture_id >= 0:
            out += (0x8000 | (picture_id & 0x7FFF)).to_bytes(2, "big")
        if tl0 >= 0:
            out += bytes((tl0 & 0xFF, 0))  # TL0PICIDX, then TID 0
    return bytes(out) + bytes((0 if keyframe else 1,)) + body


@dataclass
class Camera:
    """A VP8 source: ``frame`` gives the packets of the next picture."""

    ssrc: int = 1111
    seq: int = 100
    timestamp: int = 50_000
    picture_id: int = 10
    tl0: int = 5
    step: int = 3000
    sent: int = 0

    def frame(self, *, keyframe: bool = False, packets: int = 2, size: int = 50) -> list[bytes]:
        out = []
        for n in range(packets):
            body = self.sent.to_bytes(4, "big") + bytes(size)
            self.sent += 1
            payload = vp8_payload(
                body, start=n == 0, keyframe=keyframe, picture_id=self.picture_id, tl0=self.tl0
            )
            out.append(
                packet.build(
                    payload_type=VIDEO_PT,
                    sequence_number=self.seq,
                    timestamp=self.timestamp,
                    ssrc=self.ssrc,
                    payload=payload,
                    marker=n == packets - 1,
                    extension=extensions.build([(IN_IDS.abs_send_time, b"abc")]),
                )
            )
            self.seq = (self.seq + 1) & 0xFFFF
        self.timestamp = (self.timestamp + self.step) & 0xFFFF_FFFF
        self.picture_id = (self.picture_id + 1) & 0x7FFF
        self.tl0 = (self.tl0 + 1) & 0xFF
        return out

    def frames(self, count: int, **how: int) -> Iterator[bytes]:
        """A key frame, then others."""
        for n in range(count):
            yield from self.frame(keyframe=n == 0, **how)


@dataclass
class Microphone:
    ssrc: int = 2222
    seq: int = 500
    timestamp: int = 9_000

    def packet(self, level: int = 30) -> bytes:
        out = packet.build(
            payload_type=AUDIO_PT,
            sequence_number=self.seq,
            timestamp=self.timestamp,
            ssrc=self.ssrc,
            payload=b"opus" + self.seq.to_bytes(2, "big"),
            extension=extensions.build([(IN_IDS.audio_level, bytes((0x80 | level,)))]),
        )
        self.seq = (self.seq + 1) & 0xFFFF
        self.timestamp = (self.timestamp + 960) & 0xFFFF_FFFF
        return out


def media_of(data: bytes, seq: int, arrival: float = 0.0) -> Media:
    """The packet as a publisher would have admitted it under that endless number."""
    start, end = packet.bounds(data)
    _, second, _, timestamp, _ = packet.HEADER.unpack_from(data)
    vp8 = parse_vp8(data[start:end]) if second & 0x7F == VIDEO_PT else None
    picture_id, keyframe = (vp8.picture_id, vp8.keyframe) if vp8 is not None else (-1, False)
    marker = second & 0x80
    return Media(seq, timestamp, marker, data, start, end, vp8, picture_id, keyframe, -1, -1, arrival)


@dataclass(frozen=True)
class Sent:
    """One packet as the viewer got it."""

    payload_type: int
    seq: int
    timestamp: int
    ssrc: int
    marker: bool
    payload: bytes
    data: bytes

    @classmethod
    def of(cls, data: bytes) -> Sent:
        start, end = packet.bounds(data)
        _, second, seq, timestamp, ssrc = packet.HEADER.unpack_from(data)
        return cls(second & 0x7F, seq, timestamp, ssrc, bool(second & 0x80), data[start:end], data)


class Clear:
    """A cipher that changes nothing, so that tests can read what leaves."""

    def protect(self, packet: bytes) -> bytes:
        return packet


@dataclass(eq=False)
class Viewer:
    """One connection: remembers what it was sent, media and RTCP."""

    got: list[bytes] = field(default_factory=list)
    rtcp: list[bytes] = field(default_factory=list)
    blocked: bool = False

    def send_rtcp(self, packet: bytes) -> None:
        self.rtcp.append(packet)

    def sendto(self, data: bytes, address: Address) -> int:
        if self.blocked:
            raise BlockingIOError
        self.got.append(data)
        return len(data)

    @property
    def output(self) -> Output:
        return Output(Clear(), self.sendto, ("192.0.2.1", 4000))

    def media(self) -> list[Sent]:
        return [Sent.of(data) for data in self.got]

    def media_of(self, ssrc: int) -> list[Sent]:
        return [sent for sent in self.media() if sent.ssrc == ssrc]
