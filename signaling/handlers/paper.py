"""Requests about the office's papers become their use-cases."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from hub.domain.event import Command
from hub.domain.paper import ApprovePaper, EditPaper, ReturnPaper, SubmitPaper, stream_of
from hub.errors import Refusal
from hub.ids import is_id
from signaling import paper_vocabulary as wire
from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.messages import Done, Result


async def draft(hub: Services, line: Line, wish: wire.PaperDraft) -> Done:
    if not is_id(wish.paper_id):
        raise Refusal("bad_request", field="paper_id")
    return _done(wish, await hub.press.draft(wish, line.actor))


async def edit(hub: Services, line: Line, wish: wire.PaperEdit) -> Done:
    command = EditPaper(
        base_version=wish.base_version, title=wish.title, sections=wish.sections, order=wish.order
    )
    return await _do(hub, line, wish, command)


async def submit(hub: Services, line: Line, wish: wire.PaperSubmit) -> Done:
    return await _do(hub, line, wish, SubmitPaper())


async def approve(hub: Services, line: Line, wish: wire.PaperApprove) -> Done:
    return await _do(hub, line, wish, ApprovePaper())


async def give_back(hub: Services, line: Line, wish: wire.PaperReturn) -> Done:
    return await _do(hub, line, wish, ReturnPaper(reason=wish.reason))


async def issue(hub: Services, line: Line, wish: wire.PaperIssue) -> Done:
    return _done(wish, await hub.press.issue(wish.paper_id, line.actor, alone=wish.alone, op=wish.op))


async def push(hub: Services, line: Line, wish: wire.PaperPush) -> Done:
    return _done(wish, await hub.press.push(wish.paper_id, wish.seats, line.actor, wish.op))


async def read(hub: Services, line: Line, wish: wire.PaperReadWish) -> wire.PaperShown:
    return wire.PaperShown(paper=await hub.press.read(wish.paper_id, line.actor, wish.op))


async def _do(hub: Services, line: Line, wish: wire.PaperWish, command: Command) -> Done:
    return _done(wish, await hub.press.do(wish.paper_id, command, line.actor, wish.op))


def _done(wish: wire.PaperWish, seq: int) -> Done:
    return Done(stream=stream_of(wish.paper_id), seq=seq)


HANDLERS: dict[str, Callable[[Services, Line, Any], Awaitable[Result]]] = {
    "paper.draft": draft,
    "paper.edit": edit,
    "paper.submit": submit,
    "paper.approve": approve,
    "paper.return": give_back,
    "paper.issue": issue,
    "paper.push": push,
    "paper.read": read,
}
