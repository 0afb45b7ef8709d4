"""What becomes of a wish about the chair (rules C1 to C4)."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain import floor_rules
from hub.domain.call import VenueState
from hub.domain.chair import (
    ChairEvent,
    ChairPassed,
    ChairRequested,
    ChairRequestEnded,
    EndChairRequest,
    ReleaseChair,
    RequestChair,
    TakeChair,
    TransferChair,
)
from hub.domain.event import Actor, Command, Recorded
from hub.domain.session import Session, SessionEvent, VenueAdded
from hub.domain.venues import is_joined, is_office, venue_of, venue_there
from hub.errors import Refusal

CHAIR_ONLY = (TransferChair, ReleaseChair)


def decide(state: Session, command: Command, by: Actor, now_ms: int) -> list[SessionEvent]:
    match command:
        case RequestChair(venue=venue):
            venue_there(state, venue)
            known = venue == state.chair or venue in state.chair_requests
            return [] if known else [ChairRequested(venue=venue)]
        case EndChairRequest(venue=venue):
            reason = "withdrawn" if by.seat == venue else "denied"
            return request_over(state, venue_of(state, venue).venue, reason)
        case TransferChair(venue=venue):
            guest = venue_there(state, venue).field
            if guest:
                raise Refusal("guest.no_seat")
            if not is_joined(state, venue):
                raise Refusal("session.not_joined", state=VenueState.RECONNECTING)
            return _pass(state, venue, "transferred")
        case ReleaseChair():
            heir = heir_of(state, state.chair)
            if heir == state.chair:
                raise Refusal("session.chair_stays")
            return _pass(state, heir, "released")
        case TakeChair():
            return _take(state, by)
    raise TypeError(command)


def _take(state: Session, by: Actor) -> list[SessionEvent]:
    """C3: the office and its backup, whoever has the chair, and from the desk as well."""
    if not is_office(state, by):
        raise Refusal("forbidden")
    seat = by.seat or ""
    if seat in state.venues:
        return _pass(state, seat, "taken")
    name = by.seat_name or seat
    return [VenueAdded(venue=seat, name=name, short_name=name[:20]), *_pass(state, seat, "taken")]


def _pass(state: Session, venue: str, reason: str) -> list[SessionEvent]:
    """C1: whoever steers is heard at any time, and waits for no turn and has none."""
    if venue == state.chair:
        return []
    passed = ChairPassed(venue=venue, former=state.chair, reason=reason)
    floor = floor_rules.floor_over(state, venue, "chair")
    return [*floor, *request_over(state, venue, "granted"), passed]


def request_over(state: Session, venue: str, reason: str) -> list[SessionEvent]:
    return [ChairRequestEnded(venue=venue, reason=reason)] if venue in state.chair_requests else []


def heir_of(state: Session, going: str) -> str:
    """C4: the duty office if it is there, then its backups; else the office, which steers from its desk."""
    seats = (state.office, *state.heirs)
    return next((seat for seat in seats if seat != going and is_joined(state, seat)), state.office)


def chair_goes(state: Session, venue: str, reason: str) -> list[SessionEvent]:
    """``venue`` leaves. If it had the chair, somebody else has it in the same moment."""
    if venue != state.chair:
        return []
    why = "lost" if reason == "lost" else "left"
    return _pass(state, heir_of(state, venue), why)


def heir_comes(state: Session, venue: str) -> list[SessionEvent]:
    """An heir that comes in takes a chair whose venue was lost, and in which nobody sits."""
    chair = state.venues[state.chair]
    is_empty = chair.state is VenueState.LEFT and chair.lost
    return _pass(state, venue, "lost") if is_empty and venue in (state.office, *state.heirs) else []


def apply(state: Session, recorded: Recorded[SessionEvent]) -> Session:
    event: ChairEvent = recorded.event  # type: ignore[assignment]
    match event:
        case ChairRequested(venue=venue):
            return replace(state, chair_requests={**state.chair_requests, venue: recorded.at_ms})
        case ChairRequestEnded(venue=venue):
            rest = {key: since for key, since in state.chair_requests.items() if key != venue}
            return replace(state, chair_requests=rest)
        case ChairPassed(venue=venue):
            return replace(state, chair=venue, chair_since_ms=recorded.at_ms)
