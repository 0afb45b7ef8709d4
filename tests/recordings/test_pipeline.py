"""RTP to frames: order, whole pictures, no holes, and the hub's clock."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.media.rtp.packet import build
from recordings.frames import SILENCE, Frame
from recordings.pipeline import Pipeline
from tests.support.rtp_samples import (
    FPS,
    Line,
    Report,
    Sender,
    Sent,
    opus_packets,
    send_audio,
    send_video,
    vp8_frames,
)

PADDING = build(payload_type=96, sequence_number=1, timestamp=1, ssrc=7, payload=b"")


def run(codec: str, arrived: list[Sent], reports: list[Report] | None = None) -> tuple[list[Frame], Pipeline]:
    """Feed everything in order of arrival, draining ten times a second as the writer does."""
    pipeline = Pipeline(codec)
    frames: list[Frame] = []
    due = arrived[0].at_s
    inputs: list[Sent | Report] = sorted([*arrived, *(reports or [])], key=lambda item: item.at_s)
    for item in inputs:
        while item.at_s > due:
            frames += pipeline.drain(due)
            due += 0.1
        if isinstance(item, Report):
            pipeline.receive_sender_report(item.ntp, item.rtp_timestamp, item.at_s)
        else:
            pipeline.receive_rtp(item.data, item.at_s)
    return frames + pipeline.flush(), pipeline


def video(line: Line, seconds: int = 6) -> tuple[list[Frame], Pipeline]:
    return run("VP8", line.carry(send_video(vp8_frames(seconds), Sender(90_000))))


def audio(line: Line, seconds: int = 6) -> tuple[list[Frame], Pipeline]:
    return run("opus", line.carry(send_audio(opus_packets(seconds), Sender(48_000))))


def test_a_good_line_gives_every_picture_unchanged() -> None:
    frames, pipeline = video(Line())
    assert [frame.data for frame in frames] == list(vp8_frames(6))
    assert [frame.key for frame in frames] == [number % (2 * FPS) == 0 for number in range(6 * FPS)]
    assert not pipeline.wants_keyframe
    assert pipeline.counts().lost == 0


def test_reordered_and_doubled_packets_leave_no_trace() -> None:
    frames, pipeline = video(Line(seed=3, twice=0.2, jitter_s=0.3))
    assert [frame.data for frame in frames] == list(vp8_frames(6))
    sound, _ = audio(Line(seed=4, twice=0.2, jitter_s=0.3))
    assert [frame.data for frame in sound] == list(opus_packets(6))
    assert pipeline.counts().lost == 0


def test_R8_after_a_loss_nothing_is_written_until_the_next_key_frame() -> None:
    sent = send_video(vp8_frames(6), Sender(90_000))
    (missing,) = [place for place, packet in enumerate(sent) if packet.at_s == 1000.0 + 30 / FPS][:1]
    frames, pipeline = run("VP8", Line().carry(sent[:missing] + sent[missing + 1 :]))
    whole = vp8_frames(6)
    assert [frame.data for frame in frames] == [*whole[:30], *whole[50:]]
    assert pipeline.counts().lost == 1


def test_R8_a_key_frame_is_wanted_from_the_loss_on() -> None:
    sent = send_video(vp8_frames(2), Sender(90_000))
    pipeline = Pipeline("VP8")
    wanted = [pipeline.wants_keyframe]
    for place, packet in enumerate(sent):
        if place != len(sent) - 4:
            pipeline.receive_rtp(packet.data, packet.at_s)
        pipeline.drain(packet.at_s)
        wanted.append(pipeline.wants_keyframe)
    pipeline.drain(sent[-1].at_s + 1)
    wanted.append(pipeline.wants_keyframe)
    assert wanted[0]
    assert not any(wanted[len(sent) // 2 : -1])
    assert wanted[-1]


def test_R9_lost_sound_is_filled_with_silence_of_the_same_length() -> None:
    frames, pipeline = audio(Line(seed=5, loss=0.1))
    assert pipeline.counts().filled > 10
    assert len(frames) == pipeline.counts().frames
    assert {frame.data for frame in frames} - set(opus_packets(6)) == {SILENCE}
    steps = {round((later.at_s - earlier.at_s) * 1000, 3) for earlier, later in pairwise(frames)}
    assert steps == {20.0}
    assert abs(len(frames) - 300) <= 2


def test_R9_a_source_that_says_nothing_is_written_as_silence() -> None:
    sent = send_audio(opus_packets(6), Sender(48_000))
    frames, _ = run("opus", Line().carry(sent[:50] + sent[250:]))
    assert [frame.data for frame in frames[50:250]] == [SILENCE] * 200
    assert [frame.data for frame in frames[250:]] == list(opus_packets(6)[250:])


def test_padding_and_foreign_bytes_are_no_frames() -> None:
    pipeline = Pipeline("VP8")
    for junk in (b"", b"\x80", b"\xff" * 40, b"\x9f" + b"\x00" * 11, PADDING):
        pipeline.receive_rtp(junk, 1.0)
    assert pipeline.flush() == []


@given(st.lists(st.binary(min_size=0, max_size=60), max_size=30), st.sampled_from(["VP8", "H264", "opus"]))
def test_nothing_a_publisher_sends_raises(datagrams: list[bytes], codec: str) -> None:
    pipeline = Pipeline(codec)
    for number, data in enumerate(datagrams):
        pipeline.receive_rtp(b"\x80\x60" + data, 10.0 + number)
        pipeline.receive_sender_report(len(data) << 40, len(data), 10.0 + number)
        pipeline.drain(10.0 + number)
    pipeline.flush()


def numbered_pictures(count: int, gop: int, chance: random.Random) -> list[bytes]:
    """VP8 by its headers only, no two alike."""
    tags = {True: b"\x10\x00\x00\x9d\x01\x2a\x40\x01\xf0\x00", False: b"\x11\x00\x00"}
    return [
        tags[number % gop == 0] + number.to_bytes(2, "big") + chance.randbytes(chance.randrange(1200))
        for number in range(count)
    ]


@given(st.integers(0, 1 << 32), st.floats(0, 0.3), st.floats(0, 0.3))
def test_R8_whatever_the_line_does_only_decodable_pictures_come_out(
    seed: int, loss: float, twice: float
) -> None:
    pictures = numbered_pictures(100, 10, random.Random(seed))
    line = Line(seed=seed, loss=loss, twice=twice, jitter_s=0.35)
    frames, _ = run("VP8", line.carry(send_video(pictures, Sender(90_000))))
    places = [pictures.index(frame.data) for frame in frames]
    for earlier, later in pairwise([-1, *places]):
        assert later == earlier + 1 or (later > earlier and later % 10 == 0), "a reference is missing"
    if not loss:
        assert len(places) == 100


@pytest.mark.parametrize("back", [1, 400, 3_000, 40_000])
def test_another_stream_of_the_source_is_written_at_once_whatever_its_numbers(back: int) -> None:
    first = send_video(vp8_frames(2), Sender(90_000))
    number = (65_500 + len(first) - back) % 65_536
    later = Sender(90_000, seq=number, timestamp=77, begin_s=1003.0)
    second = [
        Sent(sent.at_s, sent.data[:8] + b"\0\0\0\x08" + sent.data[12:])
        for sent in send_video(vp8_frames(2), later)
    ]
    frames, _ = run("VP8", [*first, *second])
    assert [frame.data for frame in frames] == list(vp8_frames(2)) * 2
