"""点名 (check 4 of the field): four pages, one table; the venue that comes late is asked at the end."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from docx import Document
from playwright.sync_api import Download, Page, expect

from tests.browser.conftest import (
    OVERHEAR,
    PHONE,
    Enter,
    answer,
    end_session,
    overheard,
    picture,
    see_each_other,
    start_session,
)
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser

QUIET = """
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wish) => {
    const found = await open(wish);
    const context = new AudioContext();
    for (const track of found.getAudioTracks()) {
        const [tone, none] = [new OscillatorNode(context), new GainNode(context, {gain: 0})];
        const room = new MediaStreamAudioDestinationNode(context);
        tone.connect(none).connect(room);
        tone.start();
        found.removeTrack(track);
        track.stop();
        found.addTrack(room.stream.getAudioTracks()[0]);
    }
    return found;
};
"""
"""A room in which nobody speaks: the fake microphone beeps, and a beep is an answer."""

CALL = ".rollcall-called"
VENUES = ("省应急管理厅指挥中心", "开封市委值班室", "鹤壁市委值班室", "信阳市委值班室")


def table(page: Page) -> list[tuple[str, ...]]:
    """Venue, 补点, result and who said so, top to bottom."""
    rows = page.locator(".rollcall-table tbody tr[data-venue]")
    return [
        (
            str(row.get_attribute("data-venue")),
            "补点" if row.get_by_text("补点", exact=True).count() else "",
            row.locator(".state .word").inner_text(),
            row.locator(".rollcall-by").inner_text(),
        )
        for row in rows.all()
    ]


def all_have(rows: Sequence[tuple[str, ...]], pages: Sequence[Page]) -> None:
    """The same table on every screen, as soon as each has heard the end."""
    for page in pages:
        expect(page.locator(".rollcall-table tbody tr[data-venue]")).to_have_count(len(rows))
        for place, (_, _, result, by) in enumerate(rows):
            row = page.locator(".rollcall-table tbody tr[data-venue]").nth(place)
            expect(row.locator(".state .word")).to_have_text(result)
            expect(row.locator(".rollcall-by")).to_have_text(by)
        assert table(page) == rows


def saved(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    file: Download = waiting.value
    return file.suggested_filename, file.path().read_bytes()


def quiet(enter: Enter, account: str, **options: object) -> Page:
    page = enter(account, **options)
    page.context.add_init_script(QUIET)
    page.reload()
    return page


def test_a_roll_call_is_one_table_on_every_screen_and_in_the_recording(enter: Enter) -> None:
    officer, hebi, xinyang = (
        quiet(enter, "officer"),
        quiet(enter, "hebi"),
        quiet(enter, "xinyang", viewport=PHONE),
    )
    yingji = enter("yingji")
    start_session(officer, "强降雨防汛会商", *VENUES)
    answer(hebi)
    answer(xinyang)
    see_each_other(officer, hebi, xinyang)
    open_table(officer, hebi)
    picture(officer, "rollcall-setup")
    officer.get_by_role("spinbutton", name="每个会场等候").fill("20")
    officer.get_by_role("button", name="开始点名").click()

    # 应急 and 开封 are not there; 鹤壁 is asked on every screen and answers with one key
    for page in (officer, xinyang):
        expect(page.get_by_text("正在点名：鹤壁（3/4）")).to_be_visible()
        expect(page.locator(CALL)).to_have_count(0)
    expect(hebi.get_by_role("alert").filter(has_text="正在点名本会场，请应答")).to_be_attached()
    expect(hebi.locator(CALL)).to_contain_text("会场已听到点名，设备一切正常")
    picture(officer, "rollcall-chair")
    picture(hebi, "rollcall-asked")
    hebi.evaluate(OVERHEAR)
    hebi.keyboard.press("a")
    overheard(hebi, "本会场已登记")  # for two seconds and a half

    # 信阳 says nothing; 应急 comes in meanwhile and is asked at the end, where its voice is an answer
    expect(xinyang.locator(CALL)).to_contain_text("正在点名本会场，请应答")
    answer(yingji)
    picture(xinyang, "rollcall-asked-phone")

    # the chair corrects what the hub has said about 开封, while the run goes on by itself
    officer.get_by_role("button", name="更正 开封 的结果").click()
    officer.get_by_label("结果", exact=True).select_option("请假")
    officer.locator(".rollcall-correct").get_by_label("备注").fill("停电检修，已报备")
    officer.get_by_role("button", name="保存").click()

    open_table(yingji)
    expect(officer.get_by_text("点名结束：应答 2/4 · 无应答 1 · 请假 1")).to_be_visible(timeout=60_000)
    open_table(xinyang)
    rows = [
        ("yingji", "", "离线", "系统"),
        ("kaifeng", "", "请假", "主席"),
        ("hebi", "", "应答", "按键"),
        ("xinyang", "", "无应答", "系统"),
        ("yingji", "补点", "应答", "语音"),
    ]
    everybody = [officer, hebi, xinyang, yingji]
    all_have(rows, everybody)
    picture(officer, "rollcall-result")
    picture(xinyang, "rollcall-result-phone")

    ask_again(officer, xinyang)
    rows.append(("xinyang", "补点", "有图无声", "主席"))
    all_have(rows, everybody)
    check_files(officer)
    end_session(officer)
    review(enter)


def ask_again(officer: Page, xinyang: Page) -> None:
    """补点 when the run is over; the chair's key says what it sees."""
    officer.get_by_role("button", name="补点未应答（1）").click()
    expect(xinyang.locator(CALL)).to_contain_text("正在点名本会场，请应答")
    expect(officer.get_by_text("正在点名：信阳（6/6）")).to_be_visible()  # her key means what her page shows
    officer.keyboard.press("3")
    expect(officer.get_by_text("点名结束：应答 2/4 · 有图无声 1 · 请假 1")).to_be_visible()


def open_table(*pages: Page) -> None:
    for page in pages:
        if page.viewport_size == PHONE:
            page.get_by_role("button", name="打开侧栏").click()
        page.get_by_role("tab", name="点名").click()


def check_files(page: Page) -> None:
    """What is on the screen is in the files, to the millisecond."""
    name, text = saved(page, "导出 CSV")
    assert name.startswith("点名_强降雨防汛会商_")
    head, *rows = csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""))
    assert [(row[1], row[3], row[5], row[6], row[7]) for row in rows] == [
        ("省应急管理厅指挥中心", "离线", "系统判定", "", ""),
        ("开封市委值班室", "请假", "主席登记", "", "停电检修，已报备"),
        ("鹤壁市委值班室", "应答", "按键", "", ""),
        ("信阳市委值班室", "无应答", "系统判定", "", ""),
        ("省应急管理厅指挥中心", "应答", "语音", "补点", ""),
        ("信阳市委值班室", "有图无声", "主席登记", "补点", ""),
    ]
    shown = page.locator(".rollcall-table tr[data-venue=hebi] td.number").last.inner_text()
    assert f"{float(rows[2][4]):.1f}" == shown
    _, file = saved(page, "导出 DOCX")
    [grid] = Document(io.BytesIO(file)).tables
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [head, *rows]


def review(enter: Enter) -> None:
    """In the recording each row goes to the second in which that venue was asked."""
    reviewer = enter("reviewer")
    reviewer.get_by_role("link", name="强降雨防汛会商").first.click()
    reviewer.get_by_role("tab", name="点名").click()
    row = reviewer.locator("tr[data-venue=hebi]").get_by_role("button", name="鹤壁")
    asked = row.locator("time").inner_text()
    row.click()
    # The picture that is nearest may lie behind the turn of a second.
    behind = datetime.strptime(asked, "%H:%M:%S").replace(tzinfo=UTC) + timedelta(seconds=1)
    expect(reviewer.locator(".transport-clock")).to_contain_text(re.compile(f"{asked}|{behind:%H:%M:%S}"))
    expect(reviewer.locator("tr[data-venue=hebi]")).to_have_attribute("aria-current", "true")
    # Two roll calls, and at least the four that were asked.
    lane = reviewer.locator(".timeline-names p", has_text="会控")
    expect(lane).to_have_text(re.compile(r"会控([6-9]|\d\d)$"))
    picture(reviewer, "rollcall-review")
    name, _ = saved(reviewer, "导出 CSV")
    assert name.endswith(".csv")


def test_a_large_roll_call_has_no_violation_and_is_answered_from_another_page(enter: Enter) -> None:
    """Everybody is on the list; 应急 alone is there, on a phone, and looks at its home page meanwhile."""
    officer, yingji = enter("officer"), quiet(enter, "yingji", viewport=PHONE)
    for group in ("省直部门", "省辖市"):
        officer.get_by_role("checkbox", name=group).first.check()
    start_session(officer, "全省点名")
    answer(yingji)
    see_each_other(officer, yingji)
    open_table(officer)
    seen = {"setup": violations(officer)}
    picture(officer, "rollcall-setup")
    officer.set_viewport_size({"width": 390, "height": 844})
    picture(officer, "rollcall-setup-phone")
    officer.set_viewport_size({"width": 1920, "height": 1080})

    officer.get_by_role("spinbutton", name="每个会场等候").fill("120")
    officer.get_by_role("button", name="开始点名").click()
    expect(yingji.locator(CALL)).to_be_visible()
    seen |= {"chair": violations(officer), "asked": violations(yingji)}
    officer.set_viewport_size({"width": 390, "height": 844})
    picture(officer, "rollcall-chair-phone")
    officer.set_viewport_size({"width": 1920, "height": 1080})
    yingji.get_by_role("link", name="返回首页").click()
    strip = yingji.get_by_role("complementary", name="会商进行中")
    expect(strip).to_contain_text("正在点名本会场，请应答")
    seen["strip"] = violations(yingji)
    picture(yingji, "rollcall-strip-phone")
    strip.get_by_role("button", name="应答").click()
    expect(officer.get_by_text("点名结束：应答 1/27")).to_be_visible()
    seen["result"] = violations(officer)
    picture(officer, "rollcall-result-large")
    assert {screen: found for screen, found in seen.items() if found} == {}
