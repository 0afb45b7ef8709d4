"""设备自检: what a venue can find out by itself before anybody calls, and what it is told to do."""

from __future__ import annotations

import re
import urllib.request

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, PICTURES_PLAYING, Enter, picture, start_session, until
from tests.browser.test_trouble import REFUSE_CAMERA
from tests.support.hub_process import HubProcess
from tests.support.netem import relay_beside, through

pytestmark = pytest.mark.browser

YINGJI = "省应急管理厅指挥中心"


def row(page: Page, part: str) -> Locator:
    return page.get_by_role("list", name="自检项目").get_by_role("listitem").filter(has_text=part)


def start_check(page: Page) -> None:
    page.get_by_role("button", name="开始自检").click()


def finish(page: Page) -> str:
    """Everything that can be measured has been; the text for the administrator."""
    result = page.get_by_role("textbox", name="自检结果")
    expect(result).to_be_visible(timeout=60_000)
    text: str = result.input_value()
    return text


def media_connections(hub: HubProcess) -> int:
    with urllib.request.urlopen(f"{hub.url}/metrics") as answer:
        figures = answer.read().decode()
    found = re.findall(r"^huishang_media_connections\{[^}]*\} (\S+)$", figures, re.MULTILINE)
    return sum(int(float(figure)) for figure in found)


def test_everything_passes_and_nothing_stays(enter: Enter, hub: HubProcess) -> None:
    page = enter("yingji")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="设备自检").first.click()
    start_check(page)
    expect(row(page, "摄像头").locator("video")).to_be_visible()
    page.get_by_role("button", name="听到了").click()
    expect(row(page, "带宽")).to_contain_text("Mbit/s", timeout=60_000)
    for part in ("摄像头", "麦克风", "扬声器", "线路（UDP）", "线路（TCP）", "带宽"):
        expect(row(page, part)).to_have_attribute("data-verdict", "passed")
    expect(page.get_by_text("全部正常，可以参加会商。").first).to_be_visible()
    picture(page, "self-check")

    text = finish(page)
    assert "线路（UDP）：通过" in text
    page.get_by_role("button", name="复制结果").click()
    expect(page.get_by_text("自检结果已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == text

    # It can be done again, and whoever leaves in its middle leaves nothing behind.
    page.get_by_role("button", name="重新自检").click()
    expect(row(page, "线路（UDP）")).to_have_attribute("data-verdict", "passed")
    page.get_by_role("link", name="首页").click()
    expect(page.get_by_text("本会场目前没有会商")).to_be_visible()
    for _ in range(600):
        if media_connections(hub) == 0:
            return
        page.wait_for_timeout(100)
    pytest.fail("media connections of the self-check stay open")


def test_a_refused_camera_and_a_silent_speaker_are_told_with_what_to_do(enter: Enter) -> None:
    page = enter("xinyang", REFUSE_CAMERA, viewport=PHONE)
    page.get_by_role("link", name="设备自检").first.click()
    start_check(page)
    page.get_by_role("button", name="没听到").click()
    text = finish(page)
    expect(row(page, "摄像头")).to_contain_text("请点地址栏左侧的权限图标，允许摄像头")
    expect(row(page, "扬声器")).to_contain_text("请检查扬声器或耳机的接线")
    expect(row(page, "线路（UDP）")).to_have_attribute("data-verdict", "passed")
    expect(page.get_by_text("可以参加会商，请留意下列提示。").first).to_be_visible()
    assert "摄像头：未通过" in text
    picture(page, "self-check-phone")
    row(page, "扬声器").get_by_role("button", name="再放一遍").click()
    page.get_by_role("button", name="听到了").click()
    expect(row(page, "扬声器")).to_have_attribute("data-verdict", "passed")


def test_where_udp_is_blocked_tcp_passes_and_the_port_is_named(enter: Enter, hub: HubProcess) -> None:
    with relay_beside(hub.media_port) as line:
        line.udp = False
        page = enter("yingji", through(line, hub.media_port))
        page.goto(f"{hub.url}/check")
        start_check(page)
        finish(page)
        expect(row(page, "线路（UDP）")).to_contain_text(f"放行本机到 UDP 127.0.0.1:{hub.media_port} 的通信")
        expect(row(page, "线路（TCP）")).to_have_attribute("data-verdict", "passed")
        expect(page.get_by_text("可以参加会商，请留意下列提示。").first).to_be_visible()

        line.tcp = False
        page.get_by_role("button", name="重新自检").click()
        finish(page)
        expect(page.get_by_text("音视频目前接不通").first).to_be_visible()
        picture(page, "self-check-blocked")


def test_a_call_waits_at_the_edge_while_the_devices_are_checked(enter: Enter) -> None:
    officer, yingji = enter("officer"), enter("yingji")
    start_session(officer, "防汛会商", YINGJI)
    yingji.get_by_role("alertdialog").get_by_role("button", name="设备自检").click()
    start_check(yingji)
    expect(row(yingji, "麦克风")).to_have_attribute("data-verdict", "passed")
    strip = yingji.get_by_role("complementary", name="来电呼叫")
    expect(strip).to_contain_text("后停止响铃")
    picture(yingji, "self-check-ringing")
    strip.get_by_role("button", name="接听").click()
    yingji.wait_for_url("**/session/*")
    until(yingji, PICTURES_PLAYING, at_least=2)

    yingji.get_by_role("link", name="返回首页").click()
    yingji.get_by_role("link", name="设备自检").first.click()
    expect(yingji.get_by_text("会商进行中，自检会占用线路和设备")).to_be_visible()
    expect(yingji.get_by_role("button", name="开始自检")).to_be_disabled()
