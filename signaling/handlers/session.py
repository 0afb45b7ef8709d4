"""Requests about a session become its use-cases."""

from __future__ import annotations

from hub.domain.recording_rules import REASON_MAX
from hub.domain.session import stream_of
from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.messages import Done
from signaling.vocabulary import (
    SessionAnswer,
    SessionCall,
    SessionDecline,
    SessionDevices,
    SessionEnd,
    SessionHangUp,
    SessionJoin,
    SessionLeave,
    SessionMark,
    SessionMute,
    SessionMuteAll,
    SessionPresent,
    SessionStart,
    SessionUnpresent,
    Started,
)


def _done(session_id: str, seq: int) -> Done:
    return Done(stream=stream_of(session_id), seq=seq)


async def start(hub: Services, line: Line, request: SessionStart) -> Started:
    session_id = await hub.sessions.open(
        request.title,
        request.kind,
        request.venues,
        line.actor,
        exercise=request.exercise,
        template_id=request.template_id,
        incident_id=request.incident_id,
        without=request.without,
        unrecorded=request.unrecorded.strip()[:REASON_MAX],
        op=request.op,
    )
    return Started(session_id=session_id)


async def call(hub: Services, line: Line, request: SessionCall) -> Done:
    seq = await hub.sessions.call(request.session_id, request.venues, line.actor, request.op)
    return _done(request.session_id, seq)


async def answer(hub: Services, line: Line, request: SessionAnswer) -> Done:
    seq = await hub.sessions.answer(request.session_id, line.actor, line.page, request.op)
    return _done(request.session_id, seq)


async def decline(hub: Services, line: Line, request: SessionDecline) -> Done:
    return _done(request.session_id, await hub.sessions.decline(request.session_id, line.actor, request.op))


async def join(hub: Services, line: Line, request: SessionJoin) -> Done:
    seq = await hub.sessions.join(request.session_id, line.actor, line.page, request.op)
    return _done(request.session_id, seq)


async def leave(hub: Services, line: Line, request: SessionLeave) -> Done:
    return _done(request.session_id, await hub.sessions.leave(request.session_id, line.actor, request.op))


async def hang_up(hub: Services, line: Line, request: SessionHangUp) -> Done:
    seq = await hub.sessions.hang_up(request.session_id, request.venue, line.actor, request.op)
    return _done(request.session_id, seq)


async def devices(hub: Services, line: Line, request: SessionDevices) -> Done:
    seq = await hub.sessions.set_devices(
        request.session_id, request.microphone, request.camera, line.actor, request.op
    )
    return _done(request.session_id, seq)


async def mute(hub: Services, line: Line, request: SessionMute) -> Done:
    seq = await hub.sessions.mute(request.session_id, request.venue, request.muted, line.actor, request.op)
    return _done(request.session_id, seq)


async def mute_all(hub: Services, line: Line, request: SessionMuteAll) -> Done:
    seq = await hub.sessions.mute_all(
        request.session_id, request.muted, request.self_unmute, line.actor, request.op
    )
    return _done(request.session_id, seq)


async def present(hub: Services, line: Line, request: SessionPresent) -> Done:
    return _done(request.session_id, await hub.sessions.present(request.session_id, line.actor, request.op))


async def unpresent(hub: Services, line: Line, request: SessionUnpresent) -> Done:
    return _done(request.session_id, await hub.sessions.unpresent(request.session_id, line.actor, request.op))


async def mark(hub: Services, line: Line, request: SessionMark) -> Done:
    seq = await hub.sessions.mark(request.session_id, request.kind, request.label, line.actor, request.op)
    return _done(request.session_id, seq)


async def end(hub: Services, line: Line, request: SessionEnd) -> Done:
    seq = await hub.sessions.end(request.session_id, request.reason, line.actor, request.op)
    return _done(request.session_id, seq)
