"""Small pictures of every video track, made in the background; they may go and be made again (R31)."""

from __future__ import annotations

import asyncio
import logging
import math
import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hub.domain import keeping, recording
from hub.domain.event import Recorded
from hub.domain.keeping import Keeping
from hub.domain.recording import Recording, RecordingReady, Track, TrackState
from hub.errors import Refusal
from hub.live.streams import Streams
from hub.tasks import Tasks
from recordings.manifest import PLAYABLE
from recordings.places import Places
from recordings.remux import UNREADABLE_EXIT
from recordings.room import Room
from recordings.shelf import Shelf, refusing
from recordings.thumbnailing import Made, read_index, sheet_file
from recordings.vault import open_plain

_log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parent.parent

GROWN_EVERY_S = 60.0
"""How often what has come of a running session is looked at, while somebody looks at its recording."""

LOOK_EVERY_S = 60.0
"""How often it is seen whether the disk has become short of room."""

_SHEETS_MAX = 10_000


class Thumbnails:
    """Makes those of one track at a time, when a recording is ready and when one is opened that has none; of
    a session that goes on while somebody looks at its recording.

    Where the disk is short of room it makes none, and lets go of all there are: recording comes first.
    """

    def __init__(self, streams: Streams, shelf: Shelf, places: Places, room: Room, *, makes: bool) -> None:
        """``makes``: new ones; those that there are can be looked at in any case."""
        self._makes = makes
        self._streams = streams
        self._shelf = shelf
        self._places = places
        self._room = room
        self._tasks = Tasks("thumbnails")
        self._wanted: dict[str, None] = {}  # recordings, in the order in which they were asked for
        self._news, self._quiet = asyncio.Event(), asyncio.Event()
        self._counts: dict[tuple[str, str], int] = {}  # of those that are complete
        self._looked: dict[str, float] = {}
        self._hopeless: set[tuple[str, str]] = set()

    def start(self) -> None:
        """What an earlier run of the hub has begun is finished."""
        if self._makes:
            self._tasks.start(self._run(), "making")

    async def close(self) -> None:
        """What is under way is given up; the next start goes on with it."""
        await self._tasks.close()

    def published(self, stream: str, events: list[Recorded[Any]]) -> None:
        """A ``Streams`` subscriber."""
        if stream.startswith("recording:") and any(isinstance(one.event, RecordingReady) for one in events):
            self.want(stream.partition(":")[2])

    def want(self, recording_id: str) -> None:
        if not self._makes:
            return
        self._wanted[recording_id] = None
        self._quiet.clear()
        self._news.set()

    async def idle(self) -> None:
        """Until everything that is wanted by now has been made, or cannot be."""
        await self._quiet.wait()

    # --- for those who look ---------------------------------------------------------------------

    async def counts(self, taken: Recording) -> Mapping[str, int]:
        """By track, how many pictures there are; what is missing of a sealed one is made soon."""
        counts = await asyncio.to_thread(self._read_counts, taken)
        if self._is_growing(taken) or any(
            self._lacks(taken.recording_id, track) for track in taken.tracks.values()
        ):
            self.want(taken.recording_id)
        return counts

    async def sheet(self, recording_id: str, track_id: str, number: int) -> bytes:
        """A JPEG. Refuses with ``recording.unknown`` where there is none, and as the shelf does."""
        # Both ids were found in the log; what a request says never becomes a path.
        path = sheet_file(self._places.thumbnails(recording_id), track_id, number)
        if not 0 <= number < _SHEETS_MAX or not await asyncio.to_thread(path.is_file):
            raise Refusal("recording.unknown")
        return await asyncio.to_thread(refusing, lambda: self._read(path))

    def _read(self, path: Path) -> bytes:
        with open_plain(path, self._shelf.key) as file:
            return file.read()

    def _read_counts(self, taken: Recording) -> dict[str, int]:
        key, counts = taken.recording_id, {}
        for track in taken.tracks.values():
            count = self._counts.get((key, track.track_id))
            if count is None and track.kind == "video":
                count = self._read_count(key, track)
            if count:
                counts[track.track_id] = count
        return counts

    def _read_count(self, recording_id: str, track: Track) -> int | None:
        made = read_index(self._places.thumbnails(recording_id), track.track_id)
        if made is not None and made.ended:
            self._counts[recording_id, track.track_id] = made.count
        return None if made is None else made.count

    def _is_growing(self, taken: Recording) -> bool:
        """It is time to look what has come of it since the last time."""
        now = asyncio.get_running_loop().time()
        since = now - self._looked.get(taken.recording_id, -math.inf)
        return since >= GROWN_EVERY_S and any(map(_is_growing, taken.tracks.values()))

    def _lacks(self, recording_id: str, track: Track) -> bool:
        key = (recording_id, track.track_id)
        return _may_have(track) and key not in self._counts and key not in self._hopeless

    # --- making ---------------------------------------------------------------------------------

    async def _run(self) -> None:
        for recording_id in await asyncio.to_thread(self._begun):
            self.want(recording_id)
        while True:
            await self._turn()
            self._news.clear()
            self._quiet.set()
            try:
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._news.wait()
            except TimeoutError:
                pass

    async def _turn(self) -> None:
        if not await asyncio.to_thread(self._room.is_ample):
            await asyncio.to_thread(self._let_go)
            self._wanted.clear()
        while self._wanted:
            recording_id = next(iter(self._wanted))
            del self._wanted[recording_id]  # before: whoever asks again meanwhile knows of more
            try:
                await self._make_all(recording_id)
            except Exception:  # noqa: BLE001 - one recording of which none can be made must not stop the others
                _log.exception("no thumbnails of a recording", extra={"recording": recording_id})

    def _begun(self) -> list[str]:
        return [
            folder.parent.name for folder in self._places.root.glob("*/thumbnails") if _is_unfinished(folder)
        ]

    async def _make_all(self, recording_id: str) -> None:
        taken, _ = await self._streams.state(recording.stream_of(recording_id))
        assert isinstance(taken, Recording)
        await asyncio.to_thread(self._read_counts, taken)
        for track in taken.tracks.values():
            if not self._lacks(recording_id, track):
                continue
            if await self._is_condemned(recording_id) or not await asyncio.to_thread(self._room.is_ample):
                break
            await self._make(recording_id, track)
        if self._is_growing(taken) and await asyncio.to_thread(self._room.is_ample):
            await self._add(taken)
        if await self._is_condemned(recording_id):  # it was, while the last of them was made
            await asyncio.to_thread(self._forget, recording_id)

    async def _make(self, recording_id: str, track: Track) -> None:
        folder = self._places.thumbnails(recording_id)
        try:
            async with self._shelf.local(recording_id, track) as path:
                code = await self._carry_out(folder, "sealed", {track.track_id: path})
        except Refusal:
            code = UNREADABLE_EXIT
        if code == 0:
            await asyncio.to_thread(self._read_count, recording_id, track)
            return
        self._hopeless.add((recording_id, track.track_id))  # until the next start: nobody depends on them
        _log.warning("no thumbnails of a track", extra={"track": track.track_id, "exit": code})

    async def _add(self, taken: Recording) -> None:
        """What has come of files that are being written. One that is sealed meanwhile is made when it is."""
        key = taken.recording_id
        growing = [track.track_id for track in taken.tracks.values() if _is_growing(track)]
        parts = {track_id: self._places.part(key, track_id) for track_id in growing}
        await self._carry_out(self._places.thumbnails(key), "growing", parts)
        self._looked[key] = asyncio.get_running_loop().time()

    async def _carry_out(self, folder: Path, what: str, tracks: Mapping[str, Path]) -> int:
        # Its own session: Ctrl-C is meant for the hub.
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "recordings.thumbnailing", str(folder), what),
            *(f"{track_id}={path}" for track_id, path in tracks.items()),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
            start_new_session=True,
        )
        try:
            await child.communicate(self._shelf.key)
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        return child.returncode or 0

    async def _is_condemned(self, recording_id: str) -> bool:
        kept, _ = await self._streams.state(keeping.stream_of(recording_id))
        return isinstance(kept, Keeping) and kept.condemned

    # --- letting go -----------------------------------------------------------------------------

    def _let_go(self) -> None:
        """Of all of them: what is recorded is worth more."""
        for folder in self._places.root.glob("*/thumbnails"):
            shutil.rmtree(folder, ignore_errors=True)
        self._counts.clear()

    def _forget(self, recording_id: str) -> None:
        shutil.rmtree(self._places.thumbnails(recording_id), ignore_errors=True)
        for key in [key for key in self._counts if key[0] == recording_id]:
            del self._counts[key]


def _is_growing(track: Track) -> bool:
    return track.kind == "video" and track.state is TrackState.WRITING


def _may_have(track: Track) -> bool:
    return track.kind == "video" and track.state in PLAYABLE


_SHEET = re.compile(r"(.+)-\d+\.jpg")


def _is_unfinished(folder: Path) -> bool:
    """Leftovers of a program that was killed are removed on the way."""
    names = {path.name for path in folder.iterdir()}
    unfinished = any(
        name.endswith(".json")
        and not (read_index(folder, name[: -len(".json")]) or Made(0, ended=False)).ended
        for name in names
    )
    for name in names:
        if name.endswith(".tmp"):
            (folder / name).unlink(missing_ok=True)
            unfinished = True
        elif (sheet := _SHEET.fullmatch(name)) is not None and f"{sheet[1]}.json" not in names:
            unfinished = True
    return unfinished
