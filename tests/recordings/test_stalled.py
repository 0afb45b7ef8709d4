"""A pipeline that is stuck and a disk that hangs: noticed, said, begun anew, and the others go on (R13)."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from hub.clock import ManualClock
from hub.domain.recording import Recording, TrackState
from recordings.room import Room
from recordings.tape import STALLED, Tape
from recordings.writer import STUCK_S, Writer
from tests.recordings.test_full_disk import Notes, track
from tests.support.rtp_samples import FPS, Sender, Sent, send_video, vp8_frames
from tests.support.studio import CAMERA, a_while, studio

PATIENCE_S = 60.0


def eventually(done: Callable[[], bool]) -> bool:
    """What another thread does in its own time."""
    pause = threading.Event()
    return any(done() or pause.wait(0.01) or done() for _ in range(round(PATIENCE_S / 0.01)))


async def test_R13_a_source_that_is_no_longer_written_gets_a_new_track_and_a_gap(tmp_path: Path) -> None:
    async with studio(tmp_path) as made:
        await made.open()
        began_s = made.clock.now() - 6
        pictures = vp8_frames(4, FPS * 100) + vp8_frames(2)  # a key frame at 0 s, and one at 4 s
        sent = send_video(pictures, Sender(90_000, begin_s=began_s))
        made.wire.begin(CAMERA)
        made.wire.send(CAMERA, [one for one in sent if one.at_s < began_s + 2])
        (track,) = (await made.until(lambda state: len(state.tracks) == 1)).tracks.values()
        (tape,) = made.wire.tapes(CAMERA)
        last_ms = track.started_ms + 2000 - 1000 // FPS
        assert await asyncio.to_thread(eventually, lambda: (tape.reached_ms or 0) >= last_ms - 1)
        asked = len(made.wire.keyframes_asked)
        # From here on one packet is missing, and no key frame comes, whoever asks.
        rest = [one for one in sent if began_s + 2.1 < one.at_s < began_s + 3.99]
        now = made.clock.now()
        for _ in range(
            15
        ):  # as many seconds, and packets all the time; the writer may still be at the first two
            now += 1.0
            made.wire.send(CAMERA, rest[:3])
            del rest[:3]
            made.recordings.capture.look(now)
        assert len(made.wire.keyframes_asked) > asked
        state = await made.until(lambda state: bool(state.gaps))
        assert state.gaps[0].reason == STALLED
        made.wire.send(CAMERA, [one for one in sent if one.at_s >= began_s + 3.99])
        state = await made.until(lambda state: len(state.tracks) == 2)
        (gap,) = state.gaps
        old, new = sorted(state.tracks.values(), key=lambda one: one.started_ms)
        assert (gap.track_id, gap.to_ms) == (old.track_id, new.started_ms)
        state = await made.until(lambda state: state.tracks[old.track_id].state is TrackState.SEALED)
        assert state.gaps[0].from_ms == state.tracks[old.track_id].ended_ms


async def test_R13_a_source_that_was_passed_over_is_taken_in(tmp_path: Path) -> None:
    def has_it(state: Recording) -> bool:
        return len(state.tracks) == 1

    async with studio(tmp_path) as made:
        made.wire.begin(CAMERA)
        await made.open()
        made.wire.end(CAMERA)
        made.wire.forget_listeners()
        made.wire.begin(CAMERA)  # and nobody hears of it
        assert made.wire.recorded() == []
        now = made.clock.now()
        for second in range(12):
            made.wire.send(CAMERA, a_while(now, 1)[0][:5])
            made.recordings.capture.look(now + second)
        assert made.wire.recorded() == [CAMERA.source_id]
        made.wire.send(CAMERA, a_while(made.clock.now() - 1, 1)[0])
        await made.until(has_it)


def problems(notes: dict[str, Notes]) -> dict[str, str | None]:
    """Of those that have ended."""
    return {kind: one.end[1] for kind, one in notes.items() if one.end is not None}


class HangingDisk:
    """Writes to one file wait until the disk is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.hangs_in = ""
        self.hung, self.released = threading.Event(), threading.Event()
        self._write = os.write
        monkeypatch.setattr(os, "write", self.write)

    def write(self, handle: int, data: bytes) -> int:
        if self.hangs_in and os.readlink(f"/proc/self/fd/{handle}").endswith(self.hangs_in):
            self.hung.set()
            self.released.wait(PATIENCE_S)
        return self._write(handle, data)


def test_R13_a_file_that_hangs_in_the_disk_holds_up_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk, clock = HangingDisk(monkeypatch), ManualClock()
    writer = Writer(clock, Room(lambda: 1 << 40, min_free_bytes=0), on_full=lambda: None)
    notes = {kind: Notes() for kind in ("video", "audio")}
    tapes = {kind: Tape(clock, tmp_path, track(kind), notes[kind]) for kind in notes}
    inputs = dict(zip(("video", "audio"), a_while(clock.now(), 6), strict=True))

    def feed(until_s: float) -> None:
        for kind, tape in tapes.items():
            while inputs[kind] and inputs[kind][0].at_s <= until_s:
                item = inputs[kind].pop(0)
                if isinstance(item, Sent):
                    tape.receive_rtp(item.data, item.at_s)

    for tape in tapes.values():
        writer.add(tape)
    writer.start()
    begun_s = clock.now()
    feed(begun_s + 2)
    clock.advance(2.0)
    assert eventually(lambda: all(one.track is not None for one in notes.values()))
    disk.hangs_in = "t-video.part"
    feed(begun_s + 4)
    clock.advance(2.0)
    assert disk.hung.wait(PATIENCE_S)
    assert not writer.relieve(clock.now())  # it has only just begun to wait
    clock.advance(STUCK_S)
    assert writer.relieve(clock.now())
    written = tapes["audio"].sight(0).written
    feed(begun_s + 6)
    clock.advance(2.0)
    assert eventually(lambda: tapes["audio"].sight(0).written > written)
    assert problems(notes) == {}
    disk.released.set()
    assert eventually(lambda: problems(notes) == {"video": STALLED})
    writer.close()
    assert problems(notes) == {"video": STALLED, "audio": None}
