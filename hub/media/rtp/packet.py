"""RTP packets (RFC 3550, 5.1): plain functions over bytes, no object per packet."""

from __future__ import annotations

from struct import Struct

from hub.media.rtp.errors import BadPacket

HEADER = Struct("!BBHII")  # V P X CC | M PT | sequence number | timestamp | SSRC
HEADER_BYTES = 12
MARKER = 0x80
VERSION_BITS = 0x80
PADDING_BIT = 0x20
EXTENSION_BIT = 0x10


def bounds(packet: bytes) -> tuple[int, int]:
    """Where the payload begins and ends: behind CSRCs and extension, before padding. Or BadPacket."""
    size = len(packet)
    if size < HEADER_BYTES or packet[0] >> 6 != 2:
        raise BadPacket("not RTP")
    first = packet[0]
    start = HEADER_BYTES + 4 * (first & 0x0F)
    if first & EXTENSION_BIT:
        if size < start + 4:
            raise BadPacket("extension header cut off")
        start += 4 + 4 * int.from_bytes(packet[start + 2 : start + 4], "big")
    end = size
    if first & PADDING_BIT:
        # RFC 3550, 5.1: the last octet counts the padding, itself included, so it is never 0.
        if not packet[-1]:
            raise BadPacket("padding of no length")
        end -= packet[-1]
    if start > end:
        raise BadPacket("header or padding longer than the packet")
    return start, end


def build(
    *,
    payload_type: int,
    sequence_number: int,
    timestamp: int,
    ssrc: int,
    payload: bytes,
    marker: bool = False,
    extension: bytes = b"",
) -> bytes:
    """One packet; ``extension`` is a whole block as ``extensions.build`` makes it."""
    first = VERSION_BITS | (EXTENSION_BIT if extension else 0)
    second = payload_type | (MARKER if marker else 0)
    header = HEADER.pack(first, second, sequence_number & 0xFFFF, timestamp & 0xFFFF_FFFF, ssrc)
    return header + extension + payload
