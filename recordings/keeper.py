"""Keeps recordings by policy: holds those of grave incidents, lets those that have expired go (R23, R24).

Every recording is looked at once after a start, when something happens to it, and when its next day has come.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from hub.clock import Clock
from hub.domain import keeping, recording, session
from hub.domain.deadline import EventLevel
from hub.domain.event import HUB
from hub.domain.keeping import ApproveDestruction, HoldRecording, Keeping, ProposeDestruction
from hub.domain.recording import Recording, RecordingReady, RecordingState, RecordingStopped
from hub.domain.session import Session, SessionStarted
from hub.domain.workspace import LevelChanged, Workspace
from hub.live.chores import Chores
from hub.live.streams import Batch, Streams
from hub.tasks import Tasks
from recordings.destroy import Destroyer
from recordings.retention import DAY_MS, EXPIRED, HELD_LEVELS, Policy, Step, level_reason, next_step

_log = logging.getLogger(__name__)

ROUND_S = 600.0


_MATTERS = (
    keeping.KeepingHeld,
    keeping.KeepingReleased,
    keeping.DestructionProposed,
    keeping.DestructionWithdrawn,
    keeping.DestructionApproved,
)


class _About(NamedTuple):
    """What of a session decides how long its recording is kept."""

    keep_until_ms: int | None
    incident: str | None


class Keeper:
    """Acts as the hub itself; persons act through ``hub.live.keeping``."""

    def __init__(self, clock: Clock, streams: Streams, policy: Policy, destroyer: Destroyer) -> None:
        self._clock = clock
        self._streams = streams
        self._policy = policy
        self._destroyer = destroyer
        self._due_ms: dict[str, int] = {}
        self._chores = Chores()
        self._tasks = Tasks("keeper")
        self._stop: Callable[[], None] = lambda: None

    def start(self) -> None:
        self._stop = self._streams.subscribe(self._published)
        self._tasks.start(self._rounds(), "looking what has expired")

    async def close(self) -> None:
        self._stop()
        await self._tasks.close()
        await self._chores.idle()
        await self._destroyer.close()

    async def idle(self) -> None:
        """Until everything that followed from what has happened so far is done."""
        await self._chores.idle()
        await self._destroyer.idle()

    async def look_at_all(self) -> None:
        """Whatever may have happened while the hub was off."""
        for stream in await self._streams.names("recording:"):
            self._look(stream)
            await self._chores.caught_up(stream)  # one after the other: others want the log as well

    def look_at_due(self) -> None:
        now_ms = self._clock.wall_ms()
        for stream in [stream for stream, due_ms in self._due_ms.items() if due_ms <= now_ms]:
            self._look(stream)

    async def _rounds(self) -> None:
        await self.look_at_all()
        while True:
            await asyncio.sleep(ROUND_S)
            self.look_at_due()

    # --- from the log ---------------------------------------------------------------------------

    def _published(self, stream: str, events: Batch) -> None:
        kind, _, key = stream.partition(":")
        if kind == "keeping":
            if any(isinstance(each.event, _MATTERS) for each in events):
                self._look(recording.stream_of(key))
        elif kind == "recording":
            if any(isinstance(each.event, RecordingStopped | RecordingReady) for each in events):
                self._look(stream)
        elif kind == "incident":
            for each in events:
                if isinstance(each.event, LevelChanged) and each.event.level in HELD_LEVELS:
                    self._chores.add(stream, "holding", partial(self._hold_all, stream, each.event.level))

    def _look(self, stream: str) -> None:
        self._chores.add(stream, "keeping", partial(self._step, stream))

    async def _hold_all(self, incident: str, level: EventLevel) -> None:
        """The level has risen: what was recorded of it so far is held, whatever was released before."""
        state, _ = await self._streams.state(incident)
        assert isinstance(state, Workspace)
        for link in state.sessions:
            of, _ = await self._streams.state(session.stream_of(link.session_id))
            assert isinstance(of, Session)
            if of.recording_id:
                await self._hold(of.recording_id, level)

    async def _hold(self, recording_id: str, level: EventLevel) -> None:
        taken, _ = await self._streams.state(recording.stream_of(recording_id))
        kept = await self._kept(recording_id)
        if isinstance(taken, Recording) and taken.stopped_ms is not None and not kept.condemned:
            await self._do(recording_id, HoldRecording(reason=level_reason(level)))

    # --- one recording --------------------------------------------------------------------------

    async def _step(self, stream: str) -> None:
        self._due_ms.pop(stream, None)
        taken, _ = await self._streams.state(stream)
        if not isinstance(taken, Recording) or taken.stopped_ms is None:
            return
        key = taken.recording_id
        kept = await self._kept(key)
        about = await self._about(taken)
        level = await self._level(about.incident)
        now_ms = self._clock.wall_ms()
        until_ms = about.keep_until_ms if taken.state is RecordingState.READY else None
        step = next_step(self._policy, kept, keep_until_ms=until_ms, level=level, now_ms=now_ms)
        match step:
            case Step.HOLD if level is not None:
                await self._do(key, HoldRecording(reason=level_reason(level)))
            case Step.PROPOSE:
                await self._do(key, ProposeDestruction(reason=EXPIRED))
            case Step.APPROVE:
                await self._do(key, ApproveDestruction())
            case Step.DESTROY:
                self._destroyer.begin(key)
            case None if kept.destroyed:
                self._destroyer.clear_up(key)
            case None if self._policy.destroys and until_ms is not None:
                self._due_ms[stream] = self._next_ms(kept, until_ms)

    def _next_ms(self, kept: Keeping, until_ms: int) -> int:
        if kept.destruction is None:
            return until_ms
        return kept.destruction.proposed_ms + self._policy.notice_days * DAY_MS

    async def _about(self, taken: Recording) -> _About:
        """Of the first event of its session alone: the rest of it may be long."""
        first = await self._streams.first(session.stream_of(taken.session_id))
        if first is None or not isinstance(first.event, SessionStarted):
            return _About(None, None)
        of = first.event
        until_ms = self._policy.keep_until_ms(taken.stopped_ms, of.kind, exercise=of.exercise)
        return _About(until_ms, None if of.incident_id is None else f"incident:{of.incident_id}")

    async def _level(self, incident: str | None) -> EventLevel | None:
        if incident is None:
            return None
        state, _ = await self._streams.state(incident)
        return state.level if isinstance(state, Workspace) and state.opened_ms else None

    async def _kept(self, recording_id: str) -> Keeping:
        kept, _ = await self._streams.state(keeping.stream_of(recording_id))
        assert isinstance(kept, Keeping)
        return kept

    async def _do(
        self, recording_id: str, command: HoldRecording | ProposeDestruction | ApproveDestruction
    ) -> None:
        _log.info("by policy: %s", type(command).__name__, extra={"recording": recording_id})
        await self._streams.execute(keeping.stream_of(recording_id), command, HUB)
