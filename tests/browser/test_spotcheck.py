"""抽查: seats are called without notice, one after the other, and the result is a table."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Enter, answer, picture
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser


def begin(officer: Page, *seats: str) -> None:
    """From the desk to the table, with these offices in it."""
    officer.get_by_role("link", name="抽查").click()
    officer.get_by_role("textbox", name="标题").fill("国庆值班抽查")
    officer.get_by_role("radio", name="指定单位").check()
    for seat in seats:
        officer.get_by_role("checkbox", name=seat, exact=True).check()
    officer.get_by_role("button", name="开始抽查").click()
    officer.wait_for_url("**/spotchecks/*")


def test_two_seats_are_checked_and_the_table_is_taken_away(enter: Enter) -> None:
    officer, xinyang, hebi = enter("officer"), enter("xinyang"), enter("hebi", viewport=PHONE)
    officer.get_by_role("link", name="抽查").click()
    expect(officer.get_by_text("还没有抽查")).to_be_visible()
    picture(officer, "spotchecks")
    assert violations(officer) == []
    begin(officer, "信阳", "鹤壁")

    # nobody has learnt of it
    for seat in (xinyang, hebi):
        expect(seat.get_by_role("alertdialog")).to_have_count(0)

    # the first of the table rings, alone, and answers
    expect(officer.get_by_role("button", name="呼叫下一个：鹤壁")).to_be_enabled()
    officer.keyboard.press("n")
    officer.wait_for_url("**/session/*")
    dialog = hebi.get_by_role("alertdialog")
    expect(dialog).to_contain_text("视频抽查 · 鹤壁")
    expect(xinyang.get_by_role("alertdialog")).to_have_count(0)
    answer(hebi)
    panel = officer.get_by_role("region", name="抽查")
    expect(panel.get_by_text("已应答")).to_be_visible()
    for key in ("1", "2", "2", "3"):
        officer.keyboard.press(key)
    expect(panel.get_by_role("button", name=re.compile("带班领导在岗 *是"))).to_be_visible()
    expect(panel.get_by_role("button", name=re.compile("值班员在岗 *否"))).to_be_visible()
    panel.get_by_role("radio", name="有问题").check()
    panel.get_by_role("textbox", name=re.compile("问题与整改要求")).fill("值班员不在岗，立即补岗")
    panel.get_by_role("heading").click()
    picture(officer, "spotcheck-call")
    assert violations(officer) == []

    # one key ends it and calls the next, who declines
    officer.keyboard.press("n")
    expect(hebi.get_by_text("会商已结束").first).to_be_visible()
    xinyang.get_by_role("button", name="拒接").click()
    expect(panel.get_by_text("拒接")).to_be_visible()
    officer.keyboard.press("n")
    officer.wait_for_url("**/spotchecks/*")
    telephone(officer)
    take_away(officer)


def telephone(officer: Page) -> None:
    """A telephone check stands in the same table."""
    officer.get_by_label("电话抽查的单位").select_option("luoyang")
    officer.get_by_role("button", name="添加电话抽查").click()
    officer.get_by_role("button", name="拨出").click()
    officer.get_by_role("button", name="已接听").click()
    rows = officer.locator(".spotcheck-table tbody tr")
    expect(rows.nth(0)).to_contain_text("已应答")
    expect(rows.nth(1)).to_contain_text("拒接")
    expect(rows.nth(2)).to_contain_text("电话")
    expect(officer.locator(".spotcheck-figures")).to_contain_text("67%")
    picture(officer, "spotcheck")
    assert violations(officer) == []


def take_away(officer: Page) -> None:
    with officer.expect_download() as saved:
        officer.get_by_role("button", name="导出 Word").click()
    assert saved.value.suggested_filename == "国庆值班抽查.docx"
    [grid] = Document(io.BytesIO(saved.value.path().read_bytes())).tables
    cells = [[cell.text for cell in row.cells] for row in grid.rows]
    assert [row[1] for row in cells[1:]] == ["鹤壁市委值班室", "信阳市委值班室", "洛阳市委值班室"]
    assert cells[1][-1] == "值班员不在岗，立即补岗"
    officer.set_viewport_size({"width": 390, "height": 844})
    picture(officer, "spotcheck-phone")
