"""Slots follow who comes and goes, without a new offer; a page has one connection of each kind."""

from __future__ import annotations

from hub.live.orders import Orders
from tests.support.rtc import SESSION, CameraTrack, stage


async def test_M3_slots_follow_who_comes_and_goes() -> None:
    async with stage() as on:
        viewer = await on.subscribe("kaifeng", ("audio", "video", "video"))
        resource = on.resource(viewer)
        first = await on.publish("zhengzhou")
        await on.ear.until(lambda: on.ear.venues_in(resource) == ["zhengzhou", None])
        second = await on.publish("luoyang")
        await on.ear.until(lambda: on.ear.venues_in(resource) == ["zhengzhou", "luoyang"])
        await on.plane.close_resource(on.resource(first))
        assert on.ear.venues_in(resource) == [None, "luoyang"]
        assert {one.venue for one in on.ear.ended} == {"zhengzhou"}
        await on.publish("anyang")
        await on.ear.until(lambda: on.ear.venues_in(resource) == ["anyang", "luoyang"])
        await viewer.next_frame("1")
        await viewer.next_frame("2")
        await second.close()
        await on.ear.until(lambda: on.ear.venues_in(resource) == ["anyang", None])


async def test_J5_a_page_that_publishes_again_takes_its_own_place() -> None:
    async with stage() as on:
        old = await on.publish("zhengzhou")
        await on.ear.until(lambda: len(on.ear.started) == 2)
        new = await on.publish("zhengzhou")
        assert (on.resource(old), False, "displaced") in on.ear.changes
        await new.connected()
        assert on.plane.connections == 1


async def test_M9_two_clients_of_one_account_send_side_by_side() -> None:
    async with stage() as on:
        await on.publish("office", owner="officer", displace=False)
        await on.publish("office", owner="officer", displace=False)
        await on.ear.until(lambda: len(on.ear.started) == 4)
        assert len({one.source_id for one in on.plane.sources("s-test")}) == 4


async def test_M3_more_slots_come_by_an_offer_on_the_same_connection() -> None:
    async with stage() as on:
        viewer = await on.subscribe("kaifeng", ("video",))
        resource = on.resource(viewer)
        await on.publish("zhengzhou")
        await on.ear.until(lambda: on.ear.venues_in(resource) == ["zhengzhou"])
        await viewer.next_frame("0")
        viewer.receive("video")
        answer = await on.plane.restart(resource, await viewer.offer())
        assert viewer.answer is not None
        assert (answer.resource, answer.etag) == (resource, viewer.answer.etag)
        await viewer.accept(answer.sdp)
        await on.publish("luoyang")
        await on.ear.until(lambda: on.ear.venues_in(resource) == ["zhengzhou", "luoyang"])
        await viewer.next_frame("1")
        await viewer.next_frame("0")


async def test_M3_a_sender_adds_content_to_its_connection() -> None:
    async with stage() as on:
        on.plane.obey(SESSION, Orders(presenter="zhengzhou"))
        viewer = await on.subscribe("kaifeng", ("video", "video"))
        sender = await on.publish("zhengzhou")
        await viewer.next_frame("0")
        await on.ear.until(lambda: len(on.ear.started) == 2)
        sender.send(CameraTrack())
        answer = await on.plane.restart(on.resource(sender), await sender.offer())
        await sender.accept(answer.sdp)
        await on.ear.until(lambda: len(on.ear.started) == 3)
        assert on.ear.started[-1].name == "content"
        await viewer.next_frame("1")
