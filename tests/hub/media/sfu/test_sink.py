"""What recorders get: one stream, whatever the publisher sends and stops sending."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.media.rtp.feedback import Pli
from hub.media.rtp.ntp import from_ntp, to_ntp
from hub.media.rtp.rtcp import SenderReport, build_sender_report, parse
from hub.media.rtp.serial import seq_diff, timestamp_diff
from hub.media.sfu.encoding import ALIVE_S
from hub.media.sfu.router import Router
from tests.support.packets import Microphone, Sent, Viewer, audio_spec, video_spec
from tests.support.simulcast import LayeredEncoding, Piece, three_sizes

FRAME_S = 1 / 30


@dataclass(eq=False)
class Recorder:
    """A sink that remembers."""

    packets: list[tuple[bytes, float]] = field(default_factory=list)
    reports: list[tuple[int, int]] = field(default_factory=list)
    closed: int = 0

    def receive_rtp(self, packet: bytes, arrival: float) -> None:
        self.packets.append((packet, arrival))

    def receive_sender_report(self, ntp: int, rtp_timestamp: int, arrival: float) -> None:
        self.reports.append((ntp, rtp_timestamp))

    def close(self) -> None:
        self.closed += 1

    def pieces(self) -> list[Piece]:
        return [Piece.of(Sent.of(packet)) for packet, _ in self.packets]


@dataclass
class Studio:
    """A camera in three sizes, of which some are sent, and a recorder."""

    router: Router = field(default_factory=lambda: Router(wall_offset_s=0.0, cname="hub"))
    camera: Viewer = field(default_factory=Viewer)
    recorder: Recorder = field(default_factory=Recorder)
    sizes: list[LayeredEncoding] = field(default_factory=three_sizes)
    now: float = 10.0

    def __post_init__(self) -> None:
        self.publisher = self.router.add_publisher(self.camera, video_spec(rids=("q", "h", "f")), self.now)
        self.router.attach_sink(self.publisher, self.recorder)

    def film(self, seconds: float, *sent: int) -> None:
        """Only these sizes are sent; what the router asks for it gets with the next picture."""
        end = self.now + seconds
        while self.now < end:
            wishes = self.router.poll(self.now)
            reports = [report for wish in wishes for report in parse(wish.packet)]
            asked = {report.media_ssrc for report in reports if isinstance(report, Pli)}
            for index in sent:
                size = self.sizes[index]
                for packet in size.frame(keyframe=size.ssrc in asked):
                    self.router.receive_rtp(self.publisher.encodings[index], packet, self.now)
            for index in {0, 1, 2} - set(sent):
                size = self.sizes[index]
                size.timestamp = (size.timestamp + 3000) & 0xFFFF_FFFF
                size.turn = 0
                size.frames += 1  # an encoder that is switched on again begins with a key frame
                size.bases, size.middles = [], []
            self.now += FRAME_S

    def report(self) -> None:
        for size in self.sizes:
            report = SenderReport(size.ssrc, to_ntp(1_000.0 + self.now), size.timestamp, 1, 1)
            self.router.receive_publisher_rtcp(self.camera, build_sender_report(report), self.now)


@settings(max_examples=25)
@given(st.lists(st.sets(st.integers(0, 2), min_size=1), min_size=1, max_size=5))
def test_M25_a_recording_is_one_stream_of_the_highest_size_there_is(sent: list[set[int]]) -> None:
    studio = Studio()
    studio.film(0.2, *sent[0])
    studio.report()
    for sizes in sent:
        studio.film(ALIVE_S + 1.5, *sorted(sizes))
        assert studio.recorder.pieces()[-1].encoding == max(sizes)
    packets = [Sent.of(packet) for packet, _ in studio.recorder.packets]
    assert len({packet.ssrc for packet in packets}) == 1
    for (before, after), (piece, following) in zip(
        pairwise(packets), pairwise(studio.recorder.pieces()), strict=True
    ):
        assert seq_diff(after.seq, before.seq) == (1 if following.continues(piece) or before.marker else 2)
        assert timestamp_diff(after.timestamp, before.timestamp) >= 0
        if following.encoding != piece.encoding:
            assert following.vp8.keyframe
    assert studio.recorder.pieces()[0].vp8.keyframe


def test_M25_the_highest_size_is_asked_for_as_long_as_it_is_recorded() -> None:
    """Also where its sender has had no room for it: else it would be told to leave it out for good."""
    studio = Studio()
    studio.film(ALIVE_S + 1.0, 0, 1)
    assert studio.recorder.pieces()[-1].encoding == 1
    assert studio.publisher.wanted(studio.now) == (True, True, True)
    studio.router.detach_sink(studio.publisher, studio.recorder)
    assert studio.publisher.wanted(studio.now) == (True, False, False)


def test_M25_its_clock_is_that_of_the_stream_it_gets() -> None:
    """A report says at which instant a timestamp was filmed: the same answer before and after a switch."""
    studio = Studio()
    studio.film(2.5, 0)
    studio.report()
    studio.film(1.0, 0, 1, 2)
    studio.report()
    studio.film(ALIVE_S + 1.0, 0)
    studio.report()
    assert len(studio.recorder.reports) == 3
    (first_ntp, first_rtp), *others = studio.recorder.reports
    for ntp, rtp in others:
        elapsed = timestamp_diff(rtp, first_rtp) / 90_000
        assert abs(from_ntp(ntp) - from_ntp(first_ntp) - elapsed) < 0.05


def test_a_sound_goes_to_its_sinks_as_it_came() -> None:
    router, recorder, voice = Router(wall_offset_s=0.0, cname="hub"), Recorder(), Microphone()
    publisher = router.add_publisher(Viewer(), audio_spec(), 1.0)
    router.attach_sink(publisher, recorder)
    sent = [voice.packet() for _ in range(5)]
    for n, data in enumerate(sent):
        router.receive_rtp(publisher.encodings[0], data, 1.0 + n)
    assert recorder.packets == [(data, 1.0 + n) for n, data in enumerate(sent)]


def test_a_sink_that_leaves_takes_no_other_with_it() -> None:
    studio, other = Studio(), Recorder()
    studio.router.attach_sink(studio.publisher, other)
    studio.film(1.0, 0, 1, 2)
    studio.router.detach_sink(studio.publisher, studio.recorder)
    before = len(studio.recorder.packets)
    studio.film(1.0, 0, 1, 2)
    assert len(studio.recorder.packets) == before < len(other.packets)
    studio.router.remove_connection(studio.camera, studio.now)
    assert (studio.recorder.closed, other.closed) == (0, 1)
