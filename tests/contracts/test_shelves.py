"""What recordings.stores.Store promises, asked of every store there is."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from hub.config import BadSettings
from hub.http.tls import self_signed, server_context
from hub.storage.s3 import PART_BYTES
from recordings.stores import Files, Objects, Store, StoreFailed, pieces, store_of
from tests.support.objects import BUCKET, ObjectServer, object_server


class Setup(NamedTuple):
    """A store, and what is behind it when that is an object server."""

    store: Store
    server: ObjectServer | None


@pytest.fixture(params=["files", "objects"])
async def setup(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Setup]:
    if request.param == "files":
        (tmp_path / "store").mkdir()
        yield Setup(Files(tmp_path / "store"), None)
        return
    async with object_server() as server:
        store = store_of(server.settings())
        assert isinstance(store, Objects)
        yield Setup(store, server)


@pytest.fixture
def store(setup: Setup) -> Store:
    return setup.store


def file_of(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "local"
    path.write_bytes(content)
    return path


async def test_R18_what_was_put_is_read_in_any_piece(store: Store, tmp_path: Path) -> None:
    content = os.urandom(3_000_000)
    await store.put("r-1/t-1.webm", file_of(tmp_path, content))

    def look() -> None:
        assert store.size("r-1/t-1.webm") == len(content)
        assert b"".join(pieces(store, "r-1/t-1.webm", 0, len(content))) == content
        assert store.read("r-1/t-1.webm", 1000, 7) == content[1000:1007]
        assert store.read("r-1/t-1.webm", len(content) - 5, 100) == content[-5:]
        assert store.read("r-1/t-1.webm", len(content), 100) == b""
        assert store.read("r-1/t-1.webm", 10, 0) == b""

    await asyncio.to_thread(look)


async def test_a_large_file_goes_in_parts_and_comes_back_whole(store: Store, tmp_path: Path) -> None:
    await store.put("r-1/t-1.mp4", file_of(tmp_path, os.urandom(2 * PART_BYTES + 11)))
    assert await asyncio.to_thread(store.size, "r-1/t-1.mp4") == 2 * PART_BYTES + 11


async def test_an_empty_file_is_a_file(store: Store, tmp_path: Path) -> None:
    await store.put("r-1/t-1.webm", file_of(tmp_path, b""))
    assert await asyncio.to_thread(store.size, "r-1/t-1.webm") == 0
    assert await asyncio.to_thread(store.read, "r-1/t-1.webm", 0, 10) == b""


async def test_it_lists_what_it_has_and_forgets_what_is_removed(store: Store, tmp_path: Path) -> None:
    assert await asyncio.to_thread(store.all) == []
    names = [f"r-{number}/t-1.webm" for number in range(5)]
    for name in reversed(names):
        await store.put(name, file_of(tmp_path, b"x" * len(name)))

    def look() -> None:
        assert [kept.name for kept in store.all()] == names
        assert {kept.size_bytes for kept in store.all()} == {len(names[0])}
        for name in names[1:]:
            store.remove(name)
            store.remove(name)
        assert [kept.name for kept in store.all()] == names[:1]
        assert store.size(names[1]) is None
        with pytest.raises(FileNotFoundError):
            store.read(names[1], 0, 10)

    await asyncio.to_thread(look)


async def test_what_is_put_again_replaces_what_was_there(store: Store, tmp_path: Path) -> None:
    await store.put("r-1/manifest.json", file_of(tmp_path, b"first"))
    await store.put("r-1/manifest.json", file_of(tmp_path, b"again"))
    assert await asyncio.to_thread(store.read, "r-1/manifest.json", 0, 99) == b"again"


@pytest.mark.parametrize("name", ["", "..", "../x.webm", "r-1", "r-1/../t.webm", "/r/t.webm", "r-1/t.webm\n"])
async def test_nothing_else_is_a_name(store: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="is no name"):
        await store.put(name, file_of(tmp_path, b"x"))
    for ask in (store.size, store.remove, store.place):
        with pytest.raises(ValueError, match="is no name"):
            ask(name)
    with pytest.raises(ValueError, match="is no name"):
        store.read(name, 0, 1)


async def test_the_place_of_a_file_can_be_read_by_a_person(setup: Setup) -> None:
    place = setup.store.place("r-1/t-1.webm")
    assert place.endswith("r-1/t-1.webm")
    assert setup.server is None or place == f"s3://{BUCKET}/hub-1/r-1/t-1.webm"


# --- what object stores do to people ------------------------------------------------------------------


async def test_R18_a_store_that_fails_stalls_lies_or_loses_is_noticed(tmp_path: Path) -> None:
    async with object_server() as server:
        store, hasty = store_of(server.settings()), store_of(server.settings(timeout_s=0.2))
        assert store is not None
        assert hasty is not None
        file = file_of(tmp_path, b"what was said")
        for fault in ("failing", "stalled", "lying", "losing"):
            setattr(server, fault, True)
            with pytest.raises(StoreFailed):
                await (hasty if fault == "stalled" else store).put("r-1/t-1.webm", file)
            setattr(server, fault, False)
            server.objects.clear()
        await store.put("r-1/t-1.webm", file)
        assert server.objects == {"hub-1/r-1/t-1.webm": b"what was said"}


async def test_R18_a_store_is_trusted_by_the_authority_that_is_named_and_by_no_other(tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path, [])
    async with object_server(server_context(certificate, key)) as server:
        named = store_of(replace(server.settings(), ca_file=str(certificate)))
        unnamed = store_of(server.settings(timeout_s=1.0))
        assert named is not None
        assert unnamed is not None
        await named.put("r-1/t-1.webm", file_of(tmp_path, b"x"))
        with pytest.raises(StoreFailed):
            await unnamed.put("r-1/t-1.webm", file_of(tmp_path, b"x"))
    with pytest.raises(BadSettings, match="object store"):
        store_of(replace(server.settings(), ca_file=str(tmp_path / "none")))


async def test_R18_strangers_have_no_way_into_a_store(tmp_path: Path) -> None:
    async with object_server() as server:
        settings = server.settings()
        credentials = tmp_path / "credentials"
        credentials.write_text("AKIAOTHER\nsecret\n")
        for changed in (
            replace(settings, key_id="", secret="", credentials_file=str(credentials)),
            replace(settings, key_id="", secret=""),
            replace(settings, url="s3://another"),
        ):
            store = store_of(changed)
            assert store is not None
            with pytest.raises(StoreFailed):
                await store.put("r-1/t-1.webm", file_of(tmp_path, b"x"))
        assert server.objects == {}


async def test_R18_a_folder_that_is_not_mounted_is_not_made(tmp_path: Path) -> None:
    store = Files(tmp_path / "nas")
    with pytest.raises(StoreFailed):
        await store.put("r-1/t-1.webm", file_of(tmp_path, b"x"))
    assert not (tmp_path / "nas").exists()
    with pytest.raises(StoreFailed):
        store.all()
