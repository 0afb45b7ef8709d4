"""Lost packets are asked for and come again; a new address or an ICE restart interrupts nothing."""

from __future__ import annotations

import itertools

from tests.support.netem import Impairment, is_media, relay
from tests.support.rtc import Client, stage


async def watch(viewer: Client, mid: str, pictures: int) -> list[int]:
    return [(await viewer.next_frame(mid)).pts for _ in range(pictures)]


async def test_M10_what_is_lost_on_the_way_to_a_viewer_comes_again() -> None:
    async with stage() as on, relay(on.plane.port, seed=3) as line:
        await on.publish("zhengzhou")
        on.reroute = line.reroute(on.plane.port)
        viewer = await on.subscribe("kaifeng", ("video",))
        await watch(viewer, "0", 5)
        line.down = Impairment(loss=0.1, only=is_media)
        seen = await watch(viewer, "0", 60)
        assert line.lost > 0
        assert len(set(seen)) == 60
        steps = {round(later - sooner, -1) for sooner, later in itertools.pairwise(seen)}  # aiortc rounds
        assert steps == {90_000 // 15}, "a picture is missing"


async def test_M10_what_is_lost_on_the_way_to_the_hub_comes_again() -> None:
    async with stage() as on, relay(on.plane.port, seed=4) as line:
        on.reroute = line.reroute(on.plane.port)
        await on.publish("zhengzhou")
        on.reroute = lambda sdp: sdp
        viewer = await on.subscribe("kaifeng", ("video",))
        await watch(viewer, "0", 5)
        line.up = Impairment(loss=0.1, only=is_media)
        seen = await watch(viewer, "0", 60)
        assert line.lost > 0
        steps = {round(later - sooner, -1) for sooner, later in itertools.pairwise(seen)}  # aiortc rounds
        assert steps == {90_000 // 15}, "a picture is missing"
