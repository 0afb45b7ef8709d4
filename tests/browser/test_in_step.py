"""Venues in step: what flashed at once is seen at once, at any speed, after any jump, and while recorded."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PICTURES_PLAYING, Enter, end_session, picture, start_session, until
from tests.support.factories import KAIFENG, OFFICER, QIXIANG, XINYANG, YINGJI, invited
from tests.support.hub_process import HubProcess
from tests.support.reel import Reel, Round, Take
from tests.support.rtp_samples import FLASH_S, FPS, HEIGHT, WIDTH, opus_packets, vp8_frames

pytestmark = pytest.mark.browser

SECONDS, CYCLE_S = 120, 2
APART_MAX_MS = 80
TILES = 5
FRAME_MS = 1000 // FPS

# Of every tile: when its picture turned white (which it does on each full second of the session), and how far
# the places of the tiles lie apart, both in milliseconds of the session.
WATCH = """() => {
    const seen = { flashes: [], apart: [], speed: () => videos()[0].playbackRate };
    const videos = () => [...document.querySelectorAll(".tile video:not(.hidden)")];
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const paper = canvas.getContext("2d", { willReadFrequently: true });
    const follow = (video) => {
        let white = true;
        const look = (now, frame) => {
            paper.drawImage(video, 0, 0, 1, 1);
            const isWhite = paper.getImageData(0, 0, 1, 1).data[0] > 150;
            const at_ms = Number(video.dataset.started) + frame.mediaTime * 1000;
            if (isWhite && !white) seen.flashes.push({ at_ms, shown_ms: frame.expectedDisplayTime });
            white = isWhite;
            video.requestVideoFrameCallback(look);
        };
        video.requestVideoFrameCallback(look);
    };
    videos().forEach(follow);
    setInterval(() => {
        const playing = videos().filter((video) => !video.paused && !video.seeking);
        const places = playing.map((video) => Number(video.dataset.started) + video.currentTime * 1000);
        if (playing.length === videos().length) seen.apart.push(Math.max(...places) - Math.min(...places));
    }, 50);
    window.seen = seen;
}"""


# Seconds of which every tile has shown the flash.
WHOLE = f"""() => {{
    const count = new Map();
    for (const {{ at_ms }} of seen.flashes) {{
        const second = Math.round((at_ms - 100) / 1000);
        count.set(second, (count.get(second) ?? 0) + 1);
    }}
    return [...count.values()].filter((tiles) => tiles >= {TILES}).length;
}}"""


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    """With one recording: four venues that came one after the other, and what one of them shared."""
    (tmp_path / "data").mkdir()
    venues = [invited(one) for one in (YINGJI, XINYANG, KAIFENG, QIXIANG)]
    reel = Reel(SECONDS, invited(OFFICER), venues)
    camera = Round("camera", "vp8", vp8_frames(CYCLE_S), FPS, (WIDTH, HEIGHT))
    content = Round("content", "vp8", vp8_frames(CYCLE_S), FPS, (WIDTH, HEIGHT))
    microphone = Round("microphone", "opus", opus_packets(CYCLE_S), 50)
    for number, venue in enumerate(venues):
        reel.take(Take(venue, camera, number * CYCLE_S * 1000))
        reel.take(Take(venue, microphone, number * CYCLE_S * 1000))
    reel.take(Take(venues[1], content, 2 * CYCLE_S * 1000))
    reel.speech(venues[0].venue, 10, 30)
    with ThreadPoolExecutor(1) as beside:  # Playwright has an event loop in this thread
        beside.submit(asyncio.run, reel.write(tmp_path / "data")).result()
    with HubProcess(tmp_path / "data") as process:
        yield process


def test_R29_all_venues_are_in_step_and_a_session_that_goes_on_plays(enter: Enter, hub: HubProcess) -> None:
    reviewer = enter("reviewer")
    reviewer.goto(f"{hub.url}/recordings/r-1?t=12")
    until(reviewer, SEEKABLE, at_least=TILES)
    reviewer.evaluate(f"({WATCH})()")
    reviewer.keyboard.press("l")
    in_step(reviewer, speed=1)
    reviewer.keyboard.press("ArrowRight")
    in_step(reviewer, speed=1)
    reviewer.keyboard.press("l")
    in_step(reviewer, speed=2)
    frame_by_frame(reviewer)
    layouts_and_sound(reviewer)
    reviewer.close()
    look_back_while_it_is_recorded(enter)


SEEKABLE = """() => [...document.querySelectorAll(".tile video:not(.hidden)")]
    .filter((video) => video.readyState >= 3 && !video.seeking).length"""


def in_step(page: Page, *, speed: int) -> None:
    """For some seconds, from a second after the start on."""
    until(page, f"() => Math.round(seen.speed()) === {speed} ? 1 : 0", at_least=1)
    page.evaluate("() => { seen.apart.length = 0; }")
    until(page, "() => seen.apart.length", at_least=20)  # they play, and have for a second
    page.evaluate("() => { seen.flashes.length = seen.apart.length = 0; }")
    until(page, WHOLE, at_least=3)
    seen: dict[str, Any] = page.evaluate("() => ({ flashes: seen.flashes, apart: seen.apart })")
    assert len(seen["apart"]) >= 5
    # A tile that the machine held up for a moment is no drift: it is back in step, and stays there.
    apart = sorted(seen["apart"])
    assert apart[len(apart) * 9 // 10] < APART_MAX_MS, seen["apart"]
    by_second: dict[int, list[float]] = {}
    for flash in seen["flashes"]:
        # A busy machine leaves frames out: which one of the flash was seen does not matter, but when it was.
        # And what a canvas gets of a video may be the frame after the one that is told.
        second = round((flash["at_ms"] - FLASH_S * 500) / 1000)
        late_ms = flash["at_ms"] - second * 1000
        assert -FRAME_MS <= late_ms <= FLASH_S * 1000, "a flash begins with the second, in every file"
        by_second.setdefault(second, []).append(flash["shown_ms"] - late_ms / speed)
    whole = [shown for shown in by_second.values() if len(shown) == TILES]
    assert len(whole) >= 2, by_second
    for shown in whole:
        assert (max(shown) - min(shown)) * speed < APART_MAX_MS + FRAME_MS, whole


def frame_by_frame(page: Page) -> None:
    page.keyboard.press("k")
    until(page, SEEKABLE, at_least=TILES)
    frame = "Math.floor(document.querySelector('.tile video').currentTime * 25)"
    before = page.evaluate(f"() => {frame}")
    for key, number in ((".", 1), (".", 2), (".", 3), (",", 2), (",", 1)):
        page.keyboard.press(key)
        until(page, f"() => Number({frame} === {before + number})", at_least=1)
        until(page, SEEKABLE, at_least=TILES)


def layouts_and_sound(page: Page) -> None:
    page.keyboard.press("2")
    until(page, SEEKABLE, at_least=TILES)
    large = page.locator(".tile.main")
    expect(large).to_contain_text("共享内容")
    widths = "() => [...document.querySelectorAll('.tile')].map((tile) => tile.clientWidth)"
    assert max(page.evaluate(widths)) == large.evaluate("tile => tile.clientWidth")
    picture(page, "review-speaker")
    page.keyboard.press("3")
    expect(page.locator(".tile")).to_have_count(1)
    page.keyboard.press("1")
    expect(page.locator(".tile")).to_have_count(TILES)
    tile = page.locator(".tile").first
    tile.hover()
    tile.get_by_role("button", name="只听").click()
    heard = "() => [...document.querySelectorAll('audio')].filter((audio) => !audio.muted).length"
    expect(page.get_by_text("声音已关闭")).to_have_count(3)
    assert page.evaluate(heard) == 1
    page.get_by_role("button", name="复制此刻链接").click()
    at_s = float(page.url.rpartition("?t=")[2])
    assert 12 < at_s < SECONDS


def look_back_while_it_is_recorded(enter: Enter) -> None:
    officer = enter("officer")
    start_session(officer, "防汛会商", "鹤壁市委值班室")
    until(officer, PICTURES_PLAYING, at_least=1)
    officer.wait_for_timeout(3_000)
    with officer.context.expect_page() as opening:
        officer.get_by_role("link", name="回看").click()
    page = opening.value
    expect(page.get_by_text("仍在录制")).to_be_visible()
    page.get_by_role("button", name="播放").first.click()
    until(page, PICTURES_PLAYING, at_least=1)
    page.get_by_role("button", name="回到实时").click()
    place = "() => document.querySelector('.tile video')?.currentTime ?? 0"
    there = page.evaluate(place)
    until(page, place, at_least=there + 1)
    picture(page, "review-live")

    page.evaluate("() => { document.querySelector('.tile video').dataset.same = 'yes'; }")
    end_session(officer)
    expect(page.get_by_text("仍在录制")).to_be_hidden()
    expect(page.locator(".tile video[data-same=yes]")).to_have_count(1)
    assert page.evaluate(place) >= there
    page.keyboard.press("Home")
    page.keyboard.press("l")
    until(page, PICTURES_PLAYING, at_least=1)
