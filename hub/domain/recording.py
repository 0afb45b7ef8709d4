"""What was written of a session, from the first second to the sealed manifest (rules R1 to R6).

A *track* is one source of one venue in one file. A source that comes back after a cut gets a new
track; the time between is a gap, with its reason.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec
from msgspec.structs import replace

from hub.domain.event import Actor, Command, Event, Recorded, Role
from hub.errors import Refusal


def stream_of(recording_id: str) -> str:
    return f"recording:{recording_id}"


class RecordingState(StrEnum):
    """录制中 · 中断 · 处理中 · 可回看"""

    RECORDING = "recording"
    INTERRUPTED = "interrupted"
    PROCESSING = "processing"
    READY = "ready"


class TrackState(StrEnum):
    """录制中 · 已收尾 · 崩溃后恢复 · 失败"""

    WRITING = "writing"
    SEALED = "sealed"
    RECOVERED = "recovered"
    FAILED = "failed"


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """One file. ``started_ms`` is the hub's wall time of its first frame (pts 0)."""

    track_id: str
    venue: str
    venue_name: str
    source: str
    kind: str
    codec: str
    started_ms: int
    state: TrackState = TrackState.WRITING
    ended_ms: int | None = None
    size_bytes: int = 0
    sha256: str = ""


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing was written between the two; ``track_id`` is empty when it concerns the whole recording."""

    from_ms: int
    to_ms: int | None
    reason: str
    track_id: str = ""


class Recording(msgspec.Struct, frozen=True, kw_only=True, tag_field="noun", tag="recording"):
    """State of a stream ``recording:{id}``."""

    recording_id: str = ""
    session_id: str = ""
    title: str = ""
    state: RecordingState = RecordingState.RECORDING
    since_ms: int = 0
    started_ms: int = 0
    stopped_ms: int | None = None
    failure: str | None = None
    tracks: dict[str, Track] = {}
    gaps: list[Gap] = []


# --- commands -----------------------------------------------------------------------------------


class StartRecording(Command, frozen=True, kw_only=True):
    recording_id: str
    session_id: str
    title: str


class OpenTrack(Command, frozen=True, kw_only=True):
    track: Track


class SealTrack(Command, frozen=True, kw_only=True):
    """The file is whole and closed; ``recovered`` when a crash had cut it."""

    track_id: str
    ended_ms: int
    size_bytes: int
    sha256: str
    recovered: bool = False


class FailTrack(Command, frozen=True, kw_only=True):
    """The file cannot be written or read any further; ``reason`` is an error code."""

    track_id: str
    at_ms: int
    reason: str


class InterruptRecording(Command, frozen=True, kw_only=True):
    """Nothing is being written from ``from_ms`` on (full disk, crash); the session goes on."""

    from_ms: int
    reason: str


class ResumeRecording(Command, frozen=True, kw_only=True):
    pass


class StopRecording(Command, frozen=True, kw_only=True):
    pass


class FinishRecording(Command, frozen=True, kw_only=True):
    """Every track is sealed and can be reviewed."""


class NoteView(Command, frozen=True, kw_only=True):
    """Somebody opened (``what`` = view) or fetched (``what`` = download) the recording."""

    what: str


# --- events -------------------------------------------------------------------------------------


class RecordingStarted(Event, frozen=True, kw_only=True, tag="recording.started"):
    recording_id: str
    session_id: str
    title: str


class TrackOpened(Event, frozen=True, kw_only=True, tag="track.opened"):
    track: Track


class TrackSealed(Event, frozen=True, kw_only=True, tag="track.sealed"):
    track_id: str
    ended_ms: int
    size_bytes: int
    sha256: str


class TrackRecovered(Event, frozen=True, kw_only=True, tag="track.recovered"):
    track_id: str
    ended_ms: int
    size_bytes: int
    sha256: str


class TrackFailed(Event, frozen=True, kw_only=True, tag="track.failed"):
    track_id: str
    at_ms: int
    reason: str


class RecordingInterrupted(Event, frozen=True, kw_only=True, tag="recording.interrupted"):
    from_ms: int
    reason: str


class RecordingResumed(Event, frozen=True, kw_only=True, tag="recording.resumed"):
    pass


class RecordingStopped(Event, frozen=True, kw_only=True, tag="recording.stopped"):
    pass


class RecordingReady(Event, frozen=True, kw_only=True, tag="recording.ready"):
    pass


class RecordingViewed(Event, frozen=True, kw_only=True, tag="recording.viewed"):
    what: str


RecordingEvent = (
    RecordingStarted
    | TrackOpened
    | TrackSealed
    | TrackRecovered
    | TrackFailed
    | RecordingInterrupted
    | RecordingResumed
    | RecordingStopped
    | RecordingReady
    | RecordingViewed
)


# --- decide -------------------------------------------------------------------------------------


def decide(state: Recording, command: Command, by: Actor, now_ms: int) -> list[RecordingEvent]:
    """What ``command`` makes happen; refuses with a code of ``hub.errors`` and then nothing happens."""
    if isinstance(command, NoteView):
        if not state.started_ms:
            raise Refusal("recording.unknown")
        return [RecordingViewed(what=command.what)]
    if by.role is not Role.HUB:
        raise Refusal("forbidden")
    if isinstance(command, StartRecording):
        if state.started_ms:
            raise Refusal("bad_request", field="recording_id")
        return [
            RecordingStarted(
                recording_id=command.recording_id, session_id=command.session_id, title=command.title
            )
        ]
    if not state.started_ms:
        raise Refusal("recording.unknown")
    return _go_on(state, command)


def _go_on(state: Recording, command: Command) -> list[RecordingEvent]:
    match command:
        case OpenTrack(track=track):
            if track.track_id in state.tracks:
                raise Refusal("bad_request", field="track_id")
            return [TrackOpened(track=track)]
        case SealTrack(track_id=key, ended_ms=ended_ms, size_bytes=size_bytes, sha256=sha256):
            _writing(state, key)
            seal = TrackRecovered if command.recovered else TrackSealed
            return [seal(track_id=key, ended_ms=ended_ms, size_bytes=size_bytes, sha256=sha256)]
        case FailTrack(track_id=key, at_ms=at_ms, reason=reason):
            _writing(state, key)
            return [TrackFailed(track_id=key, at_ms=at_ms, reason=reason)]
        case InterruptRecording(from_ms=from_ms, reason=reason):
            if state.state is not RecordingState.RECORDING:
                return []
            return [RecordingInterrupted(from_ms=from_ms, reason=reason)]
        case ResumeRecording():
            return [RecordingResumed()] if state.state is RecordingState.INTERRUPTED else []
        case StopRecording():
            return [] if state.stopped_ms is not None else [RecordingStopped()]
        case FinishRecording():
            unfinished = any(track.state is TrackState.WRITING for track in state.tracks.values())
            if state.state is not RecordingState.PROCESSING or unfinished:
                raise Refusal("recording.not_ready")  # R5: ready means every file has its digest
            return [RecordingReady()]
    raise TypeError(command)


def _writing(state: Recording, track_id: str) -> Track:
    track = state.tracks.get(track_id)
    if track is None or track.state is not TrackState.WRITING:
        raise Refusal("recording.unknown", track_id=track_id)
    return track


# --- apply --------------------------------------------------------------------------------------


def apply(state: Recording, recorded: Recorded[RecordingEvent]) -> Recording:
    event, at_ms = recorded.event, recorded.at_ms
    match event:
        case RecordingStarted():
            return Recording(
                recording_id=event.recording_id,
                session_id=event.session_id,
                title=event.title,
                since_ms=at_ms,
                started_ms=at_ms,
            )
        case TrackOpened(track=track):
            return _with(state, track)
        case TrackSealed() | TrackRecovered():
            ended = replace(
                state.tracks[event.track_id],
                state=TrackState.SEALED if isinstance(event, TrackSealed) else TrackState.RECOVERED,
                ended_ms=event.ended_ms,
                size_bytes=event.size_bytes,
                sha256=event.sha256,
            )
            return _with(state, ended)
        case TrackFailed(track_id=key, at_ms=failed_ms, reason=reason):
            gap = Gap(from_ms=failed_ms, to_ms=None, reason=reason, track_id=key)
            failed = replace(state.tracks[key], state=TrackState.FAILED, ended_ms=failed_ms)
            return replace(_with(state, failed), gaps=[*state.gaps, gap])
        case RecordingInterrupted(from_ms=from_ms, reason=reason):
            gap = Gap(from_ms=from_ms, to_ms=None, reason=reason)
            return replace(
                state,
                state=RecordingState.INTERRUPTED,
                since_ms=at_ms,
                failure=reason,
                gaps=[*state.gaps, gap],
            )
        case RecordingResumed():
            return replace(
                state,
                state=RecordingState.RECORDING,
                since_ms=at_ms,
                failure=None,
                gaps=_closed(state.gaps, at_ms),
            )
        case RecordingStopped():
            return replace(
                state,
                state=RecordingState.PROCESSING,
                since_ms=at_ms,
                stopped_ms=at_ms,
                gaps=_closed(state.gaps, at_ms),
            )
        case RecordingReady():
            return replace(state, state=RecordingState.READY, since_ms=at_ms)
        case RecordingViewed():
            return state


def _closed(gaps: list[Gap], at_ms: int) -> list[Gap]:
    """The gap of the whole recording that is still open ends here."""
    return [replace(gap, to_ms=at_ms) if gap.to_ms is None and not gap.track_id else gap for gap in gaps]


def _with(state: Recording, track: Track) -> Recording:
    return replace(state, tracks={**state.tracks, track.track_id: track})
