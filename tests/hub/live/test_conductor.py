"""What goes on by itself in a live session: the roll call and the carousel, by the hub's clock."""

from __future__ import annotations

from hub.domain.picture import CarouselKind, PauseCarousel, StartCarousel
from hub.domain.rollcall import ANSWER_S, LINGER_MS, NextInRollCall, RollCall, RollResult, StartRollCall
from hub.domain.session import stream_of
from tests.support.desk import Desk, live_desk

SEATS = ("yingji", "zhengzhou")
ROLL = StartRollCall(rollcall_id="rc-1", venues=list(SEATS))


async def meeting(desk: Desk) -> str:
    session_id = await desk.consult(*SEATS)
    for account in SEATS:
        page = await desk.reader(account)
        await desk.sessions.answer(session_id, page.who, page.page, None)
    return session_id


async def roll_of(desk: Desk, session_id: str) -> RollCall:
    return (await desk.session(session_id)).rollcalls[-1]


async def shown(desk: Desk, session_id: str) -> str | None:
    carousel = (await desk.session(session_id)).picture.carousel
    assert carousel is not None
    return carousel.shown


async def test_A4_two_that_are_asked_in_the_same_millisecond_each_have_their_time() -> None:
    async with live_desk() as desk:
        session_id, officer = await meeting(desk), await desk.actor("officer")
        await desk.sessions.control(session_id, ROLL, officer, None)
        await desk.sessions.control(session_id, NextInRollCall(venue="yingji"), officer, None)
        assert (await roll_of(desk, session_id)).asked == "zhengzhou"
        await desk.pass_s(ANSWER_S)
        roll = await roll_of(desk, session_id)
        assert roll.ended_ms is not None
        assert [row.result for row in roll.rows] == [RollResult.NO_ANSWER] * 2


async def test_A3_who_is_asked_answers_by_being_heard_and_nobody_else() -> None:
    async with live_desk() as desk:
        session_id, officer = await meeting(desk), await desk.actor("officer")
        await desk.sessions.control(session_id, ROLL, officer, None)
        for levels in ({"zhengzhou": 10}, {"yingji": 46}, {}):
            desk.clock.advance(0.2)
            desk.sessions.conductor.levels(session_id, levels)
            await desk.settled()
            assert (await roll_of(desk, session_id)).rows[0].result is None
        for _ in range(2):
            desk.sessions.conductor.levels(session_id, {"yingji": 45})
        await desk.settled()
        row = (await roll_of(desk, session_id)).rows[0]
        assert (row.by, row.after_ms) == ("voice", 600)
        await desk.pass_s(LINGER_MS / 1000)
        assert (await roll_of(desk, session_id)).asked == "zhengzhou"


async def test_V3_a_carousel_turns_by_itself_stands_still_in_a_pause_and_goes_on_after_a_restart() -> None:
    async with live_desk() as desk:
        session_id, officer = await meeting(desk), await desk.actor("officer")
        around = StartCarousel(kind=CarouselKind.BROADCAST, venues=list(SEATS), interval_s=10)
        await desk.sessions.control(session_id, around, officer, None)
        seen = []
        for _ in range(3):
            seen.append(await shown(desk, session_id))
            await desk.pass_s(10)
        assert seen == ["yingji", "zhengzhou", "yingji"]
        await desk.sessions.control(session_id, PauseCarousel(paused=True), officer, None)
        await desk.pass_s(60)
        assert await shown(desk, session_id) == "zhengzhou"
        await desk.sessions.control(session_id, PauseCarousel(paused=False), officer, None)
        events = len(await desk.log.read(stream_of(session_id)))
        await desk.restart()
        for account in SEATS:
            page = await desk.reader(account)
            await desk.sessions.join(session_id, page.who, page.page, None)
        await desk.pass_s(10)
        assert await shown(desk, session_id) == "yingji"
        assert len(await desk.log.read(stream_of(session_id))) > events
