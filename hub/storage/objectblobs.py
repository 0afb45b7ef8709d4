"""Content under its digest in an object store, and beside what still lies in a folder (``Blobs``)."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError

from hub.config import StoreSettings
from hub.errors import Refusal
from hub.storage.blobs import PIECE_BYTES, Blob, Blobs, FileBlobs, digest_of, is_digest
from hub.storage.s3 import PART_BYTES, Bucket, aside

if TYPE_CHECKING:
    from obstore import ObjectMeta

FAILED = "attachment.store_failed"


class ObjectBlobs:
    """``Blobs`` in a bucket: PREFIX/ab/cdef…; refuses with ``attachment.store_failed`` besides."""

    def __init__(self, bucket: Bucket, *, quota_bytes: int) -> None:
        self._bucket = bucket
        self._quota_bytes = quota_bytes
        self._used_bytes: int | None = None
        self._lock = asyncio.Lock()

    async def keep(self, file: Path) -> Blob:
        digest = await asyncio.to_thread(digest_of, file)
        async with self._lock:
            if (known := await self.find(digest)) is not None:
                return known
            size = (await asyncio.to_thread(file.stat)).st_size
            if self._used_bytes is None:
                self._used_bytes = sum(blob.size_bytes for blob in await self.all())
            if self._used_bytes + size > self._quota_bytes:
                raise Refusal("storage.full")
            blob = await self._put(digest, file)
            self._used_bytes += size
            return blob

    async def _put(self, digest: str, file: Path) -> Blob:
        with _refusing():
            await obstore.put_async(
                self._bucket.uploads, self._key(digest), file, chunk_size=PART_BYTES, max_concurrency=2
            )
        came_back = hashlib.sha256()
        async for piece in self.read(digest):
            came_back.update(piece)
        blob = await self.find(digest)
        if blob is None or came_back.hexdigest() != digest:
            raise Refusal(FAILED)
        return blob

    async def find(self, digest: str) -> Blob | None:
        return await aside(self._find, digest) if is_digest(digest) else None

    async def read(self, digest: str, start: int = 0, size: int | None = None) -> AsyncIterator[bytes]:
        blob = await self.find(digest)
        if blob is None:
            raise Refusal("not_found")
        end = blob.size_bytes if size is None else min(blob.size_bytes, start + size)
        while start < end:
            piece = await aside(self._piece, digest, start, min(PIECE_BYTES, end - start))
            start += len(piece)
            yield piece

    async def all(self) -> list[Blob]:
        return await aside(self._all)

    async def remove(self, digest: str) -> None:
        async with self._lock:
            blob = await self.find(digest)
            if blob is not None:
                await aside(self._remove, digest)
                if self._used_bytes is not None:
                    self._used_bytes -= blob.size_bytes

    # --- in a thread ----------------------------------------------------------------------------

    def _key(self, digest: str) -> str:
        return self._bucket.key(f"{digest[:2]}/{digest[2:]}")

    def _find(self, digest: str) -> Blob | None:
        with _refusing():
            try:
                return _blob(digest, obstore.head(self._bucket.quick, self._key(digest)))
            except FileNotFoundError:
                return None

    def _piece(self, digest: str, start: int, size: int) -> bytes:
        with _refusing():
            return bytes(obstore.get_range(self._bucket.quick, self._key(digest), start=start, length=size))

    def _all(self) -> list[Blob]:
        with _refusing():
            pages = obstore.list(self._bucket.quick, prefix=self._bucket.prefix or None)
            found = [(each["path"].replace("/", "")[-64:], each) for page in pages for each in page]
            return sorted(_blob(digest, meta) for digest, meta in found if is_digest(digest))

    def _remove(self, digest: str) -> None:
        with _refusing():
            try:
                obstore.delete(self._bucket.quick, self._key(digest))
            except FileNotFoundError:
                return


class LayeredBlobs:
    """What was kept before there was a store stays in its folder; what comes now goes into the store."""

    def __init__(self, before: Blobs, now: Blobs) -> None:
        self._before = before
        self._now = now

    async def keep(self, file: Path) -> Blob:
        known = await self._before.find(await asyncio.to_thread(digest_of, file))
        return known if known is not None else await self._now.keep(file)

    async def find(self, digest: str) -> Blob | None:
        known = await self._before.find(digest)
        return known if known is not None else await self._now.find(digest)

    async def read(self, digest: str, start: int = 0, size: int | None = None) -> AsyncIterator[bytes]:
        blobs = self._now if await self._before.find(digest) is None else self._before
        async for piece in blobs.read(digest, start, size):
            yield piece

    async def all(self) -> list[Blob]:
        return sorted(
            {blob.digest: blob for blob in [*await self._now.all(), *await self._before.all()]}.values()
        )

    async def remove(self, digest: str) -> None:
        await self._before.remove(digest)
        await self._now.remove(digest)


def blobs_of(settings: StoreSettings, folder: Path, *, quota_bytes: int, min_free_bytes: int) -> Blobs:
    """Where attachments are kept: in ``folder``, or where ``settings`` say. Raises BadSettings."""
    files = FileBlobs(folder, quota_bytes=quota_bytes, min_free_bytes=min_free_bytes)
    url = urlsplit(settings.url)
    if url.scheme == "s3":
        now: Blobs = ObjectBlobs(Bucket(settings), quota_bytes=quota_bytes)
    elif url.scheme == "file":
        now = FileBlobs(Path(url.path), quota_bytes=quota_bytes, min_free_bytes=min_free_bytes)
    else:
        return files
    return LayeredBlobs(files, now)


def _blob(digest: str, meta: ObjectMeta) -> Blob:
    return Blob(digest, int(meta["size"]), round(meta["last_modified"].timestamp() * 1000))


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except (OSError, BaseError) as error:
        raise Refusal(FAILED) from error
