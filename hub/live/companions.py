"""What every session has beside itself: its situation board and its recording (rule R1)."""

from __future__ import annotations

from hub.domain import board, recording
from hub.domain.board import Board, BoardKind, CloseBoard, OpenBoard
from hub.domain.event import HUB, Actor
from hub.domain.recording import Recording, StartRecording, StopRecording
from hub.domain.session import Session
from hub.live.streams import Streams

BOARD_TITLE = "态势研判板"


async def open_companions(streams: Streams, session: Session, by: Actor) -> None:
    """Open what is not open yet; safe to do again after a crash half-way."""
    stream = board.stream_of(session.board_id)
    open_board = OpenBoard(
        board_id=session.board_id,
        kind=BoardKind.SITUATION,
        title=BOARD_TITLE,
        session_id=session.session_id,
    )
    state, _ = await streams.state(stream)
    if isinstance(state, Board) and not state.opened_ms:
        await streams.execute(stream, open_board, by, op="open")
    stream = recording.stream_of(session.recording_id)
    start = StartRecording(
        recording_id=session.recording_id, session_id=session.session_id, title=session.title
    )
    of_it, _ = await streams.state(stream)
    if isinstance(of_it, Recording) and not of_it.started_ms:
        await streams.execute(stream, start, HUB, op="start")


async def close_companions(streams: Streams, session: Session) -> None:
    """Close what is still open. The board comes last: while it is open, the end is not complete."""
    stream = recording.stream_of(session.recording_id)
    of_it, _ = await streams.state(stream)
    if isinstance(of_it, Recording) and of_it.started_ms:
        await streams.execute(stream, StopRecording(), HUB)
    stream = board.stream_of(session.board_id)
    state, _ = await streams.state(stream)
    if isinstance(state, Board) and state.opened_ms and state.closed_ms is None:
        await streams.execute(stream, CloseBoard(), HUB)
