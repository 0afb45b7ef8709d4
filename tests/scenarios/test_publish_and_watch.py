"""A venue is seen and heard by another: stock clients, VP8 and Opus, through the hub."""

from __future__ import annotations

import av

from tests.support.rtc import HEIGHT, WIDTH, stage


async def test_M1_a_venue_is_seen_and_heard_by_another() -> None:
    async with stage() as on:
        sender = await on.publish("zhengzhou")
        viewer = await on.subscribe("kaifeng")
        await sender.connected()
        await viewer.connected()
        await on.ear.until(lambda: len(on.ear.started) == 2)
        assert {(one.venue, one.name, one.kind, one.codec) for one in on.ear.started} == {
            ("zhengzhou", "camera", "video", "vp8"),
            ("zhengzhou", "microphone", "audio", "opus"),
        }
        pictures = [await viewer.next_frame("1") for _ in range(20)]
        assert all((one.width, one.height) == (WIDTH, HEIGHT) for one in pictures)
        assert [one.pts for one in pictures] == sorted({one.pts for one in pictures})
        sound = await viewer.next_frame("0")
        assert isinstance(sound, av.AudioFrame)


async def test_M1_nobody_sees_itself_unless_it_asks_to() -> None:
    async with stage() as on:
        await on.publish("zhengzhou")
        itself = await on.subscribe("zhengzhou")
        other = await on.subscribe("kaifeng")
        mirror = await on.subscribe("luoyang", own=True, want="zhengzhou")
        await on.ear.until(lambda: on.ear.venues_in(on.resource(other)) == ["zhengzhou"])
        await on.ear.until(lambda: on.ear.venues_in(on.resource(mirror)) == ["zhengzhou"])
        assert on.ear.venues_in(on.resource(itself)) == [None]
