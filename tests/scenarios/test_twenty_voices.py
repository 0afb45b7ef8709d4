"""Twenty venues and four ears: whoever begins to speak is heard within a second, and the chair always."""

from __future__ import annotations

import asyncio
import math
from array import array
from fractions import Fraction

import av
from aiortc import MediaStreamTrack

from hub.live.orders import Orders
from tests.support.rtc import RATE, SAMPLES, SESSION, Client, Stage, stage

VENUES = [f"venue-{number:02}" for number in range(20)]
EARS = ("audio",) * 4

TONE = array("h", [round(16_000 * math.sin(2 * math.pi * 440 * n / RATE)) for n in range(SAMPLES)]).tobytes()
SILENCE = bytes(len(TONE))


class Voice(MediaStreamTrack):
    """A microphone that somebody speaks into while ``speaking`` is set."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self.speaking = False
        self._count = 0
        self._began: float | None = None

    @property
    def said_s(self) -> float:
        """How much has left it so far."""
        return self._count * SAMPLES / RATE

    async def recv(self) -> av.AudioFrame:
        loop = asyncio.get_running_loop()
        self._began = self._began or loop.time()
        await asyncio.sleep(max(0.0, self._began + self._count * SAMPLES / RATE - loop.time()))
        frame = av.AudioFrame(format="s16", layout="mono", samples=SAMPLES)
        frame.planes[0].update(TONE if self.speaking else SILENCE)
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), self._count * SAMPLES
        self._count += 1
        return frame


async def come_in(on: Stage, venue: str) -> Voice:
    client: Client = on.stranger()
    voice = Voice()
    client.send(voice)
    answer = await on.plane.publish(SESSION, venue, await client.offer(), {}, owner=f"page-{venue}")
    await client.accept(answer.sdp)
    return voice


async def test_M37_whoever_speaks_is_heard_within_a_second_and_the_chair_always() -> None:
    async with stage() as on:
        on.plane.obey(SESSION, Orders(chair=VENUES[19], present=frozenset(VENUES), heard=(VENUES[19],)))
        viewer = await on.subscribe("viewer", EARS)
        resource = on.resource(viewer)
        voices = {venue: await come_in(on, venue) for venue in VENUES}
        await on.ear.until(lambda: len(on.ear.started) == len(VENUES), 60)

        def heard() -> list[str | None]:
            return on.ear.venues_in(resource, "audio")

        assert VENUES[19] in heard()
        for venue in VENUES[4:8]:  # of four who speak in turn three are heard, and the chair
            voices[venue].speaking = True
            await on.ear.until(lambda venue=venue: venue in heard())  # type: ignore[misc]
            voices[venue].speaking = False
        assert VENUES[19] in heard()
        for venue in VENUES[8:12]:
            assert venue not in heard()
            before_s = voices[venue].said_s
            voices[venue].speaking = True
            await on.ear.until(lambda venue=venue: venue in heard())  # type: ignore[misc]
            assert voices[venue].said_s - before_s < 1.0  # its own clock: a busy machine says it later
            voices[venue].speaking = False
        assert VENUES[19] in heard()
