"""The moving pictures of one feed: decodes what is needed to show it at a time, and scales it once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import av
from av.codec.context import Flags
from av.packet import Packet
from av.video.reformatter import Interpolation, VideoReformatter

from recordings.render.layout import Rect, inside
from recordings.render.opened import UNREADABLE, Open, Opened
from recordings.render.spec import RenderTrack

STALE_MS = 10_000
"""A camera that has sent nothing for so long shows nothing; content may stand still for ever."""

_FAR_MS = 15_000
"""Further ahead than from one key frame to the next: a jump costs less than decoding everything between."""


class Film:
    """One file, read forward; it jumps when that is cheaper, or when the time is an earlier one."""

    def __init__(self, track: RenderTrack, open_: Open) -> None:
        self._track = track
        self._open = open_
        self._opened: Opened | None = None
        self._packets: Iterator[Packet[av.VideoStream]] = iter(())
        self._next: Packet[av.VideoStream] | None = None
        self._next_ms = 0.0
        self._broken = False
        self.frame: av.VideoFrame | None = None
        self.frame_ms = 0.0

    @property
    def track(self) -> RenderTrack:
        return self._track

    def advance(self, at_ms: float) -> av.VideoFrame | None:
        """The picture that stood then; the same object while it does not change."""
        after = at_ms - self._track.started_ms
        if self._broken or after < 0:
            return None
        if self._opened is None or after < self.frame_ms or self._is_far(after):
            self._jump(after)
        while self._next is not None and self._next_ms <= after:
            self._decode(self._next)
            self._step()
        return self.frame

    def close(self) -> None:
        self._packets, self._next, self.frame = iter(()), None, None
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _is_far(self, after: float) -> bool:
        return self._next is not None and after - max(self.frame_ms, self._next_ms) > _FAR_MS

    def _jump(self, after: float) -> None:
        try:
            if self._opened is None:
                self._opened = Opened(self._track, self._open)
                context = self._opened.container.streams.video[0].codec_context
                context.thread_count = 1  # one feed to a thread: that is how they share the cores
                context.flags |= Flags.low_delay  # what browsers send is in order
            container = self._opened.container
            container.seek(int(after * 1000))
            container.streams.video[0].codec_context.flush_buffers()
        except UNREADABLE:
            self._broken = True
            self.close()
            return
        self.frame, self.frame_ms = None, 0.0
        self._packets = container.demux(container.streams.video[0])
        self._step()

    def _step(self) -> None:
        self._next = None
        while True:
            try:
                packet = next(self._packets, None)
            except (av.error.FFmpegError, OSError):
                return  # what follows cannot be read
            if packet is None:
                return
            if packet.pts is not None and packet.size and packet.time_base is not None:
                self._next, self._next_ms = packet, float(packet.pts * packet.time_base * 1000)
                return

    def _decode(self, packet: Packet[av.VideoStream]) -> None:
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            return  # the picture before stays
        for frame in frames:
            self.frame, self.frame_ms = frame, self._next_ms


class Want(NamedTuple):
    """At ``tick`` the feed is wanted in these areas; ``fresh``: whether or not it has changed."""

    tick: int
    at_ms: float
    areas: Sequence[Rect]
    fresh: bool


class Shown(NamedTuple):
    """From ``tick`` on ``picture`` stands in ``area``, of which it leaves the edges; None: there is none."""

    tick: int
    area: Rect
    place: Rect
    picture: av.VideoFrame | None
    stale: bool


class Reel:
    """One feed: its files one after the other. Used by one thread at a time."""

    def __init__(self, tracks: Sequence[RenderTrack], open_: Open, *, may_stand_still: bool) -> None:
        self._tracks = sorted(tracks, key=lambda track: track.started_ms)
        self._open = open_
        self._may_stand_still = may_stand_still
        self._film: Film | None = None
        self._scalers: dict[Rect, VideoReformatter] = {}
        self._last: tuple[av.VideoFrame | None, bool] = (None, False)

    def run(self, wants: Sequence[Want]) -> list[Shown]:
        """What is new at each of the times, which rise."""
        shown: list[Shown] = []
        for want in wants:
            now = self._at(want.at_ms)
            if now == self._last and not want.fresh:
                continue
            self._last = now
            shown += [self._scaled(want.tick, area, *now) for area in want.areas]
        return shown

    def close(self) -> None:
        if self._film is not None:
            self._film.close()
            self._film = None

    def _at(self, at_ms: float) -> tuple[av.VideoFrame | None, bool]:
        track = next((t for t in reversed(self._tracks) if t.started_ms <= at_ms < t.ended_ms), None)
        if track is None:
            self.close()
            return None, False
        if self._film is None or self._film.track is not track:
            self.close()
            self._film = Film(track, self._open)
        frame = self._film.advance(at_ms)
        if frame is None:
            return None, False
        age_ms = at_ms - track.started_ms - self._film.frame_ms
        if age_ms > STALE_MS and not self._may_stand_still:
            return None, True
        return frame, False

    def _scaled(self, tick: int, area: Rect, frame: av.VideoFrame | None, stale: bool) -> Shown:
        if frame is None:
            return Shown(tick, area, area, None, stale)
        place = inside(area, frame.width, frame.height)
        scaler = self._scalers.setdefault(area, VideoReformatter())
        picture = scaler.reformat(
            frame, place.width, place.height, "yuv420p", interpolation=Interpolation.AREA
        )
        return Shown(tick, area, place, picture, stale)
