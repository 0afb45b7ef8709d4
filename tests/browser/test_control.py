"""The chair's desk with four venues: who speaks, who waits, what everybody sees, and who has the chair."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter, answer, picture, see_each_other, start_session, until

pytestmark = pytest.mark.browser

SMALL = {"width": 1200, "height": 720}
NAMES = ("省应急管理厅指挥中心", "信阳市委值班室", "省气象局预警中心")

LISTEN = """() => {
    window.heard = [];
    const note = ({target}) => target.dataset.speaking && window.heard.push(target.dataset.venue);
    new MutationObserver((marks) => marks.forEach(note))
        .observe(document.body, {subtree: true, attributes: true, attributeFilter: ["data-speaking"]});
}"""


@pytest.fixture(autouse=True)
def long_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is cut off keeps its place for as long as the other pages take to look."""
    monkeypatch.setenv("HUISHANG_PRESENCE_DROP_GRACE_S", "120")


def meet(enter: Enter) -> tuple[Page, Page, Page, Page]:
    """The duty office, which has the chair, and three venues that answer in this order."""
    pages = [enter(account, viewport=SMALL) for account in ("officer", "yingji", "xinyang", "qixiang")]
    start_session(pages[0], "防汛会商", *NAMES)
    for page in pages[1:]:
        answer(page)
    see_each_other(*pages)
    officer, yingji, xinyang, qixiang = pages
    return officer, yingji, xinyang, qixiang


def status(page: Page) -> Locator:
    return page.get_by_role("group", name="会控状态")


def bar(page: Page) -> Locator:
    return page.get_by_role("group", name="会商控制")


def head(page: Page) -> Locator:
    return page.locator("header.consultation-head")


def large(page: Page) -> Locator:
    """The large picture, with its plate: whose it is, and why."""
    return page.locator("figure.tile.main")


def call_upon(officer: Page, typed: str) -> None:
    officer.keyboard.press("n")
    box = officer.get_by_role("combobox", name="筛选")
    box.fill(typed)
    box.press("Enter")


def choose_in_menu(page: Page, menu: str, item: str) -> None:
    bar(page).get_by_role("button", name=menu, exact=True).click()
    page.get_by_role("menu").get_by_text(item, exact=True).click()


def test_who_is_called_upon_is_heard_alone_and_everybody_sees_it(enter: Enter) -> None:
    officer, yingji, xinyang, qixiang = pages = meet(enter)
    qixiang.keyboard.press("m")
    expect(bar(qixiang).get_by_role("button", name="打开麦克风")).to_be_visible()
    call_upon(officer, "qixiang")
    expect(status(qixiang)).to_contain_text("已被点名，请发言")
    expect(qixiang.get_by_role("alert").filter(has_text="主席点名本会场发言，麦克风已打开")).to_be_attached()
    expect(bar(qixiang).get_by_role("button", name="关闭麦克风")).to_be_visible()
    for page in (officer, yingji, xinyang):
        expect(large(page)).to_contain_text("气象")
        expect(large(page)).to_contain_text("点名发言 00:")
    for page in (yingji, xinyang):
        expect(bar(page).get_by_role("button", name="麦克风由主席关闭")).to_be_visible()
        expect(status(page)).to_contain_text("气象正在发言，其他会场麦克风关闭")
    expect(status(officer)).to_contain_text("气象 点名发言")
    picture(officer, "named")
    picture(qixiang, "named-here")

    # the others still send; the hub passes nothing of it on
    for venue in ("yingji", "xinyang"):
        expect(officer.locator(f'figure[data-venue="{venue}"][data-speaking]')).to_have_count(0)
    officer.evaluate(LISTEN)
    until(officer, "() => window.heard.filter((venue) => venue === 'qixiang').length", at_least=5)
    assert set(officer.evaluate("window.heard")) <= {"qixiang", "office"}

    # its own end: the microphone is as it was before, and all others are open again
    qixiang.keyboard.press("h")
    expect(status(qixiang)).to_have_text("自由发言")
    expect(bar(qixiang).get_by_role("button", name="打开麦克风")).to_be_visible()
    for page in (yingji, xinyang):
        expect(bar(page).get_by_role("button", name="关闭麦克风")).to_be_visible()
    for page in pages:
        expect(large(page)).to_have_count(0)

    # push to talk
    qixiang.keyboard.down(" ")
    expect(bar(qixiang).get_by_role("button", name="关闭麦克风")).to_be_visible()
    qixiang.keyboard.up(" ")
    expect(bar(qixiang).get_by_role("button", name="打开麦克风")).to_be_visible()

    # all closed, and each may open its own
    choose_in_menu(officer, "全体关闭麦克风", "全体关闭，可自行打开")
    expect(status(yingji)).to_contain_text("麦克风由主席关闭，可自行打开")
    yingji.keyboard.press("m")
    expect(bar(yingji).get_by_role("button", name="关闭麦克风")).to_be_visible()
    expect(status(yingji)).to_have_text("自由发言")
    choose_in_menu(officer, "全体关闭麦克风", "全体关闭，须经主席打开")
    expect(bar(yingji).get_by_role("button", name="麦克风由主席关闭")).to_be_visible()
    expect(status(yingji).get_by_role("button", name="申请发言")).to_be_visible()


def test_the_queue_is_the_same_on_all_screens(enter: Enter) -> None:
    officer, yingji, xinyang, qixiang = pages = meet(enter)
    for page in pages:
        page.get_by_role("tab", name="发言").click()
    officer.get_by_text("申请发言", exact=True).first.click()  # the way of speaking
    for page in (yingji, xinyang, qixiang):  # a page's key means what this page shows
        expect(status(page)).to_contain_text("申请发言模式")

    def queue_is(*names: str) -> None:
        for page in pages:
            rows = page.get_by_role("list", name="发言申请").get_by_role("listitem")
            expect(rows).to_have_count(len(names))
            for place, name in enumerate(names):
                expect(rows.nth(place)).to_contain_text(name)

    for waiting, page in enumerate((yingji, xinyang, qixiang), 1):
        page.keyboard.press("h")
        expect(status(page)).to_contain_text(f"第 {waiting} 位等待发言")
    queue_is("应急", "信阳", "气象")
    picture(officer, "queue")
    officer.get_by_role("list", name="发言申请").get_by_role("button", name="同意信阳发言").click()
    expect(status(xinyang)).to_contain_text("已获准发言，请发言")
    expect(bar(xinyang).get_by_role("button", name="关闭麦克风")).to_be_visible()
    queue_is("应急", "气象")
    expect(status(qixiang)).to_contain_text("第 2 位等待发言")

    officer.get_by_role("list", name="发言申请").get_by_role("button", name="拒绝气象发言").click()
    queue_is("应急")
    yingji.keyboard.press("h")
    queue_is()
    officer.get_by_role("region", name="当前发言").get_by_role("button", name="结束发言").click()
    for page in pages:
        expect(page.get_by_role("region", name="当前发言")).to_contain_text("没有会场占用发言")
        expect(page.get_by_role("region", name="发言时长")).to_contain_text("信阳")

    yingji.keyboard.press("h")
    queue_is("应急")
    officer.get_by_text("静默", exact=True).click()
    queue_is()
    expect(status(yingji)).to_contain_text("静默模式")
    expect(bar(yingji).get_by_role("button", name="申请发言")).to_be_disabled()


def test_broadcast_name_carousel_and_choice_in_this_order(enter: Enter) -> None:
    officer, yingji, xinyang, _ = meet(enter)
    yingji.locator('figure[data-venue="xinyang"]').get_by_role("button", name="选看").click()
    expect(large(yingji)).to_contain_text("我的选看")
    expect(large(yingji)).to_contain_text("信阳")

    bar(officer).get_by_role("button", name="轮询").click()
    dialog = officer.get_by_role("dialog", name="轮询")
    dialog.get_by_role("button", name="清空").click()
    dialog.get_by_label("省气象局预警中心").check()
    dialog.get_by_role("button", name="开始轮询").click()
    for page in (officer, yingji, xinyang):
        expect(large(page)).to_contain_text("气象")
        expect(large(page)).to_contain_text("轮询 1/1")
    status(officer).get_by_role("button", name="暂停轮询").click()
    expect(large(yingji)).to_contain_text("轮询 1/1 · 已暂停")
    yingji.locator('figure[data-venue="xinyang"]').get_by_role("button", name="选看").press("Enter")
    expect(yingji.get_by_text("主席正在轮询画面，暂不能选看。").first).to_be_visible()
    expect(large(yingji)).to_contain_text("气象")
    picture(officer, "carousel")

    call_upon(officer, "xinyang")
    expect(large(yingji)).to_contain_text("点名发言")
    expect(large(yingji)).to_contain_text("信阳")
    expect(large(xinyang)).to_contain_text("轮询")  # itself it sees what comes next

    bar(officer).get_by_role("button", name="广播", exact=True).click()
    officer.get_by_role("option", name="省委总值班室").click()
    for page in (yingji, xinyang):
        expect(large(page)).to_contain_text("总值班室")
        expect(large(page)).to_contain_text("主会场广播中")
    picture(yingji, "broadcast")
    expect(large(officer)).to_contain_text("点名发言")

    status(officer).get_by_role("button", name="停止广播").click()
    expect(large(yingji)).to_contain_text("点名发言")
    status(officer).get_by_role("button", name="结束发言").click()
    expect(large(yingji)).to_contain_text("轮询")
    status(officer).get_by_role("button", name="停止轮询").click()
    expect(large(yingji)).to_contain_text("我的选看")

    choose_in_menu(officer, "布局", "4 画面")
    for page in (officer, yingji, xinyang):
        expect(large(page)).to_have_count(0)
        expect(status(page)).to_contain_text("主席设为 4 画面")
    yingji.keyboard.press("l")
    expect(yingji.get_by_text("画面布局由主席设定，暂不能更改。").first).to_be_visible()
    choose_in_menu(officer, "布局", "1 画面")
    expect(large(xinyang)).to_have_count(1)
    choose_in_menu(officer, "布局", "各会场自定")
    expect(large(xinyang)).to_have_count(0)
    expect(large(yingji)).to_contain_text("我的选看")


def test_the_chair_is_asked_for_given_and_taken_back(enter: Enter) -> None:
    officer, yingji, xinyang, qixiang = pages = meet(enter)

    def chair_is(name: str) -> None:
        for page in pages:
            expect(head(page)).to_contain_text(f"主席 {name}")

    chair_is("总值班室")
    choose_in_menu(yingji, "更多", "申请主席")
    expect(status(officer)).to_contain_text("应急 申请主席")
    picture(officer, "chair-asked")
    status(officer).get_by_role("button", name="转移主席给应急").click()
    chair_is("应急")
    expect(bar(officer).get_by_role("button", name="点名发言")).to_have_count(0)
    call_upon(yingji, "xinyang")
    expect(status(xinyang)).to_contain_text("已被点名")
    expect(bar(yingji).get_by_role("button", name="结束会商")).to_have_count(0)

    # its line is cut: everybody sees since when, and who comes next
    yingji.context.set_offline(True)
    for page in (officer, qixiang):
        expect(page.get_by_text("秒后由总值班室接任")).to_be_visible()
    picture(qixiang, "chair-lost")
    yingji.context.set_offline(False)
    for page in (officer, qixiang):
        expect(page.get_by_text("秒后由总值班室接任")).to_have_count(0)
    bar(officer).get_by_role("button", name="收回主席").click()
    chair_is("总值班室")
    expect(bar(yingji).get_by_role("button", name="点名发言")).to_have_count(0)

    # a locked session lets nobody in by itself
    choose_in_menu(officer, "更多会控", "锁定会商")
    for page in pages:
        expect(head(page)).to_contain_text("已锁定")
    officer.get_by_role("tab", name="会场").click()
    rows = officer.get_by_role("list", name="会场列表").get_by_role("listitem")

    # a removed venue hears so, and what is called again may come
    row = rows.filter(has_text="省气象局预警中心")
    row.get_by_role("button", name="气象的更多操作").click()
    officer.get_by_role("menuitem", name="移出会商").click()
    row.get_by_role("button", name="确认移出气象").click()
    expect(qixiang.get_by_text("主席已将本会场移出会商")).to_be_visible()
    expect(row).to_contain_text("已移出")
    row.get_by_role("button", name="重呼").click()
    answer(qixiang)
    expect(status(qixiang)).to_contain_text("信阳正在发言")
    status(officer).get_by_role("button", name="结束发言").click()

    row.get_by_role("button", name="气象的更多操作").click()
    officer.get_by_role("menuitem", name="改名").click()
    officer.get_by_label("省气象局预警中心在画面上显示为").fill("气象台")
    officer.get_by_role("button", name="保存名称").click()
    for page in (officer, yingji, xinyang):
        expect(page.locator('figure[data-venue="qixiang"]')).to_contain_text("气象台")

    choose_in_menu(officer, "更多会控", "15 分钟后结束")
    for page in pages:
        expect(head(page)).to_contain_text("距结束 14:")
