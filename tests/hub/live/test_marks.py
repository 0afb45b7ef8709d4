"""Markers that are set afterwards: two who look at it at once, notes to live ones, and who sees none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from hub.domain.event import Command
from hub.domain.keeping import ChangeMark, Keeping, RemoveMark, SetMark, stream_of
from hub.domain.session import MarkerKind, SetMarker
from hub.errors import Refusal
from hub.live.keeping import keep
from hub.live.rights import check_follow
from tests.support.desk import Desk, Reader, live_desk
from tests.support.live import new_op


class Reviewed:
    """A session of the officer with 信阳, that two look at."""

    def __init__(self, desk: Desk, session_id: str, recording_id: str) -> None:
        self.desk = desk
        self.session_id = session_id
        self.recording_id = recording_id

    @property
    def stream(self) -> str:
        return stream_of(self.recording_id)

    async def does(self, account: str, command: Command) -> None:
        by = await self.desk.actor(account)
        await keep(self.desk.streams, self.recording_id, command, by, new_op())

    async def refused(self, account: str, command: Command) -> Refusal:
        with pytest.raises(Refusal) as refusal:
            await self.does(account, command)
        return refusal.value

    def mark(self, label: str, **rest: Any) -> SetMark:
        at_ms = rest.pop("at_ms", self.desk.clock.wall_ms())
        return SetMark(mark_id=f"k-{label}", kind=MarkerKind.TODO, label=label, at_ms=at_ms, **rest)


@pytest_asyncio.fixture
async def reviewed() -> AsyncIterator[Reviewed]:
    async with live_desk() as desk:
        session_id = await desk.consult("xinyang")
        await desk.pass_s(60)
        yield Reviewed(desk, session_id, (await desk.session(session_id)).recording_id)


def seen(page: Reader, stream: str) -> Keeping:
    page.read()
    state = page.states[stream]
    assert isinstance(state, Keeping)
    return state


async def test_R36_two_who_look_at_once_see_each_others_markers_and_lose_nothing(reviewed: Reviewed) -> None:
    pages = {name: await reviewed.desk.reader(name) for name in ("officer", "reviewer")}
    for page in pages.values():
        await page.follow(reviewed.stream)
    await reviewed.does("reviewer", reviewed.mark("核实人数"))
    await reviewed.does("officer", reviewed.mark("转移群众"))
    states = [seen(page, reviewed.stream) for page in pages.values()]
    assert states[0].marks == states[1].marks
    assert sorted(states[0].marks) == ["k-核实人数", "k-转移群众"]

    # both change the same one: the second is told, and what the first wrote stands
    known = states[0].marks["k-核实人数"]

    def change(label: str) -> ChangeMark:
        return ChangeMark(
            mark_id="k-核实人数",
            base_version=known.version,
            kind=known.kind,
            label=label,
            note="",
            at_ms=known.at_ms,
        )

    await reviewed.does("officer", change("核实失联人数"))
    assert (await reviewed.refused("reviewer", change("核实被困人数"))).code == "keeping.mark_changed"
    assert seen(pages["reviewer"], reviewed.stream).marks["k-核实人数"].label == "核实失联人数"
    foreign = await reviewed.refused("reviewer", RemoveMark(mark_id="k-转移群众"))
    assert foreign.code == "keeping.mark_foreign"
    await reviewed.does("officer", RemoveMark(mark_id="k-核实人数"))
    assert list(seen(pages["reviewer"], reviewed.stream).marks) == ["k-转移群众"]


async def test_R36_a_marker_lies_within_its_recording(reviewed: Reviewed) -> None:
    started_ms = (await reviewed.desk.session(reviewed.session_id)).started_ms
    early = await reviewed.refused("officer", reviewed.mark("太早", at_ms=started_ms - 1_000))
    assert (early.code, early.detail["field"]) == ("bad_request", "at_ms")
    await reviewed.desk.sessions.end(reviewed.session_id, "", await reviewed.desk.actor("officer"), op=None)
    await reviewed.desk.settled()
    ended_ms = reviewed.desk.clock.wall_ms()
    late = await reviewed.refused("officer", reviewed.mark("太晚", at_ms=ended_ms + 1_000))
    assert late.code == "bad_request"
    await reviewed.does("officer", reviewed.mark("最后一刻", at_ms=ended_ms))


async def test_R36_a_seat_neither_sees_nor_sets_markers_afterwards(reviewed: Reviewed) -> None:
    assert (await reviewed.refused("xinyang", reviewed.mark("外人"))).code == "forbidden"
    with pytest.raises(Refusal):
        await check_follow(reviewed.desk.streams, reviewed.stream, await reviewed.desk.actor("xinyang"))


async def test_R37_a_live_marker_stands_and_a_note_names_it(reviewed: Reviewed) -> None:
    live = SetMarker(marker_id="m-1", kind=MarkerKind.DECISION, label="启动二级响应")
    officer = await reviewed.desk.actor("officer")
    await reviewed.desk.streams.execute(f"session:{reviewed.session_id}", live, officer)
    await reviewed.does("reviewer", reviewed.mark("", note="由省防指行文", about="m-1"))
    kept, _ = await reviewed.desk.streams.state(reviewed.stream)
    assert isinstance(kept, Keeping)
    assert [(each.about, each.note) for each in kept.marks.values()] == [("m-1", "由省防指行文")]
    rewrite = ChangeMark(
        mark_id="m-1",
        base_version=1,
        kind=MarkerKind.KEY,
        label="改写",
        note="",
        at_ms=reviewed.desk.clock.wall_ms(),
    )
    assert (await reviewed.refused("officer", rewrite)).code == "keeping.mark_unknown"
    nowhere = await reviewed.refused("officer", reviewed.mark("没有", about="m-none"))
    assert nowhere.code == "keeping.mark_unknown"
    assert (await reviewed.desk.session(reviewed.session_id)).markers[0].label == "启动二级响应"
