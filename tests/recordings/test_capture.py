"""From packets to reviewable files, through the log."""

from __future__ import annotations

import hashlib
import os
from itertools import pairwise
from pathlib import Path

import av
import pytest

from hub.domain.recording import RecordingState, TrackState
from recordings import capture
from tests.support.rtp_samples import FPS, Line, Sent
from tests.support.studio import CAMERA, MICROPHONE, Studio, a_while, beeps_of, flashes_of, studio


async def record(made: Studio, seconds: int = 6, *, video_delay_s: float = 0.0) -> float:
    """Send some seconds that have just passed, and end both sources; when they began, in hub seconds."""
    await made.open()
    began_s = made.clock.wall_ms() / 1000 - seconds
    video, audio = a_while(made.clock.now() - seconds, seconds, video_delay_s=video_delay_s)
    made.wire.begin(CAMERA)
    made.wire.begin(MICROPHONE)
    made.wire.send(CAMERA, video)
    made.wire.send(MICROPHONE, audio)
    made.wire.end(CAMERA)
    made.wire.end(MICROPHONE)
    return began_s


async def test_R5_ready_means_whole_files_with_their_digests(tmp_path: Path) -> None:
    async with studio(tmp_path) as made:
        await record(made)
        await made.end_session()
        state = await made.until_ready()
        assert sorted(track.source for track in state.tracks.values()) == ["camera", "microphone"]
        for track in state.tracks.values():
            content = made.file(track).read_bytes()
            assert track.state is TrackState.SEALED
            assert made.file(track).stat().st_mode & 0o777 & ~0o640 == 0  # nobody else's to read
            assert (track.size_bytes, track.digest) == (len(content), hashlib.sha256(content).hexdigest())
            assert track.venue_name == "省应急管理厅指挥中心"
            assert track.ended_ms is not None
            assert 5800 <= track.ended_ms - track.started_ms <= 6100
        assert {path.suffix for path in (tmp_path / "recordings/r-1").iterdir()} == {".webm", ".json"}


async def test_R7_picture_and_sound_are_in_step_on_the_hubs_clock(tmp_path: Path) -> None:
    async with studio(tmp_path) as made:
        began_s = await record(made, video_delay_s=0.060)
        await made.end_session()
        tracks = {track.kind: track for track in (await made.until_ready()).tracks.values()}
        flashes = [tracks["video"].started_ms / 1000 + at for at in flashes_of(made.file(tracks["video"]))]
        beeps = [tracks["audio"].started_ms / 1000 + at for at in beeps_of(made.file(tracks["audio"]))]
        assert len(flashes) == len(beeps) == 6
        assert all(abs(flash - beep) <= 0.120 for flash, beep in zip(flashes, beeps, strict=True))
        assert all(abs(later - earlier - 1.0) <= 0.120 for earlier, later in pairwise(flashes))
        assert abs(flashes[3] - (began_s + 3)) <= 0.120


async def test_R2_the_files_decode_to_the_last_frame_and_seek_from_the_start(tmp_path: Path) -> None:
    async with studio(tmp_path) as made:
        await record(made)
        await made.end_session()
        tracks = {track.kind: track for track in (await made.until_ready()).tracks.values()}
        with av.open(str(made.file(tracks["video"]))) as file:
            assert file.duration is not None
            assert 5.9 <= file.duration / 1_000_000 <= 6.1
            assert sum(1 for _ in file.decode(video=0)) == 6 * FPS
        content = made.file(tracks["video"]).read_bytes()
        cues, first_cluster = content.find(b"\x1c\x53\xbb\x6b"), content.find(b"\x1f\x43\xb6\x75")
        assert 0 < cues < first_cluster


async def test_R3_a_source_that_comes_back_is_a_new_track(tmp_path: Path) -> None:
    async with studio(tmp_path) as made:
        await record(made, 2)
        await made.until(lambda state: len(state.tracks) == 2)
        video, _ = a_while(made.clock.now() - 2, 2)
        made.wire.begin(CAMERA)
        made.wire.send(CAMERA, video)
        await made.end_session()
        state = await made.until_ready()
        assert len(state.tracks) == 3


async def test_a_key_frame_is_asked_for_at_the_start_and_after_a_loss(tmp_path: Path) -> None:
    async with studio(tmp_path) as made:
        await made.open()
        made.wire.begin(CAMERA)
        assert made.wire.keyframes_asked == [CAMERA.source_id]
        video, _ = a_while(made.clock.now() - 4, 4)
        lossy = Line(seed=8, loss=0.05).carry(item for item in video if isinstance(item, Sent))
        made.wire.send(CAMERA, lossy)
        await made.until(lambda state: bool(state.tracks))
        made.wire.end(CAMERA)
        await made.end_session()
        state = await made.until_ready()
        (track,) = state.tracks.values()
        with av.open(str(made.file(track))) as file:
            frames = list(file.decode(video=0))
        assert 0 < len(frames) < 4 * FPS


async def test_a_source_that_goes_on_is_let_go_when_the_recording_stops(tmp_path: Path) -> None:
    async with studio(tmp_path) as made:
        await made.open()
        video, _ = a_while(made.clock.now() - 2, 2)
        made.wire.begin(CAMERA)
        assert made.wire.recorded() == [CAMERA.source_id]
        made.wire.send(CAMERA, video)
        await made.end_session()
        await made.until_ready()
        assert made.wire.recorded() == []


async def test_a_source_without_a_frame_leaves_no_track(tmp_path: Path) -> None:
    async with studio(tmp_path) as made:
        await made.open()
        made.wire.begin(CAMERA)
        made.wire.end(CAMERA)
        await made.end_session()
        state = await made.until_ready()
        assert state.tracks == {}
        assert os.listdir(tmp_path / "recordings/r-1") == ["manifest.json"]


async def test_R3_a_stopping_hub_closes_its_files_and_leaves_a_gap_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture, "GOODBYE_S", 30.0)  # what is not sealed by then, the next start seals
    async with studio(tmp_path) as made:
        await record(made, 2)
    async with studio(tmp_path) as made:
        state = await made.until(lambda state: state.state is RecordingState.RECORDING)
        (gap,) = state.gaps
        assert gap.reason == "hub.stopped"
        assert gap.to_ms is not None
        assert gap.to_ms >= gap.from_ms
        assert {track.state for track in state.tracks.values()} == {TrackState.SEALED}
        video, _ = a_while(made.clock.now() - 2, 2)
        made.wire.begin(CAMERA)
        made.wire.send(CAMERA, video)
        await made.end_session()
        assert len((await made.until_ready()).tracks) == 3
