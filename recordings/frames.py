"""Packets in order become frames: VP8 pictures (RFC 7741) and an Opus stream without holes (RFC 7587)."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from hub.media.rtp.errors import BadPacket
from hub.media.rtp.payload import parse_vp8
from recordings.reorder import Packet
from recordings.timeline import Timeline

OPUS_RATE = 48_000  # RFC 7587, 4.1: whatever the sampling rate, the RTP clock runs at 48 kHz
VP8_RATE = 90_000

SILENCE = b"\xf8\xff\xfe"
"""20 ms of silence (CELT, full band, one frame). Chromium plays a file with a hole collapsed."""
_SILENCE_S = 0.020

PICTURE_MAX_BYTES = 8 << 20
"""No camera sends more for one; without a bound one that never ends would fill the memory."""

_BEHIND_S = 2.0
"""Where nothing comes, silence is written up to this long ago: beyond the reorder window and any delay."""


class Frame(NamedTuple):
    """What is written into a file: ``at_s`` on the hub's monotonic clock."""

    at_s: float
    data: bytes
    key: bool
    duration_s: float


class Lane(Protocol):
    """Frames of one source."""

    clock_rate: int
    wants_keyframe: bool
    dropped: int
    filled: int

    def feed(self, packet: Packet | None, timeline: Timeline) -> list[Frame]:
        """The frames that ``packet`` completes; None says that packets are missing here."""
        ...

    def idle(self, now: float) -> list[Frame]:
        """What to write because nothing has come until ``now``."""
        ...


# --- video --------------------------------------------------------------------------------------


class Picture(NamedTuple):
    """What a VP8 frame says of itself; the size only on a key frame."""

    key: bool
    width: int = 0
    height: int = 0


def vp8_picture(frame: bytes) -> Picture | None:
    """Read the frame tag (RFC 6386, 9.1); None when a key frame lacks its start code or its size."""
    if len(frame) < 3:
        return None
    if frame[0] & 0x01:
        return Picture(False)
    if frame[3:6] != b"\x9d\x01\x2a" or len(frame) < 10:
        return None
    width = int.from_bytes(frame[6:8], "little") & 0x3FFF
    height = int.from_bytes(frame[8:10], "little") & 0x3FFF
    return Picture(True, width, height) if width and height else None


class Vp8Lane:
    """Whole pictures only. After a loss nothing is written until the next key frame (rule R8)."""

    clock_rate = VP8_RATE

    def __init__(self) -> None:
        self.wants_keyframe = True
        self.dropped = self.filled = 0
        self._parts: list[bytes] = []
        self._size = 0
        self._media_time = 0
        self._arrival = 0.0

    def feed(self, packet: Packet | None, timeline: Timeline) -> list[Frame]:
        if packet is None:
            self._lose()
            return []
        if not packet.payload:
            return []  # padding, sent to measure the line
        try:
            descriptor = parse_vp8(packet.payload)
        except BadPacket:
            self._lose()
            return []
        begins = descriptor.starts_frame
        frames: list[Frame] = []
        if self._parts and (begins or packet.media_time != self._media_time):
            frames += self._finish(timeline)  # nothing is missing, so it only lacked its marker
        if begins:
            self._media_time, self._arrival = packet.media_time, packet.arrival
        if begins or self._parts:
            self._parts.append(packet.payload[descriptor.size :])
            self._size += len(packet.payload)
        if self._size > PICTURE_MAX_BYTES:
            self._lose()
        if packet.marker:
            frames += self._finish(timeline)
        return frames

    def idle(self, now: float) -> list[Frame]:
        return []

    def _lose(self) -> None:
        self.dropped += bool(self._parts)
        self._parts.clear()
        self._size = 0
        self.wants_keyframe = True

    def _finish(self, timeline: Timeline) -> list[Frame]:
        data = b"".join(self._parts)
        self._parts.clear()
        self._size = 0
        picture = vp8_picture(data)
        if picture is None or (self.wants_keyframe and not picture.key):
            self.dropped += bool(data)
            self.wants_keyframe = True
            return []
        self.wants_keyframe = False
        return [Frame(timeline.at(self._media_time, self._arrival), data, picture.key, 0.0)]


# --- audio --------------------------------------------------------------------------------------

_SILK_MS = (10.0, 20.0, 40.0, 60.0)
_HYBRID_MS = (10.0, 20.0)
_CELT_MS = (2.5, 5.0, 10.0, 20.0)


def opus_duration_s(payload: bytes) -> float | None:
    """How long the packet sounds, from its first octet (RFC 6716, 3.1 and 3.2)."""
    if not payload:
        return None
    config, code = payload[0] >> 3, payload[0] & 0x03
    if config < 12:
        frame_ms = _SILK_MS[config & 3]
    elif config < 16:
        frame_ms = _HYBRID_MS[config & 1]
    else:
        frame_ms = _CELT_MS[config & 3]
    if code == 3 and len(payload) < 2:
        return None
    count = (1, 2, 2, payload[1] & 0x3F if code == 3 else 0)[code]
    total_ms = frame_ms * count
    return total_ms / 1000 if 0 < total_ms <= 120 else None  # RFC 6716, 3.4: R5


class OpusLane:
    """Packets end to end, without a hole and in step with the hub's clock (rule R9).

    A player counts samples, not timestamps. So a frame of silence goes in wherever the hub's clock is
    20 ms ahead of what has been written (loss, DTX, a slow sound card), and a packet is left out
    where it is 20 ms behind.
    """

    clock_rate = OPUS_RATE

    def __init__(self) -> None:
        self.wants_keyframe = False
        self.dropped = self.filled = 0
        self._begin_s: float | None = None
        self._written_s = 0.0

    def feed(self, packet: Packet | None, timeline: Timeline) -> list[Frame]:
        duration_s = opus_duration_s(packet.payload) if packet is not None else None
        if packet is None or duration_s is None:
            return []
        at_s = timeline.at(packet.media_time, packet.arrival)
        if self._begin_s is None:
            self._begin_s = at_s
        frames = self._fill_until(at_s)
        if at_s - self._end_s <= -_SILENCE_S:
            self.dropped += 1
            return frames
        frames.append(self._append(packet.payload, duration_s))
        return frames

    def idle(self, now: float) -> list[Frame]:
        return [] if self._begin_s is None else self._fill_until(now - _BEHIND_S)

    @property
    def _end_s(self) -> float:
        return (self._begin_s or 0.0) + self._written_s

    def _fill_until(self, at_s: float) -> list[Frame]:
        # Half a sample of tolerance: 20 ms are 20 ms whatever the floating point says.
        missing = max(0, int((at_s - self._end_s + 1e-5) / _SILENCE_S))
        self.filled += missing
        return [self._append(SILENCE, _SILENCE_S) for _ in range(missing)]

    def _append(self, data: bytes, duration_s: float) -> Frame:
        frame = Frame(self._end_s, data, True, duration_s)
        self._written_s += duration_s
        return frame
