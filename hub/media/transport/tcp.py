"""ICE over TCP (RFC 6544), passive, on the number of the UDP port: for clients behind walls without UDP."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress

from hub.media.rtp.demux import is_stun
from hub.media.sfu.outputs import Address
from hub.media.transport import drops
from hub.media.transport.door import Door, Endpoint
from hub.media.transport.drops import Drop
from hub.media.transport.framing import frame, split_untrusted
from hub.media.transport.ice import Path

READ_BYTES = 65_536
UNSENT_BYTES = 128 * 1024  # what may wait for a narrow line: a key frame of the best picture
KNOCK_WITHIN_S = 5.0  # an authentic check must be the first that comes, and that soon
WAITING_MAX = 256  # connections that have not been authenticated yet
WAITING_PER_HOST_MAX = 64  # 80 viewers behind one NAT do not all arrive within one round trip
BACKLOG = 128
ACCEPTS = 16  # taken per wake-up before the loop gets its turn
REST_S = 1.0  # when the system has no descriptor left
_TCP_NOTSENT_LOWAT = 25  # linux/tcp.h


class TcpConnection:
    """One client's stream. Nothing waits here but the rest of one frame: the kernel's buffer is the queue,
    and what does not fit is lost, as it would be on UDP."""

    transport = "tcp"
    fileno = None  # the fan-out must come by ``sendto``

    def __init__(self, listener: TcpListener, raw: socket.socket, address: Address) -> None:
        self.address = address
        self._listener = listener
        self._raw = raw
        self._loop = listener.loop
        self._endpoint: Endpoint | None = None
        self._unread = b""
        self._unsent = b""
        self._over = False
        self._loop.add_reader(raw.fileno(), self._readable)
        self._patience = self._loop.call_later(KNOCK_WITHIN_S, self._lost_patience)

    @property
    def path(self) -> Path:
        return Path(self, self.address)

    def sendto(self, datagram: bytes, address: Address) -> object:
        """As a socket's: raises OSError when this datagram cannot leave."""
        if self._unsent:
            drops.count(Drop.FULL)
            raise BlockingIOError
        framed = frame(datagram)
        try:
            sent = self._raw.send(framed)
        except BlockingIOError:
            drops.count(Drop.FULL)
            raise
        if sent < len(framed):
            self._unsent = framed[sent:]
            self._loop.add_writer(self._raw.fileno(), self._writable)
        return sent

    def unroute(self, address: Address, endpoint: object) -> None:
        if endpoint is self._endpoint:
            self.close()

    def receive(self, data: bytes, now: float) -> bool:
        """Some bytes of the stream, whatever they are; False when nobody should hear more of it."""
        found = split_untrusted(self._unread + data)
        if found is None:
            drops.count(Drop.FRAME)
            return False
        frames, self._unread = found
        return all(self._take(one, now) for one in frames)

    def close(self) -> None:
        """End it; the second time nothing happens."""
        if self._over:
            return
        self._over = True
        self._patience.cancel()
        self._loop.remove_reader(self._raw.fileno())
        self._loop.remove_writer(self._raw.fileno())
        self._raw.close()
        self._listener.forget(self)
        if self._endpoint is not None:
            self._endpoint.path_ended(self.path, self._listener.door.clock.now())

    def _take(self, datagram: bytes, now: float) -> bool:
        if not is_stun(datagram):
            if self._endpoint is not None:
                self._endpoint.receive(datagram, now)
            return self._endpoint is not None
        endpoint = self._listener.door.check(datagram, self.path, self._endpoint, now)
        if self._endpoint is None and endpoint is not None:
            self._endpoint = endpoint
            self._patience.cancel()
            self._listener.known(self)
        # Of a client we know, a check that is late or for another connection is no reason to end this one.
        return self._endpoint is not None

    def _readable(self) -> None:
        now = self._listener.door.clock.now()
        try:
            data = self._raw.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""  # reset: as good as an end
        if not data or not self.receive(data, now):
            self.close()
        self._listener.door.after_batch(now)

    def _writable(self) -> None:
        try:
            sent = self._raw.send(self._unsent)
        except BlockingIOError:
            return
        except OSError:
            sent = len(self._unsent)  # reset; the reader will hear of it
        self._unsent = self._unsent[sent:]
        if not self._unsent:
            self._loop.remove_writer(self._raw.fileno())

    def _lost_patience(self) -> None:
        drops.count(Drop.FRAME)
        self.close()


class TcpListener:
    """One bound address, and the connections that came in by it."""

    def __init__(self, door: Door, raw: socket.socket) -> None:
        self.door = door
        self.loop: asyncio.AbstractEventLoop
        self._raw = raw
        self._waiting: dict[TcpConnection, None] = {}  # in order of arrival
        self._known: set[TcpConnection] = set()
        self._resting: asyncio.TimerHandle | None = None

    def open(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        loop.add_reader(self._raw.fileno(), self._acceptable)

    def close(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._resting is not None:
            self._resting.cancel()
        loop.remove_reader(self._raw.fileno())
        self._raw.close()
        for connection in [*self._waiting, *self._known]:
            connection.close()

    def known(self, connection: TcpConnection) -> None:
        """It has proven whose it is."""
        del self._waiting[connection]
        self._known.add(connection)

    def forget(self, connection: TcpConnection) -> None:
        self._waiting.pop(connection, None)
        self._known.discard(connection)

    def admit(self, raw: socket.socket, address: Address) -> None:
        """A client has connected. When too many wait to be known, the oldest of them gives way."""
        if sum(one.address[0] == address[0] for one in self._waiting) >= WAITING_PER_HOST_MAX:
            drops.count(Drop.FLOOD)
            raw.close()
            return
        if len(self._waiting) >= WAITING_MAX:
            drops.count(Drop.FLOOD)
            next(iter(self._waiting)).close()
        raw.setblocking(False)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with suppress(OSError):  # where there is none such, the whole buffer may fill
            raw.setsockopt(socket.IPPROTO_TCP, _TCP_NOTSENT_LOWAT, UNSENT_BYTES)
        self._waiting[TcpConnection(self, raw, address)] = None

    def _acceptable(self) -> None:
        for _ in range(ACCEPTS):
            try:
                raw, address = self._raw.accept()
            except BlockingIOError:
                return
            except (
                OSError
            ):  # no descriptor is left: without a rest we would be woken at once, again and again
                self.loop.remove_reader(self._raw.fileno())
                self._resting = self.loop.call_later(REST_S, self.open, self.loop)
                return
            self.admit(raw, address)


def bind_tcp(address: str, number: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    raw = socket.socket(family, socket.SOCK_STREAM)
    try:
        raw.setblocking(False)
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # after a restart, past TIME_WAIT
        if family == socket.AF_INET6:
            raw.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        raw.bind((address, number))
        raw.listen(BACKLOG)
    except OSError:
        raw.close()
        raise
    return raw
