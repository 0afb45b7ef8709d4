"""Incidents are opened once, numbered in order, also when a page asks again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio

from hub.domain.event import HUB
from hub.domain.organisation import STREAM, AddSeat, Level, Seat
from hub.domain.workspace import DAILY, Header, Workspace, stream_of
from hub.live.incidents import Incidents
from signaling.incident_vocabulary import IncidentOpen
from tests.support.desk import Desk, live_desk


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    async with live_desk() as running:
        yield running


def wish(op: str) -> IncidentOpen:
    return IncidentOpen(op=op, header=Header(title="浉河漫堤"))


async def numbers(desk: Desk) -> list[str]:
    states = [(await desk.streams.state(name))[0] for name in await desk.streams.names("incident:")]
    return sorted(state.number for state in states if isinstance(state, Workspace))


async def test_J3_an_incident_is_opened_once_also_when_the_hub_fell_before_it_answered(desk: Desk) -> None:
    officer, deputy = await desk.actor("officer"), await desk.actor("deputy")
    first = await Incidents(desk.clock, desk.streams).open(wish("o-1"), officer)
    await desk.restart()
    incidents = Incidents(desk.clock, desk.streams)
    assert await incidents.open(wish("o-1"), officer) == first
    assert await incidents.open(wish("o-1"), deputy) != first  # somebody else's wish is another one
    assert await numbers(desk) == ["2026-0001", "2026-0002"]


async def test_J3_a_wish_that_comes_twice_at_once_is_one(desk: Desk) -> None:
    officer = await desk.actor("officer")
    incidents = Incidents(desk.clock, desk.streams)
    one, two, other = await asyncio.gather(
        *(incidents.open(wish(op), officer) for op in ("o-1", "o-1", "o-2"))
    )
    assert one == two != other
    assert await numbers(desk) == ["2026-0001", "2026-0002"]


async def test_I1_the_daily_duty_is_opened_once_and_has_no_number(desk: Desk) -> None:
    for _ in range(2):
        await Incidents(desk.clock, desk.streams).start()
    state, seq = await desk.streams.state(stream_of(DAILY))
    assert isinstance(state, Workspace)
    assert (state.number, state.boards != {}) == ("", True)
    await Incidents(desk.clock, desk.streams).open(wish("o-1"), await desk.actor("officer"))
    assert await numbers(desk) == ["", "2026-0001"]
    assert (await desk.streams.state(stream_of(DAILY)))[1] == seq


async def test_I4_a_seat_that_comes_later_takes_part_in_the_daily_duty(desk: Desk) -> None:
    incidents = Incidents(desk.clock, desk.streams)
    await incidents.start()
    for seat_id in ("late", "later"):
        seat = Seat(seat_id=seat_id, name=f"{seat_id} 值班室", short_name=seat_id, level=Level.CITY)
        await desk.streams.execute(STREAM, AddSeat(seat=seat), HUB)
        await incidents.chores.idle()
        state, _ = await desk.streams.state(stream_of(DAILY))
        assert isinstance(state, Workspace)
        assert seat_id in state.units
    await incidents.close()
