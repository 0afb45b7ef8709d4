"""A leader speaks, one line is typed, and what was told to whom and what they did can be proved (check 8)."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, Enter, answer, end_session, picture, see_each_other
from tests.browser.test_accessibility import violations
from tests.support.hub_process import HubProcess
from tests.support.line import wish

pytestmark = pytest.mark.browser

ORDER = "请信阳、省应急厅立即组织低洼处群众转移，半小时内报人数"
LATE = "请信阳核报浉河水位"
CLUE = "网传平桥区有人被困"
ANSWER = "已派两支队伍，转移 320 人"


def test_an_instruction_is_recorded_live_signed_for_answered_overdue_and_found_again(
    hub: HubProcess, enter: Enter, new_context: Callable[..., BrowserContext]
) -> None:
    officer, yingji, xinyang = enter("officer"), enter("yingji"), enter("xinyang", viewport=PHONE)
    stream = held_on_an_incident(hub, officer)
    answer(yingji)
    answer(xinyang)
    see_each_other(officer, yingji)

    order(officer)
    for page in (yingji, xinyang):
        notice = page.get_by_role("region", name="新的要求")
        expect(notice).to_contain_text(ORDER)
        expect(notice).to_contain_text("剩余")
    picture(xinyang, "instruction-phone")
    sign_and_answer(officer, yingji)

    overdue(hub, officer, stream)
    on_the_wall(hub, new_context, stream, officer.url.rpartition("/")[2])

    end_session(officer)
    found_again(enter("reviewer"))


def held_on_an_incident(hub: HubProcess, officer: Page) -> str:
    """The stream of an incident on which the session is held that is started from its own page."""
    learned_ms = int(time.time() * 1000)
    header = {
        "title": "浉河区强降雨",
        "place": "信阳市浉河区",
        "occurred_ms": learned_ms - 600_000,
        "learned_ms": learned_ms,
    }
    opened = wish(hub.url, "officer", "incident.open", header=header, level="II", units=["yingji", "xinyang"])
    officer.goto(f"{hub.url}/incident/{opened['incident_id']}")
    officer.get_by_role("button", name="发起会商").click()
    officer.wait_for_url("**/desk")
    expect(officer.get_by_label("会商标题")).to_have_value("浉河区强降雨会商")
    officer.get_by_role("button", name="发起会商").last.click()
    officer.get_by_role("button", name="进入会商").first.click()
    officer.wait_for_url("**/session/*")
    return str(opened["stream"])


def order(officer: Page) -> None:
    """I, one sentence, half an hour, Enter: to whoever is there."""
    expect(officer.get_by_role("button", name="记录指示")).to_be_visible()
    officer.locator("body").press("i")
    officer.get_by_label("批示领导").fill("王书记")
    officer.get_by_label("多少分钟后反馈").fill("30")
    chosen = officer.get_by_role("list", name="已选单位")
    expect(chosen.get_by_role("listitem")).to_have_count(2)
    officer.get_by_label("指示内容").fill(ORDER)
    picture(officer, "instruction-line")
    assert violations(officer) == []
    officer.get_by_label("指示内容").press("Enter")
    # The receipts are beside the picture, each unit with its own.
    receipts = officer.get_by_role("region", name="各单位办理情况")
    expect(receipts).to_contain_text("已送达")


def sign_and_answer(officer: Page, yingji: Page) -> None:
    banner = yingji.get_by_role("region", name="新的要求")
    banner.get_by_role("button", name="签收").click()
    receipts = officer.get_by_role("region", name="各单位办理情况")
    expect(receipts).to_contain_text("已签收")
    picture(officer, "instruction-receipts")
    banner.get_by_role("textbox", name="反馈").fill(ANSWER)
    banner.get_by_role("button", name="发送反馈").click()
    expect(receipts).to_contain_text(ANSWER)
    expect(banner).to_have_count(0)


def overdue(hub: HubProcess, officer: Page, stream: str) -> None:
    """What has not been answered in its time is red, in words and shape, and stands on top of the table."""
    session_id = officer.url.rpartition("/")[2]
    soon_ms = int(time.time() * 1000) + 500
    fields = {"text": LATE, "due": str(soon_ms)}
    order = {"board_id": "instruction", "item_id": "i-late", "fields": fields, "units": ["xinyang"]}
    wish(hub.url, "officer", "item.add", stream=stream, session_id=session_id, **order)
    officer.get_by_role("button", name="落实情况").click()
    table = officer.get_by_role("group", name="落实情况")
    rows = table.get_by_role("row")
    expect(rows.nth(1)).to_contain_text("超期")
    expect(rows.nth(1)).to_contain_text(LATE)
    expect(rows.nth(1)).to_contain_text("录像")
    expect(rows.nth(3)).to_contain_text(ANSWER)
    picture(officer, "feedback-table")
    assert violations(officer) == []
    officer.keyboard.press("Escape")


def on_the_wall(
    hub: HubProcess, new_context: Callable[..., BrowserContext], stream: str, session_id: str
) -> None:
    """The level in word and shape, what is due next, and only what was put on it."""
    fields = {"type": "clue", "text": CLUE, "source": "微博"}
    clue = {"board_id": "report", "item_id": "i-clue", "fields": fields}
    wish(hub.url, "officer", "item.add", stream=stream, **clue)
    wish(hub.url, "officer", "item.wall", stream=stream, item_id="i-clue", on_wall=True)
    added = wish(hub.url, "officer", "wall.add", name="指挥大厅")
    wall = new_context(viewport={"width": 1920, "height": 1080}).new_page()
    wall.goto(f"{hub.url}/wall#{added['token']}")
    wish(hub.url, "officer", "wall.show", wall_id=added["wall_id"], session_id=session_id)
    board = wall.locator(".wall-board")
    for text in ("重大", "浉河区强降雨", "下一时限", "还有", CLUE, "未核实"):
        expect(board).to_contain_text(text)
    expect(board).not_to_contain_text(ORDER)
    picture(wall, "wall-incident")


def found_again(reviewer: Page) -> None:
    """From the mark in the timeline to the second it was said, and the boards as they stood then."""
    reviewer.wait_for_url("**/recordings")
    reviewer.get_by_role("link", name="浉河区强降雨会商").first.click()
    reviewer.wait_for_url("**/recordings/*")
    expect(reviewer.locator(".timeline-names p", has_text="指示")).to_have_text("指示2")
    reviewer.get_by_role("tab", name="事件").click()
    reviewer.get_by_role("list", name="事件列表").get_by_text(ORDER).click()
    reviewer.get_by_role("tab", name="态势板").click()
    reviewer.get_by_role("group", name="选择要看的板").get_by_role("button", name="批示指示").click()
    board = reviewer.get_by_role("complementary")
    expect(board.get_by_text(ORDER).first).to_be_visible()
    expect(board.get_by_text(LATE)).to_have_count(0)
    picture(reviewer, "review-instructions")
