"""One flipped byte, wherever it is, one file too many or too few: found, and nothing else."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from msgspec.structs import replace

from hub.__main__ import main
from hub.config import RecordingSettings
from hub.domain import keeping
from hub.domain.event import HUB
from hub.domain.keeping import NoteDestroyed
from hub.domain.recording import Recording, TrackState
from hub.storage.sqllog import SqlEventLog, open_log
from recordings.keyring import Keys, new_key
from recordings.places import MANIFEST, Places
from recordings.proof import decode
from recordings.stores import store_of
from recordings.verify import Finding, Verdict, Verifier
from tests.support.objects import object_server, until
from tests.support.studio import KEEPING, MICROPHONE, PLAIN, RECORDING, Studio, a_while, studio

pytestmark = pytest.mark.asyncio(loop_scope="module")


def has_sealed(number: int, state: Recording) -> bool:
    return sum(track.state is TrackState.SEALED for track in state.tracks.values()) == number


class Archive:
    """A finished recording of one microphone that came twice, in a data directory without a hub."""

    def __init__(self, data: Path, settings: RecordingSettings) -> None:
        self.data = data
        self.settings = settings
        self.folder = data / "recordings/r-1"
        self._log: SqlEventLog | None = None

    async def make(self) -> None:
        async with studio(self.data, recording=self.settings) as made:
            await made.open()
            for sealed in (1, 2):
                made.wire.begin(MICROPHONE)
                made.wire.send(MICROPHONE, a_while(made.clock.now() - 2, 2)[1])
                made.wire.end(MICROPHONE)
                await made.until(partial(has_sealed, sealed))
            await made.end_session()
            await made.until_ready()

    async def wrong(self, settings: RecordingSettings | None = None) -> list[tuple[str, Verdict]]:
        found = await self.look(settings)
        return [(each.file, each.verdict) for each in found if each.verdict is not Verdict.INTACT]

    async def look(self, settings: RecordingSettings | None = None) -> list[Finding]:
        settings = settings or self.settings
        self._log = self._log or open_log(self.data)
        verifier = Verifier(self._log, Places(self.data), Keys(settings).ring, store_of(settings.store))
        return [*await verifier.check("r-1"), *await verifier.strangers()]

    async def close(self) -> None:
        if self._log is not None:
            await self._log.close()

    def files(self) -> list[Path]:
        return sorted(self.folder.iterdir())


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["clear", "encrypted"])
async def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Archive]:
    settings = PLAIN if request.param == "clear" else replace(PLAIN, key=new_key(), digest="sm3")
    made = Archive(tmp_path_factory.mktemp("var"), settings)
    await made.make()
    yield made
    await made.close()


async def test_R19_what_was_not_touched_is_intact(archive: Archive) -> None:
    assert await archive.wrong() == []
    assert len(await archive.look()) == 3
    proof = decode((archive.folder / MANIFEST).read_bytes())
    assert [track.segment for track in proof.tracks] == [1, 2]
    assert {track.file for track in proof.tracks} == {path.name for path in archive.files()} - {MANIFEST}
    assert {end.stream for end in proof.chain} >= {RECORDING, "session:s-1"}
    assert all(end.hash for end in proof.chain if end.seq)


async def test_R19_one_flipped_bit_anywhere_is_found(archive: Archive) -> None:
    chance = random.Random(20260720)
    for path in archive.files():
        whole = path.read_bytes()
        places = {0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(12))}
        for at in places:
            changed = bytearray(whole)
            changed[at] ^= 1 << chance.randrange(8)
            path.write_bytes(changed)
            ((file, verdict),) = await archive.wrong()
            assert file == f"r-1/{path.name}"
            assert verdict in (Verdict.CHANGED, Verdict.DAMAGED, Verdict.NO_KEY)
        path.write_bytes(whole)
    assert await archive.wrong() == []


async def test_R19_files_that_are_missing_cut_off_or_known_to_nobody_are_found(archive: Archive) -> None:
    first, *_ = archive.files()
    whole = first.read_bytes()
    name = f"r-1/{first.name}"
    spoil: list[tuple[Callable[[], object], str, set[Verdict]]] = [
        (first.unlink, name, {Verdict.MISSING}),
        (lambda: first.write_bytes(whole[:-1]), name, {Verdict.CHANGED, Verdict.DAMAGED}),
        (lambda: first.write_bytes(b""), name, {Verdict.CHANGED}),
        (lambda: (archive.folder / "t-x.webm").write_bytes(whole), "r-1/t-x.webm", {Verdict.UNKNOWN}),
        (lambda: (archive.data / "recordings/r-7").mkdir(), "r-7", {Verdict.UNKNOWN}),
    ]
    for harm, file, verdicts in spoil:
        harm()
        ((found, verdict),) = await archive.wrong()
        assert found == file
        assert verdict in verdicts
        first.write_bytes(whole)
        (archive.folder / "t-x.webm").unlink(missing_ok=True)
    (archive.data / "recordings/r-7").rmdir()


async def test_R19_a_manifest_of_another_log_is_found(archive: Archive) -> None:
    path = archive.folder / MANIFEST
    whole = path.read_bytes()
    path.unlink()
    assert await archive.wrong() == [(f"r-1/{MANIFEST}", Verdict.MISSING)]
    path.write_bytes(whole.replace(b"audio/webm", b"video/webm"))
    assert await archive.wrong() == [(f"r-1/{MANIFEST}", Verdict.CHANGED)]
    path.write_bytes(whole)


async def test_R17_without_the_key_it_says_so_of_each_file(archive: Archive) -> None:
    if not archive.settings.key:
        assert await archive.wrong(replace(archive.settings, key=new_key())) == []
        return
    wrong = await archive.wrong(replace(archive.settings, key=new_key()))
    assert [verdict for _, verdict in wrong] == [Verdict.NO_KEY] * 2


async def test_the_command_says_it_in_a_table_and_by_its_exit_code(
    archive: Archive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUISHANG_RECORDING_KEY", archive.settings.key)
    command = ["recordings", "verify", "--data", str(archive.data)]
    assert await asyncio.to_thread(main, [*command, "--all"]) == 0
    assert "全部完好 / all intact" in capsys.readouterr().out
    first, *_ = archive.files()
    whole = first.read_bytes()
    first.write_bytes(whole[:-1] + bytes((whole[-1] ^ 1,)))
    assert await asyncio.to_thread(main, [*command, "r-1"]) == 1
    out = capsys.readouterr().out
    assert f"r-1/{first.name}" in out
    assert "有异常 / wrong: 1" in out
    first.write_bytes(whole)
    assert await asyncio.to_thread(main, [*command, "r-9"]) == 2
    assert await asyncio.to_thread(main, ["recordings", "new-key"]) == 0


# --- in a store, and after a destruction ----------------------------------------------------------------


async def test_R19_a_flipped_byte_in_the_store_is_found_and_its_failing_is_said(
    tmp_path: Path,
) -> None:
    async with object_server() as server:
        archive = Archive(tmp_path, replace(PLAIN, store=server.settings(timeout_s=10.0)))
        await archive.make()
        await moved(archive)
        assert await archive.wrong() == []
        name = next(name for name in server.objects if name.endswith(".webm"))
        whole = server.objects[name]
        server.objects[name] = whole[:500] + bytes((whole[500] ^ 4,)) + whole[501:]
        server.objects["hub-1/r-8/t-1.webm"] = b"whose is this"
        assert await archive.wrong() == [
            (name.removeprefix("hub-1/"), Verdict.CHANGED),
            ("r-8/t-1.webm", Verdict.UNKNOWN),
        ]
        server.failing = True
        assert {verdict for _, verdict in await archive.wrong()} == {Verdict.STORE_FAILED}
        await archive.close()


async def moved(archive: Archive) -> None:
    """A hub that was started again moves what lies here."""
    async with studio(archive.data, recording=archive.settings) as made:
        await until(made.recordings.mover, lambda _: archive.files() == [archive.folder / MANIFEST])


async def test_of_what_was_destroyed_nothing_may_be_left(tmp_path: Path) -> None:
    archive = Archive(tmp_path, PLAIN)
    await archive.make()
    made = Studio(tmp_path)
    for command in (keeping.ProposeDestruction(reason="期满"), keeping.ApproveDestruction()):
        await made.streams.execute(KEEPING, command, HUB)
    await made.streams.execute(KEEPING, NoteDestroyed(files=[]), HUB)
    await made.streams.close()
    await made.log.close()
    assert {verdict for _, verdict in await archive.wrong()} == {Verdict.UNKNOWN}
    for path in archive.files():
        path.unlink()
    assert await archive.wrong() == []
    await archive.close()
