"""What was written of a session, from the first second to the sealed manifest (rules R1 to R5).

A *track* is one source of one venue in one file. A source that comes back after a cut gets a new
track; the time between is a gap, with its reason. What becomes of it afterwards is ``keeping.py``; the
rules are in ``recording_rules.py``, the fold in ``recording_fold.py``.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hub.domain.digests import SHA256
from hub.domain.event import Actor, Command, Event


def stream_of(recording_id: str) -> str:
    return f"recording:{recording_id}"


class RecordingState(StrEnum):
    """录制中 · 中断 · 已暂停 · 处理中 · 可回看"""

    RECORDING = "recording"
    INTERRUPTED = "interrupted"
    PAUSED = "paused"
    PROCESSING = "processing"
    READY = "ready"


class TrackState(StrEnum):
    """录制中 · 已收尾 · 崩溃后恢复 · 失败"""

    WRITING = "writing"
    SEALED = "sealed"
    RECOVERED = "recovered"
    FAILED = "failed"


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """One file. ``started_ms`` is the hub's wall time of its first frame (pts 0), ``digest`` that of its
    plain bytes in hex, by ``algorithm``."""

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
    digest: str = ""
    algorithm: str = SHA256


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing was written between the two; ``track_id`` is empty when it concerns the whole recording.

    Of one source: ``track_id`` is the file behind whose end (or in which) it lies, ``venue`` and ``source``
    say whose. ``reason`` is a code of ``hub.errors``; ``note`` is why, in the words of who has paused it.
    """

    from_ms: int
    to_ms: int | None
    reason: str
    track_id: str = ""
    note: str = ""
    venue: str = ""
    source: str = ""


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
    paused_by: Actor | None = None
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
    digest: str
    algorithm: str = SHA256
    recovered: bool = False


class FailTrack(Command, frozen=True, kw_only=True):
    """The file cannot be written or read any further; ``reason`` is an error code."""

    track_id: str
    at_ms: int
    reason: str


class OpenGap(Command, frozen=True, kw_only=True):
    """A source is not written from ``from_ms`` on, though its venue has not switched it off. Its next track,
    ``CloseGap`` or the end of the recording ends the gap."""

    venue: str
    source: str
    from_ms: int
    reason: str


class CloseGap(Command, frozen=True, kw_only=True):
    """It is written again in the same file, or is not expected any more: its venue has left."""

    venue: str
    source: str
    to_ms: int


class InterruptRecording(Command, frozen=True, kw_only=True):
    """Nothing is being written from ``from_ms`` on (full disk, crash); the session goes on."""

    from_ms: int
    reason: str


class PauseRecording(Command, frozen=True, kw_only=True):
    """暂停录制, by a person and for a reason; the session goes on."""

    reason: str


class ResumeRecording(Command, frozen=True, kw_only=True):
    """By the hub after an interruption, by a person after a pause."""


class StopRecording(Command, frozen=True, kw_only=True):
    pass


class FinishRecording(Command, frozen=True, kw_only=True):
    """Every track is sealed and can be reviewed; ``digest`` is that of the manifest beside the files."""

    digest: str = ""
    algorithm: str = SHA256


# --- events -------------------------------------------------------------------------------------


class RecordingStarted(Event, frozen=True, kw_only=True, tag="recording.started"):
    recording_id: str
    session_id: str
    title: str


class TrackOpened(Event, frozen=True, kw_only=True, tag="track.opened"):
    track: Track


class TrackSealed(Event, frozen=True, kw_only=True, tag="track.sealed"):
    """``sha256`` stands in older logs, in place of ``digest``."""

    track_id: str
    ended_ms: int
    size_bytes: int
    digest: str = ""
    algorithm: str = SHA256
    sha256: str = ""


class TrackRecovered(Event, frozen=True, kw_only=True, tag="track.recovered"):
    track_id: str
    ended_ms: int
    size_bytes: int
    digest: str = ""
    algorithm: str = SHA256
    sha256: str = ""


class TrackFailed(Event, frozen=True, kw_only=True, tag="track.failed"):
    track_id: str
    at_ms: int
    reason: str


class GapOpened(Event, frozen=True, kw_only=True, tag="gap.opened"):
    track_id: str
    venue: str
    source: str
    from_ms: int
    reason: str


class GapClosed(Event, frozen=True, kw_only=True, tag="gap.closed"):
    venue: str
    source: str
    to_ms: int


class RecordingInterrupted(Event, frozen=True, kw_only=True, tag="recording.interrupted"):
    from_ms: int
    reason: str


class RecordingPaused(Event, frozen=True, kw_only=True, tag="recording.paused"):
    reason: str


class RecordingResumed(Event, frozen=True, kw_only=True, tag="recording.resumed"):
    pass


class RecordingStopped(Event, frozen=True, kw_only=True, tag="recording.stopped"):
    pass


class RecordingReady(Event, frozen=True, kw_only=True, tag="recording.ready"):
    """``digest`` is that of the manifest that lies beside the files; older recordings have none."""

    digest: str = ""
    algorithm: str = SHA256


class RecordingViewed(Event, frozen=True, kw_only=True, tag="recording.viewed"):
    """Of older logs; now it is ``keeping.viewed``."""

    what: str


RecordingEvent = (
    RecordingStarted
    | TrackOpened
    | TrackSealed
    | TrackRecovered
    | TrackFailed
    | GapOpened
    | GapClosed
    | RecordingInterrupted
    | RecordingPaused
    | RecordingResumed
    | RecordingStopped
    | RecordingReady
    | RecordingViewed
)
