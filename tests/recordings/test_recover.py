"""Half-written, damaged, unknown and orphaned files at start-up."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import av
import pytest
from msgspec.structs import replace

from hub.domain.event import HUB
from hub.domain.recording import OpenTrack, Recording, Track, TrackState
from recordings.assemble import Assembler
from recordings.places import Places
from recordings.remux import Unreadable, make
from recordings.room import Room
from tests.recordings.test_full_disk import Bench
from tests.recordings.test_h264 import TRACK
from tests.support.studio import RECORDING, Studio, studio


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``t-video.part`` and ``t-audio.part`` as a crash leaves them: open, 3.9 s long."""
    folder = tmp_path_factory.mktemp("written")
    Bench(folder).run(3.9)
    return folder


@pytest.fixture
async def assembler() -> AsyncIterator[Assembler]:
    made = Assembler(Room(lambda: 1 << 40, min_free_bytes=0))
    yield made
    await made.close()


async def crashed(data: Path, parts: Path, *, opened: tuple[str, ...]) -> None:
    """A data directory with a running session, and files of which the log knows only ``opened``."""
    made = Studio(data)
    await made.open()
    folder = Places(data).folder("r-1")
    for kind in ("video", "audio"):
        shutil.copy(parts / f"t-{kind}.part", folder)
        if kind in opened:
            codec = {"video": "vp8", "audio": "opus"}[kind]
            track = Track(
                track_id=f"t-{kind}",
                venue="yingji",
                venue_name="应急",
                source=kind,
                kind=kind,
                codec=codec,
                started_ms=made.clock.wall_ms(),
            )
            await made.streams.execute(RECORDING, OpenTrack(track=track), HUB)
    await made.streams.close()
    await made.log.close()


def finished(state: Recording, tracks: int) -> bool:
    ended = [track for track in state.tracks.values() if track.state is not TrackState.WRITING]
    return len(ended) == tracks


def test_R4_a_copy_taken_in_the_middle_is_readable(written: Path, tmp_path: Path) -> None:
    for name in ("t-video.part", "t-audio.part"):
        content = (written / name).read_bytes()
        for share in (0.4, 0.7, 0.93):
            cut = tmp_path / name
            cut.write_bytes(content[: int(len(content) * share)])
            made = make(cut, tmp_path / "whole.webm")
            assert made.end_ms > 3900 * share - 1500
            with av.open(str(tmp_path / "whole.webm")) as file:
                assert sum(1 for _ in file.decode()) == made.frames


async def test_R4_a_file_that_the_log_does_not_know_yet_is_adopted(written: Path, tmp_path: Path) -> None:
    await crashed(tmp_path, written, opened=("video",))
    async with studio(tmp_path) as made:
        state = await made.until(lambda state: finished(state, 2))
        assert {key: track.state for key, track in state.tracks.items()} == {
            "t-video": TrackState.RECOVERED,
            "t-audio": TrackState.RECOVERED,
        }
        assert state.tracks["t-audio"].venue_name == "省应急管理厅指挥中心"
        await made.end_session()
        await made.until_ready()
        (told,) = made.recordings.desk.state.recovered  # and officers hear of it
        assert (told.title, told.recovered, told.failed) == ("强降雨防汛会商", 2, 0)


async def test_R11_an_unreadable_file_is_kept_and_said_to_be_lost(written: Path, tmp_path: Path) -> None:
    await crashed(tmp_path, written, opened=("video", "audio"))
    part = tmp_path / "recordings/r-1/t-video.part"
    part.write_bytes(b"\x00" * 5000)
    stray = tmp_path / "recordings/r-1/t-stray.part"
    stray.write_bytes(b"what is this")
    async with studio(tmp_path) as made:
        state = await made.until(lambda state: finished(state, 2))
        assert state.tracks["t-video"].state is TrackState.FAILED
        assert state.tracks["t-audio"].state is TrackState.RECOVERED
        assert [gap.reason for gap in state.gaps if gap.track_id] == ["recording.unreadable"]
        assert part.read_bytes() == b"\x00" * 5000
        assert stray.exists()
        await made.end_session()
        await made.until_ready()


async def test_R4_a_session_that_ended_in_the_crash_is_finished(written: Path, tmp_path: Path) -> None:
    await crashed(tmp_path, written, opened=("video", "audio"))
    made = Studio(tmp_path)
    await made.end_session()
    await made.streams.close()
    await made.log.close()
    async with studio(tmp_path) as again:
        state = await again.until_ready()
        assert {track.state for track in state.tracks.values()} == {TrackState.RECOVERED}


async def test_R11_a_crash_between_renaming_and_log_is_finished(
    written: Path, tmp_path: Path, assembler: Assembler
) -> None:
    part, final = tmp_path / "t-video.part", tmp_path / "t-video.webm"
    shutil.copy(written / "t-video.part", part)
    first = await assembler.finish(part, final)
    assert not part.exists()
    again = await assembler.finish(part, final)
    assert (again.frames, again.digest) == (first.frames, first.digest)
    shutil.copy(written / "t-video.part", part)
    again = await assembler.finish(part, final)
    assert again.frames == first.frames
    assert os.listdir(tmp_path) == ["t-video.webm"]


@pytest.mark.slow
async def test_R11_flipped_bytes_lose_frames_but_never_the_file(
    written: Path, tmp_path: Path, assembler: Assembler
) -> None:
    chance = random.Random(20260720)
    for number in range(12):
        name = ("t-video", "t-audio")[number % 2]
        content = bytearray((written / f"{name}.part").read_bytes())
        for _ in range(chance.choice((1, 10, 200))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        part, final = tmp_path / f"{number}.part", tmp_path / f"{number}.webm"
        part.write_bytes(content)
        try:
            made = await assembler.finish(part, final)
        except Unreadable:
            assert part.read_bytes() == content
            assert not final.exists()
        else:
            assert final.stat().st_size == made.size_bytes
    assert not [name for name in os.listdir(tmp_path) if name.endswith(".tmp")]


def test_a_path_is_made_of_ids_only(tmp_path: Path) -> None:
    places = Places(tmp_path)
    for bad in ("..", "../x", "a/b", "", "a\x00", "R-1", "." * 3):
        with pytest.raises(ValueError, match="is no id"):
            places.part(bad, "t-1")
        with pytest.raises(ValueError, match="is no id"):
            places.final("r-1", replace(TRACK, track_id=bad))
