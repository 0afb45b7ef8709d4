"""What people see when something is wrong, and that they can go on."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    PICTURES_PLAYING,
    Enter,
    answer,
    end_session,
    picture,
    see_each_other,
    start_session,
    until,
)
from tests.support.hub_process import HubProcess

pytestmark = pytest.mark.browser

YINGJI = "省应急管理厅指挥中心"
REFUSE_CAMERA = """
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wish) => {
    if (wish.video) throw new DOMException("denied", "NotAllowedError");
    return open(wish);
};"""


def test_a_foreign_office_does_not_get_in(enter: Enter, hub: HubProcess) -> None:
    officer, stranger = enter("officer"), enter("hebi")
    session_id = start_session(officer, "内部会商", YINGJI)
    stranger.goto(f"{hub.url}/session/{session_id}")
    expect(stranger.get_by_text("无法进入该会商")).to_be_visible()
    expect(stranger.get_by_text("内部会商")).to_have_count(0)


def test_a_refused_camera_joins_with_sound(enter: Enter) -> None:
    officer, yingji = enter("officer"), enter("yingji", REFUSE_CAMERA)
    start_session(officer, "防汛会商", YINGJI)
    expect(yingji.get_by_text("您将仅以声音参加").first).to_be_visible()
    answer(yingji)
    expect(officer.get_by_role("figure", name="应急")).to_contain_text("正在发言")


@pytest.fixture
def unreachable_media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients are told an address where nobody listens, as if a firewall stood between."""
    monkeypatch.setenv("HUISHANG_ANNOUNCE", "127.0.0.9")


def test_blocked_media_is_said_within_seconds(unreachable_media: None, enter: Enter) -> None:
    officer, yingji = enter("officer"), enter("yingji")
    start_session(officer, "防汛会商", YINGJI)
    answer(yingji)
    expect(yingji.get_by_text("音视频未接通").first).to_be_visible()
    picture(yingji, "media-blocked")
    officer.get_by_label("新条目").fill("媒体不通时态势板照常可用")
    officer.get_by_label("新条目").press("Enter")
    expect(yingji.get_by_text("媒体不通时态势板照常可用", exact=True)).to_be_visible()


def test_a_killed_hub_comes_back_with_board_session_and_recording(enter: Enter, hub: HubProcess) -> None:
    officer, yingji = enter("officer"), enter("yingji")
    start_session(officer, "抗击打会商", YINGJI)
    answer(yingji)
    see_each_other(officer, yingji)
    add(officer, "重启之前")
    expect(yingji.get_by_text("重启之前", exact=True)).to_be_visible()

    hub.kill()
    expect(yingji.get_by_text("网络中断，正在重连").first).to_be_visible()
    add(yingji, "断线时写下的")
    picture(yingji, "reconnecting")
    hub.start()

    for page in (officer, yingji):
        expect(page.get_by_text("断线时写下的", exact=True)).to_be_visible(timeout=40_000)
        until(page, PICTURES_PLAYING, at_least=2)
    end_session(officer)

    reviewer = enter("reviewer")
    reviewer.get_by_role("link", name="抗击打会商").click()
    expect(reviewer.get_by_text("缺口").first).to_be_visible()


def add(page: Page, text: str) -> None:
    page.get_by_label("新条目").fill(text)
    page.get_by_label("新条目").press("Enter")
