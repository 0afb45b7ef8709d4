"""Chromium behind a bad line: sound stays whole, pictures give way and come back, bursts freeze none."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.support.netem import PERFECT, Impairment, relay
from tests.support.rtc import stage
from tests.support.tab import Figures, Tab, tab, until

NARROW = Impairment(rate_bps=256_000, delay_s=0.02)
BURSTS = Impairment(loss=0.05, burst=3, delay_s=0.02)
WATCHED_S, WINDOWS = 15, 3
# Of the sound that was played, what the browser had to make up: two in a hundred nobody hears.
CONCEALED = 0.02

Condition = Callable[[], Awaitable[bool]]


def so_wide(page: Tab, name: str, width: int) -> Condition:
    async def condition() -> bool:
        return bool((await page.received(name)).get("frameWidth") == width)

    return condition


def gives_way(page: Tab, name: str) -> Condition:
    """The picture is the smallest, or stands still."""
    decoded = -1

    async def condition() -> bool:
        nonlocal decoded
        await asyncio.sleep(0.5)
        figures = await page.received(name)
        before, decoded = decoded, figures["framesDecoded"]
        return bool(figures["frameWidth"] <= 320 or before == decoded)

    return condition


def sounds_whole(page: Tab, name: str) -> Condition:
    """A second of sound in which hardly anything had to be made up."""
    before: Figures | None = None

    async def condition() -> bool:
        nonlocal before
        await asyncio.sleep(1.0)
        former, before = before, await page.received(name, "audio")
        return former is not None and made_up(former, before) < CONCEALED

    return condition


def made_up(before: Figures, after: Figures) -> float:
    """The share of the sound in between that never came; what was only stretched did."""

    def grown(name: str) -> float:
        return float(after[name] - before[name])

    return (grown("concealedSamples") - grown("silentConcealedSamples")) / grown("totalSamplesReceived")


async def watched(page: Tab, name: str) -> float:
    """For a while the pictures are small; how much of the sound had to be made up meanwhile."""
    before = await page.received(name, "audio")
    widths, decoded = [], -1
    for _ in range(2 * WATCHED_S):
        await asyncio.sleep(0.5)
        figures = await page.received(name)
        # A picture that stands still is paused: the browser goes on telling its last width.
        widths.append(figures["frameWidth"] if figures["framesDecoded"] != decoded else 0)
        decoded = figures["framesDecoded"]
    after = await page.received(name, "audio")
    assert after["packetsReceived"] - before["packetsReceived"] > 45 * WATCHED_S
    assert sorted(widths)[len(widths) * 3 // 4] <= 640, "but for a try now and then"
    return made_up(before, after)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_M28_at_256_kbit_sound_stays_whole_and_the_picture_small() -> None:
    async with stage() as on, relay(on.plane.port, seed=5) as line, tab(on) as page:
        await page.publish("zhengzhou")
        on.reroute = line.reroute(on.plane.port)
        await page.subscribe("kaifeng")
        await page.view("kaifeng", 1280)
        await until(so_wide(page, "kaifeng", 1280), 60, "the picture its tile can show")
        line.down = NARROW
        await until(gives_way(page, "kaifeng"), 60, "a small picture or none")
        await until(sounds_whole(page, "kaifeng"), 60, "what has queued up in the line came through")
        concealed = []
        for _ in range(WINDOWS):
            concealed.append(await watched(page, "kaifeng"))
            if concealed[-1] < CONCEALED:
                break
        assert min(concealed) < CONCEALED
        line.down = PERFECT
        await until(so_wide(page, "kaifeng", 1280), 90, "the large picture again")


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_M10_bursts_of_loss_freeze_nothing() -> None:
    async with stage() as on, relay(on.plane.port, seed=6) as line, tab(on) as page:
        on.reroute = line.reroute(on.plane.port)
        await page.publish("zhengzhou", width=640, height=360, rids=("f",))
        await page.subscribe("kaifeng")
        await until(so_wide(page, "kaifeng", 640), 60, "a picture")
        line.up = line.down = BURSTS
        longest_s = []
        for _ in range(WINDOWS):  # a busy machine stops a picture too, but not every time; a bad line would
            await page.watch_freezes("kaifeng")
            decoded = (await page.received("kaifeng"))["framesDecoded"]
            await asyncio.sleep(WATCHED_S)
            assert (await page.received("kaifeng"))["framesDecoded"] - decoded > 5 * WATCHED_S
            longest_s.append(await page.longest_freeze_s())
            if longest_s[-1] < 0.5:
                break
        assert line.lost > 20
        assert min(longest_s) < 0.5
