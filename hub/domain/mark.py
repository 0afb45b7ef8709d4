"""漏报 · 瞒报 · 谎报: what the duty office holds against a unit's reporting, with the reason (rule N11)."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hub.domain.event import Actor, Command, Event
from hub.domain.track import Unit


class MarkKind(StrEnum):
    """漏报 · 瞒报 · 谎报"""

    MISSED = "missed"
    CONCEALED = "concealed"
    FALSIFIED = "falsified"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """By whom, when and why; a mark that is taken back stays, with the reason of that."""

    mark_id: str
    unit: Unit
    mark: MarkKind
    reason: str
    actor: Actor
    at_ms: int
    retracted: str | None = None
    retracted_by: Actor | None = None
    retracted_ms: int | None = None


class MarkUnit(Command, frozen=True, kw_only=True):
    """The unit need not take part: that may be what is wrong."""

    mark_id: str
    unit: Unit
    mark: MarkKind
    reason: str


class RetractMark(Command, frozen=True, kw_only=True):
    mark_id: str
    reason: str


class Marked(Event, frozen=True, kw_only=True, tag="workspace.marked"):
    mark_id: str
    unit: Unit
    mark: MarkKind
    reason: str


class MarkRetracted(Event, frozen=True, kw_only=True, tag="workspace.mark_retracted"):
    mark_id: str
    reason: str


MarkEvent = Marked | MarkRetracted
