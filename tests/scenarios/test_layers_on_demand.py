"""A publisher sends what somebody looks at: the rest is switched off after a while, and on again at once."""

from __future__ import annotations

import pytest

from tests.support.rtc import stage
from tests.support.tab import tab, until

PATIENCE_S = 60.0


@pytest.mark.browser
async def test_M39_encodings_nobody_looks_at_are_switched_off_and_on_again() -> None:
    async with stage() as on, tab(on) as chromium:
        await chromium.publish("zhengzhou", obeys=True)
        resource = chromium.answers["zhengzhou"].resource

        async def sends(*rids: str) -> bool:
            before = {rid: one["packetsSent"] for rid, one in (await chromium.sent("zhengzhou")).items()}
            await on.ear.until(lambda: bool(on.ear.lines_told))
            on.ear.lines_told.clear()
            await on.ear.until(lambda: bool(on.ear.lines_told))  # two seconds
            after = {rid: one["packetsSent"] for rid, one in (await chromium.sent("zhengzhou")).items()}
            return {rid for rid in after if after[rid] > before.get(rid, 0)} == set(rids)

        await on.ear.until(lambda: on.ear.layers.get(resource) == {"1": ["q"]}, PATIENCE_S)
        await until(lambda: sends("q"), PATIENCE_S, "only the smallest is sent")
        await chromium.subscribe("kaifeng", ("audio", "video"))
        await chromium.view("kaifeng", 1280)
        await on.ear.until(lambda: "f" in on.ear.layers[resource]["1"])

        async def wide() -> bool:
            return bool((await chromium.received("kaifeng")).get("frameWidth") == 1280)

        await until(wide, PATIENCE_S, "the largest is seen")
        await chromium.view("kaifeng", 0)
        await on.ear.until(lambda: on.ear.layers[resource] == {"1": ["q"]}, PATIENCE_S)
