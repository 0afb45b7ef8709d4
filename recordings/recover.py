"""What a crash left behind: every file read to its last whole frame, every gap given its reason (rule R4)."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import NamedTuple

import msgspec

from hub.domain import recording, session
from hub.domain.event import HUB, Command
from hub.domain.recording import (
    FailTrack,
    FinishRecording,
    InterruptRecording,
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
from recordings.capture import named, sealing
from recordings.places import Places
from recordings.remux import Unreadable, make
from recordings.segments import PART_SUFFIX, TRACK_TAG

_log = logging.getLogger(__name__)

CRASHED = "hub.crashed"


class Outcome(NamedTuple):
    """What became of one recording that was not ready."""

    recording_id: str
    session_id: str
    recovered: int
    failed: int
    goes_on: bool


async def recover(streams: Streams, assembler: Assembler, places: Places, *, resume: bool) -> list[Outcome]:
    """Take care of every recording that is not ready; doing it again changes nothing.

    With ``resume`` a recording whose session still runs is resumed: the caller writes it on. Without
    (the command line) it stays interrupted until the hub starts.
    """
    outcomes: list[Outcome] = []
    for stream in await streams.names("recording:"):
        last = await streams.last(stream)
        if last is None or isinstance(last.event, RecordingReady):
            continue
        state = await _state(streams, stream)
        if state.state is not RecordingState.READY:
            outcomes.append(await _Recovery(streams, assembler, places, state).run(last.at_ms, resume=resume))
    return outcomes


async def _state(streams: Streams, stream: str) -> Recording:
    state, _ = await streams.state(stream)
    assert isinstance(state, Recording)
    return state


class _Recovery:
    """One recording."""

    def __init__(self, streams: Streams, assembler: Assembler, places: Places, state: Recording) -> None:
        self._streams = streams
        self._assembler = assembler
        self._places = places
        self._state = state
        self._stream = recording.stream_of(state.recording_id)

    async def run(self, last_event_ms: int, *, resume: bool) -> Outcome:
        state = self._state
        await self._adopt_orphans()
        cut = [track for track in (await self._now()).tracks.values() if track.state is TrackState.WRITING]
        for track in cut:
            await self._recover(track)
        after = await self._now()
        ends = [after.tracks[track.track_id].ended_ms or 0 for track in cut]
        written_ms = max(ends, default=0) or last_event_ms
        await self._do(
            InterruptRecording(from_ms=written_ms, reason=CRASHED)
        )  # nothing if it was not running
        running, _ = await self._streams.state(session.stream_of(state.session_id))
        goes_on = isinstance(running, Session) and running.running and state.stopped_ms is None
        if not goes_on:
            await self._do(StopRecording())
            await self._do(FinishRecording())
        elif resume:
            await self._do(ResumeRecording())
        failed = sum(after.tracks[track.track_id].state is TrackState.FAILED for track in cut)
        outcome = Outcome(state.recording_id, state.session_id, len(cut) - failed, failed, goes_on)
        _log.warning("took care of a recording after a crash", extra=outcome._asdict())
        return outcome

    async def _recover(self, track: Track) -> None:
        key = self._state.recording_id
        part, final = self._places.part(key, track.track_id), self._places.final(key, track.track_id)
        if _empty(part) and _empty(final):  # the crash came before the first half second was written
            lost = FailTrack(track_id=track.track_id, at_ms=track.started_ms, reason=CRASHED)
            await self._do(lost)
            return
        await self._do(
            await sealing(self._assembler, self._places, key, track, track.started_ms, recovered=True)
        )

    async def _adopt_orphans(self) -> None:
        """Files that the crash kept out of the log; they say themselves what they are."""
        folder = self._places.folder(self._state.recording_id)
        for left in folder.glob("*.tmp"):
            left.unlink()
        for part in sorted(folder.glob("*" + PART_SUFFIX)):
            if part.stem in self._state.tracks:
                continue
            track = _track_of(part)
            if track is None:
                _log.warning("an unknown file is left alone", extra={"file": part.name})
                continue
            await self._do(OpenTrack(track=await named(self._streams, self._state.session_id, track)))

    async def _now(self) -> Recording:
        return await _state(self._streams, self._stream)

    async def _do(self, command: Command) -> None:
        await self._streams.execute(self._stream, command, HUB)


def _empty(path: Path) -> bool:
    return not path.exists() or path.stat().st_size == 0


def _track_of(part: Path) -> Track | None:
    try:
        text = make(part, None).tags[TRACK_TAG]
        track = msgspec.json.decode(text, type=Track)
    except (Unreadable, OSError, KeyError, msgspec.MsgspecError):
        return None
    return track if track.track_id == part.stem else None
