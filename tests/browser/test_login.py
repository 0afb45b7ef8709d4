"""The way in by the form, and that the form stands still while somebody uses it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.support.hub_process import PASSWORD, HubProcess

pytestmark = pytest.mark.browser

NewContext = Callable[..., BrowserContext]
UNREACHABLE = "连接不上系统"


def fill_in(page: Page, account: str, password: str) -> None:
    page.get_by_label("账号", exact=True).fill(account)
    page.get_by_label("密码", exact=True).fill(password)


def log_in(page: Page) -> None:
    page.get_by_role("button", name="登录", exact=True).click()


def test_a_wrong_password_is_said_and_the_account_stays_written(
    hub: HubProcess, new_context: NewContext
) -> None:
    page = new_context().new_page()
    page.goto(hub.url)
    fill_in(page, "officer", "wrong-password")
    log_in(page)
    expect(page.get_by_text("账号或密码不正确")).to_be_visible()
    expect(page.get_by_label("账号", exact=True)).to_have_value("officer")

    fill_in(page, "officer", PASSWORD)
    log_in(page)
    page.wait_for_url("**/desk")
    page.reload()
    expect(page.get_by_role("button", name="发起会商").first).to_be_visible()


def test_the_form_comes_when_the_hub_has_said_what_stands_beside_it(
    hub: HubProcess, new_context: NewContext
) -> None:
    """Else the button moves away between press and release, and the click is lost."""
    page = new_context().new_page()
    held: list[Route] = []
    page.route("**/api/about", lambda route: held.append(route))
    page.goto(f"{hub.url}/login")
    expect(page.locator(".login")).to_be_attached()
    while not held:
        page.wait_for_timeout(50)
    expect(page.get_by_role("button", name="登录", exact=True)).to_have_count(0)
    held[0].continue_()
    expect(page.get_by_role("heading", name="演示账号")).to_be_visible()
    expect(page.get_by_label("账号", exact=True)).to_be_focused()
    fill_in(page, "yingji", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk")


def test_a_hub_that_says_nothing_is_named_and_the_form_is_there(
    hub: HubProcess, new_context: NewContext
) -> None:
    page = new_context().new_page()
    held: list[Route] = []
    page.route("**/api/about", lambda route: held.append(route))
    page.goto(f"{hub.url}/login")
    expect(page.get_by_text(UNREACHABLE)).to_be_visible()
    expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible()
    held[0].continue_()
    expect(page.get_by_text(UNREACHABLE)).to_have_count(0)
