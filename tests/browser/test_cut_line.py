"""A page that loses the line to the hub keeps picture and sound, and learns what it has missed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PICTURES_PLAYING, Enter, answer, see_each_other, start_session, until

pytestmark = pytest.mark.browser

YINGJI, XINYANG = "省应急管理厅指挥中心", "信阳市委值班室"
WATCHED = """
window.connections = 0;
const Connection = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Connection {
    constructor(...wish) { super(...wish); window.connections += 1; }
};
window.lines = [];
window.isCut = false;
const Line = window.WebSocket;
window.WebSocket = class extends Line {
    constructor(...wish) {
        if (window.isCut) throw new Error("cut");
        super(...wish);
        window.lines.push(this);
    }
};"""


@pytest.fixture(autouse=True)
def long_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """The place is kept for as long as the other pages take."""
    monkeypatch.setenv("HUISHANG_PRESENCE_DROP_GRACE_S", "300")


def test_J9_media_flows_on_while_the_line_is_cut(enter: Enter) -> None:
    officer, yingji, xinyang = enter("officer"), enter("yingji", WATCHED), enter("xinyang")
    start_session(officer, "断线会商", YINGJI, XINYANG)
    answer(yingji)
    see_each_other(officer, yingji)
    before = yingji.evaluate("window.connections")

    yingji.evaluate("() => { window.isCut = true; window.lines.at(-1).close(); }")
    expect(officer.get_by_role("figure", name="应急")).to_contain_text("重连中")
    answer(xinyang)
    until(xinyang, PICTURES_PLAYING, at_least=3)  # also of the venue that is cut off

    yingji.evaluate("() => { window.isCut = false; }")
    until(yingji, PICTURES_PLAYING, at_least=3)  # also of the venue that came meanwhile
    assert yingji.evaluate("window.connections") == before
    expect(officer.get_by_role("figure", name="应急")).not_to_contain_text("重连中")
