"""Transport-wide feedback as a publisher reads it (the hub only writes it)."""

from __future__ import annotations

from struct import Struct
from typing import NamedTuple

_HEAD = Struct("!HHI")
REFERENCE = 256  # ticks
LOST, LARGE = 0, 2


class TransportCc(NamedTuple):
    """``arrivals``: of the packets from ``base`` on, in ticks of 250 us; None: it has not come."""

    base: int
    number: int  # of this message, modulo 256
    arrivals: tuple[int | None, ...]


def parse(message: bytes) -> TransportCc:
    """One message, header included; it fills its length exactly."""
    assert message[:2] == b"\x8f\xcd"
    assert len(message) == 4 + 4 * int.from_bytes(message[2:4], "big")
    fci = message[12:]
    base, packets, reference = _HEAD.unpack_from(fci)
    symbols, at = _symbols(fci, packets)
    now = (reference >> 8) * REFERENCE
    arrivals: list[int | None] = []
    for symbol in symbols:
        if symbol == LOST:
            arrivals.append(None)
            continue
        assert symbol <= LARGE
        # A small delta takes one octet and is never negative, a large one takes two and may be.
        now += int.from_bytes(fci[at : at + symbol], "big", signed=symbol == LARGE)
        at += symbol
        arrivals.append(now)
    assert 0 <= len(fci) - at < 4
    return TransportCc(base, reference & 0xFF, tuple(arrivals))


def _symbols(fci: bytes, packets: int) -> tuple[list[int], int]:
    """The status of each packet, and where the deltas begin."""
    symbols: list[int] = []
    at = _HEAD.size
    while len(symbols) < packets:
        chunk = int.from_bytes(fci[at : at + 2], "big")
        at += 2
        if not chunk & 0x8000:
            symbols += [chunk >> 13] * (chunk & 0x1FFF)
        elif not chunk & 0x4000:
            symbols += [chunk >> place & 1 for place in range(13, -1, -1)]
        else:
            symbols += [chunk >> place & 3 for place in range(12, -1, -2)]
    del symbols[packets:]
    return symbols, at
