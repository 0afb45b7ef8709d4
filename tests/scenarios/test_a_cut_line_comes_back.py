"""The network of a venue is gone for a while: its connections are kept, and media is back within 2 s."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page

from hub.media.transport.ice import REBOUND_AFTER_S
from tests.scenarios.test_chromium_by_whip import start_session
from tests.support.figures import best
from tests.support.netem import Relay

BACK_WITHIN_S = 2.0


@pytest.fixture
def tab(tab: Page) -> Page:
    """It sends and receives."""
    session = start_session(tab, "officer")
    tab.evaluate("session => publish(session)", session)
    tab.evaluate("session => subscribe(session)", session)
    tab.evaluate("() => decoded(receiving, 10)")
    return tab


def cut(tab: Page, line: Relay, seconds: float) -> None:
    line.cut = True
    tab.wait_for_timeout(seconds * 1000)
    line.cut = False


@pytest.mark.browser
@pytest.mark.slow
def test_M45_after_half_a_minute_a_restart_brings_media_back(tab: Page, line: Relay) -> None:
    def once() -> float:
        cut(tab, line, 30)
        began = time.monotonic()
        assert tab.evaluate("() => Promise.all([restart(sending), restart(receiving)])") == [200, 200]
        tab.evaluate("() => decoded(receiving, 1)")
        return time.monotonic() - began

    assert best(once, BACK_WITHIN_S) < BACK_WITHIN_S
    tab.evaluate("() => decoded(receiving, 30)")


@pytest.mark.browser
@pytest.mark.slow
def test_M45_after_a_short_cut_media_comes_back_by_itself(tab: Page, line: Relay) -> None:
    def once() -> float:
        cut(tab, line, 8)
        began = time.monotonic()
        tab.evaluate("() => decoded(receiving, 1)")
        return time.monotonic() - began

    assert best(once, BACK_WITHIN_S) < BACK_WITHIN_S
    tab.evaluate("() => decoded(receiving, 30)")


@pytest.mark.browser
@pytest.mark.slow
def test_M6_a_nat_that_forgets_costs_a_moment(tab: Page, line: Relay) -> None:
    """Chromium notices within 2.5 s that nothing comes any more, and checks again; the hub believes the new
    address when the old one has been silent for longer than Chromium ever is; then some frames must come."""
    within_s = 2.5 + REBOUND_AFTER_S + 1.0

    def once() -> float:
        line.move_everybody()
        began = time.monotonic()
        tab.evaluate("() => decoded(receiving, 5)")  # more than is under way
        return time.monotonic() - began

    assert best(once, within_s) < within_s
