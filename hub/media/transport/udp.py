"""The one UDP port for everybody: sockets, and who a datagram is for."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import ipaddress
import logging
import socket
from collections.abc import Callable
from typing import Protocol

import ifaddr
from aioice import stun

from hub.clock import Clock
from hub.media.sfu.outputs import Address
from hub.media.transport.ice import Path, parse_check_untrusted

_log = logging.getLogger(__name__)

BUFFER_BYTES = 4 * 1024 * 1024
DATAGRAM_MAX = 2048
BATCH = 128  # datagrams read per wake-up before the loop gets its turn
STRANGERS_PER_SECOND = (
    200  # checks from addresses not yet known, per host: 80 viewers behind one NAT start at once
)
STRANGE_HOSTS_MAX = 10_000
BIND_TRIES = 20
_SO_RCVBUFFORCE, _SO_SNDBUFFORCE = 33, 32  # linux/asm-generic/socket.h: past the system's limit, for root


class Endpoint(Protocol):
    """Whoever owns a ufrag: one connection."""

    def receive(self, datagram: bytes, now: float) -> None:
        """DTLS, SRTP or SRTCP from a path that was authenticated before."""
        ...

    def check(self, message: stun.Message, path: Path, now: float) -> bool:
        """Answers a check that names this connection; whether it was authentic."""
        ...


class Strangers:
    """How often hosts may knock: counts per second and host, and forgets everything every second."""

    def __init__(self) -> None:
        self._second = 0
        self._knocks: dict[str, int] = {}

    def may_knock(self, host: str, now: float) -> bool:
        if int(now) != self._second:
            self._second = int(now)
            self._knocks.clear()
        count = self._knocks.get(host, 0)
        if count >= STRANGERS_PER_SECOND or (not count and len(self._knocks) >= STRANGE_HOSTS_MAX):
            return False
        self._knocks[host] = count + 1
        return True


class UdpSocket:
    """One bound address. Reads until the socket is empty; hands each datagram to the connection it is for."""

    def __init__(self, port: UdpPort, raw: socket.socket) -> None:
        self._port = port
        self._raw = raw
        self._routes: dict[Address, Endpoint] = {}
        self.sendto: Callable[[bytes, Address], object] = raw.sendto  # bound once: it is called per packet
        self.fileno: Callable[[], int] = raw.fileno

    @property
    def number(self) -> int:
        return int(self._raw.getsockname()[1])

    def open(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.add_reader(self._raw.fileno(), self._readable)

    def close(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.remove_reader(self._raw.fileno())
        self._raw.close()
        self._routes.clear()

    def unroute(self, address: Address, endpoint: object) -> None:
        if self._routes.get(address) is endpoint:
            del self._routes[address]

    def _readable(self) -> None:
        recvfrom, routes, clock = self._raw.recvfrom, self._routes, self._port.clock
        now = clock.now()
        for _ in range(BATCH):
            try:
                datagram, source = recvfrom(DATAGRAM_MAX)
            except BlockingIOError:
                break
            except OSError:
                continue  # an ICMP error about something sent earlier; consent decides who is gone
            now = clock.now()
            if not datagram:
                continue
            endpoint = routes.get(source)
            # RFC 7983: 0..3 is STUN, 20..63 DTLS, 128..191 SRTP and SRTCP.
            if datagram[0] > 3:
                if endpoint is not None:
                    endpoint.receive(datagram, now)
            elif endpoint is not None or self._port.strangers.may_knock(source[0], now):
                self._check(datagram, source, now)
        self._port.after_batch(now)

    def _check(self, datagram: bytes, source: Address, now: float) -> None:
        found = parse_check_untrusted(datagram)
        if found is None:
            return
        message, ufrag = found
        endpoint = self._port.endpoint(ufrag)
        if endpoint is not None and endpoint.check(message, Path(self, source), now):
            self._routes[source] = endpoint


class UdpPort:
    """All sockets of the media port, and the connections by the ufrag the hub gave them."""

    def __init__(self, clock: Clock, after_batch: Callable[[float], None]) -> None:
        self.clock = clock
        self.after_batch = after_batch
        self.strangers = Strangers()
        self.addresses: tuple[tuple[str, int], ...] = ()
        self._sockets: list[UdpSocket] = []
        self._endpoints: dict[str, Endpoint] = {}

    @property
    def number(self) -> int:
        return self._sockets[0].number

    async def open(self, host: str, number: int, announced: tuple[str, ...]) -> None:
        """Bind. Each local address has its own socket: a wildcard socket on a machine with several
        addresses answers from the wrong one, and the browser takes a second to find its way."""
        local = local_addresses(host)
        raws = _bind_all(local, number)
        self._sockets = [UdpSocket(self, raw) for raw in raws]
        loop = asyncio.get_running_loop()
        for one in self._sockets:
            one.open(loop)
        reachable = [one for one in local if not ipaddress.ip_address(one).is_loopback] or local
        named = [_address_of(one) for one in announced]
        self.addresses = tuple((address, self.number) for address in named or reachable)

    def close(self) -> None:
        loop = asyncio.get_running_loop()
        while self._sockets:
            self._sockets.pop().close(loop)
        self._endpoints.clear()

    def endpoint(self, ufrag: str) -> Endpoint | None:
        return self._endpoints.get(ufrag)

    def admit(self, ufrag: str, endpoint: Endpoint) -> None:
        self._endpoints[ufrag] = endpoint

    def dismiss(self, ufrag: str) -> None:
        self._endpoints.pop(ufrag, None)


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


def _bind_all(addresses: list[str], number: int) -> list[socket.socket]:
    """The same port on every address; a free one is looked for when ``number`` is 0."""
    for _ in range(BIND_TRIES):
        bound: list[socket.socket] = []
        try:
            for address in addresses:
                wanted = bound[0].getsockname()[1] if bound else number
                bound.append(_bind(address, wanted))
        except OSError as error:
            for one in bound:
                one.close()
            if number or error.errno != errno.EADDRINUSE:
                raise
        else:
            return bound
    raise OSError(errno.EADDRINUSE, "no port is free on every address")


def _bind(address: str, number: int) -> socket.socket:
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
