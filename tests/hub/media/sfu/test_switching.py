"""One slot over three sizes and three layers in time: still one stream, and one that a decoder can follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.media.rtp.feedback import Nack, Pli, build_nack
from hub.media.rtp.ntp import to_ntp
from hub.media.rtp.payload import unwrap_rtx
from hub.media.rtp.rtcp import SenderReport, build_sender_report, parse
from hub.media.rtp.serial import seq_diff, timestamp_diff
from hub.media.sfu.encoding import UNUSED_S, Rung
from hub.media.sfu.publisher import Publisher
from hub.media.sfu.router import Router
from hub.media.sfu.subscriber import Subscriber
from tests.support.packets import Viewer, video_slot, video_spec
from tests.support.simulcast import LayeredEncoding, Piece, three_sizes

FRAME_S = 1 / 30


@dataclass
class Stage:
    """A camera in three sizes, one slot. ``aim`` stands in for whoever steers."""

    router: Router = field(default_factory=lambda: Router(wall_offset_s=0.0, cname="hub"))
    camera: Viewer = field(default_factory=Viewer)
    viewer: Viewer = field(default_factory=Viewer)
    sizes: list[LayeredEncoding] = field(default_factory=three_sizes)
    now: float = 50.0

    def __post_init__(self) -> None:
        spec = video_spec(rids=("q", "h", "f"))
        self.publisher: Publisher = self.router.add_publisher(self.camera, spec, self.now)
        self.slot: Subscriber = self.router.add_subscriber(self.viewer, video_slot())
        self.router.set_output(self.viewer, self.viewer.output, self.now)
        self.router.assign(self.slot, self.publisher, self.now)
        self.held: list[tuple[int, bytes]] = []

    def play(self, *, keyframe: bool = False, packets: int = 2, fate: tuple[int, ...] = (0,)) -> None:
        """One picture in all sizes; each packet is delivered (0), lost (1), delivered twice (2) or held (3).

        The packets of the sizes come interleaved, so a switch may cut any of them.
        """
        self.router._downstream(self.viewer).next_steer = inf  # the test steers
        asked = {
            report.media_ssrc
            for wish in self.router.poll(self.now)
            for report in parse(wish.packet)
            if isinstance(report, Pli)
        }
        frames = [
            size.frame(keyframe=keyframe or size.ssrc in asked, packets=packets + size.index)
            for size in self.sizes
        ]
        parts = sorted((part, index) for index, frame in enumerate(frames) for part in range(len(frame)))
        on_the_way = [(index, frames[index][part]) for part, index in parts]
        for n, (index, data) in enumerate(on_the_way):
            what = fate[n % len(fate)]
            if what == 3:
                self.held.append((index, data))
            elif what != 1:
                for _ in range(1 if what == 0 else 2):
                    self.receive(index, data)
        self.now += FRAME_S

    def receive(self, index: int, data: bytes) -> None:
        self.router.receive_rtp(self.publisher.encodings[index], data, self.now)

    def release(self) -> None:
        held, self.held = self.held, []
        for index, data in reversed(held):
            self.receive(index, data)

    def report(self) -> None:
        """The sender's reports: all sizes were filmed by one clock."""
        for size in self.sizes:
            report = SenderReport(size.ssrc, to_ntp(1_000.0 + self.now), size.timestamp, 1, 1)
            self.router.receive_publisher_rtcp(self.camera, build_sender_report(report), self.now)

    def aim(self, encoding: int, temporal: int) -> None:
        self.router._aim(self.slot, Rung(encoding, temporal, 0, 0), self.now)

    def pieces(self) -> list[Piece]:
        """What the viewer got, in order of its numbers."""
        sent = self.viewer.media_of(7000)
        got = [Piece.of(one) for one in sent]
        return sorted(got, key=lambda piece: seq_diff(piece.seq, got[0].seq))


def pictures_of(pieces: list[Piece]) -> list[Piece]:
    """The first packet of each picture."""
    return [piece for piece in pieces if piece.vp8.starts_frame]


STEPS = st.lists(
    st.tuples(
        st.just("play"),
        st.sampled_from([False] * 9 + [True]),
        st.integers(1, 3),
        st.lists(st.sampled_from([0] * 8 + [1, 2, 3]), min_size=1, max_size=7).map(tuple),
    )
    | st.tuples(st.just("play"), st.just(False), st.integers(1, 3), st.just((0,)))
    | st.tuples(st.just("aim"), st.integers(0, 2), st.integers(0, 2))
    | st.tuples(st.sampled_from(["pause", "release", "report", "leave", "restart", "hold", "wait"])),
    min_size=1,
    max_size=60,
)


def acted(script: list[tuple]) -> Stage:  # type: ignore[type-arg]
    stage = Stage()
    for step in script:
        match step:
            case ("play", keyframe, packets, fate):
                stage.play(keyframe=keyframe, packets=packets, fate=fate)
            case ("aim", encoding, temporal):
                stage.aim(encoding, temporal)
            case ("pause",):
                stage.router._aim(stage.slot, None, stage.now)
            case ("release",):
                stage.release()
            case ("report",):
                stage.report()
            case ("leave",):
                stage.router.assign(stage.slot, None, stage.now)
                stage.router.assign(stage.slot, stage.publisher, stage.now)
            case ("restart",):
                for size in stage.sizes:
                    size.ssrc += 1_000
                    size.timestamp = (size.timestamp + 777_777_777) & 0xFFFF_FFFF
                    size.frames += 1_000
                    size.turn = 0
                    size.bases, size.middles = [], []
            case ("hold",):
                output = None if stage.slot.output is not None else stage.viewer.output
                stage.router.set_output(stage.viewer, output, stage.now)
            case _:
                stage.now += UNUSED_S + 1.0
    return stage


@settings(max_examples=60)
@given(script=STEPS)
def test_M11_no_number_is_given_twice_over_any_switch(script: list[tuple]) -> None:  # type: ignore[type-arg]
    sent = acted(script).viewer.media_of(7000)
    assert len({one.seq for one in sent}) == len(sent)


@settings(max_examples=60)
@given(script=STEPS)
def test_M12_time_and_pictures_move_on_over_any_switch(script: list[tuple]) -> None:  # type: ignore[type-arg]
    for before, after in pairwise(acted(script).pieces()):
        moved = timestamp_diff(after.timestamp, before.timestamp)
        pictures = (after.vp8.picture_id - before.vp8.picture_id) & 0x7FFF
        bases = (after.vp8.tl0 - before.vp8.tl0) & 0xFF
        assert moved >= 0
        assert pictures < 200
        assert bases < 200
        assert (moved == 0) == (pictures == 0) == after.continues(before)


@settings(max_examples=60)
@given(script=STEPS)
def test_M14_another_encoding_begins_with_its_key_frame(script: list[tuple]) -> None:  # type: ignore[type-arg]
    pieces = acted(script).pieces()
    for before, after in pairwise(pieces):
        if after.encoding != before.encoding:
            assert after.vp8.keyframe
    assert not pieces or pieces[0].vp8.keyframe


@settings(max_examples=60)
@given(
    aims=st.lists(
        st.tuples(st.integers(1, 12), st.integers(0, 2), st.integers(0, 2), st.integers(1, 3)), max_size=12
    )
)
def test_M23_without_loss_whatever_is_shown_can_be_decoded(aims: list[tuple[int, int, int, int]]) -> None:
    """Each picture after all that it depends on; no number missing but at a cut, no picture id at all."""
    stage = Stage()
    stage.play()
    for frames, encoding, temporal, packets in aims:
        stage.aim(encoding, temporal)
        for _ in range(frames):
            stage.play(packets=packets)
    pieces = stage.pieces()
    shown: set[tuple[int, int]] = set()
    for piece in pictures_of(pieces):
        if piece.vp8.keyframe:
            shown.clear()
        assert all((piece.encoding, needed) in shown for needed in piece.needs)
        shown.add((piece.encoding, piece.picture))
    for before, after in pairwise(pieces):
        same = after.continues(before)
        assert seq_diff(after.seq, before.seq) == (1 if same or before.marker else 2)
        assert (after.vp8.picture_id - before.vp8.picture_id) & 0x7FFF == (0 if same else 1)


def test_fewer_pictures_at_once_and_more_without_a_key_frame() -> None:
    stage = Stage()
    stage.aim(0, 2)
    for _ in range(8):
        stage.play()
    rates = []
    for temporal in (0, 1, 2):
        stage.aim(0, temporal)
        for _ in range(8):
            stage.play()
        before = len(pictures_of(stage.pieces()))
        for _ in range(16):
            stage.play()
        rates.append(len(pictures_of(stage.pieces())) - before)
        assert stage.slot.rung_now(stage.now) == stage.publisher.encodings[0].rung(temporal, stage.now)
    assert rates == [4, 8, 16]
    assert sum(piece.vp8.keyframe for piece in stage.pieces()) == 1


def test_a_switch_waits_for_its_key_frame_and_shows_the_old_picture_until_then() -> None:
    stage = Stage()
    stage.aim(0, 2)
    for _ in range(5):
        stage.play()
    stage.aim(2, 2)
    assert stage.slot.lane is stage.publisher.encodings[0].lane
    stage.play()  # the router has asked, the camera answers
    assert stage.slot.lane is stage.publisher.encodings[2].lane
    assert [piece.encoding for piece in pictures_of(stage.pieces())][-2:] == [0, 2]
    assert stage.publisher.wanted(stage.now) == (True, False, True)


@given(st.lists(st.integers(0, 2), min_size=2, max_size=12))
def test_M24_reports_keep_the_time_of_switches_exact(encodings: list[int]) -> None:
    """The timestamps of three encodings have nothing in common; with sender reports a switch is no jump."""
    stage = Stage()
    stage.play()
    stage.report()
    filmed: dict[int, float] = {}
    for encoding in encodings:
        stage.aim(encoding, 2)
        for _ in range(4):
            for size in stage.sizes:
                filmed[size.index * 1_000_000 + size.frames] = stage.now
            stage.now += 0.02 * (encoding + 1)  # on the way, which differs from size to size
            stage.play()
            stage.now = filmed[stage.sizes[0].frames - 1] + FRAME_S
    pictures = [piece for piece in pictures_of(stage.pieces()) if piece.picture]
    first = pictures[0]
    began = filmed[first.encoding * 1_000_000 + first.picture]
    for piece in pictures:
        elapsed = filmed[piece.encoding * 1_000_000 + piece.picture] - began
        assert abs(timestamp_diff(piece.timestamp, first.timestamp) / 90_000 - elapsed) < 0.005


@settings(max_examples=50)
@given(script=STEPS, behind=st.integers(0, 60))
def test_M17_what_left_before_a_switch_is_sent_again_as_it_was(script: list[tuple], behind: int) -> None:  # type: ignore[type-arg]
    stage = acted(script)
    sent = stage.viewer.media_of(7000)
    for one in sent[-behind - 1 :][:1]:
        before = len(stage.viewer.media_of(7001))
        stage.router.receive_subscriber_rtcp(stage.viewer, build_nack(1, 7000, [one.seq]), stage.now)
        for again in stage.viewer.media_of(7001)[before:]:
            assert unwrap_rtx(again.payload) == (one.seq, one.payload)
            assert (again.timestamp, again.marker) == (one.timestamp, one.marker)


def test_what_a_narrow_line_lost_comes_again_after_fewer_pictures_were_chosen() -> None:
    stage = Stage()
    stage.aim(0, 2)
    for _ in range(6):
        stage.play()
    lost = stage.viewer.media_of(7000)[-1]
    stage.aim(0, 0)
    for _ in range(4):
        stage.play()
    assert stage.slot.lane is not stage.publisher.encodings[0].lane
    stage.router.receive_subscriber_rtcp(stage.viewer, build_nack(1, 7000, [lost.seq]), stage.now)
    (again,) = stage.viewer.media_of(7001)
    assert unwrap_rtx(again.payload) == (lost.seq, lost.payload)


def test_lanes_that_nobody_uses_go() -> None:
    stage = Stage()
    stage.aim(0, 0)
    for _ in range(20):
        stage.play()
    encoding = stage.publisher.encodings[0]
    assert [lane.limit for lane in encoding.lanes] == [2, 0]
    stage.aim(0, 2)
    for _ in range(20):
        stage.play()
    stage.now += UNUSED_S + 2.0
    stage.play()
    stage.play()
    assert [lane.limit for lane in encoding.lanes] == [2]


def test_what_is_lost_on_the_way_in_is_asked_of_its_own_encoding() -> None:
    stage = Stage()
    stage.play()
    index, size = 1, stage.sizes[1]
    first, _, third = size.frame(packets=3)
    stage.receive(index, first)
    stage.receive(index, third)
    stage.now += 0.1
    asked = [report for wish in stage.router.poll(stage.now) for report in parse(wish.packet)]
    assert [(one.media_ssrc, len(one.lost)) for one in asked if isinstance(one, Nack)] == [(22, 1)]
