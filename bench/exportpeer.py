"""The same film by an ordinary graph of libav: ``... LAYOUT FPS TARGET CAMERA... MICROPHONE...``"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import av
from av.filter import Graph
from av.filter.context import FilterContext

WIDTH, HEIGHT = 1280, 720


def _places(layout: str, count: int) -> list[tuple[int, int, int, int]]:
    """Of each camera: x, y, width, height."""
    if layout == "grid":
        return [(320 * (n % 4), 240 * (n // 4), 320, 180) for n in range(count)]
    small = [(960 + 160 * (n % 2), 112 * (n // 2), 160, 90) for n in range(count - 1)]
    return [(0, 0, 960, 540), *small]


def _pictures(files: list[str], layout: str, fps: int) -> tuple[Graph, list[FilterContext], FilterContext]:
    graph = Graph()
    places = _places(layout, len(files))
    stack = graph.add(
        "xstack",
        f"inputs={len(files)}:fill=black:layout=" + "|".join(f"{x}_{y}" for x, y, _, _ in places),
    )
    ins = []
    for number, (file, (_, _, width, height)) in enumerate(zip(files, places, strict=True)):
        with av.open(file) as opened:
            source = graph.add_buffer(template=opened.streams.video[0])
        rate, scale = graph.add("fps", f"fps={fps}"), graph.add("scale", f"{width}:{height}:flags=area")
        source.link_to(rate)
        rate.link_to(scale)
        scale.link_to(stack, 0, number)
        ins.append(source)
    pad, sink = graph.add("pad", f"{WIDTH}:{HEIGHT}"), graph.add("buffersink")
    stack.link_to(pad)
    pad.link_to(sink)
    graph.configure()
    return graph, ins, sink


def _sounds(files: list[str]) -> tuple[Graph, list[FilterContext], FilterContext]:
    graph = Graph()
    mix, sink = graph.add("amix", f"inputs={len(files)}:normalize=0"), graph.add("abuffersink")
    ins = []
    for number, file in enumerate(files):
        with av.open(file) as opened:
            source = graph.add_abuffer(template=opened.streams.audio[0])
        source.link_to(mix, 0, number)
        ins.append(source)
    even = graph.add("asetnsamples", "1024")
    mix.link_to(even)
    even.link_to(sink)
    graph.configure()
    return graph, ins, sink


def main(layout: str, fps: int, target: Path, files: list[str]) -> None:
    half = len(files) // 2
    kinds = ((files[:half], "video"), (files[half:], "audio"))
    with av.open(str(target), "w", options={"movflags": "faststart"}) as film:
        video = film.add_stream("libx264", rate=fps, options={"preset": "veryfast", "crf": "26"})
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        audio = film.add_stream("aac", rate=48_000, layout="stereo")
        audio.bit_rate = 128_000
        lanes = []
        for of, kind in kinds:
            graph, ins, sink = _pictures(of, layout, fps) if kind == "video" else _sounds(of)
            stream = video if kind == "video" else audio
            lanes.append((graph, ins, sink, stream, [_decoded(file) for file in of]))
        while lanes:
            for lane in list(lanes):
                _, ins, sink, stream, readers = lane
                ended = [_push(one, next(reader, None)) for one, reader in zip(ins, readers, strict=True)]
                _drain(film, stream, sink)
                if all(ended):
                    film.mux(stream.encode(None))
                    lanes.remove(lane)


def _decoded(file: str) -> Iterator[av.VideoFrame | av.AudioFrame]:
    with av.open(file) as opened:
        stream = opened.streams[0]
        assert isinstance(stream, av.VideoStream | av.AudioStream)
        if isinstance(stream, av.VideoStream):
            stream.thread_type = "AUTO"
        yield from opened.decode(stream)  # type: ignore[misc]


def _push(into: FilterContext, frame: av.VideoFrame | av.AudioFrame | None) -> bool:
    """Whether it was the last one."""
    with contextlib.suppress(av.error.EOFError):
        into.push(frame)
    return frame is None


def _drain(
    film: av.container.OutputContainer, stream: av.VideoStream | av.AudioStream, sink: FilterContext
) -> None:
    while True:
        try:
            frame = sink.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        if isinstance(frame, av.VideoFrame):
            frame.pict_type = av.video.frame.PictureType.NONE
        film.mux(stream.encode(frame))  # type: ignore[arg-type]


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
