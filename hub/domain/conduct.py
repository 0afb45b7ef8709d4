"""How a session is run: locked, extended, venues renamed, removed, reached by telephone (S16 to S21)."""

from __future__ import annotations

import msgspec

from hub.domain.event import Command, Event


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """Whom to reach when an office does not answer: a person, or another seat of it."""

    name: str
    post: str = ""
    phone: str = ""
    seat_id: str | None = None


class PhoneCall(msgspec.Struct, frozen=True, kw_only=True):
    """电话叫应: one line about a call by the duty telephone."""

    name: str
    phone: str
    reached: bool
    note: str
    at_ms: int
    person: str


END_MAX_MS = 7 * 24 * 3600 * 1000
"""No session is planned for longer than a week from now."""


# --- commands -----------------------------------------------------------------------------------


class NoteRinging(Command, frozen=True, kw_only=True):
    """A page of the seat shows the call: 已送达."""

    venue: str


class EscalateCall(Command, frozen=True, kw_only=True):
    """Go on to the one at ``place`` of the office's ``contacts``, unless somebody has done so just now."""

    venue: str
    contacts: list[Contact]
    place: int


class NotePhoneCall(Command, frozen=True, kw_only=True):
    venue: str
    name: str
    phone: str
    reached: bool
    note: str


class LockSession(Command, frozen=True, kw_only=True):
    locked: bool


class LockPresentation(Command, frozen=True, kw_only=True):
    """锁定演示: nobody but the chair begins another presentation."""

    locked: bool


class PlanEnd(Command, frozen=True, kw_only=True):
    """延长会商: when it should be over; it never ends by itself."""

    ends_ms: int | None


class RenameVenue(Command, frozen=True, kw_only=True):
    """What the venue's tile shows."""

    venue: str
    short_name: str


class RemoveVenue(Command, frozen=True, kw_only=True):
    """删除会场: hung up, and no way back but a call."""

    venue: str


# --- events -------------------------------------------------------------------------------------


class VenueAlerted(Event, frozen=True, kw_only=True, tag="venue.alerted"):
    """``after_ms``: since it was called."""

    venue: str
    after_ms: int


class CallEscalated(Event, frozen=True, kw_only=True, tag="call.escalated"):
    venue: str
    contact: Contact


class PhoneCallNoted(Event, frozen=True, kw_only=True, tag="call.phoned"):
    venue: str
    name: str
    phone: str
    reached: bool
    note: str


class SessionLocked(Event, frozen=True, kw_only=True, tag="session.locked"):
    locked: bool


class PresentationLocked(Event, frozen=True, kw_only=True, tag="presentation.locked"):
    locked: bool


class EndPlanned(Event, frozen=True, kw_only=True, tag="session.end_planned"):
    ends_ms: int | None


class VenueRenamed(Event, frozen=True, kw_only=True, tag="venue.renamed"):
    venue: str
    short_name: str


class VenueRemoved(Event, frozen=True, kw_only=True, tag="venue.removed"):
    venue: str


ConductEvent = (
    VenueAlerted
    | CallEscalated
    | PhoneCallNoted
    | SessionLocked
    | PresentationLocked
    | EndPlanned
    | VenueRenamed
    | VenueRemoved
)
