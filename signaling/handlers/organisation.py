"""What is asked of the organisation: each message becomes one of its commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from hub.domain import groups, organisation
from hub.domain.event import Command
from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.messages import Done, Result, Wish

COMMANDS: dict[str, Callable[[Any], Command]] = {
    "organisation.edit_seat": lambda wish: organisation.EditSeat(
        seat_id=wish.seat_id, phone=wish.phone, contacts=wish.contacts, backup_of=wish.backup_of
    ),
    "organisation.set_group": lambda wish: groups.SetGroup(group=wish.group),
    "organisation.remove_group": lambda wish: groups.RemoveGroup(group_id=wish.group_id),
    "organisation.set_template": lambda wish: groups.SetTemplate(template=wish.template),
    "organisation.remove_template": lambda wish: groups.RemoveTemplate(template_id=wish.template_id),
}


def _handler(make: Callable[[Any], Command]) -> Callable[[Services, Line, Any], Awaitable[Result]]:
    async def handle(hub: Services, line: Line, request: Wish) -> Done:
        seq = await hub.streams.execute(organisation.STREAM, make(request), line.actor, op=request.op)
        return Done(stream=organisation.STREAM, seq=seq)

    return handle


HANDLERS = {name: _handler(make) for name, make in COMMANDS.items()}
