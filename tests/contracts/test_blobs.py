"""What hub.storage.blobs.Blobs promises, asked of every store of content there is."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from hub.config import StoreSettings
from hub.errors import Refusal
from hub.storage.blobs import Blobs, FileBlobs
from hub.storage.objectblobs import LayeredBlobs, ObjectBlobs, blobs_of
from hub.storage.s3 import Bucket
from tests.support.objects import object_server

ALL = ("files", "objects", "layered")


@pytest.fixture(params=ALL)
async def make(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Callable[[int], Blobs]]:
    """A store with so many bytes of room, always the same one."""

    def files(quota: int) -> Blobs:
        return FileBlobs(tmp_path / "blobs", quota_bytes=quota, min_free_bytes=0)

    if request.param == "files":
        yield files
        return
    async with object_server() as server:
        bucket = Bucket(server.settings())

        def objects(quota: int) -> Blobs:
            return ObjectBlobs(bucket, quota_bytes=quota)

        yield objects if request.param == "objects" else lambda quota: LayeredBlobs(files(0), objects(quota))


@pytest.fixture
def blobs(make: Callable[[int], Blobs]) -> Blobs:
    return make(10_000_000)


def file_of(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "incoming"
    path.write_bytes(content)
    return path


async def all_of(blobs: Blobs, digest: str, start: int = 0, size: int | None = None) -> bytes:
    return b"".join([piece async for piece in blobs.read(digest, start, size)])


async def test_E4_content_is_kept_under_its_digest_and_read_in_parts(blobs: Blobs, tmp_path: Path) -> None:
    content = bytes(range(256)) * 3_000
    blob = await blobs.keep(file_of(tmp_path, content))
    assert blob.digest == hashlib.sha256(content).hexdigest()
    assert blob.size_bytes == len(content)
    assert await blobs.find(blob.digest) == blob
    assert await all_of(blobs, blob.digest) == content
    assert await all_of(blobs, blob.digest, 1_000, 300_000) == content[1_000:301_000]
    assert await all_of(blobs, blob.digest, len(content)) == b""


async def test_the_same_content_is_kept_once(blobs: Blobs, tmp_path: Path) -> None:
    first = await blobs.keep(file_of(tmp_path, b"same"))
    assert await blobs.keep(file_of(tmp_path, b"same")) == first
    other = await blobs.keep(file_of(tmp_path, b"other"))
    assert [blob.digest for blob in await blobs.all()] == sorted([first.digest, other.digest])


async def test_what_was_removed_is_gone_and_may_be_removed_again(blobs: Blobs, tmp_path: Path) -> None:
    blob = await blobs.keep(file_of(tmp_path, b"x"))
    await blobs.remove(blob.digest)
    await blobs.remove(blob.digest)
    assert await blobs.find(blob.digest) is None
    with pytest.raises(Refusal, match="not_found"):
        await all_of(blobs, blob.digest)
    assert await blobs.all() == []


@pytest.mark.parametrize(
    "name", ["", "..", "../../etc/passwd", "a" * 63, "A" * 64, "g" * 64, "a" * 64 + "\n"]
)
async def test_no_other_name_is_ever_one_of_a_file(blobs: Blobs, name: str) -> None:
    assert await blobs.find(name) is None
    await blobs.remove(name)
    with pytest.raises(Refusal, match="not_found"):
        await all_of(blobs, name)


async def test_a_full_store_keeps_nothing_half(make: Callable[[int], Blobs], tmp_path: Path) -> None:
    blobs = make(1_000)
    blob = await blobs.keep(file_of(tmp_path, b"a" * 900))
    with pytest.raises(Refusal, match=r"storage\.full"):
        await blobs.keep(file_of(tmp_path, b"b" * 200))
    assert await blobs.all() == [blob]
    await blobs.remove(blob.digest)
    await blobs.keep(file_of(tmp_path, b"b" * 200))
    again = make(1_000)  # and it counts what is there after a restart
    with pytest.raises(Refusal, match=r"storage\.full"):
        await again.keep(file_of(tmp_path, b"c" * 900))


async def test_the_log_keeps_its_room(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    blobs = FileBlobs(tmp_path / "blobs", quota_bytes=1 << 60, min_free_bytes=free * 2)
    with pytest.raises(Refusal, match=r"storage\.full"):
        await blobs.keep(file_of(tmp_path, b"x"))


async def test_a_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path / "blobs", quota_bytes=1 << 60, min_free_bytes=0)
    blob = await blobs.keep(file_of(tmp_path, b"x"))
    path = tmp_path / "blobs" / blob.digest[:2] / blob.digest[2:]
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


async def test_what_was_kept_before_there_was_a_store_is_still_found(tmp_path: Path) -> None:
    async with object_server() as server:
        options = {"quota_bytes": 1 << 30, "min_free_bytes": 0}
        folder = tmp_path / "blobs"
        old = await blobs_of(StoreSettings(), folder, **options).keep(file_of(tmp_path, b"before"))
        blobs = blobs_of(server.settings(), folder, **options)
        new = await blobs.keep(file_of(tmp_path, b"afterwards"))
        assert await blobs.keep(file_of(tmp_path, b"before")) == old
        assert list(server.objects) == [f"hub-1/{new.digest[:2]}/{new.digest[2:]}"]
        assert await all_of(blobs, old.digest) == b"before"
        assert await all_of(blobs, new.digest, 5) == b"wards"
        assert [blob.digest for blob in await blobs.all()] == sorted([old.digest, new.digest])
        server.failing = True
        assert await all_of(blobs, old.digest) == b"before"
        with pytest.raises(Refusal, match=r"attachment\.store_failed"):
            await all_of(blobs, new.digest)


async def test_a_store_that_lies_or_loses_keeps_nothing(tmp_path: Path) -> None:
    async with object_server() as server:
        blobs = ObjectBlobs(Bucket(server.settings()), quota_bytes=1 << 30)
        for fault in ("lying", "losing", "failing"):
            setattr(server, fault, True)
            with pytest.raises(Refusal):
                await blobs.keep(file_of(tmp_path, b"content"))
            setattr(server, fault, False)
            server.objects.clear()
        assert (await blobs.keep(file_of(tmp_path, b"content"))).size_bytes == 7
