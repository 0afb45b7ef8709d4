"""The line itself: the clock, and what a page follows."""

from __future__ import annotations

from hub.live.rights import check_follow
from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.messages import Nothing
from signaling.vocabulary import Follow, Ping, Pong, Unfollow


async def ping(hub: Services, line: Line, request: Ping) -> Pong:
    return Pong(hub_ms=hub.clock.wall_ms())


async def follow(hub: Services, line: Line, request: Follow) -> Nothing:
    await check_follow(hub.streams, request.stream, line.actor)
    await hub.delivery.follow(line, request.stream, request.since)
    return Nothing()


async def unfollow(hub: Services, line: Line, request: Unfollow) -> Nothing:
    hub.delivery.unfollow(line, request.stream)
    return Nothing()
