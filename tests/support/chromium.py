"""Debian's Chromium with fake devices, for tests that need a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

# The shell is the same engine without a window around each page, which costs as much as the page.
PROGRAM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
START_WITHIN_MS = 90_000
FLAGS = [
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """A browser of its own; its event loop is gone at the end. A later flag replaces an earlier one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=PROGRAM, headless=True, args=[*FLAGS, *flags], timeout=START_WITHIN_MS
        )
        yield browser
        browser.close()
