"""Looking back while a session goes on: what is shown of files that are still being written."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import av
import pytest

from hub.clock import ManualClock
from hub.domain.event import Actor
from hub.domain.recording import Track, TrackState
from hub.errors import Refusal
from recordings.growing import Gone, Growing, GrowingFile
from recordings.keyring import CLEAR, KeyRing, new_key, read_ring
from recordings.tape import Tape
from recordings.vault import open_plain
from signaling.bodies import Manifest
from tests.recordings.test_tape import Told
from tests.support.factories import OFFICER, REVIEWER, STRANGER
from tests.support.rtp_samples import (
    Sender,
    Sent,
    h264_pictures,
    opus_packets,
    send_audio,
    send_h264,
    send_video,
    vp8_frames,
)
from tests.support.studio import CAMERA, MICROPHONE, Studio, a_while, studio

SECONDS = 12


def packets(codec: str, begin_s: float) -> list[Sent]:
    match codec:
        case "opus":
            return send_audio(opus_packets(SECONDS), Sender(48_000, begin_s=begin_s))
        case "h264":
            return send_h264(h264_pictures(SECONDS), Sender(90_000, begin_s=begin_s))
        case _:
            return send_video(vp8_frames(SECONDS), Sender(90_000, begin_s=begin_s))


def track_of(codec: str) -> Track:
    kind = "audio" if codec == "opus" else "video"
    return Track(track_id="t-1", venue="a", venue_name="", source="x", kind=kind, codec=codec, started_ms=0)


class Growth:
    """A tape whose file is looked at every second while it is written."""

    def __init__(self, folder: Path, codec: str, ring: KeyRing | None = None) -> None:
        self.clock = ManualClock()
        key = ring.to_bytes() if ring else None
        self.growing = Growing(lambda path: open_plain(path, key))
        self._codec = codec
        track = track_of(codec)
        tape_ring = (lambda: ring) if ring else (lambda: CLEAR)
        self.tape = Tape(self.clock, folder, track, Told(), tape_ring, self.growing)
        self.shown = b""

    def run(self) -> GrowingFile:
        sent = packets(self._codec, self.clock.now())
        looked_s = self.clock.now()
        for packet in sent:
            self.clock.advance(packet.at_s - self.clock.now())
            self.tape.receive_rtp(packet.data, packet.at_s)
            assert self.tape.turn(self.clock.now()) is None
            if packet.at_s - looked_s >= 1.0:
                looked_s = packet.at_s
                self.look()
        self.tape.close()
        self.tape.turn(self.clock.now())
        return self.look()

    def look(self) -> GrowingFile:
        file = self.growing.find("t-1")
        assert file is not None
        seen = file.read(0, 1 << 40)
        assert len(seen) == file.size_bytes
        assert seen.startswith(self.shown), "what was shown has changed"
        assert file.read(len(self.shown), len(seen)) == seen[len(self.shown) :]
        self.shown = seen
        return file


@pytest.mark.parametrize("encrypted", [False, True])
@pytest.mark.parametrize("codec", ["vp8", "opus", "h264"])
def test_R28_from_every_beginning_that_is_told_a_growing_file_plays(
    tmp_path: Path, codec: str, encrypted: bool
) -> None:
    ring = None
    if encrypted:
        (tmp_path / "keys").write_text(new_key())
        (tmp_path / "keys").chmod(0o600)
        ring = read_ring(tmp_path / "keys")
    growth = Growth(tmp_path, codec, ring)
    file = growth.run()
    begins = file.begins(0)
    every_s = 5 if codec == "opus" else 2
    assert len(begins) == SECONDS // every_s + (codec == "opus"), "each key frame, and now and then of sound"
    head = file.read(0, begins[0][1])
    for at_ms, offset in begins:
        with av.open(io.BytesIO(head + file.read(offset, file.size_bytes)), "r") as cut:
            first = next(packet for packet in cut.demux() if packet.is_keyframe)
            assert first.pts is not None
            assert first.time_base is not None
            assert at_ms - 600 <= round(first.pts * first.time_base * 1000) <= at_ms
            assert first.decode(), "nothing before it is needed"
    growth.growing.close()


def test_only_what_is_new_is_told_again(tmp_path: Path) -> None:
    file = GrowingFile(tmp_path / "x", lambda path: path.open("rb"))
    for second in range(0, 3_600, 2):
        file.note(second * 1_000, 500 + second, sound=False)
    file.grown(500 + 3_598)
    assert len(file.begins(0)) == 1_799, "of the last one nothing has been written yet"
    late = file.begins(3_500_000)
    assert late[0] == (3_440_000, 500 + 3_440)
    assert late[-1] == (3_596_000, 500 + 3_596)
    for packet in range(0, 60_000, 20):
        file.note(4_000_000 + packet, 10_000 + packet, sound=True)
    file.grown(1 << 20)
    assert len(file.begins(0)) == 1_800 + 12


def test_a_file_that_was_cut_off_or_sealed_says_so(tmp_path: Path) -> None:
    growth = Growth(tmp_path, "vp8")
    file = growth.run()
    os.truncate(tmp_path / "t-1.part", 1_000)
    assert file.read(900, 5_000) == growth.shown[900:1_000], "no more than there is"
    growth.growing.forget("t-1")
    assert "t-1" not in growth.growing
    with pytest.raises(Gone):
        file.read(0, 10)


# --- a session that goes on ---------------------------------------------------------------------------


async def manifest(made: Studio, by: Actor) -> Manifest:
    review = made.recordings.review
    return await review.manifest("r-1", by, 0, lambda track: f"/{track.track_id}", again=True)


async def going_on(made: Studio) -> Manifest:
    """Three seconds have been written, and more may come."""
    await made.open()
    video, audio = a_while(made.clock.now() - 3, 3)
    for source, items in ((CAMERA, video), (MICROPHONE, audio)):
        made.wire.begin(source)
        made.wire.send(source, items)
    await made.until(lambda state: len(state.tracks) == 2)
    # Two seconds of the picture, up to its second key frame, and something of the sound.
    await made.until_growing(lambda told: sorted(len(track.cues) for track in told.tracks) == [1, 2])
    return await manifest(made, REVIEWER)


async def test_R28_a_session_that_goes_on_plays_and_its_sealed_files_have_the_same_times(
    tmp_path: Path,
) -> None:
    async with studio(tmp_path) as made:
        review = made.recordings.review
        before = await going_on(made)
        assert [track.href for track in before.tracks] == [f"/{track.track_id}" for track in before.tracks]
        told = await review.growing("r-1", OFFICER, 0)
        assert {track.track_id for track in told.tracks} == {track.track_id for track in before.tracks}
        pieces = {}
        for track in told.tracks:
            pieces[track.track_id] = await review.piece("r-1", track.track_id, OFFICER, 0, None)
            assert (
                len(pieces[track.track_id].content) == pieces[track.track_id].size_bytes >= track.size_bytes
            )
        video = next(track for track in before.tracks if track.kind == "video")

        await made.end_session()
        state = await made.until_ready()
        assert (await review.growing("r-1", OFFICER, 0)).tracks == []
        with pytest.raises(Refusal, match="not_ready"):
            await review.piece("r-1", video.track_id, OFFICER, 0, None)
        sealed = next(track for track in state.tracks.values() if track.kind == "video")
        assert sealed.started_ms == video.started_ms
        with (
            av.open(str(made.file(sealed))) as whole,
            av.open(io.BytesIO(pieces[video.track_id].content), "r") as cut,
        ):
            times = [packet.pts for packet in whole.demux() if packet.size]
            assert times[:20] == [packet.pts for packet in cut.demux() if packet.size][:20]


async def test_R28_whoever_may_not_review_gets_nothing_of_it_while_it_grows(tmp_path: Path) -> None:
    async with studio(tmp_path) as made:
        track = (await going_on(made)).tracks[0]
        review = made.recordings.review
        with pytest.raises(Refusal, match="forbidden"):
            await review.growing("r-1", STRANGER, 0)
        with pytest.raises(Refusal, match="forbidden"):
            await review.piece("r-1", track.track_id, STRANGER, 0, 100)
        with pytest.raises(Refusal, match="unknown"):
            await review.piece("r-1", "t-none", REVIEWER, 0, 100)


async def test_what_a_crash_has_left_is_not_shown_as_growing(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    async with studio(tmp_path / "first") as made:
        old = {track.track_id for track in (await going_on(made)).tracks}
        shutil.copytree(tmp_path / "first", tmp_path / "second")
    async with studio(tmp_path / "second") as after:
        assert (await after.recordings.review.growing("r-1", REVIEWER, 0)).tracks == []
        left = {track.track_id: track for track in (await manifest(after, REVIEWER)).tracks}
        assert set(left) == old
        assert all((track.href == "") == (track.state == TrackState.WRITING) for track in left.values())
        after.wire.begin(CAMERA)
        after.wire.send(CAMERA, a_while(after.clock.now() - 3, 3)[0])
        await after.until(lambda state: len(state.tracks) == 3)
        told = {
            track.track_id for track in (await after.recordings.review.growing("r-1", REVIEWER, 0)).tracks
        }
        assert len(told) == 1
        assert not told & old
