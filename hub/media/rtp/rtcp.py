"""RTCP (RFC 3550, 6): compound packets taken apart and put together, every length checked."""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct
from typing import NamedTuple

from hub.media.rtp.errors import BadPacket
from hub.media.rtp.feedback import PSFB, RTPFB, Feedback, parse_feedback

SR, RR, SDES, BYE, XR = 200, 201, 202, 203, 207
CNAME = 1
_RRTR, _DLRR = 4, 5  # blocks of an extended report
MAX_BLOCKS = 31  # five bits of count

_SENDER = Struct("!IQIII")
_BLOCK = Struct("!IIIIII")
_TIMES = Struct("!III")


class ReportBlock(NamedTuple):
    """RFC 3550, 6.4.1. ``lost`` is signed: duplicates can make it negative."""

    ssrc: int
    fraction_lost: int
    lost: int
    highest: int
    jitter: int
    last_sr: int
    delay_since_last_sr: int


class SenderReport(NamedTuple):
    ssrc: int
    ntp: int
    rtp_timestamp: int
    packets: int
    octets: int
    blocks: tuple[ReportBlock, ...] = ()


class ReceiverReport(NamedTuple):
    ssrc: int
    blocks: tuple[ReportBlock, ...] = ()


class Description(NamedTuple):
    """SDES, of which only the canonical name is kept."""

    cnames: tuple[tuple[int, str], ...]


class Bye(NamedTuple):
    ssrcs: tuple[int, ...]


class LastReceived(NamedTuple):
    """The DLRR of an extended report (RFC 3611, 4.5): what a sender says of receivers' reference times."""

    entries: tuple[tuple[int, int, int], ...]  # (SSRC, middle bits of its time, delay in 1/65536 s)


Report = SenderReport | ReceiverReport | Description | Bye | LastReceived | Feedback


def parse(packet: bytes) -> list[Report]:
    """Everything of a compound packet that the hub uses; other kinds (APP) are stepped over.

    RFC 5506: a packet that does not begin with a report is as good.
    """
    if not packet:
        raise BadPacket("empty RTCP")
    reports: list[Report] = []
    at, size = 0, len(packet)
    while at < size:
        if size - at < 4 or packet[at] >> 6 != 2:
            raise BadPacket("not RTCP")
        packet_type = packet[at + 1]
        end = at + 4 + 4 * int.from_bytes(packet[at + 2 : at + 4], "big")
        if end > size:
            raise BadPacket("RTCP cut off")
        body = packet[at + 4 : end]
        if packet[at] & 0x20:
            body = _without_padding(body, last=end == size)
        report = _parse_one(packet_type, packet[at] & 0x1F, body)
        if report is not None:
            reports.append(report)
        at = end
    return reports


def _without_padding(body: bytes, *, last: bool) -> bytes:
    """RFC 3550, 6.4.1: padding only in the last packet of a compound, a multiple of four."""
    if not last or not body or not body[-1] or body[-1] % 4 or body[-1] > len(body):
        raise BadPacket("RTCP padding")
    return body[: -body[-1]]


def _parse_one(packet_type: int, count: int, body: bytes) -> Report | None:
    if packet_type == SR:
        if len(body) < 24 + 24 * count:
            raise BadPacket("sender report cut off")
        ssrc, ntp, rtp_timestamp, packets, octets = _SENDER.unpack_from(body)
        return SenderReport(ssrc, ntp, rtp_timestamp, packets, octets, _blocks(body, 24, count))
    if packet_type == RR:
        if len(body) < 4 + 24 * count:
            raise BadPacket("receiver report cut off")
        return ReceiverReport(int.from_bytes(body[:4], "big"), _blocks(body, 4, count))
    if packet_type == SDES:
        return Description(_cnames(body, count))
    if packet_type == BYE:
        if len(body) < 4 * count:
            raise BadPacket("BYE cut off")
        return Bye(tuple(int.from_bytes(body[4 * n : 4 * n + 4], "big") for n in range(count)))
    if packet_type in (RTPFB, PSFB):
        return parse_feedback(packet_type, count, body)
    return _last_received(body) if packet_type == XR else None


def _blocks(body: bytes, at: int, count: int) -> tuple[ReportBlock, ...]:
    blocks = []
    for n in range(count):
        ssrc, loss, highest, jitter, last_sr, delay = _BLOCK.unpack_from(body, at + 24 * n)
        lost = loss & 0xFF_FFFF
        if lost & 0x80_0000:
            lost -= 0x100_0000
        blocks.append(ReportBlock(ssrc, loss >> 24, lost, highest, jitter, last_sr, delay))
    return tuple(blocks)


def _cnames(body: bytes, count: int) -> tuple[tuple[int, str], ...]:
    """RFC 3550, 6.5: chunks of items, each chunk ended by a zero octet and filled up to a word."""
    found = []
    at, size = 0, len(body)
    for _ in range(count):
        if at + 4 > size:
            raise BadPacket("SDES chunk cut off")
        ssrc = int.from_bytes(body[at : at + 4], "big")
        at += 4
        while at < size and body[at]:
            if at + 2 > size or at + 2 + body[at + 1] > size:
                raise BadPacket("SDES item cut off")
            length = body[at + 1]
            if body[at] == CNAME:
                found.append((ssrc, body[at + 2 : at + 2 + length].decode("utf-8", "replace")))
            at += 2 + length
        if at >= size:
            raise BadPacket("SDES chunk without an end")
        at = (at // 4 + 1) * 4
    return tuple(found)


def _last_received(body: bytes) -> LastReceived | None:
    """RFC 3611, 3: behind the SSRC come blocks, each with its kind and its length in words."""
    at, size = 4, len(body)
    while at + 4 <= size:
        end = at + 4 + 4 * int.from_bytes(body[at + 2 : at + 4], "big")
        if end > size:
            raise BadPacket("extended report cut off")
        if body[at] == _DLRR:
            if (end - at - 4) % _TIMES.size:
                raise BadPacket("DLRR of odd length")
            return LastReceived(tuple(_TIMES.iter_unpack(body[at + 4 : end])))
        at = end
    return None


def _packet(packet_type: int, count: int, body: bytes) -> bytes:
    return bytes((0x80 | count, packet_type)) + (len(body) // 4).to_bytes(2, "big") + body


def build_sender_report(report: SenderReport) -> bytes:
    head = _SENDER.pack(
        report.ssrc,
        report.ntp,
        report.rtp_timestamp & 0xFFFF_FFFF,
        report.packets & 0xFFFF_FFFF,
        report.octets & 0xFFFF_FFFF,
    )
    return _packet(SR, len(report.blocks), head + _pack_blocks(report.blocks))


def build_receiver_report(report: ReceiverReport) -> bytes:
    return _packet(RR, len(report.blocks), report.ssrc.to_bytes(4, "big") + _pack_blocks(report.blocks))


def _pack_blocks(blocks: Sequence[ReportBlock]) -> bytes:
    # RFC 3550, A.3: the 24-bit count is clamped, not wrapped.
    return b"".join(
        [
            _BLOCK.pack(
                block.ssrc,
                (block.fraction_lost << 24) | (max(min(block.lost, 0x7F_FFFF), -0x80_0000) & 0xFF_FFFF),
                block.highest & 0xFFFF_FFFF,
                min(block.jitter, 0xFFFF_FFFF),
                block.last_sr,
                block.delay_since_last_sr,
            )
            for block in blocks
        ]
    )


def build_description(cname: str, ssrcs: Sequence[int]) -> bytes:
    """One chunk for each SSRC, all with the same canonical name."""
    name = cname.encode()[:255]
    item = bytes((CNAME, len(name))) + name
    item += bytes(4 - len(item) % 4)  # at least one zero octet ends the chunk
    return _packet(SDES, len(ssrcs), b"".join([ssrc.to_bytes(4, "big") + item for ssrc in ssrcs]))


def build_reference_time(ssrc: int, ntp: int) -> bytes:
    """RFC 3611, 4.4: a receiver's clock, so that a sender can tell it the round trip."""
    block = bytes((_RRTR, 0, 0, 2)) + ntp.to_bytes(8, "big")
    return _packet(XR, 0, ssrc.to_bytes(4, "big") + block)
