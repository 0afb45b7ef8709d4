"""A recording from its first second to the sealed files, and what a crash leaves of it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.domain.event import HUB, Command
from hub.domain.recording import (
    CloseGap,
    FailTrack,
    FinishRecording,
    Gap,
    InterruptRecording,
    OpenGap,
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


def gap_of(stream: Stream) -> Gap:
    """The one gap of a single source."""
    found: Gap
    (found,) = [gap for gap in stream.state.gaps if gap.track_id]
    assert (found.venue, found.source) == ("yingji", "camera")
    return found


def lost(at_ms: int, reason: str = "line.lost") -> OpenGap:
    return OpenGap(venue="yingji", source="camera", from_ms=at_ms, reason=reason)


def again(number: int, started_ms: int) -> OpenTrack:
    return OpenTrack(track=replace(CAMERA, track_id=f"t-{number}", started_ms=started_ms))


def test_R3_of_a_track_that_cannot_be_read_all_is_a_gap() -> None:
    stream = recording()
    stream.do(FailTrack(track_id="t-1", at_ms=START_MS + 9000, reason="recording.unreadable"), HUB)
    assert stream.state.tracks["t-1"].state is TrackState.FAILED
    gap = gap_of(stream)
    assert (gap.from_ms, gap.to_ms) == (CAMERA.started_ms, START_MS + 9000)
    assert gap.reason == "recording.unreadable"


def test_R15_the_gap_of_a_source_ends_with_its_next_track() -> None:
    stream = recording()
    stream.do(lost(START_MS + 9500), HUB)
    assert stream.do(lost(START_MS + 9600), HUB) == []  # it is open already
    stream.do(seal(), HUB)  # which says exactly when the last frame was
    stream.do(again(2, START_MS + 15_000), HUB)
    gap = gap_of(stream)
    assert (gap.from_ms, gap.to_ms, gap.reason) == (START_MS + 9000, START_MS + 15_000, "line.lost")


def test_R15_a_line_that_is_back_ends_the_gap_within_the_track() -> None:
    stream = recording()
    stream.do(lost(START_MS + 3000), HUB)
    closing = CloseGap(venue="yingji", source="camera", to_ms=START_MS + 5000)
    stream.do(closing, HUB)
    assert stream.do(closing, HUB) == []
    stream.do(seal(), HUB)
    gap = gap_of(stream)
    assert (gap.from_ms, gap.to_ms) == (START_MS + 3000, START_MS + 5000)


def test_R15_what_was_never_written_has_no_gap() -> None:
    stream = recording()
    assert (
        stream.do(OpenGap(venue="xinyang", source="camera", from_ms=START_MS, reason="line.lost"), HUB) == []
    )


def crashed() -> Stream:
    stream = recording()
    stream.do(lost(START_MS + 8000, "hub.crashed"), HUB)
    stream.do(InterruptRecording(from_ms=START_MS + 8000, reason="hub.crashed"), HUB)
    stream.do(ResumeRecording(), HUB)
    return stream


def test_R15_a_crash_is_a_gap_of_each_source_until_it_is_back() -> None:
    stream = crashed()
    stream.do(again(7, START_MS + 4000), HUB)  # a file from before the crash, of which the log had not heard
    stream.do(seal(recovered=True), HUB)
    assert gap_of(stream).to_ms is None
    stream.do(again(2, START_MS + 12_000), HUB)
    gap = gap_of(stream)
    assert (gap.from_ms, gap.to_ms, gap.reason) == (START_MS + 8000, START_MS + 12_000, "hub.crashed")


def test_R15_a_track_that_a_crash_took_whole_lengthens_its_gap() -> None:
    stream = crashed()
    stream.do(FailTrack(track_id="t-1", at_ms=CAMERA.started_ms, reason="hub.crashed"), HUB)
    stream.do(again(2, START_MS + 12_000), HUB)
    assert (gap_of(stream).from_ms, gap_of(stream).to_ms) == (CAMERA.started_ms, START_MS + 12_000)


def test_R15_a_track_that_a_crash_made_unreadable_has_a_gap_before_that_of_the_crash() -> None:
    stream = crashed()
    stream.do(FailTrack(track_id="t-1", at_ms=CAMERA.started_ms, reason="recording.unreadable"), HUB)
    crash, unreadable = (gap for gap in stream.state.gaps if gap.track_id)
    assert (unreadable.from_ms, unreadable.to_ms) == (CAMERA.started_ms, crash.from_ms)
    assert unreadable.reason == "recording.unreadable"


def test_R15_no_gap_outlasts_the_recording() -> None:
    stream = recording()
    stream.do(lost(START_MS + 3000), HUB)
    stream.do(StopRecording(), HUB)
    assert gap_of(stream).to_ms == stream.now_ms
    assert stream.do(lost(START_MS + 4000), HUB) == []


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
