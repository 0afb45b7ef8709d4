"""A real browser at both ends, with no page of ours: it publishes by WHIP, receives by WHEP, restarts ICE."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.support.figures import best
from tests.support.hub_process import PASSWORD


def start_session(page: Page, account: str) -> str:
    page.evaluate("([account, password]) => login(account, password)", [account, PASSWORD])
    body = '{"title": "会商", "kind": "consultation", "venues": ["gongan"]}'
    found: dict[str, Any] = page.evaluate(
        "async body => JSON.parse((await ask('POST', '/api/sessions', body)).text)", body
    )
    return str(found["id"])


def freezes(page: Page) -> int:
    """In thirty pictures: a busy machine stops one too, but not every time."""
    count = "async () => (await figures(receiving)).video.freezeCount"
    before = page.evaluate(count)
    page.evaluate("() => decoded(receiving, 30)")
    return int(page.evaluate(count) - before)


@pytest.mark.browser
def test_M1_chromium_sends_and_receives(tab: Page) -> None:
    session = start_session(tab, "officer")
    tab.evaluate("session => publish(session)", session)
    tab.evaluate("session => subscribe(session)", session)
    figures = tab.evaluate("() => decoded(receiving, 30)")
    assert figures["transport"]["srtpCipher"].endswith("AEAD_AES_256_GCM")
    assert figures["video"]["frameWidth"] == 640
    assert best(lambda: freezes(tab), 1) == 0
    assert figures["audio"]["packetsLost"] == 0
    assert figures["audio"]["audioLevel"] >= 0


@pytest.mark.browser
def test_M6_chromium_restarts_ice_while_media_flows(tab: Page) -> None:
    session = start_session(tab, "officer")
    tab.evaluate("session => publish(session)", session)
    tab.evaluate("session => subscribe(session)", session)
    tab.evaluate("() => decoded(receiving, 10)")
    assert tab.evaluate("() => restart(sending)") == 200
    assert tab.evaluate("() => restart(receiving)") == 200
    tab.evaluate("() => decoded(receiving, 60)")
    assert tab.evaluate("() => sending.connectionState") == "connected"
    assert tab.evaluate("() => receiving.connectionState") == "connected"


@pytest.mark.browser
def test_M33_chromium_sends_h264_and_shows_it(tab: Page) -> None:
    session = start_session(tab, "officer")
    tab.evaluate("session => publish(session, 'video/H264')", session)
    tab.evaluate("session => subscribe(session)", session)
    figures = tab.evaluate("() => decoded(receiving, 30)")
    assert figures["video"]["frameWidth"] == 640
    shown = tab.evaluate(
        "async () => (await receiving.getStats()).get((await figures(receiving)).video.codecId).mimeType"
    )
    assert shown == "video/H264"
