"""A telephone in the field comes in by a code, is seen by the duty officer and shown to everybody."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import (
    PHONE,
    PICTURES_PLAYING,
    Enter,
    answer,
    picture,
    start_session,
    until,
)
from tests.browser.test_accessibility import violations
from tests.support.hub_process import HubProcess
from tests.support.line import wish

pytestmark = pytest.mark.browser

MAIN_PLAYS = """() => [...document.querySelectorAll(".guest-main video")]
    .filter((video) => video.videoWidth > 0 && video.currentTime > 0.3).length"""

GUEST_PLAYS = """() => [...document.querySelectorAll(".tile[data-venue^=guest] video")]
    .filter((video) => video.videoWidth > 0 && video.currentTime > 0.3).length"""


def a_code(officer: Page) -> str:
    """Made in the list of venues; seen once."""
    officer.get_by_role("tab", name="会场").click()
    officer.get_by_role("button", name="邀请现场接入").click()
    dialog = officer.get_by_role("dialog")
    dialog.get_by_label("名称").fill("抢险一组")
    dialog.get_by_label("地点").fill("浉河区董家河镇")
    dialog.get_by_role("button", name="生成接入码").click()
    expect(officer.get_by_role("img", name="接入链接的二维码")).to_be_visible()
    code = officer.locator(".field-code").inner_text().replace(" ", "")
    picture(officer, "guest-code")
    officer.get_by_role("button", name="完成").click()
    return code


def phone(new_context: Callable[..., BrowserContext], hub: HubProcess, code: str) -> Page:
    page = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    page.goto(f"{hub.url}/guest#{code}")
    return page


def test_U1_U3_a_guest_is_seen_by_the_officer_and_broadcast_within_half_a_minute(
    hub: HubProcess, enter: Enter, new_context: Callable[..., BrowserContext]
) -> None:
    officer, yingji = enter("officer"), enter("yingji")
    session_id = start_session(officer, "强降雨防汛会商", "省应急管理厅")
    answer(yingji)
    code = a_code(officer)
    began = time.monotonic()
    field = phone(new_context, hub, code)
    expect(field.get_by_label("接入码")).to_have_value(code)
    until(field, "() => document.querySelectorAll('.guest-preview video').length", at_least=1)
    shown_s = time.monotonic() - began
    picture(field, "guest-enter")
    seen = violations(field)
    began = time.monotonic() - shown_s  # looking at it closely is our own time
    field.get_by_role("button", name="接入", exact=True).click()
    tile = officer.locator(".tile[data-venue^=guest]").first
    expect(tile).to_contain_text("现场 · 浉河区董家河镇")
    until(officer, PICTURES_PLAYING, at_least=3)
    until(field, MAIN_PLAYS, at_least=1)
    venue = tile.get_attribute("data-venue")
    wish(hub.url, "officer", "picture.broadcast", session_id=session_id, venue=venue)
    expect(field.get_by_text("本机画面正在广播")).to_be_visible()
    until(yingji, GUEST_PLAYS, at_least=1)
    assert time.monotonic() - began < 30
    picture(field, "guest-in")
    assert [*seen, *violations(field)] == []
    picture(officer, "guest-at-the-officers")
    assert field.url == f"{hub.url}/guest", "the used code stands in the address"

    field.reload()
    until(field, MAIN_PLAYS, at_least=1)

    again = phone(new_context, hub, code)
    again.get_by_role("button", name="接入", exact=True).click()
    expect(again.get_by_text("接入码已被使用")).to_be_visible()

    officer.get_by_role("button", name="结束会商").first.click()
    officer.get_by_role("button", name="确认结束").click()
    expect(field.get_by_text("本次接入已结束")).to_be_visible()
    picture(field, "guest-over")
