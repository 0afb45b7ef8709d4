"""What a publisher must hear of every packet to find out what its line carries: transport-wide feedback."""

from __future__ import annotations

from math import inf

from hub.media.rtp.feedback import build_transport_cc
from hub.media.rtp.serial import unwrap_seq
from hub.media.rtp.transport_cc import FARTHEST, TICKS_PER_S

# An encoder that hears less often climbs slowly, one that hears more often pays for it on its way down.
SLOWEST_S, QUICKEST_S = 0.100, 0.050
MANY = 16  # packets worth a message before the slowest has come: 1.5 Mbit/s and up
TICKS_A_SECOND = 40  # deadlines fall on these, so that one look at a session serves all its publishers
REMEMBER_S = 0.5  # a packet that overtook is told again with its place; one that is later is lost
ROOM = 1000  # octets of one message: it shares a datagram with reports and requests
FAR = 0x2000  # numbers: a longer hole is an outage, and nobody learns from it packet by packet


class TransportFeedback:
    """One per publish connection: the numbers run over all its sources. ``deadline``: when ``due`` speaks."""

    __slots__ = ("_arrivals", "_count", "_first", "_floor", "_highest", "_sent_at", "_waiting", "deadline")

    def __init__(self) -> None:
        self.deadline = inf
        self._arrivals: dict[int, int] = {}  # endless number -> ticks, in order of arrival
        self._highest = -1
        self._first = 0  # what is told next; a late packet moves it back
        self._floor = 0  # below it nothing is remembered
        self._waiting = 0
        self._sent_at = 0.0
        self._count = 0

    def note(self, number: int, arrival: float) -> None:
        """A packet with that number has come, whatever is in it."""
        seq = number if self._highest < 0 else unwrap_seq(number, self._highest)
        if seq in self._arrivals or self._highest - FAR <= seq < self._floor:
            return
        if self._highest < 0 or abs(seq - self._highest) > FAR:
            # The first one, or the numbers of a sender that began anew; from there on, above all before.
            seq = number + ((self._highest >> 16) + 2 << 16)
            self._first = self._highest = seq
            self._floor = seq - FAR
            self._arrivals.clear()
        self._arrivals[seq] = int(arrival * TICKS_PER_S)
        self._highest = max(self._highest, seq)
        self._first = min(self._first, seq)
        self._waiting += 1
        if self._waiting == 1:
            self.deadline = _tick(arrival + SLOWEST_S)
        elif self._waiting == MANY:
            self.deadline = min(self.deadline, max(arrival, _tick(self._sent_at + QUICKEST_S)))

    def due(self, sender_ssrc: int, media_ssrc: int, now: float) -> bytes | None:
        """The next message when its time has come; with more to tell than fits, another is due at once."""
        if now < self.deadline:
            return None
        self._sent_at = now
        base, arrivals = self._next()
        message = build_transport_cc(sender_ssrc, media_ssrc, base, self._count, arrivals)
        self._count += 1
        self._waiting = 0
        self.deadline = inf
        if self._first <= self._highest:
            self._waiting, self.deadline = 1, now
        else:
            self._forget(now)
        return message

    def _next(self) -> tuple[int, list[int | None]]:
        """From the first number not told yet as far as one message goes."""
        base = self._first
        arrivals: list[int | None] = []
        last: int | None = None
        octets = 0
        for seq in range(base, self._highest + 1):
            arrival = self._arrivals.get(seq)
            if arrival is not None:
                # At worst a hole takes two chunks and a packet a large delta.
                octets += 2 if arrivals and arrivals[-1] is not None else 6
                if octets > ROOM or (last is not None and abs(arrival - last) > FARTHEST):
                    break
                last = arrival
            arrivals.append(arrival)
        self._first = base + len(arrivals)
        return base, arrivals

    def _forget(self, now: float) -> None:
        limit = int((now - REMEMBER_S) * TICKS_PER_S)
        while self._arrivals:
            oldest = next(iter(self._arrivals))
            if self._arrivals[oldest] >= limit:
                return
            del self._arrivals[oldest]
            self._floor = max(self._floor, oldest + 1)


def _tick(at: float) -> float:
    return int(at * TICKS_A_SECOND) / TICKS_A_SECOND
