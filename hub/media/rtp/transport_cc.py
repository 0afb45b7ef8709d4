"""When each packet came, for its sender (draft-holmer-rmcat-transport-wide-cc-extensions-01, 3.1).

Only written: viewers get no transport-wide numbers, so nobody has such feedback for the hub.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import Struct

TICKS_PER_S = 4000  # 3.1.5: a delta counts 250 us
FARTHEST = 0x7FFF  # ticks: what a large delta can say, eight seconds
_REFERENCE = 256  # ticks in 64 ms, the unit of the reference time
_HEAD = Struct("!HHI")  # base sequence number, packet status count, reference time (24) and count (8)
_LOST, _SMALL, _LARGE = 0, 1, 2
_RUN_MAX = 0x1FFF


def build_fci(base: int, count: int, arrivals: Sequence[int | None]) -> bytes:
    """Everything behind the SSRCs. ``arrivals`` are those of ``base`` and on, in ticks; None: has not come.

    At least one has come, and none is farther than ``FARTHEST`` from the one before. ``count`` numbers the
    messages.
    """
    first = next(arrival for arrival in arrivals if arrival is not None)
    reference = first // _REFERENCE
    before = reference * _REFERENCE
    symbols, deltas = [], bytearray()
    for arrival in arrivals:
        if arrival is None:
            symbols.append(_LOST)
            continue
        delta, before = arrival - before, arrival
        if 0 <= delta <= 0xFF:
            symbols.append(_SMALL)
            deltas.append(delta)
        else:
            symbols.append(_LARGE)
            deltas += delta.to_bytes(2, "big", signed=True)
    head = _HEAD.pack(base & 0xFFFF, len(arrivals), ((reference & 0xFF_FFFF) << 8) | (count & 0xFF))
    body = head + b"".join([chunk.to_bytes(2, "big") for chunk in _chunks(symbols)]) + deltas
    return body + bytes(-len(body) % 4)


def _chunks(symbols: list[int]) -> Iterator[int]:
    """3.1.3, 3.1.4: runs where they are long, else fourteen symbols of one bit or seven of two."""
    at, size = 0, len(symbols)
    while at < size:
        symbol = symbols[at]
        end = at + 1
        while end < size and end - at < _RUN_MAX and symbols[end] == symbol:
            end += 1
        one_bit = symbols[at : at + 14]
        if end - at >= min(len(one_bit), 14):
            yield symbol << 13 | (end - at)
            at = end
        elif _LARGE not in one_bit:
            yield 0x8000 | _vector(one_bit, 1, 14)
            at += 14
        elif end - at >= 7:
            yield symbol << 13 | (end - at)
            at = end
        else:
            yield 0xC000 | _vector(symbols[at : at + 7], 2, 7)
            at += 7


def _vector(symbols: list[int], bits: int, places: int) -> int:
    value = 0
    for symbol in symbols:
        value = value << bits | symbol
    return value << bits * (places - len(symbols))
