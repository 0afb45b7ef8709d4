"""Files that are still being written, for those who look back while a session goes on (rule R28).

The writer's thread notes where the seconds of each file lie; only what it has handed to the disk is shown,
and that never changes any more.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from recordings.vault import open_plain

SOUND_EVERY_MS = 5_000
"""Every packet of sound could begin a jump; a second of it is few bytes, and a list of all would be long."""

PIECE_MAX_BYTES = 8 * 1024 * 1024

_LOOK_BACK_MS = 60_000
"""A beginning is told of when what follows it has been written, long after its own moment in a slow file."""


class Gone(Exception):
    """The file is not written any more: it has been sealed, and is another one now."""


class GrowingFile:
    """``note`` and ``grown`` belong to the writer's thread; everybody else may read at any time."""

    def __init__(self, path: Path, open_file: Callable[[Path], BinaryIO]) -> None:
        self._path = path
        self._open_file = open_file
        self._lock = threading.Lock()
        self._file: BinaryIO | None = None
        self._closed = False
        self._last_ms = -SOUND_EVERY_MS
        # Milliseconds and bytes in turn, packed: four hours of a session have 200,000 beginnings.
        self._begins = array("Q")
        self.size_bytes = 0

    def note(self, at_ms: int, offset: int, *, sound: bool) -> None:
        """Who fetches from ``offset`` on can show what is there from ``at_ms`` on."""
        if sound and at_ms - self._last_ms < SOUND_EVERY_MS:
            return
        self._last_ms = at_ms
        self._begins.extend((at_ms, offset))  # one step, so that nobody sees half of it

    def grown(self, size_bytes: int) -> None:
        self.size_bytes = size_bytes

    def begins(self, after_ms: int) -> list[tuple[int, int]]:
        """Those from about ``after_ms`` on, and all for 0; each with bytes behind it."""
        size_bytes, begins = self.size_bytes, self._begins
        found: list[tuple[int, int]] = []
        for place in range(len(begins) - 2, -2, -2):
            at_ms, offset = begins[place], begins[place + 1]
            if after_ms and at_ms < after_ms - _LOOK_BACK_MS:
                break
            if offset < size_bytes:
                found.append((at_ms, offset))
        found.reverse()
        return found

    def read(self, start: int, stop: int) -> bytes:
        """At most ``PIECE_MAX_BYTES`` of what has been written through. Raises Gone, OSError and NoKey."""
        stop = min(stop, self.size_bytes, start + PIECE_MAX_BYTES)
        if start >= stop:
            return b""
        with self._lock:
            if self._closed:
                raise Gone
            if self._file is None:
                self._file = self._open_file(self._path)
            self._file.seek(start)
            return self._file.read(stop - start)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            if self._file is not None:
                self._file.close()


class Growing:
    """All files of this hub that are being written, or wait for being sealed, by track."""

    def __init__(self, open_file: Callable[[Path], BinaryIO] = open_plain) -> None:
        self._open_file = open_file
        self._files: dict[str, GrowingFile] = {}

    def begin(self, track_id: str, path: Path) -> GrowingFile:
        """In the writer's thread."""
        file = self._files[track_id] = GrowingFile(path, self._open_file)
        return file

    def find(self, track_id: str) -> GrowingFile | None:
        return self._files.get(track_id)

    def __contains__(self, track_id: object) -> bool:
        return track_id in self._files

    def forget(self, track_id: str) -> None:
        """The file has been sealed, or lost."""
        file = self._files.pop(track_id, None)
        if file is not None:
            file.close()

    def close(self) -> None:
        """Nobody looks any more."""
        for track_id in list(self._files):
            self.forget(track_id)
