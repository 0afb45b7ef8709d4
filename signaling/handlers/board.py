"""Requests about a board become its commands."""

from __future__ import annotations

from hub.domain.board import AddItem, EditItem, MoveItem, VoidItem, stream_of
from hub.domain.event import Command
from hub.live.boards import edit as edit_board
from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.messages import Done
from signaling.vocabulary import BoardAdd, BoardEdit, BoardMove, BoardVoid


async def _edit(hub: Services, line: Line, board_id: str, command: Command, op: str) -> Done:
    seq = await edit_board(hub.streams, board_id, command, line.actor, op)
    return Done(stream=stream_of(board_id), seq=seq)


async def add(hub: Services, line: Line, request: BoardAdd) -> Done:
    command = AddItem(
        item_id=request.item_id,
        text=request.text,
        category=request.category,
        credibility=request.credibility,
        place=request.place,
        source=request.source,
    )
    return await _edit(hub, line, request.board_id, command, request.op)


async def edit(hub: Services, line: Line, request: BoardEdit) -> Done:
    command = EditItem(item_id=request.item_id, base_version=request.base_version, changes=request.changes)
    return await _edit(hub, line, request.board_id, command, request.op)


async def move(hub: Services, line: Line, request: BoardMove) -> Done:
    command = MoveItem(item_id=request.item_id, after=request.after)
    return await _edit(hub, line, request.board_id, command, request.op)


async def void(hub: Services, line: Line, request: BoardVoid) -> Done:
    command = VoidItem(item_id=request.item_id, reason=request.reason)
    return await _edit(hub, line, request.board_id, command, request.op)
