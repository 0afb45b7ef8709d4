"""RTP packets back in their order, waiting a little for the late ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

HOLD_S = 0.7
"""Longer than the router asks for a packet (hub/media/sfu/nack.py): what it still gets is not lost here, and
what it gives up it asks a key frame for by itself, even while the disk holds up this thread."""

_JUMP = 1_100
"""Packets further back than the router's history are not late: the source has begun to count anew."""


class Packet(NamedTuple):
    """One RTP packet with its counters unwrapped."""

    seq: int
    media_time: int
    arrival: float
    marker: bool
    payload: bytes


class Reorder:
    """Gives packets out by sequence number; each hole that outlived ``HOLD_S`` is given out as None."""

    __slots__ = ("_next", "_started", "_torn", "_waiting", "duplicates", "late", "lost")

    def __init__(self) -> None:
        self._waiting: dict[int, Packet] = {}
        self._next: int | None = None
        self._started = False
        self._torn = False
        self.late = self.lost = self.duplicates = 0

    def push(self, packet: Packet) -> None:
        if self._next is None or (packet.seq < self._next and not self._started):
            self._next = packet.seq  # the first to arrive need not be the first that was sent
        elif packet.seq < self._next - _JUMP:
            self._waiting.clear()
            self._next = packet.seq
            self._torn = True
        if packet.seq < self._next:
            self.late += 1
        elif packet.seq in self._waiting:
            self.duplicates += 1
        else:
            self._waiting[packet.seq] = packet

    def begin_anew(self) -> None:
        """Another stream follows, whose numbers have nothing to do with those so far."""
        self._waiting.clear()
        self._next, self._started, self._torn = None, False, True

    @property
    def expected(self) -> int | None:
        """The sequence number that comes next."""
        return self._next

    def pop(self, now: float) -> Iterator[Packet | None]:
        """What is in order by ``now``; ``inf`` at the end of the source gives out all."""
        if not self._started and not self._waited(now):
            return
        self._started = True
        while self._waiting and self._next is not None:
            if self._torn:
                self._torn = False
                yield None
            packet = self._waiting.pop(self._next, None)
            if packet is not None:
                self._next += 1
                yield packet
                continue
            if not self._waited(now):
                return
            found = min(self._waiting)
            self.lost += found - self._next
            self._next = found
            yield None

    def _waited(self, now: float) -> bool:
        """Whether the one that waits longest has waited long enough."""
        return any(packet.arrival <= now - HOLD_S for packet in self._waiting.values())
