"""A storage that fails while a file is finished: nothing of it is lost, and it is tried again."""

from __future__ import annotations

import asyncio
import errno
import filecmp
import io
import logging
import shutil
from collections.abc import AsyncIterator
from itertools import repeat
from pathlib import Path

import pytest
from msgspec.structs import replace

from hub.domain.event import HUB
from hub.domain.recording import FailTrack, OpenTrack, Recording, SealTrack, TrackState
from hub.domain.streams import fold
from recordings import remux, sealing
from recordings.assemble import Assembler
from recordings.keyring import Keys
from recordings.places import Places
from recordings.remux import make
from recordings.room import Room
from recordings.service import recover_offline
from recordings.storagestate import Storage
from tests.recordings.test_full_disk import Bench
from tests.recordings.test_h264 import TRACK
from tests.support.factories import OFFICER
from tests.support.studio import PLAIN, RECORDING, Studio

VIDEO = replace(TRACK, track_id="t-video", codec="vp8")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file as it is when its session ends."""
    folder = tmp_path_factory.mktemp("written")
    Bench(folder).run(3.9)
    return folder / "t-video.part"


@pytest.fixture
async def assembler() -> AsyncIterator[Assembler]:
    made = Assembler(Room(lambda: 1 << 40, min_free_bytes=0))
    yield made
    await made.close()


def left_in(data: Path, written: Path) -> Places:
    """The file in its place, and something in the place that it is to have when it is finished."""
    places = Places(data)
    places.folder("r-1").mkdir(parents=True, exist_ok=True)
    shutil.copy(written, places.part("r-1", "t-video"))
    places.final("r-1", VIDEO).mkdir()
    return places


class BadSector(io.FileIO):
    """A file whose disk does not give what lies behind its middle."""

    def readinto(self, buffer: object) -> int | None:
        if self.tell() > self._middle():
            raise OSError(errno.EIO, "Input/output error")
        return super().readinto(buffer)  # type: ignore[arg-type]

    def _middle(self) -> int:
        return Path(str(self.name)).stat().st_size // 2


def test_R11_a_file_whose_disk_fails_in_the_middle_is_not_taken_for_a_short_one(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """libav takes what cannot be read for the end; the copy would be half, and the original gone."""
    part, target = tmp_path / "t-video.part", tmp_path / "t-video.webm"
    shutil.copy(written, part)
    with monkeypatch.context() as disk:
        disk.setattr(remux, "open_plain", lambda path, key, lenient: io.BufferedReader(BadSector(str(path))))
        with pytest.raises(OSError, match="Input/output error"):
            make(part, target)
    assert make(part, target).frames > 50


async def test_R11_a_storage_that_fails_is_tried_until_it_works(
    written: Path,
    tmp_path: Path,
    assembler: Assembler,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Five minutes of a disk that is away would else be the end of four hours."""
    monkeypatch.setattr(sealing, "PAUSES_S", repeat(0.01))
    places = left_in(tmp_path, written)
    hurdle = places.final("r-1", VIDEO)
    seal = asyncio.create_task(sealing.sealing(assembler, places, "r-1", VIDEO, 0))
    with caplog.at_level(logging.ERROR, "recordings.sealing"):
        while len(caplog.records) < 4:
            await asyncio.wait({seal}, timeout=0.05)
            assert not seal.done()
    told = Storage(Keys(PLAIN), None, assembler, "").state(OFFICER)
    assert (told.troubles, told.unfinished_files) == (["storage.failed"], 1)
    assert told.unfinished_since_ms is not None
    hurdle.rmdir()
    assert isinstance(await seal, SealTrack)
    assert not assembler.unfinished
    assert not places.part("r-1", "t-video").exists()


async def test_R11_a_storage_that_never_works_leaves_the_file(
    written: Path, tmp_path: Path, assembler: Assembler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "PAUSES_S", (0.01,))
    places = left_in(tmp_path, written)
    end = await sealing.sealing(assembler, places, "r-1", VIDEO, 7)
    assert end == FailTrack(track_id="t-video", at_ms=7, reason="storage.failed")
    assert not assembler.unfinished
    assert filecmp.cmp(places.part("r-1", "t-video"), written, shallow=False)


async def test_R11_the_command_line_leaves_what_it_cannot_finish_to_the_next_time(
    written: Path, tmp_path: Path
) -> None:
    made = Studio(tmp_path)
    await made.open()
    await made.streams.execute(RECORDING, OpenTrack(track=VIDEO), HUB)
    await made.end_session()
    hurdle = left_in(tmp_path, written).final("r-1", VIDEO)
    for blocked, state in ((True, TrackState.WRITING), (False, TrackState.RECOVERED)):
        if not blocked:
            hurdle.rmdir()
        (outcome,) = await recover_offline(made.log, made.clock, made.settings)
        assert (outcome.left, outcome.failed, outcome.recovered) == (int(blocked), 0, int(not blocked))
        taken = fold(RECORDING, await made.log.read(RECORDING))
        assert isinstance(taken, Recording)
        assert taken.tracks["t-video"].state is state
    await made.streams.close()
    await made.log.close()
