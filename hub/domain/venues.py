"""What the rules of a session ask of its venues and of whoever commands."""

from __future__ import annotations

from hub.domain.call import PRESENT, VenueState
from hub.domain.event import Actor, Role
from hub.domain.session import NOTE_MAX, Session, Venue
from hub.errors import Refusal


def venue_of(state: Session, key: str) -> Venue:
    """Refuses with ``session.foreign``."""
    if key not in state.venues:
        raise Refusal("session.foreign")
    return state.venues[key]


def is_there(state: Session, key: str | None) -> bool:
    """The venue has a place in the session, its line may be cut."""
    return key in state.venues and state.venues[key].state in PRESENT


def venue_there(state: Session, key: str) -> Venue:
    """Refuses with ``session.foreign`` or ``session.not_joined``."""
    venue = venue_of(state, key)
    if venue.state not in PRESENT:
        raise Refusal("session.not_joined", state=venue.state)
    return venue


def branch_there(state: Session, key: str) -> Venue:
    """A venue that is there and is not the chair; refuses with ``session.is_chair`` too."""
    venue = venue_there(state, key)
    if key == state.chair:
        raise Refusal("session.is_chair")
    return venue


def is_chair(state: Session, by: Actor) -> bool:
    return by.seat == state.chair and by.role in (Role.OFFICER, Role.SEAT)


def is_office(state: Session, by: Actor) -> bool:
    """An officer of the duty office that has started the session, or of its backup."""
    return by.role is Role.OFFICER and by.seat in (state.office, *state.heirs)


def is_joined(state: Session, key: str) -> bool:
    return key in state.venues and state.venues[key].state is VenueState.JOINED


def short_text(field: str, text: str, most: int = NOTE_MAX) -> str:
    text = text.strip()
    if len(text) > most:
        raise Refusal("bad_request", field=field, max=most)
    return text
