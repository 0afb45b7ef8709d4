"""kill -9 while recording: the next start recovers every file, says so, and goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import av
import pytest

from hub.config import Settings
from hub.domain.recording import Recording, RecordingState, TrackRecovered, TrackState
from recordings.service import recover_offline
from tests.support.studio import CAMERA, RECORDING, Studio, a_while, studio

ROOT = Path(__file__).parents[2]
LEAST_LOST_MS = 2000


def killed_while_capturing(data: Path, seconds: float) -> int:
    """So long after both files were begun; up to when everything had been sent then, in hub milliseconds."""
    command = [sys.executable, "-m", "tests.support.capturing", str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        begun_ms = None
        for line in process.stdout:
            if begun_ms is None and len(list(data.glob("recordings/*/*.part"))) == 2:
                begun_ms = int(line)
            if begun_ms is not None and int(line) >= begun_ms + seconds * 1000:
                break
        process.kill()
        rest = [line, *process.stdout.read().splitlines()]
    return int(rest[-1])


def all_finished(state: Recording) -> bool:
    return all(track.state is not TrackState.WRITING for track in state.tracks.values())


def check_tracks(made: Studio, tracks: list[Path], lost_ms: list[int]) -> None:
    assert len(tracks) == 2
    for path in tracks:
        with av.open(str(path)) as file:
            assert file.duration is not None
            assert sum(1 for _ in file.decode()) > 20
    assert all(lost <= LEAST_LOST_MS for lost in lost_ms), lost_ms


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [1.0, 2.35])
async def test_R4_every_file_is_recovered_and_the_recording_goes_on(tmp_path: Path, seconds: float) -> None:
    killed_ms = killed_while_capturing(tmp_path, seconds)
    async with studio(tmp_path) as made:
        assert (await made.state()).state is RecordingState.RECORDING
        state = await made.until(all_finished)
        assert {track.state for track in state.tracks.values()} == {TrackState.RECOVERED}
        ends = [track.ended_ms or 0 for track in state.tracks.values()]
        check_tracks(
            made, [made.file(track) for track in state.tracks.values()], [killed_ms - end for end in ends]
        )
        (gap,) = state.gaps
        assert gap.reason == "hub.crashed"
        assert 0 <= gap.from_ms - max(ends) < 1000
        assert gap.to_ms is not None
        events = await made.log.read(RECORDING)
        assert sum(isinstance(recorded.event, TrackRecovered) for recorded in events) == 2
        assert (await made.log.verify()).ok

        video, _ = a_while(made.clock.now() - 2, 2)
        made.wire.begin(CAMERA)
        made.wire.send(CAMERA, video)
        await made.end_session()
        assert len((await made.until_ready()).tracks) == 3


@pytest.mark.slow
async def test_R4_recovering_by_hand_leaves_the_rest_to_the_next_start(tmp_path: Path) -> None:
    killed_while_capturing(tmp_path, 0.8)
    made = Studio(tmp_path)
    settings = Settings(data=str(tmp_path))
    try:
        (outcome,) = await recover_offline(made.log, made.clock, settings)
        assert (outcome.recovered, outcome.failed) == (2, 0)
        once = await made.log.read(RECORDING)
        await recover_offline(made.log, made.clock, settings)
        assert await made.log.read(RECORDING) == once, "a second recovery changes nothing"
        assert (await made.state()).state is RecordingState.INTERRUPTED
    finally:
        await made.log.close()
    async with studio(tmp_path) as again:
        assert (await again.state()).state is RecordingState.RECORDING
        await again.end_session()
        assert len((await again.until_ready()).gaps) == 1
