"""The hub hears who speaks: levels five times a second, and stretches of speech when they end."""

from __future__ import annotations

import array
import asyncio
import math
from fractions import Fraction

import av
from aiortc import MediaStreamTrack

from tests.support.rtc import SESSION, CameraTrack, stage

RATE, SAMPLES = 48_000, 960
SPEAKS_S = 2.0


class SpeakerTrack(MediaStreamTrack):
    """Two seconds of a loud tone, then silence."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._began: float | None = None

    async def recv(self) -> av.AudioFrame:
        loop = asyncio.get_running_loop()
        self._began = self._began or loop.time()
        await asyncio.sleep(max(0.0, self._began + self._count * SAMPLES / RATE - loop.time()))
        loud = self._count * SAMPLES < SPEAKS_S * RATE
        height = 16_000 if loud else 0
        tone = [round(height * math.sin(2 * math.pi * 440 * n / RATE)) for n in range(SAMPLES)]
        frame = av.AudioFrame(format="s16", layout="mono", samples=SAMPLES)
        frame.planes[0].update(array.array("h", tone).tobytes())
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        frame.pts = self._count * SAMPLES
        self._count += 1
        return frame


async def test_M4_who_speaks_is_heard_and_noted() -> None:
    async with stage() as on:
        speaker = on.stranger()
        speaker.send(SpeakerTrack(), CameraTrack())
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
        speaker.send(SpeakerTrack())
        answer = await on.plane.publish(SESSION, "zhengzhou", await speaker.offer(), {}, owner="page")
        await speaker.accept(answer.sdp)
        await on.ear.until(lambda: on.ear.venues_in(resource, "audio") == ["zhengzhou"])
