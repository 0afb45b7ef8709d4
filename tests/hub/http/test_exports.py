"""Sheets of an incident: what stands on them, for whom, in three forms; and who took them is in the log."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from hub.clock import ManualClock
from hub.domain.event import HUB
from hub.domain.item import EditItem, VoidItem
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.track import MoveTrack, NotePhoned, Progress, Urge
from hub.domain.workspace import Casualties, ChangeStatus, RecordCasualties, Status, WorkspaceExported
from hub.http.documents import At, Cell, Table, day_and_time
from hub.http.keys import LOG
from hub.http.sheets import as_html, as_xlsx
from tests.support.affair import NUMBER, Affair
from tests.support.served import Answer, Client

SITUATION, REPORT, INSTRUCTION, WARNING = (
    BoardKind.SITUATION,
    BoardKind.REPORT,
    BoardKind.INSTRUCTION,
    BoardKind.WARNING,
)
SHEETS = ("/boards/situation", "/boards/report", "/feedback", "/casualties")


@pytest.fixture
async def affair(client: Client) -> Affair:
    made = Affair(client)
    await made.open(exercise=True)
    return made


def rows_of(answer: Answer) -> list[dict[str, str]]:
    assert answer.status == 200, answer
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))


def name_of(answer: Answer) -> str:
    return unquote(answer.headers["Content-Disposition"].partition("''")[2])


async def test_E3_a_board_has_its_kinds_columns_and_runs_nothing(affair: Affair, clock: ManualClock) -> None:
    at_ms = affair.now_ms()
    first = await affair.adds(
        "officer", SITUATION, "=HYPERLINK(1)", place="浉河区", category="forecast", lon="-5.5"
    )
    await affair.adds("yingji", SITUATION, "@物资", as_of=str(at_ms))
    clock.advance(60)
    await affair.does("officer", VoidItem(item_id=first, reason="重复"))
    rows = rows_of(await affair.get("officer", "/boards/situation.csv"))
    assert [row["内容"] for row in rows] == ["'=HYPERLINK(1)", "'@物资"]
    assert (rows[0]["类别"], rows[0]["经度"], rows[0]["状态"]) == ("预测", "-5.5", "现行")
    assert rows[0]["作废"].endswith("重复")
    assert rows[1]["截至"] == rows[1]["填报时间"] == day_and_time(at_ms)
    assert rows[1]["填报单位"] == "省应急管理厅指挥中心"


async def test_E3_the_workbook_has_real_numbers_and_dates_and_the_marking(affair: Affair) -> None:
    await affair.adds("officer", BoardKind.RESOURCE, "冲锋舟", quantity="12", unit="艘")
    answer = await affair.get("officer", "/boards/resource.xlsx")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
        texts = page + (
            book.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in book.namelist() else ""
        )
    assert re.search(r"<c [^>]*><v>12</v></c>", page), "a number"
    assert re.search(r"<c [^>]*><v>4\d{4}\.\d+</v></c>", page), "a date of this century"
    assert "非涉密·内部使用 · 演练" in texts
    assert f"事件：{NUMBER}　信阳强降雨" in texts
    assert 'state="frozen"' in page
    assert "<autoFilter" in page
    assert "<f>" not in page


async def test_E3_a_printed_sheet_is_a_pdf_with_the_marking(affair: Affair) -> None:
    await affair.adds("officer", SITUATION, "<b>降雨</b>")
    answer = await affair.get("officer", "/boards/situation.pdf")
    assert (answer.headers["Content-Type"], answer.body[:5]) == ("application/pdf", b"%PDF-")


def test_E3_paper_leaves_out_empty_columns_and_writes_no_html_of_others() -> None:
    table = Table("板", ["事件：<x>"], ["甲", "乙"], [["<b>1", None], ["2", ""]], [1, 1], 0, '演练"}</style>')
    html = as_html(table)
    assert "<th>乙</th>" not in html
    assert "&lt;b&gt;1" in html
    assert "<x>" not in html
    assert html.count("</style>") == 1


def test_E3_a_large_sheet_is_written_row_by_row() -> None:
    rows: list[list[Cell]] = [
        [number, "=1+1", At(1_784_512_800_000 + number), -1.5] for number in range(3_000)
    ]
    made = as_xlsx(
        Table("大表[1]:*", [], ["序号", "内容", "时间", "值"], rows, [1, 4, 3, 1], 1_784_512_800_000)
    )
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        page = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    assert len(page.findall(f".//{space}row")) == 3_002
    assert page.findall(f".//{space}f") == []


async def test_E3_who_has_not_answered_stands_on_top_of_the_feedback(
    affair: Affair, clock: ManualClock
) -> None:
    due = str(affair.now_ms() + 600_000)
    item = await affair.adds(
        "officer", INSTRUCTION, "转移群众", units=("yingji", "xinyang", "kaifeng"), leader="某领导", due=due
    )
    await affair.adds("officer", INSTRUCTION, "待交办")
    for state, text in ((Progress.SIGNED, ""), (Progress.REPLIED, "已转移 35 户")):
        await affair.does("xinyang", MoveTrack(item_id=item, seat="xinyang", state=state, text=text))
    await affair.does("officer", Urge(item_id=item, seats=["kaifeng"]))
    clock.advance(1_200)
    rows = rows_of(await affair.get("officer", "/feedback.csv"))
    assert [row["承办单位"] for row in rows] == [
        "省应急管理厅指挥中心",
        "开封市委值班室",
        "（未交办）",
        "信阳市委值班室",
    ]
    assert (rows[0]["超时（分钟）"], rows[1]["催办次数"]) == ("10", "1")
    assert (rows[3]["反馈内容"], rows[3]["进度"], rows[3]["签收人"]) == ("已转移 35 户", "已反馈", "李强")
    own = rows_of(await affair.get("kaifeng", "/feedback.csv"))
    assert [row["承办单位"] for row in own] == ["开封市委值班室"]


async def test_E3_the_final_sheet_of_a_warning(affair: Affair) -> None:
    item = await affair.adds("officer", WARNING, "暴雨红色预警", units=("xinyang", "kaifeng"), colour="red")
    await affair.does("xinyang", MoveTrack(item_id=item, seat="xinyang", state=Progress.SIGNED))
    await affair.does("officer", NotePhoned(item_id=item, seat="kaifeng", reached=False, note="无人接听"))
    rows = rows_of(await affair.get("officer", f"/items/{item}/receipts.csv"))
    assert [row["单位"] for row in rows] == ["开封市委值班室", "信阳市委值班室"]
    assert rows[0]["电话叫应"].endswith("未接通 无人接听")
    assert rows[1]["进度"] == "已确认"
    answer = await affair.get("officer", f"/items/{item}/receipts.pdf")
    assert answer.body[:5] == b"%PDF-"
    assert [row["单位"] for row in rows_of(await affair.get("kaifeng", f"/items/{item}/receipts.csv"))] == [
        "开封市委值班室"
    ]


async def test_E3_casualties_are_a_series_with_the_latest_on_top(affair: Affair, clock: ManualClock) -> None:
    for dead in (1, 2):
        clock.advance(60)
        entry = Casualties(as_of_ms=affair.now_ms(), source="省应急厅", dead=dead, note="-1 更正")
        await affair.does("officer", RecordCasualties(entry=entry))
    rows = rows_of(await affair.get("officer", "/casualties.csv"))
    assert [(row["死亡"], row["失联"]) for row in rows] == [("2", ""), ("1", "")]
    assert rows[0]["说明"] == "'-1 更正"


async def test_E3_a_sheet_tells_no_more_than_the_page(affair: Affair) -> None:
    mine = await affair.adds("xinyang", REPORT, "信阳报告")
    await affair.adds("kaifeng", REPORT, "开封报告")
    await affair.adds("officer", SITUATION, "内部掌握", reach=Reach.OFFICE)
    await affair.does("officer", EditItem(item_id=mine, base_version=1, fields={"proposal": "拟请阅示"}))
    answer = await affair.get("officer", "/boards/report.csv")
    assert answer.status == 200, answer.body
    office = answer.body.decode()
    assert "拟请阅示" in office
    assert "拟办意见" in office
    for account in ("xinyang", "reviewer"):
        for path in SHEETS:
            answer = await affair.get(account, f"{path}.csv")
            assert answer.status == 200, (account, path, answer.body)
            text = answer.body.decode()
            assert "拟" not in text
            assert "内部掌握" not in text
            assert account == "reviewer" or "开封报告" not in text
    foreign = await affair.adds("kaifeng", REPORT, "开封续报")
    assert (await affair.get("xinyang", f"/items/{foreign}/receipts.csv")).code == "board.unknown_item"
    assert (await affair.get("hebi", "/feedback.csv")).code == "incident.unknown"
    assert (await affair.get("officer", "/boards/none.csv")).code == "board.unknown"
    assert (await affair.get("officer", "/boards/report.docx")).status == 404


async def test_E3_every_sheet_that_is_taken_is_in_the_log_for_the_office_alone(affair: Affair) -> None:
    for account, path in (("officer", "/boards/report.csv"), ("xinyang", "/feedback.xlsx")):
        assert (await affair.get(account, path)).status == 200
    affair.enter("officer")
    assert (await affair.client.ask("HEAD", f"{affair.path}/feedback.csv")).status == 200
    log = await affair.client.hub.app[LOG].read(affair.stream)
    noted = [
        (each.actor.account, each.event.what, each.event.key, each.event.form)
        for each in log
        if isinstance(each.event, WorkspaceExported)
    ]
    assert noted == [
        ("officer", "board", "report", "csv"),
        ("xinyang", "feedback", "", "xlsx"),
    ]
    for account, seen in (("officer", True), ("xinyang", False), ("reviewer", False)):
        rows = (await affair.get(account, "/timeline?noise=1")).body["rows"]
        assert ("workspace.exported" in [row["type"] for row in rows]) is seen


async def test_E3_also_of_an_incident_that_is_over_and_its_name_says_nothing_of_it(affair: Affair) -> None:
    await affair.does("officer", ChangeStatus(status=Status.CLOSED, reason="处置完毕"))
    answer = await affair.get("officer", "/boards/report.csv")
    assert answer.status == 200
    assert re.fullmatch(rf"演练_信息报送板_{NUMBER}_\d{{8}}_\d{{6}}\.csv", name_of(answer))
    assert HUB.person not in name_of(answer)
