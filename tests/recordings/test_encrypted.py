"""A recorder with a key: no byte in clear at any moment, and nothing is lost while the key is not there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import BinaryIO

import av
import pytest

from hub.config import RecordingSettings, Settings
from hub.domain.recording import RecordingState, TrackState
from recordings import capture, recover, sealing
from recordings.keyring import KeyRing, NoKey, key_of, new_key, read_ring
from recordings.remux import make
from recordings.segments import TRACK_TAG
from recordings.service import recover_offline
from recordings.vault import is_encrypted, open_plain
from recordings.vaultwriting import GrowingVault
from tests.recordings.test_h264 import written
from tests.support.factories import OFFICER
from tests.support.rtp_samples import Sender, h264_pictures, send_h264
from tests.support.studio import CAMERA, MICROPHONE, Studio, a_while, studio


class KeyFile:
    """A key file that is there or not."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.keys = [new_key()]
        self.bring()

    def take_away(self) -> None:
        self.path.unlink()

    def bring(self, *keys: str) -> None:
        self.keys = list(keys) or self.keys
        self.path.write_text("\n".join(self.keys))
        self.path.chmod(0o600)

    @property
    def settings(self) -> RecordingSettings:
        return RecordingSettings(min_free_bytes=0, key_file=str(self.path), digest="sm3")

    def open(self, path: Path) -> BinaryIO:
        return open_plain(path, read_ring(self.path).to_bytes())


@pytest.fixture
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyFile:
    return KeyFile(tmp_path_factory.mktemp("stick") / "keys")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = ((capture, "AGAIN_S"), (sealing, "AGAIN_S"), (sealing, "KEY_AGAIN_S"), (recover, "KEY_AGAIN_S"))
    for module, name in waits:
        monkeypatch.setattr(module, name, 0.02)


def send_a_while(made: Studio, seconds: int = 2) -> None:
    video, audio = a_while(made.clock.now() - seconds, seconds)
    made.wire.send(CAMERA, video)
    made.wire.send(MICROPHONE, audio)


def files_of(data: Path) -> list[Path]:
    return sorted((data / "recordings").glob("*/*.webm")) + sorted((data / "recordings").glob("*/*.part"))


async def test_R16_every_file_is_encrypted_from_its_first_byte_to_its_sealing(
    tmp_path: Path, keys: KeyFile
) -> None:
    data = tmp_path
    async with studio(data, recording=keys.settings) as made:
        await made.open()
        made.wire.begin(CAMERA)
        made.wire.begin(MICROPHONE)
        send_a_while(made)
        await made.until(lambda state: len(state.tracks) == 2)
        await made.until_growing(lambda told: all(track.size_bytes > 1_000 for track in told.tracks))
        growing = files_of(data)
        assert [path.suffix for path in growing] == [".part", ".part"]
        assert all(is_encrypted(path) for path in growing)
        assert not any(TRACK_TAG.encode() in path.read_bytes() for path in growing)
        for path in growing:  # and still it is looked at while it grows
            piece = await made.recordings.review.piece("r-1", path.stem, OFFICER, 0, 100_000)
            assert len(piece.content) > 1_000
            with keys.open(path) as plain:
                assert plain.read(len(piece.content)) == piece.content
        await made.end_session()
        state = await made.until_ready()
        for track in state.tracks.values():
            path = made.file(track)
            assert is_encrypted(path)
            assert TRACK_TAG.encode() not in path.read_bytes()
            assert track.algorithm == "sm3"
            assert path.stat().st_size > track.size_bytes
            with keys.open(path) as plain:
                assert len(plain.read()) == track.size_bytes
            with keys.open(path) as plain, av.open(plain, "r") as file:
                assert sum(1 for _ in file.decode()) > 40
        assert files_of(data) == sorted(made.file(track) for track in state.tracks.values())


async def test_R17_without_its_key_the_hub_records_nothing_in_clear_and_goes_on_with_it(
    tmp_path: Path, keys: KeyFile
) -> None:
    data = tmp_path
    keys.take_away()
    async with studio(data, recording=keys.settings) as made:
        await made.open()
        made.wire.begin(CAMERA)
        made.wire.begin(MICROPHONE)
        send_a_while(made)
        state = await made.until(lambda state: state.state is RecordingState.INTERRUPTED)
        assert state.failure == "recording.no_key"
        told = made.recordings.storage.state(OFFICER)
        assert (told.encrypted, told.troubles) == (True, ["recording.no_key"])
        assert files_of(data) == []
        keys.bring()
        await made.until(lambda state: state.state is RecordingState.RECORDING)
        send_a_while(made)
        await made.until(lambda state: len(state.tracks) == 2)
        await made.end_session()
        state = await made.until_ready()
        assert {gap.reason for gap in state.gaps} == {"recording.no_key"}
        assert all(is_encrypted(path) for path in files_of(data))


async def test_R17_what_a_crash_left_waits_for_its_key_and_is_recovered_with_it(
    tmp_path: Path, keys: KeyFile
) -> None:
    data, crashed = tmp_path / "var", tmp_path / "crashed"
    os.mkdir(data)
    async with studio(data, recording=keys.settings) as made:
        await made.open()
        made.wire.begin(CAMERA)
        send_video = a_while(made.clock.now() - 3, 3)[0]
        made.wire.send(CAMERA, send_video)
        await made.until(lambda state: len(state.tracks) == 1)
        await made.until_growing(lambda told: all(track.cues for track in told.tracks))
        shutil.copytree(data, crashed)
    first = keys.keys[0]
    keys.bring(new_key())
    offline = Studio(crashed, recording=keys.settings)
    settings = Settings(data=str(crashed), recording=keys.settings)
    with pytest.raises(NoKey):
        await recover_offline(offline.log, offline.clock, settings)
    await offline.streams.close()
    await offline.log.close()
    async with studio(crashed, recording=keys.settings) as again:
        await again.end_session()
        left = files_of(crashed)
        assert [path.suffix for path in left] == [".part"], "kept as it is"
        keys.bring(new_key(), first)
        state = await again.until_ready()
        (track,) = state.tracks.values()
        assert track.state is TrackState.RECOVERED
        with keys.open(again.file(track)) as plain:
            assert len(plain.read()) == track.size_bytes
        # A track that waits has not failed.
        assert not [gap for gap in state.gaps if gap.track_id]


def encrypted(path: Path, ring: KeyRing) -> Path:
    copy = path.with_name("encrypted.part")
    fd = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    key = ring.writing()
    assert key is not None
    vault = GrowingVault(fd, key)
    content = path.read_bytes()
    for at in range(0, len(content), 4000):
        vault.write(content[at : at + 4000])
    os.close(fd)
    return copy


def test_R16_an_mp4_is_indexed_in_front_without_being_written_in_clear(tmp_path: Path) -> None:
    ring = KeyRing([key_of(os.urandom(32))])
    part = written(tmp_path, send_h264(h264_pictures(4), Sender(90_000)), ended=True)
    clear = make(part, tmp_path / "clear.mp4")
    made = make(encrypted(part, ring), tmp_path / "vault.mp4", ring)
    assert (made.frames, made.end_ms, made.size_bytes) == (clear.frames, clear.end_ms, clear.size_bytes)
    with open_plain(tmp_path / "vault.mp4", ring.to_bytes()) as plain:
        content = plain.read()
    assert content == (tmp_path / "clear.mp4").read_bytes()
    assert b"sidx" in content
    assert b"sidx" not in (tmp_path / "vault.mp4").read_bytes()


def test_R16_a_damaged_place_of_a_growing_file_costs_that_place_alone(tmp_path: Path) -> None:
    ring = KeyRing([key_of(os.urandom(32))])
    part = written(tmp_path, send_h264(h264_pictures(4), Sender(90_000)), ended=True)
    whole = make(part, tmp_path / "clear.mp4")
    copy = encrypted(part, ring)
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(content)
    made = make(copy, tmp_path / "vault.mp4", ring)
    assert whole.frames // 3 < made.frames < whole.frames
