"""Requests about items and tracks become commands of their workspace."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from hub.domain import item, track
from hub.domain.event import Command, Role
from hub.domain.reach import sees
from hub.errors import Refusal
from hub.live.boards import edit, in_session, units_of
from hub.live.rights import check_workspace
from signaling import incident_vocabulary as wire
from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.messages import Done, Nothing, Result


async def _edit(hub: Services, line: Line, request: Any, command: Command) -> Done:
    seq = await edit(hub.streams, request.stream, command, line.actor, request.op)
    return Done(stream=request.stream, seq=seq)


async def add(hub: Services, line: Line, request: wire.ItemAdd) -> Done:
    command = item.AddItem(
        board_id=request.board_id,
        item_id=request.item_id,
        fields=request.fields,
        units=await units_of(hub.streams, request.units),
        shared=request.shared,
        reach=request.reach,
        state=request.state,
        chain=request.chain,
        pinned=request.pinned,
        session_id=request.session_id,
    )
    command = await in_session(hub.streams, hub.clock, request.stream, command, line.actor)
    return await _edit(hub, line, request, command)


async def assign(hub: Services, line: Line, request: wire.ItemAssign) -> Done:
    units = await units_of(hub.streams, request.units)
    return await _edit(hub, line, request, item.AssignItem(item_id=request.item_id, units=units))


async def touch(hub: Services, line: Line, request: wire.ItemTouch) -> Nothing:
    """B15: reviewers look on unseen; what they open is nobody's business."""
    state = await check_workspace(hub.streams, request.stream, line.actor)
    if line.actor.role not in (Role.OFFICER, Role.SEAT):
        raise Refusal("forbidden")
    if request.item_id is not None:
        found = state.items.get(request.item_id)
        if found is None or not sees(state, found, line.actor):
            raise Refusal("board.unknown_item", item_id=request.item_id[:64])
    hub.touches.touch(request.stream, line.page, line.actor, request.item_id, editing=request.editing)
    return Nothing()


async def attach(hub: Services, line: Line, request: wire.ItemAttach) -> Done:
    """What the hub knows of the file counts, not what the page says of it (E4)."""
    await check_workspace(hub.streams, request.stream, line.actor)
    known = await hub.attachments.uploaded(request.attachment, line.actor)
    return await _edit(hub, line, request, item.Attach(item_id=request.item_id, attachment=known))


def _as(command: type[Command]) -> Callable[[Services, Line, Any], Awaitable[Result]]:
    """Requests whose fields are those of the command, and say besides on which stream."""
    names = command.__struct_fields__

    async def handle(hub: Services, line: Line, request: Any) -> Result:
        given = {name: getattr(request, name) for name in names}
        return await _edit(hub, line, request, command(**given))

    return handle


HANDLERS: dict[str, Callable[[Services, Line, Any], Awaitable[Result]]] = {
    "item.add": add,
    "item.edit": _as(item.EditItem),
    "item.move": _as(item.MoveItem),
    "item.state": _as(item.ChangeState),
    "item.void": _as(item.VoidItem),
    "item.pin": _as(item.PinItem),
    "item.wall": _as(item.PutOnWall),
    "item.share": _as(item.ShareItem),
    "item.assign": assign,
    "item.annotate": _as(item.Annotate),
    "item.attach": attach,
    "item.touch": touch,
    "track.move": _as(track.MoveTrack),
    "track.urge": _as(track.Urge),
    "track.phone": _as(track.NotePhoned),
    "track.extend": _as(track.AskExtension),
    "track.answer_extension": _as(track.AnswerExtension),
}
