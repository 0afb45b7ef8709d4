"""A page says what it looks at; what nobody looks at costs nobody a packet."""

from __future__ import annotations

from typing import Any

import pytest

from hub.errors import Refusal
from hub.live.orders import Orders
from signaling.media_vocabulary import SlotView
from tests.support.rtc import SESSION, CameraTrack, Client, Ledger, Stage, VoiceTrack, stage


def packets_of(client: Client, mid: str) -> int:
    """How many RTP packets have reached that m-line's receiver."""
    receiver = next(one.receiver for one in client.pc.getTransceivers() if one.mid == mid)
    streams: dict[int, Any] = receiver._RTCRtpReceiver__remote_streams  # type: ignore[attr-defined]
    return sum(stream.packets_received for stream in streams.values())


async def three_venues(on: Stage) -> None:
    for count, venue in enumerate(("zhengzhou", "luoyang", "anyang"), start=1):
        await on.publish(venue)
        await on.ear.until(lambda count=count: len(on.ear.started) == 2 * count)  # type: ignore[misc]


async def test_M36_a_slot_shows_the_venue_that_the_page_names() -> None:
    async with stage() as on:
        viewer = await on.subscribe("kaifeng", ("audio", "video", "video"))
        resource = on.resource(viewer)
        await three_venues(on)
        assert on.ear.venues_in(resource) == ["zhengzhou", "luoyang"]
        named = [SlotView(mid="1", venue="anyang", width=1280), SlotView(mid="2", width=320)]
        await on.plane.view(resource, named)
        assert on.ear.venues_in(resource) == ["anyang", "luoyang"]
        await viewer.next_frame("1")
        away = [
            SlotView(mid="1", venue="xinyang", width=640),
            SlotView(mid="2", venue="zhengzhou", width=640),
        ]
        await on.plane.view(resource, away)
        assert on.ear.venues_in(resource) == [None, "zhengzhou"]
        await viewer.next_frame("2")


async def test_M36_a_viewer_that_does_not_look_gets_no_packets() -> None:
    async with stage() as on:
        viewer = await on.subscribe("kaifeng", ("video", "video"))
        resource = on.resource(viewer)
        await on.publish("zhengzhou")
        await on.publish("luoyang")
        await viewer.next_frame("0")
        await viewer.next_frame("1")
        await on.plane.view(resource, [SlotView(mid="0", venue="zhengzhou", width=640)])
        await viewer.watch("0", 0.3)  # what was on its way has come by then
        seen, unseen = packets_of(viewer, "0"), packets_of(viewer, "1")
        await viewer.watch("0", 1.0)
        assert packets_of(viewer, "0") > seen
        assert packets_of(viewer, "1") == unseen
        await on.plane.view(resource, [SlotView(mid="1", venue="luoyang", width=640)])
        await _more_than(viewer, "1", unseen)


async def _more_than(viewer: Client, mid: str, packets: int) -> None:
    while packets_of(viewer, mid) <= packets:
        await viewer.next_frame(mid)


async def test_M36_a_view_of_what_is_no_slot_changes_nothing() -> None:
    async with stage() as on:
        viewer = await on.subscribe("kaifeng", ("audio", "video"))
        await on.publish("zhengzhou")
        await viewer.next_frame("1")
        for slots in (
            [SlotView(mid="9")],
            [SlotView(mid="0")],  # sound
            [SlotView(mid="1", venue="luoyang"), SlotView(mid="1")],
        ):
            with pytest.raises(Refusal, match="bad_request"):
                await on.plane.view(on.resource(viewer), slots)
        assert on.ear.venues_in(on.resource(viewer)) == ["zhengzhou"]


async def test_P5_a_view_of_somebody_elses_slots_is_refused() -> None:
    async with stage() as on:
        viewer = await on.subscribe("kaifeng", ("video",))
        with pytest.raises(Refusal, match=r"media\.unknown_resource"):
            await on.plane.view(on.resource(viewer), [SlotView(mid="0")], owner="page-luoyang")


async def test_S12_only_the_presenters_content_is_shown_and_in_its_own_slot() -> None:
    async with stage() as on:
        viewer = on.stranger()
        viewer.receive("video", "video")
        answer = await on.plane.subscribe(
            SESSION,
            "kaifeng",
            await viewer.offer(),
            owner="page-kaifeng",
            own=False,
            content="1",
            on_slots=on.ear.on_slots,
        )
        await viewer.accept(answer.sdp)
        for venue in ("zhengzhou", "luoyang"):
            sender = on.stranger()
            sender.send(CameraTrack())
            offer = await sender.offer()
            published = await on.plane.publish(SESSION, venue, offer, {"0": "content"}, owner=f"page-{venue}")
            await sender.accept(published.sdp)
        await on.ear.until(lambda: len(on.ear.started) == 2)
        assert on.ear.venues_in(answer.resource) == [None, None]
        on.plane.obey(SESSION, Orders(presenter="luoyang"))
        assert on.ear.venues_in(answer.resource) == [None, "luoyang"]
        await viewer.next_frame("1")
        on.plane.obey(SESSION, Orders(presenter="zhengzhou"))
        assert on.ear.venues_in(answer.resource) == [None, "zhengzhou"]
        on.plane.obey(SESSION, Orders())
        assert on.ear.venues_in(answer.resource) == [None, None]


async def test_S12_content_of_a_venue_that_does_not_present_is_not_recorded() -> None:
    async with stage() as on:
        sender = on.stranger()
        sender.send(VoiceTrack(seconds=600), CameraTrack())
        offer = await sender.offer()
        published = await on.plane.publish(SESSION, "luoyang", offer, {"1": "content"}, owner="page-luoyang")
        await sender.accept(published.sdp)
        await on.ear.until(lambda: len(on.ear.started) == 2)
        content = next(one for one in on.plane.sources(SESSION) if one.name == "content")
        ledger = Ledger()
        on.plane.attach(content.source_id, ledger)
        await on.ear.until(lambda: len(on.ear.heard) > 10)  # two seconds
        assert ledger.packets == 0
        on.plane.obey(SESSION, Orders(presenter="luoyang"))
        await on.ear.until(lambda: ledger.packets > 0)
        on.plane.obey(SESSION, Orders(presenter="zhengzhou"))
        recorded, heard = ledger.packets, len(on.ear.heard)
        await on.ear.until(lambda: len(on.ear.heard) > heard + 5)
        assert ledger.packets == recorded
