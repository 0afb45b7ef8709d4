"""What may happen to a recording while it is written and sealed (R1 to R5, R12, R15)."""

from __future__ import annotations

from hub.domain.event import Actor, Command, Role
from hub.domain.recording import (
    CloseGap,
    FailTrack,
    FinishRecording,
    GapClosed,
    GapOpened,
    InterruptRecording,
    OpenGap,
    OpenTrack,
    PauseRecording,
    Recording,
    RecordingEvent,
    RecordingInterrupted,
    RecordingPaused,
    RecordingReady,
    RecordingResumed,
    RecordingStarted,
    RecordingState,
    RecordingStopped,
    ResumeRecording,
    SealTrack,
    StartRecording,
    StopRecording,
    Track,
    TrackFailed,
    TrackOpened,
    TrackRecovered,
    TrackSealed,
    TrackState,
)
from hub.errors import Refusal

REASON_MAX = 200


# --- decide -------------------------------------------------------------------------------------


def decide(state: Recording, command: Command, by: Actor, now_ms: int) -> list[RecordingEvent]:
    """What ``command`` makes happen; refuses with a code of ``hub.errors`` and then nothing happens."""
    if by.role is not Role.HUB:
        return _of_a_person(state, command, by)
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


def _of_a_person(state: Recording, command: Command, by: Actor) -> list[RecordingEvent]:
    """R12: pausing and going on; of which office is asked before (``hub.live.keeping``)."""
    if by.role is not Role.OFFICER or not isinstance(command, PauseRecording | ResumeRecording):
        raise Refusal("forbidden")
    if not state.started_ms:
        raise Refusal("recording.unknown")
    if isinstance(command, ResumeRecording):
        if state.state is not RecordingState.PAUSED:
            raise Refusal("recording.not_paused")
        return [RecordingResumed()]
    if state.state is not RecordingState.RECORDING:
        raise Refusal("recording.not_running")
    reason = command.reason.strip()
    if not reason:
        raise Refusal("keeping.reason_missing")
    if len(reason) > REASON_MAX:
        raise Refusal("bad_request", field="reason", max=REASON_MAX)
    return [RecordingPaused(reason=reason)]


def _go_on(state: Recording, command: Command) -> list[RecordingEvent]:
    match command:
        case OpenTrack(track=track):
            if track.track_id in state.tracks:
                raise Refusal("bad_request", field="track_id")
            return [TrackOpened(track=track)]
        case SealTrack(track_id=key):
            _writing(state, key)
            seal = TrackRecovered if command.recovered else TrackSealed
            return [
                seal(
                    track_id=key,
                    ended_ms=command.ended_ms,
                    size_bytes=command.size_bytes,
                    digest=command.digest,
                    algorithm=command.algorithm,
                )
            ]
        case FailTrack(track_id=key, at_ms=at_ms, reason=reason):
            _writing(state, key)
            return [TrackFailed(track_id=key, at_ms=at_ms, reason=reason)]
        case OpenGap() | CloseGap():
            return _gap(state, command)
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
            return [RecordingReady(digest=command.digest, algorithm=command.algorithm)]
    raise TypeError(command)


def _gap(state: Recording, command: OpenGap | CloseGap) -> list[RecordingEvent]:
    """R15: one at a time for a source; none before its first track, or while nothing is written."""
    venue, source = command.venue, command.source
    is_open = any(
        gap.to_ms is None and (gap.venue, gap.source) == (venue, source) for gap in state.gaps if gap.track_id
    )
    if isinstance(command, CloseGap):
        return [GapClosed(venue=venue, source=source, to_ms=command.to_ms)] if is_open else []
    tracks = [one for one in state.tracks.values() if (one.venue, one.source) == (venue, source)]
    if is_open or not tracks or state.state is not RecordingState.RECORDING:
        return []
    last = max(tracks, key=lambda track: track.started_ms)
    if last.started_ms > command.from_ms:
        return []  # it is back already
    return [
        GapOpened(
            track_id=last.track_id,
            venue=venue,
            source=source,
            from_ms=command.from_ms,
            reason=command.reason,
        )
    ]


def _writing(state: Recording, track_id: str) -> Track:
    track = state.tracks.get(track_id)
    if track is None or track.state is not TrackState.WRITING:
        raise Refusal("recording.unknown", track_id=track_id)
    return track
