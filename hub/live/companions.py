"""What every session has beside itself: its boards and its recording (rule R1)."""

from __future__ import annotations

from hub.domain import recording
from hub.domain.deadline import DEFAULT, Profile
from hub.domain.event import HUB, Actor
from hub.domain.kindparts import BoardKind
from hub.domain.kinds import KINDS
from hub.domain.recording import PauseRecording, Recording, StartRecording, StopRecording
from hub.domain.session import Session
from hub.domain.workspace import (
    CloseBoards,
    Header,
    LinkSession,
    Nature,
    NewBoard,
    OpenWorkspace,
    Workspace,
)
from hub.live.streams import Streams

SESSION_BOARDS = (
    BoardKind.SITUATION,
    BoardKind.INSTRUCTION,
    BoardKind.OPINION,
    BoardKind.TASK,
    BoardKind.KEYEVENT,
)
"""What a session without an incident has: what is written while people talk."""


async def open_companions(
    streams: Streams, session: Session, by: Actor, profile: Profile = DEFAULT, *, unrecorded: str = ""
) -> None:
    """Open what is not open yet; safe to do again after a crash half-way. ``unrecorded``: why its recording
    begins paused, if it does."""
    state, _ = await streams.state(session.boards)
    assert isinstance(state, Workspace)
    if session.incident_id is not None:
        link = LinkSession(session_id=session.session_id, title=session.title)
        await streams.execute(session.boards, link, HUB)
    elif not state.opened_ms:
        await streams.execute(session.boards, _workspace_of(session, profile), by, op="open")
    stream = recording.stream_of(session.recording_id)
    start = StartRecording(
        recording_id=session.recording_id, session_id=session.session_id, title=session.title
    )
    of_it, _ = await streams.state(stream)
    if isinstance(of_it, Recording) and not of_it.started_ms:
        await streams.execute(stream, start, HUB, op="start")
        if unrecorded:
            await streams.execute(stream, PauseRecording(reason=unrecorded), by, op="unrecorded")


def _workspace_of(session: Session, profile: Profile) -> OpenWorkspace:
    return OpenWorkspace(
        workspace_id=session.board_id,
        nature=Nature.SESSION,
        number="",
        header=Header(title=session.title),
        exercise=session.exercise,
        session_id=session.session_id,
        profile=profile,
        boards=[NewBoard(board_id=kind, kind=kind, title=KINDS[kind].zh) for kind in SESSION_BOARDS],
    )


async def close_companions(streams: Streams, session: Session) -> None:
    """Close what is still open. The boards come last: while they are open, the end is not complete."""
    stream = recording.stream_of(session.recording_id)
    of_it, _ = await streams.state(stream)
    if isinstance(of_it, Recording) and of_it.started_ms:
        await streams.execute(stream, StopRecording(), HUB)
    state, _ = await streams.state(session.boards)
    open_still = isinstance(state, Workspace) and state.opened_ms and state.closed_ms is None
    if session.incident_id is None and open_still:
        await streams.execute(session.boards, CloseBoards(), HUB)
