"""Files as the recorder leaves them, and a small film of them: flashes and beeps on the hub's clock."""

from __future__ import annotations

import io
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from recordings.forms import MP4
from recordings.keyring import CLEAR, KeyRing
from recordings.render import film, pieces
from recordings.render.opened import Open
from recordings.render.pieces import Pieces
from recordings.render.spec import Change, Layout, Progress, RenderTrack, RenderVenue, Spec
from tests.support.factories import START_MS
from tests.support.rtp_samples import FPS, HEIGHT, WIDTH, h264_pictures, opus_packets, vp8_frames

_MILLISECONDS = Fraction(1, 1000)

VENUES = [
    RenderVenue(venue="office", name="省委总值班室", short="值班室"),
    RenderVenue(venue="yingji", name="省应急管理厅指挥中心", short="应急厅"),
    RenderVenue(venue="xinyang", name="信阳市委值班室", short="信阳"),
]


def camera_file(path: Path, seconds: int, at_s: Sequence[float] = (0.0,)) -> Path:
    """Flashes for so many seconds, at each of these places of the file."""
    with av.open(str(path), "w", format="webm") as file:
        stream = file.add_mux_stream("vp8", width=WIDTH, height=HEIGHT, time_base=_MILLISECONDS)
        for begin_s in at_s:
            for number, data in enumerate(vp8_frames(seconds)):
                pts = round((begin_s + number / FPS) * 1000)
                file.mux_one(_packet(data, stream, pts, key=number % (2 * FPS) == 0))
    return path


def hardware_camera_file(path: Path, seconds: int, at_s: Sequence[float] = (0.0,)) -> Path:
    """The same in H.264, as the recorder seals it."""
    whole = io.BytesIO(b"".join(h264_pictures(seconds)))
    with (
        av.open(whole, format="h264") as form,
        av.open(str(path), "w", format=MP4.name, options=MP4.sealed) as file,
    ):
        stream = file.add_stream_from_template(form.streams.video[0])
        stream.time_base = _MILLISECONDS
        for begin_s in at_s:
            for number, data in enumerate(h264_pictures(seconds)):
                pts = round((begin_s + number / FPS) * 1000)
                file.mux_one(_packet(data, stream, pts, key=number % (2 * FPS) == 0))
    return path


def microphone_file(path: Path, seconds: int, at_s: Sequence[float] = (0.0,)) -> Path:
    """Beeps, likewise."""
    with av.open(str(path), "w", format="webm") as file:
        stream = file.add_stream("libopus", rate=48_000)
        stream.layout, stream.time_base = "stereo", _MILLISECONDS
        for begin_s in at_s:
            for number, data in enumerate(opus_packets(seconds)):
                packet = _packet(data, stream, round(begin_s * 1000) + number * 20, key=True)
                packet.duration = 20
                file.mux_one(packet)
    return path


def _packet(data: bytes, stream: Any, pts: int, *, key: bool) -> Any:
    packet = av.Packet(data)
    packet.stream, packet.time_base = stream, _MILLISECONDS
    packet.pts = packet.dts = pts
    packet.is_keyframe = key
    return packet


def track(path: Path, venue: str, source: str, seconds: float, *, after_ms: int = 0) -> RenderTrack:
    """The file as a track that began ``after_ms`` behind the start."""
    return RenderTrack(
        track_id=f"t-{venue}-{source}-{after_ms}",
        venue=venue,
        source=source,
        kind="audio" if source == "microphone" else "video",
        started_ms=START_MS + after_ms,
        ended_ms=START_MS + after_ms + round(seconds * 1000),
        path=str(path),
    )


def spec(tracks: Sequence[RenderTrack], seconds: float, **changes: Any) -> Spec:
    """One venue in a grid, or what ``changes`` says; small, and in short pieces."""
    values: dict[str, Any] = {
        "layout": Layout.GRID,
        "width": 320,
        "height": 180,
        "fps": 25,
        "from_ms": START_MS,
        "to_ms": START_MS + round(seconds * 1000),
        "title": "强降雨防汛会商",
        "classification": "非涉密·内部使用",
        "exercise": False,
        "venues": VENUES[1:2],
        "tracks": list(tracks),
        "main": [Change(START_MS, "yingji")],
        "content": [],
        "marks": {},
        "absent": {},
        "gaps": [],
        "piece_ms": 1_600,
    }
    return Spec(**(values | changes))


def open_file(one: RenderTrack) -> Any:
    return Path(one.path).open("rb")


def make(of: Spec, folder: Path, open_: Open = open_file, keys: KeyRing = CLEAR) -> Path:
    """The whole film."""
    said: list[Progress] = []
    made = Pieces(folder, keys)
    film.make_pieces(of, made, open_, said.append)
    pieces.join(made, of, folder / "film.mp4")
    return folder / "film.mp4"


def pictures_of(path: Path) -> list[av.VideoFrame]:
    with av.open(str(path)) as file:
        return list(file.decode(video=0))


def luma(frame: av.VideoFrame, x: int, y: int, width: int, height: int) -> bytes:
    """The brightness of that area, row after row."""
    plane = frame.planes[0]
    data, stride = bytes(plane), plane.line_size
    return b"".join(data[row * stride + x : row * stride + x + width] for row in range(y, y + height))
