"""Small pictures of the tracks: of the right moment, finished after a crash, never in clear beside a key."""

from __future__ import annotations

import asyncio
import io
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import pytest
from av.video.stream import VideoStream
from PIL import Image

from hub.config import RecordingSettings
from hub.domain.recording import Recording
from hub.http.auth import AUTH
from hub.http.keys import LOG
from recordings import smallpictures, thumbnailing
from recordings import thumbnails as thumbnails_module
from recordings.forms import form_of
from recordings.keyring import CLEAR, KeyRing, key_of, new_key, parse_key
from recordings.remux import Unreadable
from recordings.room import Room
from recordings.thumbnailing import index_file, make, make_growing, read_index, sheet_file
from recordings.vault import is_encrypted, open_plain
from tests.support.rtp_samples import FPS
from tests.support.served import Client, served
from tests.support.studio import CAMERA, KEEPING, MICROPHONE, Studio, a_while, studio

KEYS_AT_S = (0.0, 1.0, 2.0, 4.0, 5.5)
"""There is none in the fourth second, and a late one in the sixth."""


@pytest.fixture
def every_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture a second and three on a sheet, so that a file of six seconds is long."""
    monkeypatch.setattr(smallpictures, "EVERY_MS", 1_000)
    for name, value in {"COLUMNS": 3, "ROWS": 1, "ON_SHEET": 3}.items():
        monkeypatch.setattr(thumbnailing, name, value)


CODECS = {"libvpx": "vp8", "libx264": "h264"}
OPTIONS = {"libvpx": {"deadline": "realtime", "lag-in-frames": "0"}, "libx264": {"tune": "zerolatency"}}


def brightness(at_s: float) -> int:
    return 40 + 30 * int(at_s)


@cache
def encoded(form: str, codec: str, size: tuple[int, int], *, growing: bool = False) -> bytes:
    """Six seconds; each is brighter than the one before."""
    content = io.BytesIO()
    options = form_of(CODECS[codec]).growing if growing else {}
    with av.open(content, "w", format=form, options=options) as file:
        stream = file.add_stream(codec, rate=FPS, options=OPTIONS[codec])
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = *size, "yuv420p", 1_000
        for number in range(6 * FPS):
            frame = av.VideoFrame(*size, "yuv420p")
            frame.planes[0].update(bytes([brightness(number / FPS)]) * frame.planes[0].buffer_size)
            for plane in frame.planes[1:]:
                plane.update(b"\x80" * plane.buffer_size)
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            if number in [round(at_s * FPS) for at_s in KEYS_AT_S]:
                frame.pict_type = av.video.frame.PictureType.I
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return content.getvalue()


def recorded(path: Path, codec: str, size: tuple[int, int] = (160, 90)) -> Path:
    path.write_bytes(encoded(path.suffix[1:], codec, size))
    return path


def shades(sheet: Image.Image, places: range | tuple[int, ...]) -> list[int]:
    """In the middle of the sheet, from left to right."""
    row = sheet.convert("L").tobytes()[45 * sheet.width :]
    return [row[x] for x in places]


def seconds_on(sheet: Image.Image) -> list[int]:
    """Which second each picture is of."""
    return [round((16 + shade * 219 / 255 - 40) / 30) for shade in shades(sheet, range(80, 480, 160))]


def sheets(folder: Path, keys: KeyRing = CLEAR) -> list[list[int]]:
    found: list[list[int]] = []
    while (path := sheet_file(folder, "t-1", len(found))).exists():
        with open_plain(path, keys.to_bytes()) as file:
            found.append(seconds_on(Image.open(io.BytesIO(file.read()))))
    return found


@pytest.mark.usefixtures("every_second")
@pytest.mark.parametrize(("codec", "name"), [("libvpx", "t-1.webm"), ("libx264", "t-1.mp4")])
def test_each_picture_is_of_its_moment_or_of_the_last_key_frame_before(
    tmp_path: Path, codec: str, name: str
) -> None:
    track = recorded(tmp_path / name, codec)
    assert make(track, tmp_path / "thumbnails", "t-1") == 6
    assert sheets(tmp_path / "thumbnails") == [[0, 1, 2], [2, 4, 5]]


@pytest.mark.usefixtures("every_second")
def test_a_picture_of_any_shape_is_whole(tmp_path: Path) -> None:
    make(recorded(tmp_path / "t-1.webm", "libvpx", (90, 160)), tmp_path / "thumbnails", "t-1")
    sheet = Image.open(sheet_file(tmp_path / "thumbnails", "t-1", 1))
    dark_and_bright = [shade > 100 for shade in shades(sheet, (330, 370, 400, 430, 470))]
    assert dark_and_bright == [False, False, True, False, False]


@pytest.mark.usefixtures("every_second")
def test_R31_what_a_crash_has_left_is_finished_and_not_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "thumbnails"
    track = recorded(tmp_path / "t-1.webm", "libvpx")
    make(track, folder, "t-1")
    first = sheet_file(folder, "t-1", 0)
    before = first.stat().st_mtime_ns
    index_file(folder, "t-1").unlink()
    assert make(track, folder, "t-1") == 6
    assert sheets(folder) == [[0, 1, 2], [2, 4, 5]], "the fourth second is still that of the third"
    assert first.stat().st_mtime_ns == before
    assert sorted(path.name for path in folder.iterdir()) == ["t-1-0.jpg", "t-1-1.jpg", "t-1.json"]


@pytest.mark.usefixtures("every_second")
def test_R32_of_an_encrypted_recording_they_are_encrypted_too(tmp_path: Path) -> None:
    keys, folder = KeyRing([parse_key(new_key())]), tmp_path / "thumbnails"
    make(recorded(tmp_path / "t-1.webm", "libvpx"), folder, "t-1", keys)
    lying = sorted(folder.glob("*.jpg"))
    assert len(lying) == 2
    assert all(is_encrypted(path) for path in lying)
    assert sheets(folder, keys) == [[0, 1, 2], [2, 4, 5]]
    with pytest.raises(OSError, match="no key"):
        open_plain(lying[0], KeyRing([key_of(b"x" * 32)]).to_bytes())


@pytest.mark.usefixtures("every_second")
@pytest.mark.parametrize(("codec", "form"), [("libvpx", "webm"), ("libx264", "mp4")])
def test_R31_of_a_file_that_grows_what_has_come_is_added_and_only_that_is_read(
    tmp_path: Path, codec: str, form: str
) -> None:
    part, folder = tmp_path / "t-1.part", tmp_path / "thumbnails"
    whole = encoded(form, codec, (160, 90), growing=True)
    counts, starts = [], []
    for cut in (len(whole) * 4 // 10, len(whole) * 6 // 10, len(whole) - 1, len(whole)):
        part.write_bytes(whole[:cut])
        counts.append(make_growing(part, folder, "t-1"))
        made = read_index(folder, "t-1")
        assert made is not None
        assert not made.ended
        starts.append(made.start)
    assert counts == sorted(counts)
    assert counts[-1] == 6
    assert starts == sorted(starts)
    assert starts[0] > 0
    assert sheets(folder) == [[0, 1, 2], [2, 4, 5]]
    part.write_bytes(
        whole[:400] + bytes(starts[-1] - 400) + whole[starts[-1] :]
    )  # what was read is not read again
    assert make_growing(part, folder, "t-1") == 6
    sealed = recorded(tmp_path / f"t-1.{form}", codec)
    assert make(sealed, folder, "t-1") == 6
    assert sheets(folder) == [[0, 1, 2], [2, 4, 5]]
    assert read_index(folder, "t-1") == thumbnailing.Made(6)


def test_what_cannot_be_read_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "t-1.webm").write_bytes(b"\x1a\x45\xdf\xa3" + bytes(500))
    with pytest.raises(Unreadable):
        make(tmp_path / "t-1.webm", tmp_path / "thumbnails", "t-1")
    assert list((tmp_path / "thumbnails").iterdir()) == []
    with pytest.raises(FileNotFoundError):  # the recording was destroyed meanwhile: nothing brings it back
        make(tmp_path / "t-1.webm", tmp_path / "gone" / "thumbnails", "t-1")


# --- in the hub -------------------------------------------------------------------------------------


MAKES = RecordingSettings(min_free_bytes=0)


async def record(made: Studio) -> Recording:
    await made.open()
    video, audio = a_while(made.clock.now() - 2, 2)
    for source, items in ((CAMERA, video), (MICROPHONE, audio)):
        made.wire.begin(source)
        made.wire.send(source, items)
    await made.end_session()
    return await made.until_ready()


def track_of(state: Recording, kind: str) -> str:
    return next(track.track_id for track in state.tracks.values() if track.kind == kind)


async def test_R31_they_are_made_once_a_recording_is_ready_and_finished_by_the_next_hub(
    tmp_path: Path,
) -> None:
    async with studio(tmp_path, recording=MAKES) as made:
        state = await record(made)
        await made.recordings.thumbnails.idle()
        camera = track_of(state, "video")
        assert await made.recordings.thumbnails.counts(state) == {camera: 1}
        sheet = await made.recordings.thumbnails.sheet("r-1", camera, 0)
        assert Image.open(io.BytesIO(sheet)).size == (1600, 900)
    folder = tmp_path / "recordings" / "r-1" / "thumbnails"
    index_file(folder, camera).unlink()
    (folder / f"{camera}-1.999.tmp").write_bytes(b"half")
    async with studio(tmp_path, recording=MAKES) as made:
        await made.recordings.thumbnails.idle()
        assert await made.recordings.thumbnails.counts(await made.state()) == {camera: 1}
    assert [path.suffix for path in sorted(folder.iterdir())] == [".jpg", ".json"]


async def test_R31_of_a_session_that_goes_on_they_are_made_while_somebody_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnails_module, "GROWN_EVERY_S", 0.0)
    async with studio(tmp_path, recording=MAKES) as made:
        await made.open()
        video, _ = a_while(made.clock.now() - 2, 2)
        made.wire.begin(CAMERA)
        made.wire.send(CAMERA, video)
        state = await made.until(lambda state: len(state.tracks) == 1)
        thumbnails, camera = made.recordings.thumbnails, track_of(state, "video")
        async with asyncio.timeout(60):
            while await thumbnails.counts(state) != {camera: 1}:
                await thumbnails.idle()
        await made.end_session()
        await made.until_ready()
        await thumbnails.idle()
        made_of_it = read_index(tmp_path / "recordings" / "r-1" / "thumbnails", camera)
        assert made_of_it == thumbnailing.Made(1)


async def test_R33_a_disk_that_becomes_short_lets_go_of_them_and_with_room_they_come_again(
    tmp_path: Path,
) -> None:
    free = 10_000
    room = Room(lambda: free, min_free_bytes=1_000)
    async with studio(tmp_path, room=room, recording=MAKES) as made:
        state = await record(made)
        thumbnails = made.recordings.thumbnails
        await thumbnails.idle()
        assert len(await thumbnails.counts(state)) == 1
        free = 1_050
        thumbnails.want("r-1")
        await thumbnails.idle()
        assert await thumbnails.counts(state) == {}
        assert not (tmp_path / "recordings" / "r-1" / "thumbnails").exists()
        assert all(made.file(track).exists() for track in state.tracks.values())
        free = 10_000
        assert await thumbnails.counts(state) == {}, "whoever opens it now does not wait for them"
        await thumbnails.idle()
        assert len(await thumbnails.counts(state)) == 1


async def looks(client: Client) -> list[str]:
    return [
        event.actor.account
        for event in await client.hub.app[LOG].read(KEEPING)
        if hasattr(event.event, "what")
    ]


async def test_R32_they_are_for_those_who_may_review_and_to_look_at_them_is_a_look(tmp_path: Path) -> None:
    key = new_key()
    async with studio(tmp_path, recording=RecordingSettings(min_free_bytes=0, key=key)) as made:
        state = await record(made)
        await made.recordings.thumbnails.idle()
    async with served(tmp_path, **{"recording.key": key}) as client:
        path = f"/api/recordings/r-1/tracks/{track_of(state, 'video')}/thumbnails/"
        assert (await client.ask("GET", f"{path}0")).status == 401
        for account in ("admin", "hebi"):
            client.token = client.hub.app[AUTH].tokens.sign_login(account).text
            assert (await client.ask("GET", f"{path}0")).code == "forbidden"
        seen = len(await looks(client))
        client.token = client.hub.app[AUTH].tokens.sign_login("reviewer").text
        first = await client.ask("GET", f"{path}0")
        assert (first.status, first.headers["Content-Type"]) == (200, "image/jpeg")
        assert Image.open(io.BytesIO(first.body)).size == (1600, 900)
        assert (await looks(client))[seen:] == ["reviewer"]
        of_sound = path.replace(track_of(state, "video"), track_of(state, "audio"))
        for other in (f"{path}1", f"{of_sound}0", path.replace("r-1", "r-2") + "0", f"{path}-1", f"{path}x"):
            assert (await client.ask("GET", other)).status == 404
        manifest = (await client.ask("GET", "/api/recordings/r-1")).body
        small = {track["kind"]: track["thumbnails"] for track in manifest["tracks"]}
        assert small["audio"] is None
        assert (small["video"]["count"], small["video"]["every_ms"]) == (1, 10_000)
        client.token = ""
        assert (await client.ask("GET", small["video"]["href"].replace("{n}", "0"))).status == 200
