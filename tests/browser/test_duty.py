"""值班: a whole shift of the duty office, from the roster to the handover."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import PHONE, Enter, picture
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser

HEAD = "日期,开始,结束,带班领导,值班长,正班,副班,电话\n"


def roster() -> str:
    """The shift that runs now and the one after it, on the Beijing clock; nobody comes after that."""
    today = datetime.now(UTC) + timedelta(hours=8)
    before, after = (today + timedelta(hours=hours) for hours in (-4, 4))
    return (
        f"{HEAD}{before:%Y-%m-%d},{before:%H}:00,{after:%H}:00,沈国栋,王建国,何卫平,周全,0371-0100 0001\n"
        f"{after:%Y-%m-%d},{after:%H}:00,{after + timedelta(hours=8):%H}:00,沈国栋,李建华,赵一鸣、钱进,,\n"
    )


def csv(text: str) -> FilePayload:
    return {"name": "排班.csv", "mimeType": "text/csv", "buffer": text.encode("gb18030")}


def read_in_the_roster(page: Page) -> None:
    page.get_by_role("tab", name="排班").click()
    page.get_by_role("button", name="导入排班").click()
    dialog = page.get_by_role("dialog")
    chooser = dialog.get_by_label("选择 CSV 文件")
    chooser.set_input_files(csv(roster() + "2026-13-40,08:00,20:00,,某人,,,\n"))
    expect(dialog.get_by_text("第 4 行")).to_be_visible()
    expect(dialog.get_by_text("没有“2026-13-40”这一天")).to_be_visible()
    expect(dialog.get_by_role("button", name=re.compile("^导入 2 个班次"))).to_be_disabled()
    picture(page, "duty-import")
    chooser.set_input_files(csv(roster()))
    dialog.get_by_role("button", name="导入 2 个班次").click()
    expect(page.get_by_role("row", name=re.compile("李建华.*赵一鸣、钱进"))).to_be_visible()


def write_the_log(officer: Page) -> None:
    """An entry, a call with its record, and a correction of it."""
    # entries: one line and Enter; a call with its record
    officer.get_by_role("tab", name="值班日志").click()
    line = officer.get_by_role("textbox", name="内容")
    line.fill("省气象局发布暴雨红色预警，已报带班领导")
    line.press("Enter")
    log = officer.locator(".duty-entry")
    expect(log.filter(has_text="暴雨红色预警")).to_be_visible()
    officer.get_by_role("radio", name="来电").check(force=True)
    officer.get_by_role("textbox", name="单位").fill("信阳市委值班室")
    officer.get_by_role("textbox", name="姓名").last.fill("李强")
    officer.get_by_role("textbox", name="地点").fill("浉河区谭家河乡")
    officer.get_by_role("textbox", name="起因").fill("强降雨")
    line.fill("谭家河水库溃坝")
    line.press("Enter")
    call = log.filter(has_text="谭家河水库")
    expect(call).to_contain_text("信阳市委值班室")

    # a correction keeps the original
    call.get_by_role("button", name="更正").click()
    call.get_by_role("textbox", name="内容").fill("谭家河水库漫坝")
    call.get_by_role("textbox", name="原因").fill("核实后更正")
    call.get_by_role("button", name="保存更正").click()
    expect(call).to_contain_text("原文：谭家河水库溃坝")
    officer.wait_for_timeout(300)
    picture(officer, "duty-log")
    assert violations(officer) == []


def make_it_a_report(officer: Page) -> None:
    """On one screen."""
    log = officer.locator(".duty-entry")
    call = log.filter(has_text="原文：谭家河水库溃坝")
    # the call becomes a first report on one screen, and the two are linked
    call.get_by_role("button", name="转为首报").click()
    officer.wait_for_url("**/incident/phone")
    expect(officer.locator("textarea.inc-known")).to_have_value("谭家河水库漫坝")
    officer.locator("form button[type=submit]").click()
    officer.wait_for_url(re.compile(r"/incident/i-"))
    officer.get_by_role("link", name="值班", exact=True).click()
    expect(call.get_by_role("link", name="查看事件专题")).to_be_visible()
    expect(log.filter(has_text="事件专题建立")).to_be_visible()  # by the hub itself


def hand_over(officer: Page) -> None:
    """Refused while a note is missing, then signed."""
    # no handover while an open item has no note
    officer.get_by_role("tab", name="交接班").click()
    officer.get_by_role("button", name="开始交接班").click()
    notes = officer.get_by_role("textbox", name=re.compile("^交接说明："))
    expect(notes.first).to_be_visible()
    officer.get_by_role("button", name="交班签字").click()
    expect(officer.get_by_text("仍有未办结事项没有交接说明，不能交班。")).to_be_visible()
    for at in range(notes.count()):
        notes.nth(at).fill("已电话核实，等信阳书面报告")
        notes.nth(at).press("Enter")
    expect(officer.get_by_text("交接说明已齐")).to_be_visible()
    picture(officer, "duty-handover")
    assert violations(officer) == []
    officer.get_by_role("button", name="交班签字").click()
    expect(officer.get_by_text(re.compile("王建国 已交班签字"))).to_be_visible()


def take_over(officer: Page, deputy: Page) -> None:
    """By the other person, on a telephone."""
    # who gave does not take; the other person does, on a telephone
    officer.get_by_label("姓名", exact=True).fill("李建华")
    officer.get_by_role("button", name="接班签字").click()
    expect(officer.get_by_text("接班人须另有其人", exact=False)).to_be_visible()
    deputy.goto(deputy.url.replace("/desk", "/duty"))
    deputy.get_by_role("tab", name="交接班").click()
    picture(deputy, "duty-handover-phone")
    assert violations(deputy) == []
    deputy.get_by_role("textbox", name="接班意见").fill("情况清楚")
    deputy.get_by_role("button", name="接班签字").click()
    expect(officer.get_by_role("region", name=re.compile("当班 李建华"))).to_be_visible()
    expect(deputy.get_by_text("王建国 → 李建华 · 情况清楚", exact=False)).to_be_visible()
    deputy.get_by_role("tab", name="值班日志").click()
    deputy.get_by_role("button", name="近期全部").click()
    picture(deputy, "duty-log-phone")


def test_a_whole_shift_from_the_roster_to_the_handover(enter: Enter) -> None:
    officer, deputy = enter("officer"), enter("deputy", viewport=PHONE)
    officer.get_by_role("link", name="值班", exact=True).click()
    expect(officer.get_by_role("heading", name="当前无人在岗")).to_be_visible()
    read_in_the_roster(officer)

    # sign in: the roster's shift stands at the post, and on the desk
    officer.get_by_role("button", name="签到上岗").click()
    post = officer.get_by_role("region", name=re.compile("当班 王建国"))
    expect(post).to_contain_text("沈国栋")
    picture(officer, "duty-roster")

    write_the_log(officer)
    make_it_a_report(officer)
    hand_over(officer)
    take_over(officer, deputy)

    # the desk says who is on shift
    officer.get_by_role("link", name="值班台").click()
    expect(officer.get_by_text("李建华").first).to_be_visible()
    picture(officer, "duty-desk")
    assert violations(officer) == []
