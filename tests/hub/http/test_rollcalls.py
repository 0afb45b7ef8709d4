"""The table of a roll call as a file: what stands in it, and who gets it."""

from __future__ import annotations

import csv
import io
from urllib.parse import unquote

import pytest
from docx import Document

from hub.clock import ManualClock
from hub.domain.event import HUB, Command
from hub.domain.rollcall import (
    AnswerRollCall,
    EndRollCall,
    NextInRollCall,
    RollCall,
    RollCallStarted,
    RollCallTicked,
    RollResult,
    StartRollCall,
    TickRollCall,
)
from hub.domain.session import AnswerCall, EndSession, Session, Source, StartSource, stream_of
from hub.http.auth import AUTH
from hub.http.documents import clock_time, day_and_time
from hub.http.keys import LOG, STREAMS
from hub.http.rollcalls import HEAD
from tests.support.live import actor
from tests.support.served import Client

VENUES = ["xinyang", "hebi", "yingji"]
ROLL = "rc-1"


class Meeting:
    """A consultation of three venues; xinyang has not come in yet."""

    def __init__(self, client: Client, clock: ManualClock) -> None:
        self.client = client
        self.clock = clock
        self.session_id = ""

    async def begin(self) -> None:
        self.enter("officer")
        wish = {"title": "强降雨防汛会商", "kind": "consultation", "venues": VENUES}
        self.session_id = (await self.client.ask("POST", "/api/sessions", wish)).body["id"]
        for venue in ("hebi", "yingji"):
            await self.comes(venue)

    async def comes(self, venue: str) -> None:
        await self.does(venue, AnswerCall(venue=venue))
        for name, kind in (("microphone", "audio"), ("camera", "video")):
            source = Source(source_id=f"{venue}-{name}", venue=venue, name=name, kind=kind, codec="")
            await self.does("hub", StartSource(source=source))

    async def does(self, account: str, command: Command) -> None:
        streams = self.client.hub.app[STREAMS]
        by = HUB if account == "hub" else await actor(streams, account)
        await streams.execute(stream_of(self.session_id), command, by)

    async def run(self) -> None:
        """xinyang is away; hebi answers by key; yingji is ticked; xinyang comes and is asked at the end."""
        await self.does("officer", StartRollCall(rollcall_id=ROLL, venues=VENUES))
        self.clock.advance(3.25)
        await self.does("hebi", AnswerRollCall(venue="hebi"))
        await self.does("officer", NextInRollCall(venue="hebi"))
        await self.comes("xinyang")
        self.clock.advance(2)
        note = '=1+1，"图像卡顿"'
        tick = TickRollCall(rollcall_id=ROLL, venue="yingji", result=RollResult.PICTURE_ONLY, note=note)
        await self.does("officer", tick)
        await self.does("officer", NextInRollCall(venue="yingji"))

    def enter(self, account: str) -> None:
        """A login without the price of a password."""
        self.client.token = self.client.hub.app[AUTH].tokens.sign_login(account).text

    def path(self, kind: str, rollcall: str = ROLL) -> str:
        return f"/api/sessions/{self.session_id}/rollcalls/{rollcall}.{kind}"

    async def roll(self) -> RollCall:
        state, _ = await self.client.hub.app[STREAMS].state(stream_of(self.session_id))
        assert isinstance(state, Session)
        return state.rollcalls[-1]

    async def rows(self) -> list[list[str]]:
        """What is on paper, the times of the hub aside."""
        asked = [clock_time(row.asked_ms) if row.asked_ms else "" for row in (await self.roll()).rows]
        return [
            ["1", "信阳市委值班室", asked[0], "离线", "", "系统判定", "", ""],
            ["2", "鹤壁市委值班室", asked[1], "应答", "3.250", "按键", "", ""],
            ["3", "省应急管理厅指挥中心", asked[2], "有图无声", "2.000", "主席登记", "", '=1+1，"图像卡顿"'],
            ["4", "信阳市委值班室", asked[3], "待点", "", "", "补点", ""],
        ]


@pytest.fixture
async def meeting(client: Client, clock: ManualClock) -> Meeting:
    made = Meeting(client, clock)
    await made.begin()
    await made.run()
    return made


async def test_A7_the_csv_has_every_row_with_the_milliseconds_of_the_hub(meeting: Meeting) -> None:
    answer = await meeting.client.ask("GET", meeting.path("csv"))
    assert answer.status == 200
    head, *rows = csv.reader(io.StringIO(answer.body.decode("utf-8-sig"), newline=""))
    wanted = await meeting.rows()
    wanted[2][-1] = f"'{wanted[2][-1]}"  # a spreadsheet program shows it and runs nothing
    assert (head, rows) == (list(HEAD), wanted)
    assert rows[0][2] == "", "nobody was there to be asked"
    assert all(row[2] for row in rows[1:])


async def test_A7_the_docx_says_whose_roll_call_it_was_and_where_it_stands_in_the_log(
    meeting: Meeting,
) -> None:
    answer = await meeting.client.ask("GET", meeting.path("docx"))
    word = Document(io.BytesIO(answer.body))
    [grid] = word.tables
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [list(HEAD), *await meeting.rows()]
    title, about, when, chair, place, counts = [each.text for each in word.paragraphs][:6]
    roll = await meeting.roll()
    assert title == "强降雨防汛会商 点名结果"
    assert about.startswith("会商：强降雨防汛会商")
    assert when == f"时间：{day_and_time(roll.started_ms)} 至 尚未结束　每个会场等候 {roll.answer_s} 秒"
    by = await actor(meeting.client.hub.app[STREAMS], "officer")
    assert chair == f"主席：{by.seat_name} {by.person}"
    events = await meeting.client.hub.app[LOG].read(stream_of(meeting.session_id))
    ticks = [event.seq for event in events if isinstance(event.event, RollCallStarted | RollCallTicked)]
    assert place == f"日志位置：{stream_of(meeting.session_id)} 第 {ticks[0]} 至 {ticks[-1]} 号"
    assert counts == "结果：应答 1/3，有图无声 1，待点 1"


async def test_A7_a_correction_and_the_end_are_in_it_also_when_the_session_is_over(meeting: Meeting) -> None:
    await meeting.does("officer", EndRollCall())
    fixed = TickRollCall(rollcall_id=ROLL, venue="xinyang", result=RollResult.ON_LEAVE, note="已报备")
    await meeting.does("officer", fixed)
    await meeting.does("officer", EndSession(reason=""))
    for account in ("officer", "reviewer"):
        meeting.enter(account)
        answer = await meeting.client.ask("GET", meeting.path("docx"))
        word = Document(io.BytesIO(answer.body))
        assert [cell.text for cell in word.tables[0].rows[4].cells][3:] == [
            "请假",
            "",
            "主席登记",
            "补点",
            "已报备",
        ]
        ended_ms = (await meeting.roll()).ended_ms
        assert ended_ms is not None
        assert day_and_time(ended_ms) in word.paragraphs[2].text


@pytest.mark.parametrize(
    ("account", "status", "code"),
    [
        ("hebi", 403, "forbidden"),
        ("zhengzhou", 403, "forbidden"),
        ("admin", 403, "forbidden"),
        ("", 401, "auth.required"),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "docx"])
async def test_A7_a_seat_gets_no_table(
    meeting: Meeting, account: str, status: int, code: str, kind: str
) -> None:
    if account:
        meeting.enter(account)
    else:
        meeting.client.token = ""
    answer = await meeting.client.ask("GET", meeting.path(kind))
    assert (answer.status, answer.code) == (status, code)


async def test_what_is_not_there_is_not_found(meeting: Meeting) -> None:
    assert (await meeting.client.ask("GET", meeting.path("csv", "rc-2"))).code == "rollcall.unknown"
    assert (await meeting.client.ask("GET", meeting.path("pdf"))).status == 404
    assert (
        await meeting.client.ask("GET", "/api/sessions/none/rollcalls/rc-1.csv")
    ).code == "session.unknown"


async def test_the_file_is_named_after_its_session_and_its_hour(meeting: Meeting) -> None:
    answer = await meeting.client.ask("GET", meeting.path("docx"))
    name = unquote(answer.headers["Content-Disposition"].partition("''")[2])
    started = day_and_time((await meeting.roll()).started_ms)
    assert name == f"点名_强降雨防汛会商_{started.replace('-', '').replace(':', '').replace(' ', '_')}.docx"
