"""What becomes of codes for the field, and what a guest may do (rules U1 to U4)."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain.conduct import VenueRemoved
from hub.domain.event import Actor, Command, Recorded
from hub.domain.guest import (
    MINUTES_MAX,
    AdmitGuest,
    GuestAdmitted,
    GuestEvent,
    GuestInvited,
    Invitation,
    InvitationWithdrawn,
    InviteGuest,
    WithdrawInvitation,
)
from hub.domain.session import (
    AnswerCall,
    JoinSession,
    LeaveSession,
    Session,
    SessionEvent,
    SetDevices,
    Venue,
    VenueMuted,
)
from hub.domain.venues import short_text, venue_of
from hub.errors import Refusal

OFFICE_TOO = (InviteGuest, WithdrawInvitation)
HUB_ONLY = (AdmitGuest,)
OF_GUEST = (AnswerCall, JoinSession, LeaveSession, SetDevices)
"""P13: all that a guest may do in a session, and with its own venue only."""

LABEL_MAX = 20
PLACE_MAX = 40
OPEN_MAX = 50
"""Codes that wait for their guests at one time: each of them makes a lucky guess likelier."""


def decide(state: Session, command: Command, by: Actor, now_ms: int) -> list[SessionEvent]:
    match command:
        case InviteGuest():
            return _invite(state, command, now_ms)
        case WithdrawInvitation(invitation_id=key):
            is_open = _invitation(state, key).venue is None and not state.invitations[key].withdrawn
            return [InvitationWithdrawn(invitation_id=key)] if is_open else []
        case AdmitGuest():
            return _admit(state, command, now_ms)
    raise TypeError(command)


def _invite(state: Session, wish: InviteGuest, now_ms: int) -> list[SessionEvent]:
    label, place = short_text("label", wish.label, LABEL_MAX), short_text("place", wish.place, PLACE_MAX)
    for field, text in (("label", label), ("place", place)):
        if not text:
            raise Refusal("bad_request", field=field)
    if not now_ms < wish.until_ms <= now_ms + MINUTES_MAX * 60_000:
        raise Refusal("bad_request", field="minutes", max=MINUTES_MAX)
    if sum(is_open(one, now_ms) for one in state.invitations.values()) >= OPEN_MAX:
        raise Refusal("too_many", max=OPEN_MAX)
    invited = GuestInvited(
        invitation_id=wish.invitation_id,
        label=label,
        place=place,
        code_hash=wish.code_hash,
        until_ms=wish.until_ms,
    )
    return [invited]


def is_open(invitation: Invitation, now_ms: int) -> bool:
    """Somebody may still come by it."""
    return invitation.venue is None and not invitation.withdrawn and now_ms < invitation.until_ms


def _admit(state: Session, wish: AdmitGuest, now_ms: int) -> list[SessionEvent]:
    """U1: once, and in time."""
    invitation = _invitation(state, wish.invitation_id)
    if invitation.venue is not None:
        raise Refusal("guest.used")
    if not is_open(invitation, now_ms):
        raise Refusal("guest.expired")
    person = short_text("person", wish.person, LABEL_MAX) or invitation.label
    admitted = GuestAdmitted(invitation_id=wish.invitation_id, venue=wish.venue, person=person)
    muted = [VenueMuted(venue=wish.venue)] if state.floor.mute_on_entry else []
    return [admitted, *muted]


def _invitation(state: Session, key: str) -> Invitation:
    if key not in state.invitations:
        raise Refusal("guest.bad_code")
    return state.invitations[key]


def hung_up(state: Session, venue: str, reason: str) -> list[SessionEvent]:
    """U4: nobody can call a telephone in the field again, so who hangs it up removes it."""
    field = venue in state.venues and state.venues[venue].field
    return [VenueRemoved(venue=venue)] if field and reason == "hung_up" else []


def is_valid(state: Session, venue: str) -> bool:
    """U4: whether the guest of that venue may still be here."""
    known = state.venues.get(venue)
    return state.running and known is not None and known.field and not known.removed


def check_seat(state: Session, key: str) -> None:
    """What only an office with a seat can be or get; refuses with ``guest.no_seat``."""
    if venue_of(state, key).field:
        raise Refusal("guest.no_seat")


def apply(state: Session, recorded: Recorded[SessionEvent]) -> Session:
    event: GuestEvent = recorded.event  # type: ignore[assignment]
    key = event.invitation_id
    match event:
        case GuestInvited():
            invitation = Invitation(
                invitation_id=key,
                label=event.label,
                place=event.place,
                code_hash=event.code_hash,
                until_ms=event.until_ms,
            )
            return _with(state, invitation)
        case InvitationWithdrawn():
            return _with(state, replace(state.invitations[key], withdrawn=True))
        case GuestAdmitted(venue=venue, person=person):
            invitation = replace(state.invitations[key], venue=venue)
            added = Venue(
                venue=venue,
                name=invitation.label,
                short_name=invitation.label,
                since_ms=recorded.at_ms,
                person=person,
                field=True,
                place=invitation.place,
            )
            return replace(_with(state, invitation), venues={**state.venues, venue: added})


def _with(state: Session, invitation: Invitation) -> Session:
    return replace(state, invitations={**state.invitations, invitation.invitation_id: invitation})
