"""Statistics and clocks."""

from __future__ import annotations

import pytest

from hub.media.rtp import rtcp
from hub.media.rtp.feedback import Nack, build_nack, build_pli
from hub.media.rtp.ntp import to_ntp
from hub.media.rtp.rtcp import Description, ReceiverReport, ReportBlock, SenderReport
from hub.media.sfu.reports import (
    MAX_COMPOUND_BYTES,
    PublisherClock,
    Reception,
    receiver_compounds,
    round_trip,
    sender_compounds,
)


def test_loss_is_counted_since_the_last_report() -> None:
    reception = Reception(90_000, 1000)
    for seq in (1000, 1001, 1003):
        reception.count(seq, seq * 3000, seq / 30)
    block = reception.block(5, 0, 1.0)
    assert (block.lost, block.fraction_lost, block.highest, block.delay_since_last_sr) == (1, 64, 1003, 0)
    for seq in (1004, 1005):
        reception.count(seq, seq * 3000, seq / 30)
    block = reception.block(5, 0, 1.0)
    assert (block.lost, block.fraction_lost) == (1, 0)


def test_a_recovered_packet_is_not_lost() -> None:
    reception = Reception(90_000, 0)
    for seq in (0, 2, 1):
        reception.count(seq, 0, 1.0)
    assert reception.block(5, 0, 0.0).lost == 0


def test_jitter_is_zero_on_a_steady_path_and_across_the_wrap() -> None:
    steady = Reception(90_000, 0)
    shaky = Reception(90_000, 0)
    for seq in range(200):
        timestamp = (0xFFFF_FFFF - 100_000 + seq * 3000) & 0xFFFF_FFFF
        steady.count(seq, timestamp, 10 + seq / 30)
        shaky.count(seq, timestamp, 10 + seq / 30 + (0.01 if seq % 2 else 0.0))
    assert steady.jitter < 1
    assert shaky.jitter == pytest.approx(900, rel=0.01)


def test_the_report_that_waited_least_sets_the_clock() -> None:
    clock = PublisherClock()
    assert clock.instant(to_ntp(500.0)) is None
    clock.observe(to_ntp(500.0), 10.08)
    clock.observe(to_ntp(501.0), 11.02)
    clock.observe(to_ntp(502.0), 12.30)
    instant = clock.instant(to_ntp(503.0))
    assert instant == pytest.approx(13.02, abs=1e-4)


def test_a_clock_that_runs_fast_is_anchored_again() -> None:
    clock = PublisherClock()
    for second in range(100):
        clock.observe(to_ntp(500.0 + second), 10.0 + second * 1.001)
    instant = clock.instant(to_ntp(599.0))
    assert instant == pytest.approx(10.0 + 99 * 1.001, abs=0.031)


def test_round_trips() -> None:
    now = to_ntp(1_700_000_000.0)
    last_sr = (to_ntp(1_700_000_000.0 - 1.5) >> 16) & 0xFFFF_FFFF
    assert round_trip(last_sr, 65536, now) == pytest.approx(0.5, abs=1e-4)
    assert round_trip(0, 0, now) is None
    assert round_trip(last_sr, 65536 * 3, now) is None


def test_many_slots_take_several_compounds_each_below_the_mtu() -> None:
    reports = [SenderReport(ssrc, 1, 2, 3, 4) for ssrc in range(50)]
    compounds = sender_compounds(reports, "a-name-of-some-length@hub")
    assert all(len(compound) <= MAX_COMPOUND_BYTES for compound in compounds)
    parsed = [report for compound in compounds for report in rtcp.parse(compound)]
    assert [report for report in parsed if isinstance(report, SenderReport)] == reports
    named = [name for report in parsed if isinstance(report, Description) for name in report.cnames]
    assert [ssrc for ssrc, _ in named] == list(range(50))
    assert sender_compounds([], "hub") == []


def test_much_feedback_takes_several_compounds_each_below_the_mtu() -> None:
    blocks = [ReportBlock(ssrc, 0, 0, 0, 0, 0, 0) for ssrc in range(9)]
    nacks = [build_nack(1, ssrc, range(0, 250 * 20, 20)) for ssrc in range(3)]
    compounds = receiver_compounds(1, blocks, "hub", [*nacks, build_pli(1, 2)])
    assert all(len(compound) <= MAX_COMPOUND_BYTES for compound in compounds)
    parsed = [rtcp.parse(compound) for compound in compounds]
    assert [reports[0] for reports in parsed] == [
        ReceiverReport(1, tuple(blocks)),
        *[ReceiverReport(1)] * (len(parsed) - 1),
    ]
    asked = [report.media_ssrc for reports in parsed for report in reports if isinstance(report, Nack)]
    assert asked == [0, 1, 2]
    assert receiver_compounds(1, [], "hub", []) == []
