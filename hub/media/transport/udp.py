"""One UDP socket of the media port: many clients, told apart by their addresses."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable

from hub.media.sfu.outputs import Address
from hub.media.transport import drops
from hub.media.transport.door import Door, Endpoint
from hub.media.transport.drops import Drop
from hub.media.transport.ice import Path
from hub.media.transport.reading import reader

BUFFER_BYTES = 4 * 1024 * 1024
READS = 4  # of many datagrams each per wake-up before the loop gets its turn
_SO_RCVBUFFORCE, _SO_SNDBUFFORCE = 33, 32  # linux/asm-generic/socket.h: past the system's limit, for root


class UdpSocket:
    """One bound address. Reads until the socket is empty; hands each datagram to the connection it is for."""

    transport = "udp"

    def __init__(self, door: Door, raw: socket.socket) -> None:
        self._door = door
        self._raw = raw
        self._read = reader(raw)
        self._routes: dict[Address, Endpoint] = {}
        self.sendto: Callable[[bytes, Address], object] = raw.sendto  # bound once: it is called per packet
        self.fileno: Callable[[], int] = raw.fileno

    def open(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.add_reader(self._raw.fileno(), self._readable)

    def close(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.remove_reader(self._raw.fileno())
        self._raw.close()
        self._routes.clear()

    def unroute(self, address: Address, endpoint: object) -> None:
        if self._routes.get(address) is endpoint:
            del self._routes[address]

    def receive(self, datagram: bytes, source: Address, now: float) -> None:
        """One datagram, whatever it is. RFC 7983: 0..3 is STUN, 20..63 DTLS, 128..191 SRTP and SRTCP."""
        owner = self._routes.get(source)
        if datagram[0] > 3:
            if owner is None:
                drops.count(Drop.STRANGER)
            else:
                owner.receive(datagram, now)
            return
        endpoint = self._door.check(datagram, Path(self, source), owner, now)
        if endpoint is not None:
            self._routes[source] = endpoint

    def _readable(self) -> None:
        receive, clock = self.receive, self._door.clock
        now = clock.now()
        for _ in range(READS):
            try:
                arrived = self._read()
            except OSError:
                continue  # an ICMP error about something sent earlier; consent decides who is gone
            if not arrived:
                break
            now = clock.now()
            for datagram, source in arrived:
                if datagram:
                    receive(datagram, source, now)
        self._door.after_batch(now)


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
