"""Limits by level and channel, lateness in minutes, and the times of the day at which follow-ups are due."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.deadline import (
    BEIJING_MS,
    DEFAULT,
    HENAN,
    MINUTE_MS,
    Channel,
    EventLevel,
    Profile,
    due_for,
    late_minutes,
    next_followup_ms,
)
from tests.support.factories import START_MS

ONE, TWO, THREE, FOUR = EventLevel


@pytest.mark.parametrize(
    ("after_ms", "late_min"),
    [
        (-1, None),
        (0, None),
        (1, 1),
        (MINUTE_MS, 1),
        (2 * MINUTE_MS - 1, 1),
        (2 * MINUTE_MS, 2),
        (90 * MINUTE_MS, 90),
    ],
)
def test_D1_late_is_whole_minutes_and_at_least_one(after_ms: int, late_min: int | None) -> None:
    assert late_minutes(START_MS, START_MS + after_ms) == late_min


@pytest.mark.parametrize(
    ("profile", "channel", "level", "minutes"),
    [
        (DEFAULT, Channel.PHONE, ONE, 30),
        (DEFAULT, Channel.PHONE, TWO, 30),
        (DEFAULT, Channel.PHONE, THREE, None),
        (DEFAULT, Channel.WRITTEN, ONE, 60),
        (DEFAULT, Channel.WRITTEN, THREE, 60),
        (DEFAULT, Channel.WRITTEN, FOUR, 360),
        (HENAN, Channel.PHONE, TWO, 15),
        (HENAN, Channel.WRITTEN, TWO, 35),
        (HENAN, Channel.WRITTEN, FOUR, 360),
    ],
)
def test_D7_each_profile_has_its_limits(
    profile: Profile, channel: Channel, level: EventLevel, minutes: int | None
) -> None:
    found = due_for(profile, channel, level, sensitive=False, occurred_ms=START_MS, learned_ms=None)
    assert found == (None if minutes is None else START_MS + minutes * MINUTE_MS)


def test_D7_where_the_time_of_occurrence_is_not_known_that_of_learning_counts() -> None:
    def due(occurred_ms: int | None, learned_ms: int | None) -> int | None:
        return due_for(
            DEFAULT, Channel.PHONE, ONE, sensitive=False, occurred_ms=occurred_ms, learned_ms=learned_ms
        )

    assert due(START_MS, START_MS + 1) == START_MS + 30 * MINUTE_MS
    assert due(None, START_MS + 1) == START_MS + 1 + 30 * MINUTE_MS
    assert due(None, None) is None


def test_D7_a_sensitive_one_has_those_of_the_highest_level() -> None:
    assert (
        due_for(DEFAULT, Channel.PHONE, FOUR, sensitive=True, occurred_ms=0, learned_ms=None)
        == 30 * MINUTE_MS
    )


@given(st.integers(0, 4_000_000_000_000), st.sampled_from([DEFAULT, HENAN]))
def test_D4_the_next_follow_up_is_the_first_of_its_times_in_beijing(after_ms: int, profile: Profile) -> None:
    due_ms = next_followup_ms(profile, THREE, sensitive=False, after_ms=after_ms)
    assert due_ms is not None
    assert after_ms < due_ms <= after_ms + 15 * 60 * MINUTE_MS
    beijing = datetime.datetime.fromtimestamp((due_ms + BEIJING_MS) / 1000, datetime.UTC)
    assert (beijing.hour, beijing.minute, beijing.second) in ((8, 0, 0), (17, 0, 0))


def test_D4_small_incidents_have_none() -> None:
    assert next_followup_ms(DEFAULT, FOUR, sensitive=False, after_ms=0) is None
    assert next_followup_ms(DEFAULT, FOUR, sensitive=True, after_ms=0) is not None
    silent = Profile(name="x", zh="无续报", limits=(), followups=())
    assert next_followup_ms(silent, ONE, sensitive=True, after_ms=0) is None
