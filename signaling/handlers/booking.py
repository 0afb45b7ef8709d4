"""Requests about planned meetings become their use-cases."""

from __future__ import annotations

from hub.domain.booking import (
    CancelBooking,
    ChangeBooking,
    Plan,
    PlanBooking,
    ReplyBooking,
    ReportLineTest,
    stream_of,
)
from hub.domain.event import Command
from hub.errors import Refusal
from hub.ids import is_id
from signaling.booking_vocabulary import (
    BookingCancel,
    BookingChange,
    BookingPlan,
    BookingReply,
    BookingStart,
    BookingTest,
    BookingWish,
)
from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.messages import Done
from signaling.vocabulary import Started


async def plan(hub: Services, line: Line, wish: BookingPlan) -> Done:
    if not is_id(wish.booking_id):
        raise Refusal("bad_request", field="booking_id")
    return await _do(
        hub, line, wish, PlanBooking(booking_id=wish.booking_id, plan=await _plan(hub, line, wish))
    )


async def change(hub: Services, line: Line, wish: BookingChange) -> Done:
    return await _do(hub, line, wish, ChangeBooking(plan=await _plan(hub, line, wish)))


async def cancel(hub: Services, line: Line, wish: BookingCancel) -> Done:
    return await _do(hub, line, wish, CancelBooking(reason=wish.reason))


async def reply(hub: Services, line: Line, wish: BookingReply) -> Done:
    own = line.actor.seat or ""
    return await _do(hub, line, wish, ReplyBooking(venue=own, reply=wish.reply, reason=wish.reason))


async def test(hub: Services, line: Line, wish: BookingTest) -> Done:
    return await _do(hub, line, wish, ReportLineTest(venue=line.actor.seat or "", passed=wish.passed))


async def start(hub: Services, line: Line, wish: BookingStart) -> Started:
    return Started(session_id=await hub.planner.begin(wish.booking_id, line.actor))


async def _plan(hub: Services, line: Line, wish: BookingPlan) -> Plan:
    return await hub.planner.plan_of(
        wish.title, wish.kind, wish.starts_ms, wish.minutes, wish.venues, wish.agenda, line.actor
    )


async def _do(hub: Services, line: Line, wish: BookingWish, command: Command) -> Done:
    seq = await hub.planner.do(wish.booking_id, command, line.actor, wish.op)
    return Done(stream=stream_of(wish.booking_id), seq=seq)
