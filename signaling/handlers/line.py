"""The line itself: the clock, and what a page follows."""

from __future__ import annotations

from hub.domain.event import Role
from hub.errors import Refusal
from hub.live.rights import check_follow
from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.messages import Nothing
from signaling.vocabulary import Follow, Ping, Pong, Unfollow


async def ping(hub: Services, line: Line, request: Ping) -> Pong:
    return Pong(hub_ms=hub.clock.wall_ms())


async def follow(hub: Services, line: Line, request: Follow) -> Nothing:
    if line.actor.role is Role.WALL:
        return await _follow_on_wall(hub, line, request)
    await check_follow(hub.streams, request.stream, line.actor)
    await hub.delivery.follow(line, request.stream, request.since)
    return Nothing()


async def _follow_on_wall(hub: Services, line: Line, request: Follow) -> Nothing:
    """W3: the board of what is on it; it may be taken off while the board is read."""

    def check() -> None:
        if not hub.walls.shows_boards(line.actor, request.stream):
            hub.delivery.unfollow(line, request.stream)
            raise Refusal("forbidden")

    check()
    await hub.streams.state(request.stream)  # from the disk, so that what follows waits for nothing
    check()
    await hub.delivery.follow(line, request.stream, request.since)
    return Nothing()


async def unfollow(hub: Services, line: Line, request: Unfollow) -> Nothing:
    hub.delivery.unfollow(line, request.stream)
    hub.touches.leave(line.page, request.stream)
    return Nothing()
