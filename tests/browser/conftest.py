"""Chromium with fake devices, one profile a person, in front of a real hub."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.chromium import chromium
from tests.support.hub_process import PASSWORD, ROOT, HubProcess

DESK = {"width": 1920, "height": 1080}
PHONE = {"width": 390, "height": 844}
# What a page does is looked at here, not how smooth it is: three pages encode three sizes each, on two cores.
LIGHT = ("--use-fake-device-for-media-stream=fps=5", "--disable-gpu")
PICTURES = ROOT / "tests/browser/pictures"
# Three lanes share two cores. Where a limit is what is tested, it is said there.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)

PICTURES_PLAYING = """() => [...document.querySelectorAll("video")]
    .filter((video) => video.videoWidth > 0 && !video.paused && video.currentTime > 0.5).length"""

Enter = Callable[..., Page]


@pytest.fixture(scope="package")  # its event loop must be gone before the asynchronous tests begin
def browser() -> Iterator[Browser]:
    with chromium(*LIGHT) as running:
        yield running


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    assert (ROOT / "web/dist/index.html").exists(), "build the front end first: make test"
    with HubProcess(tmp_path / "data") as process:
        yield process


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    contexts: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(**{"viewport": DESK, "locale": "zh-CN", **options})  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def enter(hub: HubProcess, new_context: Callable[..., BrowserContext]) -> Iterator[Enter]:
    """``enter("officer")`` is a page of that account's own browser, logged in as a new tab finds itself.

    ``script`` runs before every load, the first one included. Whatever the pages do, no script may fail and
    nothing may be asked of another host.
    """
    faults: list[str] = []

    def outside(url: str) -> None:
        if not url.startswith((hub.url, "data:", "blob:")):
            faults.append(f"asked for {url}")

    def come_in(account: str, script: str = "", **options: object) -> Page:
        context = new_context(storage_state=logged_in(hub, account), **options)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{account}: {error}"))
        page.on("request", lambda request: outside(request.url))
        page.goto(hub.url)
        page.wait_for_url(lambda url: url.rstrip("/") != hub.url)
        return page

    yield come_in
    assert faults == []


def logged_in(hub: HubProcess, account: str) -> dict[str, object]:
    """What a browser keeps in which this account has logged in before (web/src/state/login.ts)."""
    wish = urllib.request.Request(
        f"{hub.url}/api/login",
        json.dumps({"account": account, "password": PASSWORD}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(wish) as answer:
        login = answer.read().decode()
    kept = {"origin": hub.url, "localStorage": [{"name": "huishang.login", "value": login}]}
    return {"cookies": [], "origins": [kept]}


def until(page: Page, expression: str, *, at_least: float) -> None:
    """Ask the page until ``expression`` is large enough; its content policy forbids to wait inside it."""
    value = 0.0
    for _ in range(600):
        value = page.evaluate(expression)
        if value >= at_least:
            return
        page.wait_for_timeout(100)
    picture(page, "failure")
    pytest.fail(f"{value} instead of {at_least}: {expression}")


OVERHEAR = """() => {
    window.overheard = [];
    const note = (changes) => changes.forEach(({target, addedNodes}) =>
        [target, ...addedNodes].forEach((one) => window.overheard.push(one.textContent)));
    new MutationObserver(note).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""
"""From now on the page keeps what it says, also what is gone again before anybody has looked."""


def overheard(page: Page, text: str) -> None:
    """The page says so, or has said so since ``OVERHEAR``."""
    until(page, f"() => window.overheard.filter((said) => said.includes({text!r})).length", at_least=1)


def start_session(officer: Page, title: str, *venues: str) -> str:
    """Start a consultation from the desk and enter it; its id."""
    officer.get_by_label("会商标题").fill(title)
    for venue in venues:
        officer.get_by_role("checkbox", name=venue).check()
    officer.get_by_role("button", name="发起会商").last.click()
    officer.get_by_role("button", name="进入会商").first.click()
    officer.wait_for_url("**/session/*")
    return officer.url.rpartition("/")[2]


def answer(page: Page) -> None:
    page.get_by_role("button", name="接听").click()
    page.wait_for_url("**/session/*")


def see_each_other(*pages: Page) -> None:
    """Every page plays the pictures of all venues, its own included."""
    for page in pages:
        until(page, PICTURES_PLAYING, at_least=len(pages))


def end_session(officer: Page) -> None:
    officer.get_by_role("button", name="结束会商").first.click()
    officer.get_by_role("button", name="确认结束").click()
    expect(officer.get_by_text("会商已结束").first).to_be_visible()


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page for the README and for human eyes."""
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")
