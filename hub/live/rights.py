"""Which streams somebody may see: every door that hands out events asks here."""

from __future__ import annotations

from collections.abc import Collection

from hub.domain import organisation
from hub.domain.booking import Booking
from hub.domain.event import OUTSIDE, Actor, Role
from hub.domain.paper import Paper
from hub.domain.paper import stream_of as paper_stream
from hub.domain.paper_seal import sees as sees_paper
from hub.domain.permissions import may_follow_session, may_keep
from hub.domain.reach import may_follow
from hub.domain.recording import Recording
from hub.domain.recording import stream_of as recording_stream
from hub.domain.session import Session, stream_of
from hub.domain.spotcheck import SpotCheck
from hub.domain.spotcheck import stream_of as spotcheck_stream
from hub.domain.workspace import Nature, Workspace
from hub.errors import Refusal
from hub.live.streams import Streams


async def session_of(streams: Streams, session_id: str) -> Session:
    """Refuses with ``session.unknown``."""
    state, _ = await streams.state(stream_of(session_id))
    if not isinstance(state, Session) or not state.started_ms:
        raise Refusal("session.unknown")
    return state


async def organisation_of(streams: Streams) -> organisation.Organisation:
    state, _ = await streams.state(organisation.STREAM)
    assert isinstance(state, organisation.Organisation)
    return state


async def check_venues(streams: Streams, session_id: str, venues: Collection[str]) -> None:
    """Refuses with ``session.unknown_venue`` what is no venue of the session."""
    known = (await session_of(streams, session_id)).venues
    unknown = [venue for venue in venues if venue not in known]
    if unknown:
        raise Refusal("session.unknown_venue", venues=unknown[:20])


async def check_session(streams: Streams, session_id: str, by: Actor) -> Session:
    """P5: refuses with ``session.unknown`` or ``session.foreign``."""
    session = await session_of(streams, session_id)
    if not may_follow_session(by, session):
        raise Refusal("session.foreign")
    return session


async def check_workspace(streams: Streams, stream: str, by: Actor) -> Workspace:
    """P15: a session's boards are for those who may see it, an incident's for the units that take part.

    What ``by`` sees of them is up to the delivery (T8). Refuses with ``incident.unknown``, also where ``by``
    is not to know of it.
    """
    state, _ = await streams.state(stream)
    if not isinstance(state, Workspace) or not state.opened_ms:
        raise Refusal("incident.unknown")
    if state.nature is Nature.SESSION:
        await check_session(streams, state.session_id, by)
    elif not may_follow(state, by):
        raise Refusal("incident.unknown")
    return state


async def check_spotcheck(streams: Streams, check_id: str, by: Actor) -> SpotCheck:
    """K1: for officers; to everybody else it is as if there were none (``spotcheck.unknown``)."""
    if by.role not in (Role.OFFICER, Role.HUB):
        raise Refusal("spotcheck.unknown")
    state, _ = await streams.state(spotcheck_stream(check_id))
    if not isinstance(state, SpotCheck) or not state.started_ms:
        raise Refusal("spotcheck.unknown")
    return state


async def check_paper(streams: Streams, paper_id: str, by: Actor) -> Paper:
    """N1: refuses with ``paper.unknown``, also where ``by`` is not to know of it."""
    state, _ = await streams.state(paper_stream(paper_id))
    if not isinstance(state, Paper) or not sees_paper(state, by):
        raise Refusal("paper.unknown")
    return state


async def session_of_recording(streams: Streams, recording_id: str) -> Session:
    """Refuses with ``recording.unknown``."""
    taken, _ = await streams.state(recording_stream(recording_id))
    if not isinstance(taken, Recording) or not taken.started_ms:
        raise Refusal("recording.unknown")
    of, _ = await streams.state(stream_of(taken.session_id))
    assert isinstance(of, Session)
    return of


async def check_keeping(streams: Streams, recording_id: str, by: Actor) -> Session:
    """P16: the session of the recording; refuses with ``recording.unknown`` and ``forbidden``."""
    of = await session_of_recording(streams, recording_id)
    if not may_keep(by, of):
        raise Refusal("forbidden")
    return of


# --- duty ---------------------------------------------------------------------------------------


def seats_of_duty(state: organisation.Organisation, seat: str) -> list[str]:
    """The seats whose people have one post: an office's own, and those of its backups."""
    return [seat, *(each.seat_id for each in state.seats.values() if each.backup_of == seat)]


async def duty_seat_of(streams: Streams, by: Actor) -> str:
    """L1: whose log ``by`` reads and writes. Officers at a backup's seat share the office's own.

    Refuses with ``forbidden`` who is on duty nowhere.
    """
    seat = (await organisation_of(streams)).seats.get(by.seat or "")
    if by.role not in organisation.SEATED or seat is None:
        raise Refusal("forbidden")
    shared = by.role is Role.OFFICER and seat.backup_of is not None
    return seat.backup_of if shared and seat.backup_of is not None else seat.seat_id


async def check_duty(streams: Streams, seat: str, by: Actor) -> None:
    """L1: a log is its own office's. Refuses with ``duty.foreign``."""
    if by.role is not Role.HUB and await duty_seat_of(streams, by) != seat:
        raise Refusal("duty.foreign")


async def check_follow(streams: Streams, stream: str, by: Actor) -> None:
    """Refuses unless ``by`` may see everything in ``stream``, now and later.

    A wall follows the board of what it shows, no longer than that: ``hub.live.walls`` knows.
    """
    if by.role in OUTSIDE:
        raise Refusal("forbidden")
    if stream == organisation.STREAM:
        return  # seats are no secret in the house; who sees accounts is up to the delivery
    noun, _, key = stream.partition(":")
    match noun:
        case "session":
            await check_session(streams, key, by)
        case "board" | "incident":
            await check_workspace(streams, stream, by)
        case "recording":
            state, _ = await streams.state(stream)
            if not isinstance(state, Recording) or not state.started_ms:
                raise Refusal("recording.unknown")
            await check_session(streams, state.session_id, by)
        case "keeping":
            await check_keeping(streams, key, by)
        case "spotcheck":
            await check_spotcheck(streams, key, by)
        case "duty":
            await check_duty(streams, key, by)
        case "booking":  # G2: a seat gets its own part of it with the list
            state, _ = await streams.state(stream)
            if by.role is not Role.OFFICER or not isinstance(state, Booking) or not state.planned_ms:
                raise Refusal("booking.unknown")
        case "paper":  # N1: everybody else reads what is issued, and does not see it being written
            if by.role is not Role.OFFICER:
                raise Refusal("paper.unknown")
            await check_paper(streams, key, by)
        case _:
            raise Refusal("not_found")
