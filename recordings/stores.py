"""Where sealed files are kept in the end: a folder, or an object store that speaks S3.

What both promise is asked of both in tests/contracts/test_shelves.py.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError

from hub.config import StoreSettings
from hub.storage.blobs import sync_folder
from hub.storage.s3 import PART_BYTES, Bucket, aside, said

PIECE_BYTES = 1024 * 1024

_NAME = re.compile(r"[a-z0-9-]{1,64}/[a-z0-9-]{1,64}\.[a-z0-9]{1,8}\Z")


class StoreFailed(OSError):
    """The store cannot be reached, refuses, or has not kept what it was given."""

    def __init__(self, why: str) -> None:
        super().__init__(errno.EIO, why)


class Kept(NamedTuple):
    """A file of the store; ``name`` is RECORDING/FILE."""

    name: str
    size_bytes: int


class Store(Protocol):
    """Whole files by name. All but ``put`` block for a while: they are called in a thread.

    All raise StoreFailed, and ValueError for anything that is not the name of a file.
    """

    def place(self, name: str) -> str:
        """Its address, for the log."""
        ...

    async def put(self, name: str, file: Path) -> None:
        """Keep a copy of ``file``. When this returns it is there, and was read back and compared."""
        ...

    def size(self, name: str) -> int | None:
        """None when it is not there."""
        ...

    def read(self, name: str, start: int, size: int) -> bytes:
        """Fewer than ``size`` bytes at the end only. Raises FileNotFoundError."""
        ...

    def remove(self, name: str) -> None:
        """What is not there is removed already."""
        ...

    def all(self) -> list[Kept]:
        """Everything that is there, sorted by name."""
        ...


def checked(name: str) -> str:
    """Nothing else ever becomes a path or a key."""
    if not _NAME.match(name):
        raise ValueError(f"{name!r} is no name of a file")
    return name


class Files:
    """``Store`` in a folder, such as one that is mounted from another machine."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def place(self, name: str) -> str:
        return f"file://{self._path(name).absolute()}"

    async def put(self, name: str, file: Path) -> None:
        await aside(self._put, self._path(name), file)

    def size(self, name: str) -> int | None:
        with _failing():
            try:
                return self._path(name).stat().st_size
            except (FileNotFoundError, NotADirectoryError):
                return None

    def read(self, name: str, start: int, size: int) -> bytes:
        with _failing(), self._path(name).open("rb") as file:
            file.seek(start)
            return file.read(size)

    def remove(self, name: str) -> None:
        with _failing():
            path = self._path(name)
            path.unlink(missing_ok=True)
            if path.parent.exists() and not any(path.parent.iterdir()):
                path.parent.rmdir()

    def all(self) -> list[Kept]:
        with _failing():
            if not self._root.is_dir():
                raise StoreFailed("the folder is not there")
            found = [(path.relative_to(self._root).as_posix(), path) for path in self._root.glob("*/*")]
            return sorted(Kept(name, path.stat().st_size) for name, path in found if _NAME.match(name))

    def _path(self, name: str) -> Path:
        return self._root / checked(name)

    def _put(self, path: Path, file: Path) -> None:
        with _failing():
            if not self._root.is_dir():  # never below a place where nothing is mounted
                raise StoreFailed("the folder is not there")
            path.parent.mkdir(exist_ok=True, mode=0o750)
            part = path.with_name(f"{path.name}.{os.getpid()}.tmp")
            try:
                shutil.copyfile(file, part)
                with part.open("rb+") as copy:
                    os.fsync(copy.fileno())
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
            sync_folder(path.parent)
            compare(self, path.relative_to(self._root).as_posix(), file)


class Objects:
    """``Store`` in a bucket of an object store, under a prefix."""

    def __init__(self, settings: StoreSettings) -> None:
        """Raises BadSettings."""
        self._bucket = Bucket(settings)

    def place(self, name: str) -> str:
        return f"s3://{self._bucket.name}/{self._key(name)}"

    async def put(self, name: str, file: Path) -> None:
        key = self._key(name)
        with _failing():
            try:
                await obstore.put_async(
                    self._bucket.uploads, key, file, chunk_size=PART_BYTES, max_concurrency=2
                )
            except FileNotFoundError as error:  # the bucket, or the file
                raise StoreFailed(said(error)) from error
        await aside(compare, self, name, file)

    def size(self, name: str) -> int | None:
        with _failing():
            try:
                return int(obstore.head(self._bucket.quick, self._key(name))["size"])
            except FileNotFoundError:
                return None

    def read(self, name: str, start: int, size: int) -> bytes:
        if size <= 0:
            return b""
        with _failing():
            try:
                return bytes(obstore.get_range(self._bucket.quick, self._key(name), start=start, length=size))
            except BaseError:
                # At the end of an object stores refuse, each in its own words.
                length = self.size(name)
                if length is None:
                    raise FileNotFoundError(errno.ENOENT, "not in the store", name) from None
                if start >= length:
                    return b""
                raise

    def remove(self, name: str) -> None:
        with _failing():
            try:
                obstore.delete(self._bucket.quick, self._key(name))
            except FileNotFoundError:
                return

    def all(self) -> list[Kept]:
        with _failing():
            base = self._bucket.key("")
            pages = obstore.list(self._bucket.quick, prefix=self._bucket.prefix or None)
            found = [(each["path"].removeprefix(base), int(each["size"])) for page in pages for each in page]
            return sorted(Kept(name, size) for name, size in found if _NAME.match(name))

    def _key(self, name: str) -> str:
        return self._bucket.key(checked(name))


def store_of(settings: StoreSettings) -> Store | None:
    """None: everything stays in the data directory. Raises BadSettings."""
    if settings.url == "files":
        return None
    url = urlsplit(settings.url)
    if url.scheme == "file":
        return Files(Path(url.path))
    return Objects(settings)


def compare(store: Store, name: str, file: Path) -> None:
    """Read back what was put, and raise StoreFailed when it is not ``file``."""
    if store.size(name) != file.stat().st_size:
        raise StoreFailed(f"{name} has another size in the store")
    digest = hashlib.sha256()
    for piece in pieces(store, name, 0, file.stat().st_size):
        digest.update(piece)
    with file.open("rb") as opened:
        if hashlib.file_digest(opened, "sha256").digest() != digest.digest():
            raise StoreFailed(f"{name} came back changed from the store")


def pieces(store: Store, name: str, start: int, size: int) -> Iterator[bytes]:
    """``size`` bytes from ``start`` on. Raises StoreFailed when there are fewer."""
    while size > 0:
        piece = store.read(name, start, min(size, PIECE_BYTES))
        if not piece:
            raise StoreFailed(f"{name} has become shorter")
        yield piece
        start, size = start + len(piece), size - len(piece)


class RawObject:
    """``vault.Raw`` of a file in a store: read ahead, the further the longer it is read in order."""

    _FIRST_BYTES, _MOST_BYTES = 128 * 1024, 2 * 1024 * 1024

    def __init__(self, store: Store, name: str) -> None:
        """Raises FileNotFoundError."""
        self._store, self._name = store, name
        size = store.size(name)
        if size is None:
            raise FileNotFoundError(errno.ENOENT, "not in the store", name)
        self._size = size
        self._start, self._held = 0, b""

    def size(self) -> int:
        return self._size

    def read_at(self, start: int, size: int) -> bytes:
        found = b""
        size = min(size, self._size - start)
        while len(found) < size:
            at = start + len(found) - self._start
            if not 0 <= at < len(self._held):
                self._load(start + len(found))
                at = 0
            found += self._held[at : at + size - len(found)]
        return found

    def close(self) -> None:
        self._held = b""

    def _load(self, start: int) -> None:
        in_order = bool(self._held) and start == self._start + len(self._held)
        wanted = min(2 * len(self._held), self._MOST_BYTES) if in_order else self._FIRST_BYTES
        self._held = self._store.read(self._name, start, min(max(wanted, 1), self._size - start))
        self._start = start
        if not self._held:
            raise StoreFailed(f"{self._name} has become shorter")


@contextmanager
def _failing() -> Iterator[None]:
    """Whatever a store says is one failure; what it is, is in the log."""
    try:
        yield
    except (StoreFailed, FileNotFoundError):
        raise
    except (OSError, BaseError) as error:
        raise StoreFailed(said(error)) from error
