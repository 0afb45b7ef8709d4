"""What can be made of a recording: each form has its worker, what that is told, and what its words mean.

A form is plugged into ``Exports.forms``; the queue knows nothing else of it.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec

from hub.domain.keeping import Export, ExportWish
from hub.domain.paperwords import local
from hub.domain.recording import Recording, Track
from hub.domain.session import stream_of
from hub.live.streams import Batch
from hub.storage.eventlog import EventLog
from recordings.manifest import PLAYABLE
from recordings.remux import NO_ROOM_EXIT
from recordings.render.__main__ import NO_FONT_EXIT
from recordings.render.plan import spec_of
from recordings.render.spec import WIDTHS, Done, Job, Line, Progress

FAILED, NO_ROOM, NO_FONT = "export.failed", "export.no_room", "export.no_font"

_BITS_OF_PIXEL = 0.05
"""Of a film of a meeting, on the safe side."""
_SOUND_BYTES_PER_S = 16_000


class Order(NamedTuple):
    """One export that is to be made. ``files``: where the tracks it needs lie; ``key`` opens them.

    ``work`` is a folder of its recording for what is not finished; it is kept until the export is done.
    """

    recording: Recording
    export: Export
    files: Mapping[str, Path]
    key: bytes | None
    work: Path
    target: Path


class Failed(NamedTuple):
    """The worker itself says that it cannot: a code of ``hub.errors``."""

    reason: str


class Form(Protocol):
    """``module`` is run with what ``job`` gives on its standard input and says one line after the other."""

    @property
    def module(self) -> str: ...

    @property
    def suffix(self) -> str: ...

    def tracks(self, taken: Recording, wish: ExportWish) -> Sequence[Track]:
        """Those that it reads."""
        ...

    def size_bytes(self, taken: Recording, wish: ExportWish) -> int:
        """How large the file will be, on the safe side."""
        ...

    def room_bytes(self, taken: Recording, wish: ExportWish) -> int:
        """What it takes while it is made."""
        ...

    async def job(self, order: Order) -> bytes: ...

    def heard(self, line: bytes) -> Progress | Done | Failed:
        """What a line of the worker means. Raises ValueError."""
        ...

    def ended(self, returncode: int) -> str:
        """Why it has ended without a Done."""
        ...

    def tidy(self, order: Order) -> None:
        """It is done: what was kept for going on is not needed any more. Blocks."""
        ...


def span_of(taken: Recording, wish: ExportWish) -> int:
    """Milliseconds of it that were recorded."""
    to_ms = min(wish.to_ms, taken.stopped_ms or wish.to_ms)
    return max(1000, to_ms - max(wish.from_ms, taken.started_ms))


def film_bytes_per_s(height: int, fps: int) -> int:
    return round(WIDTHS[height] * height * fps * _BITS_OF_PIXEL / 8) + _SOUND_BYTES_PER_S


class FilmForm:
    """一个视频文件: everything in one picture, to be looked at anywhere."""

    module, suffix = "recordings.render", ".mp4"

    def __init__(self, log: EventLog, *, classification: str, algorithm: str) -> None:
        self._log = log
        self._classification = classification
        self._algorithm = algorithm
        self._folders: dict[str, str] = {}  # by export

    def tracks(self, taken: Recording, wish: ExportWish) -> Sequence[Track]:
        return [
            track
            for track in taken.tracks.values()
            if track.state in PLAYABLE
            and track.started_ms < wish.to_ms
            and (track.ended_ms or wish.to_ms) > wish.from_ms
        ]

    def size_bytes(self, taken: Recording, wish: ExportWish) -> int:
        return span_of(taken, wish) * film_bytes_per_s(wish.height, wish.fps) // 1000

    def room_bytes(self, taken: Recording, wish: ExportWish) -> int:
        """Its pieces lie beside it until it is joined."""
        return 2 * self.size_bytes(taken, wish)

    async def job(self, order: Order) -> bytes:
        events = await self._log.read(stream_of(order.recording.session_id))
        return await asyncio.to_thread(self._job, order, events)

    def _job(self, order: Order, events: Batch) -> bytes:
        spec = spec_of(
            order.recording,
            events,
            order.export.wish,
            {key: str(path) for key, path in order.files.items()},
            classification=self._classification,
            threads=min(4, os.cpu_count() or 1),
        )
        folder = self._folders[order.export.export_id] = spec.digest()[:32]
        pieces = order.work / folder
        pieces.mkdir(parents=True, exist_ok=True, mode=0o750)
        job = Job(
            spec=spec,
            pieces=str(pieces),
            target=str(order.target),
            algorithm=self._algorithm,
            key=order.key,
        )
        return msgspec.json.encode(job)

    def heard(self, line: bytes) -> Progress | Done | Failed:
        heard: Progress | Done = msgspec.json.decode(line, type=Line)
        return heard

    def ended(self, returncode: int) -> str:
        return {NO_ROOM_EXIT: NO_ROOM, NO_FONT_EXIT: NO_FONT}.get(returncode, FAILED)

    def tidy(self, order: Order) -> None:
        """The pieces of this film; others that were cancelled may still be taken up again."""
        shutil.rmtree(order.work / self._folders.pop(order.export.export_id, "-"), ignore_errors=True)


def name_of(taken: Recording, wish: ExportWish, suffix: str) -> str:
    """How the file is called where it is saved."""
    title = "".join(each if each not in '\\/:*?"<>|' and each.isprintable() else "_" for each in taken.title)
    return f"{title} {local(max(wish.from_ms, taken.started_ms)):%Y-%m-%d %H%M%S}{suffix}"
