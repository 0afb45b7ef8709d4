"""Brings sealed files into the store, one by one, and takes them away here once they are proven there.

A store that fails holds nothing up: files stay where they are and are played from there, officers see it, and
it is tried again with growing pauses. What is to be moved is what lies here, so a restart needs no memory.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from hub.clock import Clock
from hub.domain import keeping, recording
from hub.domain.event import HUB, Recorded
from hub.domain.keeping import Keeping, NoteStored
from hub.domain.recording import Recording, RecordingReady, RecordingState, TrackRecovered, TrackSealed
from hub.errors import Refusal
from hub.ids import is_id
from hub.live.streams import Streams
from hub.metrics import STORE_FAILING, STORE_FAILURES, STORE_WAITING
from hub.storage.blobs import sync_folder
from hub.storage.s3 import aside
from hub.tasks import Tasks
from recordings.forms import SUFFIXES
from recordings.manifest import PLAYABLE
from recordings.places import MANIFEST, Places
from recordings.shelf import Shelf, name_of
from recordings.stores import Store

_log = logging.getLogger(__name__)

FAILED = "recording.store_failed"

PAUSES_S = (5.0, 15.0, 60.0, 300.0, 600.0)
"""After each failure in a row; the last one stays."""

LOOK_AGAIN_S = 60.0
"""For what was being read when it was to be taken away."""


class Waiting(NamedTuple):
    """A file that lies here and belongs into the store; ``track_id`` is empty for a manifest."""

    recording_id: str
    track_id: str
    path: Path
    size_bytes: int


class Mover:
    """Runs from ``start`` to ``close``. ``failing_since_ms``: of the first failure in a row."""

    def __init__(self, clock: Clock, streams: Streams, places: Places, shelf: Shelf, store: Store) -> None:
        self._clock = clock
        self._streams = streams
        self._places = places
        self._shelf = shelf
        self._store = store
        self._wake = asyncio.Event()
        self._there: dict[str, int] | None = (
            None  # manifests in the store, with their sizes: they stay here too
        )
        self._tasks = Tasks("mover")
        self._listeners: list[Callable[[], None]] = []
        self.failing_since_ms: int | None = None
        self.waiting_files = self.waiting_bytes = 0

    def start(self) -> None:
        self._tasks.start(self._run(), "moving files into the store")

    async def close(self) -> None:
        """What is under way is given up, and begun anew at the next start."""
        await self._tasks.close()

    def published(self, stream: str, events: list[Recorded[Any]]) -> None:
        """A ``Streams`` subscriber."""
        if any(isinstance(each.event, TrackSealed | TrackRecovered | RecordingReady) for each in events):
            self._wake.set()

    def listen(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Called when a file was moved, a round has ended or the store has failed; returns how to stop."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def _tell(self) -> None:
        for callback in list(self._listeners):
            callback()

    async def _run(self) -> None:
        failures = 0
        while True:
            self._wake.clear()
            try:
                left = await self._round()
            except Exception as error:  # noqa: BLE001 - the door of this task: nothing else would ever move them
                self._fail(error)
                await asyncio.sleep(PAUSES_S[min(failures, len(PAUSES_S) - 1)])
                failures += 1
                continue
            failures = 0
            self._recover()
            try:
                await asyncio.wait_for(self._wake.wait(), LOOK_AGAIN_S if left else None)
            except TimeoutError:
                continue

    async def _round(self) -> bool:
        """Move everything; whether something is left that somebody reads."""
        if self._there is None:
            kept = await aside(self._store.all)
            self._there = {each.name: each.size_bytes for each in kept if each.name.endswith(MANIFEST)}
        waiting = await self._waiting(self._there)
        self._count(waiting)
        left = False
        for number, file in enumerate(waiting, 1):
            left = not await self._move(file) or left
            self._count(waiting[number:])
        return left

    def _count(self, waiting: list[Waiting]) -> None:
        self.waiting_files = len(waiting)
        self.waiting_bytes = sum(file.size_bytes for file in waiting)
        STORE_WAITING.set(self.waiting_files)
        self._tell()

    def _fail(self, error: Exception) -> None:
        STORE_FAILURES.inc()
        STORE_FAILING.set(1)
        if self.failing_since_ms is None:
            self.failing_since_ms = self._clock.wall_ms()
        self._tell()
        why = getattr(error, "strerror", None) or str(error)
        fault = None if isinstance(error, OSError | Refusal) else error
        _log.error("the store fails: files stay here", extra={"code": FAILED, "error": why}, exc_info=fault)

    def _recover(self) -> None:
        if self.failing_since_ms is not None:
            _log.warning("the store works again")
        self.failing_since_ms = None
        STORE_FAILING.set(0)
        self._tell()

    # --- what lies here ---------------------------------------------------------------------------

    async def _waiting(self, there: Mapping[str, int]) -> list[Waiting]:
        found: dict[str, list[Path]] = {}
        for path in await asyncio.to_thread(lambda: list(self._lying(there))):
            found.setdefault(path.parent.name, []).append(path)
        waiting: list[Waiting] = []
        for recording_id, paths in found.items():
            state, _ = await self._streams.state(recording.stream_of(recording_id))
            if isinstance(state, Recording) and not (await self._kept(recording_id)).condemned:
                waiting.extend(_ours(state, path) for path in paths if _is_ours(state, path))
        return waiting

    def _lying(self, there: Mapping[str, int]) -> Iterator[Path]:
        """The oldest recording first; ids sort by time."""
        for path in sorted(self._places.root.glob("*/*")):
            if not is_id(path.parent.name):
                continue  # somebody has put it there
            if path.name == MANIFEST and there.get(name_of(path)) == path.stat().st_size:
                continue
            if path.suffix in SUFFIXES or path.name == MANIFEST:
                yield path

    async def _kept(self, recording_id: str) -> Keeping:
        kept, _ = await self._streams.state(keeping.stream_of(recording_id))
        assert isinstance(kept, Keeping)
        return kept

    # --- one file ---------------------------------------------------------------------------------

    async def _move(self, file: Waiting) -> bool:
        """Whether it is done with. Raises StoreFailed, and then it lies here as before."""
        name = name_of(file.path)
        place = self._store.place(name)
        kept = await self._kept(file.recording_id)
        size = await aside(self._store.size, name)
        if kept.stored.get(file.track_id) != place or size != file.size_bytes:
            await self._store.put(name, file.path)
        if (await self._kept(file.recording_id)).condemned:
            await aside(self._store.remove, name)  # it was destroyed meanwhile
            return True
        if not file.track_id:
            if self._there is not None:
                self._there[name] = file.size_bytes
            return True
        note = NoteStored(track_id=file.track_id, place=place)
        await self._streams.execute(keeping.stream_of(file.recording_id), note, HUB)
        with self._shelf.leaving(file.path) as is_free:
            if is_free:
                await asyncio.to_thread(_take_away, file.path)
            return is_free


def _is_ours(state: Recording, path: Path) -> bool:
    """Sealed, and known to the log: what a crash left behind is for the recovery."""
    if path.name == MANIFEST:
        return state.state is RecordingState.READY
    track = state.tracks.get(path.stem)
    return track is not None and track.state in PLAYABLE


def _ours(state: Recording, path: Path) -> Waiting:
    track_id = "" if path.name == MANIFEST else path.stem
    return Waiting(state.recording_id, track_id, path, path.stat().st_size)


def _take_away(path: Path) -> None:
    path.unlink(missing_ok=True)
    sync_folder(path.parent)
