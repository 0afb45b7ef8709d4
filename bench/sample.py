"""Four seconds of VP8 at 2.5 Mbit/s and 30 frames a second, encoded once, packetised as browsers do."""

from __future__ import annotations

import random
from fractions import Fraction

import av
from av.video.stream import VideoStream

WIDTH, HEIGHT, FPS, SECONDS = 640, 360, 30, 4
BIT_RATE = 2_500_000
PAYLOAD_BYTES = 1150
_TILE = 64


def frames() -> list[bytes]:
    """Encoded frames; the first is a key frame, so the sample can be played in a circle."""
    with av.open("null", "w", format="rawvideo") as nowhere:
        stream = nowhere.add_stream("libvpx", rate=FPS)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.bit_rate = BIT_RATE
        stream.time_base = Fraction(1, FPS)
        stream.options = {
            "deadline": "realtime",
            "cpu-used": "8",
            "lag-in-frames": "0",
            "minrate": str(BIT_RATE),
            "maxrate": str(BIT_RATE),
            "bufsize": str(BIT_RATE // 4),
            "g": "9999",
        }
        encoded = [bytes(packet) for frame in _pictures() for packet in stream.encode(frame)]
        return encoded + [bytes(packet) for packet in stream.encode(None)]


def _pictures() -> list[av.VideoFrame]:
    """Grey with a band of noise that changes: the encoder spends its whole rate on it."""
    dice = random.Random(1)
    noise = bytes(112 + value % 32 for value in dice.randbytes(WIDTH * HEIGHT * 2))
    pictures = []
    for number in range(FPS * SECONDS):
        picture = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
        for plane in picture.planes:
            band = plane.buffer_size // 3
            at = dice.randrange(WIDTH * HEIGHT)
            plane.update(noise[at : at + band] + bytes([128]) * (plane.buffer_size - band))
        picture.pts, picture.time_base = number, Fraction(1, FPS)
        pictures.append(picture)
    return pictures


def payloads(frame: bytes, picture_id: int) -> list[bytes]:
    """RFC 7741: a descriptor with a picture id of 15 bits, then a piece of the frame."""
    number = (0x8000 | picture_id & 0x7FFF).to_bytes(2, "big")
    pieces = [frame[at : at + PAYLOAD_BYTES] for at in range(0, len(frame), PAYLOAD_BYTES)]
    return [bytes((0x90 if at == 0 else 0x80, 0x80)) + number + piece for at, piece in enumerate(pieces)]
