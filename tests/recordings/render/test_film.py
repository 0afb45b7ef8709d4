"""A film made for real, small and short, and looked at and heard again."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import av
import msgspec
import pytest

from recordings.keyring import KeyRing, new_key, parse_key
from recordings.render.layout import Rect, grid
from recordings.render.pieces import Pieces
from recordings.render.spec import Absence, Change, Done, Job, Layout, Line, Progress, Stretch
from recordings.vault import is_encrypted, open_plain
from tests.support.factories import START_MS
from tests.support.films import (
    VENUES,
    camera_file,
    hardware_camera_file,
    luma,
    make,
    microphone_file,
    pictures_of,
    spec,
    track,
)
from tests.support.studio import beeps_of, flashes_of

HOURS_S = 3 * 3600.0
AT_MS = 400


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return camera_file(tmp_path_factory.mktemp("camera") / "camera.webm", 4, (0.0, HOURS_S))


@pytest.fixture(scope="module")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return microphone_file(tmp_path_factory.mktemp("microphone") / "microphone.webm", 4, (0.0, HOURS_S))


@pytest.mark.parametrize("begin_s", [0.0, HOURS_S], ids=["at once", "after three hours"])
def test_R21_flashes_and_beeps_are_where_the_hubs_clock_had_them(
    camera: Path, microphone: Path, tmp_path: Path, begin_s: float
) -> None:
    began_ms = START_MS + round(begin_s * 1000)
    made = make(
        spec(
            [
                track(camera, "yingji", "camera", begin_s + 4, after_ms=AT_MS),
                track(microphone, "yingji", "microphone", begin_s + 4, after_ms=AT_MS + 37),
            ],
            0,
            from_ms=began_ms,
            to_ms=began_ms + 3_300,
        ),
        tmp_path,
    )
    flashes, beeps = flashes_of(made), beeps_of(made)
    expected = [AT_MS / 1000 + second for second in range(3)]
    assert flashes == pytest.approx(expected, abs=0.045), "a picture is one of 25 a second"
    assert beeps == pytest.approx([at_s + 0.037 for at_s in expected], abs=0.025)


def test_R21_the_picture_says_who_when_what_and_why_nothing_was_recorded(
    camera: Path, tmp_path: Path
) -> None:
    of = spec(
        [track(camera, "yingji", "camera", 4), track(camera, "office", "camera", 4, after_ms=500)],
        3,
        width=640,
        height=360,
        venues=VENUES,
        exercise=True,
        marks={"yingji": [Stretch(START_MS + 1000, START_MS + 2000, "点名发言")]},
        absent={"xinyang": [Absence(0, "未应答", hides=False)]},
        gaps=[Stretch(START_MS + 2200, START_MS + 3000, "录制中断：存储空间已满")],
    )
    frames = pictures_of(make(of, tmp_path))
    assert len(frames) == 75
    plan = grid(640, 360, 3)
    head = plan.head.height
    clock = [luma(frames[tick], 640 - 7 * head, 0, 7 * head, head) for tick in (2, 20, 27, 45)]
    assert is_written(clock[0])
    assert differs(clock[0], clock[1]) < 40 < differs(clock[1], clock[2]), "it goes on with each second"
    assert differs(clock[2], clock[3]) < 40
    for cell in plan.tiles:
        assert is_written(area(frames[20], cell.plate)), "whose picture it is"
    absent = plan.tiles[2].picture
    assert is_written(area(frames[20], absent)), "and why there is none"
    named = plan.tiles[1].plate
    assert differs(area(frames[20], named), area(frames[40], named)) > 40, "点名发言"
    assert max(area(frames[2], plan.tiles[1].picture)) > 200, "a flash in the picture of the first second"
    gap = frames[60]
    assert is_written(area(gap, plan.body))
    assert luma(gap, *plan.tiles[1].picture[:2], 8, 8) != luma(frames[40], *plan.tiles[1].picture[:2], 8, 8)
    with av.open(str(tmp_path / "film.mp4")) as file:
        assert file.metadata["title"] == "强降雨防汛会商"
        assert file.metadata["comment"] == "非涉密·内部使用 · 演练"
        assert file.metadata["creation_time"].startswith("2026-07-20T02:30:00")
    whole = (tmp_path / "film.mp4").read_bytes()
    assert whole.index(b"moov") < whole.index(b"mdat"), "it plays while it still comes"


def test_the_speaker_is_large_and_the_content_larger(camera: Path, tmp_path: Path) -> None:
    of = spec(
        [
            track(camera, "yingji", "camera", 4),
            track(camera, "office", "content", 4, after_ms=1000),
        ],
        2,
        layout=Layout.SPEAKER,
        venues=VENUES,
        content=[Change(START_MS + 1000, "office")],
        fps=10,
    )
    frames = pictures_of(make(of, tmp_path))
    assert len(frames) == 20
    middle = (100, 90, 8, 8)
    assert min(luma(frames[1], *middle)) > 200, "yingji flashes in the large picture"
    assert max(luma(frames[5], *middle)) < 80
    assert min(luma(frames[11], *middle)) > 200, "and then what is shared, which began a second later"


def test_R22_a_film_that_was_cut_goes_on_and_is_the_same(
    camera: Path, microphone: Path, tmp_path: Path
) -> None:
    of = spec(
        [track(camera, "yingji", "camera", 4), track(microphone, "yingji", "microphone", 4)], 4, piece_ms=640
    )
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    whole.mkdir()
    cut.mkdir()
    make(of, whole)

    shutil.copytree(whole, cut, dirs_exist_ok=True)
    for number in range(3, of.pieces):
        Pieces(cut).path(number).unlink()
    before = [Pieces(cut).path(number).stat().st_mtime_ns for number in range(3)]
    made = make(of, cut)
    assert [Pieces(cut).path(number).stat().st_mtime_ns for number in range(3)] == before
    for number in range(of.pieces):
        one, other = Pieces(whole).load(number), Pieces(cut).load(number)
        assert one.pictures == other.pictures, "an encoder says the same twice"
        assert [packet.pts for packet in one.sounds] == [packet.pts for packet in other.sounds]
    assert beeps_of(made) == pytest.approx([0, 1, 2, 3], abs=0.025)
    assert flashes_of(made) == pytest.approx([0, 1, 2, 3], abs=0.045)


def test_R22_the_worker_is_killed_and_another_finishes_its_film(
    camera: Path, microphone: Path, tmp_path: Path
) -> None:
    of = spec(
        [track(camera, "yingji", "camera", 4), track(microphone, "yingji", "microphone", 4)],
        60,
        fps=10,
        width=160,
        height=90,
        piece_ms=3_200,
    )
    job = Job(spec=of, pieces=str(tmp_path), target=str(tmp_path / "film.mp4"))
    first = start(job)
    assert first.stdout is not None
    while Pieces(tmp_path).first_missing(of) == 0:
        assert first.stdout.readline(), "it works on"
    first.send_signal(signal.SIGKILL)
    first.wait()
    first.stdout.close()
    made = Pieces(tmp_path).first_missing(of)
    assert 0 < made < of.pieces, "it was in the middle"
    second = start(job)
    output, _ = second.communicate()
    assert second.returncode == 0
    *progress, done = (msgspec.json.decode(line, type=Line) for line in output.splitlines())
    assert isinstance(done, Done)
    assert isinstance(progress[-1], Progress)
    assert (progress[-1].done, progress[-1].all) == (60_000, 60_000)
    assert done.size_bytes == (tmp_path / "film.mp4").stat().st_size
    with av.open(job.target) as file:
        assert file.streams.video[0].frames == 600
        assert file.duration == pytest.approx(60e6, abs=50_000)


def start(job: Job) -> subprocess.Popen[bytes]:
    worker = subprocess.Popen(
        [sys.executable, "-m", "recordings.render"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert worker.stdin is not None
    worker.stdin.write(msgspec.json.encode(job))
    worker.stdin.close()
    worker.stdin = None
    return worker


@pytest.mark.parametrize("begin_s", [0.0, HOURS_S], ids=["at once", "after three hours"])
def test_R21_h264_is_on_the_clock_as_vp8_is(tmp_path: Path, begin_s: float) -> None:
    camera = hardware_camera_file(tmp_path / "camera.mp4", 4, (0.0, HOURS_S))
    began_ms = START_MS + round(begin_s * 1000)
    tracks = [track(camera, "yingji", "camera", begin_s + 4, after_ms=AT_MS)]
    made = make(spec(tracks, 0, from_ms=began_ms, to_ms=began_ms + 3_300), tmp_path)
    assert flashes_of(made) == pytest.approx([0.4, 1.4, 2.4], abs=0.045)


def test_with_a_key_the_film_and_its_pieces_are_encrypted_as_the_tracks_are(
    camera: Path, tmp_path: Path
) -> None:
    keys = KeyRing([parse_key(new_key())])
    made = make(spec([track(camera, "yingji", "camera", 4)], 2), tmp_path, keys=keys)
    assert is_encrypted(made)
    assert all(is_encrypted(path) for path in tmp_path.glob("*.piece"))
    with open_plain(made, keys.to_bytes()) as plain, av.open(plain) as file:
        assert file.streams.video[0].frames == 50


def test_a_damaged_file_is_a_place_without_a_picture_and_not_the_end(camera: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn.webm"
    torn.write_bytes(camera.read_bytes()[:3000] + bytes(2000))
    noise = tmp_path / "noise.webm"
    noise.write_bytes(b"\x1a\x45" + bytes(500))
    of = spec(
        [track(torn, "yingji", "camera", 4), track(noise, "office", "camera", 4)],
        1,
        venues=VENUES[:2],
    )
    assert len(pictures_of(make(of, tmp_path))) == 25


def test_two_specs_with_the_same_pictures_share_their_pieces() -> None:
    of = spec([track(Path("/a/b.webm"), "yingji", "camera", 4)], 4)
    elsewhere = msgspec.structs.replace(of, threads=7, tracks=[track(Path("/c.webm"), "yingji", "camera", 4)])
    assert of.digest() == elsewhere.digest()
    assert of.digest() != msgspec.structs.replace(of, fps=10).digest()


def area(frame: av.VideoFrame, of: Rect) -> bytes:
    return luma(frame, *of)


def is_written(values: bytes) -> bool:
    """There is light and dark in it."""
    return max(values) > 150 and min(values) < 80


def differs(one: bytes, other: bytes) -> float:
    """How far the two are from each other in their fifty most different places."""
    apart = sorted((abs(a - b) for a, b in zip(one, other, strict=True)), reverse=True)
    return sum(apart[:50]) / 50
