"""What waits, on a live hub whose clock stands still: lists, deliveries, escalation, urging, follow-ups."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from hub.domain.deadline import DEFAULT, EventLevel
from hub.domain.item import VoidItem
from hub.domain.track import AskExtension, NotePhoned, Progress, Urge
from hub.domain.workspace import ChangeStatus, RemoveUnit, Status
from hub.errors import Refusal
from tests.support.desk import Desk, live_desk
from tests.support.incidents import Incident, last

MINUTE_S = 60


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    async with live_desk() as running:
        yield running


@pytest_asyncio.fixture
async def incident(desk: Desk) -> Incident:
    opened = Incident(desk)
    await opened.open("xinyang", "kaifeng", "yingji")
    return opened


def texts(body: dict[str, Any] | None) -> list[str]:
    assert body is not None
    return [row["item_id"] for row in body["rows"]]


# --- lists --------------------------------------------------------------------------------------


async def test_T7_what_a_page_has_been_given_is_delivered_and_of_an_empty_seat_when_it_comes(
    desk: Desk, incident: Incident
) -> None:
    page = await desk.reader("xinyang")
    await incident.add("instruction", "i-1", "xinyang", "kaifeng")
    assert (await incident.track("i-1", "xinyang")).state is Progress.DELIVERED
    assert (await incident.track("i-1", "kaifeng")).state is Progress.SENT
    rows = last(page, "inbox")
    assert rows is not None
    assert [(row["item_id"], row["state"], row["giver"]) for row in rows["rows"]] == [
        ("i-1", "delivered", "省委总值班室")
    ]
    await desk.settled()
    assert last(page, "inbox") is None  # its delivery is no news to it
    late = await desk.reader("kaifeng")
    desk.attention.lists.first(late.who)
    await desk.settled()
    assert (await incident.track("i-1", "kaifeng")).state is Progress.DELIVERED


async def test_T8_nobody_hears_of_an_incident_or_of_work_that_is_not_its_own(
    desk: Desk, incident: Incident
) -> None:
    pages = {name: await desk.reader(name) for name in ("officer", "xinyang", "hebi", "admin", "reviewer")}
    fields = {"proposal": "拟由信阳承办", "leader": "某领导"}
    await incident.add("instruction", "i-1", "xinyang", fields=fields)
    pushed = {name: {kind for kind, _ in page.read()} - {"presence"} for name, page in pages.items()}
    assert pushed == {
        "officer": {"incidents", "todos"},
        "xinyang": {"incidents", "inbox"},
        "hebi": set(),
        "admin": set(),
        "reviewer": {"incidents"},
    }
    seen = next(body for name, body in pages["xinyang"].heard if name == "inbox")
    assert seen["rows"][0]["fields"] == {"text": "关于i-1的要求", "leader": "某领导"}
    await incident.do(RemoveUnit(seat="xinyang"))
    assert last(pages["xinyang"], "inbox") == {"rows": []}


async def test_what_waits_for_a_unit_leaves_its_list_when_it_is_done(desk: Desk, incident: Incident) -> None:
    page = await desk.reader("xinyang")
    await incident.add("instruction", "i-known", "xinyang", fields={"class": "reference"})
    await incident.add("instruction", "i-order", "xinyang")
    await incident.add("task", "i-task", "xinyang")
    assert set(texts(last(page, "inbox"))) == {"i-known", "i-order", "i-task"}
    await incident.move("xinyang", "i-known", Progress.SIGNED)
    await incident.move("xinyang", "i-order", Progress.SIGNED)
    assert set(texts(last(page, "inbox"))) == {"i-order", "i-task"}
    await incident.move("xinyang", "i-order", Progress.REPLIED, "已落实")
    await incident.do(VoidItem(item_id="i-task", reason="重复"))
    assert texts(last(page, "inbox")) == []


async def test_the_desk_sees_what_waits_most_urgent_first(desk: Desk, incident: Incident) -> None:
    officer = await desk.reader("officer")
    due_ms = desk.clock.wall_ms() + 30 * 60_000
    await incident.add("instruction", "i-1", "xinyang", fields={"due": str(due_ms)})
    await incident.add("keyevent", "i-2", by="yingji")
    await incident.add("report", "i-3", by="xinyang", state="submitted")
    await incident.do(
        AskExtension(item_id="i-1", seat="xinyang", due_ms=due_ms + 60_000, reason="道路中断"), "xinyang"
    )
    body = last(officer, "todos")
    assert body is not None
    assert [row["kind"] for row in body["rows"]] == ["unsigned", "extension", "adoption", "nomination"]
    await incident.move("xinyang", "i-1", Progress.SIGNED)
    await desk.pass_s(20 * MINUTE_S)
    body = last(officer, "todos")
    assert body is not None
    assert (body["rows"][0]["kind"], body["rows"][0]["units"]) == ("soon", ["信阳"])
    await desk.pass_s(10 * MINUTE_S + 1)
    body = last(officer, "todos")
    assert body is not None
    first = body["rows"][0]
    assert (first["kind"], first["item_id"], first["units"]) == ("overdue", "i-1", ["信阳"])
    incidents = [row for name, push in officer.heard if name == "incidents" for row in push["incidents"]]
    assert (incidents[-1]["open"], incidents[-1]["overdue"]) == (3, 1)


async def test_a_draft_of_a_unit_waits_for_the_office(desk: Desk) -> None:
    officer = await desk.reader("officer")
    await Incident(desk).open("xinyang", by="xinyang", status=Status.DRAFT)
    body = last(officer, "todos")
    assert body is not None
    assert [(row["kind"], row["units"]) for row in body["rows"]] == [("draft", ["信阳市委值班室"])]


# --- escalation and urging ------------------------------------------------------------------------


async def test_T4_who_has_not_read_in_time_goes_on_the_telephone_list_once_until_it_is_reached(
    desk: Desk, incident: Incident
) -> None:
    officer = await desk.reader("officer")
    await incident.add("warning", "i-1", "xinyang", "kaifeng", "yingji", fields={"colour": "red"})
    await incident.move("kaifeng", "i-1", Progress.READ)
    await desk.pass_s(DEFAULT.unread_s - 1)
    body = last(officer, "todos")
    assert body is not None
    assert body["phone"] == []
    await desk.pass_s(1)
    body = last(officer, "todos")
    assert body is not None
    assert [(row["seat"], row["colour"], row["state"]) for row in body["phone"]] == [
        ("xinyang", "red", "sent"),
        ("yingji", "red", "sent"),
    ]
    # read but not confirmed: a warning is called for as well, later
    await desk.pass_s(DEFAULT.unconfirmed_s - DEFAULT.unread_s)
    assert (await incident.track("i-1", "kaifeng")).escalated_ms is not None
    await incident.do(NotePhoned(item_id="i-1", seat="xinyang", reached=True, note="值班长接听"))
    await incident.do(NotePhoned(item_id="i-1", seat="yingji", reached=False, note="占线"))
    body = last(officer, "todos")
    assert body is not None
    assert [(row["seat"], len(row["phoned"])) for row in body["phone"]] == [("yingji", 1), ("kaifeng", 0)]
    assert (await incident.track("i-1", "xinyang")).state is Progress.SIGNED


async def test_T5_the_hub_urges_until_it_is_signed_and_the_office_until_it_is_done(
    desk: Desk, incident: Incident
) -> None:
    await incident.add("instruction", "i-1", "xinyang", "kaifeng")
    await desk.pass_s(DEFAULT.unconfirmed_s)
    await desk.pass_s(DEFAULT.urge_every_s)
    assert len((await incident.track("i-1", "xinyang")).urged) == 2
    await incident.move("xinyang", "i-1", Progress.SIGNED)
    await desk.pass_s(DEFAULT.urge_every_s)
    assert len((await incident.track("i-1", "xinyang")).urged) == 2
    assert len((await incident.track("i-1", "kaifeng")).urged) == 3
    await incident.do(Urge(item_id="i-1", seats=["xinyang"]))
    assert len((await incident.track("i-1", "xinyang")).urged) == 3
    await incident.move("xinyang", "i-1", Progress.REPLIED, "已落实")
    await incident.do(Urge(item_id="i-1", seats=["xinyang"]))
    assert len((await incident.track("i-1", "xinyang")).urged) == 3


@pytest.mark.parametrize("end", ["closed", "voided", "reference", "removed"])
async def test_D6_nobody_is_urged_for_what_is_over(desk: Desk, incident: Incident, end: str) -> None:
    fields = {"class": "reference"} if end == "reference" else {}
    await incident.add("instruction", "i-1", "xinyang", fields=fields)
    match end:
        case "closed":
            await incident.do(ChangeStatus(status=Status.CLOSED, reason="险情解除"))
        case "voided":
            await incident.do(VoidItem(item_id="i-1", reason="误发"))
        case "removed":
            await incident.do(RemoveUnit(seat="xinyang"))
    for _ in range(3):
        await desk.pass_s(DEFAULT.urge_every_s)
    track = await incident.track("i-1", "xinyang")
    assert (track.escalated_ms, track.urged) == (None, [])


async def test_D6_who_is_silent_for_ever_is_not_urged_for_ever(desk: Desk, incident: Incident) -> None:
    await incident.add("instruction", "i-1", "xinyang")
    for _ in range(100):
        await desk.pass_s(DEFAULT.urge_every_s)
    assert len((await incident.track("i-1", "xinyang")).urged) == 6 * 3600 // DEFAULT.urge_every_s
    assert (await incident.track("i-1", "xinyang")).escalated_ms is not None


async def test_D5_a_restart_does_nothing_twice_and_nothing_at_the_first_moment(
    desk: Desk, incident: Incident
) -> None:
    await incident.add("instruction", "i-1", "xinyang")
    await incident.add("instruction", "i-2", "kaifeng")
    await desk.pass_s(DEFAULT.unconfirmed_s)
    before = await incident.track("i-1", "xinyang")
    assert len(before.urged) == 1
    await desk.restart()
    await desk.pass_s(60)
    assert await incident.track("i-1", "xinyang") == before
    await desk.attention.close()  # the hub is away while several would have been due
    desk.clock.advance(4 * DEFAULT.urge_every_s)
    await desk.restart()
    await desk.pass_s(0)
    assert await incident.track("i-1", "xinyang") == before
    await incident.move("kaifeng", "i-2", Progress.SIGNED)  # back in time
    await desk.pass_s(30)
    assert len((await incident.track("i-1", "xinyang")).urged) == 2
    assert len((await incident.track("i-2", "kaifeng")).urged) == 1
    await desk.pass_s(DEFAULT.urge_every_s)
    assert len((await incident.track("i-1", "xinyang")).urged) == 3


async def test_D5_a_clock_that_was_set_back_delays_and_does_not_silence(
    desk: Desk, incident: Incident
) -> None:
    await incident.add("warning", "i-1", "xinyang")
    desk.clock.advance(-3600)
    await desk.restart()
    await desk.pass_s(0)
    await desk.pass_s(DEFAULT.unconfirmed_s)
    track = await incident.track("i-1", "xinyang")
    assert track.escalated_ms is not None
    assert len(track.urged) == 1
    await desk.pass_s(DEFAULT.urge_every_s)
    assert len((await incident.track("i-1", "xinyang")).urged) == 2


# --- follow-ups ---------------------------------------------------------------------------------


async def test_D5_follow_ups_fall_due_at_eight_and_five_and_a_missed_one_is_seen(desk: Desk) -> None:
    incident = Incident(desk)  # at half past ten
    officer = await desk.reader("officer")
    await incident.open("xinyang", level=EventLevel.II)
    assert await due_at(incident) == "17:00"
    await desk.pass_s(6.5 * 3600 + 1)
    assert await due_at(incident) == "17:00"
    body = last(officer, "todos")
    assert body is not None
    assert (body["rows"][0]["kind"], body["rows"][0]["deadline"]) == ("deadline", "followup")
    await incident.add("report", "i-1", by="xinyang", state="submitted", fields={"type": "followup"})
    assert await due_at(incident) == "08:00"
    await desk.pass_s(48 * 3600)
    assert await due_at(incident) == "08:00"  # it is missing, however late it is
    await incident.add("report", "i-2", by="xinyang", state="submitted", fields={"type": "followup"})
    assert await due_at(incident) == "08:00"
    assert (await incident.state()).deadlines["followup"].due_ms > desk.clock.wall_ms()


async def due_at(incident: Incident) -> str:
    due_ms = (await incident.state()).deadlines["followup"].due_ms
    minutes = due_ms // 60_000 % (24 * 60) + 8 * 60
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


async def test_a_unit_that_is_asked_in_a_session_it_was_not_called_into_may_answer(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    boards = Incident(desk, (await desk.session(session_id)).boards)
    page = await desk.reader("xinyang")
    await boards.add("instruction", "i-1", "xinyang")
    assert texts(last(page, "inbox")) == ["i-1"]
    await boards.move("xinyang", "i-1", Progress.SIGNED)
    await boards.move("xinyang", "i-1", Progress.REPLIED, "已落实")
    assert texts(last(page, "inbox")) == []
    with pytest.raises(Refusal, match=r"session\.foreign"):
        await boards.add("situation", "i-2", by="xinyang")
