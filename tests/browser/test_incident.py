"""事件专题: opened by a telephone report, changed by two, reported by a city, practised apart, closed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Enter, picture
from tests.browser.test_accessibility import violations
from tests.support.hub_process import HubProcess
from tests.support.line import wish

pytestmark = pytest.mark.browser

TITLE = "商城县山洪灾害"
MINUTES_AGO = """(minutes) => {
    const at = new Date(Date.now() - minutes * 60_000);
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}"""


def open_by_phone(officer: Page) -> str:
    """One screen: who calls, what is known, the rest 待核实; the incident's id."""
    officer.get_by_role("button", name="电话报告").click()
    officer.get_by_label("标题").fill(TITLE)
    officer.get_by_role("textbox", name="地点").fill("信阳市商城县")
    officer.get_by_label("事发时间").fill(officer.evaluate(MINUTES_AGO, 45))
    officer.get_by_role("radio", name="重大", exact=True).check(force=True)
    officer.get_by_label("来电人").fill("信阳市委值班室 李强")
    officer.get_by_label("来电号码").fill("0376-6365001")
    officer.get_by_label("现在知道的情况").fill("长竹园乡山洪，两村进水，正在转移群众。")
    officer.reload()  # what has been said on the telephone is not lost
    expect(officer.get_by_text("尚未提交的内容")).to_be_visible()
    expect(officer.get_by_label("标题")).to_have_value(TITLE)
    officer.get_by_label("伤亡与损失").fill("失联 2 人")
    expect(officer.get_by_label("发展趋势（待核实）")).to_be_visible()
    officer.get_by_role("checkbox", name="信阳", exact=True).check()
    picture(officer, "incident-open")
    assert violations(officer) == []
    officer.get_by_role("button", name="保存事件和报告").click()
    officer.wait_for_url("**/incident/i-*")
    return officer.url.rpartition("/")[2]


def test_an_incident_from_the_call_to_its_end(enter: Enter, hub: HubProcess) -> None:
    officer, deputy, xinyang = enter("officer"), enter("deputy"), enter("xinyang", viewport=PHONE)
    stream = f"incident:{open_by_phone(officer)}"

    # the head says what has happened, and how late it was reported
    head = officer.locator(".inc-head")
    expect(head.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(head).to_contain_text("重大")
    expect(head).to_contain_text(re.compile("迟报 1[45] 分钟"))
    expect(head).to_contain_text("书面报告")
    expect(head).to_contain_text("长竹园乡山洪")
    officer.get_by_role("button", name="信息报送板").click()
    expect(officer.locator(".inc-centre")).to_contain_text("长竹园乡山洪")

    # the city that takes part finds it on its home page; a telephone shows one part at a time
    xinyang.get_by_role("link", name=TITLE).click()
    expect(xinyang.get_by_role("heading", name=TITLE)).to_be_visible()
    picture(xinyang, "incident-phone")
    assert violations(xinyang) == []

    level_and_casualties(officer, xinyang)
    followed_up(officer)
    two_write_at_once(officer, deputy, hub, stream)
    timeline(officer, hub, stream)
    xinyang.get_by_role("button", name="时间线").click()
    expect(xinyang.get_by_role("group", name="时间线")).to_contain_text("级别变更：特别重大")
    expect(xinyang.get_by_text("省领导来电询问")).to_have_count(0)
    assert violations(xinyang) == []

    # what is asked of the city lies on its screen, and once it has signed nobody is silent
    xinyang.get_by_role("region", name="新的要求").get_by_role("button", name="签收").click()
    xinyang.get_by_role("button", name="稍后办理").click()
    expect(officer.locator(".inc-units")).not_to_contain_text("未签收")

    reported_by_the_city(officer, xinyang)
    practised_apart(officer, hub)
    closed(officer, hub, stream)


def level_and_casualties(officer: Page, xinyang: Page) -> None:
    officer.get_by_role("button", name="变更级别").click()
    officer.get_by_role("radio", name="特别重大").check(force=True)
    officer.get_by_label("应急响应", exact=True).select_option("II")
    go = officer.get_by_role("button", name="确认变更")
    expect(go).to_be_disabled()
    officer.get_by_label("理由（必填").fill("失联人数上升")
    go.click()
    expect(xinyang.locator(".inc-head")).to_contain_text("特别重大")
    expect(xinyang.locator(".inc-head")).to_contain_text("Ⅱ级响应")

    officer.get_by_role("button", name="登记数字").click()
    series = officer.get_by_role("dialog")
    series.get_by_label("死亡").fill("1")
    series.get_by_label("失联").fill("4")
    series.get_by_label("来源").fill("省应急管理厅")
    series.get_by_role("button", name="登记数字").click()
    expect(series.get_by_role("row")).to_have_count(2)
    expect(series.get_by_role("row").last).to_contain_text("省应急管理厅")
    assert violations(officer) == []
    officer.keyboard.press("Escape")
    expect(xinyang.locator(".inc-head")).to_contain_text(re.compile("死亡 1 *失联 4"))


def followed_up(officer: Page) -> None:
    """Only what is new is written, beside what was said before. What the office proposes is its own."""
    officer.get_by_role("button", name="登记报告").click()
    report = officer.get_by_role("dialog")
    expect(report.get_by_role("textbox", name="标题")).to_have_value(f"{TITLE}续报一")
    expect(report).to_contain_text(re.compile("此前（.*）：失联 2 人"))
    report.get_by_label("伤亡与损失").fill("死亡 1 人，失联 4 人")
    report.get_by_text("拟办意见（仅本室可见）").click()
    report.get_by_label("拟办意见", exact=True).fill("建议启动Ⅱ级响应")
    assert violations(officer) == []
    report.get_by_role("button", name="提交报告").click()
    expect(officer.locator(".inc-centre")).to_contain_text(f"{TITLE}续报一")
    expect(officer.locator(".inc-centre")).to_contain_text("续报")


def two_write_at_once(officer: Page, deputy: Page, hub: HubProcess, stream: str) -> None:
    """What others wrote into another field merges; a clash shows both, field by field."""
    deputy.goto(f"{hub.url}/incident/{stream.partition(':')[2]}")
    deputy.get_by_role("button", name="修改要素").click()
    change = deputy.get_by_role("dialog")
    change.get_by_role("textbox", name="地点").fill("商城县长竹园乡")
    officer.get_by_role("button", name="修改要素").click()
    officer.get_by_role("dialog").get_by_role("textbox", name="地点").fill("商城县、新县")
    officer.get_by_role("button", name="保存").click()
    expect(deputy.locator(".inc-about")).to_contain_text("商城县、新县")
    change.get_by_role("button", name="保存").click()
    clash = change.get_by_role("group", name="地点")
    expect(clash).to_contain_text("商城县、新县")
    expect(clash).to_contain_text("商城县长竹园乡")
    picture(deputy, "incident-conflict")
    assert violations(deputy) == []
    clash.get_by_role("button", name="保留我的").click()
    change.get_by_role("button", name="保存").click()
    expect(officer.locator(".inc-about")).to_contain_text("商城县长竹园乡")


def timeline(officer: Page, hub: HubProcess, stream: str) -> None:
    """Live and past in one list; a line leads to its item, and is written for what has happened before."""
    add(hub, stream, "instruction", "两村群众天黑前全部转移", units=["xinyang"])
    lines = officer.get_by_role("group", name="时间线")
    expect(lines).to_contain_text("两村群众天黑前全部转移（下达 信阳）")
    expect(officer.locator(".inc-units")).to_contain_text(re.compile("信阳 *1 件未签收"))
    officer.get_by_label("补记内容").fill("省领导来电询问转移情况")
    officer.get_by_label("发生时间").fill(officer.evaluate(MINUTES_AGO, 20))
    officer.get_by_role("button", name="补记", exact=True).click()
    expect(lines).to_contain_text("省领导来电询问转移情况")
    picture(officer, "incident")
    assert violations(officer) == []
    officer.get_by_label("只看要事").check()
    officer.keyboard.press("/")
    officer.get_by_label("搜索时间线").fill("天黑前")
    expect(lines.get_by_role("listitem")).to_have_count(1)
    lines.get_by_role("button", name=re.compile("两村群众")).click()
    expect(officer.locator(".inc-board[aria-current]")).to_contain_text("批示指示板")
    expect(officer.locator(".inc-centre")).to_contain_text("信阳")
    officer.get_by_label("搜索时间线").press("Escape")
    officer.get_by_label("搜索时间线").fill("")


def add(hub: HubProcess, stream: str, board: str, text: str, **more: Any) -> None:
    fields = {"text": text}
    item = f"i-{board}-1"
    wish(hub.url, "officer", "item.add", stream=stream, board_id=board, item_id=item, fields=fields, **more)


def reported_by_the_city(officer: Page, xinyang: Page) -> None:
    """A draft until the office takes it up."""
    xinyang.get_by_role("link", name="首页").click()
    xinyang.get_by_role("button", name="上报事件").click()
    xinyang.get_by_label("标题").fill("新县水库溢洪道险情")
    xinyang.get_by_label("现在知道的情况").fill("溢洪道左侧挡墙局部垮塌，正在抢护。")
    picture(xinyang, "incident-report-phone")
    assert violations(xinyang) == []
    xinyang.get_by_role("button", name="上报", exact=True).click()
    expect(xinyang.get_by_text("等待核实受理")).to_be_visible()
    officer.get_by_role("link", name="值班台").click()
    row = officer.get_by_role("row", name=re.compile("新县水库溢洪道险情"))
    expect(row).to_contain_text("待核实")
    row.get_by_role("link").click()
    officer.get_by_role("button", name="状态").click()
    officer.get_by_role("menuitem", name="核实并受理").click()
    officer.get_by_role("button", name="核实并受理").click()
    expect(xinyang.locator(".inc-about")).to_contain_text("处置中")


def practised_apart(officer: Page, hub: HubProcess) -> None:
    header = {"title": "全省地震应急处置演练", "category": "natural"}
    wish(hub.url, "officer", "incident.open", header=header, exercise=True, units=["xinyang"])
    officer.get_by_role("link", name="值班台").click()
    groups = officer.locator(".incidents-table tbody")
    expect(groups).to_have_count(2)
    expect(groups.nth(0)).not_to_contain_text("演练")
    expect(groups.nth(1)).to_contain_text("全省地震应急处置演练")
    picture(officer, "desk-incidents")
    assert violations(officer) == []
    groups.nth(1).get_by_role("link").click()
    expect(officer.get_by_text("本事件为演练")).to_be_visible()
    assert violations(officer) == []


def closed(officer: Page, hub: HubProcess, stream: str) -> None:
    """办结 says what it leaves behind; a session on the incident calls those who take part in it."""
    officer.goto(f"{hub.url}/incident/{stream.partition(':')[2]}")
    officer.get_by_role("button", name="发起会商").click()
    expect(officer.get_by_text(f"关联事件专题：{TITLE}")).to_be_visible()
    expect(officer.get_by_label("会商标题")).to_have_value(f"{TITLE}会商")
    expect(officer.get_by_role("list", name="已选会场")).to_contain_text("信阳")
    officer.go_back()
    officer.get_by_role("button", name="状态").click()
    officer.get_by_role("menuitem", name="办结").click()
    expect(officer.get_by_role("dialog")).to_contain_text("未办结批示指示 1 件")
    officer.get_by_label("理由（必填）").fill("险情解除")
    officer.get_by_role("dialog").get_by_role("button", name="办结").click()
    expect(officer.get_by_text("事件已办结，各板只能查看")).to_be_visible()
    expect(officer.get_by_role("button", name="变更级别")).to_have_count(0)
    picture(officer, "incident-closed")
    assert violations(officer) == []
