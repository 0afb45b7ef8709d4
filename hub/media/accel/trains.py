"""How packets to one receiver share a message: the rule of ``UDP_SEGMENT`` alone, no system call."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

# linux/udp.h: UDP_MAX_SEGMENTS was 64 before it became 128; a message is an IP packet as long as it is built.
SEGMENTS_MAX = 64
MESSAGE_BYTES_MAX = 65_000
# A segment must fit the route whole, where a lone datagram may leave in pieces: Ethernet less IPv6 and UDP.
SEGMENT_BYTES_MAX = 1500 - 40 - 8


class Train(NamedTuple):
    """Packets side by side that leave in one message: all of ``segment`` bytes, the last perhaps less."""

    packets: int
    size: int
    segment: int


@lru_cache(maxsize=4096)
def couple(sizes: tuple[int, ...]) -> tuple[Train, ...]:
    """How packets of these sizes, in this order, leave in as few messages as the kernel allows."""
    trains: list[Train] = []
    packets = size = segment = last = 0
    for one in sizes:
        fits = one <= segment == last <= SEGMENT_BYTES_MAX
        if packets and not (fits and packets < SEGMENTS_MAX and size + one <= MESSAGE_BYTES_MAX):
            trains.append(Train(packets, size, segment))
            packets = size = 0
        if not packets:
            segment = one
        packets, size, last = packets + 1, size + one, one
    if packets:
        trains.append(Train(packets, size, segment))
    return tuple(trains)
