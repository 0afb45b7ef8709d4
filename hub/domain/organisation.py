"""Offices, their seats, whom to reach there, and the accounts of the people who sit there.

A seat is an office's standing identity (席位); whoever is on shift speaks for it. Passwords are
not here: they never enter the log.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import chain

import msgspec

from hub.domain.conduct import Contact
from hub.domain.event import Actor, Command, Event, Role
from hub.domain.groups import Group, GroupEvent, Template

STREAM = "organisation"


SEATED = (Role.OFFICER, Role.SEAT)
"""Those who speak for an office."""


class Level(StrEnum):
    """Where an office stands in the hierarchy."""

    PROVINCE = "province"
    DEPARTMENT = "dept"
    CITY = "city"
    COUNTY = "county"


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """席位. ``sort`` orders seats of one level on every list (protocol order, not the alphabet).

    ``backup_of``: the seat whose sessions this one takes over when its chair is lost. ``contacts``: whom to
    reach, in this order, when nobody answers here.
    """

    seat_id: str
    name: str
    short_name: str
    level: Level
    phone: str = ""
    sort: int = 0
    backup_of: str | None = None
    contacts: list[Contact] = []


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A person's way in. Roles ``officer`` and ``seat`` always have a seat, the others never."""

    account: str
    person: str
    role: Role
    seat_id: str | None = None
    disabled: bool = False


class Organisation(msgspec.Struct, frozen=True, kw_only=True, tag_field="noun", tag="organisation"):
    """State of the stream ``organisation``."""

    seats: dict[str, Seat] = {}
    accounts: dict[str, Account] = {}
    groups: dict[str, Group] = {}
    templates: dict[str, Template] = {}


# --- commands -----------------------------------------------------------------------------------


class AddSeat(Command, frozen=True, kw_only=True):
    seat: Seat


class EditSeat(Command, frozen=True, kw_only=True):
    """How the office is reached, and whose duty it takes over; its name stays."""

    seat_id: str
    phone: str
    contacts: list[Contact]
    backup_of: str | None = None


class AddAccount(Command, frozen=True, kw_only=True):
    account: Account


class DisableAccount(Command, frozen=True, kw_only=True):
    account: str
    reason: str


# --- events -------------------------------------------------------------------------------------


class SeatAdded(Event, frozen=True, kw_only=True, tag="seat.added"):
    seat: Seat


class SeatEdited(Event, frozen=True, kw_only=True, tag="seat.edited"):
    seat_id: str
    phone: str
    contacts: list[Contact]
    backup_of: str | None


class AccountAdded(Event, frozen=True, kw_only=True, tag="account.added"):
    account: Account


class AccountDisabled(Event, frozen=True, kw_only=True, tag="account.disabled"):
    account: str
    reason: str


OrganisationEvent = SeatAdded | SeatEdited | AccountAdded | AccountDisabled | GroupEvent


def actor_of(state: Organisation, account: Account) -> Actor:
    """The actor an account acts as, with its seat's name frozen at this moment."""
    seat = state.seats.get(account.seat_id or "") if account.role in SEATED else None
    return Actor(
        account=account.account,
        person=account.person,
        role=account.role,
        seat=account.seat_id if account.role in SEATED else None,
        seat_name=seat.name if seat else None,
    )


def called_by(state: Organisation, template: Template) -> list[str]:
    """S22: the seats a template calls at this moment, each once: those of its groups, then its own."""
    groups = [state.groups[key].seats for key in template.groups if key in state.groups]
    seats = dict.fromkeys([*chain.from_iterable(groups), *template.seats])
    return [seat for seat in seats if seat in state.seats]
