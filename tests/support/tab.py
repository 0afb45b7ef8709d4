"""A Chromium tab in the test's own event loop: real peers beside a plane that the test can look into."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright

from hub.live.media import Answer
from signaling.media_vocabulary import SlotView
from tests.support.chromium import FLAGS, PROGRAM, START_WITHIN_MS
from tests.support.rtc import SESSION, Stage

PAGE = (Path(__file__).parent / "media_page.js").read_text()
# Browsers give cameras to secure pages only, and localhost is one; nobody has to serve it.
ORIGIN = "http://localhost/"
LOOK_S = 0.1
FPS = 15  # half of what a camera gives: three encodings are work for the machine

Figures = dict[str, Any]


class Tab:
    """Connections by name, to the media plane of ``on``."""

    def __init__(self, page: Page, on: Stage) -> None:
        self._page = page
        self._on = on
        self.answers: dict[str, Answer] = {}

    async def publish(
        self,
        venue: str,
        *,
        width: int = 1280,
        height: int = 720,
        rids: tuple[str, ...] = ("q", "h", "f"),
        obeys: bool = False,
    ) -> None:
        """A camera in so many encodings, the largest last, and a microphone, as our own page sends them.

        With ``obeys`` it sends the encodings that the hub asks for.
        """
        how = {"width": width, "height": height, "frameRate": FPS, "rids": list(rids)}
        offer = await self._page.evaluate("([name, how]) => publish(name, how)", [venue, how])
        tasks: set[asyncio.Task[Any]] = set()

        def on_layers(resource: str, encodings: dict[str, list[str]]) -> None:
            self._on.ear.on_layers(resource, encodings)
            obey = self._page.evaluate("([name, rids]) => activate(name, rids)", [venue, encodings["1"]])
            tasks.add(task := asyncio.ensure_future(obey))
            task.add_done_callback(tasks.discard)

        answer = await self._on.plane.publish(
            SESSION, venue, offer, {}, owner=f"page-{venue}", on_layers=on_layers if obeys else None
        )
        await self._accept(venue, answer)

    async def hang_up(self, name: str) -> None:
        await self._page.evaluate("name => pcs[name].close()", name)

    async def subscribe(self, name: str, kinds: tuple[str, ...] = ("audio", "video")) -> None:
        offer = await self._page.evaluate("([name, kinds]) => subscribe(name, kinds)", [name, list(kinds)])
        answer = await self._on.plane.subscribe(
            SESSION, name, offer, owner=f"page-{name}", own=False, on_slots=self._on.ear.on_slots
        )
        await self._accept(name, answer)

    async def _accept(self, name: str, answer: Answer) -> None:
        self.answers[name] = answer
        sdp = self._on.reroute(answer.sdp)
        await self._page.evaluate("([name, sdp]) => accept(name, sdp)", [name, sdp])

    async def view(self, name: str, width: int) -> None:
        """The tile of its only picture is so wide now."""
        slots = [SlotView(mid="1", width=width)]
        await self._on.plane.view(self.answers[name].resource, slots)

    async def sent(self, name: str) -> dict[str, Figures]:
        """What goes out, by rid."""
        found = await self._page.evaluate("name => streams(name, 'outbound-rtp')", name)
        return {one["rid"]: one for one in found if one["kind"] == "video" and one.get("rid")}

    async def received(self, name: str, kind: str = "video") -> Figures:
        found = await self._page.evaluate("name => streams(name, 'inbound-rtp')", name)
        return next((one for one in found if one["kind"] == kind), {})

    async def watch_freezes(self, name: str) -> None:
        await self._page.evaluate("name => watchFreezes(name)", name)

    async def longest_freeze_s(self) -> float:
        return float(await self._page.evaluate("() => freezes.longest"))


async def until(condition: Callable[[], Awaitable[bool]], patience_s: float, what: str) -> None:
    """Look again and again; a browser's figures tell nobody when they change."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience_s
    while not await condition():
        assert loop.time() < deadline, f"{what}: not within {patience_s} s"
        await asyncio.sleep(LOOK_S)


@asynccontextmanager
async def tab(on: Stage) -> AsyncIterator[Tab]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=PROGRAM, headless=True, args=FLAGS, timeout=START_WITHIN_MS
        )
        page = await browser.new_page()
        await page.route(ORIGIN, lambda route: route.fulfill(content_type="text/html", body="<body></body>"))
        await page.goto(ORIGIN)
        await page.add_script_tag(content=PAGE)
        try:
            yield Tab(page, on)
        finally:
            await browser.close()
