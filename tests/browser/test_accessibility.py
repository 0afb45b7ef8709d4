"""axe-core finds no violation on any screen."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    PHONE,
    Enter,
    answer,
    end_session,
    picture,
    see_each_other,
    start_session,
)
from tests.support.hub_process import ROOT, HubProcess

pytestmark = pytest.mark.browser

AXE = ROOT / "web/node_modules/axe-core/axe.min.js"


def violations(page: Page) -> list[str]:
    expect(page.get_by_role("heading", level=1).first).to_be_attached()  # the screen has been loaded
    page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def test_no_screen_has_a_violation(enter: Enter, hub: HubProcess) -> None:
    officer, yingji, xinyang = enter("officer"), enter("yingji"), enter("xinyang", viewport=PHONE)
    seen: dict[str, list[str]] = {"desk": violations(officer), "home": violations(yingji)}

    start_session(officer, "防汛会商", "省应急管理厅指挥中心", "信阳市委值班室")
    expect(yingji.get_by_role("alertdialog")).to_be_visible()
    seen["incoming"] = violations(yingji)
    answer(yingji)
    answer(xinyang)
    see_each_other(officer, yingji, xinyang)
    officer.get_by_label("新条目").fill("浉河水位 2.1 米")
    officer.get_by_label("新条目").press("Enter")
    expect(yingji.get_by_text("浉河水位 2.1 米", exact=True)).to_be_visible()
    seen["consultation"] = violations(officer)
    seen["consultation on a phone"] = violations(xinyang)
    end_session(officer)
    seen["ended"] = violations(officer)

    reviewer = enter("reviewer")
    expect(reviewer.get_by_role("link", name="防汛会商")).to_be_visible()
    seen["recordings"] = violations(reviewer)
    reviewer.get_by_role("link", name="防汛会商").click()
    expect(reviewer.get_by_role("button", name="播放").first).to_be_visible()
    seen["review"] = violations(reviewer)

    admin = enter("admin")
    seen["admin"] = violations(admin)
    admin.goto(f"{hub.url}/login")
    expect(admin.get_by_label("账号", exact=True)).to_be_visible()
    seen["login"] = violations(admin)
    assert {screen: found for screen, found in seen.items() if found} == {}


def test_the_chairs_desk_has_no_violation(enter: Enter) -> None:
    officer, yingji, xinyang = enter("officer"), enter("yingji"), enter("xinyang", viewport=PHONE)
    start_session(officer, "防汛会商", "省应急管理厅指挥中心", "信阳市委值班室")
    answer(yingji)
    answer(xinyang)
    for page in (yingji, xinyang):
        page.get_by_role("button", name="申请发言").click()
    officer.get_by_role("tab", name="发言").click()
    expect(officer.get_by_role("list", name="发言申请").get_by_role("listitem")).to_have_count(2)
    seen = {"floor": violations(officer)}

    officer.keyboard.press("n")
    box = officer.get_by_role("combobox", name="筛选")
    box.fill("xin")
    seen["picker"] = violations(officer)
    box.press("Enter")
    expect(xinyang.get_by_text("已被点名，请发言")).to_be_visible()
    seen["called upon"] = violations(xinyang)
    seen["waiting"] = violations(yingji)
    xinyang.get_by_role("button", name="侧栏", exact=True).click()
    xinyang.get_by_role("tab", name="发言").click()
    seen["sheet"] = violations(xinyang)

    officer.get_by_role("tab", name="会场").click()
    officer.get_by_role("button", name="应急的更多操作").click()
    seen["menu"] = violations(officer)
    officer.get_by_role("menuitem", name="移出会商").click()
    seen["question"] = violations(officer)
    officer.get_by_role("button", name="轮询").click()
    seen["carousel"] = violations(officer)
    officer.get_by_role("button", name="开始轮询").click()
    officer.get_by_role("button", name="呼叫会场").click()
    seen["call"] = violations(officer)
    assert {screen: found for screen, found in seen.items() if found} == {}


@pytest.mark.parametrize(
    ("language", "options", "start", "result"),
    [
        ("zh-CN", {}, "开始自检", "自检结果"),
        ("en", {"viewport": PHONE}, "Start the check", "Result"),
    ],
)
def test_the_self_check_has_no_violation(
    enter: Enter, hub: HubProcess, language: str, options: dict[str, object], start: str, result: str
) -> None:
    page = enter("yingji", **options)
    page.evaluate("language => localStorage.setItem('huishang.language', language)", language)
    page.goto(f"{hub.url}/check")
    seen = {"before": violations(page)}
    page.get_by_role("button", name=start).click()
    expect(page.locator(".check-heard")).to_be_visible()
    seen["asking"] = violations(page)
    expect(page.get_by_role("textbox", name=result)).to_be_visible(timeout=60_000)
    seen["after"] = violations(page)
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1], "it scrolls sideways"
    picture(page, f"self-check-{language}-{'phone' if options else 'desk'}")
    assert {screen: found for screen, found in seen.items() if found} == {}


def test_calls_and_the_tables_of_the_organisation_have_no_violation(enter: Enter) -> None:
    seen: dict[str, list[str]] = {}
    officer, admin = enter("officer"), enter("admin")
    officer.get_by_role("button", name="安全生产").click()
    expect(officer.get_by_role("button", name=re.compile("^发起会商（"))).to_be_focused()
    officer.keyboard.press("Enter")
    officer.get_by_role("button", name="电话叫应").first.click()
    expect(officer.get_by_label("拨打对象")).to_be_visible()
    seen["calls"] = violations(officer)
    for tab in ("席位", "分组", "会商模板"):
        admin.get_by_role("tab", name=tab).click()
        seen[tab] = violations(admin)
        admin.get_by_role("button", name="修改").first.click()
        seen[f"{tab}, a form"] = violations(admin)
        admin.keyboard.press("Escape")
    assert {screen: found for screen, found in seen.items() if found} == {}
