"""Sizes and layers in time come and go under a real decoder; it never has to ask for a new beginning."""

from __future__ import annotations

from math import inf

import pytest

from hub.media.sfu.encoding import Rung
from tests.support.rtc import SESSION, Stage, stage
from tests.support.tab import Tab, tab, until

# (size, highest layer in time)
SCRIPT = ((0, 2), (0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (0, 1), (1, 1), (0, 0))
PICTURES = 6


class Helm:
    """Steers the only picture of a tab by hand."""

    def __init__(self, on: Stage, page: Tab, name: str) -> None:
        self._on, self._page, self._name = on, page, name
        self._router = on.plane._rooms[SESSION].router
        downstreams = self._router._downstreams.values()
        self._downstream = next(one for one in downstreams if one.subscribers)
        slots = self._downstream.subscribers.values()
        self._slot = next(one for one in slots if one.spec.kind == "video")

    async def aim(self, encoding: int, temporal: int) -> None:
        rung = Rung(encoding, temporal, 0, 0)

        async def runs_there() -> bool:
            now = self._on.clock.now()
            self._downstream.next_steer = inf
            if self._slot.aim != rung:
                self._router._aim(self._slot, rung, now)
            found = self._slot.rung_now(now)
            return found is not None and found[:2] == (encoding, temporal)

        await until(runs_there, 60, f"size {encoding} up to layer {temporal}")

    async def shows(self, pictures: int) -> None:
        decoded = (await self._page.received(self._name)).get("framesDecoded", 0)

        async def has() -> bool:
            self._downstream.next_steer = inf
            found = (await self._page.received(self._name)).get("framesDecoded", 0)
            return bool(found >= decoded + pictures)

        await until(has, 60, "more pictures")


@pytest.mark.browser
async def test_M23_a_browser_decodes_on_over_every_switch() -> None:
    async with stage() as on, tab(on) as page:
        await page.publish("zhengzhou")
        await page.subscribe("kaifeng")
        helm = Helm(on, page, "kaifeng")
        await helm.shows(PICTURES)
        asked = (await page.received("kaifeng"))["pliCount"]
        for encoding, temporal in SCRIPT:
            await helm.aim(encoding, temporal)
            await helm.shows(PICTURES)
        assert (await page.received("kaifeng"))["pliCount"] == asked
