"""A recorded session of any length on disk, made cheaply: a few packets muxed round and round."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import av
import msgspec

from hub.domain import recording, session
from hub.domain.event import HUB, Actor, Event, Role
from hub.domain.recording import OpenTrack, SealTrack, StartRecording, Track
from hub.domain.session import Invited, NoteSpeech, SessionKind, StartSession
from hub.storage.sqllog import SqlEventLog, open_log
from recordings.forms import form_of
from recordings.places import Places
from tests.support.factories import Stream

RECORDING, SESSION = "r-1", "s-1"
_MILLISECONDS = Fraction(1, 1000)
_BATCH = 400


class Round(NamedTuple):
    """Encoded frames that follow each other in a circle; the first is a key frame."""

    source: str
    codec: str
    frames: Sequence[bytes]
    per_second: int
    size: tuple[int, int] = (0, 0)


class Take(NamedTuple):
    """A track that begins so long after the session, and with a key frame: whole rounds of a picture."""

    venue: Invited
    round: Round
    late_ms: int


class Reel:
    """What is to lie in a data directory before the hub starts on it."""

    def __init__(
        self, seconds: int, chair: Invited, venues: Sequence[Invited], *, title: str = "强降雨防汛会商"
    ) -> None:
        self.seconds = seconds
        self.officer = Actor(
            account="officer", person="王建国", role=Role.OFFICER, seat=chair.venue, seat_name=chair.name
        )
        self._session = Stream(session.stream_of(SESSION))
        self._recording = Stream(recording.stream_of(RECORDING))
        start = StartSession(
            session_id=SESSION,
            title=title,
            kind=SessionKind.CONSULTATION,
            chair=chair,
            venues=list(venues),
            board_id="b-1",
            recording_id=RECORDING,
        )
        self._session.do(start, self.officer)
        for venue in venues:
            key, name = venue.venue, venue.name
            by = Actor(account=key, person="值班员", role=Role.SEAT, seat=key, seat_name=name)
            self._session.do(session.AnswerCall(venue=venue.venue), by, after_ms=10)
        named = StartRecording(recording_id=RECORDING, session_id=SESSION, title=title)
        self._recording.do(named, HUB)
        self.began_ms = self._recording.now_ms
        self._takes: list[tuple[Track, Take]] = []

    def take(self, take: Take) -> None:
        kind = "audio" if take.round.codec == "opus" else "video"
        track = Track(
            track_id=f"t-{take.venue.venue}-{take.round.source}",
            venue=take.venue.venue,
            venue_name=take.venue.name,
            source=take.round.source,
            kind=kind,
            codec=take.round.codec,
            started_ms=self.began_ms + take.late_ms,
        )
        self._recording.do(OpenTrack(track=track), HUB, after_ms=1)
        self._takes.append((track, take))

    def speech(self, venue: str, from_s: float, to_s: float) -> None:
        """In order of time."""
        end_ms = self.began_ms + round(to_s * 1000)
        note = NoteSpeech(venue=venue, from_ms=self.began_ms + round(from_s * 1000), to_ms=end_ms)
        self._session.do(note, HUB, after_ms=end_ms - self._session.now_ms)

    async def write(self, data: Path) -> None:
        places = Places(data)
        made: dict[tuple[Any, ...], Path] = {}
        for track, take in self._takes:
            path = places.folder(RECORDING) / places.final(RECORDING, track).name
            length_s = self.seconds - take.late_ms / 1000
            key = (id(take.round), take.late_ms)
            if key in made:
                os.link(made[key], path)
            else:
                begin = round(take.late_ms * take.round.per_second / 1000)
                made[key] = _mux(path, track, take.round, begin, length_s)
            self._seal(track, path, track.started_ms + round(length_s * 1000))
        ends = self.began_ms + self.seconds * 1000
        self._session.do(session.EndSession(), self.officer, after_ms=max(1, ends - self._session.now_ms))
        self._recording.do(recording.StopRecording(), HUB, after_ms=max(1, ends - self._recording.now_ms))
        self._recording.do(recording.FinishRecording(), HUB)
        log = open_log(data)
        try:
            for stream in (self._session, self._recording):
                await _append(log, stream)
        finally:
            await log.close()

    def _seal(self, track: Track, path: Path, ended_ms: int) -> None:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        sealed = SealTrack(
            track_id=track.track_id, ended_ms=ended_ms, size_bytes=path.stat().st_size, digest=digest
        )
        self._recording.do(sealed, HUB, after_ms=1)


def _mux(path: Path, track: Track, of: Round, begin: int, length_s: float) -> Path:
    form = form_of(of.codec)
    with av.open(str(path), "w", format=form.name, options=form.sealed) as file:
        file.metadata["HUISHANG_TRACK"] = msgspec.json.encode(track).decode()
        if of.codec == "opus":
            stream: Any = file.add_stream("libopus", rate=48_000)
            stream.layout = "stereo"
            stream.time_base = _MILLISECONDS
        else:
            width, height = of.size
            stream = file.add_mux_stream(of.codec, width=width, height=height, time_base=_MILLISECONDS)
        count, cycle = round(length_s * of.per_second), len(of.frames)
        for number in range(count):
            place = (begin + number) % cycle
            packet = av.Packet(of.frames[place])
            packet.stream, packet.time_base = stream, _MILLISECONDS
            packet.pts = packet.dts = number * 1000 // of.per_second
            packet.is_keyframe = of.codec == "opus" or place == 0
            if of.codec == "opus":
                packet.duration = 1000 // of.per_second
            file.mux_one(packet)
    return path


async def _append(log: SqlEventLog, stream: Stream) -> None:
    """Those of one moment and one actor go together."""
    waiting: list[Event] = []
    done = 0
    for number, recorded in enumerate(stream.events):
        waiting.append(recorded.event)
        after = stream.events[number + 1] if number + 1 < len(stream.events) else None
        goes_on = after is not None and (after.at_ms, after.actor) == (recorded.at_ms, recorded.actor)
        if goes_on and len(waiting) < _BATCH:
            continue
        await log.append(stream.name, done, waiting, actor=recorded.actor, op=None, at_ms=recorded.at_ms)
        done += len(waiting)
        waiting = []
