"""What is counted of each unit: reports, instructions, warnings, roll calls, checks, marks (rules N2 and N9).

Every function lists what it counts, one row a thing, so that a figure is the length of a list and each of its
rows names the record that it comes from. Exercises and what was voided are never among them (N9).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from hub.domain.event import Role
from hub.domain.item import Item
from hub.domain.kindparts import BoardKind
from hub.domain.mark import Mark
from hub.domain.paperlog import Chronicle, Place
from hub.domain.rollcall import RollCall, RollRow
from hub.domain.session import Session, SessionKind
from hub.domain.spotcheck import CheckRow, CheckState, SpotCheck, Verdict
from hub.domain.track import UNANSWERED, Progress, UnitTrack
from hub.domain.workspace import Status, Workspace


class Scope(NamedTuple):
    """From when to when, and of which incident, or session on its boards, alone.

    An exercise is looked at when it is named.
    """

    from_ms: int
    to_ms: int
    incident: str | None = None
    session: str | None = None

    def has(self, at_ms: int) -> bool:
        return self.from_ms <= at_ms < self.to_ms


class Report(NamedTuple):
    """One report of a unit, at its first submission. ``timed``: a limit was set for it."""

    seat: str
    item: Item
    place: Place
    timed: bool
    late_min: int | None


class Outcome(StrEnum):
    """按时反馈 · 超时反馈 · 超期未反馈 · 办理中"""

    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"
    OPEN = "open"


class Order(NamedTuple):
    """One unit's part of an instruction."""

    seat: str
    item: Item
    track: UnitTrack
    place: Place
    outcome: Outcome


class Warned(NamedTuple):
    """One unit's answer to a warning. ``after_ms``: from sent to signed; None while it has not signed."""

    seat: str
    item: Item
    track: UnitTrack
    place: Place
    after_ms: int | None


class Rolled(NamedTuple):
    """One venue in one roll call, as it answered last."""

    seat: str
    session: Session
    roll: RollCall
    row: RollRow


class Checked(NamedTuple):
    """One row of a spot check that was called."""

    seat: str
    check: SpotCheck
    row: CheckRow
    place: Place


# --- which streams are looked at -------------------------------------------------------------------


def workspaces(chronicles: Iterable[Chronicle], scope: Scope) -> list[tuple[Chronicle, Workspace]]:
    """N9: without exercises and voided incidents, but for the one that the paper is about."""
    found = []
    for each in chronicles:
        state = each.state
        if not isinstance(state, Workspace) or not state.opened_ms:
            continue
        named = each.stream == scope.incident
        if named or (scope.incident is None and not state.exercise and state.status is not Status.VOID):
            found.append((each, state))
    return found


def sessions(chronicles: Iterable[Chronicle], scope: Scope) -> list[tuple[Chronicle, Session]]:
    """Those that began in the time; an incident's are its own."""
    found = []
    for each in chronicles:
        state = each.state
        if not isinstance(state, Session) or not scope.has(state.started_ms):
            continue
        if scope.session not in (None, each.stream):
            continue
        own = each.stream == scope.session
        own = own or (scope.incident is not None and state.boards == scope.incident)
        real = not state.exercise and state.kind is not SessionKind.DRILL
        if own or (scope.incident is None and real):
            found.append((each, state))
    return sorted(found, key=lambda pair: pair[1].started_ms)


def items(state: Workspace, kind: BoardKind) -> Iterator[Item]:
    """Those of all boards of ``kind``, without what was voided."""
    for item in state.items.values():
        if state.boards[item.board_id].kind is kind and item.voided is None:
            yield item


# --- one row a thing ------------------------------------------------------------------------------


def reports(of: Chronicle, scope: Scope) -> list[Report]:
    """What units have submitted in the time; what the office wrote down itself is nobody's report."""
    return [row for row in all_reports(of, scope) if row.item.author.role is Role.SEAT]


def all_reports(of: Chronicle, scope: Scope) -> list[Report]:
    """With the office's telephone records."""
    assert isinstance(of.state, Workspace)
    found = []
    for item in items(of.state, BoardKind.REPORT):
        place = of.place(f"submitted:{item.item_id}")
        if place is not None and scope.has(place.at_ms):
            timed = item.due_ms is not None
            found.append(Report(item.author.seat or "", item, place, timed, item.late_min))
    return sorted(found, key=lambda row: row.place)


def orders(of: Chronicle, scope: Scope) -> list[Order]:
    """What was asked of units in the time, by instructions that were not revoked."""
    assert isinstance(of.state, Workspace)
    found = []
    for item in items(of.state, BoardKind.INSTRUCTION):
        if item.state != "revoked":
            for place, track in _sent(of, item, scope):
                found.append(Order(track.unit.seat, item, track, place, outcome(item, track, scope.to_ms)))
    return sorted(found, key=lambda row: (row.place, row.seat))


def warned(of: Chronicle, scope: Scope) -> list[Warned]:
    assert isinstance(of.state, Workspace)
    found = []
    for item in items(of.state, BoardKind.WARNING):
        for place, track in _sent(of, item, scope):
            at_ms = signed_ms(track)
            after_ms = None if at_ms is None else at_ms - place.at_ms
            found.append(Warned(track.unit.seat, item, track, place, after_ms))
    return sorted(found, key=lambda row: (row.place, row.seat))


def _sent(of: Chronicle, item: Item, scope: Scope) -> Iterator[tuple[Place, UnitTrack]]:
    for seat, track in item.tracks.items():
        place = of.place(f"sent:{item.item_id}/{seat}")
        if place is not None and scope.has(place.at_ms):
            yield place, track


def due_ms(item: Item, track: UnitTrack) -> int | None:
    return track.due_ms if track.due_ms is not None else item.due_ms


def outcome(item: Item, track: UnitTrack, at_ms: int) -> Outcome:
    """As it stands at ``at_ms``; whether an answer came late was stamped when it came (T5)."""
    if track.replies:
        return Outcome.ON_TIME if track.late_min is None else Outcome.LATE
    due = due_ms(item, track)
    return Outcome.OVERDUE if due is not None and due < at_ms else Outcome.OPEN


def signed_ms(track: UnitTrack) -> int | None:
    """When the unit signed, or took a later step without signing first."""
    later = (Progress.SIGNED, Progress.WORKING, Progress.REPLIED, Progress.CONFIRMED)
    return min((track.times[step] for step in later if step in track.times), default=None)


def is_silent(track: UnitTrack) -> bool:
    return track.state in UNANSWERED


def marks(of: Chronicle, scope: Scope) -> list[Mark]:
    """漏报, 瞒报 and 谎报 of the time that nobody has taken back."""
    assert isinstance(of.state, Workspace)
    return [mark for mark in of.state.marks.values() if mark.retracted is None and scope.has(mark.at_ms)]


def rolled(session: Session) -> list[Rolled]:
    """A venue that was asked twice in a roll call counts once; telephones in the field are no units."""
    found = []
    for roll in session.rollcalls:
        last = {row.venue: row for row in roll.rows if row.result is not None}
        found += [
            Rolled(venue, session, roll, row)
            for venue, row in last.items()
            if not session.venues[venue].field
        ]
    return found


MISSED = (CheckState.NO_ANSWER, CheckState.DECLINED, CheckState.OFFLINE)


def checked(chronicles: Iterable[Chronicle], scope: Scope) -> list[Checked]:
    """Rows whose call is over, of the spot checks that began in the time; who was on leave is not counted."""
    found = []
    for each in chronicles:
        check = each.state
        if not isinstance(check, SpotCheck) or scope.incident or not scope.has(check.started_ms):
            continue
        for row in check.rows:
            over = row.state is CheckState.ANSWERED or row.state in MISSED
            if over and row.verdict is not Verdict.ON_LEAVE:
                found.append(Checked(row.seat.seat, check, row, each.places[f"row:{row.number}"]))
    return found
