"""Sealed files on their way into an object store that works, fails, or comes back; and played from there."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from hub.config import RecordingSettings
from hub.domain import keeping
from hub.domain.event import HUB
from hub.domain.keeping import Keeping
from hub.domain.recording import Recording, Track
from hub.errors import Refusal
from hub.http.auth import AUTH
from hub.storage.s3 import THREADS
from recordings import mover
from recordings.keyring import new_key
from recordings.mover import Mover
from recordings.places import MANIFEST, Places
from recordings.room import Room
from recordings.shelf import Shelf
from recordings.stores import store_of
from tests.recordings.test_h264 import TRACK
from tests.support.factories import OFFICER, YINGJI
from tests.support.objects import ObjectServer, object_server, until
from tests.support.served import Client, served
from tests.support.studio import KEEPING, MICROPHONE, PLAIN, Studio, a_while, studio


@pytest.fixture
async def server() -> AsyncIterator[ObjectServer]:
    async with object_server() as made:
        yield made


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mover, "PAUSES_S", (0.02,))
    monkeypatch.setattr(mover, "LOOK_AGAIN_S", 0.02)


def settings_of(server: ObjectServer, key: str = "") -> RecordingSettings:
    return replace(PLAIN, store=server.settings(), key=key)


async def record(made: Studio) -> Recording:
    """One microphone, two seconds."""
    await made.open()
    made.wire.begin(MICROPHONE)
    made.wire.send(MICROPHONE, a_while(made.clock.now() - 2, 2)[1])
    await made.end_session()
    return await made.until_ready()


async def kept(made: Studio) -> Keeping:
    state, _ = await made.streams.state(KEEPING)
    assert isinstance(state, Keeping)
    return state


async def moved(made: Studio, server: ObjectServer) -> Keeping:
    """When nothing but the manifest lies here any more, and it is there as well."""
    there = f"hub-1/r-1/{MANIFEST}"
    await until(made.recordings.mover, lambda _: lying(made.data) == [MANIFEST] and there in server.objects)
    return await kept(made)


def fails(mover: Mover) -> bool:
    return mover.failing_since_ms is not None


def is_idle(mover: Mover) -> bool:
    return not fails(mover) and not mover.waiting_files


def lying(data: Path) -> list[str]:
    return sorted(path.name for path in (data / "recordings/r-1").iterdir())


async def test_R18_a_sealed_file_goes_into_the_store_and_only_then_away_here(
    tmp_path: Path, server: ObjectServer
) -> None:
    async with studio(tmp_path, recording=settings_of(server)) as made:
        (track,) = (await record(made)).tracks.values()
        name = f"hub-1/r-1/{track.track_id}.webm"
        assert (await moved(made, server)).stored == {track.track_id: f"s3://records/{name}"}
        assert hashlib.sha256(server.objects[name]).hexdigest() == track.digest
        assert server.objects["hub-1/r-1/manifest.json"] == _read(tmp_path / "recordings/r-1/manifest.json")
        async with made.recordings.shelf.local("r-1", track) as path:
            assert _read(path) == server.objects[name]
            async with made.recordings.shelf.local("r-1", track) as same:
                assert same == path
            assert path.exists()
        assert not path.exists(), "a fetched file goes with the last who needs it"


def _read(path: Path) -> bytes:
    return path.read_bytes()


async def test_R18_while_the_store_fails_files_stay_and_play_also_after_a_restart(
    tmp_path: Path, server: ObjectServer
) -> None:
    server.lying = True
    async with studio(tmp_path, recording=settings_of(server)) as made:
        (track,) = (await record(made)).tracks.values()
        await until(
            made.recordings.mover,
            lambda mover: fails(mover) and mover.waiting_files == 2,
        )
        assert lying(tmp_path) == [MANIFEST, f"{track.track_id}.webm"]
        state = made.recordings.storage.state(OFFICER)
        assert (state.troubles, state.waiting_files) == (["recording.store_failed"], 2)
        assert state.since_ms is not None
        assert state.waiting_bytes > track.size_bytes
        with pytest.raises(Refusal, match="forbidden"):
            made.recordings.storage.state(YINGJI)
        assert (await kept(made)).stored == {}
        found = await made.recordings.shelf.open("r-1", track)
        assert found.file is not None
        assert len(found.file.read()) == track.size_bytes
        found.close()
    server.lying = False
    async with studio(tmp_path, recording=settings_of(server)) as again:
        await moved(again, server)
        await until(again.recordings.mover, lambda mover: not fails(mover))
        assert again.recordings.storage.state(OFFICER).troubles == []


async def test_a_file_that_somebody_works_on_is_not_taken_away(tmp_path: Path, server: ObjectServer) -> None:
    server.failing = True
    async with studio(tmp_path, recording=settings_of(server)) as made:
        (track,) = (await record(made)).tracks.values()
        await until(made.recordings.mover, fails)
        async with made.recordings.shelf.local("r-1", track) as path:
            server.failing = False
            await until(made.recordings.mover, is_idle)
            assert (await kept(made)).stored
            assert await asyncio.to_thread(path.exists)
        await moved(made, server)


async def test_what_somebody_has_put_beside_the_recordings_holds_nothing_up(
    tmp_path: Path, server: ObjectServer
) -> None:
    beside = tmp_path / "recordings" / "Backup (2025)" / "old.webm"
    beside.parent.mkdir(parents=True)
    beside.write_bytes(b"old")
    async with studio(tmp_path, recording=settings_of(server)) as made:
        await record(made)
        await moved(made, server)
    assert beside.exists()
    assert not any("old" in name for name in server.objects)


async def test_a_file_that_is_just_taken_away_is_lent_from_the_store(
    tmp_path: Path, server: ObjectServer
) -> None:
    """Between the look whether it is there and its use it could go."""
    async with studio(tmp_path, recording=settings_of(server)) as made:
        (track,) = (await record(made)).tracks.values()
        await moved(made, server)
        shelf = made.recordings.shelf
        here = Places(tmp_path).final("r-1", track)
        async with shelf.local("r-1", track) as fetched:
            here.write_bytes(_read(fetched))  # it lies here as well, for a moment
        with shelf.leaving(here) as is_free:
            assert is_free
            async with shelf.local("r-1", track) as path:
                assert path == fetched
        async with shelf.local("r-1", track) as path:
            assert path == here
            with shelf.leaving(here) as is_free:
                assert not is_free


async def test_a_fetched_file_stays_for_who_comes_as_the_last_one_goes(
    tmp_path: Path, server: ObjectServer
) -> None:
    async with studio(tmp_path, recording=settings_of(server)) as made:
        (track,) = (await record(made)).tracks.values()
        await moved(made, server)

        async def use() -> None:
            for _ in range(20):
                async with made.recordings.shelf.local("r-1", track) as path:
                    await asyncio.sleep(0)
                    assert await asyncio.to_thread(path.is_file)

        await asyncio.gather(use(), use(), use())


async def test_what_is_condemned_is_not_moved(tmp_path: Path, server: ObjectServer) -> None:
    server.failing = True
    async with studio(tmp_path, recording=settings_of(server)) as made:
        await record(made)
        stream = keeping.stream_of("r-1")
        await made.streams.execute(stream, keeping.ProposeDestruction(reason="期满"), HUB)
        await made.streams.execute(stream, keeping.ApproveDestruction(), HUB)
        await until(made.recordings.mover, fails)
        server.failing = False
        await until(made.recordings.mover, is_idle)
        assert server.objects == {}


async def test_R18_a_track_is_played_from_the_store_by_ranges_encrypted_or_not(
    tmp_path: Path, server: ObjectServer
) -> None:
    key = new_key()
    async with studio(tmp_path, recording=settings_of(server, key)) as made:
        (track,) = (await record(made)).tracks.values()
        await moved(made, server)
    options = {
        "recording.key": key,
        "recording.store.url": server.settings().url,
        "recording.store.endpoint": server.url,
        "recording.store.key_id": "AKIATEST",
        "recording.store.secret": "secret",
        "recording.store.timeout_s": 10.0,
    }
    async with served(tmp_path, **options) as client:
        client.token = client.hub.app[AUTH].tokens.sign_login("reviewer").text
        href = f"/api/recordings/r-1/tracks/{track.track_id}"
        whole = await client.ask("GET", href)
        assert hashlib.sha256(whole.body).hexdigest() == track.digest
        part = await client.ask("GET", href, headers={"Range": "bytes=100-199"})
        assert (part.status, part.body) == (206, whole.body[100:200])
        tail = await client.ask("GET", href, headers={"Range": "bytes=-10"})
        assert tail.body == whole.body[-10:]
        await _and_what_goes_wrong(client, server, href)


async def _and_what_goes_wrong(client: Client, server: ObjectServer, href: str) -> None:
    """Each with a code of its own, and nothing of it is remembered."""
    (name,) = (name for name in server.objects if name.endswith(".webm"))
    content = server.objects[name]
    server.failing = True
    answer = await client.ask("GET", href)
    assert (answer.status, answer.code) == (503, "recording.store_failed")
    server.failing = False
    server.objects[name] = content[:200] + bytes((content[200] ^ 1,)) + content[201:]
    answer = await client.ask("GET", href)
    assert (answer.status, answer.code) == (500, "recording.damaged")
    del server.objects[name]
    answer = await client.ask("GET", href)
    assert (answer.status, answer.code) == (500, "recording.unreadable")
    server.objects[name] = content
    assert (await client.ask("GET", href)).status == 200


async def test_what_is_nowhere_or_has_no_room_is_not_fetched(tmp_path: Path, server: ObjectServer) -> None:
    async with studio(tmp_path, recording=settings_of(server)) as made:
        (track,) = (await record(made)).tracks.values()
        await moved(made, server)
    store = store_of(server.settings())
    full = Shelf(Places(tmp_path), store=store, room=Room(lambda: 0, min_free_bytes=0))
    with pytest.raises(Refusal, match=r"storage\.full"):
        await borrow(full, track)
    server.objects.clear()
    with pytest.raises(Refusal, match=r"recording\.unreadable"):
        await borrow(full, track)
    with pytest.raises(Refusal, match=r"recording\.unreadable"):
        await borrow(Shelf(Places(tmp_path)), track)
    assert not list((tmp_path / "fetched").glob("*/*"))


async def borrow(shelf: Shelf, track: Track) -> None:
    async with shelf.local("r-1", track):
        pass


async def test_R18_a_store_that_stalls_holds_up_those_who_read_of_it_alone(
    tmp_path: Path, server: ObjectServer
) -> None:
    shelf = Shelf(Places(tmp_path), store=store_of(server.settings(timeout_s=30.0)))
    server.stalled = True
    waiting = [asyncio.create_task(shelf.open("r-1", TRACK)) for _ in range(3 * THREADS)]
    await server.asked.wait()
    assert await asyncio.wait_for(asyncio.to_thread(lambda: "at once"), 20) == "at once"
    server.stalled = False
    server.end()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert {str(outcome) for outcome in outcomes} == {"recording.unreadable"}


async def test_what_is_never_moved_is_not_asked_for_elsewhere(tmp_path: Path, server: ObjectServer) -> None:
    shelf = Shelf(Places(tmp_path), store=store_of(server.settings()))
    with pytest.raises(FileNotFoundError):
        shelf.open_here(tmp_path / "r-1/e-1.mp4")
    assert server.requests == []
