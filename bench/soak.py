"""A session of 30 venues for a while: two of them real pages, the rest synthetic."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from bench import hub_side
from bench.crowd import crowd
from bench.organisation import OFFICER, PASSWORD, venue
from bench.processes import ROOT, Server, cpu_s, rss_mb
from bench.report import say, section
from tests.support.chromium import chromium

VENUES = 29  # and the duty office
SLOTS = 4  # for sound and for pictures, of each synthetic venue
EVERY_S = 30.0
PICTURES = ROOT / "var/bench"
# Every connection of the page, so that it can be asked how it was.
_KEEP = """window.benchPeers = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...given) { super(...given); window.benchPeers.push(this); }
};"""
_ASK = """async () => {
  const sum = { freezes: 0, frozen_s: 0, pictures: 0, lost: 0 };
  for (const peer of window.benchPeers) {
    for (const one of (await peer.getStats()).values()) {
      if (one.type !== "inbound-rtp" || one.kind !== "video") continue;
      sum.freezes += one.freezeCount ?? 0;
      sum.frozen_s += one.totalFreezesDuration ?? 0;
      sum.pictures += one.framesDecoded ?? 0;
      sum.lost += one.packetsLost ?? 0;
    }
  }
  return sum;
}"""


class Look(NamedTuple):
    """At one moment."""

    at_s: float
    rss_mb: float
    cpu: float
    pages: list[dict[str, float]]


def run(minutes: float) -> None:
    with (
        tempfile.TemporaryDirectory() as place,
        hub_side.running(Path(place), VENUES) as server,
        chromium("--disable-gpu") as browser,  # there is none: without it a core is spent on pretending
    ):
        pages = [_log_in(browser, server, account) for account in (OFFICER, venue(0))]
        with crowd(server, VENUES, slots=SLOTS, first=1) as others:
            pages[1].get_by_role("button", name="接听").click()
            pages[0].get_by_role("button", name="进入", exact=True).click()
            for page in pages:
                page.wait_for_url("**/session/*")
            others.fill(VENUES)
            looks = _watch(server, pages, minutes * 60)
    _report(looks, minutes)


def _log_in(browser: Browser, server: Server, account: str) -> Page:
    page = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN").new_page()
    page.add_init_script(_KEEP)
    page.goto(f"{server.url}/login")
    page.get_by_label("账号", exact=True).fill(account)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(lambda url: not url.endswith("/login"))
    return page


def _watch(server: Server, pages: list[Page], seconds: float) -> list[Look]:
    looks: list[Look] = []
    began = time.monotonic()
    cpu, at = cpu_s(server.pid), began
    while time.monotonic() - began < seconds:
        pages[0].wait_for_timeout(min(EVERY_S, seconds) * 1000)
        spent, now = cpu_s(server.pid), time.monotonic()
        share, cpu, at = (spent - cpu) / (now - at), spent, now
        looks.append(Look(now - began, rss_mb(server.pid), share, [page.evaluate(_ASK) for page in pages]))
        say(f"soak: {looks[-1]}")
        _picture(pages, f"{now - began:.0f}s")
    return looks


def _picture(pages: list[Page], name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for page, who in zip(pages, ("office", "venue"), strict=True):
        page.screenshot(path=PICTURES / f"soak-{who}-{name}.png")


def _report(looks: list[Look], minutes: float) -> None:
    memory = [look.rss_mb for look in looks]
    freezes = [f"{page['freezes']:.0f}" for page in looks[-1].pages]
    title = (
        f"soak, {minutes:.0f} minutes with {VENUES + 1} venues: memory {memory[0]:.0f} MB to "
        f"{memory[-1]:.0f} MB, freezes {' and '.join(freezes)}"
    )
    words = (
        f"Two real Chromium pages (duty office and a venue) with fake cameras, {VENUES - 1} synthetic venues "
        f"that send picture and sound and receive {SLOTS} of either. Freezes as Chromium counts them, over "
        "all pictures."
    )
    rows = [
        (
            f"{look.at_s:.0f} s",
            f"{look.rss_mb:.1f} MB",
            f"{look.cpu:.0%}",
            *[
                f"{page['pictures']:,.0f} shown, {page['freezes']:.0f} freezes ({page['frozen_s']:.1f} s)"
                for page in look.pages
            ],
        )
        for look in looks
    ]
    section(title, words, ("after", "memory of the hub", "its CPU", "office", "venue"), rows)
