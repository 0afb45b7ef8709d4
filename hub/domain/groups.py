"""Whom one calls together: groups of seats, and templates of sessions (rules S22 and S23)."""

from __future__ import annotations

import msgspec

from hub.domain.event import Command, Event
from hub.domain.floor import SpeakMode
from hub.domain.session import SessionKind


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Seats that are called with one click (防汛成员单位, 全省各市), in the order of the list."""

    group_id: str
    name: str
    seats: list[str]
    sort: int = 0


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """How a kind of session is usually started: whom it calls and how one speaks in it.

    ``groups`` are looked up when it is used, so that a template calls who belongs to them then; ``seats`` are
    called besides. ``title``: what the session is called when nobody says otherwise; the template's name
    when that is empty.
    """

    template_id: str
    name: str
    title: str = ""
    kind: SessionKind = SessionKind.CONSULTATION
    groups: list[str] = []
    seats: list[str] = []
    mode: SpeakMode = SpeakMode.FREE
    mute_on_entry: bool = False
    exercise: bool = False
    sort: int = 0


# --- commands -----------------------------------------------------------------------------------


class SetGroup(Command, frozen=True, kw_only=True):
    """Make a group, or put this one in the place of the one of that name."""

    group: Group


class RemoveGroup(Command, frozen=True, kw_only=True):
    group_id: str


class SetTemplate(Command, frozen=True, kw_only=True):
    template: Template


class RemoveTemplate(Command, frozen=True, kw_only=True):
    template_id: str


# --- events -------------------------------------------------------------------------------------


class GroupSet(Event, frozen=True, kw_only=True, tag="group.set"):
    group: Group


class GroupRemoved(Event, frozen=True, kw_only=True, tag="group.removed"):
    group_id: str


class TemplateSet(Event, frozen=True, kw_only=True, tag="template.set"):
    template: Template


class TemplateRemoved(Event, frozen=True, kw_only=True, tag="template.removed"):
    template_id: str


GroupEvent = GroupSet | GroupRemoved | TemplateSet | TemplateRemoved
