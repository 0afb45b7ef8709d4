"""What becomes of locks, names, removals, and of calls that nobody answers (rules S16 to S21)."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain.call import PRESENT, VenueState
from hub.domain.conduct import (
    END_MAX_MS,
    CallEscalated,
    ConductEvent,
    EndPlanned,
    EscalateCall,
    LockPresentation,
    LockSession,
    NotePhoneCall,
    NoteRinging,
    PhoneCall,
    PhoneCallNoted,
    PlanEnd,
    PresentationLocked,
    RemoveVenue,
    RenameVenue,
    SessionLocked,
    VenueAlerted,
    VenueRemoved,
    VenueRenamed,
)
from hub.domain.event import Actor, Command, Recorded
from hub.domain.session import Session, SessionEvent, Venue, VenueLeft
from hub.domain.venues import short_text, venue_of
from hub.errors import Refusal

CHAIR_ONLY = (LockSession, LockPresentation, PlanEnd, RenameVenue, RemoveVenue)
OFFICE_TOO = (EscalateCall, NotePhoneCall)

NAME_MAX = 20
PHONE_MAX = 40


def decide(state: Session, command: Command, by: Actor, now_ms: int) -> list[SessionEvent]:
    match command:
        case NoteRinging(venue=key):
            venue = venue_of(state, key)
            is_news = venue.state is VenueState.RINGING and venue.alerted_ms is None
            return [VenueAlerted(venue=key, after_ms=now_ms - venue.since_ms)] if is_news else []
        case EscalateCall():
            return _escalate(venue_of(state, command.venue), command)
        case NotePhoneCall():
            return _phoned(state, command)
        case LockSession(locked=locked):
            return [SessionLocked(locked=locked)] if locked is not state.locked else []
        case LockPresentation(locked=locked):
            return [PresentationLocked(locked=locked)] if locked is not state.presenter_locked else []
        case PlanEnd(ends_ms=ends_ms):
            if ends_ms is not None and not now_ms < ends_ms <= now_ms + END_MAX_MS:
                raise Refusal("bad_request", field="ends_ms")
            return [EndPlanned(ends_ms=ends_ms)] if ends_ms != state.ends_ms else []
        case RenameVenue(venue=key, short_name=text):
            name = short_text("short_name", text, NAME_MAX)
            if not name:
                raise Refusal("bad_request", field="short_name")
            return (
                [VenueRenamed(venue=key, short_name=name)] if name != venue_of(state, key).short_name else []
            )
        case RemoveVenue(venue=key):
            return _remove(state, venue_of(state, key))
    raise TypeError(command)


def _escalate(venue: Venue, wish: EscalateCall) -> list[SessionEvent]:
    """S17: of two officers who go on at once only one does, or a contact would be passed over."""
    if venue.state in PRESENT:
        raise Refusal("session.already_joined")
    if wish.place != len(venue.contacts):
        return []
    if wish.place >= len(wish.contacts):
        raise Refusal("call.nobody_left")
    return [CallEscalated(venue=venue.venue, contact=wish.contacts[wish.place])]


def _phoned(state: Session, wish: NotePhoneCall) -> list[SessionEvent]:
    noted = PhoneCallNoted(
        venue=venue_of(state, wish.venue).venue,
        name=short_text("name", wish.name, NAME_MAX),
        phone=short_text("phone", wish.phone, PHONE_MAX),
        reached=wish.reached,
        note=short_text("note", wish.note),
    )
    return [noted]


def _remove(state: Session, venue: Venue) -> list[SessionEvent]:
    """S19; what its leaving means besides is in ``session_rules``, which knows of this event."""
    if venue.venue == state.chair:
        raise Refusal("session.is_chair")
    if venue.removed:
        return []
    goes = venue.state in PRESENT or venue.state is VenueState.RINGING
    left = [VenueLeft(venue=venue.venue, reason="hung_up")] if goes else []
    return [*left, VenueRemoved(venue=venue.venue)]


def apply(state: Session, recorded: Recorded[SessionEvent]) -> Session:
    event: ConductEvent = recorded.event  # type: ignore[assignment]
    match event:
        case SessionLocked(locked=locked):
            return replace(state, locked=locked)
        case PresentationLocked(locked=locked):
            return replace(state, presenter_locked=locked)
        case EndPlanned(ends_ms=ends_ms):
            return replace(state, ends_ms=ends_ms)
    venue = _applied(state.venues[event.venue], event, recorded)
    return replace(state, venues={**state.venues, venue.venue: venue})


def _applied(
    venue: Venue,
    event: VenueAlerted | CallEscalated | PhoneCallNoted | VenueRenamed | VenueRemoved,
    recorded: Recorded[SessionEvent],
) -> Venue:
    match event:
        case VenueAlerted():
            return replace(venue, alerted_ms=recorded.at_ms)
        case CallEscalated(contact=contact):
            return replace(venue, contacts=[*venue.contacts, contact])
        case PhoneCallNoted():
            call = PhoneCall(
                name=event.name,
                phone=event.phone,
                reached=event.reached,
                note=event.note,
                at_ms=recorded.at_ms,
                person=recorded.actor.person,
            )
            return replace(venue, phone_calls=[*venue.phone_calls, call])
        case VenueRenamed(short_name=short_name):
            return replace(venue, short_name=short_name)
        case VenueRemoved():
            return replace(venue, removed=True)
