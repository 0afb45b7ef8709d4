"""Pictures as real browsers send and receive them: as many encodings as are looked at, and shared content."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter, answer, picture, see_each_other, start_session, until

pytestmark = pytest.mark.browser

WATCH = """() => {
    window.connections = [];
    const Plain = RTCPeerConnection;
    window.RTCPeerConnection = class extends Plain {
        constructor(...given) { super(...given); window.connections.push(this); }
    };
    window.rtp = async (type) => {
        const found = [];
        for (const connection of window.connections) {
            if (connection.connectionState === "closed") continue;
            (await connection.getStats()).forEach((one) => one.type === type && found.push(one));
        }
        return found;
    };
}"""
CONNECTIONS = "() => window.connections.length"
"""How many were ever opened."""
ENCODINGS = """async () => (await window.rtp("outbound-rtp"))
    .filter(({rid, active, framesPerSecond}) => rid && active && framesPerSecond > 0).length"""
"""Of the camera, that are sent now."""
WIDEST = """async () => Math.max(0, ...(await window.rtp("inbound-rtp"))
    .filter(({kind, framesPerSecond}) => kind === "video" && framesPerSecond > 0)
    .map(({frameWidth}) => frameWidth ?? 0))"""
"""The width of the largest picture that comes in now."""


def test_encodings_follow_the_tiles_that_look_at_them(enter: Enter) -> None:
    """Three encodings of a camera are sent; a small tile gets a small picture, and the large ones rest."""
    officer, yingji = meet(enter)
    until(yingji, ENCODINGS, at_least=3)
    rids = "async () => (await window.rtp('outbound-rtp')).map(({rid}) => rid).filter(Boolean).sort().join()"
    assert yingji.evaluate(rids) == "f,h,q"
    until(officer, WIDEST, at_least=1280)

    officer.set_viewport_size({"width": 600, "height": 500})
    until(officer, f"async () => Number(await ({WIDEST})() <= 640)", at_least=1)
    until(yingji, f"async () => Number(await ({ENCODINGS})() < 3)", at_least=1)

    officer.set_viewport_size({"width": 1920, "height": 1080})
    until(officer, WIDEST, at_least=1280)


def test_content_is_shared_by_one_at_a_time_and_stopped(enter: Enter) -> None:
    officer, yingji = meet(enter)
    yingji.get_by_role("button", name="共享").click()
    expect(yingji.get_by_text("您正在共享屏幕")).to_be_visible()
    content = officer.get_by_role("figure", name="应急共享的内容")
    expect(content).to_contain_text("正在共享")
    until(officer, playing("figure.shared-content video"), at_least=1)
    until(officer, f"() => {width_of('figure.shared-content')} / innerWidth", at_least=0.5)
    picture(officer, "content")
    picture(yingji, "sharing")

    # one venue at a time: the second hears who presents, and nothing of it is captured
    officer.keyboard.press("s")
    expect(officer.get_by_role("alert").filter(has_text="省应急管理厅指挥中心")).to_be_visible()
    expect(officer.get_by_role("button", name="停止共享")).to_have_count(0)

    yingji.get_by_role("button", name="停止共享").first.click()
    expect(content).to_have_count(0)
    see_each_other(officer, yingji)

    officer.keyboard.press("s")
    expect(yingji.get_by_role("figure", name="总值班室共享的内容")).to_be_visible()


def test_a_camera_that_comes_later_needs_no_new_connection(enter: Enter) -> None:
    officer, yingji = meet(enter)
    connections = yingji.evaluate(CONNECTIONS)
    yingji.keyboard.press("v")
    expect(officer.get_by_role("figure", name="应急").get_by_text("摄像头已关闭").first).to_be_attached()
    expect(yingji.get_by_role("button", name="打开摄像头")).to_be_visible()
    yingji.keyboard.press("v")
    until(officer, playing('figure[data-venue="yingji"] video'), at_least=1)
    assert yingji.evaluate(CONNECTIONS) == connections


HIDE = """(hidden) => {
    Object.defineProperty(document, "hidden", {configurable: true, get: () => hidden});
    document.dispatchEvent(new Event("visibilitychange"));
}"""
MOVING = """async () => (await window.rtp("inbound-rtp"))
    .filter(({kind, framesPerSecond}) => kind === "video" && framesPerSecond > 0).length"""
HEARD_AND_NOT_SEEN = """async () => {
    const came = async () => (await window.rtp("inbound-rtp")).reduce((sum, {kind, packetsReceived}) =>
        ({...sum, [kind]: sum[kind] + packetsReceived}), {audio: 0, video: 0});
    const before = await came();
    await new Promise((resolve) => setTimeout(resolve, 600));
    const now = await came();
    return now.video === before.video ? now.audio - before.audio : 0;
}"""
"""The packets of sound that come in half a second in which none of a picture comes."""


def test_a_page_that_nobody_sees_pauses_its_pictures_and_goes_on_hearing(enter: Enter) -> None:
    officer, _ = meet(enter)
    until(officer, MOVING, at_least=1)
    officer.evaluate(HIDE, True)
    until(officer, f"async () => Number(await ({MOVING})() === 0)", at_least=1)
    until(officer, HEARD_AND_NOT_SEEN, at_least=20)
    officer.evaluate(HIDE, False)
    until(officer, MOVING, at_least=1)


def meet(enter: Enter) -> tuple[Page, Page]:
    """The duty office and one department, who see each other; the office has the other one large."""
    officer, yingji = enter("officer"), enter("yingji")
    for page in (officer, yingji):
        page.evaluate(WATCH)
    start_session(officer, "防汛会商", "省应急管理厅指挥中心")
    answer(yingji)
    see_each_other(officer, yingji)
    officer.keyboard.press("l")
    return officer, yingji


def playing(selector: str) -> str:
    """How many of these show moving pictures."""
    return f"""() => [...document.querySelectorAll(`{selector}`)]
        .filter((video) => video.videoWidth > 0 && !video.paused && video.currentTime > 0.5).length"""


def width_of(selector: str) -> str:
    return f"document.querySelector('{selector}').getBoundingClientRect().width"
