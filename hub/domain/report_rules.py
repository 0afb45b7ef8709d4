"""What is stamped when a report comes: its number, when it was due, how late it is (rules D1 to D4)."""

from __future__ import annotations

from typing import NamedTuple

from hub.domain.deadline import Channel, ClockName, Deadline, due_for, late_minutes, next_followup_ms
from hub.domain.fieldvalues import time_of
from hub.domain.kindparts import BoardKind
from hub.domain.workspace import (
    DeadlineMet,
    DeadlinesSet,
    FirstReported,
    Nature,
    Status,
    Workspace,
    WorkspaceEvent,
)

_CHANNELS = {"phone": Channel.PHONE, "initial": Channel.WRITTEN}
_MEETS: dict[str, tuple[ClockName, ...]] = {
    "phone": (ClockName.PHONE,),
    "initial": (ClockName.PHONE, ClockName.WRITTEN),
    "followup": (ClockName.FOLLOWUP,),
    "final": (ClockName.FOLLOWUP,),
}


class Stamps(NamedTuple):
    number: int | None = None
    due_ms: int | None = None
    late_min: int | None = None


def stamps(
    state: Workspace, kind: BoardKind, fields: dict[str, str], chain: str | None, target: str, now_ms: int
) -> Stamps:
    """What an item gets stamped that comes into the state ``target`` now, once and for ever (D2)."""
    if kind is not BoardKind.REPORT:
        return Stamps(due_ms=time_of(fields, "due"))
    if target != "submitted":
        return Stamps()
    of_type = fields.get("type", "initial")
    number = _followups(state, chain) + 1 if of_type == "followup" else None
    channel = _CHANNELS.get(of_type)
    if channel is None or state.nature is not Nature.INCIDENT:
        return Stamps(number=number)
    occurred_ms = _past(time_of(fields, "occurred") or state.header.occurred_ms, now_ms)
    learned_ms = _past(time_of(fields, "learned") or state.header.learned_ms, now_ms)
    due_ms = due_for(
        state.profile,
        channel,
        state.level,
        sensitive=state.header.sensitive,
        occurred_ms=occurred_ms,
        learned_ms=learned_ms,
    )
    return Stamps(number, due_ms, None if due_ms is None else late_minutes(due_ms, now_ms))


def _past(at_ms: int | None, now_ms: int) -> int | None:
    """Nobody gains time by a clock that runs ahead."""
    return None if at_ms is None else min(at_ms, now_ms)


def _followups(state: Workspace, chain: str | None) -> int:
    """How many of the same chain there are (B14); reports that follow none are a chain of their own."""
    first = _first_of(state, chain)
    return sum(
        item.number is not None and _first_of(state, item.chain) == first for item in state.items.values()
    )


def _first_of(state: Workspace, chain: str | None) -> str | None:
    while chain is not None and (before := state.items[chain].chain) is not None:
        chain = before
    return chain


def submitted(state: Workspace, of_type: str, now_ms: int) -> list[WorkspaceEvent]:
    """What a report of this type is for the incident: its first one, and which deadlines it meets."""
    of_type = of_type or "initial"
    is_first = of_type in _CHANNELS and state.first_reported_ms is None
    met: list[WorkspaceEvent] = [FirstReported()] if is_first else []
    for name in _MEETS.get(of_type, ()):
        deadline = state.deadlines.get(name)
        if deadline is not None and deadline.met_ms is None:
            met.append(DeadlineMet(name=name, late_min=late_minutes(deadline.due_ms, now_ms)))
    return met


def first_deadlines(state: Workspace) -> list[Deadline]:
    """Those of the first reports, as the incident is now, that are not met (D3)."""
    if state.nature is not Nature.INCIDENT:
        return []
    found = []
    for name, channel in ((ClockName.PHONE, Channel.PHONE), (ClockName.WRITTEN, Channel.WRITTEN)):
        known = state.deadlines.get(name)
        due_ms = due_for(
            state.profile,
            channel,
            state.level,
            sensitive=state.header.sensitive,
            occurred_ms=state.header.occurred_ms,
            learned_ms=state.header.learned_ms,
        )
        if known is None:
            changes = due_ms is not None and not _has_come(state, name)
        else:
            changes = known.met_ms is None and known.due_ms != due_ms
        if changes and due_ms is not None:
            found.append(Deadline(name=name, due_ms=due_ms))
    return found


def _has_come(state: Workspace, name: ClockName) -> bool:
    """Whether what a deadline asks for was there before there was the deadline."""
    reports = [item for item in state.items.values() if state.boards[item.board_id].kind is BoardKind.REPORT]
    return any(
        name in _MEETS.get(item.fields.get("type", "initial"), ()) and item.state != "draft"
        for item in reports
    )


def check_deadlines(state: Workspace, now_ms: int) -> list[WorkspaceEvent]:
    """D4: the next follow-up falls due when the time of the one before has gone by and it has come.

    One that has not come stays the one that is missing, however late it is.
    """
    due_ms = followup_due_ms(state, now_ms)
    known = state.deadlines.get(ClockName.FOLLOWUP)
    if due_ms is None or (known is not None and (known.met_ms is None or known.due_ms >= due_ms)):
        return []
    return [DeadlinesSet(deadlines=[Deadline(name=ClockName.FOLLOWUP, due_ms=due_ms)])]


def followup_due_ms(state: Workspace, now_ms: int) -> int | None:
    """When the next follow-up of an incident under way is due; None where none is expected."""
    if state.nature is not Nature.INCIDENT or state.status not in (Status.ACTIVE, Status.MONITORING):
        return None
    return next_followup_ms(state.profile, state.level, sensitive=state.header.sensitive, after_ms=now_ms)
