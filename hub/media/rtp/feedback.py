"""Feedback: NACK and PLI (RFC 4585), FIR (RFC 5104), REMB (draft-alvestrand-rmcat-remb), transport-cc."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from struct import Struct
from typing import NamedTuple

from hub.media.rtp.errors import BadPacket
from hub.media.rtp.transport_cc import build_fci

RTPFB = 205  # transport layer feedback
PSFB = 206  # payload specific feedback
_NACK, _TRANSPORT_CC = 1, 15  # of RTPFB
_PLI, _FIR, _AFB = 1, 4, 15  # of PSFB
_SSRCS = Struct("!II")
_FCI = Struct("!HH")
_FIR_FCI = Struct("!IB3x")


class Nack(NamedTuple):
    sender_ssrc: int
    media_ssrc: int
    lost: tuple[int, ...]  # 16-bit sequence numbers


class Pli(NamedTuple):
    sender_ssrc: int
    media_ssrc: int


class Fir(NamedTuple):
    sender_ssrc: int
    entries: tuple[tuple[int, int], ...]  # (media SSRC, command sequence number)


class Remb(NamedTuple):
    sender_ssrc: int
    bitrate_bps: int
    ssrcs: tuple[int, ...]


Feedback = Nack | Pli | Fir | Remb


def parse_feedback(packet_type: int, subtype: int, body: bytes) -> Feedback | None:
    """One message behind its 4-byte header; None for kinds the hub does not use."""
    if len(body) < 8:
        raise BadPacket("feedback without its SSRCs")
    sender, media = _SSRCS.unpack_from(body)
    fci = body[8:]
    if packet_type == RTPFB:
        return Nack(sender, media, _lost(fci)) if subtype == _NACK else None
    if subtype == _PLI:
        return Pli(sender, media)
    if subtype == _FIR:
        if not fci or len(fci) % 8:
            raise BadPacket("FIR of odd length")
        return Fir(sender, tuple(_FIR_FCI.iter_unpack(fci)))
    if subtype == _AFB and fci[:4] == b"REMB":
        return _remb(sender, fci)
    return None


def _lost(fci: bytes) -> tuple[int, ...]:
    """RFC 4585, 6.2.1: a packet id and a bit mask of the sixteen that follow it."""
    if not fci:
        raise BadPacket("NACK that names nothing")
    lost = []
    for number, mask in _FCI.iter_unpack(fci):
        lost.append(number)
        while mask:
            lowest = mask & -mask
            lost.append((number + lowest.bit_length()) & 0xFFFF)
            mask ^= lowest
    return tuple(lost)


def _remb(sender: int, fci: bytes) -> Remb:
    """Section 2.2: "REMB", a count, 6 bits of exponent and 18 of mantissa, the SSRCs."""
    if len(fci) < 8 or len(fci) != 8 + 4 * fci[4]:
        raise BadPacket("REMB of wrong length")
    exponent = fci[5] >> 2
    mantissa = int.from_bytes(fci[5:8], "big") & 0x3FFFF
    ssrcs = tuple(int.from_bytes(fci[at : at + 4], "big") for at in range(8, len(fci), 4))
    return Remb(sender, mantissa << exponent, ssrcs)


def _message(packet_type: int, subtype: int, sender: int, media: int, fci: bytes = b"") -> bytes:
    words = 2 + len(fci) // 4
    return bytes((0x80 | subtype, packet_type)) + words.to_bytes(2, "big") + _SSRCS.pack(sender, media) + fci


def build_nack(sender_ssrc: int, media_ssrc: int, lost: Iterable[int]) -> bytes:
    """``lost`` in rising order (endless or 16-bit numbers)."""
    entries: list[list[int]] = []
    for number in lost:
        offset = ((number - entries[-1][0]) & 0xFFFF) if entries else 0
        if entries and 1 <= offset <= 16:
            entries[-1][1] |= 1 << (offset - 1)
        else:
            entries.append([number & 0xFFFF, 0])
    return _message(RTPFB, _NACK, sender_ssrc, media_ssrc, b"".join([_FCI.pack(*entry) for entry in entries]))


def build_pli(sender_ssrc: int, media_ssrc: int) -> bytes:
    return _message(PSFB, _PLI, sender_ssrc, media_ssrc)


def build_fir(sender_ssrc: int, media_ssrc: int, command: int) -> bytes:
    """RFC 5104, 4.3.1.2: the SSRC of the media source in the header is 0, the entry names it."""
    return _message(PSFB, _FIR, sender_ssrc, 0, _FIR_FCI.pack(media_ssrc, command & 0xFF))


def build_remb(sender_ssrc: int, bitrate_bps: int, ssrcs: Iterable[int]) -> bytes:
    exponent = max(bitrate_bps.bit_length() - 18, 0)
    names = b"".join([ssrc.to_bytes(4, "big") for ssrc in ssrcs])
    value = (exponent << 18) | (bitrate_bps >> exponent)
    fci = b"REMB" + bytes((len(names) // 4,)) + value.to_bytes(3, "big") + names
    return _message(PSFB, _AFB, sender_ssrc, 0, fci)


def build_transport_cc(
    sender_ssrc: int, media_ssrc: int, base: int, count: int, arrivals: Sequence[int | None]
) -> bytes:
    """``arrivals`` in ticks, as ``transport_cc.build_fci`` wants them."""
    return _message(RTPFB, _TRANSPORT_CC, sender_ssrc, media_ssrc, build_fci(base, count, arrivals))
