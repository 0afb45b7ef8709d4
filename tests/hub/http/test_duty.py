"""Rosters read in, who was on duty, and the log and its sheets as files."""

from __future__ import annotations

import csv
import io
from typing import Any

from docx import Document

from hub.clock import ManualClock
from hub.domain.duty import (
    CollectSheet,
    CorrectEntry,
    EntryKind,
    GiveHandover,
    NoteItems,
    PhoneRecord,
    SignHandover,
    SignIn,
    WriteEntry,
)
from hub.domain.event import Actor, Command
from hub.http.keys import DUTIES, STREAMS
from tests.support.live import actor
from tests.support.served import Client

HEAD = "日期,开始,结束,带班领导,值班长,正班,副班,电话\n"
DAY = "2026-07-20,08:00,20:00,沈国栋,王建国,李建华,周全,0371-1\n"
NIGHT = "2026-07-20,20:00,08:00,沈国栋,何卫平,,,\n"


async def who(client: Client, account: str) -> Actor:
    return await actor(client.hub.app[STREAMS], account)


async def do(client: Client, account: str, command: Command) -> None:
    await client.hub.app[DUTIES].do(command, await who(client, account), None)


async def load(client: Client, text: str, query: str = "", encoding: str = "utf-8") -> Any:
    return await client.ask("POST", f"/api/duty/roster{query}", text.encode(encoding))


async def test_L5_a_roster_with_a_bad_line_is_not_imported_and_a_good_one_is(client: Client) -> None:
    await client.login("officer")
    bad = HEAD + DAY + "2026-07-21,8点半,20:00,,王建国,,,\n"
    seen = await load(client, bad)
    assert [(line["line"], line["text"][:10]) for line in seen.body["bad"]] == [(3, "2026-07-21")]
    refused = await load(client, bad, "?commit=1")
    assert (refused.status, refused.code, refused.body["error"]["detail"]["lines"]) == (
        400,
        "duty.bad_lines",
        [3],
    )
    looked = await load(client, HEAD + DAY + NIGHT, encoding="gb18030")
    assert (len(looked.body["shifts"]), looked.body["planned"], looked.body["committed"]) == (2, 0, False)
    done = await load(client, HEAD + DAY + NIGHT, "?commit=1", "gb18030")
    assert (done.body["planned"], done.body["committed"]) == (2, True)
    again = await load(client, HEAD + DAY, "?commit=1")
    assert again.code == "duty.overlap"
    back = await client.ask("GET", "/api/duty/roster.csv?from=1784476800000&to=1784563200000")
    assert list(csv.reader(io.StringIO(back.body.decode("utf-8-sig")))) == list(
        csv.reader(io.StringIO(HEAD + DAY + NIGHT))
    )


async def test_L11_who_was_on_duty_is_answered_and_of_others_to_officers_alone(
    client: Client, clock: ManualClock
) -> None:
    await do(client, "xinyang", SignIn(watch_id="w-1", person="李强"))
    signed_ms = clock.wall_ms()
    clock.advance(3_600)
    await client.login("officer")
    answers = [
        (await client.ask("GET", f"/api/duty/at?seat=xinyang&ms={ms}")).body
        for ms in (signed_ms - 1, signed_ms)
    ]
    assert [body["at_post"] and body["at_post"]["person"] for body in answers] == [None, "李强"]
    assert (await client.ask("GET", "/api/duty/at?seat=nowhere")).status == 404
    assert (await client.ask("GET", "/api/duty/at?ms=soon")).code == "bad_request"
    await client.login("kaifeng")
    assert (await client.ask("GET", f"/api/duty/at?seat=xinyang&ms={signed_ms}")).code == "duty.foreign"
    assert (await client.ask("GET", "/api/duty/at")).body["at_post"] is None
    await client.login("reviewer")
    assert (await client.ask("GET", "/api/duty/at")).code == "forbidden"


async def test_L1_L2_the_log_goes_out_with_its_originals_to_its_own_office(client: Client) -> None:
    call = PhoneRecord(unit="信阳市委值班室", name="李强", cause="=强降雨")
    entry = WriteEntry(entry_id="e-1", kind=EntryKind.CALL_IN, text="浉河溃坝", call=call)
    await do(client, "officer", entry)
    await do(client, "officer", CorrectEntry(entry_id="e-1", text="浉河漫坝", reason="核实后更正", call=call))
    await client.login("deputy")
    found = (await client.ask("GET", "/api/duty/log?q=信阳&kind=call_in")).body
    assert (found["all"], found["entries"][0]["text"]) == (1, "浉河溃坝")
    assert (await client.ask("GET", "/api/duty/log?q=郑州")).body["all"] == 0
    assert (await client.ask("GET", "/api/duty/log?to=5&from=1")).body["all"] == 0
    lines = list(
        csv.reader(io.StringIO((await client.ask("GET", "/api/duty/log.csv")).body.decode("utf-8-sig")))
    )
    assert lines[1][2:6] == ["来电", "浉河溃坝", "单位：信阳市委值班室；姓名：李强；起因：=强降雨", "王建国"]
    assert "核实后更正）：浉河漫坝" in lines[1][7]
    word = Document(io.BytesIO((await client.ask("GET", "/api/duty/log.docx")).body))
    assert word.paragraphs[0].text == "省委总值班室值班日志"
    assert (await client.ask("GET", "/api/duty/log.exe")).status == 404
    await client.login("kaifeng")
    assert (await client.ask("GET", "/api/duty/log")).body["entries"] == []


async def test_L8_the_sheet_of_a_handover_goes_out(client: Client) -> None:
    await do(client, "officer", SignIn(watch_id="w-1", person="王建国"))
    await do(client, "officer", CollectSheet(items=[]))
    await do(client, "officer", GiveHandover(person="王建国", items=[]))
    await do(client, "deputy", SignHandover(watch_id="w-2", person="李建华", remark="情况清楚"))
    await client.login("officer")
    word = Document(io.BytesIO((await client.ask("GET", "/api/duty/handovers/w-1.docx")).body))
    said = [paragraph.text for paragraph in word.paragraphs]
    assert said[0] == "省委总值班室交接班单"
    assert any(line.startswith("交班签字：王建国") for line in said)
    assert any(line.startswith("接班签字：李建华") for line in said)
    assert "接班意见：情况清楚" in said
    assert (await client.ask("GET", "/api/duty/handovers/w-2.csv")).status == 404
    await client.login("xinyang")
    assert (await client.ask("GET", "/api/duty/handovers/w-1.csv")).status == 404


async def test_L8_an_open_item_without_a_note_is_named(client: Client) -> None:
    await client.login("officer")
    body = {"title": "强降雨防汛会商", "kind": "consultation", "venues": ["yingji"]}
    assert (await client.ask("POST", "/api/sessions", body)).status in (200, 201)
    await do(client, "officer", SignIn(watch_id="w-1", person="王建国"))
    await do(client, "officer", CollectSheet(items=[]))
    state, _ = await client.hub.app[STREAMS].state("duty:office")
    keys = [item.key for item in state.watch.sheet.items]  # type: ignore[union-attr]
    assert len(keys) == 1
    await do(client, "officer", NoteItems(keys=keys, text="会商仍在进行，李建华接续主持"))
    lines = (await client.ask("GET", "/api/duty/handovers/w-1.csv")).body.decode("utf-8-sig").splitlines()
    assert "强降雨防汛会商" in lines[1]
    assert "李建华接续主持" in lines[1]
