"""Who may look at which recording, and what they get; every look is in the log (rule R6)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from hub.clock import Clock
from hub.domain import keeping, recording, session
from hub.domain.disclosure import events_for_venues, sees_contacts
from hub.domain.event import Actor
from hub.domain.permissions import may_keep, may_review
from hub.domain.reach import sees_all
from hub.domain.recording import Recording, RecordingState, Track, TrackState
from hub.domain.session import Session
from hub.domain.workspace import Workspace
from hub.errors import Refusal
from hub.ids import is_id
from hub.live.keeping import keeper_of
from hub.live.streams import Batch, Streams
from hub.storage.eventlog import EventLog
from recordings.custody import Custody
from recordings.growing import Gone
from recordings.growing import Growing as GrowingFiles
from recordings.looks import looks_of
from recordings.manifest import PLAYABLE, history_of, manifest_of, media_type_of
from recordings.pastboards import PastBoards, boards_during, within
from recordings.shelf import Lying, Shelf, refusing
from recordings.storagestate import Storage
from recordings.thumbnails import Thumbnails
from signaling.bodies import Growing, GrowingTrack, History, Look, Manifest

SAME_LOOK_MS = 10 * 60 * 1000
"""A player asks for a hundred pieces of a file; those of ten minutes are one look."""

_LOOKS_MAX = 10_000


class File(NamedTuple):
    """A file to be sent, as it lies or piece by piece (``shelf.Lying``)."""

    lying: Lying
    media_type: str
    digest: str
    algorithm: str


class Piece(NamedTuple):
    """Some bytes of a file that is being written; ``size_bytes`` of it are there."""

    content: bytes
    start: int
    size_bytes: int
    media_type: str


class After(NamedTuple):
    """The numbers of the last events that somebody has of a session, its boards and its recording."""

    session: int = 0
    boards: int = 0
    recording: int = 0


_START = After()


class Review:
    """Reads recordings on behalf of a person; refuses with ``recording.unknown`` and ``forbidden``."""

    def __init__(
        self,
        clock: Clock,
        log: EventLog,
        streams: Streams,
        shelf: Shelf,
        thumbnails: Thumbnails,
        storage: Storage,
        growing: GrowingFiles,
        custody: Custody,
        *,
        classification: str,
        seats_may_review: bool,
    ) -> None:
        self._clock = clock
        self._log = log
        self._streams = streams
        self._shelf = shelf
        self._thumbnails = thumbnails
        self.storage = storage
        self._growing = growing
        self._custody = custody
        self._classification = classification
        self._seats_may_review = seats_may_review
        self._ready: dict[str, tuple[Recording, Session]] = {}
        self._looks: dict[tuple[str, str], int] = {}

    async def manifest(
        self, recording_id: str, by: Actor, ticket_ms: int, href: Callable[[Track], str], *, again: bool
    ) -> Manifest:
        """``again``: by a page that has it open, to see what has become of it meanwhile."""
        recorded, of = await self._opened(recording_id, by)
        await (self._note_once(recording_id, by) if again else self._note(recording_id, by, "view"))
        kept = await self._custody.kept(recorded, of, by, files=True)
        return manifest_of(
            recorded,
            of,
            classification=self._classification,
            ticket_ms=ticket_ms,
            href=_gone if kept.gone else href,
            kept=kept,
            thumbnails={} if kept.gone else await self._thumbnails.counts(recorded),
            growing=self._growing,
        )

    async def growing(self, recording_id: str, by: Actor, after_ms: int) -> Growing:
        """What can be played of the files that are being written (rule R28)."""
        now_ms = self._clock.wall_ms()  # first: what is not there yet may have come since
        recorded, _ = await self._opened(recording_id, by)
        await self._note_once(recording_id, by)
        return Growing(
            now_ms=now_ms,
            tracks=[
                GrowingTrack(
                    track_id=track.track_id,
                    size_bytes=file.size_bytes,
                    cues=file.begins(max(0, after_ms - track.started_ms)),
                )
                for track in recorded.tracks.values()
                if track.state is TrackState.WRITING and (file := self._growing.find(track.track_id))
            ],
        )

    async def piece(self, recording_id: str, track_id: str, by: Actor, start: int, stop: int | None) -> Piece:
        """A piece of a file that is being written; refuses with ``recording.not_ready`` when it is not."""
        recorded, _ = await self._opened(recording_id, by)
        track, file = recorded.tracks.get(track_id), self._growing.find(track_id)
        if track is None:
            raise Refusal("recording.unknown")
        if file is None:
            raise Refusal("recording.not_ready")
        await self._note_once(recording_id, by)
        size_bytes = file.size_bytes
        try:
            end = size_bytes if stop is None else stop
            content = await asyncio.to_thread(refusing, lambda: file.read(start, end))
        except Gone as error:
            raise Refusal("recording.not_ready") from error
        return Piece(content, start, size_bytes, media_type_of(track))

    def is_growing(self, track_id: str) -> bool:
        return track_id in self._growing

    async def history(self, recording_id: str, by: Actor, after: After = _START) -> History:
        """``after``: what is known already; then only what came since, and no boards of the start."""
        recorded, of = await self._opened(recording_id, by)
        await self._note_once(recording_id, by)
        about: Batch = await self._log.read(session.stream_of(recorded.session_id), since=after.session)
        taken: Batch = await self._log.read(recording.stream_of(recording_id), since=after.recording)
        if not sees_contacts(by):
            about = events_for_venues(about)
        if not may_keep(by, of):  # P16: in older logs it says there who has looked at it
            taken = [each for each in taken if not isinstance(each.event, recording.RecordingViewed)]
        then = await self._boards(recorded, of, by, after.boards)
        return history_of(then.before, about, then.events, taken)

    async def _boards(self, recorded: Recording, of: Session, by: Actor, after: int) -> PastBoards:
        """T8: nobody reads of a board afterwards what was not shown to them then."""
        span = recorded.started_ms, recorded.stopped_ms
        if after and sees_all(by):  # nothing need be folded to know what they may hear
            return PastBoards(Workspace(), within(await self._log.read(of.boards, since=after), *span))
        then = await asyncio.to_thread(boards_during, await self._log.read(of.boards), by, *span)
        if not after:
            return then
        return PastBoards(Workspace(), [each for each in then.events if each.seq > after])

    async def log(self, recording_id: str, by: Actor, *, taken_away: bool = False) -> tuple[str, list[Look]]:
        """P16: its title, and who has looked at it and what was done with it; ``taken_away``: as a file."""
        if not is_id(recording_id):
            raise Refusal("recording.unknown")
        await keeper_of(self._streams, recording_id, by, "log")
        recorded, _ = await self._both(recording_id)
        if taken_away:
            await self._note(recording_id, by, "log")
        names = keeping.stream_of(recording_id), recording.stream_of(recording_id)
        kept, taken = await asyncio.gather(*(self._log.read(name) for name in names))
        return recorded.title, looks_of(kept, taken)

    async def file(self, recording_id: str, track_id: str, by: Actor, *, whole: bool) -> File:
        """The file of a track; ``whole``: it is fetched in one piece, not played. Notes that in the log."""
        recorded, _ = await self._opened(recording_id, by, "download" if whole else "view")
        track = recorded.tracks.get(track_id)
        if track is None:
            raise Refusal("recording.unknown")
        if track.state not in PLAYABLE:
            raise Refusal("recording.not_ready")
        await self._custody.open(recorded.recording_id)
        lying = await self._shelf.open(recorded.recording_id, track)
        try:
            if whole:
                await self._note(recording_id, by, "download", f"{track.venue_name} {track.source}")
            else:
                await self._note_once(recording_id, by)
        except BaseException:
            lying.close()
            raise
        return File(lying, media_type_of(track), track.digest, track.algorithm)

    async def thumbnails(self, recording_id: str, track_id: str, number: int, by: Actor) -> bytes:
        """A sheet of small pictures, a JPEG; to look at it is to look at the recording."""
        recorded, _ = await self._opened(recording_id, by)
        if track_id not in recorded.tracks:
            raise Refusal("recording.unknown")
        await self._custody.open(recording_id)
        await self._note_once(recording_id, by)
        return await self._thumbnails.sheet(recording_id, track_id, number)

    async def _opened(self, recording_id: str, by: Actor, what: str = "view") -> tuple[Recording, Session]:
        recorded, of = await self._both(recording_id)
        if not self._may(by, of):
            await self._custody.deny(recording_id, by, what)
            raise Refusal("forbidden")
        return recorded, of

    def _may(self, by: Actor, of: Session) -> bool:
        return may_review(by, of, seats_may_review=self._seats_may_review)

    async def _both(self, recording_id: str) -> tuple[Recording, Session]:
        """The recording and its session; those that are ready change no more and are kept at hand."""
        if (known := self._ready.get(recording_id)) is not None:
            return known
        if not is_id(recording_id):
            raise Refusal("recording.unknown")
        recorded, _ = await self._streams.state(recording.stream_of(recording_id))
        if not isinstance(recorded, Recording) or not recorded.started_ms:
            raise Refusal("recording.unknown")
        of, _ = await self._streams.state(session.stream_of(recorded.session_id))
        assert isinstance(of, Session)
        if recorded.state is RecordingState.READY:
            self._ready[recording_id] = recorded, of
        return recorded, of

    async def _note(self, recording_id: str, by: Actor, what: str, detail: str = "") -> None:
        key, last_ms = (by.account, recording_id), self._looks.get((by.account, recording_id), 0)
        self._looks[key] = self._clock.wall_ms()
        note = keeping.NoteView(what=what, detail=detail)
        try:
            await self._streams.execute(keeping.stream_of(recording_id), note, by)
        except BaseException:
            self._looks[key] = last_ms  # it is not in the log, so the next one is asked to be
            raise

    async def _note_once(self, recording_id: str, by: Actor) -> None:
        now_ms = self._clock.wall_ms()
        if now_ms - self._looks.get((by.account, recording_id), 0) < SAME_LOOK_MS:
            return
        if len(self._looks) > _LOOKS_MAX:
            self._looks = {key: at for key, at in self._looks.items() if now_ms - at < SAME_LOOK_MS}
        await self._note(recording_id, by, "view")


def _gone(track: Track) -> str:
    """Where a track lies of a recording that is destroyed, or about to be."""
    return ""
