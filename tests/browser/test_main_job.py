"""The main job, as its people do it: call, meet, share a board, record, review; three pages at once."""

from __future__ import annotations

import io
import re
from fractions import Fraction

import av
import pytest
from av.video.frame import PictureType
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import (
    PHONE,
    PICTURES_PLAYING,
    Enter,
    answer,
    end_session,
    picture,
    see_each_other,
    start_session,
    until,
)
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser


# Chromium ends no seek with fewer than four frames before a hole: what counts is the frame that is shown.
WATCH_FRAMES = """() => {
    window.shown = new Map();
    for (const video of document.querySelectorAll(".tile video")) {
        const look = (_, frame) => {
            shown.set(video, frame.mediaTime);
            video.requestVideoFrameCallback(look);
        };
        video.requestVideoFrameCallback(look);
    }
}"""
PICTURES_THERE = """() => [...shown].filter(([video, at_s]) =>
    !video.dataset.hole && at_s <= video.currentTime + 0.1 && at_s > video.currentTime - 1).length"""
IN_STEP_MS = """() => {
    const at_ms = [...shown.keys()].map((video) => Number(video.dataset.started) + video.currentTime * 1000);
    return Math.max(...at_ms) - Math.min(...at_ms);
}"""

LONGEST_PLAYED_S = (
    """() => Math.max(...[...document.querySelectorAll("video")].map((one) => one.currentTime))"""
)
LONG_ENOUGH_S = 12
"""Of a meeting, so that its recording does not end before all of it plays."""


def add_item(page: Page, text: str) -> None:
    page.get_by_label("新条目").fill(text)
    page.get_by_label("新条目").press("Enter")


def on_board(page: Page) -> list[str]:
    """The words on the board, top to bottom."""
    words: list[str] = page.locator(".bv [data-open-item]").all_inner_texts()
    return words


def test_call_meet_share_record_review(enter: Enter) -> None:
    officer, yingji, xinyang = enter("officer"), enter("yingji"), enter("xinyang", viewport=PHONE)
    expect(officer.get_by_role("checkbox", name="省应急管理厅指挥中心")).to_be_visible()
    picture(officer, "desk")

    # 2. call two venues; they answer with one click; picture and sound flow
    start_session(officer, "强降雨防汛会商", "省应急管理厅指挥中心", "信阳市委值班室")
    expect(yingji.get_by_role("alertdialog")).to_contain_text("强降雨防汛会商")
    expect(yingji.get_by_role("region", name="您的画面").locator("video")).to_be_visible()
    picture(yingji, "incoming")
    picture(xinyang, "incoming-phone")
    answer(yingji)
    answer(xinyang)
    see_each_other(officer, yingji, xinyang)
    expect(officer.get_by_role("figure", name="信阳")).to_be_visible()
    expect(officer.get_by_text("正在发言").first).to_be_attached()

    # 3. one board on every screen
    for page in (officer, yingji):
        page.get_by_role("tab", name="态势板").click()
    add_item(yingji, "浉河水位 2.1 米，仍在上涨")
    add_item(officer, "请信阳报转移安置人数")
    expect(officer.get_by_text("浉河水位 2.1 米，仍在上涨", exact=True)).to_be_visible()
    expect(yingji.get_by_text("请信阳报转移安置人数", exact=True)).to_be_visible()
    picture(officer, "consultation")
    picture(xinyang, "consultation-phone")

    # a page that was cut off catches up exactly
    yingji.context.set_offline(True)
    for number in range(1, 6):
        add_item(officer, f"断线期间第 {number} 条")
        officer.wait_for_timeout(150)  # the review of it goes by tenths of a second
    yingji.context.set_offline(False)
    expect(yingji.get_by_text("断线期间第 5 条", exact=True)).to_be_visible()
    for page in (officer, yingji):
        expect(page.locator(".bv [data-open-item]")).to_have_count(7)
        expect(page.get_by_text("待发送")).to_have_count(0)
    assert on_board(yingji) == on_board(officer)

    # 4. recording is visible from the first second; the officer ends the session
    expect(officer.get_by_text("录制").first).to_be_visible()
    until(officer, LONGEST_PLAYED_S, at_least=LONG_ENOUGH_S)
    end_session(officer)
    for page in (yingji, xinyang):
        expect(page.get_by_text("会商已结束").first).to_be_visible()

    reviewer = enter("reviewer")
    review(reviewer)
    mark_and_draft(officer, reviewer)
    review_a_stutter(reviewer)


def review(reviewer: Page) -> None:
    """5. all venues in step, the board as it stood, a click in the timeline jumps there."""
    reviewer.wait_for_url("**/recordings")
    row = reviewer.get_by_role("link", name="强降雨防汛会商").first
    expect(row).to_be_visible()
    picture(reviewer, "recordings")
    row.click()
    reviewer.wait_for_url("**/recordings/*")
    reviewer.get_by_role("combobox", name="速度").select_option("0.5")
    play_all(reviewer)

    reviewer.get_by_role("button", name="暂停").click()
    reviewer.evaluate(WATCH_FRAMES)
    reviewer.get_by_role("tab", name="事件").click()
    reviewer.get_by_role("list", name="事件列表").get_by_text("断线期间第 3 条").click()
    reviewer.get_by_role("tab", name="态势板").click()
    expect(reviewer.get_by_text("断线期间第 3 条", exact=True)).to_be_visible()
    assert on_board(reviewer) == [
        "浉河水位 2.1 米，仍在上涨",
        "请信阳报转移安置人数",
        *(f"断线期间第 {number} 条" for number in (1, 2, 3)),
    ]
    until(reviewer, PICTURES_THERE, at_least=3)
    assert reviewer.evaluate(IN_STEP_MS) < 100
    picture(reviewer, "review")


def play_all(reviewer: Page) -> None:
    """All three are seen to play; a meeting that was over before is played again."""
    play = reviewer.get_by_role("button", name="播放", exact=True)
    for _ in range(300):
        if play.is_visible():
            play.click()
        if reviewer.evaluate(PICTURES_PLAYING) >= 3:
            return
        reviewer.wait_for_timeout(100)
    picture(reviewer, "failure")
    pytest.fail("three pictures never played together")


def mark_and_draft(officer: Page, reviewer: Page) -> None:
    """6. two mark what they look at and see each other's; the minutes say it, and lead to its second."""
    officer.goto(reviewer.url)
    for page, text in ((reviewer, "转移已经开始"), (officer, "信阳每小时报一次")):
        expect(page.get_by_role("tab", name="标记")).to_be_visible()
        page.keyboard.press("m")
        page.get_by_role("textbox", name=re.compile("^标记 ")).fill(text)
        kinds = page.get_by_role("group", name="类别", exact=True)
        kinds.get_by_role("button", name="待办").click()
    for page in (officer, reviewer):
        for text in ("转移已经开始", "信阳每小时报一次"):
            expect(page.get_by_role("list", name="标记列表")).to_contain_text(text)
    picture(officer, "review-marks")
    assert violations(officer) == []
    officer.get_by_role("tab", name="纪要").click()
    officer.get_by_role("button", name="生成纪要草稿").click()
    officer.wait_for_url("**/papers/*")
    todos = officer.get_by_role("textbox", name="正文：任务分工")
    said = r"信阳每小时报一次（责任单位：信阳市委值班室；时限待明确）［\d+］"
    expect(todos).to_have_value(re.compile(said))
    picture(officer, "minutes")
    officer.get_by_role("complementary", name="“任务分工”的来源").get_by_role("link").first.click()
    officer.wait_for_url("**/recordings/*")


def review_a_stutter(reviewer: Page) -> None:
    """A camera that gave four frames and came back a second later holds up neither itself nor the others."""
    file = stutter_webm()
    patched: list[str] = []

    def manifest(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        track = next(track for track in body["tracks"] if track["kind"] == "video")
        track["size_bytes"] = len(file)
        patched.append(track["href"])
        route.fulfill(response=answer, json=body)

    def media(route: Route) -> None:
        if not patched or not route.request.url.endswith(patched[0]):
            return route.continue_()
        first, last = route.request.headers["range"].removeprefix("bytes=").split("-")
        piece = file[int(first) : int(last) + 1]
        return route.fulfill(status=206, body=piece, headers={"content-type": "video/webm"})

    reviewer.route(re.compile(r"/api/recordings/[^/]+$"), manifest)
    reviewer.route("**/tracks/*", media)
    reviewer.goto(reviewer.url.partition("?")[0])  # from the beginning
    play_all(reviewer)
    assert patched


def stutter_webm() -> bytes:
    """VP8 at 30 frames a second: 0 to 0.13 s, nothing, and 1.2 to 30 s."""
    made = io.BytesIO()
    with av.open(made, "w", format="webm") as file:
        stream = file.add_stream("libvpx", rate=30, options={"deadline": "realtime", "cpu-used": "8"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for number in (*range(4), *range(36, 900)):
            frame = av.VideoFrame(320, 180, "yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 30)
            if (
                number == 36
            ):  # a browser takes nothing after a hole until there is a key frame; the hub asks for one
                frame.pict_type = PictureType.I
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return made.getvalue()
