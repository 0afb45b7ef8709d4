"""Calling, as the duty officer does it: a template rings, one answers, one declines, one stays silent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import (
    OVERHEAR,
    PICTURES_PLAYING,
    Enter,
    answer,
    overheard,
    picture,
    until,
)

pytestmark = pytest.mark.browser

NO_DEVICES = """
navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("none", "NotFoundError"); };"""


@pytest.fixture
def short_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUISHANG_CALLS_RING_TIMEOUT_S", "8")


def row(officer: Page, name: str) -> Locator:
    return officer.locator(".call-row").filter(has=officer.locator(".name", has_text=name))


def test_a_template_rings_and_who_stays_silent_is_reached_by_telephone(
    short_rings: None, enter: Enter
) -> None:
    officer, silent, declining = enter("officer"), enter("weijian"), enter("gongan")
    answering, elsewhere = enter("yingji", NO_DEVICES), enter("yingji")

    # one click and one key: all that the template names ring
    officer.keyboard.press("n")
    officer.get_by_role("button", name=re.compile("^联席会议")).click()
    expect(officer.get_by_role("button", name="发起会商（9）")).to_be_focused()
    officer.keyboard.press("Enter")
    expect(officer.locator(".call-row")).to_have_count(9)
    officer.evaluate(OVERHEAR)
    for page in (silent, declining, answering, elsewhere):
        expect(page.get_by_role("alertdialog")).to_contain_text("联席会议")
    expect(row(officer, "卫健")).to_contain_text("已送达")
    expect(row(officer, "水利")).to_contain_text("离线，仍在呼叫")

    # without camera and microphone one looks on; an answered call rings nowhere any more
    expect(answering.get_by_text("您以观看方式参加")).to_be_visible()
    answer(answering)
    expect(row(officer, "应急")).to_contain_text(re.compile(r"已接入.*应答 \d+\.\d 秒"))
    expect(elsewhere.get_by_role("alertdialog")).to_have_count(0)
    declining.get_by_role("button", name="拒接").click()
    expect(row(officer, "公安")).to_contain_text("拒接")
    picture(officer, "desk-calling")

    # the hub calls once more by itself; then it is up to a person
    overheard(officer, "自动重呼")
    expect(row(officer, "卫健")).to_contain_text(re.compile("未应答.*已呼叫 2 次"))
    todos = officer.get_by_role("region", name="待办与超期")
    expect(todos).to_contain_text("拒接，请电话联系：公安")
    expect(todos).to_contain_text(re.compile("未应答，请电话联系：.*等 7 个会场"))
    escalate_and_note(officer, row(officer, "卫健"))
    expect(todos).to_contain_text("等 6 个会场")
    picture(officer, "desk-silent")

    # all that are silent ring again with one click
    officer.get_by_role("button", name="重呼未应答（8）").click()
    expect(silent.get_by_role("alertdialog")).to_be_visible()
    expect(row(officer, "卫健")).to_contain_text("已送达")
    expect(row(officer, "公安")).to_contain_text("响铃")
    officer.get_by_role("button", name="进入会商").first.click()
    until(answering, PICTURES_PLAYING, at_least=1)


def escalate_and_note(officer: Page, silent: Locator) -> None:
    """On to the head of the shift, by the duty telephone; what was said stands in the row."""
    expect(silent).to_contain_text("下一联系人 温秀兰 带班领导 100 0000 3004")
    silent.get_by_role("button", name="转联系人").click()
    expect(silent.get_by_role("button", name="转联系人")).to_have_count(0)
    silent.get_by_role("button", name="电话叫应").click()
    expect(silent.get_by_label("拨打对象")).to_be_focused()
    silent.get_by_label("通话要点").fill("十分钟内到岗")
    silent.get_by_role("button", name="已接通").click()
    expect(silent).to_contain_text(re.compile(r"温秀兰 100 0000 3004 已接通：十分钟内到岗\s*王建国"))
    expect(officer.get_by_role("log")).to_contain_text("电话叫应 卫健：温秀兰 已接听")


def test_a_group_and_a_contact_that_are_set_are_at_hand_at_the_desk(enter: Enter) -> None:
    officer, admin = enter("officer"), enter("admin")
    officer.get_by_role("link", name="模板与分组").click()
    for tab in ("分组", "会商模板"):
        expect(officer.get_by_role("tab", name=tab)).to_be_visible()
    officer.get_by_role("tab", name="分组").click()
    officer.get_by_role("button", name="新增分组").click()
    form = officer.get_by_role("dialog")
    form.get_by_label("名称").fill("沿淮各市")
    for name in ("信阳", "周口"):
        form.get_by_role("checkbox", name=name).check()
    form.get_by_role("button", name="保存").click()
    expect(officer.get_by_role("row", name=re.compile("沿淮各市 2 信阳、周口"))).to_be_visible()

    admin.get_by_role("tab", name="席位").click()
    admin.get_by_label("查找名称、姓名、席位").fill("xinyang")
    admin.get_by_role("button", name="修改").click()
    first = admin.get_by_role("group", name="第 1 联系人")
    first.get_by_label("电话").fill("100 0000 9999")
    admin.get_by_role("button", name="保存").click()
    expect(admin.get_by_role("row", name=re.compile("常青 100 0000 9999"))).to_be_visible()

    officer.get_by_role("link", name="值班台").click()
    officer.get_by_role("checkbox", name=re.compile("沿淮各市")).check()
    officer.get_by_role("button", name="发起会商（2）").click()
    expect(row(officer, "信阳")).to_contain_text("下一联系人 常青 带班领导 100 0000 9999")
