"""Requests about systems outside become their use-cases."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from hub.domain.hook import SetHook, stream_of
from signaling import hook_vocabulary as wire
from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.messages import Done, Result


async def put(hub: Services, line: Line, request: wire.HookPut) -> wire.HookSecret:
    command = SetHook(
        hook_id=request.hook_id,
        name=request.name,
        url=request.url,
        types=request.types,
        exercises=request.exercises,
        enabled=request.enabled,
    )
    return await hub.hooks.put(command, line.actor, request.op)


async def remove(hub: Services, line: Line, request: wire.HookRemove) -> Done:
    seq = await hub.hooks.remove(request.hook_id, line.actor, request.op)
    return Done(stream=stream_of(request.hook_id), seq=seq)


async def test(hub: Services, line: Line, request: wire.HookTest) -> Done:
    seq = await hub.hooks.test(request.hook_id, line.actor, request.op)
    return Done(stream=stream_of(request.hook_id), seq=seq)


HANDLERS: dict[str, Callable[[Services, Line, Any], Awaitable[Result]]] = {
    "hook.put": put,
    "hook.remove": remove,
    "hook.test": test,
}
