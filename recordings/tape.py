"""One source on its way to disk: a Sink on the packet path, a file in the writer's thread."""

from __future__ import annotations

import logging
import math
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from hub.clock import Clock
from hub.domain.recording import Track
from recordings.forms import PART_SUFFIX
from recordings.frames import Frame
from recordings.growing import Growing
from recordings.keyring import CLEAR, NO_KEY, KeyRing, NoKey
from recordings.pipeline import Counts, Pipeline
from recordings.remux import NO_ROOM_ERRNOS
from recordings.segments import SegmentFile
from recordings.watchdog import Sight

_log = logging.getLogger(__name__)

INBOX_MAX = 4_096
"""Packets that may wait for the writer: some 20 s of one camera. More means that the disk has stopped."""

SYNC_EVERY_S = 3.0
"""What a power cut may take; ``kill -9`` takes less, it leaves the kernel's memory alone."""

KEYFRAME_EVERY_S = 4.0
"""A jump in the review page decodes from the last key frame on: this bounds how long that takes."""

_ASK_AGAIN_S = 0.5

STORAGE_FULL = "storage.full"
STORAGE_FAILED = "storage.failed"
STALLED = "recording.stalled"


class Watcher(Protocol):
    """Who is told about a tape; called in the writer's thread, must be quick and not raise."""

    def began(self, track: Track) -> None:
        """The file exists; ``track`` has its ``started_ms``."""
        ...

    def ended(self, end_ms: int | None, problem: str | None) -> None:
        """Nothing more is written. ``end_ms`` is wall time; None when no frame came, so there is no file."""
        ...

    def wants_keyframe(self) -> None: ...


class Totals(NamedTuple):
    """What a tape has done so far."""

    counts: Counts
    size_bytes: int
    waiting: int
    overflowed: int


class Tape:
    """``receive_*`` and ``close`` belong to the event loop, ``turn`` and ``cut`` to the writer's thread."""

    def __init__(
        self,
        clock: Clock,
        folder: Path,
        track: Track,
        watcher: Watcher,
        ring: Callable[[], KeyRing] = lambda: CLEAR,
        growing: Growing | None = None,
    ) -> None:
        """``track`` without ``started_ms``: that is known with the first frame, when ``ring`` is asked."""
        self._growing = growing
        self._clock = clock
        self._path = folder / (track.track_id + PART_SUFFIX)
        self._track = track
        self._watcher = watcher
        self._ring = ring
        self._pipeline = Pipeline(track.codec)
        # A deque takes and gives in one step each: all that the two threads need.
        self._inbox: deque[tuple[float, bytes | None, int, int]] = deque()
        self._overflowed = 0
        self._closing = False
        self._file: SegmentFile | None = None
        self._synced = self._asked = self._keyed = -math.inf
        self.done = False

    # --- in the event loop (hub.media.sfu.sink.Sink) -------------------------------------------------

    def receive_rtp(self, packet: bytes, arrival: float) -> None:
        if self._closing:
            return
        if len(self._inbox) >= INBOX_MAX:
            self._overflowed += 1  # the hole makes the pipeline wait for a key frame
            return
        self._inbox.append((arrival, packet, 0, 0))

    def receive_sender_report(self, ntp: int, rtp_timestamp: int, arrival: float) -> None:
        if len(self._inbox) < INBOX_MAX:
            self._inbox.append((arrival, None, ntp, rtp_timestamp))

    def close(self) -> None:
        self._closing = True

    @property
    def reached_ms(self) -> int | None:
        """Up to where it is written, in hub wall time; None before the first frame."""
        written = self._file
        return self._track.started_ms + written.end_ms if written is not None else None

    def sight(self, received: int) -> Sight:
        """What the watchdog sees of it; the writer's thread goes on meanwhile, it may be a turn old."""
        counts, written = self._pipeline.counts(), self._file
        size_bytes = written.size_bytes if written is not None else 0
        return Sight(received, counts.frames - counts.filled, size_bytes)

    # --- in the writer's thread ----------------------------------------------------------------------

    def turn(self, now: float) -> str | None:
        """Write what is ready. Returns the problem that has just ended this tape, if one has."""
        closing = self._closing  # asked first: what came before it is in the inbox
        self._take_in()
        frames = self._pipeline.flush() if closing else self._pipeline.drain(now)
        try:
            for frame in frames:
                self._write(frame, now)
            self._keep_safe(now)
        except OSError as error:
            problem = _problem_of(error)
            _log.error("a track cannot be written", extra={"track": self._track.track_id, "code": problem})
            self.cut(problem)
            return problem
        if closing:
            return self.cut(None)
        self._ask(now)
        return None

    def cut(self, problem: str | None) -> str | None:
        """Close the file and say so, once. Returns the problem, also when closing is what showed it."""
        if self.done:
            return problem
        self.done = True
        self._inbox.clear()
        end_ms = None
        if self._file is not None:
            end_ms = self._track.started_ms + self._file.end_ms
            try:
                self._file.close()
            except Exception as error:  # noqa: BLE001 - libav's are of many kinds; the end must be told all the same
                problem = problem or _problem_of(error)
        self._watcher.ended(end_ms, problem)
        return problem

    def totals(self) -> Totals:
        size_bytes = self._file.size_bytes if self._file is not None else 0
        return Totals(self._pipeline.counts(), size_bytes, len(self._inbox), self._overflowed)

    def _take_in(self) -> None:
        pipeline, inbox = self._pipeline, self._inbox
        for _ in range(len(inbox)):
            arrival, packet, ntp, rtp_timestamp = inbox.popleft()
            if packet is None:
                pipeline.receive_sender_report(ntp, rtp_timestamp, arrival)
            else:
                pipeline.receive_rtp(packet, arrival)

    def _write(self, frame: Frame, now: float) -> None:
        if self._file is None:
            self._track = replace(self._track, started_ms=self._clock.wall_ms_at(frame.at_s))
            key = self._ring().writing()
            # Here, not where the tape is made: that is on the packet path, which knows no full disk.
            self._path.parent.mkdir(exist_ok=True, mode=0o750)
            growing = self._growing
            shown = growing.begin(self._track.track_id, self._path) if growing is not None else None
            self._file = SegmentFile(self._path, self._track, frame, key, shown)
            self._synced = now
            self._watcher.began(self._track)
        if frame.key:
            self._keyed = now
        self._file.write(frame)

    def _keep_safe(self, now: float) -> None:
        if self._file is not None and now - self._synced >= SYNC_EVERY_S:
            self._synced = now
            self._file.sync()

    def _ask(self, now: float) -> None:
        if self._track.kind != "video" or now - self._asked < _ASK_AGAIN_S:
            return
        if self._pipeline.wants_keyframe or now - self._keyed >= KEYFRAME_EVERY_S:
            self._asked = now
            self._watcher.wants_keyframe()


def _problem_of(error: Exception) -> str:
    """What is told of it: a code of ``hub.errors``."""
    if isinstance(error, NoKey):
        return NO_KEY
    full = isinstance(error, OSError) and error.errno in NO_ROOM_ERRNOS
    return STORAGE_FULL if full else STORAGE_FAILED
