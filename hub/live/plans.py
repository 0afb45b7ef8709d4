"""Plans: listed for those who write them, and laid out over the units of the moment when one is used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hub.domain.event import Actor, Role
from hub.domain.item import AddItem
from hub.domain.kindparts import BoardKind
from hub.domain.organisation import Organisation
from hub.domain.plan import PlanTask, ResponsePlan, SetPlan, stream_of
from hub.domain.workspace import PlanRef
from hub.errors import Refusal
from hub.live.boards import unit_of
from hub.live.listing import Listing
from hub.live.pages import Pages
from hub.live.rights import organisation_of
from hub.live.streams import Streams
from signaling.plan_vocabulary import PlanRow
from signaling.plan_vocabulary import Plans as PlanList

MINUTE_MS = 60_000
_STEM = 60
"""So much of a plan's id is in the ids of its tasks, which are no longer than any other."""


class LaidOut(NamedTuple):
    """What a plan puts into an incident that is opened now."""

    ref: PlanRef
    seats: list[str]
    boards: list[BoardKind]
    items: list[AddItem]


class Plans:
    """The list of plans, and whom they may name."""

    def __init__(self, streams: Streams, pages: Pages) -> None:
        self._streams = streams
        self.list: Listing[ResponsePlan] = Listing(streams, pages, ResponsePlan, stream_of(""), _list_for)

    async def start(self) -> None:
        await self.list.start()

    def close(self) -> None:
        self.list.close()

    async def put(self, wish: SetPlan, by: Actor, op: str) -> int:
        """Q3: whom a plan names is there; a seat or a group that goes later is left out when it is used."""
        organisation = await organisation_of(self._streams)
        content = wish.content
        seats = [*content.seats, *(seat for task in content.tasks for seat in task.seats)]
        groups = [*content.groups, *(group for task in content.tasks for group in task.groups)]
        unknown = [seat for seat in seats if seat not in organisation.seats]
        unknown += [group for group in groups if group not in organisation.groups]
        if unknown:
            raise Refusal("session.unknown_venue", venues=unknown[:20])
        return await self._streams.execute(stream_of(wish.plan_id), wish, by, op=op)


async def lay_out(streams: Streams, plan_id: str, now_ms: int) -> LaidOut:
    """Q4: as it stands at this moment; refuses with ``plan.unknown`` or ``plan.withdrawn``."""
    state, _ = await streams.state(stream_of(plan_id))
    if not isinstance(state, ResponsePlan) or not state.version:
        raise Refusal("plan.unknown")
    if state.withdrawn_ms is not None:
        raise Refusal("plan.withdrawn")
    organisation = await organisation_of(streams)
    content = state.content
    ref = PlanRef(
        plan_id=plan_id,
        name=content.name,
        version=state.version,
        session_title=content.session_title,
        mode=content.mode,
    )
    items = [
        _task_of(organisation, plan_id, step, task, now_ms) for step, task in enumerate(content.tasks, 1)
    ]
    boards = [*content.boards, *([BoardKind.TASK] if items else [])]
    seats = _seats(organisation, content.seats, content.groups)
    return LaidOut(ref, seats, boards, items)


def _task_of(organisation: Organisation, plan_id: str, step: int, task: PlanTask, now_ms: int) -> AddItem:
    fields = {"text": task.text, "role": task.role, "step": str(step)}
    if task.minutes is not None:
        fields["due"] = str(now_ms + task.minutes * MINUTE_MS)
    return AddItem(
        board_id=BoardKind.TASK,
        item_id=f"{plan_id[:_STEM]}-{step}",
        fields=fields,
        units=[unit_of(organisation, seat) for seat in _seats(organisation, task.seats, task.groups)],
    )


def _seats(organisation: Organisation, seats: Iterable[str], groups: Iterable[str]) -> list[str]:
    of_groups = [seat for key in groups if (group := organisation.groups.get(key)) for seat in group.seats]
    return [seat for seat in dict.fromkeys([*seats, *of_groups]) if seat in organisation.seats]


def _list_for(plans: Sequence[ResponsePlan], viewer: Actor) -> PlanList | None:
    if viewer.role not in (Role.OFFICER, Role.ADMIN):
        return None
    rows = [
        PlanRow(
            plan_id=plan.plan_id,
            version=plan.version,
            content=plan.content,
            edited_by=plan.edited_by.person if plan.edited_by is not None else "",
            edited_ms=plan.edited_ms,
        )
        for plan in plans
        if plan.version and plan.withdrawn_ms is None
    ]
    return PlanList(plans=sorted(rows, key=lambda row: (row.content.name, row.plan_id)))
