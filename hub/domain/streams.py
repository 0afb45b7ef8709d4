"""Which kind of stream follows which rules: the table of the aggregates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from hub.domain import (
    booking,
    booking_rules,
    duty,
    duty_fold,
    duty_rules,
    hook,
    hook_rules,
    keeping,
    keeping_fold,
    keeping_rules,
    organisation,
    organisation_rules,
    paper,
    paper_rules,
    plan,
    plan_rules,
    recording,
    recording_fold,
    recording_rules,
    session,
    session_rules,
    spotcheck,
    spotcheck_rules,
    wall,
    workspace,
    workspace_fold,
    workspace_rules,
)
from hub.domain.event import Actor, Command, Event, Recorded
from hub.domain.item import ItemAdded
from hub.domain.kindparts import Reach

DomainEvent = (
    organisation.OrganisationEvent
    | session.SessionEvent
    | workspace.WorkspaceEvent
    | recording.RecordingEvent
    | keeping.KeepingEvent
    | wall.WallEvent
    | spotcheck.SpotCheckEvent
    | booking.BookingEvent
    | paper.PaperEvent
    | duty.DutyEvent
)
"""What a page may be told of."""

LogEvent = DomainEvent | hook.HookEvent | plan.PlanEvent
"""What the log holds: hooks and plans are told of in a list, never event by event."""

PageState = (
    organisation.Organisation
    | session.Session
    | workspace.Workspace
    | recording.Recording
    | keeping.Keeping
    | wall.Wall
    | spotcheck.SpotCheck
    | booking.Booking
    | paper.Paper
    | duty.Duty
)
State = PageState | hook.Hook | plan.ResponsePlan


class Rules(NamedTuple):
    """One aggregate. ``apply`` never refuses what ``decide`` has produced."""

    initial: State
    decide: Callable[[Any, Command, Actor, int], list[Any]]
    apply: Callable[[Any, Recorded[Any]], Any]


_WORKSPACE = Rules(workspace.Workspace(), workspace_rules.decide, workspace_fold.apply)

RULES: dict[str, Rules] = {
    "organisation": Rules(organisation.Organisation(), organisation_rules.decide, organisation_rules.apply),
    "session": Rules(session.Session(), session_rules.decide, session_rules.apply),
    "board": _WORKSPACE,
    "incident": _WORKSPACE,
    "recording": Rules(recording.Recording(), recording_rules.decide, recording_fold.apply),
    "keeping": Rules(keeping.Keeping(), keeping_rules.decide, keeping_fold.apply),
    "wall": Rules(wall.Wall(), wall.decide, wall.apply),
    "spotcheck": Rules(spotcheck.SpotCheck(), spotcheck_rules.decide, spotcheck_rules.apply),
    "hook": Rules(hook.Hook(), hook_rules.decide, hook_rules.apply),
    "booking": Rules(booking.Booking(), booking_rules.decide, booking_rules.apply),
    "plan": Rules(plan.ResponsePlan(), plan_rules.decide, plan_rules.apply),
    "paper": Rules(paper.Paper(), paper_rules.decide, paper_rules.apply),
    "duty": Rules(duty.Duty(), duty_rules.decide, duty_fold.apply),
}

_decoder = msgspec.json.Decoder(LogEvent)


def rules_of(stream: str) -> Rules:
    """The rules of ``session:s-1`` are those of ``session``; KeyError for a name nobody knows."""
    return RULES[stream.partition(":")[0]]


def encode_event(event: Event) -> bytes:
    """Canonical JSON of an event: the bytes that are hashed and stored."""
    return msgspec.json.encode(event, order="deterministic")


def decode_event(data: bytes) -> Event:
    """Raises msgspec.ValidationError for a type nobody knows."""
    try:
        event: Event = _decoder.decode(data)
    except msgspec.ValidationError:
        try:
            older = msgspec.json.decode(data, type=_OlderItem)
        except msgspec.ValidationError:
            older = None
        if older is None:
            raise
        return _of_an_older_log(older)
    return event


class _OlderItem(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="item.added"):
    """An item as it was written when a board was alone and its fields were all the same."""

    item_id: str
    rank: str
    text: str
    category: str
    credibility: str
    place: str
    source: str


def _of_an_older_log(older: _OlderItem) -> ItemAdded:
    names = ("text", "category", "credibility", "place", "source")
    return ItemAdded(
        board_id="",
        item_id=older.item_id,
        rank=older.rank,
        fields={name: getattr(older, name) for name in names},
        state="current",
        reach=Reach.ALL,
    )


def fold(stream: str, events: list[Recorded[Any]], state: State | None = None) -> State:
    """The state after ``events``."""
    rules = rules_of(stream)
    current: Any = rules.initial if state is None else state
    for recorded in events:
        current = rules.apply(current, recorded)
    folded: State = current
    return folded
