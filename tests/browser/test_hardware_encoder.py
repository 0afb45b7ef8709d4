"""A venue with a hardware encoder (H.264 by WHIP): seen in the page, recorded, reviewed with the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PICTURES_PLAYING, Enter, end_session, picture, start_session, until
from tests.support.hub_process import PASSWORD, HubProcess

# It is short, and may have ended before anybody looks.
PICTURES_PLAYED = """() => [...document.querySelectorAll("video")]
    .filter((video) => video.videoWidth > 0 && video.currentTime > 0.5).length"""
CLIENT = (Path(__file__).parents[1] / "support/outside_page.js").read_text()

pytestmark = pytest.mark.browser


def test_an_encoder_is_seen_recorded_and_reviewed(enter: Enter, hub: HubProcess) -> None:
    officer = enter("officer")
    session = start_session(officer, "防汛会商", "省公安厅指挥中心")
    encoder = officer.context.new_page()
    encoder.goto(f"{hub.url}/healthz")
    encoder.evaluate(f"() => {{ {CLIENT} }}")
    encoder.evaluate("([account, password]) => login(account, password)", ["gongan", PASSWORD])
    encoder.evaluate("session => publish(session, 'video/H264')", session)
    until(officer, PICTURES_PLAYING, at_least=2)
    officer.wait_for_timeout(3_000)  # something to review
    end_session(officer)

    reviewer = enter("reviewer")
    row = reviewer.get_by_role("link", name="防汛会商").first
    expect(row).to_be_visible()
    row.click()
    reviewer.get_by_role("button", name="播放").first.click()
    until(reviewer, PICTURES_PLAYED, at_least=2)
    expect(reviewer.locator(".tile-unplayable").first).to_be_hidden()
    picture(reviewer, "review-h264")
