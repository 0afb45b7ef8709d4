"""The manifest beside the files of a recording: with it, and nothing else, a folder proves itself (rule R19).

It is written once, when every file is sealed; its own digest is in the log (``recording.ready``), and the
ends of the log's chains are in it. So neither can be changed without the other.
"""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path

import msgspec

from hub.clock import Clock
from hub.domain import recording, session
from hub.domain.digests import SHA256, file_digest
from hub.domain.recording import FinishRecording, Gap, Recording, Track
from hub.domain.session import Marker, Session
from hub.live.streams import Streams
from hub.storage.blobs import sync_folder
from hub.storage.eventlog import EventLog
from recordings.manifest import PLAYABLE, media_type_of
from recordings.places import MANIFEST, Places

_log = logging.getLogger(__name__)

FORM = "huishang recording 1"
_TRIES = 3
_AGAIN_S = 5.0


class ProofTrack(msgspec.Struct, frozen=True, kw_only=True):
    """``file`` is its name in the folder, empty when it failed; ``segment`` counts those of one source."""

    track_id: str
    file: str
    venue: str
    venue_name: str
    source: str
    segment: int
    kind: str
    codec: str
    media_type: str
    state: str
    started_ms: int
    ended_ms: int | None
    size_bytes: int
    digest: str
    algorithm: str


class ClockMap(msgspec.Struct, frozen=True, kw_only=True):
    """At ``wall_ms`` (UTC) the hub's monotonic clock stood at ``monotonic_s``; all times are of it."""

    wall_ms: int
    monotonic_s: float


class ChainEnd(msgspec.Struct, frozen=True, kw_only=True):
    """The last event of a stream by then; ``hash`` stands for all of it."""

    stream: str
    seq: int
    hash: str
    algorithm: str


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """``manifest.json``. Sizes and digests are of the plain bytes, whether the files are encrypted or not."""

    form: str
    recording_id: str
    session_id: str
    title: str
    started_ms: int
    stopped_ms: int | None
    clock: ClockMap
    tracks: list[ProofTrack]
    gaps: list[Gap]
    markers: list[Marker]
    chain: list[ChainEnd]


class Prover:
    """Writes the manifest of a recording that is about to be ready; doing it again replaces it."""

    def __init__(
        self, log: EventLog, streams: Streams, places: Places, clock: Clock, *, algorithm: str = SHA256
    ) -> None:
        self._log = log
        self._streams = streams
        self._places = places
        self._clock = clock
        self._algorithm = algorithm

    async def finish(self, recording_id: str) -> FinishRecording:
        """What goes into the log. A storage that fails keeps no recording from being reviewed."""
        content = encode(await self._proof(recording_id))
        path = self._places.folder(recording_id) / MANIFEST
        for _ in range(_TRIES):
            try:
                digest = await asyncio.to_thread(_write, path, content, self._algorithm)
                return FinishRecording(digest=digest, algorithm=self._algorithm)
            except OSError:
                _log.exception("a manifest cannot be written", extra={"recording": recording_id})
            await asyncio.sleep(_AGAIN_S)
        return FinishRecording()

    async def _proof(self, recording_id: str) -> Proof:
        state, _ = await self._streams.state(recording.stream_of(recording_id))
        assert isinstance(state, Recording)
        of, _ = await self._streams.state(session.stream_of(state.session_id))
        assert isinstance(of, Session)
        now = self._clock.now()
        names = (recording.stream_of(recording_id), session.stream_of(state.session_id), of.boards)
        return Proof(
            form=FORM,
            recording_id=recording_id,
            session_id=state.session_id,
            title=state.title,
            started_ms=state.started_ms,
            stopped_ms=state.stopped_ms,
            clock=ClockMap(wall_ms=self._clock.wall_ms_at(now), monotonic_s=round(now, 3)),
            tracks=tracks_of(state, self._places),
            gaps=state.gaps,
            markers=of.markers,
            chain=[await self._end_of(name) for name in names if name],
        )

    async def _end_of(self, stream: str) -> ChainEnd:
        seq = await self._log.head(stream)
        links = await self._log.links(stream, since=seq - 1, limit=1) if seq else []
        if not links:
            return ChainEnd(stream=stream, seq=0, hash="", algorithm="")
        return ChainEnd(stream=stream, seq=seq, hash=links[0].hash.hex(), algorithm=links[0].algorithm)


def tracks_of(state: Recording, places: Places) -> list[ProofTrack]:
    """In the order in which they began."""
    made: list[ProofTrack] = []
    for track in sorted(state.tracks.values(), key=lambda track: (track.started_ms, track.track_id)):
        before = sum((each.venue, each.source) == (track.venue, track.source) for each in made)
        made.append(_track(track, before + 1, places.final(state.recording_id, track).name))
    return made


def _track(track: Track, segment: int, name: str) -> ProofTrack:
    return ProofTrack(
        track_id=track.track_id,
        file=name if track.state in PLAYABLE else "",
        venue=track.venue,
        venue_name=track.venue_name,
        source=track.source,
        segment=segment,
        kind=track.kind,
        codec=track.codec,
        media_type=media_type_of(track),
        state=track.state,
        started_ms=track.started_ms,
        ended_ms=track.ended_ms,
        size_bytes=track.size_bytes,
        digest=track.digest,
        algorithm=track.algorithm,
    )


def encode(proof: Proof) -> bytes:
    """To be read by people as well."""
    return msgspec.json.format(msgspec.json.encode(proof), indent=1) + b"\n"


def decode(content: bytes) -> Proof:
    """Raises msgspec.MsgspecError."""
    return msgspec.json.decode(content, type=Proof)


def _write(path: Path, content: bytes, algorithm: str) -> str:
    """Whole or not at all; the digest of what is on the disk then."""
    part = path.with_name(path.name + ".tmp")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)
    with path.open("rb") as file:
        return file_digest(algorithm, file)
