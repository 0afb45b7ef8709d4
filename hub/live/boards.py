"""Edits of a board by those who may see its session."""

from __future__ import annotations

from hub.domain.board import stream_of
from hub.domain.event import Actor, Command
from hub.live.rights import check_board
from hub.live.streams import Streams


async def edit(streams: Streams, board_id: str, command: Command, by: Actor, op: str | None) -> int:
    """The number of the last event; what ``by`` may change is the board's own rule (B2, B3)."""
    stream = stream_of(board_id)
    await check_board(streams, stream, by)
    return await streams.execute(stream, command, by, op=op)
