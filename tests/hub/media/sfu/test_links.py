"""What a publisher is told, and what is learned of a viewer's line."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.media.rtp import rtcp
from hub.media.rtp.feedback import Remb
from hub.media.rtp.ntp import middle_bits, to_ntp
from hub.media.rtp.rtcp import ReceiverReport, ReportBlock
from hub.media.sfu.links import AUDIO_BPS, LOCAL_SSRC, Downstream, Upstream, cap_bps
from hub.media.sfu.publisher import Publisher
from hub.media.sfu.retransmit import REPAIR_BURST_S, REPAIR_SHARE, Repairs
from tests.support.packets import Camera, Viewer, audio_spec, media_of, video_slot, video_spec
from tests.support.transport_cc import TransportCc, parse

LAYERS = ("q", "h", "f")
MAX_BPS = 2_700_000


def a_camera(rids: tuple[str, ...] = LAYERS) -> Publisher:
    camera = Publisher(video_spec(rids=rids, max_bps=MAX_BPS), Viewer())
    for number, encoding in enumerate(camera.encodings):
        encoding.ssrc = 100 + number
    return camera


def an_upstream(*publishers: Publisher) -> Upstream:
    upstream = Upstream(Viewer(), "hub", 0.0)
    upstream.publishers += publishers
    return upstream


def told(upstream: Upstream, now: float) -> list[Remb]:
    return [
        report for packet in upstream.due(now) for report in rtcp.parse(packet) if isinstance(report, Remb)
    ]


def test_M30_the_cap_is_that_of_all_encodings_that_should_come() -> None:
    camera, screen, voice = a_camera(), a_camera(()), Publisher(audio_spec(), Viewer())
    for top, bps in ((0, 300_000), (1, 1_200_000), (2, 3_900_000)):
        camera.set_active(tuple(index <= top for index in range(3)), 1.0)
        assert cap_bps([camera, screen, voice]) == bps + MAX_BPS + AUDIO_BPS
    assert cap_bps([voice]) == 0


def test_M30_the_cap_is_told_when_it_moves_and_with_every_report() -> None:
    camera = a_camera()
    upstream = an_upstream(camera)
    assert [remb.ssrcs for remb in told(upstream, 0.1)] == [(100, 101, 102)]
    assert told(upstream, 0.2) == []
    camera.set_active((True, False, False), 0.3)
    assert [remb.bitrate_bps for remb in told(upstream, 0.3)] == [pytest.approx(300_000, rel=1e-4)]
    assert len(told(upstream, 1.1)) == 1


def test_who_agreed_to_no_remb_hears_none() -> None:
    silent = Publisher(video_spec(), Viewer())
    silent.encodings[0].ssrc = 5
    assert told(an_upstream(silent, Publisher(audio_spec(), Viewer())), 1.0) == []


def test_M27_feedback_of_all_sources_travels_behind_a_report() -> None:
    upstream = an_upstream(a_camera())
    upstream.due(1.0)
    for number in range(8):
        upstream.transport.note(number, 1.1 + number / 1000)
    assert upstream.deadline == upstream.transport.deadline == pytest.approx(1.2, abs=0.026)
    (packet,) = upstream.due(upstream.deadline)
    assert rtcp.parse(packet)[0] == ReceiverReport(LOCAL_SSRC)
    at = packet.index(b"\x8f\xcd")
    message = parse(packet[at:])
    assert isinstance(message, TransportCc)
    assert (message.base, len(message.arrivals)) == (0, 8)
    assert upstream.transport.deadline == inf


def test_a_publishers_round_trip_comes_from_its_extended_reports() -> None:
    upstream = an_upstream(a_camera())
    (packet,) = upstream.due(10.0)
    assert rtcp.build_reference_time(LOCAL_SSRC, to_ntp(10.0)) in packet
    heard = rtcp.LastReceived(((77, 1, 1), (LOCAL_SSRC, middle_bits(to_ntp(10.0)), 65536)))
    upstream.observe_last_received(heard, 11.25)
    assert upstream.round_trip_s == pytest.approx(0.25, abs=1e-4)


def a_downstream(slots: int) -> Downstream:
    downstream = Downstream(Viewer())
    for number in range(slots):
        downstream.add(video_slot(1000 + 2 * number))
    return downstream


def block(ssrc: int, highest: int, fraction_lost: int) -> ReportBlock:
    return ReportBlock(ssrc, fraction_lost, 0, highest, 0, 0, 0)


def test_loss_is_that_of_the_line_not_of_a_slot_with_three_packets() -> None:
    downstream = a_downstream(2)
    downstream.observe_receiver_report((block(1000, 0, 0), block(1002, 0, 0)), 1.0, 0.0)
    downstream.observe_receiver_report((block(1000, 1000, 0), block(1002, 3, 255)), 2.0, 0.0)
    assert downstream.estimate.loss < 0.002
    downstream.observe_receiver_report((block(1002, 6, 255),), 3.0, 0.0)
    assert downstream.estimate.loss < 0.002, "three packets tell nothing"


def test_M29_bad_news_are_steered_by_at_once() -> None:
    downstream = a_downstream(1)
    downstream.estimate.sent(2_000_000)
    downstream.observe_remb(3_000_000, 1.0)
    assert downstream.next_steer == inf
    downstream.observe_remb(500_000, 2.0)
    assert downstream.next_steer == 2.0


@given(
    budget=st.floats(20_000, 5_000_000),
    asked=st.lists(st.tuples(st.floats(0, 0.5), st.integers(50, 1300)), max_size=200),
)
def test_M30_what_was_lost_for_want_of_room_takes_no_more_room(
    budget: float, asked: list[tuple[float, int]]
) -> None:
    repairs, now, again = Repairs(), 0.0, 0
    assert repairs.allowed(inf, now), "nothing is known of the line"
    for later, octets in asked:
        now += later
        if repairs.allowed(budget, now):
            repairs.spend(octets)
            again += octets
        assert 8 * (again - 1300) <= budget * REPAIR_SHARE * (now + REPAIR_BURST_S) + 1


def test_every_kind_of_feedback_fits_below_the_mtu() -> None:
    camera = a_camera()
    upstream = an_upstream(camera)
    for encoding in camera.encodings:
        encoding.missing.gap(0, 0, 0.0)
        for number in range(0, 4000, 20):
            encoding.missing.gap(number, number, 0.0)
        encoding.keyframe.want(0.0)
    for number in range(0, 3000, 2):
        upstream.transport.note(number, 0.5)
    packets = upstream.due(2.0)
    assert len(packets) > 1
    assert all(len(packet) <= 1200 for packet in packets)


def test_of_another_path_nothing_is_known() -> None:
    downstream = Downstream(Viewer())
    downstream.estimate.sent(1_000_000)
    downstream.observe_remb(200_000, 5.0)
    assert downstream.estimate.budget_bps < inf
    downstream.move(None)
    assert downstream.estimate.budget_bps == inf


def test_M6_what_was_lost_on_a_former_path_says_nothing_of_this_one() -> None:
    downstream = a_downstream(1)
    slot = downstream.subscribers[1000]
    last = media_of(Camera().frame(keyframe=True)[0], 500)
    slot.rewriter.start(last, 0, 1.0)
    slot.rewriter.stop(last, -1, -1, cut=False, at=1.0)
    downstream.observe_receiver_report((block(1000, 100, 0),), 1.0, 0.0)
    downstream.move(None)
    for highest in (400, 900):
        downstream.observe_receiver_report((block(1000, highest, 255),), 2.0, 0.0)
        assert downstream.estimate.loss == 0.0, "these left by the former path, or some of them"
    downstream.observe_receiver_report((block(1000, 1000, 255),), 3.0, 0.0)
    assert downstream.estimate.loss > 0.3
