"""When a UDP socket is looked at: not for every datagram, and at once again after a silence."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import pytest

from hub.clock import ManualClock
from hub.media.transport.door import Door
from hub.media.transport.reading import MANY
from hub.media.transport.udp import FIRST_S, READS, REST_S, UdpSocket, bind_udp


class Timer:
    """What of asyncio's handle is used."""

    def __init__(self, act: Callable[[], None]) -> None:
        self.act: Callable[[], None] | None = act

    def cancel(self) -> None:
        self.act = None


class Loop:
    """Does what it is told when the test says so."""

    def __init__(self) -> None:
        self.readers: dict[int, Callable[[], None]] = {}
        self.timers: list[tuple[float, Timer]] = []

    def add_reader(self, fileno: int, act: Callable[[], None]) -> None:
        self.readers[fileno] = act

    def remove_reader(self, fileno: int) -> bool:
        return self.readers.pop(fileno, None) is not None

    def call_later(self, delay_s: float, act: Callable[[], None]) -> Timer:
        self.timers.append((delay_s, Timer(act)))
        return self.timers[-1][1]

    def readable(self) -> None:
        (act,) = self.readers.values()
        act()

    def rest(self) -> float:
        """The rest is over; how long it was."""
        ((delay_s, timer),) = self.timers
        self.timers.clear()
        if timer.act is not None:
            timer.act()
        return delay_s


class Site:
    """A socket of the port, a client that knocks, and how often there was a drain."""

    def __init__(self) -> None:
        self.loop, self._drains = Loop(), 0
        self.faulty = False
        self.raw = bind_udp("127.0.0.1", 0)
        self.ours = UdpSocket(Door(ManualClock(), self._drained), self.raw)
        self.theirs = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.ours.open(self.loop)  # type: ignore[arg-type]

    def _drained(self, now: float) -> None:
        self._drains += 1
        if self.faulty:
            raise RuntimeError("a fault behind the door")

    def drains(self) -> int:
        return self._drains

    def send(self, count: int = 1) -> None:
        for _ in range(count):
            self.theirs.sendto(b"\x80", self.raw.getsockname())


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.ours.close(found.loop)  # type: ignore[arg-type]
    found.theirs.close()


def test_M41_what_comes_within_a_rest_is_one_drain(site: Site) -> None:
    site.send()
    site.loop.readable()
    site.send(3)
    assert not site.drains()
    assert not site.loop.readers
    assert site.loop.rest() == FIRST_S
    assert site.drains() == 1
    site.send(2)
    assert site.loop.rest() == REST_S
    assert site.drains() == 2


def test_after_a_rest_in_which_nothing_came_the_loop_watches_again(site: Site) -> None:
    site.send()
    site.loop.readable()
    site.loop.rest()
    site.loop.rest()
    assert site.drains() == 1
    assert len(site.loop.readers) == 1
    assert not site.loop.timers


def test_who_left_something_behind_takes_no_rest(site: Site) -> None:
    site.send(MANY * READS + 1)
    site.loop.readable()
    site.loop.rest()
    assert site.loop.rest() == 0.0
    assert site.drains() == 2


def test_a_closed_socket_is_not_looked_at(site: Site) -> None:
    site.send()
    site.loop.readable()
    site.ours.close(site.loop)  # type: ignore[arg-type]
    site.loop.rest()
    assert not site.drains()
    assert not site.loop.timers


def test_M46_a_fault_behind_the_door_is_not_the_end_of_reading(site: Site) -> None:
    site.faulty = True
    site.send()
    site.loop.readable()
    with pytest.raises(RuntimeError, match="behind the door"):
        site.loop.rest()
    site.faulty = False
    site.send()
    assert site.loop.rest() == REST_S
    assert site.drains() == 2
