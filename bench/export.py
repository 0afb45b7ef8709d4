"""Export: how many seconds of a meeting become a film in one second, beside an ordinary graph of libav."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import av
import msgspec
from av.filter import Graph

from bench.processes import ROOT
from bench.report import middle, say, section
from recordings.render.spec import Change, Job, Layout, RenderTrack, RenderVenue, Spec, Stretch

VENUES, SECONDS, ROUNDS = 10, 40, 2
WIDTH, HEIGHT, FPS, BITS = 1280, 720, 25, 1_500_000
_LOOP_S = 4
_BEGAN_MS = 1_784_514_600_000


class Took(NamedTuple):
    wall_s: float
    cpu_s: float
    size_bytes: int

    @property
    def speed(self) -> float:
        return SECONDS / self.wall_s


def _pictures(number: int) -> Sequence[bytes]:
    """Something that moves a little before something that does not, as people at a table do."""
    encoder = av.CodecContext.create("libvpx", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    encoder.time_base, encoder.framerate = Fraction(1, FPS), Fraction(FPS, 1)
    encoder.bit_rate, encoder.gop_size = BITS, FPS * _LOOP_S
    encoder.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "auto-alt-ref": "0"}
    graph = Graph()
    nodes = [
        graph.add("gradients", f"s={WIDTH}x{HEIGHT}:r={FPS}:speed=0.001:seed={number + 1}:nb_colors=4"),
        graph.add("drawbox", "x=iw/2-140+40*sin(t):y=ih/3:w=280:h=ih:c=gray:t=fill"),
        graph.add("format", "yuv420p"),
        graph.add("buffersink"),
    ]
    graph.link_nodes(*nodes).configure()
    packets: list[bytes] = []
    for tick in range(_LOOP_S * FPS):
        frame = graph.vpull()
        frame.pts, frame.time_base = tick, Fraction(1, FPS)
        packets += map(bytes, encoder.encode(frame))
    return [*packets, *map(bytes, encoder.encode(None))]


def _camera(path: Path, number: int) -> None:
    pictures = _pictures(number)
    with av.open(str(path), "w", format="webm") as file:
        stream = file.add_mux_stream("vp8", width=WIDTH, height=HEIGHT, time_base=Fraction(1, 1000))
        for tick in range(SECONDS * FPS):
            packet = av.Packet(pictures[tick % len(pictures)])
            packet.stream, packet.time_base = stream, Fraction(1, 1000)
            packet.pts = packet.dts = tick * 1000 // FPS
            packet.is_keyframe = tick % len(pictures) == 0
            file.mux_one(packet)


def _microphone(path: Path, number: int) -> None:
    graph = Graph()
    nodes = [
        graph.add("anoisesrc", f"d={SECONDS}:c=pink:a=0.1:seed={number + 1}:r=48000"),
        graph.add("aformat", "s16:48000:stereo"),
        graph.add("asetnsamples", "960"),
        graph.add("abuffersink"),
    ]
    graph.link_nodes(*nodes).configure()
    with av.open(str(path), "w", format="webm") as file:
        stream = file.add_stream("libopus", rate=48_000)
        stream.layout, stream.bit_rate = "stereo", 32_000
        while True:
            try:
                frame = graph.pull()
            except (av.error.EOFError, av.error.BlockingIOError):
                break
            assert isinstance(frame, av.AudioFrame)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def _tracks(place: Path) -> list[RenderTrack]:
    tracks = []
    for number in range(VENUES):
        for source, write in (("camera", _camera), ("microphone", _microphone)):
            path = place / f"{number}.{source}.webm"
            write(path, number)
            tracks.append(
                RenderTrack(
                    track_id=path.stem,
                    venue=f"v{number}",
                    source=source,
                    kind="video" if source == "camera" else "audio",
                    started_ms=_BEGAN_MS,
                    ended_ms=_BEGAN_MS + SECONDS * 1000,
                    path=str(path),
                )
            )
    return tracks


def _spec(tracks: list[RenderTrack], layout: Layout, fps: int) -> Spec:
    """Somebody else speaks every ten seconds."""
    turns = [(f"v{n}", _BEGAN_MS + n * 10_000) for n in range(SECONDS // 10)]
    return Spec(
        layout=layout,
        width=WIDTH,
        height=HEIGHT,
        fps=fps,
        from_ms=_BEGAN_MS,
        to_ms=_BEGAN_MS + SECONDS * 1000,
        title="强降雨防汛会商",
        classification="非涉密·内部使用",
        exercise=True,
        venues=[
            RenderVenue(venue=f"v{n}", name=f"第{n + 1}会场值班室", short=f"会场{n + 1}")
            for n in range(VENUES)
        ],
        tracks=tracks,
        main=[Change(at_ms, venue) for venue, at_ms in turns],
        content=[],
        marks={venue: [Stretch(at_ms, at_ms + 10_000, "正在发言")] for venue, at_ms in turns},
        absent={},
        gaps=[],
    )


def _venue(number: int) -> RenderVenue:
    return RenderVenue(venue=f"v{number}", name=f"第{number + 1}会场值班室", short=f"会场{number + 1}")


def _timed(command: Sequence[str], standard_input: bytes, target: Path) -> Took:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, cwd=ROOT, input=standard_input, stdout=subprocess.DEVNULL, check=True)
    took, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    size_bytes = target.stat().st_size
    target.unlink()
    return Took(took, cpu_s, size_bytes)


def _hub(place: Path, spec: Spec) -> Took:
    with tempfile.TemporaryDirectory(dir=place) as pieces:
        job = Job(spec=spec, pieces=pieces, target=str(place / "film.mp4"))
        command = [sys.executable, "-m", "recordings.render"]
        return _timed(command, msgspec.json.encode(job), place / "film.mp4")


def _peer(place: Path, layout: Layout, fps: int) -> Took:
    files = [str(place / f"{n}.{source}.webm") for source in ("camera", "microphone") for n in range(VENUES)]
    target = place / "peer.mp4"
    command = [sys.executable, "-m", "bench.exportpeer", layout, str(fps), str(target), *files]
    return _timed(command, b"", target)


def run() -> None:
    rows: list[tuple[str, ...]] = []
    speeds: dict[tuple[str, int], float] = {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        say(f"export: {VENUES} venues, {SECONDS} s")
        tracks = _tracks(place)
        for layout in Layout:
            for fps in (25, 10):
                ours, theirs = [], []
                for number in range(ROUNDS):
                    say(f"export: {layout} at {fps} pictures/s, round {number + 1} of {ROUNDS}")
                    ours.append(_hub(place, _spec(tracks, layout, fps)))
                    theirs.append(_peer(place, layout, fps))
                speeds[layout, fps] = middle([took.speed for took in ours])
                rows.append(_row(f"{layout}, {fps}/s", "the hub", ours))
                rows.append(_row("", "libav graph", theirs))
    title = (
        f"export, {VENUES} venues at {HEIGHT}p: {speeds['grid', 25]:.1f} times real time as a grid, "
        f"{speeds['speaker', 25]:.1f} with the speaker large"
    )
    words = (
        f"{VENUES} cameras of {WIDTH}x{HEIGHT} and {FPS} pictures/s in VP8, at most {BITS / 1e6:.1f} Mbit/s, "
        f"{VENUES} microphones in Opus, {SECONDS} s of a meeting; the film is {WIDTH}x{HEIGHT}, H.264 "
        "`veryfast` at CRF 26 and AAC. The hub writes names, marks, marking and clock into the picture; its "
        "peer is a graph of libav (scale, xstack, amix) with the same encoders, decoders with threads of "
        "their own, and writes nothing into it. Each is a process of its own; the middle of "
        f"{ROUNDS} rounds in turn."
    )
    section(title, words, ("film", "", "times real time", "CPU for a second", "Mbit/s"), rows)


def _row(what: str, who: str, took: Sequence[Took]) -> tuple[str, ...]:
    return (
        what,
        who,
        f"{middle([one.speed for one in took]):.2f}",
        f"{middle([one.cpu_s for one in took]) / SECONDS:.2f} s",
        f"{took[0].size_bytes * 8 / SECONDS / 1e6:.2f}",
    )
