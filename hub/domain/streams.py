"""Which kind of stream follows which rules: the table of the aggregates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from hub.domain import (
    board,
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
)
from hub.domain.event import Actor, Command, Event, Recorded

DomainEvent = (
    organisation.OrganisationEvent
    | session.SessionEvent
    | board.BoardEvent
    | recording.RecordingEvent
    | wall.WallEvent
    | spotcheck.SpotCheckEvent
    | booking.BookingEvent
)
State = (
    organisation.Organisation
    | session.Session
    | board.Board
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


RULES: dict[str, Rules] = {
    "organisation": Rules(organisation.Organisation(), organisation_rules.decide, organisation_rules.apply),
    "session": Rules(session.Session(), session_rules.decide, session_rules.apply),
    "board": Rules(board.Board(), board.decide, board.apply),
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
    event: Event = _decoder.decode(data)
    return event


def fold(stream: str, events: list[Recorded[Any]], state: State | None = None) -> State:
    """The state after ``events``."""
    rules = rules_of(stream)
    current: Any = rules.initial if state is None else state
    for recorded in events:
        current = rules.apply(current, recorded)
    folded: State = current
    return folded
