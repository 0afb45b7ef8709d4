"""ICE over TCP: who may stay connected, and what happens when a client takes nothing any more."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aioice import stun

from hub.clock import SystemClock
from hub.media.transport import drops, tcp
from hub.media.transport.door import Door
from hub.media.transport.drops import Drop
from hub.media.transport.framing import FRAME_MAX, frame, split_untrusted
from hub.media.transport.ice import Path
from hub.media.transport.tcp import WAITING_PER_HOST_MAX, TcpListener, bind_tcp
from tests.support.knocking import LOCAL, Client, check


class Port:
    """A listener, its door, and the client that the door knows."""

    def __init__(self, address: str) -> None:
        self.client = Client()
        self.batches = 0
        self.door = Door(SystemClock(), self._after_batch)
        self.door.admit(LOCAL.ufrag, self.client)
        self.raw = bind_tcp(address, 0)
        self.host, self.number = self.raw.getsockname()[:2]
        self.listener = TcpListener(self.door, self.raw)

    def _after_batch(self, now: float) -> None:
        self.batches += 1

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(self.host, self.number)


@asynccontextmanager
async def port(address: str = "127.0.0.1") -> AsyncIterator[Port]:
    found = Port(address)
    loop = asyncio.get_running_loop()
    found.listener.open(loop)
    try:
        yield found
    finally:
        found.listener.close(loop)


async def next_frame(reader: asyncio.StreamReader) -> bytes:
    size = int.from_bytes(await reader.readexactly(2), "big")
    return await reader.readexactly(size)


def fill(path: Path) -> int:
    """Send until no more fits; how many numbered datagrams that took. No kernel takes 100 MB."""
    with contextlib.suppress(BlockingIOError):
        for number in range(100_000):
            path.local.sendto(b"\x80" + number.to_bytes(4, "big") + bytes(995), path.address)
    return number


async def is_closed(reader: asyncio.StreamReader) -> bool:
    """Whether the hub has ended it; a reset is an end."""
    with contextlib.suppress(ConnectionError):
        return await asyncio.wait_for(reader.read(), 30) == b""
    return True


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
async def test_M42_a_client_that_proves_itself_is_served_as_by_udp(address: str) -> None:
    async with port(address) as hub:
        reader, writer = await hub.connect()
        writer.write(frame(check()))
        answer = stun.parse_message(await next_frame(reader))
        assert answer.message_class == stun.Class.RESPONSE
        assert answer.attributes["XOR-MAPPED-ADDRESS"] == writer.get_extra_info("sockname")[:2]
        path = await hub.client.path.get()
        assert path.transport == "tcp"
        assert path.local.fileno is None
        framed = frame(b"\x80 in two") + frame(b"\x16 parts")
        for part in (framed[:7], framed[7:]):
            writer.write(part)
            await writer.drain()
        assert await hub.client.heard.get() == b"\x80 in two"
        assert await hub.client.heard.get() == b"\x16 parts"
        path.local.sendto(b"\x80 and back", path.address)
        assert await next_frame(reader) == b"\x80 and back"
        assert hub.batches
        writer.close()
        assert await hub.client.ended.get() == path
        assert hub.client.ice.selected is None


@pytest.mark.parametrize(
    "data",
    [
        frame(b"\x80" + bytes(40)),
        frame(check(password="wrong" * 6)),
        b"GET / HTTP/1.1\r\n",
        (FRAME_MAX + 1).to_bytes(2, "big"),
        frame(b"\x00\x01" + bytes(18)),
    ],
    ids=["media", "wrong password", "not framed", "too long", "names nobody"],
)
async def test_M5_whoever_begins_with_anything_else_is_cut_off(data: bytes) -> None:
    async with port() as hub:
        reader, writer = await hub.connect()
        writer.write(data)
        assert await is_closed(reader)
        writer.close()
        assert hub.client.heard.empty()
        assert hub.client.ended.empty()


async def test_M43_whoever_says_nothing_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tcp, "KNOCK_WITHIN_S", 0.05)
    async with port() as hub:
        reader, writer = await hub.connect()
        writer.write(frame(check())[:9])
        assert await is_closed(reader)
        writer.close()


async def test_M43_one_host_cannot_take_all_places_and_the_oldest_gives_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tcp, "WAITING_MAX", WAITING_PER_HOST_MAX - 10)
    async with port() as hub:
        first, *others = [await hub.connect() for _ in range(WAITING_PER_HOST_MAX - 9)]
        assert await is_closed(first[0])
        last = others[-1]
        last[1].write(frame(check()))
        assert await next_frame(last[0])
        monkeypatch.setattr(tcp, "WAITING_MAX", 1000)
        more = [await hub.connect() for _ in range(12)]
        assert await is_closed(more[-1][0])
        for _, writer in (first, *others, *more):
            writer.close()


async def test_M44_what_a_client_does_not_take_is_dropped_and_nothing_grows() -> None:
    async with port() as hub:
        reader, writer = await hub.connect()
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        writer.write(frame(check()))
        path = await hub.client.path.get()
        before = drops.counted(Drop.FULL)
        sent = fill(path)
        with pytest.raises(BlockingIOError):
            path.local.sendto(b"\x80 too much", path.address)
        assert drops.counted(Drop.FULL) > before
        writer.transport.resume_reading()  # type: ignore[attr-defined]
        await next_frame(reader)
        for number in range(sent):  # what was taken comes whole and in order
            assert (await next_frame(reader))[1:5] == number.to_bytes(4, "big")
        path.local.sendto(b"\x80 again", path.address)
        assert await next_frame(reader) == b"\x80 again"
        writer.close()


async def test_when_no_descriptor_is_left_the_listener_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tcp, "REST_S", 0.05)
    async with port() as hub:
        with socket.socket() as client:
            client.setblocking(False)
            soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
            taken = [socket.socket()]
            resource.setrlimit(resource.RLIMIT_NOFILE, (taken[0].fileno() + 1, hard))
            try:
                with contextlib.suppress(OSError):
                    while True:  # what is free below the limit
                        taken.append(socket.socket())
                loop = asyncio.get_running_loop()
                await loop.sock_connect(client, (hub.host, hub.number))
                for _ in range(10):  # the listener is woken, and fails
                    await asyncio.sleep(0)
            finally:
                resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
                for one in taken:
                    one.close()
            await loop.sock_sendall(client, frame(check()))
            data = await asyncio.wait_for(loop.sock_recv(client, 2048), 30)
            assert split_untrusted(data)
