"""Requests about spot checks become their use-cases."""

from __future__ import annotations

from hub.domain.spotcheck import CloseSpotCheck, JudgeRow, StepPhone, stream_of
from hub.errors import Refusal
from hub.ids import is_id
from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.messages import Done
from signaling.spotcheck_vocabulary import (
    Called,
    SpotCheckAddPhone,
    SpotCheckCall,
    SpotCheckClose,
    SpotCheckJudge,
    SpotCheckPhone,
    SpotCheckStart,
)


async def start(hub: Services, line: Line, wish: SpotCheckStart) -> Done:
    if not is_id(wish.check_id):
        raise Refusal("bad_request", field="check_id")
    seq = await hub.checking.begin(
        wish.check_id, wish.title, wish.seats, wish.draw, wish.items, line.actor, wish.op
    )
    return Done(stream=stream_of(wish.check_id), seq=seq)


async def call(hub: Services, line: Line, wish: SpotCheckCall) -> Called:
    return Called(session_id=await hub.checking.call(wish.check_id, wish.number, line.actor, wish.op))


async def judge(hub: Services, line: Line, wish: SpotCheckJudge) -> Done:
    command = JudgeRow(
        number=wish.number,
        answers=wish.answers,
        verdict=wish.verdict,
        note=wish.note,
        problem=wish.problem,
    )
    return _done(wish.check_id, await hub.checking.do(wish.check_id, command, line.actor, wish.op))


async def add_phone(hub: Services, line: Line, wish: SpotCheckAddPhone) -> Done:
    return _done(wish.check_id, await hub.checking.add_phone(wish.check_id, wish.seat, line.actor, wish.op))


async def phone(hub: Services, line: Line, wish: SpotCheckPhone) -> Done:
    command = StepPhone(number=wish.number, step=wish.step, rings=wish.rings)
    return _done(wish.check_id, await hub.checking.do(wish.check_id, command, line.actor, wish.op))


async def close(hub: Services, line: Line, wish: SpotCheckClose) -> Done:
    return _done(wish.check_id, await hub.checking.do(wish.check_id, CloseSpotCheck(), line.actor, wish.op))


def _done(check_id: str, seq: int) -> Done:
    return Done(stream=stream_of(check_id), seq=seq)
