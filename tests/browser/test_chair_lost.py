"""The chair's line is lost: its place is kept for a while, then the office's backup steers; nothing ends."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import (
    OVERHEAR,
    PICTURES_PLAYING,
    Enter,
    answer,
    overheard,
    picture,
    see_each_other,
    start_session,
    until,
)
from tests.browser.test_control import SMALL, bar, call_upon, head, status
from tests.browser.test_cut_line import WATCHED

pytestmark = pytest.mark.browser

VENUES = ("省委总值班室备份席", "省应急管理厅指挥中心", "信阳市委值班室")
CUT = "() => { window.isCut = true; window.lines.at(-1).close(); }"
MEND = "() => { window.isCut = false; }"


@pytest.fixture(autouse=True)
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUISHANG_PRESENCE_DROP_GRACE_S", "3")


def test_C4_the_backup_steers_when_the_chair_is_lost_and_gives_way_when_it_is_back(enter: Enter) -> None:
    officer = enter("officer", WATCHED, viewport=SMALL)
    deputy, yingji, xinyang = [enter(account, viewport=SMALL) for account in ("deputy", "yingji", "xinyang")]
    others = (deputy, yingji, xinyang)
    start_session(officer, "防汛会商", *VENUES)
    for page in others:
        answer(page)
    see_each_other(officer, *others)
    call_upon(officer, "xinyang")
    expect(status(xinyang)).to_contain_text("已被点名")

    yingji.evaluate(OVERHEAR)
    officer.evaluate(CUT)
    overheard(yingji, "主席断线")
    for page in others:
        expect(head(page)).to_contain_text("主席 备份席")
    expect(status(xinyang)).to_contain_text("已被点名")
    xinyang.get_by_role("tab", name="事件").click()
    expect(xinyang.get_by_text("主席断线未恢复，由 备份席 接任")).to_be_visible()
    picture(deputy, "chair-taken-over")
    call_upon(deputy, "yingji")
    expect(status(yingji)).to_contain_text("已被点名")

    officer.evaluate(MEND)
    expect(officer.get_by_role("figure", name="应急")).to_be_visible()
    bar(officer).get_by_role("button", name="收回主席").click()
    for page in (officer, *others):
        expect(head(page)).to_contain_text("主席 总值班室")
    until(officer, PICTURES_PLAYING, at_least=3)
