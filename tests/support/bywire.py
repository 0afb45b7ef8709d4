"""Requests of an account to a hub in another process, for tests whose own thread belongs to a browser."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.support.hub_process import PASSWORD, HubProcess
from tests.support.live import Page

Wish = tuple[str, dict[str, Any]]


def by_wire(hub: HubProcess, account: str, *wishes: Wish) -> list[dict[str, Any]]:
    """What the hub answers to each, in order; a refusal is raised."""
    login = urllib.request.Request(
        f"{hub.url}/api/login",
        json.dumps({"account": account, "password": PASSWORD}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(login) as answer:
        token = json.load(answer)["token"]
    page = Page(hub.url, {"token": token, "page": f"wire-{account}"})
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, _ask(page, wishes)).result()


async def _ask(page: Page, wishes: tuple[Wish, ...]) -> list[dict[str, Any]]:
    await page.connect()
    try:
        return [await page.wish(name, **body) for name, body in wishes]
    finally:
        await page.close()
