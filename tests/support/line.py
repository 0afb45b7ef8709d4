"""One request on the line of an account, for tests that have no event loop of their own."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.support.hub_process import PASSWORD
from tests.support.live import Page


def wish(url: str, account: str, name: str, /, **body: Any) -> dict[str, Any]:
    """What the hub answers; raises ``Refused``. Playwright has this thread's loop, so it takes another."""

    async def ask() -> dict[str, Any]:
        page = Page(url, {"token": _token(url, account), "page": None})
        await page.connect()
        answer = await page.wish(name, **body)
        await page.close()
        return answer

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(ask())).result()


def _token(url: str, account: str) -> str:
    body = json.dumps({"account": account, "password": PASSWORD}).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{url}/api/login", body)) as answer:
        token: str = json.load(answer)["token"]
        return token
