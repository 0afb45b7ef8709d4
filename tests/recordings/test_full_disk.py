"""No room: recording stops loudly, touches nothing, and goes on when there is room again."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import pytest
from sqlalchemy import event

from hub.clock import ManualClock
from hub.domain.recording import RecordingState, Track, TrackState
from hub.domain.session import MarkerKind, SetMarker
from hub.errors import Refusal
from hub.storage.sqllog import SqlEventLog
from recordings import capture, sealing
from recordings.assemble import Assembler
from recordings.room import Room
from recordings.tape import STORAGE_FULL, Tape
from recordings.writer import Writer
from tests.support.factories import OFFICER
from tests.support.rtp_samples import Sent
from tests.support.studio import CAMERA, MICROPHONE, SESSION, Studio, a_while, studio


class Notes:
    """A ``Watcher`` that remembers."""

    def __init__(self) -> None:
        self.track: Track | None = None
        self.end: tuple[int | None, str | None] | None = None

    def began(self, track: Track) -> None:
        self.track = track

    def ended(self, end_ms: int | None, problem: str | None) -> None:
        assert self.end is None, "a tape ends once"
        self.end = (end_ms, problem)

    def wants_keyframe(self) -> None: ...


def track(kind: str) -> Track:
    codec = {"video": "vp8", "audio": "opus"}[kind]
    return Track(
        track_id=f"t-{kind}", venue="yingji", venue_name="", source=kind, kind=kind, codec=codec, started_ms=0
    )


class Bench:
    """A writer that is turned by hand, with two tapes."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock()
        self.free_bytes = 10_000_000
        self.stops = 0
        self.room = Room(lambda: self.free_bytes, min_free_bytes=1_000_000)
        self.writer = Writer(self.clock, self.room, on_full=self._count)
        self.notes = {kind: Notes() for kind in ("video", "audio")}
        self.tapes = {
            kind: Tape(self.clock, folder, track(kind), notes) for kind, notes in self.notes.items()
        }
        self.inputs = dict(zip(("video", "audio"), a_while(self.clock.now(), 4), strict=True))
        for tape in self.tapes.values():
            self.writer.add(tape)

    def _count(self) -> None:
        self.stops += 1

    def run(self, seconds: float) -> None:
        """Let packets come in and the writer turn, ten times a second."""
        end = self.clock.now() + seconds
        while self.clock.now() < end - 1e-6:
            self.clock.advance(0.1)
            for kind, tape in self.tapes.items():
                items = self.inputs[kind]
                while items and items[0].at_s <= self.clock.now():
                    item = items.pop(0)
                    if isinstance(item, Sent):
                        tape.receive_rtp(item.data, item.at_s)
                    else:
                        tape.receive_sender_report(item.ntp, item.rtp_timestamp, item.at_s)
            self.writer.turn(self.clock.now())


@contextmanager
def largest_file(size_bytes: int) -> Iterator[None]:
    """No file of this process may grow beyond: what a full disk feels like to a program that writes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def seconds_in(path: Path) -> float:
    with av.open(str(path)) as file:
        return max((packet.pts or 0) for packet in file.demux() if packet.size) / 1000


def test_R10_when_room_runs_low_every_tape_is_closed_whole(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.run(2.0)
    bench.free_bytes = 999_999
    bench.run(1.5)
    assert bench.stops == 1
    assert not bench.room.is_ample()
    for kind, notes in bench.notes.items():
        assert notes.end is not None
        assert notes.end[1] == STORAGE_FULL
        assert seconds_in(tmp_path / f"t-{kind}.part") > 1.5
    bench.free_bytes = 2_000_000
    assert bench.room.is_ample()


def test_R10_a_write_that_fails_for_want_of_room_keeps_what_was_written(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.run(2.0)
    sizes = {kind: (tmp_path / f"t-{kind}.part").stat().st_size for kind in bench.tapes}
    with largest_file(max(sizes.values()) + 100):
        bench.run(1.9)
    assert bench.stops == 1
    for kind, notes in bench.notes.items():
        assert notes.end is not None
        assert notes.end[1] == STORAGE_FULL
        assert seconds_in(tmp_path / f"t-{kind}.part") > 1.0


async def begin_with_sound(made: Studio) -> None:
    """Until its file is in the log."""
    await made.open()
    made.wire.begin(MICROPHONE)
    _, audio = a_while(made.clock.now() - 2, 2)
    made.wire.send(MICROPHONE, audio)
    await made.until(lambda state: len(state.tracks) == 1)


async def test_R10_the_session_goes_on_and_with_room_the_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture, "AGAIN_S", 0.01)
    free_bytes = [1 << 40]
    async with studio(tmp_path, room=Room(lambda: free_bytes[0], min_free_bytes=1 << 30)) as made:
        await begin_with_sound(made)
        free_bytes[0] = 1000
        state = await made.until(lambda state: state.state is RecordingState.INTERRUPTED)
        assert state.failure == STORAGE_FULL
        sealed = await made.until(
            lambda state: all(track.state is TrackState.SEALED for track in state.tracks.values())
        )
        assert len(sealed.tracks) == 1
        made.wire.begin(CAMERA)
        assert CAMERA.source_id not in made.wire.keyframes_asked, "nothing is taken in while there is no room"
        free_bytes[0] = 1 << 40
        await made.until(lambda state: state.state is RecordingState.RECORDING)
        video, audio = a_while(made.clock.now() - 2, 2)
        made.wire.send(CAMERA, video)
        made.wire.send(MICROPHONE, audio)
        await made.end_session()
        state = await made.until_ready()
        assert len(state.tracks) == 3
        whole = next(gap for gap in state.gaps if not gap.track_id)
        sound = next(gap for gap in state.gaps if gap.source == "microphone")
        assert whole.reason == sound.reason == STORAGE_FULL
        assert whole.to_ms is not None
        assert len(state.gaps) == 2  # the camera had not begun
        assert sound.to_ms is not None


async def test_R10_a_source_has_its_gap_however_late_the_hub_hears_that_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture, "AGAIN_S", 0.01)
    told = threading.Event()
    full = capture.Capture.full
    monkeypatch.setattr(capture.Capture, "full", lambda of: told.set())
    free_bytes = [1 << 40]
    async with studio(tmp_path, room=Room(lambda: free_bytes[0], min_free_bytes=1 << 30)) as made:
        await begin_with_sound(made)
        free_bytes[0] = 1000
        await made.until(lambda state: all(one.state is TrackState.SEALED for one in state.tracks.values()))
        assert await asyncio.to_thread(told.wait, 30)
        full(made.recordings.capture)
        state = await made.until(lambda state: state.state is RecordingState.INTERRUPTED)
        assert {(gap.source, gap.reason) for gap in state.gaps} == {
            ("", STORAGE_FULL),
            ("microphone", STORAGE_FULL),
        }
        free_bytes[0] = 1 << 40
        await made.until(lambda state: state.state is RecordingState.RECORDING)


def limit_pages(log: SqlEventLog, pages: int) -> None:
    """A database that may not grow is a full disk as far as SQLite is concerned."""

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(log.engine, "connect", limit)
    log.engine.dispose()


async def fill(made: Studio) -> str:
    """Until not even a marker goes into the log; why."""
    limit_pages(made.log, 1)  # what there is may stay
    try:
        for number in range(10_000):
            marker = SetMarker(marker_id=f"m-{number}", kind=MarkerKind.KEY, label="长" * 80)
            await made.streams.execute(SESSION, marker, OFFICER)
    except Refusal as refusal:
        return refusal.code
    return ""


async def test_R10_where_the_log_is_full_as_well_it_is_told_in_order_and_recording_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in (capture, sealing):
        monkeypatch.setattr(room, "AGAIN_S", 0.01)
    loop, free_bytes, asked = asyncio.get_running_loop(), [1 << 40], Counter[int]()
    waits, may_go_on = asyncio.Event(), asyncio.Event()

    def free() -> int:
        asked[free_bytes[0]] += 1
        if asked[1000] >= 3:  # not only the writer, who found it full
            loop.call_soon_threadsafe(waits.set)
        if asked[2 << 40]:
            loop.call_soon_threadsafe(may_go_on.set)
        return free_bytes[0]

    async with studio(tmp_path, room=Room(free, min_free_bytes=1 << 30)) as made:
        await begin_with_sound(made)
        assert await fill(made) == STORAGE_FULL
        free_bytes[0] = 1000
        await asyncio.wait_for(waits.wait(), 30)
        free_bytes[0] = 2 << 40
        await asyncio.wait_for(may_go_on.wait(), 30)
        limit_pages(made.log, 1_000_000)
        state = await made.until(lambda state: any(gap.to_ms and not gap.track_id for gap in state.gaps))
        assert state.state is RecordingState.RECORDING
        assert {gap.reason for gap in state.gaps} == {STORAGE_FULL}


async def test_R10_without_room_for_a_copy_the_file_itself_is_sealed(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.run(3.0)
    for tape in bench.tapes.values():
        tape.close()
    bench.run(0.1)
    part = tmp_path / "t-video.part"
    written = part.read_bytes()
    assembler = Assembler(Room(lambda: 1000, min_free_bytes=0))
    made = await assembler.finish(part, tmp_path / "t-video.webm")
    await assembler.close()
    assert (tmp_path / "t-video.webm").read_bytes() == written
    assert not part.exists()
    assert made.size_bytes == len(written)
    assert made.end_ms > 2000
