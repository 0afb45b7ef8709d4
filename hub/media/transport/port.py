"""The media port: one number, by UDP and by TCP, on every address of the hub."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import logging
import socket
from collections.abc import Callable, Iterable

import ifaddr

from hub.clock import Clock
from hub.media.transport.door import Door
from hub.media.transport.tcp import TcpListener, bind_tcp
from hub.media.transport.udp import UdpSocket, bind_udp

_log = logging.getLogger(__name__)

BIND_TRIES = 20


class MediaPort:
    """All sockets, and what answers may say of them."""

    def __init__(self, clock: Clock, after_batch: Callable[[float], None]) -> None:
        self.door = Door(clock, after_batch)
        self.number = 0
        self.addresses: tuple[tuple[str, int], ...] = ()
        self.tcp_addresses: tuple[tuple[str, int], ...] = ()
        self._sockets: list[UdpSocket | TcpListener] = []

    async def open(self, host: str, number: int, announced: tuple[str, ...], *, tcp: bool = True) -> None:
        """Bind. Each local address has its own socket: a wildcard socket on a machine with several
        addresses answers from the wrong one, and the browser takes a second to find its way."""
        local = local_addresses(host)
        udp, streams = _bind_all(local, number, tcp=tcp)
        self.number = udp[0].getsockname()[1]
        self._sockets = [UdpSocket(self.door, raw) for raw in udp]
        self._sockets += [TcpListener(self.door, raw) for raw in streams]
        loop = asyncio.get_running_loop()
        for one in self._sockets:
            one.open(loop)
        reachable = [one for one in local if not ipaddress.ip_address(one).is_loopback] or local
        named = [_address_of(one) for one in announced]
        self.addresses = tuple((address, self.number) for address in named or reachable)
        self.tcp_addresses = self.addresses if streams else ()

    def close(self) -> None:
        loop = asyncio.get_running_loop()
        self.door.close()
        while self._sockets:
            self._sockets.pop().close(loop)


def local_addresses(host: str) -> list[str]:
    """The addresses to bind for ``host``: itself, or for a wildcard every address of this machine."""
    wanted = ipaddress.ip_address(_address_of(host))
    if not wanted.is_unspecified:
        return [str(wanted)]
    found: list[str] = []
    for adapter in ifaddr.get_adapters():
        for one in adapter.ips:
            address = ipaddress.ip_address(one.ip if isinstance(one.ip, str) else one.ip[0])
            # A link-local address needs a scope that no candidate line can carry.
            if not address.is_link_local and (wanted.version == 6 or address.version == 4):
                found.append(str(address))
    return sorted(set(found), key=lambda text: (ipaddress.ip_address(text).version, text)) or ["127.0.0.1"]


def _address_of(host: str) -> str:
    """An address as it is; a name is asked for once, at the start."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return str(socket.getaddrinfo(host, None, socket.AF_INET, socket.SOCK_DGRAM)[0][4][0])


def _bind_all(
    addresses: list[str], number: int, *, tcp: bool
) -> tuple[list[socket.socket], list[socket.socket]]:
    """The same port on every address; a free one is looked for when ``number`` is 0."""
    for _ in range(BIND_TRIES):
        udp: list[socket.socket] = []
        streams: list[socket.socket] = []
        try:
            for address in addresses:
                udp.append(bind_udp(address, udp[0].getsockname()[1] if udp else number))
            if tcp:
                streams += _bind_streams(addresses, udp[0].getsockname()[1], needed=not number)
        except OSError as error:
            _close(udp)
            if number or error.errno != errno.EADDRINUSE:
                raise
        else:
            return udp, streams
    raise OSError(errno.EADDRINUSE, "no port is free on every address")


def _bind_streams(addresses: list[str], number: int, *, needed: bool) -> list[socket.socket]:
    """All or none. A number that somebody gave and that is taken for TCP serves UDP alone, and we say so."""
    bound: list[socket.socket] = []
    try:
        for address in addresses:
            bound.append(bind_tcp(address, number))  # noqa: PERF401 - known when the next one fails
    except OSError as error:
        _close(bound)
        if needed or error.errno != errno.EADDRINUSE:
            raise
        _log.warning("TCP port %d is taken: clients that have no UDP cannot send or see media", number)
        return []
    return bound


def _close(sockets: Iterable[socket.socket]) -> None:
    for one in sockets:
        one.close()
