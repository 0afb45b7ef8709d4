"""公文: a paper is drafted from the log, edited, reviewed, issued, taken away, sent, read, and frozen."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Enter, picture
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser


def submit(page: Page) -> None:
    """The one button of the dialog that does it."""
    page.locator("dialog button[type=submit]").click()


def test_a_paper_goes_from_the_log_to_the_seat_that_reads_it(enter: Enter) -> None:
    officer, deputy = enter("officer"), enter("deputy")
    officer.get_by_role("link", name="公文").click()
    officer.locator(".papers-actions").get_by_role("button", name="漏报瞒报").click()
    officer.get_by_label("单位").select_option("hebi")
    officer.get_by_label("依据").fill("媒体先于报告")
    submit(officer)
    expect(officer.get_by_role("region", name="已登记")).to_contain_text("鹤壁 · 漏报 · 媒体先于报告")
    assert violations(officer) == []
    officer.keyboard.press("Escape")

    # what was marked stands in the draft, with its source
    officer.locator(".papers-actions").get_by_role("button", name="起草").click()
    officer.locator("dialog").get_by_role("radio", name="值班工作通报").check()
    submit(officer)
    officer.wait_for_url("**/papers/*")
    problems = officer.get_by_role("textbox", name="正文：存在问题")
    expect(problems).to_have_value(re.compile("鹤壁市委值班室：漏报，媒体先于报告［1］"))
    sources = officer.get_by_role("complementary", name="“存在问题”的来源")
    expect(sources.get_by_role("link")).to_have_attribute("href", "/incident/daily")
    picture(officer, "paper-editor")
    assert violations(officer) == []

    # edited, sent back, issued by somebody else
    advice = officer.get_by_role("textbox", name="正文：表扬")
    advice.fill("各单位值守正常。")
    advice.blur()
    expect(officer.get_by_text("有修改")).to_have_count(0)
    officer.get_by_role("button", name="送审").click()
    deputy.get_by_role("link", name="公文").click()
    deputy.get_by_role("link", name=re.compile("值班工作情况")).click()
    deputy.get_by_role("button", name="退回修改").click()
    deputy.get_by_label("原因").fill("请补充建议")
    submit(deputy)
    expect(officer.get_by_text("已退回：请补充建议")).to_be_visible()
    officer.get_by_role("button", name="送审").click()
    deputy.get_by_role("button", name="签发").click()
    submit(deputy)
    expect(deputy.get_by_role("heading", name=re.compile(r"值班工作通报〔\d{4}〕第1期"))).to_be_visible()

    # frozen: nothing to write in, the digest holds, and the file says the same
    expect(officer.get_by_role("textbox")).to_have_count(0)
    expect(officer.get_by_role("article")).to_contain_text("各单位值守正常。")
    officer.get_by_role("button", name="核验摘要").click()
    expect(officer.get_by_text("SHA-256 一致，内容未被改动")).to_be_visible()
    with officer.expect_download() as saved:
        officer.get_by_role("button", name="DOCX").click()
    word = Document(io.BytesIO(saved.value.path().read_bytes()))
    assert "省委总值班室值班工作通报" in [line.text for line in word.paragraphs]

    send_and_read(officer, enter)


def send_and_read(officer: Page, enter: Enter) -> None:
    xinyang = enter("xinyang", viewport=PHONE)
    xinyang.get_by_role("link", name="公文").click()
    expect(xinyang.get_by_text("还没有公文")).to_be_visible()
    officer.get_by_role("button", name="推送").click()
    officer.get_by_role("checkbox", name="信阳", exact=True).check()
    submit(officer)
    xinyang.get_by_role("link", name=re.compile("值班工作情况")).click()
    expect(xinyang.get_by_role("article")).to_contain_text("漏报，媒体先于报告")
    picture(xinyang, "paper-phone")
    assert violations(xinyang) == []
    receipts = officer.get_by_role("complementary", name="推送与阅读")
    expect(receipts).to_contain_text("已读 1/1")
    picture(officer, "paper-issued")
    assert violations(officer) == []
