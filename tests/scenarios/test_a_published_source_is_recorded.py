"""A stock WHIP client is recorded from its first second, and nothing but the end is lost by kill -9."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import av
import msgspec
import pytest

from signaling.bodies import Manifest, RecordingList, RecordingRow
from tests.support.hub_process import PASSWORD, HubProcess
from tests.support.rtc import FPS, Client
from tests.support.whip import Tool

LEAST_LOST_S = 2.0
PATIENCE_S = 40.0


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    with HubProcess(tmp_path / "data", HUISHANG_RECORDING_MIN_FREE_BYTES="0") as process:
        yield process


class Reviewer:
    """Asks over HTTP, as any tool would."""

    def __init__(self, http: aiohttp.ClientSession, hub: HubProcess) -> None:
        self._http = http
        self._hub = hub
        self._tool = Tool(http, hub.url)

    async def only_recording(self) -> RecordingRow:
        await self._tool.login("reviewer", PASSWORD)
        (row,) = msgspec.json.decode(await self._get("/api/recordings"), type=RecordingList).rows
        return row

    async def manifest(self, recording_id: str, *, state: str, tracks: int) -> Manifest:
        """As soon as it is in that state and has that many finished tracks."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                body = await self._get(f"/api/recordings/{recording_id}")
                manifest = msgspec.json.decode(body, type=Manifest)
                if manifest.state == state and sum(bool(track.href) for track in manifest.tracks) == tracks:
                    return manifest
                await asyncio.sleep(0.1)

    async def length_s(self, href: str) -> float:
        """Of a file as the player gets it, decoded to its last frame."""
        end_s = 0.0
        with av.open(io.BytesIO(await self._get(href)), "r") as file:
            for frame in file.decode():
                assert frame.time is not None
                end_s = max(end_s, frame.time)
        return end_s

    async def _get(self, path: str) -> bytes:
        headers = {"Authorization": f"Bearer {self._tool.token}"}
        async with self._http.get(self._hub.url + path, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.read()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def publish(
    http: aiohttp.ClientSession, hub: HubProcess, camera: Client, seconds: float
) -> tuple[Tool, str]:
    """Call a venue, let it publish, and watch it for so long."""
    officer, gongan = Tool(http, hub.url), Tool(http, hub.url)
    await officer.login("officer", PASSWORD)
    await gongan.login("gongan", PASSWORD)
    session = await officer.start_session("gongan")
    camera.send_camera_and_microphone()
    await gongan.connect(camera, f"/api/sessions/{session}/whip")
    screen = Client()
    screen.receive("video")
    await officer.connect(screen, f"/api/sessions/{session}/whep")
    for _ in range(round(seconds * FPS)):
        await screen.next_frame("0")
    await screen.close()
    return officer, session


@pytest.mark.slow
async def test_R1_every_source_is_there_from_its_first_second(
    hub: HubProcess, http: aiohttp.ClientSession
) -> None:
    camera = Client()
    officer, session = await publish(http, hub, camera, 4.0)
    assert (await officer.send("POST", f"/api/sessions/{session}/end", "{}")).status == 200
    await camera.close()
    reviewer = Reviewer(http, hub)
    row = await reviewer.only_recording()
    manifest = await reviewer.manifest(row.recording_id, state="ready", tracks=2)
    assert manifest.gaps == []
    for track in manifest.tracks:
        assert (track.venue, track.state) == ("gongan", "sealed")
        assert await reviewer.length_s(track.href) > 3.5
    first, second = manifest.tracks
    assert abs(first.started_ms - second.started_ms) < 1500


@pytest.mark.slow
async def test_R4_after_kill_9_the_files_reach_to_the_kill(
    hub: HubProcess, http: aiohttp.ClientSession
) -> None:
    camera = Client()
    _, _ = await publish(http, hub, camera, 4.0)
    killed_ms = time.time() * 1000
    hub.kill()
    await camera.close()
    hub.start()
    reviewer = Reviewer(http, hub)
    row = await reviewer.only_recording()
    manifest = await reviewer.manifest(row.recording_id, state="recording", tracks=2)
    assert {gap.reason for gap in manifest.gaps} == {"hub.crashed"}
    assert [gap.source for gap in manifest.gaps if not gap.track_id] == [""]
    singles = {gap.source: gap for gap in manifest.gaps if gap.track_id}
    assert set(singles) == {"camera", "microphone"}
    for track in manifest.tracks:
        assert track.state == "recovered"
        assert track.ended_ms is not None
        assert killed_ms - track.ended_ms <= LEAST_LOST_S * 1000
        assert singles[track.source].from_ms == track.ended_ms
        assert await reviewer.length_s(track.href) > 2.0
