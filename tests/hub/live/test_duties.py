"""Duty on a live hub: whose log it is, who is on shift, what is empty, and what the hub writes itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from hub.domain.deadline import BEIJING_MS, DAY_MS, MINUTE_MS, EventLevel
from hub.domain.duty import (
    CollectSheet,
    Duty,
    EntryKind,
    GiveHandover,
    NoteItems,
    OpenKind,
    PlanShifts,
    SignHandover,
    SignIn,
    WriteEntry,
    stream_of,
)
from hub.domain.event import Actor, Command
from hub.domain.item import AddItem
from hub.domain.roster import Crew, Shift, day_of
from hub.domain.workspace import Header
from hub.errors import Refusal
from hub.live.incidents import Incidents
from hub.live.rights import check_follow
from signaling.incident_vocabulary import IncidentOpen
from tests.support.desk import Desk, Reader, live_desk

HOUR_MS = 60 * MINUTE_MS
ACCOUNTS = ("officer", "deputy", "xinyang", "kaifeng", "reviewer", "admin")


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    async with live_desk() as running:
        yield running


def shift(starts_ms: int, hours: int, *names: str) -> Shift:
    crew = Crew(leader="沈国栋", primary=list(names), phone="0371-1")
    key = f"r-{starts_ms // MINUTE_MS}"
    return Shift(shift_id=key, starts_ms=starts_ms, ends_ms=starts_ms + hours * HOUR_MS, crew=crew)


async def do(desk: Desk, account: str, command: Command, op: str | None = None) -> None:
    await desk.duties.do(command, await desk.actor(account), op)
    await desk.settled()


async def duty(desk: Desk, seat: str = "office") -> Duty:
    state, _ = await desk.streams.state(stream_of(seat))
    assert isinstance(state, Duty)
    return state


def shifts(page: Reader) -> list[dict[str, Any]] | None:
    """The last list that the page was told."""
    lists = [body["seats"] for name, body in page.read() if name == "shifts"]
    return lists[-1] if lists else None


def write(text: str = "已向省领导报告", key: str = "e-1") -> WriteEntry:
    return WriteEntry(entry_id=key, kind=EntryKind.KEY, text=text)


def system(state: Duty) -> list[str]:
    return [entry.text for entry in state.entries if entry.kind is EntryKind.SYSTEM]


# --- whose it is ----------------------------------------------------------------------------------


async def test_L1_a_log_is_its_own_offices_and_nobody_elses(desk: Desk) -> None:
    who = {account: await desk.actor(account) for account in ACCOUNTS}
    pages = {account: await desk.reader(account) for account in ACCOUNTS}
    await do(desk, "xinyang", write("信阳内部事项", "e-9"))
    await do(desk, "deputy", write("本室内部事项"))  # the backup's officers share the office's own post
    assert [entry.text for entry in (await duty(desk)).entries] == ["本室内部事项"]
    allowed = {"duty:office": ("officer", "deputy"), "duty:xinyang": ("xinyang",)}
    for stream, own in allowed.items():
        for account, by in who.items():
            if account in own:
                await check_follow(desk.streams, stream, by)
                continue
            code = "duty.foreign" if by.seat else "forbidden"
            with pytest.raises(Refusal, match=code.replace(".", r"\.")):
                await check_follow(desk.streams, stream, by)
    for account in ("reviewer", "admin"):
        with pytest.raises(Refusal, match="forbidden"):
            await do(desk, account, write())
    for page in pages.values():
        assert "内部事项" not in str(page.read())  # no push says a word of it


async def test_L14_officers_see_every_offices_shift_and_a_seat_its_own(desk: Desk) -> None:
    now_ms = desk.clock.wall_ms()
    pages = {account: await desk.reader(account) for account in ACCOUNTS}
    for account, name in (("officer", "王建国"), ("xinyang", "李强")):
        await do(desk, account, PlanShifts(shifts=[shift(now_ms - HOUR_MS, 8, name)]))
        await do(desk, account, SignIn(watch_id=f"w-{account}", person=name))
    await do(desk, "xinyang", CollectSheet(items=[]))
    await do(desk, "xinyang", write("信阳内部事项"))
    seen = {account: shifts(page) for account, page in pages.items()}
    assert {account: [row["seat_id"] for row in rows or []] for account, rows in seen.items()} == {
        "officer": ["office", "xinyang"],
        "deputy": ["office", "xinyang"],
        "xinyang": ["xinyang"],
        "kaifeng": [],
        "reviewer": [],
        "admin": [],
    }
    row = (seen["officer"] or [])[1]
    assert (row["at_post"]["person"], row["at_post"]["crew"]["phone"]) == ("李强", "0371-1")
    assert "sheet" not in str(seen)
    assert "内部" not in str(seen)
    fresh = desk.duties.first(await desk.actor("kaifeng"))
    assert fresh == []


# --- the handover ---------------------------------------------------------------------------------


async def an_incident(desk: Desk, by: Actor, *units: str) -> str:
    header = Header(title="浉河漫堤", learned_ms=desk.clock.wall_ms())
    wish = IncidentOpen(op="open", header=header, level=EventLevel.II, units=list(units), exercise=False)
    return f"incident:{await Incidents(desk.clock, desk.streams).open(wish, by)}"


async def test_L8_the_sheet_is_what_the_hub_finds_open_at_that_moment(desk: Desk) -> None:
    officer = await desk.actor("officer")
    stream = await an_incident(desk, officer, "xinyang", "kaifeng")
    xinyang = [unit for unit in (await _units(desk, stream)) if unit.seat == "xinyang"]
    order = AddItem(board_id="instruction", item_id="x-1", fields={"text": "转移群众"}, units=xinyang)
    await desk.streams.execute(stream, order, officer)
    await desk.consult("yingji")
    await do(desk, "officer", SignIn(watch_id="w-1", person="王建国"))
    await do(desk, "officer", CollectSheet(items=[]))
    watch = (await duty(desk)).watch
    assert watch is not None
    assert watch.sheet is not None
    found = {item.key: item for item in watch.sheet.items}
    assert found[f"{stream}/x-1"].silent == ["信阳"]
    kinds = {item.kind for item in watch.sheet.items}
    assert kinds == {OpenKind.INSTRUCTION, OpenKind.SESSION, OpenKind.INCIDENT}
    # A seat's own sheet has what waits for it, and nothing of what others are asked.
    for account, keys in (("xinyang", [f"{stream}/x-1"]), ("kaifeng", [])):
        assert [item.key for item in await desk.duties.open_items(await desk.actor(account))] == keys
    # What comes after the sheet was made is in the way all the same.
    await do(desk, "officer", NoteItems(keys=list(found), text="已交代"))
    await desk.streams.execute(
        stream, AddItem(board_id="instruction", item_id="x-2", fields={"text": "加固"}), officer
    )
    with pytest.raises(Refusal, match=r"duty\.notes_missing") as caught:
        await do(desk, "officer", GiveHandover(person="王建国", items=[]))
    assert caught.value.detail["items"] == ["加固"]


async def _units(desk: Desk, stream: str) -> list[Any]:
    state, _ = await desk.streams.state(stream)
    return list(state.units.values())  # type: ignore[union-attr]


async def test_L9_where_there_is_another_account_it_has_to_sign(desk: Desk) -> None:
    for account, other in (("officer", "deputy"), ("xinyang", None)):
        await do(desk, account, SignIn(watch_id="w-1", person="甲"))
        await do(desk, account, CollectSheet(items=[]))
        watch = (await duty(desk, "office" if other else "xinyang")).watch
        assert watch is not None
        assert watch.sheet is not None
        if watch.sheet.items:
            await do(desk, account, NoteItems(keys=[each.key for each in watch.sheet.items], text="无"))
        await do(desk, account, GiveHandover(person="甲", items=[]))
        if other is not None:
            with pytest.raises(Refusal, match=r"duty\.same_person"):
                await do(desk, account, SignHandover(watch_id="w-2", person="乙", alone=True))
        await do(desk, other or account, SignHandover(watch_id="w-2", person="乙"))
    assert [(await duty(desk, seat)).watch.person for seat in ("office", "xinyang")] == ["乙", "乙"]  # type: ignore[union-attr]


# --- time -----------------------------------------------------------------------------------------


async def test_L12_tomorrows_empty_slot_is_flagged_at_four_in_the_afternoon_once(desk: Desk) -> None:
    page = await desk.reader("officer")
    today_ms = day_of(desk.clock.wall_ms())
    await do(desk, "officer", PlanShifts(shifts=[shift(today_ms + 20 * HOUR_MS, 12, "何卫平")]))
    rows = shifts(page) or []
    assert [gap["to_ms"] for gap in rows[0]["gaps"]][-1] == today_ms + 2 * DAY_MS  # on the desk always
    until_four_s = (today_ms + 16 * HOUR_MS - desk.clock.wall_ms()) / 1000
    await desk.pass_s(until_four_s - 61)
    assert (await duty(desk)).flagged == []
    await desk.pass_s(61)
    state = await duty(desk)
    assert state.flagged == [today_ms + DAY_MS]
    assert len(system(state)) == 1
    assert "明日空班" in system(state)[0]
    assert "08:00–24:00" in system(state)[0]
    await desk.restart()
    await desk.pass_s(3_600)
    assert len(system(await duty(desk))) == 1


async def test_L12_a_shift_is_announced_half_an_hour_before_once(desk: Desk) -> None:
    page = await desk.reader("xinyang")
    starts_ms = (desk.clock.wall_ms() // HOUR_MS + 2) * HOUR_MS
    await do(desk, "xinyang", PlanShifts(shifts=[shift(starts_ms, 8, "李强")]))
    await desk.pass_s((starts_ms - 31 * MINUTE_MS - desk.clock.wall_ms()) / 1000)
    assert (shifts(page) or [])[0]["next"]["noticed_ms"] is None
    await desk.pass_s(60)
    noticed_ms = (shifts(page) or [])[0]["next"]["noticed_ms"]
    assert noticed_ms == desk.clock.wall_ms()
    await desk.restart()
    await desk.pass_s(120)
    assert (await duty(desk, "xinyang")).roster[f"r-{starts_ms // MINUTE_MS}"].noticed_ms == noticed_ms


async def test_L7_a_post_that_nobody_is_at_is_said_to_be_left_and_the_watch_stands(desk: Desk) -> None:
    officer, page = await desk.reader("officer"), await desk.reader("xinyang")
    await do(desk, "xinyang", SignIn(watch_id="w-1", person="李强"))
    page.cut()
    await desk.pass_s(60)
    await desk.pass_s(60)
    assert (shifts(officer) or [])[-1]["off_post_ms"] is None
    for _ in range(6):
        await desk.pass_s(60)
    assert (shifts(officer) or [])[-1]["off_post_ms"] is not None
    page.connect()
    await desk.pass_s(60)
    assert (shifts(officer) or [])[-1]["off_post_ms"] is None
    state = await duty(desk, "xinyang")
    assert [text[:6] for text in system(state)] == ["岗位页面离线", "岗位页面恢复"]
    assert state.watch is not None
    assert state.watch.person == "李强"


# --- what the hub writes --------------------------------------------------------------------------


async def test_L13_the_duty_offices_log_says_what_happened_once_and_no_other_does(desk: Desk) -> None:
    officer = await desk.actor("officer")
    session_id = await desk.consult("yingji", "xinyang")
    await an_incident(desk, officer, "xinyang")
    await desk.settled()
    said = system(await duty(desk))
    assert said[0] == "会商开始：《强降雨防汛会商》，呼叫 2 个会场"
    assert said[1].startswith("事件专题建立：2026-0001 《浉河漫堤》，重大")
    await desk.sessions.end(session_id, "处置完毕", officer, None)
    await desk.settled()
    await desk.restart()  # what the hub looks at again is known by its op
    await desk.settled()
    assert system(await duty(desk)) == [*said, "会商结束：《强降雨防汛会商》，处置完毕"]
    for seat in ("xinyang", "yingji"):
        assert (await duty(desk, seat)).entries == []


async def test_L13_what_a_hub_that_fell_had_not_written_is_written_when_it_is_back(desk: Desk) -> None:
    await desk.duty_log.close()  # it falls between the event and its line
    await desk.consult("yingji")
    await an_incident(desk, await desk.actor("officer"), "xinyang")
    assert system(await duty(desk)) == []
    desk.clock.advance(9 * 3600)  # nobody was there to start it before the morning
    await desk.restart()
    await desk.settled()
    said = system(await duty(desk))
    assert any(line.startswith("会商开始") for line in said)
    assert any(line.startswith("事件专题建立") for line in said)


def test_the_day_is_beijings() -> None:
    assert (day_of(1_784_514_600_000) + BEIJING_MS) % DAY_MS == 0
