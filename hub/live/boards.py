"""Edits of boards by those who may see them, with the second of the recording in which they were made."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from hub.clock import Clock
from hub.domain.event import Actor, Command, Role
from hub.domain.item import AddItem, ChangeState
from hub.domain.organisation import Organisation
from hub.domain.reach import sees
from hub.domain.recording import Recording
from hub.domain.recording import stream_of as recording_stream
from hub.domain.track import AskExtension, MoveTrack, Unit
from hub.domain.workspace import AddUnits, Nature, Workspace, stream_of
from hub.errors import Refusal
from hub.live.rights import check_session, check_workspace, organisation_of
from hub.live.streams import Streams


async def edit(streams: Streams, stream: str, command: Command, by: Actor, op: str | None) -> int:
    """The number of the last event; what ``by`` may change is the workspace's own rule."""
    if not await _answers(streams, stream, command, by):
        await check_workspace(streams, stream, by)
    return await streams.execute(stream, command, by, op=op)


_ANSWERS = (MoveTrack, AskExtension, ChangeState)


async def _answers(streams: Streams, stream: str, command: Command, by: Actor) -> bool:
    """Who is asked for something in a session that it is not called into answers that, and no more."""
    if by.role is not Role.SEAT or not isinstance(command, _ANSWERS):
        return False
    state, _ = await streams.state(stream)
    if not isinstance(state, Workspace) or state.nature is not Nature.SESSION:
        return False
    item = state.items.get(command.item_id)
    return item is not None and by.seat in item.tracks and sees(state, item, by)


async def in_session(streams: Streams, clock: Clock, stream: str, wish: AddItem, by: Actor) -> AddItem:
    """The same with ``media_ms``, where it is written during a session on these boards."""
    if wish.session_id is None:
        return wish
    session = await check_session(streams, wish.session_id, by)
    if session.boards != stream:
        raise Refusal("session.foreign")
    recorded, _ = await streams.state(recording_stream(session.recording_id))
    assert isinstance(recorded, Recording)
    started = bool(recorded.started_ms) and session.running
    return replace(wish, media_ms=clock.wall_ms() - recorded.started_ms if started else None)


async def units_of(streams: Streams, seats: Collection[str]) -> list[Unit]:
    """Seats as units, their names as they are now; refuses with ``session.unknown_venue``."""
    organisation = await organisation_of(streams)
    unknown = [seat for seat in seats if seat not in organisation.seats]
    if unknown:
        raise Refusal("session.unknown_venue", venues=unknown[:20])
    return [unit_of(organisation, seat) for seat in dict.fromkeys(seats)]


def unit_of(organisation: Organisation, seat_id: str) -> Unit:
    seat = organisation.seats[seat_id]
    return Unit(seat=seat_id, name=seat.name, short_name=seat.short_name, level=seat.level)


async def check_apart(streams: Streams, incident_id: str, exercise: bool, by: Actor) -> Workspace:
    """I9: a session on this incident is an exercise when the incident is one, and only then."""
    incident = await check_workspace(streams, stream_of(incident_id), by)
    if exercise and not incident.exercise:
        raise Refusal("incident.no_exercise")
    return incident


async def take_part(streams: Streams, incident_id: str, seats: Collection[str], by: Actor) -> None:
    """I4: who is called into a session on an incident takes part in it from then on."""
    stream = stream_of(incident_id)
    incident = await check_workspace(streams, stream, by)
    if incident.closed_ms is not None:
        raise Refusal("incident.closed")
    if all(seat in incident.units for seat in seats):
        return
    await streams.execute(stream, AddUnits(units=await units_of(streams, seats)), by)
