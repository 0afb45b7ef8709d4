"""What of a stream somebody is shown who may follow it (rules P7 and P12)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from hub.domain.conduct import CallEscalated, Contact, PhoneCallNoted
from hub.domain.event import Actor, Event, Recorded, Role
from hub.domain.guest import GuestInvited
from hub.domain.organisation import (
    AccountAdded,
    AccountDisabled,
    Organisation,
    Seat,
    SeatAdded,
    SeatEdited,
)
from hub.domain.session import Session, Venue

_WITH_CONTACTS = (Role.OFFICER, Role.REVIEWER, Role.HUB)
_NOBODY = Contact(name="")


def sees_contacts(by: Actor) -> bool:
    """P12: whom an office has called besides, and under which number, is for the duty office."""
    return by.role in _WITH_CONTACTS


# --- the organisation ---------------------------------------------------------------------------


def organisation_for(state: Organisation, role: Role) -> Organisation:
    """The administrator sees all; officers all but the accounts; everybody else the seats alone."""
    if role in (Role.ADMIN, Role.HUB):
        return state
    if role is Role.OFFICER:
        return replace(state, accounts={})
    return Organisation(seats={key: _public_seat(seat) for key, seat in state.seats.items()})


def concerns(role: Role, event: Event) -> bool:
    """Whether what ``role`` is shown of the organisation has changed with ``event``."""
    if isinstance(event, AccountAdded | AccountDisabled):
        return role in (Role.ADMIN, Role.HUB)
    return isinstance(event, SeatAdded | SeatEdited) or role in (Role.ADMIN, Role.HUB, Role.OFFICER)


def _public_seat(seat: Seat) -> Seat:
    return replace(seat, contacts=[]) if seat.contacts else seat


# --- a session ----------------------------------------------------------------------------------


def is_private(event: Event) -> bool:
    """Whether ``event`` tells of contacts and their numbers, or of a code for the field."""
    return isinstance(event, CallEscalated | PhoneCallNoted | GuestInvited)


def events_for_venues(events: Iterable[Recorded[Any]]) -> list[Recorded[Any]]:
    """The same events, in the same places, without names and numbers of contacts."""
    return [
        replace(recorded, event=_public_event(recorded.event)) if is_private(recorded.event) else recorded
        for recorded in events
    ]


def _public_event(event: Event) -> Event:
    if isinstance(event, CallEscalated):
        return replace(event, contact=_NOBODY)
    if isinstance(event, GuestInvited):
        return replace(event, code_hash="")
    assert isinstance(event, PhoneCallNoted)
    return replace(event, name="", phone="", note="")


def session_for_venues(state: Session) -> Session:
    """What ``events_for_venues`` fold to."""
    venues = {key: _public_venue(venue) for key, venue in state.venues.items()}
    codes = {key: replace(one, code_hash="") for key, one in state.invitations.items()}
    return replace(state, venues=venues, invitations=codes)


def _public_venue(venue: Venue) -> Venue:
    if not venue.contacts and not venue.phone_calls:
        return venue
    calls = [replace(call, name="", phone="", note="") for call in venue.phone_calls]
    return replace(venue, contacts=[_NOBODY] * len(venue.contacts), phone_calls=calls)
