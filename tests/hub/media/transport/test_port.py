"""The media port: one number for UDP and TCP on every address, and whom an address belongs to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from aioice import stun

from hub.clock import ManualClock
from hub.media.transport import drops
from hub.media.transport.drops import Drop
from hub.media.transport.ice import SILENT_S, Credentials
from hub.media.transport.port import MediaPort
from tests.support.knocking import LOCAL, Client, check

OTHER = Credentials("others", "o" * 32)


class Phone(asyncio.DatagramProtocol):
    """A UDP socket of a client."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[bytes] = asyncio.Queue()

    def datagram_received(self, data: bytes, addr: object) -> None:
        self.heard.put_nowait(data)


class Site:
    def __init__(self) -> None:
        self.clock = ManualClock()
        self.batches: asyncio.Queue[float] = asyncio.Queue()
        self.port = MediaPort(self.clock, self.batches.put_nowait)

    async def drained(self, drop: Drop, count: float) -> None:
        """Until that many have been dropped for that reason."""
        async with asyncio.timeout(30):
            while drops.counted(drop) < count:
                await self.batches.get()


@asynccontextmanager
async def site(host: str) -> AsyncIterator[Site]:
    found = Site()
    await found.port.open(host, 0, ())
    try:
        yield found
    finally:
        found.port.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_udp_and_tcp_have_one_number(host: str) -> None:
    async with site(host) as on:
        assert on.port.addresses == on.port.tcp_addresses == ((host, on.port.number),)
        _, writer = await asyncio.open_connection(host, on.port.number)
        writer.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_a_client_is_told_where_it_comes_from_and_heard_from_there(host: str) -> None:
    async with site(host) as on:
        client = Client()
        on.port.door.admit(LOCAL.ufrag, client)
        loop = asyncio.get_running_loop()
        line, phone = await loop.create_datagram_endpoint(Phone, remote_addr=(host, on.port.number))
        strangers = drops.counted(Drop.STRANGER)
        line.sendto(b"\x80 too early")
        await on.drained(Drop.STRANGER, strangers + 1)
        line.sendto(check())
        answer = stun.parse_message(await phone.heard.get())
        assert answer.attributes["XOR-MAPPED-ADDRESS"] == line.get_extra_info("sockname")[:2]
        path = await client.path.get()
        assert path.transport == "udp"
        line.sendto(b"\x80 sound")
        assert await client.heard.get() == b"\x80 sound"
        path.local.sendto(b"\x80 picture", path.address)
        assert await phone.heard.get() == b"\x80 picture"
        line.close()


async def test_M5_an_address_cannot_be_taken_from_a_client_that_is_there() -> None:
    async with site("127.0.0.1") as on:
        client, other = Client(), Client(OTHER)
        on.port.door.admit(LOCAL.ufrag, client)
        on.port.door.admit(OTHER.ufrag, other)
        loop = asyncio.get_running_loop()
        line, phone = await loop.create_datagram_endpoint(Phone, remote_addr=("127.0.0.1", on.port.number))
        line.sendto(check())
        await phone.heard.get()
        refused = drops.counted(Drop.CHECK)
        line.sendto(check(OTHER))
        await on.drained(Drop.CHECK, refused + 1)
        line.sendto(b"\x80 sound")
        assert await client.heard.get() == b"\x80 sound"
        on.clock.advance(SILENT_S + 1)
        line.sendto(check(OTHER))
        await phone.heard.get()
        line.sendto(b"\x80 sound")
        assert await other.heard.get() == b"\x80 sound"
        line.close()


def taken_for_tcp() -> socket.socket:
    """Listens at a number that nobody has for UDP."""
    while True:
        taken = socket.socket()
        taken.bind(("127.0.0.1", 0))
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(taken.getsockname())
            taken.listen()
            return taken
        taken.close()


async def test_where_the_number_is_taken_for_tcp_udp_serves_alone(caplog: pytest.LogCaptureFixture) -> None:
    with taken_for_tcp() as taken:
        number = taken.getsockname()[1]
        port = MediaPort(ManualClock(), lambda now: None)
        await port.open("127.0.0.1", number, ())
        assert port.addresses == (("127.0.0.1", number),)
        assert port.tcp_addresses == ()
        assert "taken" in caplog.text
        port.close()
