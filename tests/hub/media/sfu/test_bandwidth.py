"""A viewer's line: less is believed at once, more is tried."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.media.sfu.bandwidth import (
    LOSS_HOLDS_S,
    PATIENCE_MAX_S,
    PATIENCE_S,
    STEP_UP,
    TRIAL_S,
    Estimate,
    Meter,
)


@dataclass
class Browser:
    """A line of so much, and the REMB of a browser behind it, as libwebrtc's AimdRateControl sets it."""

    carries_bps: float
    remb_bps: float = inf
    estimate: Estimate = field(default_factory=Estimate)
    now: float = 1000.0

    def second(self, sent_bps: float) -> None:
        """One second in which so much was sent."""
        self.now += 1.0
        self.estimate.sent(sent_bps)
        received = min(sent_bps, self.carries_bps)
        if self.remb_bps == inf:
            self.remb_bps = received
        if sent_bps > self.carries_bps:
            self.remb_bps = min(self.remb_bps, 0.85 * received)
        elif self.remb_bps < 1.5 * received + 10_000:
            self.remb_bps = min(self.remb_bps * 1.08, 1.5 * received + 10_000)
        self.estimate.remb(self.remb_bps, self.now)
        self.estimate.lost(max(0.0, 1 - self.carries_bps / sent_bps) if sent_bps else 0.0, self.now)


def test_a_remb_that_falls_a_little_and_climbs_again_takes_nothing() -> None:
    estimate = Estimate()
    estimate.sent(300_000)
    for now, remb in ((1.0, 440_000), (1.2, 250_000), (1.4, 250_000), (1.6, 255_000), (1.8, 260_000)):
        estimate.remb(remb, now)
        assert estimate.budget_bps == inf
    estimate.remb(250_000, 2.0)
    estimate.remb(250_000, 2.4)
    assert estimate.budget_bps == 250_000, "this time it stays"


def test_on_a_bad_line_with_room_more_is_tried_half_as_often() -> None:
    estimate = Estimate()
    estimate.sent(300_000)
    estimate.remb(100_000, 0.0)
    for now in range(1, 20):
        estimate.sent(100_000)
        estimate.remb(150_000, now)
        estimate.lost(0.05, now)
        if estimate.attempt(200_000, now):
            break
    assert now == 2 * PATIENCE_S


def test_M29_a_line_that_carried_nothing_is_tried_again_though_nobody_reports() -> None:
    """Every picture is paused and nobody speaks: the loss that was last heard of would stand for ever."""
    estimate = Estimate()
    for now in range(5):
        estimate.sent(300_000)
        estimate.lost(0.9, now)
    estimate.sent(0.0)
    tries = [now for now in range(5, 60) if estimate.attempt(100_000, now)]
    assert tries
    assert tries[0] > 4 + LOSS_HOLDS_S


def test_nothing_is_held_back_while_nothing_is_known() -> None:
    assert Estimate().budget_bps == inf


@given(carries=st.integers(40_000, 20_000_000), sent=st.integers(30_000, 20_000_000))
def test_M29_a_line_that_is_too_narrow_is_believed_at_once(carries: int, sent: int) -> None:
    browser = Browser(carries)
    browser.second(sent)
    if carries < 0.9 * sent:
        assert browser.estimate.budget_bps <= 0.85 * carries + 1
    if carries >= sent:
        assert browser.estimate.budget_bps == inf


@given(quiet=st.integers(5_000, 60_000), sent=st.integers(100_000, 10_000_000))
def test_a_remb_that_is_low_after_little_traffic_means_nothing_while_it_climbs(quiet: int, sent: int) -> None:
    browser = Browser(20_000_000)
    for _ in range(3):
        browser.second(quiet)
    for _ in range(30):
        browser.second(sent)
    assert browser.estimate.budget_bps == inf


def test_a_remb_that_stays_low_says_that_the_line_is_full() -> None:
    estimate = Estimate()
    estimate.sent(20_000)
    estimate.remb(30_000, 1.0)
    estimate.sent(1_000_000)
    for now in (2.0, 3.0):
        estimate.remb(30_000, now)
        assert estimate.budget_bps == inf, "it may be about to stir"
    estimate.remb(30_000, 4.0)
    assert estimate.budget_bps == pytest.approx(700_000)
    estimate.remb(30_000, 5.0)
    assert estimate.budget_bps == pytest.approx(700_000), "what was sent does not yet show the cut"
    estimate.sent(700_000)
    estimate.remb(30_000, 6.5)
    assert estimate.budget_bps == pytest.approx(490_000)


@pytest.mark.parametrize("speaks", [True, False])
def test_loss_alone_thins_pictures_and_takes_none_where_remb_speaks_too(speaks: bool) -> None:
    estimate = Estimate()
    estimate.least_bps = 150_000
    for second in range(60):
        estimate.sent(min(estimate.budget_bps, 2_000_000))
        if speaks:
            estimate.remb(3_000_000, second)
        estimate.lost(0.2, second)
    assert estimate.budget_bps == 150_000 if speaks else estimate.budget_bps < 10_000


def test_five_percent_in_bursts_take_nothing() -> None:
    estimate = Estimate()
    estimate.sent(1_000_000)
    for second in range(100):
        estimate.remb(1_500_000, second)
        estimate.lost((0.0, 0.15, 0.0, 0.05)[second % 4], second)
    assert estimate.budget_bps == inf


def test_M29_a_wider_line_is_found_step_by_step() -> None:
    browser = Browser(256_000)
    for _ in range(3):
        browser.second(2_000_000)
    narrow = browser.estimate.budget_bps
    assert narrow < 256_000
    browser.carries_bps = 5_000_000
    began = browser.now
    while browser.estimate.budget_bps < 2_000_000:
        sent = browser.estimate.budget_bps
        browser.second(sent)
        if browser.estimate.attempt(1.3 * sent, browser.now):
            assert browser.estimate.budget_bps <= max(1.3, STEP_UP) * sent + 1
    assert browser.now - began < 60


def test_M29_each_failed_try_doubles_the_wait() -> None:
    browser = Browser(256_000)
    browser.second(2_000_000)
    tries: list[float] = []
    for _ in range(200):
        browser.second(min(browser.estimate.budget_bps, 2_000_000))
        if browser.estimate.attempt(400_000, browser.now):
            tries.append(browser.now)
            browser.second(400_000)
            assert browser.estimate.budget_bps <= 256_000
    gaps = [later - sooner for sooner, later in itertools.pairwise(tries)]
    assert gaps == sorted(gaps)
    assert gaps[0] < 2 * PATIENCE_S + 3
    assert gaps[-1] >= PATIENCE_MAX_S


def test_a_try_that_held_makes_patience_short_again() -> None:
    browser = Browser(256_000)
    browser.second(2_000_000)
    for _ in range(60):
        browser.second(200_000)
        if browser.estimate.attempt(400_000, browser.now):
            browser.second(400_000)
    browser.carries_bps = 10_000_000
    while not browser.estimate.attempt(400_000, browser.now):
        browser.second(200_000)
    for _ in range(int(TRIAL_S)):
        browser.second(400_000)
    assert browser.estimate.attempt(500_000, browser.now)
    for _ in range(int(PATIENCE_S)):
        browser.second(500_000)
    assert browser.estimate.attempt(600_000, browser.now)


@given(
    told=st.lists(
        st.tuples(st.sampled_from(["sent", "remb", "lost", "attempt"]), st.floats(0, 1e9), st.floats(0, 3)),
        max_size=60,
    )
)
def test_whatever_is_told_the_budget_is_a_rate(told: list[tuple[str, float, float]]) -> None:
    estimate, now = Estimate(), 0.0
    for what, value, later in told:
        now += later
        before = estimate.budget_bps
        if what == "sent":
            estimate.sent(value)
        elif what == "remb":
            estimate.remb(value, now)
        elif what == "lost":
            estimate.lost(value / 1e9, now)
        elif estimate.attempt(value, now):
            assert estimate.budget_bps >= before
            continue
        assert 0 <= estimate.budget_bps <= before


def test_what_was_sent_is_a_mean_of_the_last_second() -> None:
    meter = Meter()
    assert meter.bps(1000, 0.0) == 0
    for quarter in range(1, 9):
        bps = meter.bps(1000 + 5000 * quarter, quarter / 4)
    assert bps == pytest.approx(160_000)
    assert meter.bps(0, 2.25) == 0
    for quarter in range(10, 20):
        bps = meter.bps(0, quarter / 4)
    assert bps == 0
