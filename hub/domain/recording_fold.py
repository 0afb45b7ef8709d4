"""The state of a recording after each event; nothing is refused here."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain.event import Recorded
from hub.domain.recording import (
    Gap,
    Recording,
    RecordingEvent,
    RecordingInterrupted,
    RecordingPaused,
    RecordingReady,
    RecordingResumed,
    RecordingStarted,
    RecordingState,
    RecordingStopped,
    RecordingViewed,
    Track,
    TrackFailed,
    TrackOpened,
    TrackRecovered,
    TrackSealed,
    TrackState,
)

PAUSED = "recording.paused"
"""The reason of a gap that a person has wanted."""


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
                digest=event.digest or event.sha256,
                algorithm=event.algorithm,
            )
            return _with(state, ended)
        case TrackFailed(track_id=key, at_ms=failed_ms, reason=reason):
            gap = Gap(from_ms=failed_ms, to_ms=None, reason=reason, track_id=key)
            failed = replace(state.tracks[key], state=TrackState.FAILED, ended_ms=failed_ms)
            return replace(_with(state, failed), gaps=[*state.gaps, gap])
        case RecordingInterrupted() | RecordingPaused() | RecordingResumed():
            return _between(state, recorded)
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


def _between(state: Recording, recorded: Recorded[RecordingEvent]) -> Recording:
    """Between start and end: nothing is written, or it is again."""
    event, at_ms = recorded.event, recorded.at_ms
    match event:
        case RecordingInterrupted(from_ms=from_ms, reason=reason):
            gap = Gap(from_ms=from_ms, to_ms=None, reason=reason)
            return replace(
                state,
                state=RecordingState.INTERRUPTED,
                since_ms=at_ms,
                failure=reason,
                gaps=[*state.gaps, gap],
            )
        case RecordingPaused(reason=note):
            gap = Gap(from_ms=at_ms, to_ms=None, reason=PAUSED, note=note)
            return replace(
                state,
                state=RecordingState.PAUSED,
                since_ms=at_ms,
                paused_by=recorded.actor,
                gaps=[*state.gaps, gap],
            )
        case RecordingResumed():
            return replace(
                state,
                state=RecordingState.RECORDING,
                since_ms=at_ms,
                failure=None,
                paused_by=None,
                gaps=_closed(state.gaps, at_ms),
            )
    return state


def _closed(gaps: list[Gap], at_ms: int) -> list[Gap]:
    """The gap of the whole recording that is still open ends here."""
    return [replace(gap, to_ms=at_ms) if gap.to_ms is None and not gap.track_id else gap for gap in gaps]


def _with(state: Recording, track: Track) -> Recording:
    return replace(state, tracks={**state.tracks, track.track_id: track})
