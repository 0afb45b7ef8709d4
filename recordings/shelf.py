"""The one way to the bytes of a sealed track: who reads one asks here where it lies."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from hub.domain.recording import Track
from hub.errors import Refusal
from hub.storage.s3 import Got, aside
from recordings.keyring import CLEAR, KeyRing, NoKey
from recordings.places import Places
from recordings.room import Room
from recordings.stores import RawObject, Store, StoreFailed, pieces
from recordings.vault import Damaged, is_encrypted, open_plain, open_raw


class Lying(NamedTuple):
    """A sealed track that can be read: by its ``path`` as it is, or else as ``file``, to be closed."""

    path: Path | None
    file: BinaryIO | None

    def close(self) -> None:
        if self.file is not None:
            self.file.close()


class Shelf:
    """Files beside the log, and those that were moved from there to a ``store``."""

    def __init__(
        self,
        places: Places,
        ring: Callable[[], KeyRing] = lambda: CLEAR,
        store: Store | None = None,
        room: Room | None = None,
    ) -> None:
        """``room``: of the disk that files of the store are fetched to."""
        self._places = places
        self._ring = ring
        self._store = store
        self._room = room
        self._borrowed: Counter[Path] = Counter()
        self._leaving: set[Path] = set()
        self._fetching: defaultdict[Path, asyncio.Lock] = defaultdict(asyncio.Lock)

    @property
    def key(self) -> bytes | None:
        """What ``vault.open_plain`` needs for the files of ``local``; a child gets it by standard input."""
        return self._ring().to_bytes()

    @asynccontextmanager
    async def local(self, recording_id: str, track: Track) -> AsyncIterator[Path]:
        """The file of a sealed track, here for as long as the block runs, for ``vault.open_plain``.

        One that lies in the store is fetched. Refuses with ``recording.unreadable`` when it is nowhere,
        ``recording.store_failed``, or ``storage.full`` when there is no room to fetch it.
        """
        path = self._places.final(recording_id, track)
        with self._borrowing(path):  # before it is looked at: then it stays
            if path not in self._leaving and await asyncio.to_thread(path.is_file):
                yield path
                return
        if self._store is None:
            raise Refusal("recording.unreadable")
        path = self._places.fetched / recording_id / path.name
        try:
            with self._borrowing(path):
                async with self._fetching[path]:
                    await aside(refusing, lambda: self._fetch(name_of(path), path))
                yield path
        finally:
            async with self._fetching[path]:  # nobody is just told that it is there
                if path not in self._borrowed:
                    await asyncio.to_thread(_forget, path)

    @contextmanager
    def _borrowing(self, path: Path) -> Iterator[None]:
        self._borrowed[path] += 1
        try:
            yield
        finally:
            self._borrowed[path] -= 1
            if not self._borrowed[path]:
                del self._borrowed[path]

    @contextmanager
    def leaving(self, path: Path) -> Iterator[bool]:
        """Whether nobody is promised that it stays; who asks while the block runs gets the store's."""
        if path in self._borrowed:
            yield False
            return
        self._leaving.add(path)
        try:
            yield True
        finally:
            self._leaving.discard(path)

    async def open(self, recording_id: str, track: Track) -> Lying:
        """To send it. Refuses as ``local`` does, and with ``recording.no_key`` or ``recording.damaged``."""
        # Both ids were found in the log; what a request says never becomes a path.
        path = self._places.final(recording_id, track)
        return await aside(refusing, lambda: self.open_now(path))

    def open_now(self, path: Path) -> Lying:
        """The file that lies at ``path``, or did before it was moved. Blocks; raises OSError."""
        try:
            lying = self.open_here(path)
            # One that is about to be moved is held open: then it can go without being missed.
            return lying if self._store is None or lying.path is None else Lying(None, path.open("rb"))
        except FileNotFoundError:
            if self._store is None:
                raise
        raw = RawObject(self._store, name_of(path))
        return Lying(None, open_raw(raw, self._ring()))

    def open_here(self, path: Path) -> Lying:
        """A file that is never moved, such as an export. Blocks; raises OSError."""
        return Lying(None, open_plain(path, self.key)) if is_encrypted(path) else Lying(path, None)

    def tidy(self) -> None:
        """Nothing is borrowed at a start."""
        shutil.rmtree(self._places.fetched, ignore_errors=True)

    def _fetch(self, name: str, path: Path) -> None:
        if path.exists():
            return
        assert self._store is not None
        size = self._store.size(name)
        if size is None:
            raise FileNotFoundError(name)
        if self._room is not None and not self._room.fits(size):
            raise Refusal("storage.full")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        part = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            with part.open("wb") as file:
                for piece in pieces(self._store, name, 0, size):
                    file.write(piece)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def _forget(path: Path) -> None:
    path.unlink(missing_ok=True)
    with suppress(OSError):  # another file of the same recording is there
        path.parent.rmdir()


def name_of(path: Path) -> str:
    """How a store calls the file that lies at ``path``, or is fetched to it."""
    return f"{path.parent.name}/{path.name}"


def refusing(read: Callable[[], Got]) -> Got:
    """What ``read`` gives; what it raises becomes a Refusal with the code for it."""
    try:
        return read()
    except NoKey as error:
        raise Refusal("recording.no_key") from error
    except Damaged as error:
        raise Refusal("recording.damaged") from error
    except StoreFailed as error:
        raise Refusal("recording.store_failed") from error
    except OSError as error:
        raise Refusal("recording.unreadable") from error
