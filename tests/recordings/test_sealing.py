"""A storage that fails while a file is finished: nothing of it is lost."""

from __future__ import annotations

import errno
import io
import shutil
from pathlib import Path

import pytest

from recordings import remux
from recordings.remux import make
from tests.recordings.test_full_disk import Bench


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file as it is when its session ends."""
    folder = tmp_path_factory.mktemp("written")
    Bench(folder).run(3.9)
    return folder / "t-video.part"


class BadSector(io.FileIO):
    """A file whose disk does not give what lies behind its middle."""

    def readinto(self, buffer: object) -> int | None:
        if self.tell() > self._middle():
            raise OSError(errno.EIO, "Input/output error")
        return super().readinto(buffer)  # type: ignore[arg-type]

    def _middle(self) -> int:
        return Path(str(self.name)).stat().st_size // 2


def test_R11_a_file_whose_disk_fails_in_the_middle_is_not_taken_for_a_short_one(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """libav takes what cannot be read for the end; the copy would be half, and the original gone."""
    part, target = tmp_path / "t-video.part", tmp_path / "t-video.webm"
    shutil.copy(written, part)
    with monkeypatch.context() as disk:
        disk.setattr(remux, "open_plain", lambda path, key, lenient: io.BufferedReader(BadSector(str(path))))
        with pytest.raises(OSError, match="Input/output error"):
            make(part, target)
    assert make(part, target).frames > 50
