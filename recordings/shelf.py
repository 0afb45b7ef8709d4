"""The one way to the bytes of a sealed track: who reads one asks here where it lies."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar

from hub.domain.recording import Track
from hub.errors import Refusal
from recordings.keyring import CLEAR, KeyRing, NoKey
from recordings.places import Places
from recordings.vault import Damaged, is_encrypted, open_plain

Got = TypeVar("Got")


class Lying(NamedTuple):
    """A sealed track that can be read: by its ``path`` as it is, or else as ``file``, to be closed."""

    path: Path | None
    file: BinaryIO | None

    def close(self) -> None:
        if self.file is not None:
            self.file.close()


class Shelf:
    """Files beside the log."""

    def __init__(self, places: Places, ring: Callable[[], KeyRing] = lambda: CLEAR) -> None:
        self._places = places
        self._ring = ring
        self._borrowed: Counter[Path] = Counter()

    @property
    def key(self) -> bytes | None:
        """What ``vault.open_plain`` needs for the files of ``local``; a child gets it by standard input."""
        return self._ring().to_bytes()

    @asynccontextmanager
    async def local(self, recording_id: str, track: Track) -> AsyncIterator[Path]:
        """The file of a sealed track, here for as long as the block runs, for ``vault.open_plain``.

        Refuses with ``recording.unreadable`` when it is not there.
        """
        # Both ids were found in the log; what a request says never becomes a path.
        path = self._places.final(recording_id, track)
        if not await asyncio.to_thread(path.is_file):
            raise Refusal("recording.unreadable")
        self._borrowed[path] += 1
        try:
            yield path
        finally:
            self._borrowed[path] -= 1

    async def open(self, recording_id: str, track: Track) -> Lying:
        """To send it. Refuses as ``local`` does, and with ``recording.no_key`` or ``recording.damaged``."""
        path = self._places.final(recording_id, track)
        return await asyncio.to_thread(refusing, lambda: self._open(path))

    def _open(self, path: Path) -> Lying:
        if is_encrypted(path):
            return Lying(None, open_plain(path, self.key))
        return Lying(path, None)


def refusing(read: Callable[[], Got]) -> Got:
    """What ``read`` gives; what it raises becomes a Refusal with the code for it."""
    try:
        return read()
    except NoKey as error:
        raise Refusal("recording.no_key") from error
    except Damaged as error:
        raise Refusal("recording.damaged") from error
    except OSError as error:
        raise Refusal("recording.unreadable") from error
