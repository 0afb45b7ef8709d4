"""A tape ends once and says so, whatever becomes of its file."""

from __future__ import annotations

import os
from pathlib import Path

from hub.clock import ManualClock
from hub.domain.recording import Track
from recordings.tape import STORAGE_FAILED, Tape
from tests.support.rtp_samples import Sender, send_video, vp8_frames


class Told:
    def __init__(self) -> None:
        self.ends: list[tuple[int | None, str | None]] = []

    def began(self, track: Track) -> None: ...

    def ended(self, end_ms: int | None, problem: str | None) -> None:
        self.ends.append((end_ms, problem))

    def wants_keyframe(self) -> None: ...


def a_tape(folder: Path) -> tuple[Tape, Told, ManualClock]:
    clock, told = ManualClock(), Told()
    track = Track(
        track_id="t-1", venue="a", venue_name="", source="camera", kind="video", codec="vp8", started_ms=0
    )
    tape = Tape(clock, folder, track, told)
    for sent in send_video(vp8_frames(1), Sender(90_000, begin_s=clock.now())):
        tape.receive_rtp(sent.data, sent.at_s)
    clock.advance(2.0)
    return tape, told, clock


def test_the_folder_is_made_by_the_writer_for_nobody_else_to_read(tmp_path: Path) -> None:
    folder = tmp_path / "r-1"
    tape, _, clock = a_tape(folder)
    assert not folder.exists()  # nothing touches the disk where packets come in
    assert tape.turn(clock.now()) is None
    assert folder.stat().st_mode & 0o007 == 0
    assert (folder / "t-1.part").stat().st_mode & 0o777 & ~0o640 == 0


def test_a_folder_that_cannot_be_made_ends_the_tape(tmp_path: Path) -> None:
    (tmp_path / "r-1").write_text("in the way")
    tape, told, clock = a_tape(tmp_path / "r-1")
    assert tape.turn(clock.now()) == STORAGE_FAILED
    assert told.ends == [(None, STORAGE_FAILED)]


def test_an_end_that_goes_wrong_is_told_all_the_same(tmp_path: Path) -> None:
    tape, told, clock = a_tape(tmp_path)
    assert tape.turn(clock.now()) is None
    number = next(
        int(one.name) for one in Path("/proc/self/fd").iterdir() if one.resolve() == tmp_path / "t-1.part"
    )
    os.close(number)
    tape.close()
    assert tape.turn(clock.now()) == STORAGE_FAILED
    ((end_ms, problem),) = told.ends
    assert end_ms is not None
    assert problem == STORAGE_FAILED
