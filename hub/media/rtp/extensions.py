"""The header extensions the hub reads and writes (RFC 8285)."""

from __future__ import annotations

from typing import NamedTuple

from hub.media.rtp.errors import BadPacket
from hub.media.rtp.packet import EXTENSION_BIT, HEADER_BYTES

ONE_BYTE = 0xBEDE
TWO_BYTE = 0x1000  # the low four bits are "appbits"
SILENT = 127


class ExtensionIds(NamedTuple):
    """The numbers agreed in one m-line; 0: not agreed."""

    mid: int = 0
    audio_level: int = 0
    abs_send_time: int = 0
    video_orientation: int = 0
    rid: int = 0
    repaired_rid: int = 0
    transport_cc: int = 0


class Seen(NamedTuple):
    """What the packet path needs of a packet's extensions; -1: absent."""

    level: int  # RFC 6464, 3: the top bit says "voice" and is taken off
    orientation: int
    transport: int  # its number among all packets of the connection


NOTHING = Seen(-1, -1, -1)


def elements(packet: bytes) -> list[tuple[int, int, int]]:
    """(id, offset, length) of each element, in either form. BadPacket when the block is torn."""
    if len(packet) < HEADER_BYTES:
        raise BadPacket("not RTP")
    if not packet[0] & EXTENSION_BIT:
        return []
    at = HEADER_BYTES + 4 * (packet[0] & 0x0F) + 4
    if len(packet) < at:
        raise BadPacket("extension header cut off")
    profile = (packet[at - 4] << 8) | packet[at - 3]
    end = at + 4 * ((packet[at - 2] << 8) | packet[at - 1])
    if end > len(packet):
        raise BadPacket("extension longer than the packet")
    if profile == ONE_BYTE:
        return _one_byte(packet, at, end)
    return _two_byte(packet, at, end) if profile & 0xFFF0 == TWO_BYTE else []


def _one_byte(packet: bytes, at: int, end: int) -> list[tuple[int, int, int]]:
    found = []
    while at < end:
        head = packet[at]
        at += 1
        if not head:  # padding
            continue
        number, length = head >> 4, (head & 0x0F) + 1
        if number == 15:  # RFC 8285, 4.2: 15 ends the processing of the block
            break
        if at + length > end:
            raise BadPacket("extension element cut off")
        if number:
            found.append((number, at, length))
        at += length
    return found


def _two_byte(packet: bytes, at: int, end: int) -> list[tuple[int, int, int]]:
    found = []
    while at < end:
        number = packet[at]
        at += 1
        if not number:  # padding
            continue
        if at == end or at + 1 + packet[at] > end:
            raise BadPacket("extension element cut off")
        length = packet[at]
        at += 1
        found.append((number, at, length))
        at += length
    return found


def find(packet: bytes, wanted: int) -> bytes | None:
    """The bytes of one element, or None."""
    for number, at, length in elements(packet):
        if number == wanted:
            return packet[at : at + length]
    return None


def read(packet: bytes, ids: ExtensionIds) -> Seen:
    """The extensions that are of use, in one go over the block: once per incoming packet."""
    if len(packet) >= HEADER_BYTES and not packet[0] & EXTENSION_BIT:
        return NOTHING
    level = orientation = transport = -1
    for number, at, length in elements(packet):
        if not length:
            continue
        if number == ids.audio_level:
            level = packet[at] & 0x7F
        elif number == ids.video_orientation:
            orientation = packet[at]
        elif number == ids.transport_cc and length == 2:
            transport = (packet[at] << 8) | packet[at + 1]
    return Seen(level, orientation, transport)


def abs_send_time(now: float) -> bytes:
    """24 bits, 6.18 fixed point seconds; only differences count, so any clock will do."""
    return (int(now * 0x40000) & 0xFF_FFFF).to_bytes(3, "big")


def build(values: list[tuple[int, bytes]]) -> bytes:
    """A whole block, profile and length and padding included; b"" when there is nothing to say.

    RFC 8285, 4.2: the one-byte form carries ids 1..14 and 1..16 bytes each; whatever does not fit goes
    two-byte.
    """
    if not values:
        return b""
    body = bytearray()
    for number, value in values:
        if number > 14 or not 1 <= len(value) <= 16:
            return _block(TWO_BYTE, b"".join([bytes((n, len(v))) + v for n, v in values]))
        body.append((number << 4) | (len(value) - 1))
        body += value
    return _block(ONE_BYTE, body)


def first_value_at(block: bytes) -> int:
    """Where the value of the first element lies in a block that ``build`` made."""
    return 5 if block[:2] == ONE_BYTE.to_bytes(2, "big") else 6


def _block(profile: int, body: bytes | bytearray) -> bytes:
    words = (len(body) + 3) // 4
    return ((profile << 16) | words).to_bytes(4, "big") + bytes(body).ljust(words * 4, b"\0")
