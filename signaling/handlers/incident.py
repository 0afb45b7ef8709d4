"""Requests about incidents become their use-cases."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from hub.domain import workspace
from hub.domain.event import Command
from hub.domain.mark import MarkUnit, RetractMark
from hub.live.boards import edit, units_of
from signaling import incident_vocabulary as wire
from signaling.connection import Line
from signaling.handlers.services import Services
from signaling.messages import Done, Result


async def _edit(hub: Services, line: Line, request: Any, command: Command) -> Done:
    seq = await edit(hub.streams, request.stream, command, line.actor, request.op)
    return Done(stream=request.stream, seq=seq)


async def open_incident(hub: Services, line: Line, request: wire.IncidentOpen) -> wire.Opened:
    incident_id = await hub.incidents.open(request, line.actor)
    return wire.Opened(incident_id=incident_id, stream=workspace.stream_of(incident_id))


async def change(hub: Services, line: Line, request: wire.IncidentEdit) -> Done:
    command = workspace.EditHeader(base_version=request.base_version, changes=request.changes)
    return await _edit(hub, line, request, command)


async def level(hub: Services, line: Line, request: wire.IncidentLevel) -> Done:
    command = workspace.ChangeLevel(level=request.level, response=request.response, reason=request.reason)
    return await _edit(hub, line, request, command)


async def status(hub: Services, line: Line, request: wire.IncidentStatus) -> Done:
    command = workspace.ChangeStatus(status=request.status, reason=request.reason)
    return await _edit(hub, line, request, command)


async def casualties(hub: Services, line: Line, request: wire.IncidentCasualties) -> Done:
    return await _edit(hub, line, request, workspace.RecordCasualties(entry=request.entry))


async def add_units(hub: Services, line: Line, request: wire.IncidentUnits) -> Done:
    units = await units_of(hub.streams, request.units)
    return await _edit(hub, line, request, workspace.AddUnits(units=units))


async def remove_unit(hub: Services, line: Line, request: wire.IncidentRemoveUnit) -> Done:
    done = await _edit(hub, line, request, workspace.RemoveUnit(seat=request.seat))
    hub.delivery.expel(request.seat, [request.stream])
    return done


async def open_board(hub: Services, line: Line, request: wire.IncidentBoard) -> Done:
    return await _edit(hub, line, request, hub.incidents.new_board(request.kind, request.title))


async def note(hub: Services, line: Line, request: wire.IncidentNote) -> Done:
    command = workspace.NoteEntry(when_ms=request.when_ms, text=request.text)
    return await _edit(hub, line, request, command)


async def mark(hub: Services, line: Line, request: wire.IncidentMark) -> Done:
    (unit,) = await units_of(hub.streams, [request.seat])
    command = MarkUnit(mark_id=request.mark_id, unit=unit, mark=request.mark, reason=request.reason)
    return await _edit(hub, line, request, command)


async def retract_mark(hub: Services, line: Line, request: wire.IncidentRetractMark) -> Done:
    command = RetractMark(mark_id=request.mark_id, reason=request.reason)
    return await _edit(hub, line, request, command)


HANDLERS: dict[str, Callable[[Services, Line, Any], Awaitable[Result]]] = {
    "incident.open": open_incident,
    "incident.edit": change,
    "incident.level": level,
    "incident.status": status,
    "incident.casualties": casualties,
    "incident.units": add_units,
    "incident.remove_unit": remove_unit,
    "incident.board": open_board,
    "incident.note": note,
    "incident.mark": mark,
    "incident.retract_mark": retract_mark,
}
