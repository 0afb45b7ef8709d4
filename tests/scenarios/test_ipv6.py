"""Media by IPv6, with a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.test_chromium_by_whip import start_session
from tests.support.chromium import chromium
from tests.support.hub_process import HubProcess

CLIENT = (Path(__file__).parents[1] / "support/outside_page.js").read_text()


@pytest.mark.browser
def test_M1_chromium_sends_and_receives_by_ipv6(tmp_path: Path) -> None:
    process = HubProcess(tmp_path / "data")
    process.media_host = "[::1]"
    with process as hub, chromium() as browser:
        tab = browser.new_page()
        tab.goto(f"http://localhost:{hub.port}/healthz")
        tab.evaluate(f"() => {{ {CLIENT} }}")
        session = start_session(tab, "officer")
        tab.evaluate("session => publish(session)", session)
        tab.evaluate("session => subscribe(session)", session)
        assert tab.evaluate("() => decoded(receiving, 30)")["video"]["frameWidth"] == 640
        assert tab.evaluate("() => protocol(receiving)") == "udp"
