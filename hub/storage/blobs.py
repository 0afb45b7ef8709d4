"""Content under its digest: kept once, never changed, read in pieces (tests/contracts/test_blobs.py)."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from hub.errors import Refusal

PIECE_BYTES = 256 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


class Blob(NamedTuple):
    """What is kept; ``kept_ms``: since when, by the clock of what keeps it."""

    digest: str
    size_bytes: int
    kept_ms: int


def is_digest(text: str) -> bool:
    """SHA-256 in lower-case hex; nothing else ever becomes a name of a file."""
    return _DIGEST.match(text) is not None


class Blobs(Protocol):
    """Files here, objects of an S3 store elsewhere."""

    async def keep(self, file: Path) -> Blob:
        """Keep the content of a local file, which may be taken away for it; the same content is kept once.

        When this returns, it survives a power cut. Refuses with ``storage.full``, and then keeps nothing.
        """
        ...

    async def find(self, digest: str) -> Blob | None: ...

    def read(self, digest: str, start: int = 0, size: int | None = None) -> AsyncIterator[bytes]:
        """``size`` bytes from ``start`` on, all when it is None; refuses with ``not_found``."""
        ...

    async def all(self) -> list[Blob]:
        """Everything that is kept, sorted by digest."""
        ...

    async def remove(self, digest: str) -> None:
        """What is not there is removed already."""
        ...


class FileBlobs:
    """``Blobs`` in a folder: ``ab/cdef…``, each written whole or not at all.

    ``min_free_bytes`` stay free for the log; ``quota_bytes`` bounds all content together.
    """

    def __init__(self, folder: Path, *, quota_bytes: int, min_free_bytes: int) -> None:
        self._folder = folder
        self._quota_bytes = quota_bytes
        self._min_free_bytes = min_free_bytes
        self._used_bytes: int | None = None
        self._lock = asyncio.Lock()

    async def keep(self, file: Path) -> Blob:
        async with self._lock:
            if self._used_bytes is None:
                self._used_bytes = sum(blob.size_bytes for blob in await asyncio.to_thread(self._all))
            blob, fresh = await asyncio.to_thread(self._keep, file, self._used_bytes)
            self._used_bytes += blob.size_bytes if fresh else 0
            return blob

    async def find(self, digest: str) -> Blob | None:
        return await asyncio.to_thread(self._find, digest)

    async def read(self, digest: str, start: int = 0, size: int | None = None) -> AsyncIterator[bytes]:
        file = await asyncio.to_thread(self._open, digest, start)
        try:
            left = size
            while left is None or left > 0:
                wanted = PIECE_BYTES if left is None else min(PIECE_BYTES, left)
                piece = await asyncio.to_thread(file.read, wanted)
                if not piece:
                    return
                left = None if left is None else left - len(piece)
                yield piece
        finally:
            file.close()

    async def all(self) -> list[Blob]:
        return await asyncio.to_thread(self._all)

    async def remove(self, digest: str) -> None:
        async with self._lock:
            removed = await asyncio.to_thread(self._remove, digest)
            if self._used_bytes is not None:
                self._used_bytes -= removed

    # --- in a thread ----------------------------------------------------------------------------

    def _path(self, digest: str) -> Path:
        if not is_digest(digest):
            raise Refusal("not_found")
        return self._folder / digest[:2] / digest[2:]

    def _find(self, digest: str) -> Blob | None:
        if not is_digest(digest):
            return None
        try:
            found = self._path(digest).stat()
        except FileNotFoundError:
            return None
        return Blob(digest, found.st_size, int(found.st_mtime * 1000))

    def _keep(self, file: Path, used_bytes: int) -> tuple[Blob, bool]:
        digest = digest_of(file)
        if (known := self._find(digest)) is not None:
            return known, False
        size = file.stat().st_size
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        short = shutil.disk_usage(self._folder).free - size < self._min_free_bytes
        if short or used_bytes + size > self._quota_bytes:
            raise Refusal("storage.full")
        path = self._path(digest)
        path.parent.mkdir(exist_ok=True, mode=0o700)
        part = path.with_name(path.name + ".part")
        try:
            _move(file, part)
            os.replace(part, path)
            sync_folder(path.parent)
            sync_folder(self._folder)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise Refusal("storage.full") from error
        found = self._find(digest)
        assert found is not None
        return found, True

    def _open(self, digest: str, start: int) -> BinaryIO:
        try:
            file = self._path(digest).open("rb")
        except FileNotFoundError:
            raise Refusal("not_found") from None
        file.seek(start)
        return file

    def _all(self) -> list[Blob]:
        names = (path.parent.name + path.name for path in self._folder.glob("??/*"))
        found = (self._find(name) for name in sorted(names) if is_digest(name))
        return [blob for blob in found if blob is not None]

    def _remove(self, digest: str) -> int:
        blob = self._find(digest)
        if blob is None:
            return 0
        self._path(digest).unlink(missing_ok=True)
        return blob.size_bytes


def digest_of(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _move(file: Path, to: Path) -> None:
    """Onto the disk for good: within one file system without a copy."""
    shutil.move(file, to)
    with to.open("rb+") as moved:
        to.chmod(0o600)
        os.fsync(moved.fileno())


def sync_folder(folder: Path) -> None:
    """A new name is on the disk once its folder is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
