"""What the minutes of a session are drafted from: its log, those of its recording and boards, its booking."""

from __future__ import annotations

import asyncio
from typing import Any

from hub.domain import keeping, recording
from hub.domain.booking import Booking
from hub.domain.drafting import Records
from hub.domain.event import Actor, Recorded
from hub.domain.organisation import STREAM as ORGANISATION
from hub.domain.organisation import Organisation
from hub.domain.paperlog import Chronicle, chronicle
from hub.domain.permissions import may_review
from hub.domain.session import Session, stream_of
from hub.domain.tally import Scope
from hub.errors import Refusal
from hub.live.streams import Streams
from hub.storage.eventlog import EventLog


async def scope_of(streams: Streams, stream: str, by: Actor, now_ms: int) -> Scope:
    """N15: for officers of the office that held it. Refuses with ``paper.no_session``."""
    state = (await streams.state(stream))[0] if stream.startswith(stream_of("")) else None
    if not isinstance(state, Session) or not state.started_ms:
        raise Refusal("paper.no_session")
    if not may_review(by, state, seats_may_review=False):
        raise Refusal("paper.no_session")
    # The end itself is in it; what is noted afterwards is read as well, for it is about the same time.
    to_ms = now_ms if state.ended_ms is None else min(now_ms, state.ended_ms + 1)
    return Scope(state.started_ms, max(to_ms, state.started_ms + 1), state.boards, stream)


async def marking_of(streams: Streams, scope: Scope) -> str:
    """Minutes keep the marking that held when the session began; other papers have none of their own."""
    state = (await streams.state(scope.session))[0] if scope.session is not None else None
    return state.classification if isinstance(state, Session) else ""


async def records_of(streams: Streams, log: EventLog, scope: Scope) -> Records:
    session, events = await _read(log, scope.session or "")
    state = session.state
    assert isinstance(state, Session)
    boards, written = await _read(log, state.boards)
    taken, _ = await _read(log, recording.stream_of(state.recording_id))
    kept, _ = await _read(log, keeping.stream_of(state.recording_id))
    found = [session, boards, taken, kept, *await _booking(streams, log, state.session_id)]
    organisation, seq = await streams.state(ORGANISATION)
    assert isinstance(organisation, Organisation)
    during = [each for each in written if scope.has(each.at_ms)]
    return Records(found, organisation, seq, [*events, *during])


async def _read(log: EventLog, stream: str) -> tuple[Chronicle, list[Recorded[Any]]]:
    events = await log.read(stream, 0)
    return await asyncio.to_thread(chronicle, stream, events), events


async def _booking(streams: Streams, log: EventLog, session_id: str) -> list[Chronicle]:
    """Who had asked for leave stands in the booking that the session began with."""
    for stream in await streams.names("booking:"):
        state, _ = await streams.state(stream)
        if isinstance(state, Booking) and state.session_id == session_id:
            return [(await _read(log, stream))[0]]
    return []
