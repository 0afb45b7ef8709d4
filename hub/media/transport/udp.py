"""One UDP socket of the media port: many clients, told apart by their addresses."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable

from hub.media.accel.kernel import recvmmsg
from hub.media.rtp.demux import is_stun
from hub.media.sfu.outputs import Address
from hub.media.transport import drops
from hub.media.transport.door import Door, Endpoint
from hub.media.transport.drops import Drop
from hub.media.transport.ice import Path
from hub.media.transport.reading import MANY, reader

BUFFER_BYTES = 4 * 1024 * 1024
READS = 4  # of many datagrams each per look before the loop gets its turn
# What comes within one rest is read and leaves together: for each of ten receivers a message costs more than
# the packets in it, and waking up more than reading. A jitter buffer is several times as long.
REST_S = 0.004
FIRST_S = 0.001  # after a silence: a picture is a burst, and comes whole within this
_SO_RCVBUFFORCE, _SO_SNDBUFFORCE = 33, 32  # linux/asm-generic/socket.h: past the system's limit, for root


class UdpSocket:
    """One bound address. Hands each datagram to the connection it is for.

    The loop says that the first has come; from then on the socket is looked at once a rest, until nothing has
    come in one.
    """

    transport = "udp"

    def __init__(self, door: Door, raw: socket.socket) -> None:
        self._door = door
        self._raw = raw
        self._read = reader(raw)
        self._full = MANY if recvmmsg() is not None else 1  # fewer: the socket is empty
        self._loop: asyncio.AbstractEventLoop | None = None
        self._rest: asyncio.TimerHandle | None = None
        self._routes: dict[Address, Endpoint] = {}
        self.sendto: Callable[[bytes, Address], object] = raw.sendto  # bound once: it is called per packet
        self.fileno: Callable[[], int] = raw.fileno

    def open(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        loop.add_reader(self._raw.fileno(), self._came)

    def close(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._rest is not None:
            self._rest.cancel()
        self._loop = None
        loop.remove_reader(self._raw.fileno())
        self._raw.close()
        self._routes.clear()

    def unroute(self, address: Address, endpoint: object) -> None:
        if self._routes.get(address) is endpoint:
            del self._routes[address]

    def receive(self, datagram: bytes, source: Address, now: float) -> None:
        """One datagram, whatever it is."""
        owner = self._routes.get(source)
        if not is_stun(datagram):
            if owner is None:
                drops.count(Drop.STRANGER)
            else:
                owner.receive(datagram, now)
            return
        endpoint = self._door.check(datagram, Path(self, source), owner, now)
        if endpoint is not None:
            self._routes[source] = endpoint

    def _came(self) -> None:
        if self._loop is not None:
            self._loop.remove_reader(self._raw.fileno())
            self._rest = self._loop.call_later(FIRST_S, self._look)

    def _look(self) -> None:
        count = 1  # a fault in what a datagram led to must not be the end of reading
        try:
            count = self._drain()
        finally:
            self._look_again(count)

    def _look_again(self, count: int) -> None:
        loop = self._loop
        if loop is None:
            return  # closed by what came
        if count:
            self._rest = loop.call_later(REST_S if count < READS * self._full else 0.0, self._look)
        else:
            self._rest = None
            loop.add_reader(self._raw.fileno(), self._came)

    def _drain(self) -> int:
        """How many datagrams there were."""
        receive, clock = self.receive, self._door.clock
        now = clock.now()
        count = 0
        for _ in range(READS):
            try:
                arrived = self._read()
            except OSError:
                count += 1
                continue  # an ICMP error about something sent earlier; consent decides who is gone
            if not arrived:
                break
            now = clock.now()
            for datagram, source in arrived:
                if datagram:
                    receive(datagram, source, now)
            count += len(arrived)
            if len(arrived) < self._full:
                break
        if count:
            self._door.after_batch(now)
        return count


def bind_udp(address: str, number: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    raw = socket.socket(family, socket.SOCK_DGRAM)
    try:
        raw.setblocking(False)
        if family == socket.AF_INET6:
            raw.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        _enlarge(raw, socket.SO_RCVBUF, _SO_RCVBUFFORCE)
        _enlarge(raw, socket.SO_SNDBUF, _SO_SNDBUFFORCE)
        raw.bind((address, number))
    except OSError:
        raw.close()
        raise
    return raw


def _enlarge(raw: socket.socket, option: int, forced: int) -> None:
    raw.setsockopt(socket.SOL_SOCKET, option, BUFFER_BYTES)
    with contextlib.suppress(OSError):
        raw.setsockopt(socket.SOL_SOCKET, forced, BUFFER_BYTES)
