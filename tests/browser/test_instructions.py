"""指示与叫应: an instruction is on the screens of its units at once, and who is silent is telephoned."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Enter, picture
from tests.browser.test_accessibility import violations
from tests.support.bywire import by_wire
from tests.support.hub_process import HubProcess

pytestmark = pytest.mark.browser

UNITS = ["xinyang", "kaifeng", "yingji"]
ORDER = "立即核实浉河沿线失联人数并每半小时反馈"
WARNING = "浉河流域六小时内可能出现漫堤"
LATE = "请开封核报低洼处人数"
DUE_S, LATE_S = 1_800, 1


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    """Whoever has not read after four seconds is telephoned."""
    quick = {
        "HUISHANG_DEADLINES_UNREAD_S": "4",
        "HUISHANG_DEADLINES_UNCONFIRMED_S": "6",
        "HUISHANG_DEADLINES_URGE_EVERY_S": "60",
    }
    with HubProcess(tmp_path / "data", **quick) as process:
        yield process


def test_an_instruction_and_a_warning_reach_their_units_or_the_telephone(
    hub: HubProcess, enter: Enter
) -> None:
    officer = enter("officer")
    xinyang = enter("xinyang", viewport=PHONE)
    kaifeng = enter("kaifeng")
    kaifeng.get_by_role("link", name="设备自检").first.click()  # wherever it is
    opened = {"title": "7·20强降雨防汛", "place": "信阳市浉河区"}
    (incident,) = by_wire(
        hub, "officer", ("incident.open", {"header": opened, "level": "II", "units": UNITS})
    )
    stream = incident["stream"]
    give(hub, stream, "instruction", "i-order", {"text": ORDER, "leader": "某领导", "due": within(DUE_S)})

    # at once on the home of a telephone, without a banner in front: signed with one touch, fed back in a line
    home = xinyang.get_by_role("region", name="待办")
    expect(home).to_contain_text(ORDER)
    assert violations(xinyang) == []
    picture(xinyang, "inbox-phone")
    home.get_by_role("button", name="签收").click()
    home.get_by_role("textbox", name="反馈").fill("三处漫堤点已逐一核实，失联 2 人正在搜救")
    expect(xinyang.get_by_role("region", name="新的要求")).to_have_count(0)
    home.get_by_role("button", name="发送反馈").click()
    expect(home).to_contain_text("没有等待本单位办理的事项")
    xinyang.get_by_role("link", name="设备自检").first.click()

    # on the self-check of another unit: opening it is reading it, once
    banner = kaifeng.get_by_role("region", name="新的要求")
    expect(banner).to_contain_text(ORDER)
    picture(kaifeng, "asked-banner")
    banner.get_by_role("button", name="稍后办理").click()
    kaifeng.get_by_role("link", name="首页").first.click()
    row = kaifeng.get_by_role("region", name="待办").get_by_role("listitem").filter(has_text=ORDER)
    for _ in range(2):
        row.get_by_role("button", name="查看全文").click()
        expect(row).to_contain_text("某领导")
        row.get_by_role("button", name="收起").click()

    # nobody is at the third: it goes on the telephone list
    desk = officer.get_by_role("region", name="待办与超期")
    expect(desk).to_contain_text("待签收")
    call = desk.get_by_role("link", name=re.compile("电话叫应"))
    expect(call).to_be_visible(timeout=15_000)
    expect(officer.get_by_text(re.compile("省应急管理厅指挥中心超时未读"))).to_be_visible()
    give(hub, stream, "warning", "i-warning", {"text": WARNING, "colour": "red", "area": "信阳市浉河区"})
    confirm(xinyang)

    call.click()
    expect(officer.get_by_role("heading", name="电话叫应名单")).to_be_visible()
    silent = officer.get_by_role("row").filter(has_text="省应急管理厅指挥中心").first
    expect(silent).to_contain_text("0371-")
    silent.get_by_role("textbox").fill("值班长接听，马上签收")
    picture(officer, "phone-list")
    assert violations(officer) == []
    silent.get_by_role("button", name="已接通").click()
    expect(silent).to_contain_text("已签收或已结束")

    give(hub, stream, "instruction", "i-late", {"text": LATE, "due": within(LATE_S)}, ["kaifeng"])
    overdue(officer, kaifeng)
    sheet(officer, hub, stream)


def overdue(officer: Page, kaifeng: Page) -> None:
    """The deadline of an instruction goes by: who is late is the first on the desk, and sees it."""
    officer.get_by_role("link", name="值班台").first.click()
    late = officer.get_by_role("region", name="待办与超期").get_by_role("button", name=re.compile("超期"))
    expect(late.first).to_contain_text("开封")
    row = kaifeng.get_by_role("region", name="待办").get_by_role("listitem").filter(has_text=LATE)
    expect(row).to_contain_text("超期")
    assert violations(officer) == []
    assert violations(kaifeng) == []
    picture(officer, "desk-todos")
    picture(kaifeng, "inbox")


def within(seconds: float) -> str:
    return str(round((time.time() + seconds) * 1000))


def give(
    hub: HubProcess,
    stream: str,
    board: str,
    item_id: str,
    fields: dict[str, str],
    units: Sequence[str] = UNITS,
) -> None:
    body = {"stream": stream, "board_id": board, "item_id": item_id, "fields": fields, "units": list(units)}
    by_wire(hub, "officer", ("item.add", body))


def confirm(page: Page) -> None:
    """A warning: confirmed, then the three questions."""
    banner = page.get_by_role("region", name="新的要求")
    expect(banner).to_contain_text("红色预警")
    banner.get_by_role("button", name="确认收到").click()
    banner.get_by_label("谁在指挥").fill("区委书记现场指挥")
    banner.get_by_label("影响多少村（社区）").fill("6 个村")
    banner.get_by_label("有无转移").fill("已转移 320 人")
    picture(page, "warning-phone")
    banner.get_by_role("button", name="发送反馈").click()
    expect(banner).to_have_count(0)


def sheet(officer: Page, hub: HubProcess, stream: str) -> None:
    """Who was told what when, on one sheet."""
    officer.goto(f"{hub.url}/sheet/{stream}%2Fi-warning")
    row = officer.get_by_role("row").filter(has_text="信阳市委值班室")
    expect(row).to_contain_text(
        "谁在指挥：区委书记现场指挥；影响多少村（社区）：6 个村；有无转移：已转移 320 人"
    )
    assert violations(officer) == []
    picture(officer, "sheet")
