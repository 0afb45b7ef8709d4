"""Destroys the files of a recording that is condemned, and puts up its tombstone (rules R26 and R27).

What is to be destroyed is written down first, beside the files. So a hub that is killed half-way goes on at
its next start, and the tombstone names every file, also those that were gone by then. The log of the
recording, of its session and of its boards stays as it is.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from hub.domain import keeping, recording
from hub.domain.digests import SHA256, file_digest
from hub.domain.event import HUB
from hub.domain.keeping import DestroyedFile, ExportState, Keeping, NoteDestroyed, NoteStuck
from hub.domain.recording import Recording
from hub.errors import Refusal
from hub.live.streams import Streams
from hub.tasks import Tasks
from recordings.forms import SUFFIXES
from recordings.manifest import PLAYABLE
from recordings.places import MANIFEST, Places
from recordings.readers import Readers
from recordings.stores import Store

_log = logging.getLogger(__name__)

LIST = "destroying.json"
AGAIN_S = 30.0
STUCK = "recording.not_deleted"

Remove = Callable[[Path], None]
Elsewhere = Callable[[str, Iterable[str]], None]
"""Removes files of a recording, by their names, from the store to which they may have been moved."""


def out_of(store: Store | None) -> Elsewhere:
    """The mover brings tracks and manifests there, and nothing of a recording that is condemned."""

    def remove(recording_id: str, names: Iterable[str]) -> None:
        if store is None:
            return
        for name in names:
            if "/" not in name and (name == MANIFEST or Path(name).suffix in SUFFIXES):
                store.remove(f"{recording_id}/{name}")

    return remove


class Destroyer:
    """One recording after the other; ``begin`` may be asked for the same one any number of times."""

    def __init__(
        self,
        streams: Streams,
        places: Places,
        readers: Readers,
        *,
        elsewhere: Elsewhere = lambda recording_id, names: None,
        remove: Remove = lambda path: path.unlink(missing_ok=True),
        again_s: float = AGAIN_S,
    ) -> None:
        self._streams = streams
        self._places = places
        self._readers = readers
        self._elsewhere = elsewhere
        self._remove = remove
        self._again_s = again_s
        self._under_way: set[str] = set()
        self._turn = asyncio.Lock()
        self._tasks = Tasks("destroyer")

    def begin(self, recording_id: str) -> None:
        """Destroy it as soon as nobody reads it, however long that takes."""
        if recording_id not in self._under_way:
            self._under_way.add(recording_id)
            self._tasks.start(self._see_to(recording_id), f"destroying {recording_id}")

    def clear_up(self, recording_id: str) -> None:
        """What a hub that was killed right after its last note has left behind."""
        if self._places.has_folder(recording_id) or self._places.made_of(recording_id).exists():
            self.begin(recording_id)

    async def idle(self) -> None:
        await self._tasks.idle()

    async def close(self) -> None:
        """What is under way goes on at the next start."""
        await self._tasks.close()

    async def _see_to(self, recording_id: str) -> None:
        try:
            await self._readers.quiet(recording_id)
            async with self._turn:
                await self._until_gone(recording_id)
        finally:
            self._under_way.discard(recording_id)

    async def _until_gone(self, recording_id: str) -> None:
        taken, _ = await self._streams.state(recording.stream_of(recording_id))
        kept, _ = await self._streams.state(keeping.stream_of(recording_id))
        assert isinstance(taken, Recording)
        assert isinstance(kept, Keeping)
        if not kept.condemned:
            return
        while True:
            try:
                if await self._gone(recording_id, taken, kept):
                    return
            except Refusal as refusal:
                if refusal.code != "storage.full":
                    raise
            await asyncio.sleep(self._again_s)

    async def _gone(self, recording_id: str, taken: Recording, kept: Keeping) -> bool:
        """Whether nothing of it is left; what resists is said. Refuses as the log does."""
        try:
            files = await asyncio.to_thread(self._destroy, recording_id, taken, kept)
        except OSError as error:
            _log.error("files of a recording cannot be deleted", extra={"error": str(error), "code": STUCK})
            if not kept.destroyed:
                await self._note(recording_id, NoteStuck(reason=STUCK))
            return False
        if not kept.destroyed:
            await self._note(recording_id, NoteDestroyed(files=files))
            _log.warning("a recording was destroyed", extra={"recording": recording_id})
        await asyncio.to_thread(self._clear, recording_id)
        return True

    async def _note(self, recording_id: str, command: NoteDestroyed | NoteStuck) -> None:
        await self._streams.execute(keeping.stream_of(recording_id), command, HUB)

    # --- in a thread ----------------------------------------------------------------------------

    def _destroy(self, recording_id: str, taken: Recording, kept: Keeping) -> list[DestroyedFile]:
        """Every file but the list of them is gone when this returns. Raises OSError."""
        folder = self._places.folder(recording_id)
        files = self._listed(folder, taken, kept)
        for path in _files(folder):
            self._remove(path)
        _sync(folder)
        for copies in (self._places.fetched / recording_id, self._places.made_of(recording_id)):
            for path in _files(copies):
                self._remove(path)
            shutil.rmtree(copies, ignore_errors=True)
        self._elsewhere(recording_id, [file.name for file in files])
        return files

    def _listed(self, folder: Path, taken: Recording, kept: Keeping) -> list[DestroyedFile]:
        """What there is, as it was before the first of it went."""
        path = folder / LIST
        if path.exists():
            return msgspec.json.decode(path.read_bytes(), type=list[DestroyedFile])
        files = self._of_the_log(taken)
        for export in kept.exports.values():
            if export.state is ExportState.DONE:
                name = f"exports/{export.export_id} {export.name}"
                files[name] = _destroyed(name, export.size_bytes, export.digest, export.algorithm)
        for lying in _files(folder):
            name = lying.relative_to(folder).as_posix()
            if name not in files:
                with lying.open("rb") as opened:
                    digest = file_digest(SHA256, opened)
                files[name] = _destroyed(name, lying.stat().st_size, digest, SHA256)
        made = [files[name] for name in sorted(files)]
        copy = folder / (LIST + ".tmp")
        with copy.open("wb") as file:
            file.write(msgspec.json.encode(made))
            file.flush()
            os.fsync(file.fileno())
        copy.replace(path)
        _sync(folder)
        return made

    def _of_the_log(self, taken: Recording) -> dict[str, DestroyedFile]:
        """Sealed tracks, wherever they lie: the digests of their plain bytes stand in the log."""
        sealed = [track for track in taken.tracks.values() if track.state in PLAYABLE]
        names = {track.track_id: self._places.final(taken.recording_id, track).name for track in sealed}
        return {
            names[track.track_id]: _destroyed(
                names[track.track_id], track.size_bytes, track.digest, track.algorithm
            )
            for track in sealed
        }

    def _clear(self, recording_id: str) -> None:
        """The list goes last: the log has it now."""
        shutil.rmtree(self._places.folder(recording_id), ignore_errors=True)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != LIST)


def _destroyed(name: str, size_bytes: int, digest: str, algorithm: str) -> DestroyedFile:
    return DestroyedFile(name=name, size_bytes=size_bytes, digest=digest, algorithm=algorithm)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
