"""A recording from its first second to the sealed files, and what a crash leaves of it."""

from __future__ import annotations

import pytest

from hub.domain.event import HUB, Command
from hub.domain.recording import (
    FailTrack,
    FinishRecording,
    Gap,
    InterruptRecording,
    OpenTrack,
    PauseRecording,
    RecordingInterrupted,
    RecordingPaused,
    RecordingReady,
    RecordingState,
    RecordingStopped,
    ResumeRecording,
    SealTrack,
    StartRecording,
    StopRecording,
    Track,
    TrackState,
)
from hub.errors import Refusal
from tests.support.factories import OFFICER, REVIEWER, START_MS, Stream

CAMERA = Track(
    track_id="t-1",
    venue="yingji",
    venue_name="省应急管理厅指挥中心",
    source="camera",
    kind="video",
    codec="VP8",
    started_ms=START_MS + 1500,
)


def recording() -> Stream:
    stream = Stream("recording:r-1")
    stream.do(StartRecording(recording_id="r-1", session_id="s-1", title="强降雨防汛会商"), HUB)
    stream.do(OpenTrack(track=CAMERA), HUB)
    return stream


def refused(stream: Stream, command: Command) -> str:
    with pytest.raises(Refusal) as refusal:
        stream.do(command, HUB)
    return refusal.value.code


def seal(recovered: bool = False) -> SealTrack:
    return SealTrack(
        track_id="t-1", ended_ms=START_MS + 9000, size_bytes=77, digest="ab", recovered=recovered
    )


def test_R1_recording_is_the_hubs_own_doing() -> None:
    stream = recording()
    for command in (StopRecording(), OpenTrack(track=CAMERA), seal()):
        with pytest.raises(Refusal) as refusal:
            stream.do(command, OFFICER)
        assert refusal.value.code == "forbidden"


def test_R2_a_track_is_opened_once_and_sealed_once() -> None:
    stream = recording()
    assert refused(stream, OpenTrack(track=CAMERA)) == "bad_request"
    stream.do(seal(), HUB)
    track = stream.state.tracks["t-1"]
    assert (track.state, track.size_bytes, track.digest) == (TrackState.SEALED, 77, "ab")
    assert refused(stream, seal()) == "recording.unknown"


def test_R3_a_gap_has_a_start_an_end_and_a_reason() -> None:
    stream = recording()
    assert stream.do(InterruptRecording(from_ms=START_MS + 5000, reason="storage.full"), HUB) == [
        RecordingInterrupted(from_ms=START_MS + 5000, reason="storage.full")
    ]
    assert stream.state.state is RecordingState.INTERRUPTED
    assert stream.state.failure == "storage.full"
    assert stream.do(InterruptRecording(from_ms=START_MS + 6000, reason="storage.full"), HUB) == []
    stream.do(ResumeRecording(), HUB)
    assert stream.state.gaps == [Gap(from_ms=START_MS + 5000, to_ms=stream.now_ms, reason="storage.full")]
    assert stream.state.failure is None
    assert stream.do(ResumeRecording(), HUB) == []


def test_R3_a_failed_track_leaves_a_gap_of_its_own() -> None:
    stream = recording()
    stream.do(FailTrack(track_id="t-1", at_ms=START_MS + 3000, reason="storage.full"), HUB)
    assert stream.state.tracks["t-1"].state is TrackState.FAILED
    assert stream.state.gaps == [
        Gap(from_ms=START_MS + 3000, to_ms=None, reason="storage.full", track_id="t-1")
    ]


def test_R4_what_a_crash_cut_is_marked_as_recovered() -> None:
    stream = recording()
    stream.do(seal(recovered=True), HUB)
    assert stream.state.tracks["t-1"].state is TrackState.RECOVERED


def test_R5_ready_means_every_file_has_its_digest() -> None:
    stream = recording()
    assert refused(stream, FinishRecording()) == "recording.not_ready"
    assert stream.do(StopRecording(), HUB) == [RecordingStopped()]
    assert stream.do(StopRecording(), HUB) == []
    assert refused(stream, FinishRecording()) == "recording.not_ready"
    stream.do(seal(), HUB)
    assert stream.do(FinishRecording(), HUB) == [RecordingReady()]
    assert stream.state.state is RecordingState.READY


def test_R12_a_pause_is_an_officers_has_a_reason_and_is_a_gap() -> None:
    stream = recording()
    for command, by, code in (
        (PauseRecording(reason="领导要求"), REVIEWER, "forbidden"),
        (PauseRecording(reason="  "), OFFICER, "keeping.reason_missing"),
        (ResumeRecording(), OFFICER, "recording.not_paused"),
        (StopRecording(), OFFICER, "forbidden"),
    ):
        with pytest.raises(Refusal) as refusal:
            stream.do(command, by)
        assert refusal.value.code == code
    assert stream.do(PauseRecording(reason="领导要求"), OFFICER) == [RecordingPaused(reason="领导要求")]
    assert (stream.state.state, stream.state.paused_by) == (RecordingState.PAUSED, OFFICER)
    (gap,) = stream.state.gaps
    assert (gap.reason, gap.note, gap.to_ms) == ("recording.paused", "领导要求", None)
    assert stream.do(InterruptRecording(from_ms=START_MS, reason="hub.crashed"), HUB) == []
    assert stream.do(ResumeRecording(), HUB) == []  # what a person has paused goes on when a person says so
    stream.do(ResumeRecording(), OFFICER)
    assert stream.state.state is RecordingState.RECORDING
    assert stream.state.gaps[0].to_ms is not None
