"""A guest gets the sound of everybody, and the one picture that the hub chooses, whatever it asks for."""

from __future__ import annotations

from hub.domain.picture import MainPicture, Why
from hub.live.orders import Orders
from signaling.media_vocabulary import SlotView
from tests.scenarios.test_steered_slots import packets_of
from tests.support.rtc import SESSION, Client, Stage, stage


def shows(venue: str) -> Orders:
    main = MainPicture(venue, Why.BROADCAST, forced=True)
    return Orders(present=frozenset({"guest-1", "zhengzhou", "luoyang"}), guests={"guest-1": main})


async def guest(on: Stage) -> tuple[Client, str]:
    client = on.stranger()
    client.receive("audio", "audio", "video", "video", "video")
    answer = await on.plane.subscribe(
        SESSION,
        "guest-1",
        await client.offer(),
        owner="guest-1/p",
        own=False,
        on_slots=on.ear.on_slots,
        guided=True,
    )
    await client.accept(answer.sdp)
    return client, answer.resource


async def test_U5_a_patched_guest_gets_no_picture_but_its_own_one() -> None:
    async with stage() as on:
        on.plane.obey(SESSION, shows("zhengzhou"))
        client, resource = await guest(on)
        for venue in ("zhengzhou", "luoyang"):
            await on.publish(venue)
        await on.ear.until(lambda: len(on.ear.started) == 4)
        await client.next_frame("0")
        await client.next_frame("1")
        await client.next_frame("2")
        assert on.ear.venues_in(resource) == ["zhengzhou", None, None]
        greedy = [SlotView(mid=mid, venue="luoyang", width=1920) for mid in ("2", "3", "4")]
        await on.plane.view(resource, greedy)
        for _ in range(15):
            await client.next_frame("2")
        assert on.ear.venues_in(resource) == ["zhengzhou", None, None]
        assert packets_of(client, "3") == packets_of(client, "4") == 0

        on.plane.obey(SESSION, shows("luoyang"))
        assert on.ear.venues_in(resource) == ["luoyang", None, None]
        await client.next_frame("2")
