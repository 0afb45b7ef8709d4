"""Four seconds of VP8 at 30 frames a second, encoded once, packetised as browsers do."""

from __future__ import annotations

import random
from collections.abc import Iterable
from fractions import Fraction

import av
from av.video.stream import VideoStream

FPS, SECONDS = 30, 4
PAYLOAD_BYTES = 1150
_GREY = 128


def frames(bit_rate: int) -> list[bytes]:
    """A picture that costs its whole rate. The first frame is a key frame, so it can go round in a circle."""
    return _encoded(bit_rate, 640, 360, _noise(640, 360))


def scene(number: int, bit_rate: int, width: int = 320, height: int = 180) -> list[bytes]:
    """A picture for human eyes: a colour of its own for each number, and a bar that moves."""
    return _encoded(bit_rate, width, height, _colours(number, width, height))


def _encoded(bit_rate: int, width: int, height: int, pictures: Iterable[av.VideoFrame]) -> list[bytes]:
    with av.open("null", "w", format="rawvideo") as nowhere:
        stream = nowhere.add_stream("libvpx", rate=FPS)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.bit_rate = bit_rate
        stream.time_base = Fraction(1, FPS)
        stream.options = {
            "deadline": "realtime",
            "cpu-used": "8",
            "lag-in-frames": "0",
            "minrate": str(bit_rate),
            "maxrate": str(bit_rate),
            "bufsize": str(bit_rate // 4),
            "g": "9999",
        }
        encoded = [bytes(packet) for frame in pictures for packet in stream.encode(frame)]
        return encoded + [bytes(packet) for packet in stream.encode(None)]


def _noise(width: int, height: int) -> Iterable[av.VideoFrame]:
    """Grey with a band of noise that changes."""
    dice = random.Random(1)
    noise = bytes(112 + value % 32 for value in dice.randbytes(width * height * 2))
    for number in range(FPS * SECONDS):
        picture = av.VideoFrame(width, height, "yuv420p")
        for plane in picture.planes:
            band = plane.buffer_size // 3
            at = dice.randrange(width * height)
            plane.update(noise[at : at + band] + bytes([_GREY]) * (plane.buffer_size - band))
        picture.pts, picture.time_base = number, Fraction(1, FPS)
        yield picture


def _colours(number: int, width: int, height: int) -> Iterable[av.VideoFrame]:
    dice = random.Random(number)
    blue, red = dice.randrange(96, 160), dice.randrange(96, 160)
    for at in range(FPS * SECONDS):
        picture = av.VideoFrame(width, height, "yuv420p")
        light, *colours = picture.planes
        bar = at * light.line_size // (FPS * SECONDS)
        row = bytearray(60 + 80 * x // light.line_size for x in range(light.line_size))
        row[bar : bar + 8] = bytes([220]) * len(row[bar : bar + 8])
        light.update(bytes(row) * height)
        for plane, colour in zip(colours, (blue, red), strict=True):
            plane.update(bytes([colour]) * plane.buffer_size)
        picture.pts, picture.time_base = at, Fraction(1, FPS)
        yield picture


def payloads(frame: bytes, picture_id: int) -> list[bytes]:
    """RFC 7741: a descriptor with a picture id of 15 bits, then a piece of the frame."""
    number = (0x8000 | picture_id & 0x7FFF).to_bytes(2, "big")
    pieces = [frame[at : at + PAYLOAD_BYTES] for at in range(0, len(frame), PAYLOAD_BYTES)]
    return [bytes((0x90 if at == 0 else 0x80, 0x80)) + number + piece for at, piece in enumerate(pieces)]
