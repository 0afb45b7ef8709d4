"""The one way to the bytes of a sealed track: who reads one asks here where it lies."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from hub.domain.recording import Track
from hub.errors import Refusal
from recordings.places import Places


class Shelf:
    """Files beside the log."""

    def __init__(self, places: Places) -> None:
        self._places = places

    @property
    def key(self) -> bytes | None:
        """What ``vault.open_plain`` needs for the files of ``local``."""
        return None

    @asynccontextmanager
    async def local(self, recording_id: str, track: Track) -> AsyncIterator[Path]:
        """The file of a sealed track, here for as long as the block runs, for ``vault.open_plain``.

        Refuses with ``recording.unreadable`` when it is not there.
        """
        # Both ids were found in the log; what a request says never becomes a path.
        path = self._places.final(recording_id, track)
        if not await asyncio.to_thread(path.is_file):
            raise Refusal("recording.unreadable")
        yield path
