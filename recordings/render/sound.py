"""All sound of a film: every microphone at its place on the hub's clock, mixed, limited, encoded once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.filter import Graph
from av.filter.context import FilterContext
from av.packet import Packet

from recordings.render.opened import UNREADABLE, Open, Opened
from recordings.render.spec import AAC_SAMPLES, SAMPLE_RATE, RenderTrack

_PER_MS = SAMPLE_RATE // 1000
_TIME_BASE = Fraction(1, SAMPLE_RATE)

TOLERANCE = 60 * _PER_MS
"""A file is on the hub's clock within 20 ms (its sound has no holes); what is further off is a jump."""

PREROLL = 8 * AAC_SAMPLES
"""Each frame of AAC overlaps the one before: an encoder that begins in the middle begins so much earlier."""

AHEAD = 4 * AAC_SAMPLES
"""What encoder and limiter hold back."""

_SETTLE_MS = 100
"""Opus needs some packets before it sounds right."""

_SILENCE = b"\xf8\xff\xfe"
_SILENT_SAMPLES = 960
_BITS = 128_000


class Encoded(NamedTuple):
    """A frame of AAC: the samples from ``pts`` on."""

    pts: int
    data: bytes


class _Piece(NamedTuple):
    """Decoded samples from position ``at`` on; no planes: silence."""

    at: int
    samples: int
    planes: tuple[bytes, bytes] | None


class Voice:
    """One file of sound, read forward. Positions are samples of the film; those before it are negative."""

    def __init__(self, track: RenderTrack, from_ms: int, open_: Open) -> None:
        self.begin = (track.started_ms - from_ms) * _PER_MS
        self.end = (track.ended_ms - from_ms) * _PER_MS
        self._track = track
        self._open = open_
        self._opened: Opened | None = None
        self._packets: Iterator[Packet[av.AudioStream]] = iter(())
        self._rest: _Piece | None = None
        self._next: int | None = None
        self._resampler = AudioResampler("fltp", "stereo", SAMPLE_RATE)
        self._broken = False

    def fill(self, left: bytearray, right: bytearray, begin: int, end: int) -> bool:
        """Write the samples from ``begin`` to ``end``; False when it is all silence."""
        if self._opened is None and not self._broken:
            self._jump(begin)
        loud = False
        while (piece := self._rest or self._decode()) is not None:
            self._rest = piece
            first, last = max(begin, piece.at), min(end, piece.at + piece.samples)
            if first < last and piece.planes is not None:
                loud = True
                into = slice((first - begin) * 4, (last - begin) * 4)
                of = slice((first - piece.at) * 4, (last - piece.at) * 4)
                left[into], right[into] = piece.planes[0][of], piece.planes[1][of]
            if piece.at + piece.samples > end:
                break
            self._rest = None
        return loud

    def close(self) -> None:
        self._packets, self._rest, self._broken = iter(()), None, True
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _jump(self, begin: int) -> None:
        after_ms = (begin - self.begin) / _PER_MS - _SETTLE_MS
        try:
            self._opened = Opened(self._track, self._open)
            container = self._opened.container
            if after_ms > 0:
                container.seek(int(after_ms * 1000))
            self._packets = container.demux(container.streams.audio[0])
        except UNREADABLE:
            self.close()

    def _decode(self) -> _Piece | None:
        """What comes next, at its place."""
        while True:
            try:
                packet = next(self._packets, None)
                if packet is None:
                    return None
                piece = self._silence(packet) or self._sound(packet)
            except (av.error.FFmpegError, OSError):
                return None
            if piece is None:
                continue
            at = piece.at if self._next is None else self._next
            if abs(piece.at - at) > TOLERANCE:
                if piece.at < at:
                    continue  # it lies in what has been played
                at = piece.at
            self._next = at + piece.samples
            return piece._replace(at=at)

    def _silence(self, packet: Packet[av.AudioStream]) -> _Piece | None:
        """What the recorder has written into a hole needs no decoder."""
        if packet.size != len(_SILENCE) or self._next is None or bytes(packet) != _SILENCE:
            return None
        return _Piece(self._position(packet.pts, packet.time_base), _SILENT_SAMPLES, None)

    def _sound(self, packet: Packet[av.AudioStream]) -> _Piece | None:
        frames = packet.decode()
        if not frames:
            return None
        at = self._position(frames[0].pts, frames[0].time_base)
        even = [each for frame in frames for each in self._even(frame)]
        left = b"".join(bytes(each.planes[0])[: each.samples * 4] for each in even)
        right = b"".join(bytes(each.planes[1])[: each.samples * 4] for each in even)
        return _Piece(at, len(left) // 4, (left, right))

    def _even(self, frame: AudioFrame) -> list[AudioFrame]:
        alike = frame.format.name == "fltp" and frame.layout.name == "stereo"
        if alike and frame.sample_rate == SAMPLE_RATE:
            return [frame]
        return self._resampler.resample(frame)

    def _position(self, pts: int | None, time_base: Fraction | None) -> int:
        return self.begin + round((pts or 0) * (time_base or Fraction(1, 1000)) * SAMPLE_RATE)


class _Sum:
    """Adds up so many sounds of one length."""

    def __init__(self, count: int) -> None:
        self._graph = Graph()
        how = {"sample_rate": SAMPLE_RATE, "format": "fltp", "layout": "stereo", "time_base": _TIME_BASE}
        self._ins: list[FilterContext] = [self._graph.add_abuffer(**how) for _ in range(count)]  # type: ignore[arg-type]
        mix = self._graph.add("amix", f"inputs={count}:normalize=0:dropout_transition=0")
        self._out = self._graph.add("abuffersink")
        for number, one in enumerate(self._ins):
            one.link_to(mix, 0, number)
        mix.link_to(self._out)
        self._graph.configure()
        self._at = 0

    def of(self, frames: Sequence[AudioFrame]) -> list[AudioFrame]:
        for one, frame in zip(self._ins, frames, strict=True):
            frame.pts = self._at
            one.push(frame)
        self._at += frames[0].samples
        return _pulled(self._out)


class Sound:
    """The sound of a film from ``begin`` on (a sample that begins a piece). Used by one thread at a time."""

    def __init__(self, tracks: Sequence[RenderTrack], from_ms: int, begin: int, open_: Open) -> None:
        self._voices = [Voice(track, from_ms, open_) for track in tracks]
        self._begin = begin
        self._at = max(0, begin - PREROLL)
        self._sums: dict[int, _Sum] = {}
        self._next_pts = self._at
        self._graph = Graph()
        self._in = self._graph.add_abuffer(
            sample_rate=SAMPLE_RATE, format="fltp", layout="stereo", time_base=_TIME_BASE
        )
        # Twenty who speak at once are too loud for one.
        limiter = self._graph.add("alimiter", "limit=0.95:level=0:latency=1")
        cut = self._graph.add("asetnsamples", f"n={AAC_SAMPLES}:p=0")
        self._out = self._graph.add("abuffersink")
        self._in.link_to(limiter)
        limiter.link_to(cut)
        cut.link_to(self._out)
        self._graph.configure()
        self._encoder = encoder()

    def until(self, end: int) -> list[Encoded]:
        """Read on to the sample ``end``, and what comes out of the encoder by that."""
        made: list[Encoded] = []
        while self._at < end:
            to = min(end, self._at + SAMPLE_RATE)
            for frame in self._mixed(self._at, to):
                frame.pts = self._at
                self._at += frame.samples
                self._in.push(frame)
                made += self._encode()
        return made

    def close(self) -> None:
        for voice in self._voices:
            voice.close()

    def _mixed(self, begin: int, end: int) -> list[AudioFrame]:
        frames: list[AudioFrame] = []
        for voice in self._voices:
            if voice.begin >= end:
                continue
            if voice.end + SAMPLE_RATE <= begin:
                voice.close()
                continue
            left, right = bytearray((end - begin) * 4), bytearray((end - begin) * 4)
            if voice.fill(left, right, begin, end):
                frames.append(_frame(left, right))
        if not frames:
            return [_frame(bytes((end - begin) * 4), bytes((end - begin) * 4))]
        if len(frames) == 1:
            return frames
        if len(frames) not in self._sums:
            self._sums[len(frames)] = _Sum(len(frames))
        return self._sums[len(frames)].of(frames)

    def _encode(self) -> list[Encoded]:
        made: list[Encoded] = []
        for frame in _pulled(self._out):
            frame.pts, frame.time_base = self._next_pts, _TIME_BASE
            self._next_pts += frame.samples
            # What an encoder says before the first sample belongs to the very first piece alone.
            made += [
                Encoded(packet.pts, bytes(packet))
                for packet in self._encoder.encode(frame)
                if packet.pts is not None and (packet.pts >= self._begin or self._begin == 0)
            ]
        return made


def encoder() -> av.AudioCodecContext:
    """Made with the same values each time, or the pieces would not join."""
    context = av.CodecContext.create("aac", "w")
    assert isinstance(context, av.AudioCodecContext)
    set_up(context)
    return context


def set_up(context: av.AudioCodecContext) -> None:
    context.sample_rate, context.layout, context.format = SAMPLE_RATE, "stereo", av.AudioFormat("fltp")
    context.bit_rate, context.time_base = _BITS, _TIME_BASE


def _frame(left: bytes | bytearray, right: bytes | bytearray) -> AudioFrame:
    frame = AudioFrame("fltp", "stereo", len(left) // 4)
    frame.planes[0].update(bytes(left))
    frame.planes[1].update(bytes(right))
    frame.sample_rate, frame.time_base = SAMPLE_RATE, _TIME_BASE
    return frame


def _pulled(sink: FilterContext) -> list[AudioFrame]:
    frames: list[AudioFrame] = []
    while True:
        try:
            frame = sink.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return frames
        if isinstance(frame, AudioFrame):
            frames.append(frame)
