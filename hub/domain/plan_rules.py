"""Who writes and withdraws a plan, and what it has to say (rules Q1 to Q3)."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain.event import Actor, Command, Recorded, Role
from hub.domain.fieldvalues import checked_line, checked_text
from hub.domain.plan import (
    MINUTES_MAX,
    NAME_MAX,
    SEATS_MAX,
    TASKS_MAX,
    PlanContent,
    PlanEvent,
    PlanSet,
    PlanTask,
    PlanWithdrawn,
    ResponsePlan,
    SetPlan,
    WithdrawPlan,
)
from hub.domain.workspace import TITLE_MAX
from hub.errors import Refusal

WRITERS = (Role.OFFICER, Role.ADMIN, Role.HUB)


def decide(state: ResponsePlan, command: Command, by: Actor, now_ms: int) -> list[PlanEvent]:
    """What ``command`` makes happen; refuses with a code of ``hub.errors`` and then nothing happens."""
    if by.role not in WRITERS:  # Q1
        raise Refusal("forbidden")
    if state.withdrawn_ms is not None:
        raise Refusal("plan.withdrawn")
    match command:
        case SetPlan():
            return _set(state, command)
        case WithdrawPlan(reason=reason):
            if not state.version:
                raise Refusal("plan.unknown")
            why = checked_line("reason", reason)
            if not why:
                raise Refusal("board.needs_reason", move="withdraw")
            return [PlanWithdrawn(reason=why)]
    raise TypeError(command)


def _set(state: ResponsePlan, wish: SetPlan) -> list[PlanEvent]:
    """Q2: nobody overwrites what he has not seen."""
    if wish.base_version != state.version:
        raise Refusal("plan.moved_on", version=state.version)
    content = _checked(wish.content)
    if content == state.content:
        return []
    return [PlanSet(plan_id=wish.plan_id, version=state.version + 1, content=content)]


def _checked(content: PlanContent) -> PlanContent:
    name = " ".join(content.name.split())
    if not name or len(name) > NAME_MAX:
        raise Refusal("plan.no_name", max=NAME_MAX)
    if len(content.tasks) > TASKS_MAX:
        raise Refusal("bad_request", field="tasks")
    if len(content.seats) + len(content.groups) > SEATS_MAX:
        raise Refusal("bad_request", field="seats")
    title = checked_line("session_title", content.session_title)
    if len(title) > TITLE_MAX:
        raise Refusal("bad_request", field="session_title")
    return replace(
        content,
        name=name,
        note=content.note.strip()[:2_000],
        boards=list(dict.fromkeys(content.boards)),
        tasks=[_checked_task(task) for task in content.tasks],
        seats=list(dict.fromkeys(content.seats)),
        groups=list(dict.fromkeys(content.groups)),
        session_title=title,
    )


def _checked_task(task: PlanTask) -> PlanTask:
    if task.minutes is not None and not 0 <= task.minutes <= MINUTES_MAX:
        raise Refusal("bad_request", field="minutes")
    if len(task.seats) + len(task.groups) > SEATS_MAX:
        raise Refusal("bad_request", field="seats")
    return replace(
        task,
        text=checked_text(task.text),
        role=checked_line("role", task.role),
        seats=list(dict.fromkeys(task.seats)),
        groups=list(dict.fromkeys(task.groups)),
    )


def apply(state: ResponsePlan, recorded: Recorded[PlanEvent]) -> ResponsePlan:
    match recorded.event:
        case PlanSet(plan_id=plan_id, version=version, content=content):
            return replace(
                state,
                plan_id=plan_id,
                version=version,
                content=content,
                edited_by=recorded.actor,
                edited_ms=recorded.at_ms,
            )
        case PlanWithdrawn(reason=reason):
            return replace(state, withdrawn_ms=recorded.at_ms, withdrawn_why=reason)
