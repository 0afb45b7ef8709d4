"""The end of a track: its file is finished, and what is put into the log about it."""

from __future__ import annotations

import asyncio
import logging

from msgspec.structs import replace

from hub.domain import session
from hub.domain.event import HUB, Command
from hub.domain.recording import FailTrack, SealTrack, Track
from hub.domain.session import Session
from hub.errors import Refusal
from hub.live.streams import Streams
from recordings.assemble import Assembler
from recordings.keyring import NO_KEY, NoKey
from recordings.places import Places
from recordings.remux import Unreadable
from recordings.tape import STORAGE_FAILED

_log = logging.getLogger(__name__)

AGAIN_S = 5.0
"""How long to wait before trying a full or failing storage once more."""

KEY_AGAIN_S = 30.0
"""The same for a key: a person has to bring it."""

PAUSES_S = (5.0, 15.0, 60.0, 300.0, *(600.0,) * 70)
"""Between the tries to finish a file on a storage that fails: half a day, for a night without anybody."""


async def note(streams: Streams, stream: str, command: Command) -> None:
    """Into the log, however long that takes: a full disk may hold the log as well."""
    while True:
        try:
            await streams.execute(stream, command, HUB)
            return
        except Refusal as refusal:
            if refusal.code != "storage.full":
                _log.error(
                    "the log refused what was recorded",
                    extra={"stream": stream, "command": type(command).__name__, "code": refusal.code},
                )
                return
        await asyncio.sleep(AGAIN_S)


async def named(streams: Streams, session_id: str, track: Track) -> Track:
    """The track with the name that its venue bears in the session."""
    state, _ = await streams.state(session.stream_of(session_id))
    venue = state.venues.get(track.venue) if isinstance(state, Session) else None
    return replace(track, venue_name=venue.name if venue else track.venue)


async def sealing(
    assembler: Assembler,
    places: Places,
    recording_id: str,
    track: Track,
    end_ms: int,
    *,
    recovered: bool = False,
    patient: bool = True,
) -> SealTrack | FailTrack:
    """Finish the file of ``track``; what to put into the log.

    Waits for a key that is not there, and half a day for a storage that fails, before it says that the track
    is lost, which is for good; a hub that stops meanwhile goes on at its next start. Unless ``patient``
    raises NoKey and OSError.
    """
    part, final = places.part(recording_id, track.track_id), places.final(recording_id, track)
    pauses = iter(PAUSES_S)
    while True:
        try:
            made = await assembler.finish(part, final)
            break
        except NoKey:
            if not patient:
                raise
            _log.warning("a track waits for its key", extra={"track": track.track_id, "code": NO_KEY})
            await asyncio.sleep(KEY_AGAIN_S)
        except Unreadable:
            assembler.give_up(part)
            _log.exception("a track cannot be read; its file is kept", extra={"track": track.track_id})
            return FailTrack(track_id=track.track_id, at_ms=end_ms, reason="recording.unreadable")
        except OSError:
            _log.exception("a track cannot be finished; its file is kept", extra={"track": track.track_id})
            if not patient:
                raise
            pause_s = next(pauses, None)
            if pause_s is None:
                assembler.give_up(part)
                return FailTrack(track_id=track.track_id, at_ms=end_ms, reason=STORAGE_FAILED)
            await asyncio.sleep(pause_s)
    return SealTrack(
        track_id=track.track_id,
        ended_ms=track.started_ms + made.end_ms,
        size_bytes=made.size_bytes,
        digest=made.digest,
        algorithm=made.algorithm,
        recovered=recovered,
    )
