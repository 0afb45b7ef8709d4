"""An incident that is opened by a plan has what the plan said at that moment, and keeps it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from msgspec.structs import replace

from hub.domain.event import HUB
from hub.domain.floor import SpeakMode
from hub.domain.groups import Group, SetGroup
from hub.domain.kindparts import BoardKind
from hub.domain.organisation import STREAM
from hub.domain.plan import PlanContent, PlanTask, SetPlan, WithdrawPlan, stream_of
from hub.domain.session import SessionKind
from hub.domain.workspace import Header, Workspace
from hub.errors import Refusal
from hub.live.incidents import Incidents
from hub.live.rights import check_follow
from signaling.handlers import HANDLERS
from signaling.incident_vocabulary import IncidentOpen, NewReport
from signaling.schema import check
from tests.support.desk import Desk, live_desk

RAIN = PlanContent(
    name="防汛应急预案",
    boards=[BoardKind.SITUATION],
    tasks=[
        PlanTask(text="通知成员单位集中会商", groups=["near"], minutes=30),
        PlanTask(text="关闭涉水景区", seats=["wenlv"], minutes=60),
        PlanTask(text="带班领导到岗", role="值班室"),
    ],
    groups=["near"],
    seats=["xinyang"],
    session_title="防汛指挥部会商",
    mode=SpeakMode.REQUEST,
)


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    async with live_desk() as running:
        await set_group(running, "shuili", "qixiang")
        await put(running, RAIN)
        yield running


async def set_group(desk: Desk, *seats: str) -> None:
    group = Group(group_id="near", name="周边", seats=list(seats))
    await desk.streams.execute(STREAM, SetGroup(group=group), HUB)


async def put(desk: Desk, content: PlanContent, version: int = 0) -> None:
    wish = SetPlan(plan_id="q-1", base_version=version, content=content)
    await desk.plans.put(wish, await desk.actor("officer"), f"put-{version}")


async def opened(desk: Desk, **rest: Any) -> Workspace:
    wish = IncidentOpen(op="open", header=Header(title="强降雨"), plan_id="q-1", **rest)
    incident_id = await Incidents(desk.clock, desk.streams).open(wish, await desk.actor("officer"))
    state, _ = await desk.streams.state(f"incident:{incident_id}")
    assert isinstance(state, Workspace)
    return state


async def test_Q4_an_incident_has_the_boards_tasks_and_units_of_its_plan(desk: Desk) -> None:
    state = await opened(desk, units=["kaifeng"])
    assert state.plan is not None
    assert (state.plan.name, state.plan.version) == ("防汛应急预案", 1)
    assert list(state.boards) == ["situation", "task"]
    assert state.call == ["xinyang", "shuili", "qixiang", "kaifeng"]
    tasks = list(state.items.values())
    assert [list(task.tracks) for task in tasks] == [["shuili", "qixiang"], ["wenlv"], []]
    assert [task.fields["step"] for task in tasks] == ["1", "2", "3"]
    assert tasks[2].fields["role"] == "值班室"
    due_ms = [task.due_ms and (task.due_ms - desk.clock.wall_ms()) // 60_000 for task in tasks]
    assert due_ms == [30, 60, None]
    assert set(state.units) == {"xinyang", "shuili", "qixiang", "kaifeng", "wenlv"}


async def test_Q4_what_is_chosen_besides_comes_besides(desk: Desk) -> None:
    report = NewReport(item_id="r-1", fields={"text": "漫堤", "type": "phone"})
    state = await opened(desk, boards=[BoardKind.RESOURCE], report=report)
    assert list(state.boards) == ["resource", "report", "task"]
    assert list(state.items) == ["r-1", "q-1-1", "q-1-2", "q-1-3"]


async def test_I7_Q4_a_later_edit_of_the_plan_and_its_groups_changes_nothing_in_it(desk: Desk) -> None:
    before = await opened(desk)
    await set_group(desk, "hebi")
    await put(desk, replace(RAIN, name="新预案", tasks=[]), 1)
    await desk.streams.execute(stream_of("q-1"), WithdrawPlan(reason="已修订"), await desk.actor("admin"))
    after, _ = await desk.streams.state(f"incident:{before.workspace_id}")
    assert after == before
    with pytest.raises(Refusal, match=r"plan\.withdrawn"):
        await Incidents(desk.clock, desk.streams).open(
            IncidentOpen(op="again", header=Header(title="雨"), plan_id="q-1"), await desk.actor("officer")
        )


async def test_Q3_a_plan_names_seats_and_groups_that_are_there(desk: Desk) -> None:
    for content in (replace(RAIN, seats=["moon"]), replace(RAIN, tasks=[PlanTask(text="一", groups=["x"])])):
        with pytest.raises(Refusal, match=r"session\.unknown_venue"):
            await put(desk, content, 1)
    with pytest.raises(Refusal, match=r"plan\.unknown"):
        await Incidents(desk.clock, desk.streams).open(
            IncidentOpen(op="o", header=Header(title="雨"), plan_id="q-9"), await desk.actor("officer")
        )


async def test_Q5_a_session_on_it_has_the_title_and_the_mode_of_the_plan(desk: Desk) -> None:
    state = await opened(desk)
    session_id = await desk.sessions.open(
        "",
        SessionKind.CONSULTATION,
        state.call,
        await desk.actor("officer"),
        incident_id=state.workspace_id,
    )
    session = await desk.session(session_id)
    assert (session.title, session.floor.mode) == ("防汛指挥部会商", SpeakMode.REQUEST)


async def test_Q1_plans_are_listed_for_those_who_write_them_and_nobody_follows_them(desk: Desk) -> None:
    assert [desk.plans.list.first(await desk.actor(account)) for account in ("yingji", "reviewer")] == [
        [],
        [],
    ]
    for account in ("officer", "admin"):
        reader = await desk.reader(account)
        body = {"op": f"by-{account}", "plan_id": f"q-{account}", "base_version": 0}
        request = check("plan.set", [{**body, "content": {"name": account}}], 100)
        await HANDLERS["plan.set"](desk.services(), reader.line, request)
        names = [row["content"]["name"] for row in [*reader.read()][-1][1]["plans"]]
        assert account in names
        with pytest.raises(Refusal, match="not_found"):
            await check_follow(desk.streams, "plan:q-1", reader.who)
    withdraw = check("plan.withdraw", [{"op": "w", "plan_id": "q-1", "reason": "已修订"}], 100)
    await HANDLERS["plan.withdraw"](desk.services(), reader.line, withdraw)
    names = [row["content"]["name"] for row in [*reader.read()][-1][1]["plans"]]
    assert names == ["admin", "officer"]
