"""How good every venue's line is, for the duty office and for the venue itself; muting by the chair."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter, answer, picture, see_each_other, start_session
from tests.support.hub_process import HubProcess
from tests.support.netem import Impairment, relay_beside, through

pytestmark = pytest.mark.browser


def test_the_duty_office_reads_every_line_and_a_venue_its_own(enter: Enter, hub: HubProcess) -> None:
    with relay_beside(hub.media_port) as line:
        officer, xinyang = enter("officer"), enter("xinyang")
        yingji = enter("yingji", through(line, hub.media_port))
        start_session(officer, "强降雨防汛会商", "省应急管理厅指挥中心", "信阳市委值班室")
        answer(yingji)
        answer(xinyang)
        see_each_other(officer, yingji, xinyang)

        for page in (officer, yingji):
            page.get_by_role("tab", name="会场").click()
        row = officer.get_by_role("list", name="会场列表").get_by_role("listitem").filter(has_text="应急")
        mark = row.get_by_role("button", name="良好")
        mark.click()
        figures = row.get_by_role("table", name="应急的线路")
        expect(figures.get_by_role("row", name="码率")).to_contain_text("bit/s")
        expect(figures.get_by_role("row", name="传输")).to_contain_text("UDP")
        own = yingji.get_by_role("list", name="会场列表").get_by_role("listitem").filter(has_text="应急")
        expect(own).to_contain_text("良好")
        expect(own.get_by_role("button")).to_have_count(0)  # a word and since when; figures are the officers'

        line.up = line.down = Impairment(delay_s=0.45)  # what is lost comes again; what is late stays late
        expect(row).to_contain_text("较差")
        expect(yingji.get_by_text("本会场线路较差：画面可能变小，声音优先。")).to_be_visible()
        picture(officer, "lines")
        picture(yingji, "own-line-poor")


def test_the_chair_closes_a_microphone_and_allows_it_again(enter: Enter) -> None:
    officer, yingji = enter("officer"), enter("yingji")
    start_session(officer, "防汛会商", "省应急管理厅指挥中心")
    answer(yingji)
    see_each_other(officer, yingji)
    officer.get_by_role("tab", name="会场").click()
    row = officer.get_by_role("list", name="会场列表").get_by_role("listitem").filter(has_text="应急")
    row.get_by_role("button", name="关闭应急的麦克风").click()
    expect(row).to_contain_text("主席已关闭麦克风")
    yingji.get_by_role("button", name="麦克风由主席关闭").click()  # who tries to open it hears why
    expect(yingji.get_by_text("主席已关闭本会场麦克风，其他会场听不到您。")).to_have_count(1)
    row.get_by_role("button", name="允许应急开麦").click()
    expect(yingji.get_by_text("主席已允许本会场开麦")).to_be_visible()
    expect(yingji.get_by_text("主席已关闭本会场麦克风")).to_have_count(0)
    yingji.get_by_role("button", name="打开麦克风").click()
    expect(yingji.get_by_role("button", name="关闭麦克风")).to_be_visible()

    officer.get_by_role("tab", name="发言").click()
    switches = officer.get_by_role("region", name="发言方式")
    expect(switches.get_by_role("button", name="全体允许开麦")).to_be_disabled()
    switches.get_by_role("button", name="全体关闭麦克风").click()
    expect(switches.get_by_role("button", name="全体关闭麦克风")).to_be_disabled()
    expect(yingji.get_by_role("button", name="麦克风由主席关闭")).to_be_visible()
    picture(officer, "all-closed")
    switches.get_by_role("button", name="全体允许开麦").click()
    expect(yingji.get_by_role("button", name="打开麦克风")).to_be_visible()
