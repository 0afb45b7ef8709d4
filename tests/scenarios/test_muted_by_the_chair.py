"""A venue whose microphone the chair has closed may send what it likes: nobody gets it."""

from __future__ import annotations

from hub.live.orders import Orders
from tests.support.rtc import SESSION, CameraTrack, Client, Ledger, Stage, VoiceTrack, stage

MUTED = Orders(muted=frozenset({"zhengzhou"}))


async def talking(on: Stage) -> Client:
    speaker = on.stranger()
    speaker.send(VoiceTrack(seconds=600), CameraTrack())
    answer = await on.plane.publish(SESSION, "zhengzhou", await speaker.offer(), {}, owner="page-zhengzhou")
    await speaker.accept(answer.sdp)
    return speaker


def loud(on: Stage) -> bool:
    return bool(on.ear.heard) and on.ear.heard[-1].get("zhengzhou", 127) < 50


async def test_S14_a_muted_venue_that_keeps_sending_is_heard_by_nobody_and_not_recorded() -> None:
    async with stage() as on:
        viewer = await on.subscribe("kaifeng", ("audio", "video"))
        await talking(on)
        await viewer.next_frame("0")
        await on.ear.until(lambda: loud(on))
        sound = next(one for one in on.plane.sources(SESSION) if one.kind == "audio")
        ledger = Ledger()
        on.plane.attach(sound.source_id, ledger)
        while not ledger.packets:
            await viewer.next_frame("1")

        on.plane.obey(SESSION, MUTED)
        recorded, levels = ledger.packets, len(on.ear.heard)
        await viewer.watch("1", 2)  # the pictures go on
        assert ledger.packets == recorded
        assert all("zhengzhou" not in heard for heard in on.ear.heard[levels + 1 :])

        on.plane.obey(SESSION, Orders())
        await on.ear.until(lambda: loud(on))
        while ledger.packets == recorded:
            await viewer.next_frame("1")


async def test_S14_a_venue_muted_before_it_came_is_muted_when_it_comes() -> None:
    async with stage() as on:
        on.plane.obey(SESSION, MUTED)
        viewer = await on.subscribe("kaifeng", ("audio", "video"))
        await talking(on)
        await viewer.watch("1", 1)
        assert not loud(on)
        assert on.ear.speech == []
