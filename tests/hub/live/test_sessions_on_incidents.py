"""A session that is held on an incident: who takes part, and what is kept apart."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from msgspec.structs import replace

from hub.domain.session import SessionKind
from hub.domain.workspace import ChangeStatus, Nature, Status, Workspace
from hub.errors import Refusal
from hub.live.boards import units_of
from tests.support.desk import Desk, live_desk
from tests.support.factories import open_workspace


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    async with live_desk() as running:
        yield running


async def incident(desk: Desk, *units: str, exercise: bool = False) -> str:
    opening = open_workspace(nature=Nature.INCIDENT, exercise=exercise)
    opening = replace(opening, units=await units_of(desk.streams, units))
    await desk.streams.execute("incident:i-1", opening, await desk.actor("officer"))
    return "i-1"


async def test_I4_who_is_called_into_a_session_on_an_incident_takes_part_in_it(desk: Desk) -> None:
    incident_id, officer = await incident(desk, "yingji"), await desk.actor("officer")
    session_id = await desk.sessions.open(
        "防汛会商",
        SessionKind.CONSULTATION,
        ["zhengzhou"],
        officer,
        incident_id=incident_id,
        template_id="fangxun",
        without=["qixiang"],
    )
    state, _ = await desk.streams.state("incident:i-1")
    assert isinstance(state, Workspace)
    venues = (await desk.session(session_id)).venues
    assert {"zhengzhou", "shuili"} <= set(venues) - {"qixiang"}
    assert set(state.units) == {*venues, "yingji"} - {"office"}
    assert [link.session_id for link in state.sessions] == [session_id]
    await desk.sessions.call(session_id, ["hebi"], officer, None)
    state, _ = await desk.streams.state("incident:i-1")
    assert isinstance(state, Workspace)
    assert "hebi" in state.units


@pytest.mark.parametrize("exercise", [True, False])
async def test_I9_a_session_on_an_incident_is_an_exercise_when_the_incident_is_one(
    desk: Desk, exercise: bool
) -> None:
    incident_id, officer = await incident(desk, "yingji", exercise=exercise), await desk.actor("officer")

    async def start(kind: SessionKind) -> str:
        return await desk.sessions.open("演练", kind, ["yingji"], officer, incident_id=incident_id)

    consultation = await desk.session(await start(SessionKind.CONSULTATION))
    assert consultation.exercise == exercise
    if exercise:
        assert (await desk.session(await start(SessionKind.DRILL))).exercise
    else:
        with pytest.raises(Refusal, match=r"incident\.no_exercise"):
            await start(SessionKind.DRILL)


async def test_I5_nobody_is_called_into_a_session_on_an_incident_that_is_closed(desk: Desk) -> None:
    incident_id, officer = await incident(desk, "yingji"), await desk.actor("officer")
    await desk.streams.execute("incident:i-1", ChangeStatus(status=Status.CLOSED, reason="险情解除"), officer)
    with pytest.raises(Refusal, match=r"incident\.closed"):
        await desk.sessions.open(
            "复盘", SessionKind.CONSULTATION, ["yingji"], officer, incident_id=incident_id
        )
