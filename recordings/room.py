"""How much may still be written: the log must never find the disk full because of a recording."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path


def free_bytes_of(folder: Path) -> Callable[[], int]:
    """How much is free where ``folder`` lies."""
    return lambda: shutil.disk_usage(folder).free


class Room:
    """What is free beyond the reserve of ``min_free_bytes``. Asked from several threads."""

    def __init__(self, free_bytes: Callable[[], int], *, min_free_bytes: int) -> None:
        self._free_bytes = free_bytes
        self._min_free_bytes = min_free_bytes

    def is_short(self) -> bool:
        """Recording has to stop."""
        return self._free_bytes() < self._min_free_bytes

    @property
    def left_bytes(self) -> int:
        """What may still be recorded."""
        return max(0, self._free_bytes() - self._min_free_bytes)

    def is_ample(self) -> bool:
        """Recording may begin again: a little more than it needs to go on, or it would flap."""
        return self._free_bytes() >= self._min_free_bytes + self._min_free_bytes // 8

    def fits(self, size_bytes: int) -> bool:
        """Whether a copy of that size may be made; half of the reserve stays untouched by it."""
        return self._free_bytes() - size_bytes >= self._min_free_bytes // 2
