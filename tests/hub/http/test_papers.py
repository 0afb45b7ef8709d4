"""The office's papers as files, and their digest taken again."""

from __future__ import annotations

import hashlib
import io
import re
import zlib

import msgspec
import pytest
from docx import Document
from msgspec.structs import replace

from hub.domain.event import Actor
from hub.domain.paper import (
    EditPaper,
    IssuePaper,
    Paper,
    PaperKind,
    PushPaper,
    SectionText,
    SubmitPaper,
    stream_of,
)
from hub.domain.paper_seal import canonical
from hub.http.keys import STREAMS
from hub.http.paper import pdf_now
from hub.http.paperpage import as_html
from hub.http.paperparts import marking, numeral
from hub.http.paperword import as_docx
from tests.support.aconsultation import a_consultation
from tests.support.factories import BACKUP, OFFICER, XINYANG, Stream
from tests.support.papers import a_draft, pushed
from tests.support.served import Client


@pytest.fixture
async def issued(client: Client) -> str:
    """The address of a paper that was pushed to one seat."""
    streams = client.hub.app[STREAMS]
    issue = IssuePaper(year=2026, number=12, edition=1, algorithm="sha256")
    steps: list[tuple[object, Actor]] = [
        (a_draft(), OFFICER),
        (SubmitPaper(), OFFICER),
        (issue, BACKUP),
        (PushPaper(seats=[pushed(XINYANG)]), OFFICER),
    ]
    for command, by in steps:
        await streams.execute(stream_of("n-1"), command, by)  # type: ignore[arg-type]
    return "/api/papers/n-1"


async def test_the_docx_has_a_head_sections_sources_signatures_and_the_digest(
    client: Client, issued: str
) -> None:
    await client.login("officer")
    answer = await client.ask("GET", f"{issued}.docx")
    word = Document(io.BytesIO(answer.body))
    lines = [paragraph.text for paragraph in word.paragraphs]
    assert lines[:2] == ["省委总值班室值班报告", "〔2026〕第12期"]
    assert "7月19日至20日值班情况" in lines
    assert "一、重要事项" in lines
    assert any(line.startswith("签发：陈晨") for line in lines)
    assert "［1］〔2026-0012〕（incident:i-1 第1号）" in lines
    digest = (await client.ask("GET", f"{issued}/verify")).body["kept"]
    assert f"内容摘要（SHA-256）：{digest}" in lines
    assert word.sections[0].header.paragraphs[0].text == "非涉密·内部使用"
    [grid] = word.tables
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [
        ["单位", "报送"],
        ["信阳市委值班室", "3"],
    ]


async def test_N12_a_seat_that_takes_it_away_has_read_it(client: Client, issued: str) -> None:
    streams = client.hub.app[STREAMS]

    async def read_ms() -> int | None:
        state, _ = await streams.state(stream_of("n-1"))
        assert isinstance(state, Paper)
        return state.pushed["xinyang"].read_ms

    await client.login("xinyang")
    await client.ask("HEAD", f"{issued}.docx")
    assert await read_ms() is None
    assert (await client.ask("GET", f"{issued}.docx")).status == 200
    assert await read_ms() is not None


async def test_the_pdf_is_one_and_says_the_same(client: Client, issued: str) -> None:
    await client.login("officer")
    answer = await client.ask("GET", f"{issued}.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.body.startswith(b"%PDF-")
    inflated = b"".join(
        zlib.decompressobj().decompress(stream) if stream[:1] == b"x" else stream
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", answer.body, re.DOTALL)
    )
    assert len(re.findall(rb"/Type\s*/Page\b", answer.body + inflated)) >= 1


async def test_N7_the_digest_is_that_of_the_json_that_anybody_can_fetch(client: Client, issued: str) -> None:
    await client.login("xinyang")
    state, _ = await client.hub.app[STREAMS].state(stream_of("n-1"))
    assert isinstance(state, Paper)
    content = await client.ask("GET", f"{issued}.json")
    assert content.body == msgspec.json.decode(canonical(state))
    outcome = (await client.ask("GET", f"{issued}/verify")).body
    assert outcome["ok"]
    assert outcome["kept"] == outcome["now"] == hashlib.sha256(canonical(state)).hexdigest()


@pytest.mark.parametrize("account", ["yingji", "admin"])
async def test_N1_nobody_else_gets_it_or_learns_that_it_is_there(
    client: Client, issued: str, account: str
) -> None:
    await client.login(account)
    for path in (f"{issued}.docx", f"{issued}.pdf", f"{issued}.json", f"{issued}/verify"):
        answer = await client.ask("GET", path)
        missing = await client.ask("GET", path.replace("n-1", "n-none"))
        assert (answer.status, answer.body) == (404, missing.body)


def test_N9_a_draft_and_an_exercise_say_so_on_every_page() -> None:
    stream = Stream("paper:n-1")
    wish = a_draft()
    stream.do(replace(wish, draft=replace(wish.draft, exercise=True)), OFFICER)
    assert marking(stream.state) == "非涉密·内部使用　演练　草稿"
    page = as_html(stream.state)
    assert "演练" in page
    assert "（草稿）" in page


def test_N14_minutes_as_docx_and_as_a_page_say_the_same() -> None:
    stream = Stream("paper:n-1")
    wish = a_draft(kind=PaperKind.MINUTES)
    stream.do(replace(wish, draft=a_consultation().minutes()), OFFICER)
    word = Document(io.BytesIO(as_docx(stream.state)))
    page = as_html(stream.state)
    lines = [paragraph.text for paragraph in word.paragraphs]
    assert lines[0] == "省委总值班室会商纪要"
    assert "会商：强降雨防汛会商" in lines
    attendance, speeches, orders, _ = word.tables
    assert [cell.text for cell in attendance.rows[0].cells] == [
        "单位",
        "参加人",
        "在会时段",
        "在会时长",
        "点名",
    ]
    assert [cell.text for cell in speeches.rows[3].cells] == ["信阳市委值班室", "1", "1", "2分14秒"]
    assert [cell.text for cell in orders.rows[1].cells][2:] == ["7月20日12:00", "已签收"]
    assert "<td class=figure>1</td>" in page
    assert "<td>已签收</td>" in page
    assert any(line.startswith("［1］录制00:00:00 会商开始（session:s-1 第1号）") for line in lines)
    for text in (
        "三、出席情况",
        "迟到：信阳市委值班室（12分钟）。",
        "断线重连：信阳市委值班室（1次，共20秒）。",
    ):
        assert text in lines
        assert text in page
    assert pdf_now(page).startswith(b"%PDF-")


def test_nothing_of_a_text_is_taken_for_a_tag() -> None:
    stream = Stream("paper:n-1")
    stream.do(a_draft(), OFFICER)
    text = SectionText(section_id="events", title="<i>重要</i>", text="<script>alert(1)</script>［1］")
    stream.do(EditPaper(base_version=1, sections=[text]), OFFICER)
    page = as_html(stream.state)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<sup>［1］</sup>" in page
    assert "<i>重要" not in page


def test_sections_are_counted_as_on_paper() -> None:
    assert [numeral(n) for n in (1, 10, 11, 20, 21)] == ["一", "十", "十一", "二十", "二十一"]
