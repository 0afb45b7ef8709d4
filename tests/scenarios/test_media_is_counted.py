"""What passes through the hub can be read at /metrics, also of rooms that are over."""

from __future__ import annotations

from hub.metrics import REGISTRY
from tests.support.rtc import stage


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"huishang_media_{name}", labels) or 0.0


async def test_packets_in_and_out_are_counted_to_the_end_of_the_room() -> None:
    before = {way: counted("packets_total", way=way) for way in ("in", "out")}
    async with stage() as on:
        sender = await on.publish("zhengzhou")
        viewers = [await on.subscribe(f"viewer-{number}") for number in range(3)]
        for viewer in viewers:
            for _ in range(10):
                await viewer.next_frame("1")
        await on.ear.until(lambda: counted("connections_via", via="udp") == 4)
        await sender.close()
        await on.ear.until(lambda: len(on.ear.ended) == 2)
    packets = {way: counted("packets_total", way=way) - before[way] for way in ("in", "out")}
    assert packets["in"] > 10
    assert packets["out"] > 2 * packets["in"]
    assert counted("octets_total", way="out") > 1000
