"""What the hub must know of an H.264 payload (RFC 6184): where a key frame begins, and how large it is."""

from __future__ import annotations

from typing import NamedTuple

from hub.media.rtp.errors import BadPacket

_IDR, _SPS, _STAP_A, _FU_A = 5, 7, 24, 28
_SPS_BYTES = 64  # what is read of one; the size stands near its beginning
# Profiles whose parameter sets tell the chroma format (H.264, 7.3.2.1.1).
_CHROMA_PROFILES = {100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135}


class H264(NamedTuple):
    """Of one packet; ``width`` and ``height`` are 0 unless it has a parameter set that says so."""

    keyframe: bool  # this packet may begin a key frame
    width: int = 0
    height: int = 0


_ORDINARY = H264(False)


def parse_h264(payload: bytes) -> H264:
    """A key frame begins with its parameter sets, or with its picture where these were sent before.

    RFC 6184, 5.2: types 1..23 are one NAL unit, 24 several, 28 a part of one.
    """
    if not payload:
        raise BadPacket("empty H.264 payload")
    kind = payload[0] & 0x1F
    if kind == _STAP_A:
        return _first_of_many(payload)
    if kind == _FU_A:
        if len(payload) < 2:
            raise BadPacket("H.264 fragment cut off")
        begins = bool(payload[1] & 0x80)
        return H264(begins and payload[1] & 0x1F == _IDR)
    if kind == _SPS:
        return H264(True, *_size(payload))
    return H264(True) if kind == _IDR else _ORDINARY


def _first_of_many(payload: bytes) -> H264:
    """RFC 6184, 5.7.1: sizes of two octets, each before its unit."""
    at, found = 1, _ORDINARY
    while at < len(payload):
        end = at + 2 + int.from_bytes(payload[at : at + 2], "big")
        if end > len(payload) or end == at + 2:
            raise BadPacket("H.264 aggregate cut off")
        kind = payload[at + 2] & 0x1F
        if kind == _SPS:
            return H264(True, *_size(payload[at + 2 : end]))
        if kind == _IDR:
            found = H264(True)
        at = end
    return found


def _size(unit: bytes) -> tuple[int, int]:
    """Of the picture that a sequence parameter set describes, (0, 0) where it is not understood."""
    try:
        return _read_size(_Bits(unit[1:_SPS_BYTES].replace(b"\0\0\x03", b"\0\0")))
    except IndexError:
        return 0, 0


def _read_size(bits: _Bits) -> tuple[int, int]:
    """H.264, 7.3.2.1.1, up to the cropping; 7.4.2.1.1 for what it means."""
    profile = bits.take(8)
    bits.take(16)  # constraints, level
    bits.count()  # id
    chroma = 1
    if profile in _CHROMA_PROFILES:
        chroma = bits.count()
        if chroma == 3 or bits.count() or bits.count():
            return 0, 0  # no camera sends these
        bits.take(1)
        if bits.take(1):
            return 0, 0  # scaling matrices
    bits.count()  # bits of a frame's number
    if not (order := bits.count()):
        bits.count()
    elif order == 1:
        return 0, 0
    bits.count()  # reference frames
    bits.take(1)
    width, height = 16 * (bits.count() + 1), 16 * (bits.count() + 1)
    if not (frames_only := bits.take(1)):
        height *= 2
        bits.take(1)
    bits.take(1)
    if bits.take(1):
        left, right, top, bottom = [bits.count() for _ in range(4)]
        across, down = (1 if chroma == 0 else 2), (2 if chroma == 1 else 1) * (1 if frames_only else 2)
        width, height = width - across * (left + right), height - down * (top + bottom)
    return (width, height) if 0 < width <= 16_384 and 0 < height <= 16_384 else (0, 0)


class _Bits:
    """Fields of any number of bits; IndexError at the end."""

    __slots__ = ("_at", "_bits")

    def __init__(self, data: bytes) -> None:
        self._bits = "".join([f"{octet:08b}" for octet in data])
        self._at = 0

    def take(self, count: int) -> int:
        end = self._at + count
        if end > len(self._bits):
            raise IndexError
        value = int(self._bits[self._at : end], 2)
        self._at = end
        return value

    def count(self) -> int:
        """An Exp-Golomb code (9.1): as many zeros as bits follow the one."""
        zeros = self._bits.index("1", self._at) - self._at if "1" in self._bits[self._at :] else 32
        if zeros >= 32:
            raise IndexError
        self._at += zeros
        return self.take(zeros + 1) - 1
