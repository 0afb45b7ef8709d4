"""Who comes late does not wait for the next key frame: one is asked for, or the last one is given."""

from __future__ import annotations

from tests.support.rtc import stage


async def test_M8_a_late_viewer_gets_a_picture_at_once() -> None:
    async with stage() as on:
        await on.publish("zhengzhou")
        first = await on.subscribe("kaifeng", ("video",))
        await first.next_frame("0")
        for _ in range(30):  # aiortc makes a key frame only when asked
            await first.next_frame("0")
        late = await on.subscribe("luoyang", ("video",))
        await late.connected()
        await late.next_frame("0")
