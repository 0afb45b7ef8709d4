"""What the hub must know of a payload: the VP8 descriptor (RFC 7741, 4.2) and RTX wrapping (RFC 4588, 4)."""

from __future__ import annotations

from typing import NamedTuple

from hub.media.rtp.errors import BadPacket


class Vp8(NamedTuple):
    """The descriptor of one packet; ``picture_id`` and ``tl0`` are -1 when absent."""

    size: int
    starts_frame: bool
    keyframe: bool  # this packet starts a key frame
    picture_id: int
    picture_at: int
    picture_bits: int  # 7 or 15, 0 when absent
    tl0: int
    tl0_at: int
    temporal: int = 0  # TID: the layer in time this picture is of
    sync: bool = False  # Y: it depends on the base layer alone
    width: int = 0  # of the picture, said by the first packet of a key frame
    height: int = 0


def parse_vp8(payload: bytes) -> Vp8:
    """
    RFC 7741, 4.2::

        |X|R|N|S|R| PID |  X: |I|L|T|K|RSV|  I: |M|PictureID(7 or 15)|  L: |TL0PICIDX|  T/K: |TID|Y|KEYIDX|
    """
    size = len(payload)
    if not size:
        raise BadPacket("empty VP8 payload")
    first = payload[0]
    at = 1
    picture_id = tl0 = -1
    picture_at = picture_bits = tl0_at = temporal = 0
    sync = False
    try:
        if first & 0x80:
            flags = payload[1]
            at = 2
            if flags & 0x80:
                picture_at, picture_bits, picture_id = at, 7, payload[at]
                if picture_id & 0x80:
                    picture_bits = 15
                    picture_id = ((picture_id & 0x7F) << 8) | payload[at + 1]
                    at += 1
                at += 1
            if flags & 0x40:
                tl0_at, tl0 = at, payload[at]
                at += 1
            if flags & 0x30:
                if flags & 0x20:
                    temporal, sync = payload[at] >> 6, bool(payload[at] & 0x20)
                at += 1
        # RFC 7741, 4.3: the payload header follows where S is 1 and PID is 0; its lowest bit is 0 in key
        # frames.
        starts_frame = first & 0x17 == 0x10
        keyframe = starts_frame and not payload[at] & 1
    except IndexError:
        raise BadPacket("VP8 descriptor cut off") from None
    if at > size:
        raise BadPacket("VP8 descriptor cut off")
    width, height = _vp8_size(payload[at : at + 10]) if keyframe else (0, 0)
    return Vp8(
        at,
        starts_frame,
        keyframe,
        picture_id,
        picture_at,
        picture_bits,
        tl0,
        tl0_at,
        temporal,
        sync,
        width,
        height,
    )


def _vp8_size(frame: bytes) -> tuple[int, int]:
    """RFC 6386, 9.1: behind the frame tag a start code, then 14 bits of width and of height; else (0, 0)."""
    if len(frame) < 10 or frame[3:6] != b"\x9d\x01\x2a":
        return 0, 0
    return int.from_bytes(frame[6:8], "little") & 0x3FFF, int.from_bytes(frame[8:10], "little") & 0x3FFF


def renumber_vp8(descriptor: bytes, vp8: Vp8, picture_delta: int, tl0_delta: int) -> bytes:
    """The descriptor with its picture id and TL0PICIDX moved on.

    The id leaves in two bytes whatever it came in: seven bits could not go on where fifteen left off.
    """
    head = bytearray(descriptor)
    if vp8.tl0_at:
        head[vp8.tl0_at] = (vp8.tl0 + tl0_delta) & 0xFF
    if vp8.picture_at:
        number = 0x8000 | ((vp8.picture_id + picture_delta) & 0x7FFF)
        at = vp8.picture_at
        head[at : at + (2 if vp8.picture_bits == 15 else 1)] = number.to_bytes(2, "big")
    return bytes(head)


def original_number(sequence_number: int) -> bytes:
    """RFC 4588, 4: what goes before the original payload in a retransmission packet (OSN)."""
    return (sequence_number & 0xFFFF).to_bytes(2, "big")


def unwrap_rtx(payload: bytes) -> tuple[int, bytes]:
    """The original number and payload; BadPacket for padding sent over RTX to probe the path."""
    if len(payload) < 2:
        raise BadPacket("no original sequence number")
    return int.from_bytes(payload[:2], "big"), payload[2:]
