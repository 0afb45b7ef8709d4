"""The router as transport meets it: packets in, packets out, wishes when their time has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

import pytest

from hub.media.rtp import extensions, feedback, rtcp
from hub.media.rtp.feedback import Fir, Nack, Pli, Remb
from hub.media.rtp.ntp import from_ntp, to_ntp
from hub.media.rtp.payload import parse_vp8, unwrap_rtx
from hub.media.rtp.rtcp import Description, ReceiverReport, ReportBlock, SenderReport
from hub.media.sfu.keyframes import INTERVAL_S
from hub.media.sfu.router import Router
from tests.support.packets import (
    OUT_AUDIO_PT,
    OUT_IDS,
    OUT_RTX_PT,
    OUT_VIDEO_PT,
    Camera,
    Microphone,
    Viewer,
    audio_slot,
    audio_spec,
    video_slot,
    video_spec,
)

WALL_OFFSET_S = 1_700_000_000.0


def a_router() -> Router:
    return Router(wall_offset_s=WALL_OFFSET_S, cname="hub")


def asked(router: Router, now: float) -> list[rtcp.Report]:
    return [report for wish in router.poll(now) for report in rtcp.parse(wish.packet)]


@dataclass(eq=False)
class Tap:
    """A sink that remembers."""

    packets: list[bytes] = field(default_factory=list)
    reports: list[tuple[int, int, float]] = field(default_factory=list)
    closed: int = 0

    def receive_rtp(self, packet: bytes, arrival: float) -> None:
        self.packets.append(packet)

    def receive_sender_report(self, ntp: int, rtp_timestamp: int, arrival: float) -> None:
        self.reports.append((ntp, rtp_timestamp, arrival))

    def close(self) -> None:
        self.closed += 1


def test_packets_leave_in_the_dress_of_each_client() -> None:
    router, plain, rich = a_router(), Viewer(), Viewer()
    publisher = router.add_publisher(Viewer(), video_spec(), 1.0)
    for viewer, ids in ((plain, extensions.ExtensionIds()), (rich, OUT_IDS)):
        slot = router.add_subscriber(viewer, video_slot(extensions=ids))
        router.set_output(viewer, viewer.output, 1.0)
        router.assign(slot, publisher, 1.0)
    originals = list(Camera().frames(3))
    for data in originals:
        router.receive_rtp(publisher.encodings[0], data, 2.0)
    assert len(plain.got) == len(rich.got) == len(originals)
    for simple, full in zip(plain.media(), rich.media(), strict=True):
        assert simple.payload == full.payload
        assert (simple.payload_type, simple.ssrc) == (OUT_VIDEO_PT, 7000)
        assert simple.data[0] == 0x80
        assert extensions.find(full.data, OUT_IDS.abs_send_time) == extensions.abs_send_time(2.0)
        assert extensions.find(full.data, OUT_IDS.mid) is None


def test_M16_a_late_comer_is_served_from_the_cache_without_asking() -> None:
    router, viewer, publish = a_router(), Viewer(), Viewer()
    publisher = router.add_publisher(publish, video_spec(), 1.0)
    originals = list(Camera().frames(4))
    for data in originals[:6]:
        router.receive_rtp(publisher.encodings[0], data, 1.1)
    slot = router.add_subscriber(viewer, video_slot())
    router.assign(slot, publisher, 1.2)
    assert viewer.got == []  # its connection does not stand yet
    router.set_output(viewer, viewer.output, 1.3)
    assert len(viewer.got) == 6
    for data in originals[6:]:
        router.receive_rtp(publisher.encodings[0], data, 1.4)
    numbers = [sent.seq for sent in viewer.media()]
    assert numbers == list(range(numbers[0], numbers[0] + 8))
    assert Pli(1, 1111) not in asked(router, 1.4)


def test_M15_one_key_frame_request_whoever_asks() -> None:
    router, publish = a_router(), Viewer()
    publisher = router.add_publisher(publish, video_spec(), 1.0)
    viewers = [Viewer() for _ in range(20)]
    for data in Camera().frames(60, packets=2):
        router.receive_rtp(publisher.encodings[0], data, 1.0)
    for viewer in viewers:
        slot = router.add_subscriber(viewer, video_slot())
        router.set_output(viewer, viewer.output, 3.0)
        router.assign(slot, publisher, 3.0)
        router.receive_subscriber_rtcp(viewer, feedback.build_pli(1, 7000), 3.0)
        router.receive_subscriber_rtcp(viewer, feedback.build_fir(1, 7000, 1), 3.0)
    assert router.deadline <= 3.0
    assert asked(router, 3.0).count(Pli(1, 1111)) == 1
    assert Pli(1, 1111) not in asked(router, 3.0 + INTERVAL_S / 2)
    assert Pli(1, 1111) in asked(router, 3.0 + INTERVAL_S)
    router.receive_rtp(publisher.encodings[0], Camera(seq=220, timestamp=10**7).frame(keyframe=True)[0], 3.6)
    assert all(len(viewer.got) == 1 for viewer in viewers)
    assert Pli(1, 1111) not in asked(router, 5.0)


def test_M14_whoever_waits_for_a_source_that_begins_with_a_loss_gets_its_next_key_frame() -> None:
    """Nothing shows a hole before the first packet that came."""
    router, viewer = a_router(), Viewer()
    publisher = router.add_publisher(Viewer(), video_spec(), 1.0)
    slot = router.add_subscriber(viewer, video_slot())
    router.set_output(viewer, viewer.output, 1.0)
    router.assign(slot, publisher, 1.0)
    _, *rest = Camera().frame(keyframe=True, packets=3)
    for data in rest:
        router.receive_rtp(publisher.encodings[0], data, 1.0)
    assert viewer.got == []
    assert Pli(1, 1111) in asked(router, 1.0)


def test_a_source_that_begins_with_a_key_frame_is_not_asked_for_another() -> None:
    router, viewer = a_router(), Viewer()
    publisher = router.add_publisher(Viewer(), video_spec(), 1.0)
    slot = router.add_subscriber(viewer, video_slot())
    router.set_output(viewer, viewer.output, 1.0)
    router.assign(slot, publisher, 1.0)
    for camera in (Camera(), Camera(seq=9, timestamp=10**7, ssrc=1112)):
        for data in camera.frame(keyframe=True, packets=3):
            router.receive_rtp(publisher.encodings[0], data, 1.0)
    assert len(viewer.got) == 6
    assert not [one for one in asked(router, 1.0) if isinstance(one, Pli)]


def test_a_publisher_without_pli_is_asked_by_fir() -> None:
    router = a_router()
    publisher = router.add_publisher(Viewer(), video_spec(pli=False, fir=True), 1.0)
    router.request_keyframe(publisher, 1.0)
    assert router.poll(1.0) == []  # nothing has come yet, so there is nobody to name
    router.receive_rtp(publisher.encodings[0], Camera().frame()[0], 1.0)
    router.request_keyframe(publisher, 1.0)
    assert Fir(1, ((1111, 1),)) in asked(router, 1.0)


def test_what_is_missing_is_asked_for_and_an_outage_brings_a_key_frame() -> None:
    router = a_router()
    publisher = router.add_publisher(Viewer(), video_spec(), 1.0)
    packets = list(Camera(seq=10).frames(5, packets=1))
    for data in (packets[0], packets[3]):
        router.receive_rtp(publisher.encodings[0], data, 1.0)
    assert router.deadline == 1.010
    assert Nack(1, 1111, (11, 12)) in asked(router, router.deadline)
    router.receive_rtp(publisher.encodings[0], packets[1], 1.05)
    later: list[rtcp.Report] = []
    while router.deadline < 1.9:
        later += asked(router, router.deadline)
    assert [report.lost for report in later if isinstance(report, Nack)] == [(12,)] * 5
    assert later.count(Pli(1, 1111)) >= 1


def test_M17_a_nack_is_answered_over_rtx_under_its_own_numbers() -> None:
    """Under GCM one SSRC and number never carries two plaintexts: what goes again goes as a new packet."""
    router, viewer = a_router(), Viewer()
    publisher = router.add_publisher(Viewer(), video_spec(), 1.0)
    slot = router.add_subscriber(viewer, video_slot())
    router.set_output(viewer, viewer.output, 1.0)
    router.assign(slot, publisher, 1.0)
    for data in Camera().frames(4):
        router.receive_rtp(publisher.encodings[0], data, 1.0)
    originals = viewer.media()
    wanted = [originals[3].seq, originals[5].seq]
    for now in (1.1, 1.105, 1.2):  # the second comes while the first answer is under way
        router.receive_subscriber_rtcp(viewer, feedback.build_nack(1, 7000, wanted), now)
    again = viewer.media_of(7001)
    assert [packet.seq for packet in again] == [0, 1, 2, 3]
    assert len(viewer.got) == len(originals) + 4
    for packet, original in zip(again, [originals[3], originals[5]] * 2, strict=True):
        assert packet.payload_type == OUT_RTX_PT
        assert (packet.timestamp, packet.marker) == (original.timestamp, original.marker)
        assert unwrap_rtx(packet.payload) == (original.seq, original.payload)


def test_M17_without_rtx_nothing_goes_again() -> None:
    router, viewer = a_router(), Viewer()
    publisher = router.add_publisher(Viewer(), video_spec(), 1.0)
    slot = router.add_subscriber(viewer, video_slot(rtx=False))
    router.set_output(viewer, viewer.output, 1.0)
    router.assign(slot, publisher, 1.0)
    for data in Camera().frames(2):
        router.receive_rtp(publisher.encodings[0], data, 1.0)
    router.receive_subscriber_rtcp(viewer, feedback.build_nack(1, 7000, [101, 102]), 1.1)
    assert len(viewer.got) == 4


def test_retransmissions_have_a_limit() -> None:
    router, viewer = a_router(), Viewer()
    publisher = router.add_publisher(Viewer(), video_spec(), 1.0)
    slot = router.add_subscriber(viewer, video_slot())
    router.set_output(viewer, viewer.output, 1.0)
    router.assign(slot, publisher, 1.0)
    for data in Camera(seq=0).frames(200, packets=5):
        router.receive_rtp(publisher.encodings[0], data, 1.0)
    for n in range(100):
        nack = feedback.build_nack(1, 7000, range(1000))
        router.receive_subscriber_rtcp(viewer, nack, 1.0 + n / 1000)
    assert len(viewer.media_of(7001)) <= 256 + 1000 * 0.1 + 1


def test_M18_a_venue_looks_and_sounds_together_after_any_switch() -> None:
    """RFC 3550, 6.4.1: the pairs of (NTP, RTP) that viewers get put picture and sound on one clock."""
    router, viewer, publish = a_router(), Viewer(), Viewer()
    camera = router.add_publisher(publish, video_spec(), 1.0)
    microphone = router.add_publisher(publish, audio_spec(), 1.0)
    picture = router.add_subscriber(viewer, video_slot())
    sound = router.add_subscriber(viewer, audio_slot())
    router.set_output(viewer, viewer.output, 1.0)
    router.assign(picture, camera, 1.0)
    router.assign(sound, microphone, 1.0)
    # The publisher's clock is a year off; video took 80 ms longer to get here than audio.
    far = to_ntp(WALL_OFFSET_S + 31_536_000.0)
    source, voice = Camera(), Microphone()
    at_video, at_audio = source.timestamp, voice.timestamp
    router.receive_rtp(camera.encodings[0], source.frame(keyframe=True, packets=1)[0], 1.10)
    router.receive_rtp(microphone.encodings[0], voice.packet(), 1.02)
    assert not [report for report in asked(router, 1.2) if isinstance(report, SenderReport)]
    for ssrc, timestamp, arrival in ((1111, at_video, 1.10), (2222, at_audio, 1.02)):
        report = SenderReport(ssrc, far, timestamp, 1, 1)
        router.receive_publisher_rtcp(publish, rtcp.build_sender_report(report), arrival)
    reports = asked(router, router.deadline + 2.0)
    told = {report.ssrc: report for report in reports if isinstance(report, SenderReport)}
    assert set(told) == {7000, 8000}
    assert Description(((7000, "hub"), (8000, "hub"))) in reports
    captured = {}
    for sent, rate in ((viewer.media_of(7000)[0], 90_000), (viewer.media_of(8000)[0], 48_000)):
        report = told[sent.ssrc]
        captured[sent.ssrc] = from_ntp(report.ntp) - (report.rtp_timestamp - sent.timestamp) / rate
    assert abs(captured[7000] - captured[8000]) < 0.001
    assert abs(captured[7000] - (WALL_OFFSET_S + 1.02)) < 0.001
    assert (told[7000].packets, told[8000].packets) == (1, 1)


def test_receiver_reports_tell_loss_and_the_publishers_own_clock() -> None:
    router, publish = a_router(), Viewer()
    publisher = router.add_publisher(publish, video_spec(max_bps=2_500_000), 1.0)
    packets = list(Camera(seq=100).frames(10, packets=1))
    for data in (*packets[:4], *packets[6:]):
        router.receive_rtp(publisher.encodings[0], data, 1.0)
    router.receive_publisher_rtcp(
        publish, rtcp.build_sender_report(SenderReport(1111, 0x1234_5678_0000_0000, 5, 1, 1)), 1.5
    )
    reports = asked(router, 2.0)
    (block,) = next(report for report in reports if isinstance(report, ReceiverReport)).blocks
    assert (block.ssrc, block.lost, block.fraction_lost) == (1111, 2, 2 * 256 // 10)
    assert block.highest & 0xFFFF == 109
    assert (block.last_sr, block.delay_since_last_sr) == (0x5678_0000, 0x8000)
    (cap,) = [report for report in reports if isinstance(report, Remb)]
    assert (cap.bitrate_bps, cap.ssrcs) == (2_500_000, (1111,))


def test_what_viewers_report_is_kept() -> None:
    router, viewer = a_router(), Viewer()
    slot = router.add_subscriber(viewer, video_slot())
    last_sr = (to_ntp(WALL_OFFSET_S + 10.0) >> 16) & 0xFFFF_FFFF
    block = ReportBlock(7000, 64, 5, 100, 7, last_sr, 65536)
    report = rtcp.build_receiver_report(ReceiverReport(1, (block,)))
    router.receive_subscriber_rtcp(viewer, report, 11.25)
    assert slot.fraction_lost == 0.25
    assert slot.round_trip_s is not None
    assert abs(slot.round_trip_s - 0.25) < 0.001


def test_sinks_get_the_packets_as_they_were_sent() -> None:
    router, publish, tap = a_router(), Viewer(), Tap()
    publisher = router.add_publisher(publish, video_spec(), 1.0)
    router.attach_sink(publisher, tap)
    originals = list(Camera().frames(3))
    for data in (*originals, originals[0]):
        router.receive_rtp(publisher.encodings[0], data, 1.0)
    assert tap.packets == originals
    router.receive_publisher_rtcp(publish, rtcp.build_sender_report(SenderReport(1111, 9, 8, 1, 1)), 1.5)
    assert tap.reports == [(9, 8, 1.5)]
    router.remove_publisher(publisher, 2.0)
    router.remove_publisher(publisher, 2.0)
    assert tap.closed == 1


def test_a_detached_sink_is_left_open() -> None:
    router, tap = a_router(), Tap()
    publisher = router.add_publisher(Viewer(), video_spec(), 1.0)
    router.attach_sink(publisher, tap)
    router.detach_sink(publisher, tap)
    router.receive_rtp(publisher.encodings[0], Camera().frame()[0], 1.0)
    router.remove_connection(publisher.connection, 2.0)
    assert (tap.packets, tap.closed) == ([], 0)


def test_sound_begins_at_once_and_marked() -> None:
    router, viewer = a_router(), Viewer()
    microphone = Microphone()
    publisher = router.add_publisher(Viewer(), audio_spec(), 1.0)
    router.receive_rtp(publisher.encodings[0], microphone.packet(), 1.0)
    slot = router.add_subscriber(viewer, audio_slot())
    router.set_output(viewer, viewer.output, 1.0)
    router.assign(slot, publisher, 1.0)
    for _ in range(3):
        router.receive_rtp(publisher.encodings[0], microphone.packet(level=40), 1.02)
    assert [sent.marker for sent in viewer.media()] == [True, False, False]
    assert {sent.payload_type for sent in viewer.media()} == {OUT_AUDIO_PT}
    assert extensions.find(viewer.got[1], OUT_IDS.audio_level) == bytes((40,))


def test_a_source_that_begins_anew_goes_on_in_its_slot() -> None:
    router, viewer = a_router(), Viewer()
    publisher = router.add_publisher(Viewer(), video_spec(), 1.0)
    slot = router.add_subscriber(viewer, video_slot())
    router.set_output(viewer, viewer.output, 1.0)
    router.assign(slot, publisher, 1.0)
    for data in Camera().frames(2):
        router.receive_rtp(publisher.encodings[0], data, 1.0)
    other = Camera(ssrc=4444, seq=9, timestamp=1, picture_id=500)
    for data in (*other.frame(), *other.frame(keyframe=True)):
        router.receive_rtp(publisher.encodings[0], data, 1.2)
    sent = viewer.media()
    assert [packet.seq for packet in sent] == [100, 101, 102, 103, 104, 105]
    assert [parse_vp8(packet.payload).picture_id for packet in sent] == [10, 10, 11, 11, 12, 12]


def test_an_output_may_move_and_be_held_back() -> None:
    router, viewer, elsewhere = a_router(), Viewer(), Viewer()
    publisher = router.add_publisher(Viewer(), video_spec(), 1.0)
    slot = router.add_subscriber(viewer, video_slot())
    router.set_output(viewer, viewer.output, 1.0)
    router.assign(slot, publisher, 1.0)
    camera = Camera()
    for data in camera.frame(keyframe=True):
        router.receive_rtp(publisher.encodings[0], data, 1.0)
    router.set_output(viewer, elsewhere.output, 1.1)
    for data in camera.frame():
        router.receive_rtp(publisher.encodings[0], data, 1.1)
    router.set_output(viewer, None, 1.2)
    for data in (*camera.frame(), *camera.frame(keyframe=True)):
        router.receive_rtp(publisher.encodings[0], data, 1.2)
    assert (len(viewer.got), len(elsewhere.got)) == (2, 2)
    router.set_output(viewer, viewer.output, 1.3)
    numbers = [packet.seq for packet in (*viewer.media()[:2], *elsewhere.media(), *viewer.media()[2:])]
    assert numbers == [100, 101, 102, 103, 104, 105]


def test_a_full_socket_loses_packets_of_that_viewer_only() -> None:
    router, stuck, well = a_router(), Viewer(blocked=True), Viewer()
    publisher = router.add_publisher(Viewer(), video_spec(), 1.0)
    slots = [router.add_subscriber(viewer, video_slot()) for viewer in (stuck, well)]
    for viewer, slot in zip((stuck, well), slots, strict=True):
        router.set_output(viewer, viewer.output, 1.0)
        router.assign(slot, publisher, 1.0)
    for data in Camera().frames(2):
        router.receive_rtp(publisher.encodings[0], data, 1.0)
    assert (len(stuck.got), len(well.got)) == (0, 4)
    assert publisher.encodings[0].lane.fanout.failed + slots[0].failed == 4


def test_an_ssrc_is_used_once_on_a_connection() -> None:
    """RFC 3711, 9.1: a stream that starts over under the same key repeats its keystream."""
    router, viewer = a_router(), Viewer()
    slot = router.add_subscriber(viewer, video_slot(7000))
    router.remove_subscriber(slot, 1.0)
    for ssrc in (7000, 7001):
        with pytest.raises(ValueError, match="once only"):
            router.add_subscriber(viewer, video_slot(ssrc))
    router.add_subscriber(Viewer(), video_slot(7000))


def test_a_slot_takes_its_own_codec_only() -> None:
    router, viewer = a_router(), Viewer()
    publisher = router.add_publisher(Viewer(), video_spec(), 1.0)
    with pytest.raises(ValueError, match="codec"):
        router.assign(router.add_subscriber(viewer, audio_slot()), publisher, 1.0)


def test_a_connection_that_is_gone_leaves_nothing() -> None:
    router, viewer, publish = a_router(), Viewer(), Viewer()
    publisher = router.add_publisher(publish, video_spec(), 1.0)
    slot = router.add_subscriber(viewer, video_slot())
    router.set_output(viewer, viewer.output, 1.0)
    router.assign(slot, publisher, 1.0)
    camera = Camera()
    for data in camera.frame(keyframe=True):
        router.receive_rtp(publisher.encodings[0], data, 1.0)
    router.remove_connection(viewer, 1.1)
    for data in camera.frame():
        router.receive_rtp(publisher.encodings[0], data, 1.1)
    router.receive_subscriber_rtcp(viewer, feedback.build_pli(1, 7000), 1.1)
    assert len(viewer.got) == 2
    router.remove_connection(publish, 1.2)
    assert slot.publisher is None
    assert router.poll(100.0) == []
    assert router.deadline == inf
