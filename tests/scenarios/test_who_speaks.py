"""The hub hears who speaks: levels five times a second, and stretches of speech when they end."""

from __future__ import annotations

from tests.support.rtc import SESSION, CameraTrack, VoiceTrack, stage


async def test_M4_who_speaks_is_heard_and_noted() -> None:
    async with stage() as on:
        speaker = on.stranger()
        speaker.send(VoiceTrack(), CameraTrack())
        answer = await on.plane.publish(SESSION, "zhengzhou", await speaker.offer(), {}, owner="page")
        await speaker.accept(answer.sdp)
        await on.ear.until(lambda: any(one.get("zhengzhou", 127) < 30 for one in on.ear.heard))
        await on.ear.until(lambda: len(on.ear.speech) == 1)
        venue, from_ms, to_ms = on.ear.speech[0]
        assert venue == "zhengzhou"
        assert 1_000 < to_ms - from_ms < 4_000
        await on.ear.until(lambda: on.ear.heard[-1].get("zhengzhou", 127) > 60)


async def test_M4_of_many_voices_the_loudest_are_heard() -> None:
    async with stage() as on:
        viewer = await on.subscribe("kaifeng", ("audio",))
        resource = on.resource(viewer)
        await on.publish("luoyang")  # silent, and first
        await on.ear.until(lambda: on.ear.venues_in(resource, "audio") == ["luoyang"])
        speaker = on.stranger()
        speaker.send(VoiceTrack())
        answer = await on.plane.publish(SESSION, "zhengzhou", await speaker.offer(), {}, owner="page")
        await speaker.accept(answer.sdp)
        await on.ear.until(lambda: on.ear.venues_in(resource, "audio") == ["zhengzhou"])
