"""A real hub, a bad line in front of its media port, and a page of Chromium behind that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support.chromium import chromium
from tests.support.hub_process import HubProcess
from tests.support.netem import Relay, relay_beside, through

CLIENT = (Path(__file__).parents[1] / "support/outside_page.js").read_text()


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    with HubProcess(tmp_path / "data") as process:
        yield process


@pytest.fixture
def line(hub: HubProcess) -> Iterator[Relay]:
    with relay_beside(hub.media_port) as found:
        yield found


@pytest.fixture
def tab(hub: HubProcess, line: Relay) -> Iterator[Page]:
    """An outside tool's page: it has logged in nowhere yet."""
    with chromium() as browser:
        page = browser.new_page()
        page.add_init_script(through(line, hub.media_port))
        page.goto(f"http://localhost:{hub.port}/healthz")
        page.evaluate(f"() => {{ {CLIENT} }}")
        yield page
