"""The table of a spot check as a file."""

from __future__ import annotations

import csv
import io

import pytest
from docx import Document

from hub.clock import ManualClock
from hub.domain.event import HUB
from hub.domain.spotcheck import AnswerRow, CallRow, JudgeRow, StartSpotCheck, Verdict, stream_of
from hub.http.keys import STREAMS
from tests.support.factories import OFFICER, STRANGER, XINYANG, checked
from tests.support.served import Client


@pytest.fixture
async def table(client: Client, clock: ManualClock) -> str:
    """The address of a table with one answer and one seat that still waits."""
    streams, stream = client.hub.app[STREAMS], stream_of("k-1")
    start = StartSpotCheck(
        check_id="k-1",
        title="国庆值班抽查",
        seats=[checked(XINYANG), checked(STRANGER)],
        items=["值班员在岗"],
    )
    await streams.execute(stream, start, OFFICER)
    called_ms = clock.wall_ms()
    await streams.execute(stream, CallRow(number=1, session_id="s-1", called_ms=called_ms), OFFICER)
    answer = AnswerRow(number=1, session_id="s-1", answered_ms=called_ms + 31_200, recalled=True)
    await streams.execute(stream, answer, HUB)
    finding = JudgeRow(number=1, answers=[False], verdict=Verdict.PROBLEM, note="=1+1", problem="补岗")
    await streams.execute(stream, finding, OFFICER)
    return "/api/spotchecks/k-1/table"


HEAD = ["序号", "单位", "方式", "呼叫时间", "应答时间", "用时（秒）", "结果", "值班员在岗", "结论", "备注"]
HEAD += ["问题与整改要求"]
FIRST = ["1", "信阳市委值班室", "视频", "10:30:00", "10:30:31", "31.2", "已应答（重呼、超时）"]
FIRST += ["否", "有问题"]
SECOND = ["2", "鹤壁市委值班室", "视频", "", "", "", "待呼叫", "", "", "", ""]


async def test_the_docx_is_the_annex_of_a_circular(client: Client, table: str) -> None:
    await client.login("officer")
    answer = await client.ask("GET", f"{table}.docx")
    word = Document(io.BytesIO(answer.body))
    [grid] = word.tables
    assert [[cell.text for cell in line.cells] for line in grid.rows] == [
        HEAD,
        [*FIRST, "=1+1", "补岗"],
        SECOND,
    ]
    assert word.paragraphs[0].text == "国庆值班抽查"
    figures = word.paragraphs[2].text
    assert "应答率 100%，平均应答 31.2 秒，超过 30 秒 1 个" in figures


async def test_the_csv_has_the_same_cells(client: Client, table: str) -> None:
    await client.login("officer")
    answer = await client.ask("GET", f"{table}.csv")
    lines = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))
    assert lines == [HEAD, [*FIRST, "'=1+1", "补岗"], SECOND]
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("account", ["xinyang", "reviewer", "admin"])
async def test_K1_nobody_else_gets_it_or_learns_that_it_is_there(
    client: Client, table: str, account: str
) -> None:
    await client.login(account)
    answers = [await client.ask("GET", f"{at}.csv") for at in (table, "/api/spotchecks/k-0/table")]
    assert [(answer.status, answer.code) for answer in answers] == [(404, "spotcheck.unknown")] * 2


async def test_an_unknown_form_is_not_found(client: Client, table: str) -> None:
    await client.login("officer")
    assert (await client.ask("GET", f"{table}.exe")).status == 404
