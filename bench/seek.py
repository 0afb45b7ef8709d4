"""The review page on four hours of ten venues: how long it takes to open, and to jump to any second."""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from bench import hub_side, sample
from bench.organisation import OFFICER, PASSWORD, found, venue
from bench.processes import Server
from bench.report import percentile, say, section
from hub.domain.session import Invited
from tests.support.chromium import chromium
from tests.support.reel import RECORDING, Reel, Round, Take
from tests.support.rtp_samples import opus_packets

VENUES, HOURS, JUMPS, OPENINGS = 10, 4, 50, 5
BIT_RATE = 500_000
SECONDS = HOURS * 3600
VIEWPORT = {"width": 1920, "height": 1080}

# In the page, from the press itself: a frame counts when it is on the screen and is of another place, and a
# tile plays when its element does.
_WATCH = """() => {
    const seen = new Set(), before = new Map();
    const now = { began: null, first: null, all: null, tiles: 0 };
    const videos = () => [...document.querySelectorAll(".tile video:not(.hidden)")];
    const armed = new WeakSet();
    const arm = (video) => video.requestVideoFrameCallback((_, frame) => {
        if (now.began !== null && Math.abs(frame.mediaTime - (before.get(video) ?? -9)) > 1.5) {
            seen.add(video);
            now.first ??= performance.now() - now.began;
        }
        arm(video);
    });
    const look = () => {
        const all = videos();
        for (const video of all) if (!armed.has(video)) (armed.add(video), arm(video));
        const plays = (video) => seen.has(video) && !video.paused && !video.seeking && video.readyState >= 3;
        now.tiles = all.length;
        const isOver = now.began !== null && all.length > 0 && all.every(plays);
        if (isOver) now.all ??= performance.now() - now.began;
        requestAnimationFrame(look);
    };
    const begin = (at) => {
        seen.clear();
        for (const video of videos()) before.set(video, video.currentTime);
        Object.assign(now, { began: at, first: null, all: null });
    };
    addEventListener("pointerdown", () => begin(performance.now()), { capture: true });
    begin(0);
    window.watched = now;
    look();
}"""
_OPENED = """() => {
    const now = { first: null, all: null };
    window.opened = now;
    const look = () => {
        const all = [...document.querySelectorAll(".tile video:not(.hidden)")];
        const shown = all.filter((video) => video.readyState >= 2);
        if (shown.length > 0) now.first ??= performance.now();
        if (all.length > 0 && shown.length === all.length) now.all ??= performance.now();
        if (now.all === null) requestAnimationFrame(look);
    };
    look();
}"""
_PATIENCE_MS = 20_000


async def film(place: Path) -> None:
    """Before the hub starts on that directory."""
    names = [Invited(venue=venue(n), name=f"第 {n} 会场", short_name=f"会场 {n}") for n in range(VENUES)]
    reel = Reel(SECONDS, Invited(venue="office", name="总值班室", short_name="总值班室"), names)
    picture = Round("camera", "vp8", sample.frames(BIT_RATE), sample.FPS, (640, 360))
    sound = Round("microphone", "opus", opus_packets(4), 50)
    for number, name in enumerate(names):
        late_ms = number % 2 * sample.SECONDS * 1000
        reel.take(Take(name, picture, late_ms))
        reel.take(Take(name, sound, late_ms))
    for turn, begin_s in enumerate(range(30, SECONDS - 30, 20)):
        reel.speech(names[turn % VENUES].venue, begin_s, begin_s + 18)
    await reel.write(place / "hub")


class Measured(NamedTuple):
    """Milliseconds."""

    first: list[float]
    all: list[float]
    opened: list[float]
    opened_all: list[float]
    drift: list[float]


def measure(browser: Browser, server: Server) -> Measured:
    login = _log_in(server.url)
    made = Measured([], [], [], [], [])
    for _ in range(OPENINGS):
        page = _open(browser, server, login)
        opened = _answer(page, "opened")
        made.opened.append(opened["first"])
        made.opened_all.append(opened["all"])
        page.context.close()
    page = _open(browser, server, login)
    _answer(page, "opened")
    page.evaluate(f"({_WATCH})()")
    page.get_by_role("button", name="播放").first.click()
    dice = random.Random(6)
    track = page.get_by_role("slider").last.bounding_box()
    assert track is not None
    for number in range(JUMPS):
        page.wait_for_timeout(dice.uniform(300, 900))
        place = track["x"] + track["width"] * dice.uniform(0.01, 0.98)
        page.mouse.click(place, track["y"] + track["height"] / 2)
        jump = _answer(page, "watched")
        assert jump["tiles"] == VENUES, jump
        made.first.append(jump["first"])
        made.all.append(jump["all"])
        say(f"seek: jump {number + 1} of {JUMPS}: {jump['first']:.0f} ms, all {jump['all']:.0f} ms")
    page.wait_for_timeout(2_000)
    for _ in range(20):
        page.wait_for_timeout(100)
        made.drift.append(page.evaluate(_DRIFT))
    page.context.close()
    return made


# By how much the furthest of them are apart, each at its place in the session.
_DRIFT = """() => {
    const videos = [...document.querySelectorAll(".tile video:not(.hidden)")];
    const starts = videos.map((video) => Number(video.dataset.started) || 0);
    const places = videos.map((video, n) => video.currentTime * 1000 + starts[n]);
    return Math.max(...places) - Math.min(...places);
}"""


def _open(browser: Browser, server: Server, login: str) -> Page:
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    context.add_init_script(f"localStorage.setItem('huishang.login', {json.dumps(login)})")
    context.add_init_script(f"addEventListener('DOMContentLoaded', {_OPENED})")
    page = context.new_page()
    page.goto(f"{server.url}/recordings/{RECORDING}?t={SECONDS // 3}", wait_until="commit")
    return page


def _answer(page: Page, name: str) -> dict[str, float]:
    """What the page has measured, once it has all of it."""
    deadline = time.monotonic() + _PATIENCE_MS / 1000
    while time.monotonic() < deadline:
        found: dict[str, float] | None = page.evaluate(f"() => window.{name} ?? null")
        if found is not None and found["all"] is not None:
            return found
        page.wait_for_timeout(20)
    raise TimeoutError(f"{name}: {found}")


def _log_in(url: str) -> str:
    wish = json.dumps({"account": OFFICER, "password": PASSWORD}).encode()
    request = urllib.request.Request(f"{url}/api/login", wish, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def run() -> None:
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "hub").mkdir()
        say(f"seek: filming {HOURS} h of {VENUES} venues")
        asyncio.run(found(Path(place) / "hub", VENUES))
        asyncio.run(film(Path(place)))
        with hub_side.resumed(Path(place)) as server, chromium() as browser:
            made = measure(browser, server)
    title = (
        f"seek, {HOURS} h of {VENUES} venues: {percentile(made.all, 95):.0f} ms (p95) from click to playing, "
        f"the first tile after {percentile(made.first, 95):.0f} ms"
    )
    words = (
        f"{JUMPS} clicks on random places of the timeline while {VENUES} venues play (640x360, "
        f"{BIT_RATE / 1e6:.1f} Mbit/s, a key frame every {sample.SECONDS} s). A tile counts when a frame of "
        "the new place is on the screen, all when each has one and plays; measured in the page from the "
        f"press. Opened: {OPENINGS} times from the address with an empty cache. Apart: the places of the "
        "furthest tiles while they play. The hub and Chromium share the machine; the files of the venues "
        "are the same few on the disk."
    )
    rows = [
        (name, *(f"{percentile(values, share):.0f} ms" for share in (50, 95, 100)))
        for name, values in (
            ("first tile", made.first),
            ("all tiles play", made.all),
            ("opened: first picture", made.opened),
            ("opened: all pictures", made.opened_all),
            ("apart while playing", made.drift),
        )
    ]
    section(title, words, ("", "middle", "p95", "longest"), rows)
