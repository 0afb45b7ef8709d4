"""Requests about plans become commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from hub.domain.plan import SetPlan, WithdrawPlan, stream_of
from signaling import plan_vocabulary as wire
from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.messages import Done, Result


async def put(hub: Services, line: Line, request: wire.PlanSet) -> Done:
    command = SetPlan(plan_id=request.plan_id, base_version=request.base_version, content=request.content)
    seq = await hub.plans.put(command, line.actor, request.op)
    return Done(stream=stream_of(request.plan_id), seq=seq)


async def withdraw(hub: Services, line: Line, request: wire.PlanWithdraw) -> Done:
    stream = stream_of(request.plan_id)
    seq = await hub.streams.execute(stream, WithdrawPlan(reason=request.reason), line.actor, op=request.op)
    return Done(stream=stream, seq=seq)


HANDLERS: dict[str, Callable[[Services, Line, Any], Awaitable[Result]]] = {
    "plan.set": put,
    "plan.withdraw": withdraw,
}
