"""Offices, their seats, and the accounts of the people who sit there.

A seat is an office's standing identity (席位); whoever is on shift speaks for it. Passwords are
not here: they never enter the log.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec
from msgspec.structs import replace

from hub.domain.conduct import Contact
from hub.domain.event import Actor, Command, Event, Recorded, Role
from hub.errors import Refusal
from hub.ids import is_id

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


# --- commands -----------------------------------------------------------------------------------


class AddSeat(Command, frozen=True, kw_only=True):
    seat: Seat


class AddAccount(Command, frozen=True, kw_only=True):
    account: Account


class DisableAccount(Command, frozen=True, kw_only=True):
    account: str
    reason: str


# --- events -------------------------------------------------------------------------------------


class SeatAdded(Event, frozen=True, kw_only=True, tag="seat.added"):
    seat: Seat


class AccountAdded(Event, frozen=True, kw_only=True, tag="account.added"):
    account: Account


class AccountDisabled(Event, frozen=True, kw_only=True, tag="account.disabled"):
    account: str
    reason: str


OrganisationEvent = SeatAdded | AccountAdded | AccountDisabled


def decide(state: Organisation, command: Command, by: Actor, now_ms: int) -> list[OrganisationEvent]:
    """Refuses with ``forbidden``, ``bad_request``, ``organisation.exists`` or ``not_found``."""
    if by.role not in (Role.ADMIN, Role.HUB):
        raise Refusal("forbidden")
    match command:
        case AddSeat(seat=seat):
            _check_new(seat.seat_id, seat.name, state.seats)
            return [SeatAdded(seat=seat)]
        case AddAccount(account=account):
            _check_new(account.account, account.person, state.accounts)
            if account.role is Role.HUB:
                raise Refusal("bad_request", field="role")
            # P7: a seat is a way into sessions, which reviewers and administrators have none.
            good = account.seat_id in state.seats if account.role in SEATED else account.seat_id is None
            if not good:
                raise Refusal("bad_request", field="seat_id")
            return [AccountAdded(account=account)]
        case DisableAccount(account=name, reason=reason):
            if name not in state.accounts:
                raise Refusal("not_found")
            return [AccountDisabled(account=name, reason=reason)]
    raise TypeError(command)


def _check_new(key: str, name: str, known: dict[str, Seat] | dict[str, Account]) -> None:
    if not is_id(key) or not name.strip():
        raise Refusal("bad_request", field="id")
    if key in known:
        raise Refusal("organisation.exists", id=key)


def apply(state: Organisation, recorded: Recorded[OrganisationEvent]) -> Organisation:
    match recorded.event:
        case SeatAdded(seat=seat):
            return replace(state, seats={**state.seats, seat.seat_id: seat})
        case AccountAdded(account=account):
            return replace(state, accounts={**state.accounts, account.account: account})
        case AccountDisabled(account=name):
            disabled = replace(state.accounts[name], disabled=True)
            return replace(state, accounts={**state.accounts, name: disabled})


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
