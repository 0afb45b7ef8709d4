"""Requests about guests and walls, from those who have an account."""

from __future__ import annotations

from hub.domain.session import stream_of
from hub.domain.wall import stream_of as wall_stream
from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.messages import Done
from signaling.outside_vocabulary import (
    GuestCode,
    GuestInvite,
    GuestWithdraw,
    WallAdd,
    WallClear,
    WallRevoke,
    WallShow,
    WallToken,
)


async def invite(hub: Services, line: Line, request: GuestInvite) -> GuestCode:
    return await hub.guests.invite(
        request.session_id, request.label, request.place, request.minutes, line.actor, request.op
    )


async def withdraw(hub: Services, line: Line, request: GuestWithdraw) -> Done:
    seq = await hub.guests.withdraw(request.session_id, request.invitation_id, line.actor, request.op)
    return Done(stream=stream_of(request.session_id), seq=seq)


async def add_wall(hub: Services, line: Line, request: WallAdd) -> WallToken:
    return await hub.walls.add(request.name, line.actor, request.op)


async def revoke_wall(hub: Services, line: Line, request: WallRevoke) -> Done:
    seq = await hub.walls.revoke(request.wall_id, line.actor, request.op)
    return Done(stream=wall_stream(request.wall_id), seq=seq)


async def show_on_wall(hub: Services, line: Line, request: WallShow) -> Done:
    seq = await hub.walls.show(request.wall_id, request.session_id, line.actor, request.op)
    return Done(stream=wall_stream(request.wall_id), seq=seq)


async def clear_wall(hub: Services, line: Line, request: WallClear) -> Done:
    seq = await hub.walls.clear(request.wall_id, line.actor, request.op)
    return Done(stream=wall_stream(request.wall_id), seq=seq)
