"""A live hub without sockets: a log on disk, a clock that stands still, and lines that collect frames."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec

from hub.clock import ManualClock
from hub.config import TurnSettings
from hub.domain.event import Actor, Recorded
from hub.domain.session import Session, stream_of
from hub.domain.streams import DomainEvent, State, fold, rules_of
from hub.http.outbound import Outbound
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
from hub.live.papers import Press, Rubric
from hub.live.plans import Plans
from hub.live.presence import Presence
from hub.live.recorder import RecorderDesk
from hub.live.relays import RelayCredentials
from hub.live.sessions import Sessions
from hub.live.spotchecks import Checking
from hub.live.streams import Streams
from hub.live.touches import Touches
from hub.live.walls import Walls
from hub.storage.eventlog import EventLog
from hub.storage.memory import MemoryEventLog
from hub.storage.sqllog import open_log
from signaling.connection import Line
from signaling.delivery import Delivery
from signaling.handlers.services import Services
from tests.support.kept import attachments
from tests.support.live import actor, new_op, prepare

NEVER_MS = 1 << 52


class Inbox:
    """An outlet that keeps what was written; ``stuck_bytes`` makes it a slow reader."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.stuck_bytes = 0
        self.dropped = False

    def write(self, frame: bytes) -> None:
        if not self.dropped:
            self.frames.append(frame)

    def waiting_bytes(self) -> int:
        return self.stuck_bytes

    def drop(self) -> None:
        self.dropped = True

    def take(self) -> list[tuple[str, dict[str, Any]]]:
        """The pushes written since the last time: name and body."""
        frames, self.frames = self.frames, []
        return [_push_in(frame) for frame in frames]


def _push_in(frame: bytes) -> tuple[str, dict[str, Any]]:
    """RFC 6455, 5.2, as far as ``binary_frame`` uses it."""
    head = {126: 4, 127: 10}.get(frame[1], 2)
    name, body = msgspec.msgpack.decode(frame[head:])["data"]
    return name, body


class Reader:
    """A page in memory: folds what it hears, and fails on a hole or on something twice."""

    def __init__(self, desk: Desk, who: Actor, page: str) -> None:
        self.desk = desk
        self.who = who
        self.page = page
        self.states: dict[str, State] = {}
        self.seqs: dict[str, int] = {}
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.connect()

    def connect(self) -> None:
        self.line = Line(self.page, self.who, NEVER_MS)
        self.inbox = Inbox()
        self.desk.delivery.attach(self.line, self.inbox)
        self.desk.presence.arrive(self.page, self.who)

    def cut(self) -> None:
        """The line breaks; frames that were on their way are lost."""
        self.inbox.take()
        if self.desk.delivery.detach(self.line):
            self.desk.presence.depart(self.page, self.who)
            self.desk.sessions.page_gone(self.page)

    async def follow(self, stream: str) -> None:
        self.read()
        await self.desk.delivery.follow(self.line, stream, self.seqs.get(stream))
        self.read()

    def read(self) -> list[tuple[str, dict[str, Any]]]:
        """Take in what has come; the pushes, for those who want to look."""
        pushes = self.inbox.take()
        for name, body in pushes:
            if name == "snapshot":
                state_type = type(rules_of(body["stream"]).initial)
                self.states[body["stream"]] = msgspec.convert(body["state"], state_type)
                self.seqs[body["stream"]] = body["seq"]
            elif name == "events":
                self._fold(body["stream"], msgspec.convert(body["events"], list[Recorded[DomainEvent]]))
        self.heard += pushes
        return pushes

    def _fold(self, stream: str, events: list[Recorded[DomainEvent]]) -> None:
        for recorded in events:
            assert recorded.seq == self.seqs.get(stream, 0) + 1, "a hole, or something twice"
            self.states[stream] = fold(stream, [recorded], self.states.get(stream))
            self.seqs[stream] = recorded.seq


class Desk:
    """The live services by hand; ``restart`` forgets everything but the log."""

    def __init__(self, data: Path | None, clock: ManualClock, hold_s: float = 0) -> None:
        self.data = data
        self.clock = clock
        self.hold_s = hold_s
        self.log: EventLog
        self.streams: Streams
        self.delivery: Delivery
        self.sessions: Sessions
        self.checking: Checking
        self.planner: Planner
        self.press: Press
        self.duties: Duties
        self.duty_log: DutyLog
        self.presence: Presence
        self.attention: Attention
        self.media: MediaPlane
        self.guests: Guests
        self.walls: Walls
        self.hooks: Hooks
        self.plans: Plans

    async def start(self, log: EventLog | None = None) -> None:
        self.log = log or (open_log(self.data) if self.data is not None else MemoryEventLog())
        self.streams = Streams(self.log, self.clock)
        await prepare(self.streams)
        self.delivery = Delivery(self.streams, hold_s=self.hold_s)
        self.media = MediaPlane(self.clock, MediaSettings())
        self.presence = Presence(self.clock, self.streams, self.delivery)
        self.sessions = Sessions(self.clock, self.streams, self.delivery, self.media)
        await self.sessions.start()
        seal = Seal(b"k" * 32)
        summaries, chores = self.sessions.summaries, self.sessions.chores
        self.guests = Guests(self.clock, self.streams, summaries, self.delivery, self.media, seal)
        self.walls = Walls(self.clock, self.streams, self.delivery, self.media, chores, seal)
        await self.walls.start()
        self.checking = Checking(self.clock, self.streams, self.delivery, self.sessions)
        await self.checking.start()
        self.planner = Planner(self.clock, self.streams, self.delivery, self.sessions)
        await self.planner.start()
        self.attention = Attention(self.clock, self.streams, self.delivery)
        await self.attention.start()
        self.outbound = Outbound()
        self.hooks = Hooks(self.clock, self.log, self.streams, self.delivery, b"k" * 32, self.outbound.post)
        await self.hooks.start()
        self.plans = Plans(self.streams, self.delivery)
        await self.plans.start()
        self.press = Press(self.clock, self.streams, self.log, self.delivery, Rubric("内部"))
        await self.press.start()
        self.duties = Duties(
            self.clock, self.streams, self.delivery, self.presence, self.sessions.summaries, self.planner
        )
        await self.duties.start()
        self.duty_log = DutyLog(self.clock, self.streams)
        await self.duty_log.start()

    async def stop(self) -> None:
        """As a crash would, as far as the pages are concerned: nobody says good-bye."""
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
        self.delivery.close()
        await self.streams.close()

    async def restart(self) -> None:
        await self.stop()
        await self.start(self.log)

    async def actor(self, account: str) -> Actor:
        return await actor(self.streams, account)

    async def reader(self, account: str, page: str | None = None) -> Reader:
        return Reader(self, await self.actor(account), page or f"{account}/{new_op()}")

    async def pass_s(self, seconds: float) -> None:
        """Let time pass, and everything happen that was due."""
        self.clock.advance(seconds)
        await self.sessions.attendance.alarms.run_due()
        await self.sessions.conductor.alarms.run_due()
        await self.presence.alarms.run_due()
        await self.planner.alarms.run_due()
        await self.duties.alarms.run_due()
        await self.settled()

    async def settled(self) -> None:
        await self.sessions.chores.idle()
        await self.checking.chores.idle()
        await self.planner.chores.idle()
        await self.attention.settled()
        await self.duties.chores.idle()
        await self.duty_log.chores.idle()

    def services(self) -> Services:
        """What a handler may reach, as on a running hub."""
        return Services(
            self.clock,
            self.streams,
            self.sessions,
            self.media,
            self.delivery,
            Checks(self.clock, self.media),
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
            attachments(self.clock, self.streams, Path("unused")),
            self.duties,
            self.plans,
            RecorderDesk(self.clock, self.delivery),
        )

    async def session(self, session_id: str) -> Session:
        state, _ = await self.streams.state(stream_of(session_id))
        assert isinstance(state, Session)
        return state

    async def consult(self, *venues: str, op: str | None = None) -> str:
        """The officer starts a consultation with ``venues``; the session's id."""
        officer = await self.actor("officer")
        return await self.sessions.open("强降雨防汛会商", _KIND, list(venues), officer, op=op)


_KIND = Session().kind


@asynccontextmanager
async def live_desk(data: Path | None = None, *, hold_s: float = 0) -> AsyncIterator[Desk]:
    """Without ``data`` the log is in memory, for tests that need many."""
    desk = Desk(data, ManualClock(), hold_s)
    await desk.start()
    try:
        yield desk
    finally:
        await desk.stop()
        await desk.log.close()
