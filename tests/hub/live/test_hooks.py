"""Hooks on a live hub: a receiver that is really there, that fails, and that was down while the hub was."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from hub.domain.deadline import EventLevel
from hub.domain.hook import NoticeType, SetHook
from hub.domain.hook_rules import due_ms
from hub.domain.workspace import Header
from hub.errors import Refusal
from hub.live.hooks import Hooks
from hub.live.incidents import Incidents
from hub.storage.memory import MemoryEventLog
from signaling.incident_vocabulary import IncidentOpen, NewReport
from tests.support.desk import Desk, live_desk

SECRET_WORDS = "请分管领导批示"


class Receiver:
    """An office system: keeps what it is told, and answers as it is told to."""

    def __init__(self) -> None:
        self.status = 204
        self.heard: list[tuple[dict[str, str], bytes]] = []

    async def take(self, request: web.Request) -> web.Response:
        self.heard.append((dict(request.headers), await request.read()))
        location = {"Location": "/elsewhere"} if self.status == 302 else {}
        return web.Response(status=self.status, headers=location)

    def notices(self) -> list[dict[str, Any]]:
        return [msgspec.json.decode(body) for _, body in self.heard]


class Outside:
    """The hub's hooks beside a desk, and the receiver they tell."""

    def __init__(self, desk: Desk, receiver: Receiver, url: str) -> None:
        self.desk = desk
        self.receiver = receiver
        self.url = url

    @property
    def hooks(self) -> Hooks:
        return self.desk.hooks

    async def set(self, **changes: Any) -> str:
        usual: dict[str, Any] = {
            "hook_id": "h-1",
            "name": "办公系统",
            "url": self.url,
            "types": [NoticeType.INCIDENT_OPENED, NoticeType.REPORT_SUBMITTED],
            "exercises": False,
            "enabled": True,
        }
        admin = await self.desk.actor("admin")
        return (await self.hooks.put(SetHook(**{**usual, **changes}), admin, "set")).secret

    async def open_incident(self, op: str = "o-1") -> str:
        report = {"type": "phone", "text": "浉河漫堤", "proposal": SECRET_WORDS}
        wish = IncidentOpen(
            op=op,
            header=Header(title="强降雨防汛"),
            level=EventLevel.II,
            units=["xinyang"],
            report=NewReport(item_id="r-1", fields=report),
        )
        incidents = Incidents(self.desk.clock, self.desk.streams)
        return await incidents.open(wish, await self.desk.actor("officer"))

    async def sent(self) -> list[str]:
        """Everything that is due is sent; the types of what has arrived."""
        while True:
            await self.hooks.chores.idle()
            await self.hooks.alarms.run_due()
            await self.hooks.alarms.idle()
            times = [due_ms(hook) for hook in self.hooks.list.states]
            if all(at_ms is None or at_ms > self.desk.clock.wall_ms() for at_ms in times):
                break
        return [str(notice["type"]) for notice in self.receiver.notices()]

    def row(self) -> dict[str, Any]:
        [row] = [hook for hook in self.hooks.list.states if not hook.removed]
        return msgspec.structs.asdict(row)


@pytest_asyncio.fixture
async def outside() -> AsyncIterator[Outside]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    async with live_desk() as desk, TestServer(app) as server:
        yield Outside(desk, receiver, str(server.make_url("/hook")))


async def test_O4_what_happens_is_told_signed_and_never_what_stays_in_the_office(outside: Outside) -> None:
    secret = await outside.set()
    await outside.open_incident()
    assert await outside.sent() == ["incident.opened", "report.submitted"]
    opened, report = outside.receiver.notices()
    assert (opened["title"], opened["level"], report["text"]) == ("强降雨防汛", "II", "浉河漫堤")
    assert all(SECRET_WORDS.encode() not in body for _, body in outside.receiver.heard)
    for headers, body in outside.receiver.heard:
        content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        key = base64.b64decode(secret.removeprefix("whsec_"))
        right = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{right}"
    assert outside.row()["delivered"] == 2


async def test_O3_a_receiver_that_fails_gets_it_later_and_the_hub_works_on(outside: Outside) -> None:
    await outside.set()
    outside.receiver.status = 500
    await outside.open_incident()
    assert await outside.sent() == ["incident.opened"]
    assert outside.row()["failure"] == "HTTP 500"
    outside.desk.clock.advance(4.9)
    assert len(await outside.sent()) == 1
    outside.receiver.status = 302  # a redirection is no answer either, and is not followed
    outside.desk.clock.advance(0.1)
    assert len(await outside.sent()) == 2
    outside.receiver.status = 200
    outside.desk.clock.advance(30)
    assert await outside.sent() == ["incident.opened"] * 3 + ["report.submitted"]
    ids = [notice["notice_id"] for notice in outside.receiver.notices()]
    assert len(set(ids)) == 2  # a repetition can be recognised
    assert (outside.row()["failing_ms"], outside.row()["waiting"]) == (None, [])


class FullLog(MemoryEventLog):
    """A log on a disk on which there is no room, for as long as somebody says so."""

    full = False

    async def append(self, stream: str, expected_seq: int, events: Any, **rest: Any) -> Any:
        if self.full and stream.startswith("hook:"):
            raise Refusal("storage.full")
        return await super().append(stream, expected_seq, events, **rest)


async def test_O3_what_arrived_while_the_disk_was_full_is_sent_once_more_and_nothing_stops(
    outside: Outside,
) -> None:
    log = FullLog()
    await outside.desk.stop()
    await outside.desk.start(log)
    await outside.set()
    outside.receiver.status = 500
    await outside.open_incident()
    assert await outside.sent() == ["incident.opened"]
    outside.receiver.status, log.full = 200, True
    outside.desk.clock.advance(5)
    await outside.hooks.alarms.run_due()
    await outside.hooks.alarms.idle()
    assert (len(outside.receiver.heard), outside.row()["delivered"]) == (2, 0)
    log.full = False
    outside.desk.clock.advance(30)
    assert await outside.sent() == ["incident.opened"] * 3 + ["report.submitted"]
    assert outside.row()["delivered"] == 2


async def test_O2_what_waited_and_what_happened_meanwhile_is_told_after_a_restart_once(
    outside: Outside,
) -> None:
    await outside.open_incident("before")  # before there was a hook: nobody is told
    outside.desk.clock.advance(1)
    await outside.set()
    outside.receiver.status = 503
    await outside.open_incident("o-1")
    assert await outside.sent() == ["incident.opened"]
    await outside.hooks.close()
    await outside.open_incident("o-2")
    outside.receiver.status = 200
    outside.desk.clock.advance(60)
    await outside.desk.restart()
    await outside.sent()
    await outside.desk.restart()
    await outside.sent()
    numbers = [notice["number"] for notice in outside.receiver.notices()]
    assert sorted(numbers[1:]) == ["2026-0002"] * 2 + ["2026-0003"] * 2


@pytest.mark.parametrize("host", ["127.0.0.1:9", f"{'a' * 64}.invalid"])
async def test_a_receiver_that_is_not_there_is_said_in_words(outside: Outside, host: str) -> None:
    await outside.set(url=f"http://{host}/hook")
    await outside.open_incident()
    await outside.sent()
    assert "cannot connect" in outside.row()["failure"]
    page = await outside.desk.reader("officer")
    [lists] = outside.hooks.list.first(page.who)
    assert SECRET_WORDS not in str(lists)
    assert "浉河" not in str(lists)
    assert outside.hooks.list.first(await outside.desk.actor("yingji")) == []
