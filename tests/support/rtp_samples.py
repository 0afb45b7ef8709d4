"""Real VP8, H.264 and Opus (flashes and beeps, once a second) as RTP packets, and a seeded bad line."""

from __future__ import annotations

import array
import math
import random
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import av
from aiortc.codecs.h264 import H264Encoder

from hub.media.rtp.packet import build

WIDTH, HEIGHT, FPS = 160, 120, 25
FLASH_S = 0.2
"""In the first 200 ms of every second the picture is white and the tone is on."""


@dataclass(frozen=True)
class Sent:
    """One datagram: when it left, and its bytes."""

    at_s: float
    data: bytes


@dataclass(frozen=True)
class Report:
    """A sender report's clock pair."""

    at_s: float
    ntp: int
    rtp_timestamp: int


def flashing(at_s: float) -> bool:
    return at_s % 1.0 < FLASH_S - 1e-6


@cache
def vp8_frames(seconds: int, gop: int = FPS * 2) -> tuple[bytes, ...]:
    """Encoded pictures, ``FPS`` a second, a key frame every ``gop``."""
    options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "auto-alt-ref": "0"}
    return _encoded("libvpx", options, seconds, gop, (WIDTH, HEIGHT))


@cache
def h264_pictures(
    seconds: int, gop: int = FPS * 2, size: tuple[int, int] = (WIDTH, HEIGHT)
) -> tuple[bytes, ...]:
    """The same as hardware encoders send it: Annex B, constrained baseline, parameters before key frames."""
    options = {"tune": "zerolatency", "profile": "baseline", "x264-params": "scenecut=0"}
    return _encoded("libx264", options, seconds, gop, size)


def _encoded(
    codec: str, options: dict[str, str], seconds: int, gop: int, size: tuple[int, int]
) -> tuple[bytes, ...]:
    encoder = av.CodecContext.create(codec, "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = *size, "yuv420p"
    encoder.time_base, encoder.framerate = Fraction(1, FPS), Fraction(FPS, 1)
    encoder.bit_rate, encoder.gop_size = 300_000, gop
    encoder.options = options
    packets: list[bytes] = []
    for number in range(seconds * FPS):
        frame = av.VideoFrame(*size, "yuv420p")
        luma = 235 if flashing(number / FPS) else 16 + number % 40
        frame.planes[0].update(bytes([luma]) * frame.planes[0].buffer_size)
        for plane in frame.planes[1:]:
            plane.update(b"\x80" * plane.buffer_size)
        frame.pts, frame.time_base = number, Fraction(1, FPS)
        packets += map(bytes, encoder.encode(frame))
    packets += map(bytes, encoder.encode(None))
    assert len(packets) == seconds * FPS
    return tuple(packets)


@cache
def opus_packets(seconds: int) -> tuple[bytes, ...]:
    """Encoded sound, 50 packets a second."""
    encoder = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.bit_rate = 48_000, "stereo", 32_000
    encoder.format = av.AudioFormat("s16")
    packets: list[bytes] = []
    for number in range(seconds * 50):
        samples = array.array("h")
        for position in range(number * 960, number * 960 + 960):
            loud = flashing(position / 48_000)
            value = int(12_000 * math.sin(position * 2 * math.pi * 880 / 48_000)) if loud else 0
            samples.extend((value, value))
        frame = av.AudioFrame("s16", "stereo", 960)
        frame.planes[0].update(samples.tobytes())
        frame.sample_rate, frame.pts, frame.time_base = 48_000, number * 960, Fraction(1, 48_000)
        packets += map(bytes, encoder.encode(frame))
    return tuple(packets)


@dataclass(frozen=True)
class Sender:
    """A publisher whose sound or camera clock runs ``ppm`` fast, with its own idea of the date."""

    rate: int
    seq: int = 65_500
    timestamp: int = 0xFFFF_0000
    ppm: float = 0.0
    ntp_offset_s: float = 3_993_503_400.0
    begin_s: float = 1000.0

    def timestamp_at(self, after_s: float) -> int:
        return self.timestamp + round(after_s * (1 + self.ppm / 1e6) * self.rate)

    def report(self, after_s: float) -> Report:
        """The NTP clock of the publisher is a good one; only its media clock is skewed."""
        ntp = round((self.begin_s + after_s + self.ntp_offset_s) * (1 << 32))
        return Report(self.begin_s + after_s, ntp, self.timestamp_at(after_s) & 0xFFFFFFFF)


def send_video(frames: Iterable[bytes], sender: Sender, *, size: int = 400) -> list[Sent]:
    """One packet per ``size`` bytes, with a two-byte picture id (RFC 7741, 4.2)."""
    sent: list[Sent] = []
    seq = sender.seq
    for number, frame in enumerate(frames):
        after_s = number / FPS
        chunks = [frame[begin : begin + size] for begin in range(0, len(frame), size)]
        for place, chunk in enumerate(chunks):
            first = 0x80 | (0x10 if place == 0 else 0)
            descriptor = bytes((first, 0x80, 0x80 | (number >> 8 & 0x7F), number & 0xFF))
            last = place == len(chunks) - 1
            data = build(
                payload_type=96,
                sequence_number=seq,
                timestamp=sender.timestamp_at(after_s),
                ssrc=7,
                payload=descriptor + chunk,
                marker=last,
            )
            sent.append(Sent(sender.begin_s + after_s, data))
            seq += 1
    return sent


def send_h264(pictures: Iterable[bytes], sender: Sender) -> list[Sent]:
    """As aiortc puts them into packets: small units together, large ones in parts."""
    sent: list[Sent] = []
    seq = sender.seq
    for number, picture in enumerate(pictures):
        payloads = H264Encoder._packetize(H264Encoder._split_bitstream(picture))
        for place, payload in enumerate(payloads):
            data = build(
                payload_type=102,
                sequence_number=seq,
                timestamp=sender.timestamp_at(number / FPS),
                ssrc=7,
                payload=payload,
                marker=place == len(payloads) - 1,
            )
            sent.append(Sent(sender.begin_s + number / FPS, data))
            seq += 1
    return sent


def send_audio(packets: Iterable[bytes], sender: Sender) -> list[Sent]:
    """One packet every 20 ms of the publisher's sound card."""
    return [
        Sent(
            sender.begin_s + number * 0.02,
            build(
                payload_type=111,
                sequence_number=sender.seq + number,
                timestamp=sender.timestamp_at(number * 0.02),
                ssrc=7,
                payload=packet,
                marker=number == 0,
            ),
        )
        for number, packet in enumerate(packets)
    ]


@dataclass(frozen=True)
class Line:
    """What a bad line does to packets; everything by one seed."""

    seed: int = 1
    loss: float = 0.0
    twice: float = 0.0
    delay_s: float = 0.030
    jitter_s: float = 0.0

    def carry(self, sent: Iterable[Sent]) -> list[Sent]:
        """The packets in order of their arrival."""
        chance = random.Random(self.seed)
        arrived: list[Sent] = []
        for packet in sent:
            if chance.random() < self.loss:
                continue
            copies = 2 if chance.random() < self.twice else 1
            for _ in range(copies):
                late_s = self.delay_s + chance.random() * self.jitter_s
                arrived.append(Sent(packet.at_s + late_s, packet.data))
        return sorted(arrived, key=lambda packet: packet.at_s)
