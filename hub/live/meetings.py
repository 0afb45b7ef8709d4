"""What a timeline shows of the sessions held on an incident: their course, speakers and recordings."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, NamedTuple

from hub.domain import recording, session
from hub.domain.event import Actor, Recorded, Role
from hub.domain.floor import FloorGiven
from hub.domain.permissions import may_follow_session
from hub.domain.recording import (
    Recording,
    RecordingInterrupted,
    RecordingReady,
    RecordingResumed,
    RecordingStarted,
    RecordingStopped,
)
from hub.domain.rollcall import RollCallEnded, RollCallStarted
from hub.domain.session import Session, SessionEnded, SessionStarted
from hub.domain.workspace import Nature, Workspace
from hub.live.streams import Streams
from hub.storage.eventlog import EventLog

KEPT_MAX = 200
_PAGE = 1_000

_TOLD = (SessionStarted, SessionEnded, RollCallStarted, RollCallEnded, FloorGiven)
_RECORDED = (RecordingStarted, RecordingInterrupted, RecordingResumed, RecordingStopped, RecordingReady)


class Meeting(NamedTuple):
    """A session that its viewer may follow. ``events``: of it and of its recording, each in its order."""

    session_id: str
    title: str
    started_ms: int
    stopped_ms: int | None
    events: list[Recorded[Any]]

    def has(self, at_ms: int) -> bool:
        """Whether it was being recorded then."""
        return 0 < self.started_ms <= at_ms and (self.stopped_ms is None or at_ms <= self.stopped_ms)

    def media_ms(self, at_ms: int) -> int:
        return at_ms - self.started_ms


class _Kept:
    """The events of one stream that are told, and how far it has been read."""

    __slots__ = ("events", "seq")

    def __init__(self) -> None:
        self.events: list[Recorded[Any]] = []
        self.seq = 0


class Meetings:
    """Reads each session's log once and then only what is new in it."""

    def __init__(self, log: EventLog, streams: Streams) -> None:
        self._log = log
        self._streams = streams
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    async def of(self, state: Workspace, by: Actor) -> list[Meeting]:
        """The sessions of a workspace that ``by`` may follow; a reviewer reviews them all."""
        ids = [link.session_id for link in state.sessions]
        if state.nature is Nature.SESSION and state.session_id:
            ids.append(state.session_id)
        meetings = [await self._meeting(session_id, by) for session_id in dict.fromkeys(ids)]
        return [meeting for meeting in meetings if meeting is not None]

    async def _meeting(self, session_id: str, by: Actor) -> Meeting | None:
        of, _ = await self._streams.state(session.stream_of(session_id))
        if not isinstance(of, Session) or not of.started_ms:
            return None
        if not (may_follow_session(by, of) or by.role is Role.REVIEWER):
            return None
        taken_stream = recording.stream_of(of.recording_id)
        taken, _ = await self._streams.state(taken_stream)
        events = await self._events(session.stream_of(session_id), _TOLD)
        of_it = await self._events(taken_stream, _RECORDED)
        started_ms, stopped_ms = (
            (taken.started_ms, taken.stopped_ms) if isinstance(taken, Recording) else (0, None)
        )
        return Meeting(session_id, of.title, started_ms, stopped_ms, [*events, *of_it])

    async def _events(self, stream: str, told: tuple[type, ...]) -> list[Recorded[Any]]:
        kept = self._kept.setdefault(stream, _Kept())
        self._kept.move_to_end(stream)
        while len(self._kept) > KEPT_MAX:
            self._kept.popitem(last=False)
        while True:
            page = await self._log.read(stream, kept.seq, _PAGE)
            fresh = [recorded for recorded in page if recorded.seq > kept.seq]
            kept.events += [recorded for recorded in fresh if isinstance(recorded.event, told)]
            kept.seq = fresh[-1].seq if fresh else kept.seq
            if len(page) < _PAGE:
                return kept.events
