"""Requests about the duty of an office become commands on its stream, whoever's office it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from hub.domain import duty
from hub.domain.event import Command
from hub.ids import new_id
from signaling import duty_vocabulary as wire
from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.messages import Done, Result

_MADE: dict[type, Callable[[Any], Command]] = {
    wire.DutyWrite: lambda wish: duty.WriteEntry(
        entry_id=wish.entry_id, kind=wish.kind, text=wish.text, at_ms=wish.at_ms, call=wish.call
    ),
    wire.DutyCorrect: lambda wish: duty.CorrectEntry(
        entry_id=wish.entry_id, text=wish.text, reason=wish.reason, call=wish.call
    ),
    wire.DutyVoid: lambda wish: duty.VoidEntry(entry_id=wish.entry_id, reason=wish.reason),
    wire.DutyLink: lambda wish: duty.LinkReport(entry_id=wish.entry_id, report=wish.report),
    wire.DutySignIn: lambda wish: duty.SignIn(watch_id=new_id("w"), person=wish.person, crew=wish.crew),
    wire.DutyTake: lambda wish: duty.TakePost(
        watch_id=new_id("w"), person=wish.person, reason=wish.reason, crew=wish.crew
    ),
    wire.DutyCollect: lambda wish: duty.CollectSheet(items=[]),
    wire.DutyNote: lambda wish: duty.NoteItems(keys=wish.keys, text=wish.text),
    wire.DutyGive: lambda wish: duty.GiveHandover(person=wish.person, items=[]),
    wire.DutyWithdraw: lambda wish: duty.WithdrawHandover(),
    wire.DutySign: lambda wish: duty.SignHandover(
        watch_id=new_id("w"), person=wish.person, remark=wish.remark, crew=wish.crew
    ),
    wire.DutyPlan: lambda wish: duty.PlanShifts(shifts=wish.shifts, replace=wish.replace),
    wire.DutyChangeCrew: lambda wish: duty.ChangeCrew(
        shift_id=wish.shift_id, crew=wish.crew, reason=wish.reason
    ),
    wire.DutySwap: lambda wish: duty.SwapShifts(
        shift_id=wish.shift_id, with_id=wish.with_id, reason=wish.reason
    ),
    wire.DutyRemove: lambda wish: duty.RemoveShift(shift_id=wish.shift_id, reason=wish.reason),
}
"""Message and command; what the hub alone knows (what is open, who else there is) it adds itself."""


async def do(hub: Services, line: Line, wish: Any) -> Done:
    stream, seq = await hub.duties.do(_MADE[type(wish)](wish), line.actor, wish.op)
    return Done(stream=stream, seq=seq)


NAMES: dict[str, type] = {
    "duty.write": wire.DutyWrite,
    "duty.correct": wire.DutyCorrect,
    "duty.void": wire.DutyVoid,
    "duty.link": wire.DutyLink,
    "duty.sign_in": wire.DutySignIn,
    "duty.take": wire.DutyTake,
    "duty.collect": wire.DutyCollect,
    "duty.note": wire.DutyNote,
    "duty.give": wire.DutyGive,
    "duty.withdraw": wire.DutyWithdraw,
    "duty.sign": wire.DutySign,
    "duty.plan": wire.DutyPlan,
    "duty.change_crew": wire.DutyChangeCrew,
    "duty.swap": wire.DutySwap,
    "duty.remove": wire.DutyRemove,
}
HANDLERS: dict[str, Callable[[Services, Line, Any], Awaitable[Result]]] = dict.fromkeys(NAMES, do)
