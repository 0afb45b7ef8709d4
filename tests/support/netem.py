"""A bad line in front of the media port: a seeded relay in user space, the kernel has no netem here."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

Address = tuple[str | Any, int]
Judge = Callable[[bytes, random.Random], bool]


def loses_media(share: float) -> Judge:
    """Loses that share of RTP packets, never STUN, DTLS or RTCP: those have their own tests."""

    def judge(datagram: bytes, dice: random.Random) -> bool:
        media = 127 < datagram[0] < 192 and not 191 < datagram[1] < 224
        return media and dice.random() < share

    return judge


def perfect(datagram: bytes, dice: random.Random) -> bool:
    return False


class _Leg(asyncio.DatagramProtocol):
    def __init__(self, received: Callable[[bytes, Address], None]) -> None:
        self._received = received

    def datagram_received(self, data: bytes, addr: Address) -> None:
        self._received(data, addr)

    def error_received(self, exc: Exception) -> None:
        """The other side is gone; its own timers notice."""


class Relay:
    """Every client gets a leg of its own to the hub, so that the hub sees different addresses.

    ``up`` judges what goes to the hub, ``down`` what comes from it; True loses the datagram.
    """

    def __init__(self, hub_port: int, seed: int) -> None:
        self.up: Judge = perfect
        self.down: Judge = perfect
        self.lost = 0
        self._dice = random.Random(seed)
        self._hub = ("127.0.0.1", hub_port)
        self._legs: dict[Address, asyncio.DatagramTransport] = {}
        self._opening: dict[Address, list[bytes]] = {}
        self._front: asyncio.DatagramTransport
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        self._front, _ = await loop.create_datagram_endpoint(
            lambda: _Leg(self._from_client), local_addr=("127.0.0.1", 0)
        )
        self.port = self._front.get_extra_info("sockname")[1]

    def close(self) -> None:
        self._front.close()
        self.move_everybody()

    def move_everybody(self) -> None:
        """As a NAT that forgets: from now on each client comes from another address."""
        for leg in self._legs.values():
            leg.close()
        self._legs.clear()

    def reroute(self, hub_port: int) -> Callable[[str], str]:
        """Changes an answer so that the client comes through here."""
        return lambda sdp: sdp.replace(f" {hub_port} ", f" {self.port} ")

    def _loses(self, judge: Judge, datagram: bytes) -> bool:
        lost = judge(datagram, self._dice)
        self.lost += lost
        return lost

    def _from_client(self, datagram: bytes, client: Address) -> None:
        if self._loses(self.up, datagram):
            return
        leg = self._legs.get(client)
        if leg is not None:
            leg.sendto(datagram)
        elif client in self._opening:
            self._opening[client].append(datagram)
        else:
            self._opening[client] = [datagram]
            task = asyncio.get_running_loop().create_task(self._open_leg(client))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _open_leg(self, client: Address) -> None:
        def back(datagram: bytes, _: Address) -> None:
            if not self._loses(self.down, datagram):
                self._front.sendto(datagram, client)

        loop = asyncio.get_running_loop()
        leg, _ = await loop.create_datagram_endpoint(lambda: _Leg(back), remote_addr=self._hub)
        self._legs[client] = leg
        for datagram in self._opening.pop(client):
            leg.sendto(datagram)


@asynccontextmanager
async def relay(hub_port: int, seed: int = 1) -> AsyncIterator[Relay]:
    found = Relay(hub_port, seed)
    await found.open()
    try:
        yield found
    finally:
        found.close()
