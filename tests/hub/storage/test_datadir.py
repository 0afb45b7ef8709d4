"""The data directory: one hub at a time, secrets that nobody else can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.errors import CannotStart
from hub.storage.datadir import DataDir, write_private


def test_a_second_hub_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    first = DataDir(tmp_path / "var").lock()
    with pytest.raises(CannotStart, match="in use by another hub"):
        DataDir(tmp_path / "var").lock()
    first.close()
    DataDir(tmp_path / "var").lock().close()


def test_a_secret_stays_the_same_and_is_private(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "var")
    secret = data.secret("token.key")
    assert len(secret) == 32
    assert DataDir(tmp_path / "var").secret("token.key") == secret
    assert (tmp_path / "var" / "token.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_a_damaged_secret_is_not_replaced_in_silence(tmp_path: Path) -> None:
    (tmp_path / "token.key").write_bytes(b"short")
    with pytest.raises(CannotStart, match="damaged"):
        DataDir(tmp_path).secret("token.key")


def test_a_file_where_the_directory_should_be(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    with pytest.raises(CannotStart, match="not writable"):
        DataDir(tmp_path / "var" / "inside")


def test_a_private_file_is_private_from_its_first_byte(tmp_path: Path) -> None:
    write_private(tmp_path / "key", b"one")
    write_private(tmp_path / "key", b"two")
    assert (tmp_path / "key").read_bytes() == b"two"
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["key"]
