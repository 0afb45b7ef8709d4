"""kill -9 at twenty random moments, one after the other on the same data: 2 s a source at most, no event."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import av
import pytest

from hub.domain.recording import Recording, Track, TrackState
from hub.domain.session import MarkerSet
from recordings.vault import is_encrypted, open_plain
from tests.support.studio import SESSION, studio
from tests.support.torn import settings_of

ROOT = Path(__file__).parents[2]
ROUNDS, SEED = 20, 6
LEAST_LOST_MS = 2000


def torn(data: Path) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "tests.support.torn", str(data), str(SEED), str(ROUNDS)]
    run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def is_over(state: Recording) -> bool:
    return all(track.state is not TrackState.WRITING for track in state.tracks.values())


def reached_ms(tracks: list[Track], source: str, first_ms: int, last_ms: int) -> int:
    """Up to when the source was kept, of what was sent between the two."""
    ends = [
        track.ended_ms or 0
        for track in tracks
        if track.source == source
        and track.state is TrackState.RECOVERED
        and first_ms - 1000 <= track.started_ms <= last_ms
    ]
    return max(ends, default=first_ms)


@pytest.mark.slow
async def test_R4_twenty_kills_lose_two_seconds_a_source_at_most_and_no_event(tmp_path: Path) -> None:
    rounds = torn(tmp_path)
    assert len(rounds) == ROUNDS
    assert all(one["killed"] for one in rounds)
    async with studio(tmp_path, recording=settings_of(encrypts=True)) as made:
        state = await made.until(is_over)
        tracks = list(state.tracks.values())
        for one in rounds:
            first_ms, last_ms = int(str(one["first_ms"])), int(str(one["last_ms"]))
            for source in ("camera", "microphone"):
                assert last_ms - reached_ms(tracks, source, first_ms, last_ms) <= LEAST_LOST_MS, one
        files = [made.file(track) for track in tracks if track.state is TrackState.RECOVERED]
        assert len(files) >= ROUNDS // 2  # most that came to speak lived long enough
        assert {is_encrypted(path) for path in files} == {True, False}
        for path in files:
            with open_plain(path, made.recordings.shelf.key) as plain, av.open(plain, "r") as file:
                assert sum(1 for _ in file.decode()) > 0
        assert {track.state for track in tracks} <= {TrackState.RECOVERED, TrackState.FAILED}
        assert all(gap.reason == "hub.crashed" and gap.to_ms for gap in state.gaps if not gap.track_id)
        kept = {
            one.event.marker_id for one in await made.log.read(SESSION) if isinstance(one.event, MarkerSet)
        }
        assert kept >= {str(event) for one in rounds for event in one["events"]}  # type: ignore[attr-defined]
        assert (await made.log.verify()).ok
        await made.end_session()
        await made.until_ready()
