"""Tables on paper and for spreadsheet programs."""

from __future__ import annotations

import asyncio
import csv
import io

from docx import Document

from hub.http.documents import Table, as_csv, as_docx, download

TABLE = Table(
    title="视频抽查结果",
    facts=["抽查 2 个单位，应答率 50%"],
    head=["单位", "结果"],
    rows=[["信阳市委值班室", "已应答"], ["鹤壁市委值班室", '=HYPERLINK("x")']],
    widths=[2, 1],
    made_ms=1_784_512_800_000,
)


def test_a_spreadsheet_program_reads_the_csv_and_runs_nothing_of_it() -> None:
    text = as_csv(TABLE).decode("utf-8-sig")
    assert as_csv(TABLE).startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["单位", "结果"],
        ["信阳市委值班室", "已应答"],
        ["鹤壁市委值班室", '\'=HYPERLINK("x")'],
    ]


def test_the_docx_has_title_facts_and_every_cell() -> None:
    word = Document(io.BytesIO(as_docx(TABLE)))
    assert [each.text for each in word.paragraphs][:2] == ["视频抽查结果", "抽查 2 个单位，应答率 50%"]
    [grid] = word.tables
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [list(TABLE.head), *TABLE.rows]
    page = word.sections[0]
    assert (page.page_width or 0) > (page.page_height or 0)
    assert word.core_properties.title == TABLE.title
    assert word.core_properties.author == ""


def test_characters_that_a_docx_cannot_hold_are_left_out() -> None:
    pasted = TABLE._replace(title="结\x01果", facts=["\x00甲\ufffe"], rows=[["乙\x0b", "丙\x1f"]])
    word = Document(io.BytesIO(as_docx(pasted)))
    assert [each.text for each in word.paragraphs][:2] == ["结果", "甲"]
    assert [cell.text for cell in word.tables[0].rows[1].cells] == ["乙", "丙"]


async def test_the_loop_goes_on_while_a_long_table_is_made() -> None:
    long = TABLE._replace(rows=[["信阳市委值班室", "已应答"]] * 200)
    making = asyncio.ensure_future(download(long, "docx", "长表"))
    turns = 0
    while not making.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 3
    assert making.result().status == 200


async def test_the_file_has_a_chinese_name() -> None:
    answer = await download(TABLE, "docx", "视频抽查")
    assert answer.headers["Content-Disposition"].endswith("%E6%9F%A5.docx")
    assert answer.content_type.endswith("wordprocessingml.document")
