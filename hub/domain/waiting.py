"""What of a workspace waits for somebody, and what the hub does about it when (rules T4, T5, D5, D6).

Pure, and an item at a time: with a thousand items on a board, saving one looks at that one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from hub.domain.deadline import MINUTE_MS, ClockName, Profile
from hub.domain.item import Item
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.kinds import state_of
from hub.domain.report_rules import followup_due_ms
from hub.domain.track import UNANSWERED, Progress, UnitTrack
from hub.domain.workspace import Nature, Workspace

REMINDED = (BoardKind.INSTRUCTION, BoardKind.WARNING, BoardKind.TASK)
"""Kinds whose units are urged and called. A hazard and a check have days, and their own dates."""

COUNTED = (
    BoardKind.REPORT,
    BoardKind.INSTRUCTION,
    BoardKind.WARNING,
    BoardKind.HAZARD,
    BoardKind.TASK,
    BoardKind.CHECK,
    BoardKind.KEYEVENT,
)
"""Kinds whose open items are work that is to be done; a fact on the situation board is none."""

URGED_FOR_MS = 6 * 60 * MINUTE_MS
"""So long the hub urges by itself. Who is silent longer has been on the telephone list for hours (D6)."""

SOON_MS = 10 * MINUTE_MS
"""So long before its time the desk is reminded of what is due (D5)."""

ANSWERED = (Progress.REPLIED, Progress.CONFIRMED)
_UNREAD = (Progress.SENT, Progress.DELIVERED)


class Planned(NamedTuple):
    """What the hub does about one track: it escalates it to the telephone list, or urges the unit."""

    at_ms: int
    seat: str
    escalates: bool


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """An item of which something is expected. ``asked``: seats that have it on their list."""

    item: Item
    kind: BoardKind
    counted: bool
    asked: frozenset[str]


def waiting(state: Workspace, item: Item) -> Waiting | None:
    """None where nothing is expected any more."""
    if state.closed_ms is not None or item.voided is not None:
        return None
    kind = state.boards[item.board_id].kind
    final = state_of(kind, item.state).final
    asked = frozenset(
        seat
        for seat, track in item.tracks.items()
        if _asks(kind, item, track, final=final) and _may_see(state, item, seat)
    )
    counted = kind in COUNTED and not final
    return Waiting(item=item, kind=kind, counted=counted, asked=asked) if counted or asked else None


def _may_see(state: Workspace, item: Item, seat: str) -> bool:
    return item.reach is not Reach.OFFICE and (state.nature is Nature.SESSION or seat in state.units)


def _asks(kind: BoardKind, item: Item, track: UnitTrack, *, final: bool) -> bool:
    """Whether something is still asked of this unit."""
    if kind is BoardKind.CHECK:  # its state is the result of the call; what is asked is an explanation
        problem = item.fields.get("verdict") == "problem" and not item.fields.get("explanation")
        return problem and track.state is not Progress.CONFIRMED
    if final or track.state is Progress.CONFIRMED:
        return False
    if kind is BoardKind.HAZARD:
        return item.state != "recheck"
    if kind is BoardKind.TASK:
        return True
    if is_reference(kind, item):
        return track.state in UNANSWERED
    return track.state is not Progress.REPLIED


def is_reference(kind: BoardKind, item: Item) -> bool:
    """参阅性: to be known, nothing is to be done."""
    return kind is BoardKind.INSTRUCTION and item.fields.get("class") == "reference"


def due_of(item: Item, track: UnitTrack) -> int | None:
    """The unit's own time after an extension, else that of the item."""
    return track.due_ms if track.due_ms is not None else item.due_ms


def late_units(item: Item, now_ms: int) -> list[str]:
    """Seats whose time has gone by without an answer."""
    return [
        seat
        for seat, track in item.tracks.items()
        if track.state not in ANSWERED and (due := due_of(item, track)) is not None and now_ms > due
    ]


def is_overdue(one: Waiting, now_ms: int) -> bool:
    """To who sees all tracks: where units are asked, their times count. A report is late instead (D2)."""
    if not one.counted or one.kind is BoardKind.REPORT:
        return False
    if one.item.tracks:
        return bool(late_units(one.item, now_ms))
    return one.item.due_ms is not None and now_ms > one.item.due_ms


def dues(one: Waiting) -> set[int]:
    """The times that an open item still has to keep, as a viewer who sees all tracks."""
    if not one.counted or one.kind is BoardKind.REPORT:
        return set()
    if one.item.tracks:
        times = [due_of(one.item, each) for each in one.item.tracks.values() if each.state not in ANSWERED]
        return {due for due in times if due is not None}
    return {one.item.due_ms} if one.item.due_ms is not None else set()


def next_edge_ms(state: Workspace, all_waiting: Iterable[Waiting], now_ms: int) -> int | None:
    """When something becomes due soon, or overdue, that is not so yet."""
    times = {each.due_ms for each in state.deadlines.values() if each.met_ms is None}
    for one in all_waiting:
        times |= dues(one)
        if one.item.due_ms is not None:  # to those who see none of its tracks
            times.add(one.item.due_ms)
    edges = (edge for due_ms in times for edge in (due_ms - SOON_MS, due_ms + 1))
    return min((edge for edge in edges if edge > now_ms), default=None)


def sent_ms(track: UnitTrack) -> int:
    return track.times.get(Progress.SENT, track.since_ms)


# --- what the hub does ----------------------------------------------------------------------------


def plan(one: Waiting, profile: Profile, now_ms: int, not_before_ms: int = 0) -> list[Planned]:
    """What is to be done about the tracks of an item as it is now; after every change it is made anew.

    Times are those in the log, so a restart repeats nothing. One that lies ahead of the clock, because that
    was set back, counts from now. ``not_before_ms``: units that could not reach the hub get time to.
    """
    if one.kind not in REMINDED or is_reference(one.kind, one.item):
        return []
    planned = []
    for seat in one.asked:
        track = one.item.tracks[seat]
        if track.state not in UNANSWERED:
            continue
        for at_ms, escalates in _steps(track, profile, one.kind, now_ms, not_before_ms):
            planned.append(Planned(at_ms, seat, escalates))
    return planned


def _steps(
    track: UnitTrack, profile: Profile, kind: BoardKind, now_ms: int, not_before_ms: int
) -> list[tuple[int, bool]]:
    """T4: unread it is escalated, a warning that is read but not confirmed as well. T5: it is urged."""
    steps = []
    sent = min(sent_ms(track), now_ms)
    if track.escalated_ms is None and (track.state in _UNREAD or kind is BoardKind.WARNING):
        wait_s = profile.unread_s if track.state in _UNREAD else profile.unconfirmed_s
        steps.append((max(sent + wait_s * 1000, not_before_ms), True))
    following = sent + profile.unconfirmed_s * 1000
    if track.urged:
        following = min(track.urged[-1], now_ms) + profile.urge_every_s * 1000
    at_ms = max(following, not_before_ms)
    if at_ms - sent <= URGED_FOR_MS:
        steps.append((at_ms, False))
    return steps


def next_check_ms(state: Workspace, now_ms: int) -> int | None:
    """When ``CheckDeadlines`` has something to do (D4); None where none is expected or one is missing."""
    if followup_due_ms(state, now_ms) is None:
        return None
    known = state.deadlines.get(ClockName.FOLLOWUP)
    if known is None:
        return now_ms
    return known.due_ms if known.met_ms is not None else None


def is_expected(state: Workspace, name: ClockName, now_ms: int) -> bool:
    """Whether anybody still waits for this deadline: a follow-up only while the incident is so grave."""
    return name is not ClockName.FOLLOWUP or followup_due_ms(state, now_ms) is not None
