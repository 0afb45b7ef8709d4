"""The door of the pages: Socket.IO over WebSocket. Nothing else in the hub knows that library."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import socketio
from aiohttp import WSMsgType, web
from socketio.exceptions import ConnectionRefusedError as Refused
from socketio.msgpack_packet import MsgPackPacket

from hub.domain.event import OUTSIDE, Actor, Role
from hub.domain.organisation import STREAM as ORGANISATION
from hub.domain.organisation import AccountDisabled
from hub.errors import Refusal
from hub.ids import is_id
from hub.live.presence import Presence
from hub.live.streams import Batch
from hub.live.timers import Alarms
from hub.metrics import LINES
from hub.tasks import Tasks
from signaling.bodies import About
from signaling.connection import Line
from signaling.dispatch import Dispatcher, problem_of
from signaling.framing import (
    DISCONNECT,
    BadPacket,
    binary_frame,
    decode_packet,
    encode_packet,
    encode_push,
)
from signaling.handlers.services import Services
from signaling.vocabulary import PROTOCOL, Notice, Welcome

PING_INTERVAL_S = 10
PING_TIMEOUT_S = 10
"""A line that is dead without a word is noticed after 20 s at most, before its grace begins (J4)."""

CONNECT_WITHIN_S = 15
"""A socket that has not said who it is by then is closed."""

_FRAME_MAX_BYTES = 4 * 1024 * 1024
"""Up to here a request that is too large gets its answer; beyond, the socket is closed (RFC 6455, 1009)."""

_STRIKES_MAX = 20
_CLOSE_S = 2.0
_CLOSE_FRAME = b"\x88\x02\x03\xe9"
"""RFC 6455, 5.5.1 and 7.4.1: FIN and opcode 8, status 1001 (going away)."""

_OUTLET = "huishang.outlet"


class Identity(Protocol):
    """What ``hub.http.auth`` says about a token."""

    @property
    def actor(self) -> Actor: ...

    @property
    def expires_ms(self) -> int: ...


class Identifier(Protocol):
    """Refuses with ``auth.required``, ``.expired`` or ``.disabled``, ``guest.over`` or ``wall.over``."""

    async def identify_page(self, token: str) -> Identity: ...


@dataclass(slots=True)
class _Open:
    """One connection that has been let in."""

    line: Line
    outlet: _SocketOutlet
    dispatcher: Dispatcher


class Gateway:
    """Lets pages in, hands on what they send, and notices when they go."""

    def __init__(
        self,
        services: Services,
        presence: Presence,
        identifier: Identifier,
        about: About,
        *,
        pages_max: int = 2_000,
    ) -> None:
        self._services = services
        self._presence = presence
        self._identifier = identifier
        self._about = about
        self._pages_max = pages_max
        self._open: dict[str, _Open] = {}
        self._tasks = Tasks("gateway")
        self._expiries = Alarms(services.clock, "expiries")
        self._server = _Server(self)
        self._unsubscribe = services.streams.subscribe(self._published)
        services.guests.on_over = services.walls.on_over = self._account_over

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """GET /socket.io/"""
        answer = await self._server.eio.handle_request(request)
        assert isinstance(answer, web.StreamResponse)
        return answer

    async def close(self) -> None:
        """Say good-bye to every page. What is on its way into the log gets there."""
        self._unsubscribe()
        for outlet in self._server.outlets():  # also of those who have not said who they are
            outlet.end()
        await self._expiries.close()
        await self._tasks.close()
        await self._server.shutdown()

    # --- called by the server below -------------------------------------------------------------

    async def admit(self, key: str, auth: object) -> Line:
        """Refuses a page without a good token; ``auth`` is whatever it sent along."""
        token = auth.get("token") if isinstance(auth, dict) else None
        if not isinstance(token, str):
            raise Refusal("auth.required")
        if len(self._open) >= self._pages_max:
            raise Refusal("too_many")
        identity = await self._identifier.identify_page(token)
        page = auth.get("page") if isinstance(auth, dict) else None
        # A page that names itself is recognised when it comes back, by the same account only.
        name = page if isinstance(page, str) and is_id(page) else key
        return Line(f"{identity.actor.account}/{name}", identity.actor, identity.expires_ms)

    async def opened(self, key: str, line: Line, outlet: _SocketOutlet) -> None:
        """The page has been told that it is in; now it hears who it is and what there is."""
        hub = self._services
        dispatcher = Dispatcher(hub, self._tasks, line, outlet)
        self._open[key] = _Open(line, outlet, dispatcher)
        is_outside = line.actor.role in OUTSIDE
        if not is_outside:
            self._presence.arrive(line.page, line.actor)
        hub.delivery.attach(line, outlet)
        LINES.set(len(self._open))
        self._expiries.set((key,), line.expires_ms, lambda: self.dismiss(key, Refusal("auth.expired")))
        welcome = Welcome(
            protocol=PROTOCOL,
            version=self._about.version,
            account=line.actor.account,
            actor=line.actor,
            hub_ms=hub.clock.wall_ms(),
            demo=self._about.demo,
            classification=self._about.classification,
            relayed=bool(hub.relays),
            may_start_paused=self._about.may_start_paused,
        )
        hub.delivery.push(line.page, welcome)
        if is_outside:  # no lists (P13, P14)
            is_guest = line.actor.role is Role.GUEST
            if not (hub.guests if is_guest else hub.walls).arrive(line.page, line.actor):
                await self.dismiss(key, Refusal("guest.over" if is_guest else "wall.over"))
            return
        full = await self._presence.full(line.actor)
        hub.delivery.push(line.page, full)
        lists = (
            hub.planner.list,
            hub.checking.list,
            hub.duties,
            hub.waitlists,
            hub.hooks.list,
            hub.plans.list,
            hub.press.list,
            hub.recorder,
            hub.sessions.summaries,
        )
        for push in (push for one in lists for push in one.first(line.actor)):
            hub.delivery.push(line.page, push)
        if (walls := hub.walls.list_for(line.actor)) is not None:
            hub.delivery.push(line.page, walls)

    def closed(self, key: str) -> None:
        """The line broke or the page left; telling it twice is fine."""
        there = self._open.pop(key, None)
        if there is None:
            return
        LINES.set(len(self._open))
        self._expiries.cancel(key)
        if self._services.delivery.detach(there.line):
            self._presence.depart(there.line.page, there.line.actor)
            self._services.sessions.page_gone(there.line.page)
            self._services.touches.leave(there.line.page)
            if there.line.actor.role is Role.WALL:
                self._services.walls.depart()
            self._tasks.start(self._services.checks.end(there.line.page), "end of a self-check")

    def received(self, key: str, name: object, args: object, ack_id: int | None, size_bytes: int) -> None:
        there = self._open.get(key)
        if there is not None:
            there.dispatcher.receive(name, args, ack_id, size_bytes)

    async def garbled(self, key: str, outlet: _SocketOutlet) -> None:
        """What cannot even be acknowledged: say so, and after a while give up on the page."""
        there = self._open.get(key)
        if there is None:
            outlet.drop()
            return
        there.line.strikes += 1
        refusal = Refusal("bad_request", why="no Socket.IO packet in MessagePack")
        if there.line.strikes > _STRIKES_MAX:
            await self.dismiss(key, refusal)
        else:
            there.outlet.write(binary_frame(encode_push(Notice(problem=problem_of(refusal)))))

    async def dismiss(self, key: str, why: Refusal) -> None:
        """Tell the page why, and close its line."""
        there = self._open.get(key)
        if there is not None:
            there.outlet.write(binary_frame(encode_push(Notice(problem=problem_of(why)))))
            there.outlet.end()

    def _published(self, stream: str, events: Batch) -> None:
        """P9: a disabled account is out at once, not when its token ends."""
        if stream == ORGANISATION:
            for each in events:
                if isinstance(each.event, AccountDisabled):
                    self._account_over(each.event.account, "auth.disabled")

    def _account_over(self, account: str, code: str) -> None:
        for key, there in self._open.items():
            if there.line.actor.account == account:
                self._tasks.start(self.dismiss(key, Refusal(code)), "dismiss")


class _Packet(MsgPackPacket):  # type: ignore[misc]
    """Our own bytes in both directions; see ``encode_packet`` for why."""

    def encode(self) -> bytes:
        return encode_packet(self.packet_type, self.data, self.id)

    def decode(self, encoded_packet: bytes) -> None:
        self.packet_type, self.data, self.id = decode_packet(encoded_packet)
        self.namespace = "/"


class _Server(socketio.AsyncServer):  # type: ignore[misc]
    """The library's handshake and heartbeat, with our own way in and out.

    Packets leave through ``_SocketOutlet`` and not through the library's unbounded queue; requests do
    not become handlers that overtake each other (``async_handlers``), nor can a page call ``connect``.
    """

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(
            async_mode="aiohttp",
            transports=["websocket"],
            serializer=_Packet,
            async_handlers=False,
            cors_allowed_origins=[],  # no cookie opens this door, so no origin is better than another
            ping_interval=PING_INTERVAL_S,
            ping_timeout=PING_TIMEOUT_S,
            max_http_buffer_size=_FRAME_MAX_BYTES,
            http_compression=False,
        )
        self.eio._async = {**self.eio._async, "websocket": _WebSocket}
        self._gateway = gateway
        self._admitted: dict[str, Line] = {}
        self._sizes: dict[str, int] = {}
        self.on("connect", self._on_connect)

    def _outlet(self, key: str) -> _SocketOutlet | None:
        outlet = self.environ.get(key, {}).get(_OUTLET)
        return outlet if isinstance(outlet, _SocketOutlet) else None

    def outlets(self) -> list[_SocketOutlet]:
        """Of every socket there is, let in or not."""
        return [outlet for key in list(self.environ) if (outlet := self._outlet(key)) is not None]

    async def _on_connect(self, sid: str, environ: dict[str, Any], auth: object = None) -> None:
        key = self.manager.eio_sid_from_sid(sid, "/")
        try:
            self._admitted[key] = await self._gateway.admit(key, auth)
        except Refusal as refusal:
            raise Refused(refusal.code, refusal.as_dict()) from None

    async def _send_packet(self, eio_sid: str, pkt: _Packet) -> None:
        outlet = self._outlet(eio_sid)
        if outlet is not None:
            outlet.write(binary_frame(pkt.encode()))

    async def _handle_eio_connect(self, eio_sid: str, environ: dict[str, Any]) -> None:
        await super()._handle_eio_connect(eio_sid, environ)
        asyncio.get_running_loop().call_later(CONNECT_WITHIN_S, self._check_in, eio_sid)

    def _check_in(self, key: str) -> None:
        outlet = self._outlet(key)
        if outlet is not None and not self.manager.is_connected(self._sid(key), "/"):
            outlet.drop()

    def _sid(self, key: str) -> str | None:
        sid: str | None = self.manager.sid_from_eio_sid(key, "/")
        return sid

    async def _handle_eio_message(self, eio_sid: str, data: bytes) -> None:
        self._sizes[eio_sid] = len(data)
        try:
            await super()._handle_eio_message(eio_sid, data)
        except BadPacket:
            if (outlet := self._outlet(eio_sid)) is not None:
                await self._gateway.garbled(eio_sid, outlet)

    async def _handle_connect(self, eio_sid: str, namespace: str, data: object) -> None:
        if self._sid(eio_sid) is not None:
            return  # it is in already
        await super()._handle_connect(eio_sid, namespace, data)
        line, outlet = self._admitted.pop(eio_sid, None), self._outlet(eio_sid)
        if line is not None and outlet is not None:
            await self._gateway.opened(eio_sid, line, outlet)

    async def _handle_event(self, eio_sid: str, namespace: str, id: int | None, data: object) -> None:
        if not isinstance(data, list) or not data:
            raise BadPacket("an event without a name")
        self._gateway.received(eio_sid, data[0], data[1:], id, self._sizes.get(eio_sid, 0))

    async def _handle_ack(self, eio_sid: str, namespace: str, id: int | None, data: object) -> None:
        raise BadPacket("the hub asks for no acknowledgements")

    async def _handle_disconnect(self, eio_sid: str, namespace: str, reason: str | None = None) -> None:
        self._gateway.closed(eio_sid)
        await super()._handle_disconnect(eio_sid, namespace, reason)

    async def _handle_eio_disconnect(self, eio_sid: str, reason: str) -> None:
        self._gateway.closed(eio_sid)
        self._sizes.pop(eio_sid, None)
        self._admitted.pop(eio_sid, None)
        await super()._handle_eio_disconnect(eio_sid, reason)


class _SocketOutlet:
    """Writes ready-made frames to one WebSocket; see ``signaling.delivery.Outlet``."""

    __slots__ = ("_socket", "_transport")

    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.Transport) -> None:
        self._socket = socket
        self._transport = transport

    def write(self, frame: bytes) -> None:
        if not self._socket.closed and not self._transport.is_closing():
            self._transport.write(frame)

    def waiting_bytes(self) -> int:
        return 0 if self._transport.is_closing() else self._transport.get_write_buffer_size()

    def drop(self) -> None:
        self._transport.abort()

    def end(self) -> None:
        """Tell the page that the hub ends the line; what was written before still reaches it.

        The library's own way waits for a queue that is never empty again.
        """
        self.write(binary_frame(encode_packet(DISCONNECT)))
        self.write(_CLOSE_FRAME)
        self._transport.close()
        asyncio.get_running_loop().call_later(_CLOSE_S, self._transport.abort)


class _WebSocket:
    """The library's idea of a WebSocket over aiohttp's, without compression.

    Compressed frames could not be shared between sockets, and mostly cost more than they save.
    """

    def __init__(self, handler: Callable[[_WebSocket], Any], server: object) -> None:
        self._handler = handler
        self._socket = web.WebSocketResponse(max_msg_size=_FRAME_MAX_BYTES, compress=False, timeout=_CLOSE_S)

    async def __call__(self, environ: dict[str, Any]) -> web.WebSocketResponse:
        request: web.Request = environ["aiohttp.request"]
        await self._socket.prepare(request)
        if request.transport is not None:
            environ[_OUTLET] = _SocketOutlet(self._socket, request.transport)
            await self._handler(self)
        return self._socket

    async def send(self, message: bytes | str) -> None:
        if isinstance(message, bytes):
            await self._socket.send_bytes(message)
        else:
            await self._socket.send_str(message)

    async def wait(self) -> bytes | str:
        message = await self._socket.receive()
        if message.type not in (WSMsgType.BINARY, WSMsgType.TEXT):
            raise OSError("the socket is closed")
        data: bytes | str = message.data
        return data

    async def close(self) -> None:
        await self._socket.close()
