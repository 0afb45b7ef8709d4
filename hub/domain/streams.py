"""Which kind of stream follows which rules: the table of the aggregates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from hub.domain import (
    booking,
    booking_rules,
    organisation,
    organisation_rules,
    recording,
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

DomainEvent = (
    organisation.OrganisationEvent
    | session.SessionEvent
    | workspace.WorkspaceEvent
    | recording.RecordingEvent
    | wall.WallEvent
    | spotcheck.SpotCheckEvent
    | booking.BookingEvent
)
State = (
    organisation.Organisation
    | session.Session
    | workspace.Workspace
    | recording.Recording
    | wall.Wall
    | spotcheck.SpotCheck
    | booking.Booking
)


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
    "recording": Rules(recording.Recording(), recording.decide, recording.apply),
    "wall": Rules(wall.Wall(), wall.decide, wall.apply),
    "spotcheck": Rules(spotcheck.SpotCheck(), spotcheck_rules.decide, spotcheck_rules.apply),
    "booking": Rules(booking.Booking(), booking_rules.decide, booking_rules.apply),
}

_decoder = msgspec.json.Decoder(DomainEvent)


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
        older = _of_an_older_log(msgspec.json.decode(data))
        if older is None:
            raise
        return msgspec.convert(older, ItemAdded)
    return event


def _of_an_older_log(event: dict[str, Any]) -> dict[str, Any] | None:
    """An item as it was written when a board was alone and its fields were all the same."""
    if event.get("type") != "item.added" or "fields" in event:
        return None
    names = ("text", "category", "credibility", "place", "source")
    fields = {name: event[name] for name in names if name in event}
    kept = {"type": "item.added", "item_id": event["item_id"], "rank": event["rank"], "board_id": ""}
    return {**kept, "fields": fields, "state": "current", "reach": "all"}


def fold(stream: str, events: list[Recorded[Any]], state: State | None = None) -> State:
    """The state after ``events``."""
    rules = rules_of(stream)
    current: Any = rules.initial if state is None else state
    for recorded in events:
        current = rules.apply(current, recorded)
    folded: State = current
    return folded
