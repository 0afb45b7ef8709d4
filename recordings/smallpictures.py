"""Small pictures out of a file, whole or still growing; only key frames that are shown are decoded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, cast

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from recordings.forms import EVERY_MS, HEIGHT, WIDTH

_CLUSTER, _FRAGMENT = b"\x1f\x43\xb6\x75", b"moof"  # how the pieces of WebM and MP4 begin
_HEAD_MAX = 64 * 1024
_LOOK_BACK = 4 * 1024 * 1024
_PIECE = 256 * 1024


class Pictures:
    """From number ``first`` on, one every ``EVERY_MS``: its first key frame, else the last one before it."""

    def __init__(self, source: InputContainer, first: int, *, ended: bool) -> None:
        """``ended``: the file has its last second, which has a picture too."""
        self._source = source
        self._stream: VideoStream = source.streams.video[0]
        self._first = first
        self._ended = ended
        self._last: Image.Image | None = None
        # A key frame that nobody may ever ask for: it is not decoded before.
        self._held: av.Packet[VideoStream] | None = None
        self.key_at = 0
        """Where in what was read the last key frame lies."""

    def __iter__(self) -> Iterator[Image.Image]:
        number, end_ms = self._first, 0
        for packet in self._packets():
            at_ms = round((packet.pts or 0) * (packet.time_base or 0) * 1000)
            end_ms = max(end_ms, at_ms)
            if not packet.is_keyframe:
                continue
            self.key_at = packet.pos or 0
            place = at_ms // EVERY_MS
            if place < number:
                self._held = packet
                continue
            picture = self._decoded(packet)
            if picture is None:
                continue
            while number < place:
                yield self._before() or picture
                number += 1
            self._last, self._held = picture, None
            yield picture
            number += 1
        end = end_ms // EVERY_MS + self._ended
        while number < end and (standing := self._before()) is not None:
            yield standing
            number += 1

    def _packets(self) -> Iterator[av.Packet[VideoStream]]:
        packets = self._source.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
            except av.error.FFmpegError:
                return  # cut off here, or damaged: what came before is shown
            if packet is None:
                return
            if packet.pts is not None and packet.size:
                yield packet

    def _before(self) -> Image.Image | None:
        if self._held is not None:
            self._last, self._held = self._decoded(self._held) or self._last, None
        return self._last

    def _decoded(self, packet: av.Packet[VideoStream]) -> Image.Image | None:
        """None where it is damaged."""
        codec = self._stream.codec_context
        try:  # whatever a decoder holds back is asked for, and it begins anew with the next one
            frames = [*codec.decode(packet), *codec.decode(None)]
        except av.error.FFmpegError:
            return None
        finally:
            codec.flush_buffers()
        return _fitted(frames[0]) if frames else None


def _fitted(frame: VideoFrame) -> Image.Image:
    """Whole, and in its own shape: what is left over at the sides is black."""
    scale = min(WIDTH / frame.width, HEIGHT / frame.height)
    width, height = max(2, round(frame.width * scale)), max(2, round(frame.height * scale))
    small = Image.new("RGB", (WIDTH, HEIGHT))
    rgb = frame.reformat(width, height, "rgb24")
    [plane] = rgb.planes
    picture = Image.frombytes("RGB", (width, height), bytes(plane), "raw", "RGB", plane.line_size, 1)
    small.paste(picture, ((WIDTH - width) // 2, (HEIGHT - height) // 2))
    return small


# --- a file that grows -----------------------------------------------------------------------------


class Spliced(io.RawIOBase):
    """The beginning of a file that says what it is, and what it holds from one of its pieces on."""

    def __init__(self, plain: BinaryIO, start: int) -> None:
        """``start``: 0, or where a piece begins (``piece_before``)."""
        super().__init__()
        self._plain = plain
        head = plain.read(_HEAD_MAX) if start else b""
        self._head = head[: _first_piece(head)]
        self._start = start
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer)).cast("B")
        if self._at < len(self._head):
            content = self._head[self._at : self._at + len(view)]
        else:
            self._plain.seek(self._start + self._at - len(self._head))
            content = self._plain.read(min(len(view), _PIECE))
        view[: len(content)] = content
        self._at += len(content)
        return len(content)

    def place_of(self, at: int) -> int:
        """Where in the file lies what was read as the byte ``at``."""
        return at if at < len(self._head) else self._start + at - len(self._head)


def _first_piece(head: bytes) -> int:
    cluster, fragment = head.find(_CLUSTER), head.find(_FRAGMENT)
    if cluster >= 0:
        return cluster
    return fragment - 4 if fragment >= 4 else len(head)


def piece_before(plain: BinaryIO, at: int) -> int:
    """Where the last piece begins that begins no later than ``at``; 0 where none is found."""
    start = max(0, at - _LOOK_BACK)
    plain.seek(start)
    content = plain.read(at - start + 8)
    cluster, fragment = content.rfind(_CLUSTER), content.rfind(_FRAGMENT)
    if cluster >= 0:
        return start + cluster
    return start + fragment - 4 if fragment >= 4 else 0
