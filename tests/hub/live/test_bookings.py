"""Planned meetings on a live hub: lists, reminders across a restart, and the start."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from hub.domain.agenda import AgendaItem
from hub.domain.booking import Booking, PlanBooking, Reply, ReplyBooking, stream_of
from hub.domain.session import SessionKind
from hub.errors import Refusal
from hub.live.rights import check_follow
from tests.support.desk import Desk, Reader, live_desk

HOUR_S = 3600


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    async with live_desk() as running:
        yield running


async def plan(desk: Desk, *venues: str, in_s: float = 2 * HOUR_S) -> None:
    officer = await desk.actor("officer")
    starts_ms = desk.clock.wall_ms() + round(in_s * 1000)
    agenda = [AgendaItem(title="通报雨情", venue="yingji", minutes=20)]
    made = await desk.planner.plan_of(
        "防汛联席会议", SessionKind.JOINT_MEETING, starts_ms, 90, list(venues), agenda, officer
    )
    await desk.planner.do("m-1", PlanBooking(booking_id="m-1", plan=made), officer, None)


async def reply(desk: Desk, account: str, answer: Reply, reason: str = "") -> None:
    command = ReplyBooking(venue=account, reply=answer, reason=reason)
    await desk.planner.do("m-1", command, await desk.actor(account), None)


async def booking(desk: Desk) -> Booking:
    state, _ = await desk.streams.state(stream_of("m-1"))
    assert isinstance(state, Booking)
    return state


def shown(page: Reader) -> list[dict[str, object]]:
    lists = [body["bookings"] for name, body in page.read() if name == "bookings"]
    rows: list[dict[str, object]] = lists[-1] if lists else []
    return rows


async def test_G2_a_seat_sees_its_own_invitation_and_its_own_answer(desk: Desk) -> None:
    pages = {name: await desk.reader(name) for name in ("officer", "yingji", "xinyang", "hebi", "reviewer")}
    await plan(desk, "yingji", "xinyang")
    await reply(desk, "yingji", Reply.ON_LEAVE, "在前线")
    seen = {name: [list(row["invited"]) for row in shown(page)] for name, page in pages.items()}  # type: ignore[call-overload]
    assert seen == {
        "officer": [["yingji", "xinyang"]],
        "yingji": [["yingji"]],
        "xinyang": [["xinyang"]],
        "hebi": [],
        "reviewer": [],
    }
    await check_follow(desk.streams, stream_of("m-1"), pages["officer"].who)
    for name in ("yingji", "hebi", "reviewer"):
        with pytest.raises(Refusal, match=r"booking\.unknown"):
            await check_follow(desk.streams, stream_of("m-1"), pages[name].who)


async def test_G4_reminders_survive_a_restart_and_none_goes_out_twice(desk: Desk) -> None:
    await plan(desk, "yingji")
    await desk.pass_s(HOUR_S - 1)
    assert (await booking(desk)).reminded == {}
    await desk.pass_s(1)
    assert list((await booking(desk)).reminded) == ["60"]
    await desk.restart()
    await desk.pass_s(0)
    assert list((await booking(desk)).reminded) == ["60"]
    page = await desk.reader("yingji")
    await desk.pass_s(HOUR_S / 2)
    assert list((await booking(desk)).reminded) == ["60", "30"]
    assert shown(page)[0]["reminded"] == (await booking(desk)).reminded
    await desk.planner.close()  # the hub is away while the last one is due
    desk.clock.advance(HOUR_S / 2 - 5 * 60)
    await desk.restart()
    await desk.pass_s(0)
    assert list((await booking(desk)).reminded) == ["60", "30", "10"]


async def test_G6_one_click_calls_all_but_those_on_leave_and_takes_the_agenda_along(desk: Desk) -> None:
    officer = await desk.actor("officer")
    await plan(desk, "yingji", "xinyang", "hebi", in_s=HOUR_S)
    await reply(desk, "yingji", Reply.CONFIRMED)
    await reply(desk, "hebi", Reply.ON_LEAVE, "在前线")
    with pytest.raises(Refusal, match="forbidden"):
        await desk.planner.begin("m-1", await desk.actor("yingji"))
    session_id = await desk.planner.begin("m-1", officer)
    assert await desk.planner.begin("m-1", officer) == session_id
    session = await desk.session(session_id)
    assert list(session.venues) == ["office", "yingji", "xinyang"]
    assert (session.title, session.kind) == ("防汛联席会议", SessionKind.JOINT_MEETING)
    assert session.agenda == [AgendaItem(title="通报雨情", venue="yingji", minutes=20)]
    assert (await booking(desk)).session_id == session_id
    assert session.ends_ms == (await booking(desk)).starts_ms + 90 * 60_000


async def test_G6_a_meeting_that_begins_late_has_its_length_all_the_same(desk: Desk) -> None:
    await plan(desk, "yingji", in_s=60)
    await desk.pass_s(10 * 60)
    session_id = await desk.planner.begin("m-1", await desk.actor("officer"))
    assert (await desk.session(session_id)).ends_ms == desk.clock.wall_ms() + 90 * 60_000


async def test_G6_a_hub_that_fell_before_it_had_noted_the_start_calls_nobody_twice(desk: Desk) -> None:
    officer = await desk.actor("officer")
    await plan(desk, "yingji", in_s=HOUR_S)
    # The session has begun, and the hub falls before the booking says so.
    opened = await desk.sessions.open(
        "防汛联席会议", SessionKind.JOINT_MEETING, ["yingji"], officer, op="booking/m-1"
    )
    await desk.restart()
    assert await desk.planner.begin("m-1", officer) == opened
    assert desk.sessions.summaries.count == 1
    assert (await booking(desk)).session_id == opened


async def test_G6_not_before_its_time(desk: Desk) -> None:
    await plan(desk, "yingji")
    with pytest.raises(Refusal, match="too_early"):
        await desk.planner.begin("m-1", await desk.actor("officer"))
    assert desk.sessions.summaries.count == 0
