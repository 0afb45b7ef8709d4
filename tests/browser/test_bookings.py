"""预约会议: planned, confirmed, reminded of, started with one click."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OVERHEAR, PHONE, Enter, answer, overheard, picture
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser

IN_TEN_MINUTES = """() => {
    const at = new Date(Date.now() + 10 * 60_000 + 6_000);
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}"""


def plan(officer: Page) -> None:
    officer.get_by_role("link", name="预约会议").click()
    officer.get_by_label("会议标题").fill("防汛联席会议")
    members = officer.get_by_role("group", name="分组").get_by_role("checkbox", name="省防指成员单位")
    members.check()
    expect(officer.get_by_text("已选 8 个单位")).to_be_visible()
    expect(officer.get_by_role("checkbox", name="水利", exact=True)).to_be_checked()
    members.uncheck()
    officer.get_by_role("checkbox", name="信阳", exact=True).check()
    officer.get_by_role("checkbox", name="鹤壁", exact=True).check()
    officer.get_by_role("button", name="添加议题").click()
    officer.get_by_role("textbox", name="议题 1").fill("通报雨情水情")
    officer.get_by_label("汇报单位 1").select_option("xinyang")
    officer.get_by_label("开始时间").fill(officer.evaluate(IN_TEN_MINUTES))
    officer.get_by_role("button", name="保存预约").click()


def test_planned_confirmed_reminded_started(enter: Enter) -> None:
    officer, xinyang, hebi = enter("officer"), enter("xinyang"), enter("hebi", viewport=PHONE)
    yingji = enter("yingji")
    for page in (officer, xinyang):
        page.evaluate(OVERHEAR)
    plan(officer)

    # the invited answer, nobody else sees it
    for seat in (xinyang, hebi):
        expect(seat.get_by_role("region", name="待参加的会议")).to_contain_text("防汛联席会议")
    xinyang.get_by_role("button", name="确认参会").click()
    hebi.get_by_role("button", name="请假", exact=True).click()
    hebi.get_by_label("请假原因").fill("在前线处置")
    picture(hebi, "booking-phone")
    hebi.get_by_role("button", name="提交请假").click()
    expect(officer.get_by_text("已确认 1/2 · 请假 1")).to_be_visible()
    expect(yingji.get_by_role("region", name="待参加的会议")).to_have_count(0)

    # the hub reminds, without a sound
    for page in (officer, xinyang):
        overheard(page, "《防汛联席会议》还有 10 分钟开始")
    picture(xinyang, "booking-home")
    officer.get_by_text("回复情况").click()
    picture(officer, "bookings")
    assert violations(officer) == []
    assert violations(xinyang) == []
    officer.get_by_role("link", name="值班台").click()
    expect(officer.get_by_role("region", name="即将召开")).to_contain_text("防汛联席会议")
    picture(officer, "booking-desk")

    # one click: who confirmed rings, who is on leave does not, and the agenda is there
    officer.get_by_role("button", name="开始会议").click()
    officer.wait_for_url("**/session/*")
    answer(xinyang)
    expect(hebi.get_by_role("alertdialog")).to_have_count(0)
    for page in (officer, xinyang):
        page.get_by_role("tab", name="事件").click()
        expect(page.get_by_role("list", name="议程")).to_contain_text(re.compile("通报雨情水情"))
    picture(officer, "booking-session")
