"""A venue that sends H.264 (a hardware encoder) and one that sends VP8: one session, live and recorded."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
from aiortc import RTCRtpSender

from tests.scenarios.test_a_published_source_is_recorded import Reviewer
from tests.support.hub_process import PASSWORD, HubProcess
from tests.support.rtc import FPS, SESSION, CameraTrack, Client, VoiceTrack, stage
from tests.support.whip import Tool


def send_h264(client: Client) -> None:
    """As a program with a hardware encoder does: H.264 and Opus, nothing else for the picture."""
    client.send(VoiceTrack(60.0), CameraTrack())
    codecs = RTCRtpSender.getCapabilities("video").codecs
    h264 = [one for one in codecs if one.mimeType == "video/H264"]
    video = next(one for one in client.pc.getTransceivers() if one.kind == "video")
    video.setCodecPreferences(h264)


async def test_M33_both_are_seen_side_by_side() -> None:
    async with stage() as on:
        viewer = await on.subscribe("kaifeng", ("video", "video"))
        encoder = on.stranger()
        send_h264(encoder)
        answer = await on.plane.publish(SESSION, "zhengzhou", await encoder.offer(), {}, owner="encoder")
        await encoder.accept(answer.sdp)
        await on.ear.until(lambda: "zhengzhou" in on.ear.venues_in(on.resource(viewer)))
        await on.publish("luoyang")
        await on.ear.until(lambda: None not in on.ear.venues_in(on.resource(viewer)))
        codecs = {one.venue: one.codec for one in on.ear.started if one.kind == "video"}
        assert codecs == {"zhengzhou": "h264", "luoyang": "vp8"}
        for mid in ("0", "1"):
            pictures = [await viewer.next_frame(mid) for _ in range(10)]
            assert [one.pts for one in pictures] == sorted({one.pts for one in pictures})


async def test_M33_one_slot_shows_the_one_and_then_the_other() -> None:
    async with stage() as on:
        viewer = await on.subscribe("kaifeng", ("video",))
        encoder = on.stranger()
        send_h264(encoder)
        answer = await on.plane.publish(SESSION, "zhengzhou", await encoder.offer(), {}, owner="encoder")
        await encoder.accept(answer.sdp)
        await on.ear.until(lambda: on.ear.venues_in(on.resource(viewer)) == ["zhengzhou"])
        await viewer.next_frame("0")
        await on.publish("luoyang")
        await on.plane.close_resource(answer.resource)
        await on.ear.until(lambda: on.ear.venues_in(on.resource(viewer)) == ["luoyang"])
        for _ in range(10):
            await viewer.next_frame("0")


# --- recorded --------------------------------------------------------------------------------------


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    with HubProcess(tmp_path / "data", HUISHANG_RECORDING_MIN_FREE_BYTES="0") as process:
        yield process


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def publish(http: aiohttp.ClientSession, hub: HubProcess, camera: Client) -> tuple[Tool, str]:
    """Call a venue, let it publish by WHIP, and watch four seconds of it by WHEP."""
    officer, gongan = Tool(http, hub.url), Tool(http, hub.url)
    await officer.login("officer", PASSWORD)
    await gongan.login("gongan", PASSWORD)
    session = await officer.start_session("gongan")
    send_h264(camera)
    await gongan.connect(camera, f"/api/sessions/{session}/whip")
    screen = Client()
    screen.receive("video")
    await officer.connect(screen, f"/api/sessions/{session}/whep")
    for _ in range(4 * FPS):
        await screen.next_frame("0")
    await screen.close()
    return officer, session


@pytest.mark.slow
@pytest.mark.parametrize("killed", [False, True], ids=["ended", "killed"])
async def test_R4_h264_is_recorded_as_it_came_and_read_after_kill_9(
    hub: HubProcess, http: aiohttp.ClientSession, killed: bool
) -> None:
    camera = Client()
    officer, session = await publish(http, hub, camera)
    if killed:
        hub.kill()
        hub.start()
    else:
        assert (await officer.send("POST", f"/api/sessions/{session}/end", "{}")).status == 200
    await camera.close()
    reviewer = Reviewer(http, hub)
    row = await reviewer.only_recording()
    state = "recording" if killed else "ready"
    manifest = await reviewer.manifest(row.recording_id, state=state, tracks=2)
    kinds = {track.codec: track.media_type for track in manifest.tracks}
    assert kinds == {"h264": "video/mp4", "opus": "audio/webm"}
    for track in manifest.tracks:
        assert track.state == ("recovered" if killed else "sealed")
        assert await reviewer.length_s(track.href) > 2.0
    first, second = manifest.tracks
    assert abs(first.started_ms - second.started_ms) < 1500
