"""H.264 out of RTP (RFC 6184): units become whole pictures, in the form MP4 wants them (ISO 14496-15)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hub.media.rtp.errors import BadPacket
from hub.media.rtp.h264 import parse_h264
from recordings.frames import PICTURE_MAX_BYTES, Frame
from recordings.reorder import Packet
from recordings.timeline import Timeline

H264_RATE = 90_000

_SLICE, _IDR, _SEI, _SPS, _PPS = 1, 5, 6, 7, 8  # H.264, table 7-1
_SETS, _PICTURE, _KEPT = {_SPS, _PPS}, {_SLICE, _IDR}, {_SLICE, _IDR, _SEI, _SPS, _PPS}
_STAP_A, _FU_A = 24, 28  # RFC 6184, 5.2
_SETS_MAX = 32  # what one stream may have of them; cameras have two


class H264Lane:
    """Whole pictures only. After a loss nothing is written until the next key frame (rule R8)."""

    clock_rate = H264_RATE

    def __init__(self) -> None:
        self.wants_keyframe = True
        self.dropped = self.filled = 0
        self._units: list[list[bytes]] = []  # of the picture that comes in; each of them in its parts
        self._size = 0
        self._is_torn = False  # the last unit lacks its end
        self._sets: list[bytes] = []
        self._media_time = 0
        self._arrival = 0.0

    def feed(self, packet: Packet | None, timeline: Timeline) -> list[Frame]:
        if packet is None:
            self._lose()
            return []
        if not packet.payload:
            return []  # padding, sent to measure the line
        frames: list[Frame] = []
        if self._units and packet.media_time != self._media_time:
            frames += self._finish(timeline)  # nothing is missing, so it only lacked its marker
        if not self._units:
            self._media_time, self._arrival = packet.media_time, packet.arrival
        try:
            self._take(packet.payload)
        except BadPacket:
            self._lose()
            return frames
        if packet.marker:
            frames += self._finish(timeline)
        return frames

    def idle(self, now: float) -> list[Frame]:
        return []

    def _lose(self) -> None:
        self.dropped += bool(self._units)
        self._forget()
        self.wants_keyframe = True

    def _forget(self) -> None:
        self._units, self._size, self._is_torn = [], 0, False

    def _take(self, payload: bytes) -> None:
        """RFC 6184, 5.6 to 5.8: one unit, several, or a part of one."""
        self._size += len(payload)
        if self._size > PICTURE_MAX_BYTES:
            raise BadPacket("a picture without an end")
        kind = payload[0] & 0x1F
        if kind == _FU_A:
            self._take_fragment(payload)
        elif self._is_torn:
            raise BadPacket("a unit without its end")
        elif kind == _STAP_A:
            self._units += [[unit] for unit in _aggregated(payload)]
        elif 0 < kind < _STAP_A:
            self._units.append([payload])
        else:
            raise BadPacket("a packet of the interleaved mode")

    def _take_fragment(self, payload: bytes) -> None:
        if len(payload) < 3:
            raise BadPacket("an empty fragment")
        begins, ends = bool(payload[1] & 0x80), bool(payload[1] & 0x40)
        if begins == self._is_torn:
            raise BadPacket("a fragment out of place")
        if begins:
            self._units.append([bytes([(payload[0] & 0xE0) | (payload[1] & 0x1F)])])
        self._units[-1].append(payload[2:])
        self._is_torn = not ends

    def _finish(self, timeline: Timeline) -> list[Frame]:
        units = [unit for parts in self._units if _kind(unit := b"".join(parts)) in _KEPT]
        is_torn = self._is_torn
        self._forget()
        self._remember(units)
        pictures = [unit for unit in units if _kind(unit) in _PICTURE]
        if not pictures:
            return []  # parameters sent ahead
        key = any(_kind(unit) == _IDR for unit in pictures)
        whole = not is_torn and (not key or self._can_begin_with(pictures))
        if not whole or (self.wants_keyframe and not key):
            self.dropped += 1
            self.wants_keyframe = True
            return []
        self.wants_keyframe = False
        if key:  # wherever a player begins, it has the sets that count there
            units = [*self._sets, *(unit for unit in units if _kind(unit) not in _SETS)]
        data = b"".join(len(unit).to_bytes(4, "big") + unit for unit in units)
        return [Frame(timeline.at(self._media_time, self._arrival), data, key, 0.0)]

    def _remember(self, units: Sequence[bytes]) -> None:
        """A sequence's parameters make those before it void; pictures' parameters may follow one by one."""
        if any(_kind(unit) == _SPS for unit in units):
            self._sets = []
        for unit in units:
            if _kind(unit) in _SETS and unit not in self._sets and len(self._sets) < _SETS_MAX:
                self._sets.append(unit)

    def _can_begin_with(self, pictures: Sequence[bytes]) -> bool:
        """No packet says that it is the first of a picture: the slice of the first macroblock must be there.

        Its number is zero, which is written as a one (H.264, 7.3.3 and 9.1).
        """
        starts = any(len(unit) > 1 and unit[1] & 0x80 for unit in pictures)
        return starts and {_kind(unit) for unit in self._sets} == _SETS


class Configuration(NamedTuple):
    """What a file says in front of its pictures. ``record``: AVCDecoderConfigurationRecord."""

    width: int
    height: int
    record: bytes


def configuration_of(picture: bytes) -> Configuration:
    """Of a key frame as ``H264Lane`` makes them (ISO 14496-15, 5.3.3.1); ValueError for anything else."""
    units = list(_units_of(picture))
    sequences = [unit for unit in units if _kind(unit) == _SPS]
    pictures = [unit for unit in units if _kind(unit) == _PPS]
    if not sequences or not pictures or len(sequences[0]) < 4:
        raise ValueError("a video file begins with a key frame")
    size = parse_h264(sequences[0])
    profile_and_level = sequences[0][1:4]
    record = b"\x01" + profile_and_level + b"\xff"  # lengths have four octets
    for mark, sets in ((0xE0, sequences), (0, pictures)):
        record += bytes([mark | len(sets)])
        record += b"".join(len(one).to_bytes(2, "big") + one for one in sets)
    if profile_and_level[0] == 100:  # high: 4:2:0 in eight bits, no more sets
        record += b"\xfd\xf8\xf8\x00"
    # Without a size that can be read the picture is still worth keeping; its decoder knows better.
    return Configuration(size.width or 1280, size.height or 720, record)


def _kind(unit: bytes) -> int:
    return unit[0] & 0x1F


def _aggregated(payload: bytes) -> Iterator[bytes]:
    """RFC 6184, 5.7.1: sizes of two octets, each before its unit."""
    return _split(payload[1:], 2)


def _units_of(picture: bytes) -> Iterator[bytes]:
    return _split(picture, 4)


def _split(data: bytes, size_bytes: int) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        begin = at + size_bytes
        end = begin + int.from_bytes(data[at:begin], "big")
        if not begin < end <= len(data):
            raise BadPacket("units cut off")
        yield data[begin:end]
        at = end
