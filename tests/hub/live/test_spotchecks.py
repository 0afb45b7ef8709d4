"""Spot checks on a live hub: calls, outcomes, restarts, and who learns of them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from hub.domain.session import SessionKind
from hub.domain.spotcheck import CheckRow, CheckState, SpotCheck, stream_of
from hub.domain.spotcheck_rules import drawn
from hub.errors import Refusal
from hub.live.rights import check_follow
from signaling.spotcheck_vocabulary import DrawWish
from tests.support.desk import Desk, live_desk

RING_S = 45


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    async with live_desk() as running:
        yield running


async def begin(desk: Desk, *seats: str, count: int | None = None) -> SpotCheck:
    draw = DrawWish(label="省辖市", count=count) if count is not None else None
    officer = await desk.actor("officer")
    await desk.checking.begin("k-1", "国庆值班抽查", list(seats), draw, ["在岗"], officer, "op-k")
    return await check(desk)


async def check(desk: Desk) -> SpotCheck:
    state, _ = await desk.streams.state(stream_of("k-1"))
    assert isinstance(state, SpotCheck)
    return state


async def row(desk: Desk, number: int = 1) -> CheckRow:
    return (await check(desk)).rows[number - 1]


async def call(desk: Desk, number: int = 1, op: str | None = None) -> str:
    return await desk.checking.call("k-1", number, await desk.actor("officer"), op)


async def test_K5_each_call_is_a_session_with_one_venue(desk: Desk) -> None:
    await begin(desk, "xinyang", "hebi")
    first, second = await call(desk, 1), await call(desk, 2)
    one, other = await desk.session(first), await desk.session(second)
    assert list(one.venues) == ["office", "xinyang"]
    assert list(other.venues) == ["office", "hebi"]
    assert one.kind is SessionKind.SPOT_CHECK
    assert one.title.startswith("视频抽查 · ")
    with pytest.raises(Refusal, match=r"session\.foreign"):
        await check_follow(desk.streams, f"session:{first}", await desk.actor("hebi"))
    recording, _ = await desk.streams.state(f"recording:{one.recording_id}")
    assert recording.started_ms  # type: ignore[union-attr]


async def test_K3_an_answer_is_measured(desk: Desk) -> None:
    await begin(desk, "xinyang")
    session_id = await call(desk)
    assert (await row(desk)).state is CheckState.CALLING
    await desk.pass_s(4.2)
    page = await desk.reader("xinyang")
    await desk.sessions.answer(session_id, page.who, page.page, None)
    await desk.settled()
    answered = await row(desk)
    assert (answered.state, answered.after_ms, answered.recalled) == (CheckState.ANSWERED, 4_200, False)


async def test_K3_the_automatic_recall_counts_from_the_first_ring(desk: Desk) -> None:
    page = await desk.reader("xinyang")
    await begin(desk, "xinyang")
    session_id = await call(desk)
    await desk.pass_s(RING_S)
    assert (await row(desk)).state is CheckState.CALLING
    await desk.pass_s(5)
    await desk.sessions.answer(session_id, page.who, page.page, None)
    await desk.settled()
    answered = await row(desk)
    assert (answered.after_ms, answered.recalled) == (50_000, True)


@pytest.mark.parametrize(("is_there", "state"), [(True, CheckState.NO_ANSWER), (False, CheckState.OFFLINE)])
async def test_K4_who_does_not_answer_twice_is_missed(desk: Desk, is_there: bool, state: CheckState) -> None:
    if is_there:
        await desk.reader("xinyang")
    await begin(desk, "xinyang")
    session_id = await call(desk)
    await desk.pass_s(RING_S)
    await desk.pass_s(RING_S)
    missed = await row(desk)
    assert (missed.state, missed.recalled) == (state, True)
    officer = await desk.actor("officer")
    await desk.sessions.end(session_id, "", officer, None)
    await desk.settled()
    assert (await row(desk)).state is state


async def test_whoever_else_is_called_into_it_has_no_part_in_the_table(desk: Desk) -> None:
    await begin(desk, "xinyang")
    session_id = await call(desk)
    await desk.sessions.call(session_id, ["hebi"], await desk.actor("officer"), None)
    await desk.sessions.decline(session_id, await desk.actor("hebi"), None)
    await desk.settled()
    assert (await row(desk)).state is CheckState.CALLING
    page = await desk.reader("xinyang")
    await desk.pass_s(2)
    await desk.sessions.answer(session_id, page.who, page.page, None)
    await desk.settled()
    assert (await row(desk)).after_ms == 2_000


async def test_a_refusal_is_an_outcome_and_a_cut_ring_is_none(desk: Desk) -> None:
    await begin(desk, "xinyang", "hebi")
    first, second = await call(desk, 1), await call(desk, 2)
    await desk.sessions.decline(first, await desk.actor("xinyang"), None)
    await desk.sessions.end(second, "", await desk.actor("officer"), None)
    await desk.settled()
    assert (await row(desk, 1)).state is CheckState.DECLINED
    assert (await row(desk, 2)).state is CheckState.WAITING
    again = await call(desk, 2)
    assert again != second
    assert (await desk.session(again)).running


async def test_J3_the_same_wish_rings_once(desk: Desk) -> None:
    await begin(desk, "xinyang")
    assert await call(desk, op="op-1") == await call(desk, op="op-1")
    with pytest.raises(Refusal, match=r"spotcheck\.row_called"):
        await call(desk, op="op-2")


async def test_K3_a_restart_in_the_middle_of_a_ring_loses_nothing(desk: Desk) -> None:
    await begin(desk, "xinyang", "hebi")
    first, second = await call(desk, 1), await call(desk, 2)
    await desk.pass_s(3)
    desk.checking._unsubscribe()  # the hub dies between the answer and the line in the table
    await desk.sessions.decline(second, await desk.actor("hebi"), None)
    await desk.restart()
    assert (await row(desk, 1)).state is CheckState.CALLING
    assert (await row(desk, 2)).state is CheckState.DECLINED
    await desk.pass_s(4)
    page = await desk.reader("xinyang")
    await desk.sessions.answer(first, page.who, page.page, None)
    await desk.settled()
    assert (await row(desk, 1)).after_ms == 7_000


async def test_K2_the_hub_draws_with_a_seed_of_its_own(desk: Desk) -> None:
    pool = ["xinyang", "hebi", "anyang", "luohe", "puyang"]
    drawn_check = await begin(desk, *pool, count=2)
    draw = drawn_check.draw
    assert draw is not None
    assert len(draw.seed) == 32
    assert [row.seat.seat for row in drawn_check.rows] == drawn(pool, 2, draw.seed)


async def test_K1_a_seat_learns_of_it_when_it_rings_and_not_before(desk: Desk) -> None:
    officer, seat = await desk.reader("officer"), await desk.reader("xinyang")
    reviewer = await desk.reader("reviewer")
    await begin(desk, "xinyang", "hebi")
    await call(desk, 2)
    await desk.settled()
    names = [name for name, _ in officer.read()]
    assert "spotchecks" in names
    for page in (seat, reviewer):
        assert {name: body[name] for name, body in page.read() if name != "presence"} == {
            "sessions": [],
            "rings": [],
        }
        assert desk.checking.list.first(page.who) == []
        with pytest.raises(Refusal, match=r"spotcheck\.unknown"):
            await check_follow(desk.streams, stream_of("k-1"), page.who)
        with pytest.raises(Refusal, match=r"spotcheck\.unknown"):
            await desk.checking.call("k-1", 1, page.who, None)
    await check_follow(desk.streams, stream_of("k-1"), officer.who)
    await call(desk, 1)
    assert [name for name, _ in seat.read() if name in ("rings", "sessions")] != []
