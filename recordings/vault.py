"""The plain bytes of a file of the recorder, whoever reads it and in whichever process."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO


def open_plain(path: Path, key: bytes | None = None) -> BinaryIO:
    """What was recorded, seekable, from a file as it lies. Raises OSError.

    ``key`` opens files that are encrypted; one that is not encrypted needs none.
    """
    return path.open("rb")
