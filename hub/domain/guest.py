"""现场接入: a telephone in the field comes into one session by a code that is good once."""

from __future__ import annotations

import msgspec

from hub.domain.event import Command, Event

MINUTES = 30
MINUTES_MAX = 24 * 60
"""How long a code may wait for its guest."""


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """A code that the chair has given out, as far as the log knows it: by its hash alone.

    ``venue``: the venue that was made of it; None while nobody has come.
    """

    invitation_id: str
    label: str
    place: str
    code_hash: str
    until_ms: int
    venue: str | None = None
    withdrawn: bool = False


# --- commands -----------------------------------------------------------------------------------


class InviteGuest(Command, frozen=True, kw_only=True):
    invitation_id: str
    label: str
    place: str
    code_hash: str
    until_ms: int


class WithdrawInvitation(Command, frozen=True, kw_only=True):
    invitation_id: str


class AdmitGuest(Command, frozen=True, kw_only=True):
    """Somebody has named the code; the hub makes a venue of it."""

    invitation_id: str
    venue: str
    person: str


# --- events -------------------------------------------------------------------------------------


class GuestInvited(Event, frozen=True, kw_only=True, tag="guest.invited"):
    invitation_id: str
    label: str
    place: str
    code_hash: str
    until_ms: int


class InvitationWithdrawn(Event, frozen=True, kw_only=True, tag="guest.withdrawn"):
    invitation_id: str


class GuestAdmitted(Event, frozen=True, kw_only=True, tag="guest.admitted"):
    """The code is used; ``venue`` is in the session, labelled 现场 with its place, and not there yet."""

    invitation_id: str
    venue: str
    person: str


GuestEvent = GuestInvited | InvitationWithdrawn | GuestAdmitted
