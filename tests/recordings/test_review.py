"""What a reader gets of a recording where the log cannot be written, or is an older one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from hub.domain.event import Role
from hub.domain.recording import RecordingViewed
from hub.errors import ERRORS, Refusal
from hub.http.auth import AUTH
from hub.http.keys import LOG
from hub.storage.sqllog import open_log
from recordings.looks import looks_table
from signaling.bodies import History, Look
from tests.support.aconsultation import a_consultation, logged
from tests.support.exporting import RECORDING, office
from tests.support.factories import REVIEWER
from tests.support.served import Client, served

EVENTS = "/api/recordings/r-1/events"


def enter(client: Client, account: str) -> None:
    client.token = client.hub.app[AUTH].tokens.sign_login(account).text


async def test_R6_a_look_that_cannot_be_noted_is_refused_every_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*args: Any, **values: Any) -> None:
        raise Refusal("storage.full")

    async with office(tmp_path):
        pass
    async with served(tmp_path) as client:
        enter(client, "reviewer")
        with monkeypatch.context() as disk:
            disk.setattr(client.hub.app[LOG], "append", full)
            for _ in range(2):
                answer = await client.ask("GET", EVENTS)
                assert answer.status == 507, answer.body
        assert (await client.ask("GET", EVENTS)).status == 200


async def test_P16_who_has_looked_is_not_told_to_a_seat_out_of_an_older_log(tmp_path: Path) -> None:
    async with office(tmp_path):
        pass
    log = open_log(tmp_path)
    last = (await log.read(RECORDING))[-1]
    await log.append(
        RECORDING, last.seq, [RecordingViewed(what="view")], actor=REVIEWER, op=None, at_ms=last.at_ms
    )
    await log.close()
    async with served(tmp_path, **{"recording.seats_may_review": True}) as client:
        for account, seen in (("officer", True), ("yingji", False)):
            enter(client, account)
            answer = await client.ask("GET", EVENTS)
            assert answer.status == 200, answer.body
            assert any(each["event"]["type"] == "recording.viewed" for each in answer.body["events"]) == seen


@pytest.mark.parametrize("account", ["officer", "reviewer", "xinyang"])
async def test_R28_a_page_that_is_open_asks_for_what_has_come_since(tmp_path: Path, account: str) -> None:
    """Also of an incident that is older than its session, and for who may not see all of it."""
    log = open_log(tmp_path)
    await logged(log, a_consultation())
    await log.close()
    async with served(tmp_path, **{"recording.seats_may_review": True}) as client:
        enter(client, account)
        whole = msgspec.convert((await client.ask("GET", EVENTS)).body, History).events
        assert {each.stream for each in whole} == {"session:s-1", "incident:i-1", RECORDING}
        for cut in range(len(whole) % 5, len(whole) + 1, 5):
            last = {each.stream: each.seq for each in whole[:cut]}
            after = ",".join(str(last.get(name, 0)) for name in ("session:s-1", "incident:i-1", RECORDING))
            answer = await client.ask("GET", f"{EVENTS}?after={after}")
            later = msgspec.convert(answer.body, History)
            assert later.events == whole[cut:]
            assert ("incident:i-1" in last) == (not later.boards.items)
        for wrong in ("1", "1,2", "1,2,x", "1,2,-3", "1,2,3,4", "1,2," + "9" * 17):
            assert (await client.ask("GET", f"{EVENTS}?after={wrong}")).code == "bad_request"


def test_P16_what_failed_is_said_in_words() -> None:
    look = Look(
        at_ms=0,
        account="hub",
        person="系统",
        seat_name="",
        role=Role.HUB,
        what="export_failed",
        detail="recording.unreadable",
    )
    (row,) = looks_table("强降雨防汛会商", [look]).rows
    assert row[-2:] == ["导出失败", ERRORS["recording.unreadable"].zh]
