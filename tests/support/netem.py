"""A bad line in front of the media port: a seeded relay in user space, the kernel has no netem here.

A ``Relay`` is the line of one site: all connections that go through it share its rate. Whoever is to have
another line gets another relay. ``up`` and ``down`` may be set anew at any moment, also from another thread::

    async with relay(hub_port, seed=3) as line:
        answer = line.reroute(hub_port)(answer)
        line.up = line.down = Impairment(loss=0.05, burst=3, delay_s=0.04, jitter_s=0.02)
        line.down = Impairment(rate_bps=256_000)
        line.cut = True  # nothing passes, on UDP and TCP, until it is False again
        line.udp = False  # a wall that lets only TCP through
"""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from math import inf
from typing import Any

from hub.media.transport.framing import frame, split_untrusted

PATIENCE_S = 30
Address = tuple[str | Any, int]
Predicate = Callable[[bytes], bool]


def anything(datagram: bytes) -> bool:
    return True


def is_media(datagram: bytes) -> bool:
    """RTP: no STUN, no DTLS, no RTCP. They have their own tests."""
    return 127 < datagram[0] < 192 and not 191 < datagram[1] < 224


@dataclass(frozen=True, slots=True)
class Impairment:
    """What one direction of a line does to its packets; as it is, nothing.

    Losses come in bursts of ``burst`` packets on average (Gilbert's model: a good and a bad state), 1 means
    one by one. Jitter keeps the order; ``reordered`` is the share that comes ``late_s`` later than it should.
    What a narrow line cannot send at once waits, up to ``queue_bytes``; the rest is lost.
    """

    loss: float = 0.0
    burst: float = 1.0
    delay_s: float = 0.0
    jitter_s: float = 0.0
    reordered: float = 0.0
    late_s: float = 0.03
    rate_bps: float = inf
    queue_bytes: int = 32_000  # a second at 256 kbit/s, about what a cheap router holds
    only: Predicate = anything  # the others pass as if the line were perfect


PERFECT = Impairment()


class Way:
    """One direction: says when a packet arrives, or that it does not. The same seed is the same line."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._bad = False
        self._sent_at = 0.0  # when the narrow part has sent all that waits
        self._newest_at = 0.0
        self.lost = 0

    def arrival(self, datagram: bytes, line: Impairment, now: float) -> float | None:
        """When a packet sent ``now`` comes out; None when it is lost."""
        if not line.only(datagram):
            return now
        left_at = None if self._drops(line) else self._leaves(len(datagram), line, now)
        if left_at is None:
            self.lost += 1
            return None
        at = left_at + line.delay_s + self._dice.uniform(0, line.jitter_s)
        if line.reordered and self._dice.random() < line.reordered:
            return at + line.late_s
        self._newest_at = max(self._newest_at, at)
        return self._newest_at

    def _drops(self, line: Impairment) -> bool:
        """Whether the line is bad at this packet. It recovers with 1/burst, so bursts have that mean, and
        turns bad so often that over time ``loss`` of all packets are lost."""
        if line.loss <= 0:
            return False
        recovers = min(1 / line.burst, 1 - line.loss)  # 1 - loss: each packet for itself
        fails = line.loss * recovers / (1 - line.loss) if line.loss < 1 else 1.0
        self._bad = self._dice.random() >= recovers if self._bad else self._dice.random() < fails
        return self._bad

    def _leaves(self, size: int, line: Impairment, now: float) -> float | None:
        if line.rate_bps == inf:
            return now
        begins = max(now, self._sent_at)
        if (begins - now) * line.rate_bps / 8 + size > line.queue_bytes:
            return None
        self._sent_at = begins + size * 8 / line.rate_bps
        return self._sent_at


class _Leg(asyncio.DatagramProtocol):
    def __init__(self, received: Callable[[bytes, Address], None]) -> None:
        self._received = received

    def datagram_received(self, data: bytes, addr: Address) -> None:
        if data:
            self._received(data, addr)

    def error_received(self, exc: Exception) -> None:
        """The other side is gone; its own timers notice."""


class _Stream(asyncio.Protocol):
    """A leg over TCP, framed as ICE wants it."""

    def __init__(self, received: Callable[[bytes, Address], None]) -> None:
        self._received = received
        self._rest = b""
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        found = split_untrusted(self._rest + data)
        assert found is not None
        for datagram in found[0]:
            self._received(datagram, ("", 0))
        self._rest = found[1]

    def sendto(self, datagram: bytes) -> None:
        self._transport.write(frame(datagram))

    def close(self) -> None:
        self._transport.close()


class Relay:
    """Every client gets a leg of its own to the hub, so that the hub sees different addresses.

    ``port`` takes UDP and, on the same number, TCP; bytes of TCP are never lost, they wait while the line is
    cut. ``heard`` is called with every datagram that goes to the hub, before anything happens to it. With
    ``onward_by_tcp`` what comes by UDP reaches the hub by TCP: so clients that know no ICE-TCP can use it.
    """

    def __init__(self, hub_port: int, seed: int, host: str = "127.0.0.1") -> None:
        self.up = self.down = PERFECT
        self.udp = self.tcp = True
        self.onward_by_tcp = False
        self.heard: Callable[[bytes], object] = anything
        self.port = 0
        self._cut = False
        self._whole = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop
        self._host = host
        self._hub = (host, hub_port)
        self._up, self._down = Way(seed), Way(seed + 1)
        self._legs: dict[Address, asyncio.DatagramTransport | _Stream] = {}
        self._opening: dict[Address, list[bytes]] = {}
        self._front: asyncio.DatagramTransport
        self._server: asyncio.Server
        self._pipes: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def lost(self) -> int:
        """Datagrams that were dropped so far, both ways; a cut does not count."""
        return self._up.lost + self._down.lost

    @property
    def cut(self) -> bool:
        """Whether nothing passes."""
        return self._cut

    @cut.setter
    def cut(self, cut: bool) -> None:
        self._cut = cut
        self._loop.call_soon_threadsafe(self._whole.clear if cut else self._whole.set)

    async def open(self) -> None:
        loop = self._loop = asyncio.get_running_loop()
        self._whole.set()
        while not self.port:
            self._server = await asyncio.start_server(self._accept, self._host, 0)
            number = self._server.sockets[0].getsockname()[1]
            try:
                self._front, _ = await loop.create_datagram_endpoint(
                    lambda: _Leg(self._from_client), local_addr=(self._host, number)
                )
            except OSError:  # taken for UDP; the next number
                self._server.close()
            else:
                self.port = number

    async def close(self) -> None:
        self._front.close()
        self._server.close()
        self._drop_legs()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def move_everybody(self) -> None:
        """As a NAT that forgets: from now on each client comes from another address, and TCP breaks."""
        self._loop.call_soon_threadsafe(self._drop_legs)

    def _drop_legs(self) -> None:
        for leg in self._legs.values():
            leg.close()
        self._legs.clear()
        for pipe in self._pipes:
            pipe.transport.abort()

    def reroute(self, hub_port: int) -> Callable[[str], str]:
        """Changes an answer so that the client comes through here."""
        return lambda sdp: sdp.replace(f" {hub_port} ", f" {self.port} ")

    def inject(self, datagram: bytes) -> None:
        """Send it to the hub from every address that a client has there, as if the clients had."""
        for leg in self._legs.values():
            leg.sendto(datagram)

    # --- UDP ------------------------------------------------------------------------------------------

    def _from_client(self, datagram: bytes, client: Address) -> None:
        self.heard(datagram)
        self._pass(datagram, self._up, self.up, lambda: self._to_hub(datagram, client))

    def _pass(self, datagram: bytes, way: Way, line: Impairment, deliver: Callable[[], None]) -> None:
        if self._cut or not self.udp:
            return
        loop = asyncio.get_running_loop()
        now = loop.time()
        at = way.arrival(datagram, line, now)
        if at is None:
            return
        if at <= now:
            deliver()
        else:
            loop.call_at(at, deliver)

    def _to_hub(self, datagram: bytes, client: Address) -> None:
        leg = self._legs.get(client)
        if leg is not None:
            leg.sendto(datagram)
        elif client in self._opening:
            self._opening[client].append(datagram)
        elif not self._front.is_closing() and not (self.onward_by_tcp and datagram[0] > 3):
            # RFC 6544, 7.1: a TCP connection begins with a check.
            self._opening[client] = [datagram]
            self._start(self._open_leg(client))

    async def _open_leg(self, client: Address) -> None:
        def back(datagram: bytes, _: Address) -> None:
            self._pass(datagram, self._down, self.down, lambda: self._to_client(datagram, client))

        loop = asyncio.get_running_loop()
        leg: asyncio.DatagramTransport | _Stream
        if self.onward_by_tcp:
            _, leg = await loop.create_connection(lambda: _Stream(back), *self._hub)
        else:
            leg, _ = await loop.create_datagram_endpoint(lambda: _Leg(back), remote_addr=self._hub)
        self._legs[client] = leg
        for datagram in self._opening.pop(client):
            leg.sendto(datagram)

    def _to_client(self, datagram: bytes, client: Address) -> None:
        if not self._front.is_closing():
            self._front.sendto(datagram, client)

    # --- TCP ------------------------------------------------------------------------------------------

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.tcp or self._cut:
            writer.transport.abort()
            return
        self._pipes.add(writer)
        try:
            back, onward = await asyncio.open_connection(*self._hub)
        except OSError:
            self._pipes.discard(writer)
            writer.transport.abort()
            return
        self._pipes.add(onward)
        self._start(self._pump(reader, onward))
        self._start(self._pump(back, writer))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError):
                while data := await reader.read(65_536):
                    await self._whole.wait()
                    writer.write(data)
                    await writer.drain()
        finally:
            self._pipes.discard(writer)
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


@asynccontextmanager
async def relay(hub_port: int, seed: int = 1, host: str = "127.0.0.1") -> AsyncIterator[Relay]:
    found = Relay(hub_port, seed, host)
    await found.open()
    try:
        yield found
    finally:
        await found.close()


@contextmanager
def relay_beside(hub_port: int, seed: int = 1) -> Iterator[Relay]:
    """The same in a thread of its own, for tests that drive a browser and have no loop."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="relay")
    thread.start()
    found = Relay(hub_port, seed)
    try:
        asyncio.run_coroutine_threadsafe(found.open(), loop).result(PATIENCE_S)
        yield found
    finally:
        asyncio.run_coroutine_threadsafe(found.close(), loop).result(PATIENCE_S)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE_S)
        loop.close()


def through(line: Relay, hub_port: int) -> str:
    """A script for Playwright's ``add_init_script``: every answer leads the page through ``line``."""
    return f"""{{
      const set = RTCPeerConnection.prototype.setRemoteDescription;
      RTCPeerConnection.prototype.setRemoteDescription = function ({{type, sdp}}) {{
        return set.call(this, {{type, sdp: sdp.replaceAll(' {hub_port} ', ' {line.port} ')}});
      }};
    }}"""
