"""A page on the line: who it is, what it hears, and how it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.asking import boards_of, written
from tests.support.live import Page, Refused, live_hub


async def test_a_page_hears_who_it_is_and_what_there_is(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as hub:
        page = await hub.page("yingji")
        names = [name for name, _ in page.pushes]
        assert names == [
            "welcome",
            "presence",
            "bookings",
            "incidents",
            "inbox",
            "papers",
            "sessions",
            "rings",
        ]
        welcome = page.last("welcome")
        assert welcome is not None
        assert welcome["actor"]["seat"] == "yingji"
        assert (await page.ask("ping"))["hub_ms"] >= welcome["hub_ms"]
        await page.close()


async def test_a_call_is_answered_and_the_board_is_shared(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as hub:
        officer, yingji = await hub.page("officer"), await hub.page("yingji")
        started = await officer.wish(
            "session.start", title="强降雨防汛会商", kind="consultation", venues=["yingji", "zhengzhou"]
        )
        session_id = started["session_id"]
        await yingji.until(lambda: bool((yingji.last("rings") or {})["rings"]))
        await yingji.wish("session.answer", session_id=session_id)
        await yingji.until(lambda: not (yingji.last("rings") or {})["rings"])
        await officer.wish("session.join", session_id=session_id)
        for page in (officer, yingji):
            await page.follow(f"session:{session_id}")
        boards = boards_of(officer.states[f"session:{session_id}"])
        for page in (officer, yingji):
            await page.follow(boards)
        opened = officer.seqs[boards]
        done = await yingji.wish("item.add", **written(boards, "i-1", "水位上涨"))
        assert done == {"stream": boards, "seq": opened + 1}
        await officer.until(lambda: officer.seqs[boards] == opened + 1)
        assert officer.states[boards] == yingji.states[boards]
        await officer.wish("session.end", session_id=session_id)
        await yingji.until(lambda: (yingji.last("sessions") or {})["sessions"] == [])
        await hub.settled()
        with pytest.raises(Refused, match=r"board\.closed"):
            await yingji.wish("item.add", **written(boards, "i-2", "太晚了"))
        await officer.close()
        await yingji.close()


@pytest.mark.parametrize("auth", [None, {}, {"token": 7}, {"token": "nonsense"}, ["token"]])
async def test_nobody_comes_in_without_a_token(tmp_path: Path, auth: object) -> None:
    async with live_hub(tmp_path) as hub:
        assert await Page(hub.url, auth).refusal() == "auth.required"


async def test_G2_a_seat_answers_an_invitation_and_reports_its_line(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as hub:
        officer, yingji, hebi = await hub.page("officer"), await hub.page("yingji"), await hub.page("hebi")
        plan = {
            "booking_id": "m-1",
            "title": "防汛联席会议",
            "kind": "joint_meeting",
            "starts_ms": hub.clock.wall_ms() + 3_600_000,
            "minutes": 60,
            "venues": ["yingji"],
        }
        with pytest.raises(Refused, match="forbidden"):
            await yingji.wish("booking.plan", **plan)
        await officer.wish("booking.plan", **plan)
        await yingji.wish("booking.reply", booking_id="m-1", reply="confirmed")
        await yingji.wish("booking.test", booking_id="m-1", passed=True)
        with pytest.raises(Refused, match=r"booking\.unknown"):
            await hebi.wish("booking.reply", booking_id="m-1", reply="confirmed")

        def answered(page: Page) -> bool:
            rows = (page.last("bookings") or {"bookings": []})["bookings"]
            seat = rows[0]["invited"].get("yingji", {}) if rows else {}
            return bool(seat.get("line_test") and seat["reply"] == "confirmed")

        await officer.until(lambda: answered(officer))
        await yingji.until(lambda: answered(yingji))
        assert (hebi.last("bookings") or {})["bookings"] == []
        for page in (officer, yingji, hebi):
            await page.close()
