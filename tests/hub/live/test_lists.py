"""What the desk shows without being asked: who is there, what runs, what rings; to each its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from hub.domain.chair import TransferChair
from hub.domain.event import HUB
from hub.domain.organisation import STREAM, AddSeat, Level, Seat
from hub.domain.session import Source
from tests.support.desk import Desk, Reader, live_desk


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    async with live_desk() as running:
        yield running


def pushes(page: Reader, name: str) -> list[dict[str, Any]]:
    return [body for heard, body in page.read() if heard == name]


# --- presence -----------------------------------------------------------------------------------


async def test_P10_officers_see_every_seat_and_a_seat_only_itself(desk: Desk) -> None:
    officer, yingji = await desk.reader("officer"), await desk.reader("yingji")
    reviewer, shuili = await desk.reader("reviewer"), await desk.reader("shuili")
    online = {"seat_id": "shuili", "online": True, "since_ms": desk.clock.wall_ms(), "person": "马建军"}
    assert pushes(officer, "presence")[-1] == {"full": False, "seats": [online]}
    assert pushes(shuili, "presence") == [{"full": False, "seats": [online]}]
    assert all(online not in body["seats"] for body in pushes(yingji, "presence"))
    assert pushes(reviewer, "presence") == []
    full = await desk.presence.full(officer.who)
    assert [seat.seat_id for seat in full.seats if seat.online] == ["office", "yingji", "shuili"]
    assert len(full.seats) == 29
    assert [seat.seat_id for seat in (await desk.presence.full(yingji.who)).seats] == ["yingji"]
    assert (await desk.presence.full(reviewer.who)).seats == []


async def test_a_page_loaded_anew_is_no_empty_seat(desk: Desk) -> None:
    officer = await desk.reader("officer")
    page = await desk.reader("yingji")
    since_ms = desk.presence.of("yingji").since_ms
    officer.read()
    page.cut()
    await desk.pass_s(29)
    page.connect()
    await desk.pass_s(60)
    assert pushes(officer, "presence") == []
    assert desk.presence.of("yingji").since_ms == since_ms


async def test_a_seat_that_was_left_is_shown_as_empty(desk: Desk) -> None:
    officer = await desk.reader("officer")
    pages = [await desk.reader("yingji"), await desk.reader("yingji")]
    officer.read()
    for page in pages:
        page.cut()
        await desk.pass_s(20)
    assert pushes(officer, "presence") == []
    await desk.pass_s(11)
    assert pushes(officer, "presence") == [
        {
            "full": False,
            "seats": [{"seat_id": "yingji", "online": False, "since_ms": None, "person": None}],
        }
    ]


async def test_a_new_seat_is_seen_at_once(desk: Desk) -> None:
    officer = await desk.reader("officer")
    officer.read()
    seat = Seat(seat_id="minquan", name="民权县委值班室", short_name="民权", level=Level.COUNTY)
    await desk.streams.execute(STREAM, AddSeat(seat=seat), HUB)
    last = pushes(officer, "presence")[-1]
    assert last["full"] is True
    assert len(last["seats"]) == 30


# --- sessions and rings -------------------------------------------------------------------------


async def test_a_ring_is_heard_by_every_page_of_the_seat_and_by_no_other(desk: Desk) -> None:
    pages = [await desk.reader("yingji"), await desk.reader("yingji")]
    others = [await desk.reader(account) for account in ("hebi", "reviewer", "admin")]
    session_id = await desk.consult("yingji", "zhengzhou")
    for page in pages:
        [ring] = pushes(page, "rings")[-1]["rings"]
        assert (ring["session_id"], ring["caller"]) == (session_id, "省委总值班室")
        assert ring["until_ms"] - ring["since_ms"] == 45_000
    await desk.sessions.answer(session_id, pages[0].who, pages[0].page, None)
    for page in pages:
        assert pushes(page, "rings")[-1] == {"rings": []}, "the bell stops everywhere"
    for other in others:
        heard = dict(other.read())
        assert heard.get("rings", {"rings": []}) == {"rings": []}
        assert heard.get("sessions", {"sessions": []}) == {"sessions": []}


async def test_a_summary_says_how_the_viewer_stands(desk: Desk) -> None:
    session_id = await desk.consult("yingji", "zhengzhou")
    page = await desk.reader("yingji")
    await desk.sessions.answer(session_id, page.who, page.page, None)
    officer = await desk.actor("officer")
    [mine] = desk.sessions.summaries.sessions_for(page.who).sessions
    [theirs] = desk.sessions.summaries.sessions_for(officer).sessions
    assert (mine.mine, theirs.mine) == ("joined", "idle")
    assert (mine.venues, mine.joined, mine.recording) == (3, 1, "recording")
    assert mine.chair_name == "省委总值班室"
    await desk.sessions.end(session_id, "", officer, None)
    assert desk.sessions.summaries.sessions_for(page.who).sessions == []


async def test_P1_the_office_goes_on_calling_while_a_branch_has_the_chair(desk: Desk) -> None:
    session_id = await desk.consult("yingji", "zhengzhou")
    page, officer = await desk.reader("yingji"), await desk.actor("officer")
    await desk.sessions.answer(session_id, page.who, page.page, None)

    def steer() -> list[bool]:
        lists = [desk.sessions.summaries.sessions_for(who) for who in (officer, page.who)]
        return [one.sessions[0].steers for one in lists]

    assert steer() == [True, False]
    await desk.sessions.control(session_id, TransferChair(venue="yingji"), officer, None)
    assert steer() == [True, True]
    await desk.sessions.call(session_id, ["xinyang"], officer, None)
    assert (await desk.session(session_id)).venues["xinyang"].state == "ringing"


async def test_what_changes_no_list_pushes_none(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    page = await desk.reader("yingji")
    await desk.sessions.answer(session_id, page.who, page.page, None)
    page.read()
    camera = Source(source_id="x-1", venue="yingji", name="camera", kind="video", codec="VP8")
    desk.sessions._hearing.source_started(session_id, camera)
    await desk.sessions.set_devices(session_id, False, None, page.who, None)
    await desk.settled()
    assert page.read() == []


async def test_lists_are_right_for_who_comes_after_nobody_was_there(desk: Desk) -> None:
    first = await desk.reader("yingji")
    session_id = await desk.consult("yingji")
    await desk.pass_s(1)
    first.cut()
    await desk.sessions.hang_up(session_id, "yingji", await desk.actor("officer"), None)
    await desk.sessions.call(session_id, ["yingji"], await desk.actor("officer"), None)
    second = await desk.reader("yingji")
    _, rings = desk.sessions.summaries.first(second.who)
    assert len(rings.rings) == 1
    await desk.sessions.hang_up(session_id, "yingji", await desk.actor("officer"), None)
    assert pushes(second, "rings") == [{"rings": []}]


async def test_the_lists_survive_a_restart(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    await desk.restart()
    yingji = await desk.actor("yingji")
    sessions, rings = desk.sessions.summaries.first(yingji)
    assert [(row.session_id, row.recording) for row in sessions.sessions] == [(session_id, "recording")]
    assert [ring.session_id for ring in rings.rings] == [session_id]
