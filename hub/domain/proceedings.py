"""What happened in one session, as its minutes tell it: who was there when, who spoke, who had the chair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from hub.domain.chair import ChairPassed
from hub.domain.event import Recorded
from hub.domain.floor import FloorEnded, FloorGiven, TurnKind
from hub.domain.session import (
    SessionEnded,
    SessionStarted,
    VenueAdded,
    VenueAnswered,
    VenueCalled,
    VenueDeclined,
    VenueDropped,
    VenueJoined,
    VenueLeft,
    VenueMissed,
    VenueReturned,
    VenueSpoke,
)

PAUSE_MS = 15_000
"""Whoever goes on after a shorter pause, and nobody else has begun meanwhile, is in the same turn."""

BREATH_MS = 1_500
"""So short a pause is none, whoever has said a word into it."""

WORD_MS = 5_000
"""What is shorter, and was not asked for, is a word thrown in: it counts, and is not listed."""


class Absence(StrEnum):
    """未应答 · 拒接 · 离线: why nobody came, as it was the last time."""

    NO_ANSWER = "no_answer"
    DECLINED = "declined"
    OFFLINE = "offline"


class Stay(NamedTuple):
    """One person's time in it. ``ended``: left, hung_up or lost; empty when the session ended first."""

    person: str
    from_ms: int
    to_ms: int
    ended: str
    seq: int


class Presence(NamedTuple):
    """One venue, expected since ``called_ms``. Its line broke ``cuts`` times, for ``cut_ms`` in all."""

    venue: str
    called_ms: int
    stays: tuple[Stay, ...] = ()
    cuts: int = 0
    cut_ms: int = 0
    absence: Absence | None = None
    seq: int = 1

    @property
    def length_ms(self) -> int:
        return sum(stay.to_ms - stay.from_ms for stay in self.stays)

    @property
    def persons(self) -> list[str]:
        return list(dict.fromkeys(stay.person for stay in self.stays))


class Turn(NamedTuple):
    """发言: ``given`` by the chair, or taken in free speech. ``spoken_ms``: how long its voice was heard."""

    venue: str
    from_ms: int
    to_ms: int
    spoken_ms: int
    given: TurnKind | None
    seq: int

    @property
    def length_ms(self) -> int:
        """A turn that was given is as long as the floor was held (F6), else as the voice was heard."""
        return self.spoken_ms if self.given is None else self.to_ms - self.from_ms


class Chaired(NamedTuple):
    """Who steered from when on. ``reason`` of ``chair.passed``; empty for the first."""

    venue: str
    from_ms: int
    reason: str
    seq: int


# --- attendance ---------------------------------------------------------------------------------


class _Venue:
    def __init__(self, venue: str, called_ms: int, seq: int) -> None:
        self.venue, self.called_ms, self.seq = venue, called_ms, seq
        self.called = False
        self.stays: list[Stay] = []
        self.open: Stay | None = None
        self.cut_since_ms: int | None = None
        self.cuts = self.cut_ms = 0
        self.absence: Absence | None = None

    def call(self, at_ms: int) -> None:
        if not self.called and not self.stays and self.open is None:
            self.called, self.called_ms = True, at_ms

    def come(self, recorded: Recorded[Any]) -> None:
        self.leave(recorded.at_ms, "")
        self.open = Stay(recorded.actor.person, recorded.at_ms, recorded.at_ms, "", recorded.seq)

    def drop(self, at_ms: int) -> None:
        self.cuts += 1
        self.cut_since_ms = at_ms

    def back(self, at_ms: int) -> None:
        if self.cut_since_ms is not None:
            self.cut_ms += at_ms - self.cut_since_ms
            self.cut_since_ms = None

    def leave(self, at_ms: int, reason: str) -> None:
        self.back(at_ms)
        if self.open is not None:
            self.stays.append(self.open._replace(to_ms=at_ms, ended=reason))
            self.open = None

    def over(self) -> Presence:
        absence = None if self.stays else self.absence
        stays = tuple(self.stays)
        return Presence(self.venue, self.called_ms, stays, self.cuts, self.cut_ms, absence, self.seq)


def presences(events: Iterable[Recorded[Any]], until_ms: int) -> list[Presence]:
    """In the order of invitation. ``until_ms``: now, as long as the session runs."""
    venues: dict[str, _Venue] = {}
    end_ms = until_ms
    for recorded in events:
        event, at_ms = recorded.event, recorded.at_ms
        if isinstance(event, VenueAdded):
            venues.setdefault(event.venue, _Venue(event.venue, at_ms, recorded.seq))
        elif isinstance(event, SessionEnded):
            end_ms = at_ms
        else:
            venue = venues.get(getattr(event, "venue", ""))
            if venue is not None:
                _note(venue, recorded)
    for venue in venues.values():
        venue.leave(end_ms, "")
    return [venue.over() for venue in venues.values()]


def _note(venue: _Venue, recorded: Recorded[Any]) -> None:
    at_ms = recorded.at_ms
    match recorded.event:
        case VenueCalled():
            venue.call(at_ms)
        case VenueAnswered() | VenueJoined():
            venue.come(recorded)
        case VenueDropped():
            venue.drop(at_ms)
        case VenueReturned():
            venue.back(at_ms)
        case VenueLeft(reason=reason):
            venue.leave(at_ms, reason)
        case VenueDeclined():
            venue.absence = Absence.DECLINED
        case VenueMissed(offline=offline):
            venue.absence = Absence.OFFLINE if offline else Absence.NO_ANSWER


# --- who spoke ----------------------------------------------------------------------------------


def turns(events: Sequence[Recorded[Any]], until_ms: int) -> list[Turn]:
    """In order of beginning: turns on the floor and free speech, each with what was heard in it."""
    given = _given(events, until_ms)
    free: list[Turn] = []
    heard = [recorded for recorded in events if isinstance(recorded.event, VenueSpoke)]
    for recorded in sorted(heard, key=lambda one: (one.event.from_ms, one.seq)):
        spoke: VenueSpoke = recorded.event
        place = _place(given, spoke)
        if place is not None:
            given[place] = _longer(given[place], spoke)
        elif (same := _goes_on(free, spoke)) is not None:
            free[same] = _longer(free[same], spoke)._replace(to_ms=max(free[same].to_ms, spoke.to_ms))
        else:
            length_ms = spoke.to_ms - spoke.from_ms
            free.append(Turn(spoke.venue, spoke.from_ms, spoke.to_ms, length_ms, None, recorded.seq))
    return sorted([*given, *free], key=lambda turn: (turn.from_ms, turn.seq))


def is_listed(turn: Turn) -> bool:
    return turn.given is not None or turn.spoken_ms >= WORD_MS


def _given(events: Iterable[Recorded[Any]], until_ms: int) -> list[Turn]:
    found: list[Turn] = []
    holds = False
    for recorded in events:
        event, at_ms = recorded.event, recorded.at_ms
        if isinstance(event, FloorGiven | FloorEnded | SessionEnded) and holds:
            found[-1] = found[-1]._replace(to_ms=at_ms)
            holds = False
        if isinstance(event, FloorGiven):
            found.append(Turn(event.venue, at_ms, until_ms, 0, event.kind, recorded.seq))
            holds = True
    return found


def _place(given: list[Turn], spoke: VenueSpoke) -> int | None:
    """The turn on the floor in which most of ``spoke`` was heard."""
    middle_ms = (spoke.from_ms + spoke.to_ms) // 2
    return next(
        (
            place
            for place, turn in enumerate(given)
            if turn.venue == spoke.venue and turn.from_ms <= middle_ms <= turn.to_ms
        ),
        None,
    )


def _goes_on(free: list[Turn], spoke: VenueSpoke) -> int | None:
    """The turn that ``spoke`` continues: the last of all, or the venue's own after no more than a breath."""
    for place in range(len(free) - 1, max(-1, len(free) - 8), -1):
        turn = free[place]
        pause_ms = spoke.from_ms - turn.to_ms
        if turn.venue == spoke.venue:
            return place if pause_ms <= (PAUSE_MS if place == len(free) - 1 else BREATH_MS) else None
    return None


def _longer(turn: Turn, spoke: VenueSpoke) -> Turn:
    return turn._replace(spoken_ms=turn.spoken_ms + spoke.to_ms - spoke.from_ms)


# --- who steered --------------------------------------------------------------------------------


def chairs(events: Iterable[Recorded[Any]]) -> list[Chaired]:
    found = []
    for recorded in events:
        event = recorded.event
        if isinstance(event, SessionStarted):
            found.append(Chaired(event.chair, recorded.at_ms, "", recorded.seq))
        elif isinstance(event, ChairPassed):
            found.append(Chaired(event.venue, recorded.at_ms, event.reason, recorded.seq))
    return found
