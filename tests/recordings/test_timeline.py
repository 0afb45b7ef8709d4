"""The hub's clock from sender reports: drift, delay, steps."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from recordings.frames import OpusLane
from recordings.reorder import Packet
from recordings.timeline import Timeline, WindowedMinimum

HOURS_4 = 4 * 3600


@given(st.lists(st.tuples(st.floats(0, 3), st.floats(-5, 5)), min_size=1, max_size=60))
def test_the_windowed_minimum_is_the_least_of_the_window(samples: list[tuple[float, float]]) -> None:
    window = WindowedMinimum(10.0)
    now, seen = 0.0, []
    for step, value in samples:
        now += step
        seen.append((now, value))
        assert window.add(now, value) == min(value for at, value in seen if at >= now - 10.0)


def drift(ppm: float, jitter_s: float, seed: int, *, every_s: float = 5.0) -> float:
    """The worst distance in seconds between mapped and true time over four hours, beyond the delay."""
    chance = random.Random(seed)
    timeline = Timeline(48_000)
    begin, delay_s, worst = 5_000.0, 0.04, 0.0
    timeline.packet(0, begin + delay_s)
    for number in range(int(HOURS_4 / every_s)):
        true_s = number * every_s
        media_time = round(true_s * (1 + ppm / 1e6) * 48_000)
        arrival = begin + true_s + delay_s + chance.random() * jitter_s
        timeline.packet(media_time, arrival)
        timeline.report(round((true_s + 3.9e9) * (1 << 32)), media_time, arrival)
        between = media_time + round(every_s * 0.9 * (1 + ppm / 1e6) * 48_000)
        mapped = timeline.at(between, arrival + every_s * 0.9)
        worst = max(worst, abs(mapped - (begin + true_s + every_s * 0.9 + delay_s)))
    return worst


@given(st.floats(-200, 200), st.floats(0, 0.05), st.integers(0, 1 << 30))
def test_R7_a_skewed_media_clock_stays_within_its_jitter(ppm: float, jitter_s: float, seed: int) -> None:
    # One report a minute: between two of them 200 ppm are 12 ms.
    assert drift(ppm, jitter_s, seed, every_s=60.0) <= jitter_s + 0.015


def test_R7_four_hours_at_100_ppm_drift_less_than_100_ms() -> None:
    assert drift(100.0, 0.080, 1) < 0.100
    assert drift(-100.0, 0.080, 2) < 0.100


def test_R9_the_written_sound_follows_a_skewed_sound_card() -> None:
    for ppm in (-100.0, 100.0):
        lane, timeline = OpusLane(), Timeline(48_000)
        written_s = 0.0
        for number in range(1800 * 50):  # half an hour
            true_s = number * 0.02 / (1 + ppm / 1e6)
            packet = Packet(number, number * 960, 100 + true_s, False, b"\xf8\x01\x02")
            timeline.packet(packet.media_time, packet.arrival)
            if number % 250 == 0:
                timeline.report(round((true_s + 3.9e9) * (1 << 32)), packet.media_time, packet.arrival)
            written_s += sum(frame.duration_s for frame in lane.feed(packet, timeline))
            assert abs(written_s - true_s) < 0.1
        assert lane.dropped + lane.filled in (8, 9)  # 180 ms in frames of 20 ms


def test_congestion_does_not_bend_the_recording() -> None:
    timeline = Timeline(90_000)
    for number in range(60):
        queue_s = 0.4 if 10 <= number < 50 else 0.0
        arrival = 100.0 + number + queue_s
        timeline.packet(number * 90_000, arrival)
        timeline.report(number << 32, number * 90_000, arrival)
        assert abs(timeline.at(number * 90_000, arrival) - (100 + number)) < 0.1


def test_a_publisher_whose_clock_is_set_is_believed_at_once() -> None:
    timeline = Timeline(48_000)
    for number in range(20):
        step = 7_200 if number >= 10 else 0
        timeline.packet(number * 48_000, 50.0 + number)
        timeline.report((number + step) << 32, number * 48_000, 50.0 + number)
        assert abs(timeline.at(number * 48_000, 50.0 + number) - (50 + number)) < 0.001


def test_a_source_that_counts_anew_is_dated_by_its_arrival() -> None:
    timeline = Timeline(48_000)
    timeline.packet(1_000, 10.0)
    timeline.report(5 << 32, 1_000, 10.0)
    timeline.packet(1_000 + 48_000 * 900, 11.0)
    assert timeline.at(1_000 + 48_000 * 900, 11.0) == 11.0
    assert timeline.at(1_480, 10.01) == 10.01  # from before, still waiting for its turn


def test_before_the_first_report_the_quickest_packet_counts() -> None:
    timeline = Timeline(48_000)
    timeline.packet(0, 10.3)
    timeline.packet(960, 10.02)
    assert abs(timeline.at(0, 10.3) - 10.0) < 1e-9
