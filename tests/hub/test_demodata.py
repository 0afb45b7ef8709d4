"""The demo incident is played by the rules, at the times at which it happened, once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest_asyncio

from hub import demo
from hub.clock import ManualClock
from hub.demodata.play import play
from hub.domain.event import Recorded
from hub.domain.kindparts import BoardKind
from hub.domain.track import Progress
from hub.domain.workspace import Workspace
from hub.live.plans import lay_out
from hub.live.streams import Streams
from hub.storage.memory import MemoryEventLog

NOW_MS = 1_784_530_000_000


@pytest_asyncio.fixture
async def log() -> AsyncIterator[MemoryEventLog]:
    opened, clock = MemoryEventLog(), ManualClock(wall_ms=NOW_MS)
    await demo.fill(Streams(opened, clock))
    assert await play(opened, clock, wanted=False) == 0
    assert await play(opened, clock) > 300
    yield opened
    await opened.close()


async def incidents(log: MemoryEventLog) -> dict[str, Workspace]:
    streams, found = Streams(log, ManualClock(wall_ms=NOW_MS)), {}
    for name in await log.streams("incident:"):
        state, _ = await streams.state(name)
        assert isinstance(state, Workspace)
        found[state.header.title] = state
    return found


async def test_three_hours_end_now_and_nothing_is_out_of_order(log: MemoryEventLog) -> None:
    events: list[Recorded[Any]] = []
    for name in await log.streams("incident:"):
        of_it = await log.read(name)
        assert all(one.at_ms <= other.at_ms for one, other in pairwise(of_it))
        events += of_it
    assert len(events) > 300
    assert min(each.at_ms for each in events) == NOW_MS - 200 * 60_000
    assert NOW_MS - 2 * 60_000 < max(each.at_ms for each in events) <= NOW_MS
    assert (await log.verify()).ok


async def test_it_shows_everything_there_is_to_see(log: MemoryEventLog) -> None:
    rain = (await incidents(log))["豫南强降雨防汛"]
    assert len([unit for unit in rain.units.values() if unit.level == "city"]) == 18
    kinds = {rain.boards[item.board_id].kind for item in rain.items.values()}
    assert kinds == set(BoardKind) - {BoardKind.DUTY, BoardKind.CHECK}
    tracks = [track for item in rain.items.values() for track in item.tracks.values()]
    assert {track.state for track in tracks} == set(Progress) - {Progress.RETURNED}
    assert any(reply.returned for track in tracks for reply in track.replies)
    assert any(track.extension is not None and track.extension.granted for track in tracks)
    overdue = [
        item
        for item in rain.items.values()
        if item.due_ms is not None and item.due_ms < NOW_MS and item.state in ("working", "todo", "blocked")
    ]
    assert len(overdue) >= 3
    assert any(item.late_min for item in rain.items.values())
    assert any(item.voided for item in rain.items.values())
    assert len([item for item in rain.items.values() if item.fields.get("lon")]) > 50
    assert len(rain.casualties) == 4


async def test_the_exercise_is_kept_apart_and_the_day_goes_on_beside(log: MemoryEventLog) -> None:
    found = await incidents(log)
    assert [title for title, state in found.items() if state.exercise] == ["危化品泄漏处置演练"]
    assert sorted(state.number for state in found.values()) == ["", "2026-0001", "2026-0002"]
    day = found["日常值班"]
    kinds = {day.boards[item.board_id].kind for item in day.items.values()}
    assert kinds >= {BoardKind.DUTY, BoardKind.CHECK}


async def test_the_plans_name_whom_there_is(log: MemoryEventLog) -> None:
    streams = Streams(log, ManualClock(wall_ms=NOW_MS))
    for name in await log.streams("plan:"):
        laid_out = await lay_out(streams, name.partition(":")[2], NOW_MS)
        assert laid_out.items
        assert laid_out.seats
    assert len(await log.streams("plan:")) == 3


async def test_where_there_is_an_incident_already_nothing_is_played(log: MemoryEventLog) -> None:
    before = {name: await log.head(name) for name in await log.streams("")}
    assert await play(log, ManualClock(wall_ms=NOW_MS + 3_600_000)) == 0
    assert {name: await log.head(name) for name in await log.streams("")} == before
