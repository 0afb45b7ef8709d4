"""The messages about the organisation: how seats are reached, groups of them, templates of sessions.

They belong to ``signaling/vocabulary.py``, which has the table of all messages.
"""

from __future__ import annotations

from hub.domain.conduct import Contact
from hub.domain.groups import Group, Template
from signaling.messages import Wish


class OrganisationEditSeat(Wish, frozen=True, kw_only=True):
    """How an office is reached, in the order of the list, and whose duty it takes over."""

    seat_id: str
    phone: str
    contacts: list[Contact]
    backup_of: str | None = None


class OrganisationSetGroup(Wish, frozen=True, kw_only=True):
    """Make a group, or put this one in the place of the one with its id."""

    group: Group


class OrganisationRemoveGroup(Wish, frozen=True, kw_only=True):
    """Refused with ``organisation.in_use`` while a template uses it."""

    group_id: str


class OrganisationSetTemplate(Wish, frozen=True, kw_only=True):
    template: Template


class OrganisationRemoveTemplate(Wish, frozen=True, kw_only=True):
    template_id: str
