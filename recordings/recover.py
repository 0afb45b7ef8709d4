"""What a crash left behind: every file read to its last whole frame, every gap given its reason (rule R4).

Two steps. ``look`` is quick: the gap is noted and the recording resumed before the doors open. ``mend``
reads and rewrites the files, which may take minutes after hours of recording, while the hub works.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import NamedTuple

import msgspec

from hub.domain import recording, session
from hub.domain.event import HUB, Command
from hub.domain.recording import (
    FailTrack,
    InterruptRecording,
    OpenGap,
    OpenTrack,
    Recording,
    RecordingReady,
    RecordingState,
    ResumeRecording,
    StopRecording,
    Track,
    TrackState,
)
from hub.domain.session import Session
from hub.live.streams import Streams
from recordings.assemble import Assembler
from recordings.forms import PART_SUFFIX
from recordings.keyring import NoKey
from recordings.places import Places
from recordings.remux import Made, Unreadable
from recordings.sealing import KEY_AGAIN_S, named, note, sealing
from recordings.segments import TRACK_TAG
from recordings.vault import plain_size

_log = logging.getLogger(__name__)

CRASHED = "hub.crashed"


class Left(NamedTuple):
    """A recording that is not ready; ``goes_on``: its session still runs."""

    recording_id: str
    session_id: str
    goes_on: bool
    unfinished: list[Track]
    paused: bool = False


class Mended(NamedTuple):
    """What became of the files of one recording; ``left``: the storage failed, and they are as they were."""

    recording_id: str
    recovered: int
    failed: int
    left: int = 0


class Recovery:
    """Doing any of it again changes nothing."""

    def __init__(
        self, streams: Streams, assembler: Assembler, places: Places, *, patient: bool = True
    ) -> None:
        """``patient``: wait for a key that is not there and for room, as a running hub does."""
        self._patient = patient
        self._streams = streams
        self._assembler = assembler
        self._places = places

    async def look(self, *, resume: bool) -> list[Left]:
        """Every recording that is not ready. Without ``resume`` one that goes on stays interrupted."""
        found: list[Left] = []
        for stream in await self._streams.names("recording:"):
            last = await self._streams.last(stream)
            if last is None or isinstance(last.event, RecordingReady):
                continue  # most of them, and so without reading all of it
            state = await self._state(stream)
            if state.state is not RecordingState.READY:
                found.append(await self._note(state, last.at_ms, resume=resume))
        return found

    async def mend(self, left: Left) -> Mended:
        """Finish every file of it, also those that the log does not know yet."""
        tracks = [*left.unfinished, *await self._adopt(left)]
        if self._patient:  # one that waits for its disk holds up no other
            ends = await asyncio.gather(*(self._finish(left.recording_id, track) for track in tracks))
        else:
            ends = [await self._finish(left.recording_id, track) for track in tracks]
        failed, unfinished = sum(isinstance(end, FailTrack) for end in ends), ends.count(None)
        mended = Mended(left.recording_id, len(tracks) - failed - unfinished, failed, unfinished)
        _log.warning("mended a recording", extra=mended._asdict())
        return mended

    async def _note(self, state: Recording, last_event_ms: int, *, resume: bool) -> Left:
        key = state.recording_id
        unfinished = [track for track in state.tracks.values() if track.state is TrackState.WRITING]
        written_ms = await asyncio.to_thread(self._last_written_ms, key)
        of, _ = await self._streams.state(session.stream_of(state.session_id))
        from_ms = max(written_ms, last_event_ms)
        for venue in of.venues.values() if isinstance(of, Session) and of.running else ():
            off = {name for name in ("camera", "microphone") if not getattr(venue, name)}
            for source in (each for each in venue.sources.values() if each.name not in off):
                gap = OpenGap(venue=venue.venue, source=source.name, from_ms=from_ms, reason=CRASHED)
                await self._do(key, gap)
        crashed = InterruptRecording(from_ms=from_ms, reason=CRASHED)
        await self._do(key, crashed)  # comes to nothing where it was not running
        goes_on = isinstance(of, Session) and of.running and state.stopped_ms is None
        if not goes_on:
            await self._do(key, StopRecording())
        elif resume:
            await self._do(key, ResumeRecording())
        return Left(key, state.session_id, goes_on, unfinished, state.state is RecordingState.PAUSED)

    def _last_written_ms(self, recording_id: str) -> int:
        parts = self._places.folder(recording_id).glob("*" + PART_SUFFIX)
        return max((part.stat().st_mtime_ns // 1_000_000 for part in parts), default=0)

    async def _finish(self, key: str, track: Track) -> Command | None:
        """What has been put into the log; nothing where the storage fails and nobody waits for it."""
        try:
            end = await self._mend(key, track)
        except NoKey:
            raise
        except OSError:
            return None
        await self._say(key, end)
        return end

    async def _mend(self, key: str, track: Track) -> Command:
        part, final = self._places.part(key, track.track_id), self._places.final(key, track)
        if await asyncio.to_thread(lambda: _is_empty(part) and _is_empty(final)):
            # The crash came before its first half second was written.
            return FailTrack(track_id=track.track_id, at_ms=track.started_ms, reason=CRASHED)
        return await sealing(
            self._assembler,
            self._places,
            key,
            track,
            track.started_ms,
            recovered=True,
            patient=self._patient,
        )

    async def _adopt(self, left: Left) -> list[Track]:
        """Files that the crash kept out of the log; they say themselves what they are."""
        known = (await self._state(recording.stream_of(left.recording_id))).tracks
        adopted: list[Track] = []
        for part in await asyncio.to_thread(self._tidy, left.recording_id):
            if part.stem in known:
                continue
            track = await self._track_of(part)
            if track is None:
                _log.warning("an unknown file is left alone", extra={"file": part.name})
                continue
            adopted.append(await named(self._streams, left.session_id, track))
            await self._say(left.recording_id, OpenTrack(track=adopted[-1]))
        return adopted

    def _tidy(self, recording_id: str) -> list[Path]:
        """The files that were being written; copies of them that were never finished are removed."""
        folder = self._places.folder(recording_id)
        for copy in folder.glob("*.tmp"):
            copy.unlink()
        return sorted(folder.glob("*" + PART_SUFFIX))

    async def _track_of(self, part: Path) -> Track | None:
        try:
            made = await self._read(part)
            track = msgspec.json.decode(made.tags[TRACK_TAG], type=Track)
        except NoKey:
            raise
        except (Unreadable, OSError, KeyError, msgspec.MsgspecError):
            return None
        return track if track.track_id == part.stem else None

    async def _read(self, part: Path) -> Made:
        while True:
            try:
                return await self._assembler.read(part)
            except NoKey:
                if not self._patient:
                    raise
            await asyncio.sleep(KEY_AGAIN_S)

    async def _state(self, stream: str) -> Recording:
        state, _ = await self._streams.state(stream)
        assert isinstance(state, Recording)
        return state

    async def _say(self, recording_id: str, command: Command) -> None:
        """A running hub waits for room in the log; the command line says that there is none."""
        if self._patient:
            await note(self._streams, recording.stream_of(recording_id), command)
        else:
            await self._do(recording_id, command)

    async def _do(self, recording_id: str, command: Command) -> None:
        await self._streams.execute(recording.stream_of(recording_id), command, HUB)


def _is_empty(path: Path) -> bool:
    return not path.exists() or plain_size(path) == 0
