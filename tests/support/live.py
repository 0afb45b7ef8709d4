"""A live hub on a real log and a real port, and pages that are real Socket.IO clients."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
import socketio
from aiohttp import web
from aiohttp.test_utils import TestServer

from hub import demo
from hub.clock import Clock, SystemClock
from hub.config import TurnSettings
from hub.domain.event import Actor, Recorded
from hub.domain.organisation import STREAM, Organisation, actor_of
from hub.domain.streams import DomainEvent, State, fold, rules_of
from hub.http.auth import Auth
from hub.http.outbound import Outbound
from hub.http.tokens import Tokens
from hub.live.attention import Attention
from hub.live.bookings import Planner
from hub.live.checks import Checks
from hub.live.duties import Duties
from hub.live.dutylog import DutyLog
from hub.live.guests import Guests
from hub.live.hooks import Hooks
from hub.live.incidents import Incidents
from hub.live.media import MediaPlane, MediaSettings
from hub.live.outsiders import Seal
from hub.live.papers import Press
from hub.live.plans import Plans
from hub.live.presence import Presence
from hub.live.recorder import RecorderDesk
from hub.live.relays import RelayCredentials
from hub.live.sessions import Sessions
from hub.live.spotchecks import Checking
from hub.live.streams import Streams
from hub.live.touches import Touches
from hub.live.walls import Walls
from hub.storage.credentials import Credentials
from hub.storage.passwords import Passwords
from hub.storage.sqllog import SqlEventLog, open_log
from signaling.bodies import About
from signaling.delivery import Delivery
from signaling.gateway import Gateway
from signaling.handlers.services import Services
from tests.support.kept import attachments

_KEY = b"k" * 32
PATIENCE_S = 30.0
"""With a machine that has much else to do; what should come at all comes long before."""

_ops = itertools.count(1)


def new_op() -> str:
    return f"op-{next(_ops)}"


class LiveHub:
    """Everything between the log and the socket; ``restart`` keeps the disk and forgets the rest."""

    def __init__(self, data: Path, clock: Clock) -> None:
        self.data = data
        self.clock = clock
        self.log: SqlEventLog
        self.streams: Streams
        self.delivery: Delivery
        self.sessions: Sessions
        self.presence: Presence
        self.media: MediaPlane
        self.checks: Checks
        self.guests: Guests
        self.walls: Walls
        self.checking: Checking
        self.planner: Planner
        self.press: Press
        self.duties: Duties
        self.duty_log: DutyLog
        self.gateway: Gateway
        self.server: TestServer
        self.tokens = Tokens(_KEY, clock, token_ms=3_600_000, ticket_ms=3_600_000)

    async def start(self) -> None:
        self.log = open_log(self.data)
        self.streams = Streams(self.log, self.clock)
        await prepare(self.streams)
        self.delivery = Delivery(self.streams, hold_s=0)
        self.media = MediaPlane(self.clock, MediaSettings())
        await self.media.start()
        self.presence = Presence(self.clock, self.streams, self.delivery)
        self.sessions = Sessions(self.clock, self.streams, self.delivery, self.media)
        await self.sessions.start()
        self.checking = Checking(self.clock, self.streams, self.delivery, self.sessions)
        await self.checking.start()
        self.planner = Planner(self.clock, self.streams, self.delivery, self.sessions)
        await self.planner.start()
        self.attention = Attention(self.clock, self.streams, self.delivery)
        await self.attention.start()
        self.press = Press(self.clock, self.streams, self.log, self.delivery)
        await self.press.start()
        self.duties = Duties(
            self.clock, self.streams, self.delivery, self.presence, self.sessions.summaries, self.planner
        )
        await self.duties.start()
        self.duty_log = DutyLog(self.clock, self.streams)
        await self.duty_log.start()
        await self._open_doors()

    async def _open_doors(self) -> None:
        """Guests, walls and pages come in."""
        self.checks = Checks(self.clock, self.media)
        seal = Seal(_KEY)
        summaries, chores = self.sessions.summaries, self.sessions.chores
        self.guests = Guests(self.clock, self.streams, summaries, self.delivery, self.media, seal)
        self.walls = Walls(self.clock, self.streams, self.delivery, self.media, chores, seal)
        await self.walls.start()
        self.outbound = Outbound()
        self.hooks = Hooks(self.clock, self.log, self.streams, self.delivery, _KEY, self.outbound.post)
        await self.hooks.start()
        self.plans = Plans(self.streams, self.delivery)
        await self.plans.start()
        auth = Auth(
            self.clock,
            self.streams,
            Credentials(self.log.engine, self.clock, Passwords(64)),
            self.tokens,
            self.guests,
            self.walls,
        )
        about = About(product="会商", version="test", office="值班室", classification="内部", demo=True)
        self.gateway = Gateway(self._services(), self.presence, auth, about)
        app = web.Application()
        app.router.add_get("/socket.io/", self.gateway.handle)
        self.server = TestServer(app)
        await self.server.start_server()

    def _services(self) -> Services:
        return Services(
            self.clock,
            self.streams,
            self.sessions,
            self.media,
            self.delivery,
            self.checks,
            RelayCredentials(self.clock, TurnSettings()),
            self.guests,
            self.walls,
            self.checking,
            self.planner,
            Incidents(self.clock, self.streams),
            Touches(self.clock, self.streams, self.delivery),
            self.attention.lists,
            self.hooks,
            self.press,
            attachments(self.clock, self.streams, self.data),
            self.duties,
            self.plans,
            RecorderDesk(self.clock, self.delivery),
        )

    async def stop(self) -> None:
        await self.gateway.close()
        await self.server.close()
        await self.checks.close()
        self.guests.close()
        self.walls.close()
        await self.attention.close()
        await self.press.close()
        await self.duty_log.close()
        await self.duties.close()
        await self.planner.close()
        await self.hooks.close()
        self.plans.close()
        await self.outbound.close()
        await self.checking.close()
        await self.sessions.close()
        await self.presence.close()
        await self.media.close()
        self.delivery.close()
        await self.streams.close()
        await self.log.close()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    def token(self, account: str) -> str:
        return self.tokens.sign_login(account).text

    @property
    def url(self) -> str:
        return str(self.server.make_url("/"))

    async def page(self, account: str, page: str | None = None) -> Page:
        """A page of ``account`` that is in and has its lists."""
        client = Page(self.url, {"token": self.token(account), "page": page})
        await client.connect()
        return client

    async def guest(self, session_id: str, officer: Page) -> tuple[str, Page]:
        """A telephone in the field that has come in by a code: its venue, and its page."""
        code = await officer.wish("guest.invite", session_id=session_id, label="抢险一组", place="浉河区")
        _, who = await self.guests.admit(code["code"], "刘洋", "10.0.0.1")
        token = self.tokens.sign_guest(who.account, session_id).text
        page = Page(self.url, {"token": token, "page": None}, "guest")
        await page.connect()
        return who.account, page

    async def wall(self, officer: Page) -> tuple[str, Page]:
        """A wall that has just been registered: its id, and its page."""
        added = await officer.wish("wall.add", name="指挥大厅")
        page = Page(self.url, {"token": added["token"], "page": None}, "wall")
        await page.connect()
        return added["wall_id"], page

    async def settled(self) -> None:
        """Until what follows from what was asked so far is done."""
        await self.sessions.chores.idle()
        await self.checking.chores.idle()
        await self.planner.chores.idle()
        await self.hooks.chores.idle()


@asynccontextmanager
async def live_hub(data: Path, clock: Clock | None = None) -> AsyncIterator[LiveHub]:
    hub = LiveHub(data, clock or SystemClock())
    await hub.start()
    try:
        yield hub
    finally:
        await hub.stop()


async def prepare(streams: Streams) -> None:
    """The demo organisation, without passwords."""
    await demo.fill(streams)


async def actor(streams: Streams, account: str) -> Actor:
    state, _ = await streams.state(STREAM)
    assert isinstance(state, Organisation)
    return actor_of(state, state.accounts[account])


class Refused(Exception):
    """The hub said no to a page."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["code"])
        self.code: str = error["code"]
        self.detail: dict[str, Any] = error["detail"]


class Page:
    """What a browser page is on the line: requests, pushes, and streams folded by the same ``apply``."""

    def __init__(self, url: str, auth: object, greeting: str = "rings") -> None:
        """``greeting``: the push after which the page has all that it gets at first."""
        self.url = url
        self.auth = auth
        self.greeting = greeting
        self.pushes: list[tuple[str, dict[str, Any]]] = []
        self.states: dict[str, State] = {}
        self.seqs: dict[str, int] = {}
        self.snapshots = 0
        self._changed = asyncio.Event()
        self.client = self._new_client()

    def _new_client(self) -> socketio.AsyncClient:
        client = socketio.AsyncClient(
            reconnection=False,
            serializer="msgpack",
            handle_sigint=False,
            websocket_extra_options={"max_msg_size": 0},  # a browser has no bound either
        )
        client.on("*", self._heard)
        return client

    async def connect(self) -> None:
        await self._connect()
        await self.until(lambda: self.last(self.greeting) is not None)

    async def _connect(self) -> None:
        await self.client.connect(self.url, auth=self.auth, transports=["websocket"], wait_timeout=PATIENCE_S)

    async def refusal(self) -> str:
        """The code with which the hub does not let this page in."""
        errors: list[dict[str, Any]] = []
        self.client.on("connect_error", errors.append)
        with pytest.raises(socketio.exceptions.ConnectionError):
            await self._connect()
        await self.client.shutdown()
        code: str = errors[0]["data"]["code"]
        assert errors[0]["message"] == code
        return code

    async def cut(self) -> None:
        """The line breaks without a word."""
        transport = self.client.eio.ws._response.connection.transport
        transport.abort()
        await self.client.wait()

    async def back(self) -> None:
        """A new line; every stream is followed from where this page stands."""
        self.client = self._new_client()
        await self.connect()
        for stream, seq in list(self.seqs.items()):
            await self.follow(stream, seq)

    async def close(self) -> None:
        await self.client.disconnect()
        await self.client.shutdown()

    async def ask(self, name: str, /, **body: Any) -> dict[str, Any]:
        """The result of a request; raises ``Refused``."""
        answer = await self.client.call(name, body, timeout=PATIENCE_S)
        if not answer["ok"]:
            raise Refused(answer["error"])
        result: dict[str, Any] = answer["result"]
        return result

    async def wish(self, name: str, /, **body: Any) -> dict[str, Any]:
        return await self.ask(name, op=body.pop("op", None) or new_op(), **body)

    async def follow(self, stream: str, since: int | None = None) -> None:
        await self.ask("follow", stream=stream, since=since)
        await self.until(lambda: stream in self.seqs)

    def _heard(self, name: str, body: dict[str, Any]) -> None:
        self.pushes.append((name, body))
        if name == "snapshot":
            self.snapshots += 1
            state_type = type(rules_of(body["stream"]).initial)
            self.states[body["stream"]] = msgspec.convert(body["state"], state_type)
            self.seqs[body["stream"]] = body["seq"]
        elif name == "events":
            self._fold(body["stream"], msgspec.convert(body["events"], list[Recorded[DomainEvent]]))
        self._changed.set()

    def _fold(self, stream: str, events: list[Recorded[DomainEvent]]) -> None:
        for recorded in events:
            assert recorded.seq == self.seqs.get(stream, 0) + 1, "a hole, or something twice"
            self.states[stream] = fold(stream, [recorded], self.states.get(stream))
            self.seqs[stream] = recorded.seq
        self.seqs.setdefault(stream, 0)

    def last(self, name: str) -> dict[str, Any] | None:
        return next((body for heard, body in reversed(self.pushes) if heard == name), None)

    async def until(self, condition: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
        async with asyncio.timeout(seconds):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    def stop_reading(self) -> None:
        """The page's machine is stuck: nothing is taken from the socket any more."""
        self.client.eio.ws._response.connection.transport.pause_reading()
