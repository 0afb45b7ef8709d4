"""A venue that flashes and beeps once a second over a bad line: the files keep its cadence, in step (R7)."""

from __future__ import annotations

import array
import asyncio
import math
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest
from aiortc import MediaStreamTrack

from hub.clock import SystemClock
from hub.live.media import MediaPlane, MediaSettings
from tests.support.netem import Impairment, is_media, relay
from tests.support.rtc import Client
from tests.support.rtp_samples import flashing
from tests.support.studio import beeps_of, flashes_of, studio

SECONDS = 10
CADENCE_S, STEP_S = 0.120, 0.100
FPS, RATE, SAMPLES = 25, 48_000, 960
BAD = Impairment(loss=0.02, delay_s=0.030, jitter_s=0.040, only=is_media)


class Metronome:
    """When both tracks began; the clock of their picture and their sound."""

    def __init__(self) -> None:
        self._began: float | None = None

    async def wait(self, after_s: float) -> None:
        loop = asyncio.get_running_loop()
        self._began = self._began or loop.time()
        await asyncio.sleep(max(0.0, self._began + after_s - loop.time()))


class Flashes(MediaStreamTrack):
    """White for the first 200 ms of every second."""

    kind = "video"

    def __init__(self, metronome: Metronome) -> None:
        super().__init__()
        self._metronome, self._count = metronome, 0

    async def recv(self) -> av.VideoFrame:
        await self._metronome.wait(self._count / FPS)
        frame = av.VideoFrame(160, 120, "yuv420p")
        light = 235 if flashing(self._count / FPS) else 16 + self._count % 40
        for plane, value in zip(frame.planes, (light, 128, 128), strict=True):
            plane.update(bytes([value]) * plane.buffer_size)
        frame.pts, frame.time_base = self._count * 90_000 // FPS, Fraction(1, 90_000)
        self._count += 1
        return frame


class Beeps(MediaStreamTrack):
    """A tone for as long."""

    kind = "audio"

    def __init__(self, metronome: Metronome) -> None:
        super().__init__()
        self._metronome, self._count = metronome, 0
        tone = [round(12_000 * math.sin(2 * math.pi * 900 * n / RATE)) for n in range(SAMPLES)]
        self._loud, self._quiet = array.array("h", tone).tobytes(), bytes(2 * SAMPLES)

    async def recv(self) -> av.AudioFrame:
        at_s = self._count * SAMPLES / RATE
        await self._metronome.wait(at_s)
        frame = av.AudioFrame(format="s16", layout="mono", samples=SAMPLES)
        frame.planes[0].update(self._loud if flashing(at_s) else self._quiet)
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        frame.pts = self._count * SAMPLES
        self._count += 1
        return frame


@pytest.mark.slow
async def test_R7_beeps_and_flashes_keep_their_cadence_over_a_bad_line(tmp_path: Path) -> None:
    clock = SystemClock()
    plane = MediaPlane(clock, MediaSettings())
    await plane.start()
    async with studio(tmp_path, clock=clock, media=plane) as made, relay(plane.port, seed=11) as line:
        await made.open()
        venue, metronome = Client(), Metronome()
        venue.send(Beeps(metronome), Flashes(metronome))
        answer = await plane.publish("s-1", "yingji", await venue.offer(), {}, owner="page")
        line.up = line.down = BAD
        await venue.accept(line.reroute(plane.port)(answer.sdp))
        await venue.connected()
        await metronome.wait(SECONDS)
        await made.end_session()
        state = await made.until_ready()
        await venue.close()
        await plane.close()
        assert line.lost >= 5
        tracks = {track.kind: track for track in state.tracks.values()}
        flashes = [tracks["video"].started_ms / 1000 + at for at in flashes_of(made.file(tracks["video"]))]
        beeps = [tracks["audio"].started_ms / 1000 + at for at in beeps_of(made.file(tracks["audio"]))]
    for beats in (flashes, beeps):
        assert len(beats) >= SECONDS - 2
        assert all(abs(later - earlier - 1.0) <= CADENCE_S for earlier, later in pairwise(beats)), beats
    together = [(flash, min(beeps, key=lambda beep: abs(beep - flash))) for flash in flashes]
    steps = [abs(flash - beep) for flash, beep in together if abs(flash - beep) < 0.5]
    assert len(steps) >= SECONDS - 2
    assert max(steps) <= STEP_S, steps
