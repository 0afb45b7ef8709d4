"""Who changes the organisation, and what must fit when it is changed (rules P7, P11, S23)."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from hub.domain.conduct import Contact
from hub.domain.event import OUTSIDE, Actor, Command, Recorded, Role
from hub.domain.groups import (
    Group,
    GroupEvent,
    GroupRemoved,
    GroupSet,
    RemoveGroup,
    RemoveTemplate,
    SetGroup,
    SetTemplate,
    Template,
    TemplateRemoved,
    TemplateSet,
)
from hub.domain.organisation import (
    SEATED,
    Account,
    AccountAdded,
    AccountDisabled,
    AddAccount,
    AddSeat,
    DisableAccount,
    EditSeat,
    Organisation,
    OrganisationEvent,
    Seat,
    SeatAdded,
    SeatEdited,
)
from hub.domain.permissions import may_administer
from hub.domain.session import TITLE_MAX
from hub.domain.venues import short_text
from hub.errors import Refusal
from hub.ids import is_id

NAME_MAX = 20
POST_MAX = 30
PHONE_MAX = 40
CONTACTS_MAX = 10
SEATS_MAX = 500
SORT_MAX = 1_000_000

_OFFICERS_TOO = (SetGroup, RemoveGroup, SetTemplate, RemoveTemplate)


def decide(state: Organisation, command: Command, by: Actor, now_ms: int) -> list[OrganisationEvent]:
    """Refuses with ``forbidden``, ``bad_request``, ``organisation.exists``, ``.in_use`` or ``not_found``."""
    is_for_officers = isinstance(command, _OFFICERS_TOO)
    if not may_administer(by) and not (by.role is Role.OFFICER and is_for_officers):
        raise Refusal("forbidden")
    match command:
        case AddSeat(seat=seat):
            _check_new(seat.seat_id, seat.name, state.seats)
            reached = _reached(state, seat.seat_id, seat.phone, seat.contacts, seat.backup_of)
            return [SeatAdded(seat=replace(seat, phone=reached.phone, contacts=reached.contacts))]
        case EditSeat():
            return _edit_seat(state, command)
        case AddAccount(account=account):
            return _add_account(state, account)
        case DisableAccount(account=name, reason=reason):
            if name not in state.accounts:
                raise Refusal("not_found")
            return [AccountDisabled(account=name, reason=reason)]
        case SetGroup(group=group):
            good = _good_group(state, group)
            return [GroupSet(group=good)] if good != state.groups.get(good.group_id) else []
        case RemoveGroup(group_id=key):
            return _remove_group(state, key)
        case SetTemplate(template=template):
            fit = _good_template(state, template)
            return [TemplateSet(template=fit)] if fit != state.templates.get(fit.template_id) else []
        case RemoveTemplate(template_id=key):
            if key not in state.templates:
                raise Refusal("not_found")
            return [TemplateRemoved(template_id=key)]
    raise TypeError(command)


# --- seats and accounts -------------------------------------------------------------------------


def _check_new(key: str, name: str, known: dict[str, Seat] | dict[str, Account]) -> None:
    if not is_id(key) or not name.strip():
        raise Refusal("bad_request", field="id")
    if key in known:
        raise Refusal("organisation.exists", id=key)


def _add_account(state: Organisation, account: Account) -> list[OrganisationEvent]:
    _check_new(account.account, account.person, state.accounts)
    if account.role in (Role.HUB, *OUTSIDE):
        raise Refusal("bad_request", field="role")
    # P7: a seat is a way into sessions, which reviewers and administrators have none.
    good = account.seat_id in state.seats if account.role in SEATED else account.seat_id is None
    if not good:
        raise Refusal("bad_request", field="seat_id")
    return [AccountAdded(account=account)]


def _edit_seat(state: Organisation, wish: EditSeat) -> list[OrganisationEvent]:
    seat = state.seats.get(wish.seat_id)
    if seat is None:
        raise Refusal("not_found")
    edited = _reached(state, wish.seat_id, wish.phone, wish.contacts, wish.backup_of)
    before = SeatEdited(
        seat_id=seat.seat_id, phone=seat.phone, contacts=seat.contacts, backup_of=seat.backup_of
    )
    return [edited] if edited != before else []


def _reached(
    state: Organisation, seat_id: str, phone: str, contacts: list[Contact], backup_of: str | None
) -> SeatEdited:
    """How a seat is reached, tidied; refuses seats that there are not, and one that stands in for itself."""
    if backup_of is not None and (backup_of not in state.seats or backup_of == seat_id):
        raise Refusal("bad_request", field="backup_of")
    if len(contacts) > CONTACTS_MAX:
        raise Refusal("bad_request", field="contacts", max=CONTACTS_MAX)
    return SeatEdited(
        seat_id=seat_id,
        phone=short_text("phone", phone, PHONE_MAX),
        contacts=[_good_contact(state, seat_id, contact) for contact in contacts],
        backup_of=backup_of,
    )


def _good_contact(state: Organisation, seat_id: str, contact: Contact) -> Contact:
    elsewhere = contact.seat_id is None or (contact.seat_id in state.seats and contact.seat_id != seat_id)
    if not elsewhere:
        raise Refusal("bad_request", field="contacts")
    return Contact(
        name=_name(contact.name),
        post=short_text("post", contact.post, POST_MAX),
        phone=short_text("phone", contact.phone, PHONE_MAX),
        seat_id=contact.seat_id,
    )


# --- groups and templates -----------------------------------------------------------------------


def _name(text: str) -> str:
    name = short_text("name", text, NAME_MAX)
    if not name:
        raise Refusal("bad_request", field="name")
    return name


def _check_key(key: str, sort: int) -> None:
    if not is_id(key):
        raise Refusal("bad_request", field="id")
    if not 0 <= sort <= SORT_MAX:
        raise Refusal("bad_request", field="sort")


def _each_once(field: str, keys: list[str], known: Collection[str]) -> list[str]:
    """Without repetitions; refuses what is not there, and too many."""
    once = list(dict.fromkeys(keys))
    unknown = [key for key in once if key not in known]
    if unknown or len(once) > SEATS_MAX:
        raise Refusal("bad_request", field=field, unknown=unknown[:20])
    return once


def _good_group(state: Organisation, group: Group) -> Group:
    _check_key(group.group_id, group.sort)
    seats = _each_once("seats", group.seats, state.seats)
    if not seats:
        raise Refusal("bad_request", field="seats")
    return replace(group, name=_name(group.name), seats=seats)


def _good_template(state: Organisation, template: Template) -> Template:
    _check_key(template.template_id, template.sort)
    groups = _each_once("groups", template.groups, state.groups)
    seats = _each_once("seats", template.seats, state.seats)
    if not groups and not seats:
        raise Refusal("bad_request", field="seats")
    title = short_text("title", template.title, TITLE_MAX)
    return replace(template, name=_name(template.name), title=title, groups=groups, seats=seats)


def _remove_group(state: Organisation, key: str) -> list[OrganisationEvent]:
    """S23: a template never calls fewer than it says."""
    if key not in state.groups:
        raise Refusal("not_found")
    users = [template.name for template in state.templates.values() if key in template.groups]
    if users:
        raise Refusal("organisation.in_use", by=users[:20])
    return [GroupRemoved(group_id=key)]


# --- apply --------------------------------------------------------------------------------------


def apply(state: Organisation, recorded: Recorded[OrganisationEvent]) -> Organisation:
    event = recorded.event
    match event:
        case SeatAdded(seat=seat):
            return replace(state, seats={**state.seats, seat.seat_id: seat})
        case SeatEdited(seat_id=seat_id):
            edited = replace(
                state.seats[seat_id], phone=event.phone, contacts=event.contacts, backup_of=event.backup_of
            )
            return replace(state, seats={**state.seats, seat_id: edited})
        case AccountAdded(account=account):
            return replace(state, accounts={**state.accounts, account.account: account})
        case AccountDisabled(account=name):
            disabled = replace(state.accounts[name], disabled=True)
            return replace(state, accounts={**state.accounts, name: disabled})
    return _apply_group(state, event)


def _apply_group(state: Organisation, event: GroupEvent) -> Organisation:
    match event:
        case GroupSet(group=group):
            return replace(state, groups={**state.groups, group.group_id: group})
        case GroupRemoved(group_id=key):
            return replace(state, groups={one: of for one, of in state.groups.items() if one != key})
        case TemplateSet(template=template):
            return replace(state, templates={**state.templates, template.template_id: template})
        case TemplateRemoved(template_id=key):
            return replace(state, templates={one: of for one, of in state.templates.items() if one != key})
