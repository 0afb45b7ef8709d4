"""The state of a recording after each event; nothing is refused here."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain.event import Recorded
from hub.domain.recording import (
    Gap,
    GapClosed,
    GapOpened,
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
            gaps = _ended(state.gaps, track.venue, track.source, track.started_ms)
            return replace(_with(state, track), gaps=gaps)
        case TrackSealed() | TrackRecovered():
            ended = replace(
                state.tracks[event.track_id],
                state=TrackState.SEALED if isinstance(event, TrackSealed) else TrackState.RECOVERED,
                ended_ms=event.ended_ms,
                size_bytes=event.size_bytes,
                digest=event.digest or event.sha256,
                algorithm=event.algorithm,
            )
            return replace(_with(state, ended), gaps=_begun_by(state.gaps, event.track_id, event.ended_ms))
        case TrackFailed():
            return _failed(state, event)
        case GapOpened():
            gap = _behind(state, event.track_id, event.from_ms, event.reason)
            return replace(state, gaps=[*state.gaps, gap])
        case GapClosed(venue=venue, source=source, to_ms=to_ms):
            return replace(state, gaps=_ended(state.gaps, venue, source, to_ms))
        case RecordingInterrupted() | RecordingPaused() | RecordingResumed():
            return _between(state, recorded)
        case RecordingStopped():
            return replace(
                state,
                state=RecordingState.PROCESSING,
                since_ms=at_ms,
                stopped_ms=at_ms,
                gaps=_closed(state.gaps, at_ms, all_of_them=True),
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


# --- gaps ---------------------------------------------------------------------------------------


def _failed(state: Recording, event: TrackFailed) -> Recording:
    """Nothing of the track can be played, so all of it is a gap, up to the one behind it."""
    track, gaps = state.tracks[event.track_id], state.gaps
    behind = next((gap for gap in gaps if gap.track_id == track.track_id), None)
    if behind is not None and behind.reason == event.reason:
        gaps = _begun_by(gaps, track.track_id, track.started_ms)
    else:
        end_ms = event.at_ms if event.at_ms > track.started_ms else state.stopped_ms
        gap = _behind(state, track.track_id, track.started_ms, event.reason)
        gaps = [*gaps, replace(gap, to_ms=behind.from_ms if behind is not None else end_ms)]
    failed = replace(track, state=TrackState.FAILED, ended_ms=event.at_ms)
    return replace(_with(state, failed), gaps=gaps)


def _behind(state: Recording, track_id: str, from_ms: int, reason: str) -> Gap:
    track = state.tracks[track_id]
    return Gap(
        from_ms=from_ms,
        to_ms=None,
        reason=reason,
        track_id=track_id,
        venue=track.venue,
        source=track.source,
    )


def _begun_by(gaps: list[Gap], track_id: str, at_ms: int) -> list[Gap]:
    """Now it is known exactly when the track behind which they lie has ended."""
    return [
        replace(gap, from_ms=min(gap.from_ms, at_ms)) if gap.track_id == track_id else gap for gap in gaps
    ]


def _ended(gaps: list[Gap], venue: str, source: str, at_ms: int) -> list[Gap]:
    """The open gap of that source ends here; a track from before it, found after a crash, does not end it."""
    return [
        replace(gap, to_ms=at_ms)
        if gap.to_ms is None
        and gap.track_id
        and (gap.venue, gap.source) == (venue, source)
        and at_ms >= gap.from_ms
        else gap
        for gap in gaps
    ]


def _closed(gaps: list[Gap], at_ms: int, *, all_of_them: bool = False) -> list[Gap]:
    """The gap of the whole recording that is still open ends here; at its end those of the sources too."""
    return [
        replace(gap, to_ms=max(gap.from_ms, at_ms))
        if gap.to_ms is None and (all_of_them or not gap.track_id)
        else gap
        for gap in gaps
    ]


def _with(state: Recording, track: Track) -> Recording:
    return replace(state, tracks={**state.tracks, track.track_id: track})
