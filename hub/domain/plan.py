"""预案: what an incident is opened with: boards, tasks, units and the call list (rules Q1 to Q5)."""

from __future__ import annotations

import msgspec

from hub.domain.deadline import EventLevel
from hub.domain.event import Actor, Command, Event
from hub.domain.floor import SpeakMode
from hub.domain.kindparts import BoardKind
from hub.domain.workspace import IncidentCategory

NAME_MAX = 40
TASKS_MAX = 60
SEATS_MAX = 100
MINUTES_MAX = 30 * 24 * 60


class PlanTask(msgspec.Struct, frozen=True, kw_only=True):
    """One step, of seats and groups, or of a role where nobody is named; due minutes after the opening."""

    text: str
    role: str = ""
    seats: list[str] = msgspec.field(default_factory=list)
    groups: list[str] = msgspec.field(default_factory=list)
    minutes: int | None = None


class PlanContent(msgspec.Struct, frozen=True, kw_only=True):
    """``seats`` and ``groups`` take part and are called; ``session_title`` and ``mode`` are of that call."""

    name: str
    category: IncidentCategory = IncidentCategory.NATURAL
    level: EventLevel = EventLevel.III
    note: str = ""
    boards: list[BoardKind] = msgspec.field(default_factory=list)
    tasks: list[PlanTask] = msgspec.field(default_factory=list)
    seats: list[str] = msgspec.field(default_factory=list)
    groups: list[str] = msgspec.field(default_factory=list)
    session_title: str = ""
    mode: SpeakMode = SpeakMode.FREE


class ResponsePlan(msgspec.Struct, frozen=True, kw_only=True, tag_field="noun", tag="plan"):
    """State of a stream ``plan:{id}``; ``version`` counts its edits from 1, and 0 is no plan yet."""

    plan_id: str = ""
    version: int = 0
    content: PlanContent = PlanContent(name="")
    edited_by: Actor | None = None
    edited_ms: int = 0
    withdrawn_ms: int | None = None
    withdrawn_why: str = ""


def stream_of(plan_id: str) -> str:
    return f"plan:{plan_id}"


class SetPlan(Command, frozen=True, kw_only=True):
    """Write it, or all of it anew; ``base_version`` is what the writer was looking at, 0 for a new one."""

    plan_id: str
    base_version: int
    content: PlanContent


class WithdrawPlan(Command, frozen=True, kw_only=True):
    reason: str


class PlanSet(Event, frozen=True, kw_only=True, tag="plan.set"):
    plan_id: str
    version: int
    content: PlanContent


class PlanWithdrawn(Event, frozen=True, kw_only=True, tag="plan.withdrawn"):
    reason: str


PlanEvent = PlanSet | PlanWithdrawn
