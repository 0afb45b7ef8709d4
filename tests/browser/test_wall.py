"""A wall shows what the duty officer puts on it, and comes back by itself after the hub was away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Enter, answer, picture, start_session, until
from tests.browser.test_accessibility import violations
from tests.support.hub_process import HubProcess
from tests.support.line import wish

pytestmark = pytest.mark.browser

MAIN_PLAYS = """() => [...document.querySelectorAll(".wall-main video")]
    .filter((video) => video.videoWidth > 0 && !video.paused && video.currentTime > 0.3).length"""
MOSAIC_PLAYS = """() => [...document.querySelectorAll(".wall-mosaic video")]
    .filter((video) => video.videoWidth > 0 && video.currentTime > 0.1).length"""
NOTHING_SCROLLS = """() => document.documentElement.scrollHeight <= innerHeight
    && document.documentElement.scrollWidth <= innerWidth ? 1 : 0"""
SIZES = {"1080": (1920, 1080), "long": (3840, 1080), "2160": (3840, 2160)}
REPORTS = (
    "浉河水位 2.1 米，超警戒 0.3 米，仍在上涨",
    "平桥区两处道路中断，正在抢通，预计 2 小时恢复",
    "董家河镇低洼处需立即转移群众约 320 人",
    "今夜仍有暴雨到大暴雨，累计 80 至 120 毫米",
    "缺冲锋舟 6 艘、应急照明 20 套，请省级支援",
    "南湾水库水位 103.2 米，按调度方案预泄",
    "信阳至罗山高压线路跳闸，已派出抢修队伍",
)


def registered(officer: Page) -> str:
    """The link of a wall, which is seen once."""
    officer.get_by_role("button", name="大屏").click()
    officer.get_by_label("大屏名称").fill("指挥大厅")
    officer.get_by_role("button", name="登记大屏").click()
    link = officer.locator(".wall-link").inner_text()
    officer.get_by_role("button", name="完成").click()
    return link


@pytest.fixture
def on_wall(
    hub: HubProcess, enter: Enter, new_context: Callable[..., BrowserContext]
) -> tuple[Page, Page, str]:
    """The officer's page, the wall's, and a session that has a venue, and something on its board."""
    officer, yingji = enter("officer"), enter("yingji")
    session_id = start_session(officer, "强降雨防汛会商", "省应急管理厅")
    answer(yingji)
    yingji.get_by_role("tab", name="态势板").click()
    for text in REPORTS:
        yingji.get_by_label("新条目").fill(text)
        yingji.get_by_label("新条目").press("Enter")
        expect(yingji.get_by_text(text, exact=True)).to_be_visible()
    link = registered(officer)
    wall = new_context(viewport={"width": 1920, "height": 1080}).new_page()
    wall.goto(link)
    expect(wall.get_by_text("当前没有上墙内容")).to_be_visible()
    picture(wall, "wall-idle")
    officer.get_by_role("button", name="上墙", exact=True).click()
    picture(officer, "wall-control")
    officer.keyboard.press("Escape")
    until(wall, MAIN_PLAYS, at_least=1)
    return officer, wall, session_id


def test_W2_W5_the_wall_shows_the_broadcast_picture_and_comes_back_after_the_hub_was_away(
    hub: HubProcess, on_wall: tuple[Page, Page, str]
) -> None:
    _, wall, session_id = on_wall
    wish(hub.url, "officer", "picture.broadcast", session_id=session_id, venue="yingji")
    expect(wall.locator(".wall-main figcaption")).to_contain_text("应急")
    expect(wall.locator(".wall-main figcaption")).to_contain_text("广播会场")
    until(wall, MAIN_PLAYS, at_least=1)
    until(wall, MOSAIC_PLAYS, at_least=1)

    wish(hub.url, "officer", "picture.broadcast", session_id=session_id)
    until(wall, MOSAIC_PLAYS, at_least=2)
    expect(wall.locator(".wall-main"), "of the multi-picture none is large").to_have_count(0)
    picture(wall, "wall-multi")
    wish(hub.url, "officer", "picture.broadcast", session_id=session_id, venue="yingji")
    until(wall, MAIN_PLAYS, at_least=1)

    hub.kill()
    expect(wall.get_by_text("数据截至")).to_be_visible()
    picture(wall, "wall-stale")
    hub.start()
    expect(wall.get_by_text("数据截至")).to_be_hidden()
    until(wall, MAIN_PLAYS, at_least=1)
    expect(wall.locator(".wall-main figcaption")).to_contain_text("广播会场")

    wall_id = wall.url.split(".")[-2]
    wish(hub.url, "officer", "wall.clear", wall_id=wall_id)  # the officer's own page may still be cut
    expect(wall.get_by_text("当前没有上墙内容")).to_be_visible()
    expect(wall.locator("video")).to_have_count(0)


def test_W3_the_wall_shows_the_board_in_large_type_in_every_size(on_wall: tuple[Page, Page, str]) -> None:
    officer, wall, _ = on_wall
    for name, (width, height) in SIZES.items():
        wall.set_viewport_size({"width": width, "height": height})
        last = wall.get_by_text(REPORTS[-1])
        expect(last).to_be_visible()
        assert last.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 24 * height / 1080
        until(wall, NOTHING_SCROLLS, at_least=1)
        until(wall, MAIN_PLAYS, at_least=1)
        picture(wall, f"wall-{name}")
    assert violations(wall) == []
    officer.get_by_role("button", name="大屏").click()
    officer.get_by_role("button", name="下墙", exact=True).click()
    expect(wall.get_by_text("当前没有上墙内容")).to_be_visible()
    assert violations(wall) == []


def test_W1_an_administrator_registers_a_wall_and_revokes_it(
    enter: Enter, new_context: Callable[..., BrowserContext]
) -> None:
    admin = enter("admin")
    admin.get_by_role("tab", name="大屏").click()
    admin.get_by_label("大屏名称").fill("指挥大厅")
    admin.get_by_role("button", name="登记大屏").click()
    link = admin.locator(".wall-link").inner_text()
    admin.get_by_role("button", name="完成").click()
    wall = new_context().new_page()
    wall.goto(link)
    expect(wall.get_by_text("当前没有上墙内容")).to_be_visible()
    expect(admin.locator(".wall-admin").get_by_text("在线")).to_be_visible()
    picture(admin, "wall-admin")
    admin.get_by_role("button", name="撤销登记").click()
    admin.get_by_role("button", name="撤销 指挥大厅：该屏立即失效").click()
    expect(wall.get_by_text("这块大屏的登记已失效")).to_be_visible()
