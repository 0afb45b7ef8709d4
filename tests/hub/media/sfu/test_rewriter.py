"""Whatever comes in, in whatever order, from however many sources: one continuous stream goes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.media.rtp.packet import bounds
from hub.media.rtp.payload import parse_vp8
from hub.media.rtp.serial import seq_diff, timestamp_diff
from hub.media.sfu.publisher import Publisher
from hub.media.sfu.rewriter import Rewriter
from hub.media.sfu.router import Router
from hub.media.sfu.subscriber import Subscriber
from tests.support.packets import Camera, Viewer, media_of, video_slot, video_spec


@dataclass
class Stage:
    """Two cameras and one slot; packets may be lost, repeated and late on their way to the router."""

    router: Router = field(default_factory=lambda: Router(wall_offset_s=1.7e9, cname="hub"))
    viewer: Viewer = field(default_factory=Viewer)
    now: float = 50.0

    def __post_init__(self) -> None:
        self.cameras = [
            Camera(ssrc=1, seq=65_500, timestamp=0xFFFF_F000, picture_id=0x7FF0, tl0=250),
            Camera(ssrc=2, seq=40_000, timestamp=123, picture_id=3, tl0=9),
        ]
        self.publishers: list[Publisher] = [
            self.router.add_publisher(Viewer(), video_spec(f"camera{n}"), self.now) for n in range(2)
        ]
        self.held: list[tuple[Publisher, bytes]] = []
        self.slot: Subscriber = self.router.add_subscriber(self.viewer, video_slot())
        self.router.set_output(self.viewer, self.viewer.output, self.now)

    def play(self, camera: int, *, keyframe: bool, packets: int, fate: list[int]) -> None:
        """One frame; each packet is delivered (0), lost (1), delivered twice (2) or held back (3)."""
        for n, packet in enumerate(self.cameras[camera].frame(keyframe=keyframe, packets=packets)):
            what = fate[n % len(fate)]
            if what == 3:
                self.held.append((self.publishers[camera], packet))
            elif what != 1:
                for _ in range(1 if what == 0 else 2):
                    self.router.receive_rtp(self.publishers[camera].encodings[0], packet, self.now)
        self.now += 1 / 30

    def release(self) -> None:
        held, self.held = self.held, []
        for publisher, packet in reversed(held):
            self.router.receive_rtp(publisher.encodings[0], packet, self.now)

    def show(self, camera: int | None) -> None:
        self.router.assign(self.slot, None if camera is None else self.publishers[camera], self.now)


frames = st.tuples(
    st.just("frame"),
    st.integers(0, 1),
    st.sampled_from([False, False, False, True]),
    st.integers(1, 4),
    st.lists(st.sampled_from([0, 0, 0, 0, 0, 0, 1, 2, 3]), min_size=1, max_size=4),
)
steps = st.lists(
    frames
    | st.tuples(st.just("show"), st.sampled_from([0, 1, None]))
    | st.tuples(st.just("release"))
    | st.tuples(st.just("wait"), st.integers(1, 90)),
    min_size=1,
    max_size=60,
)


def played(script: list[tuple]) -> Stage:  # type: ignore[type-arg]
    stage = Stage()
    for step in script:
        if step[0] == "frame":
            stage.play(step[1], keyframe=step[2], packets=step[3], fate=step[4])
        elif step[0] == "show":
            stage.show(step[1])
        elif step[0] == "wait":
            stage.now += step[1] / 10
        else:
            stage.release()
    return stage


@settings(max_examples=200)
@given(script=steps)
def test_M11_no_number_is_given_to_two_packets(script: list[tuple]) -> None:  # type: ignore[type-arg]
    sent = played(script).viewer.media()
    by_number: dict[int, bytes] = {}
    for packet in sent:
        # Less than 65,536 packets were sent, so a number that returns would be the same number.
        assert packet.seq not in by_number
        by_number[packet.seq] = packet.data


@settings(max_examples=200)
@given(script=steps)
def test_M12_time_and_pictures_only_move_on(script: list[tuple]) -> None:  # type: ignore[type-arg]
    sent = played(script).viewer.media()
    in_order = sorted(sent, key=lambda packet: seq_diff(packet.seq, sent[0].seq))
    for before, after in pairwise(in_order):
        moved = timestamp_diff(after.timestamp, before.timestamp)
        assert moved >= 0
        pictures = (parse_vp8(after.payload).picture_id - parse_vp8(before.payload).picture_id) & 0x7FFF
        layers = (parse_vp8(after.payload).tl0 - parse_vp8(before.payload).tl0) & 0xFF
        assert (pictures == 0) == (moved == 0)
        assert pictures < 100
        assert layers == pictures & 0xFF


@settings(max_examples=100)
@given(
    script=st.lists(
        st.tuples(st.integers(0, 1), st.booleans(), st.integers(1, 3), st.booleans()),
        min_size=1,
        max_size=40,
    )
)
def test_M13_without_loss_the_only_holes_are_at_cut_frames(script: list[tuple[int, bool, int, bool]]) -> None:
    """Both cameras play all the time; a switch may fall into the middle of a frame."""
    stage = Stage()
    stage.show(0)
    for camera, keyframe, packets, cut in script:
        frame = stage.cameras[0].frame(keyframe=keyframe, packets=packets)
        other = stage.cameras[1].frame(keyframe=keyframe, packets=packets)
        for n in range(packets):
            if n == (packets - 1 if cut else 0):
                stage.show(camera)
            stage.router.receive_rtp(stage.publishers[0].encodings[0], frame[n], stage.now)
            stage.router.receive_rtp(stage.publishers[1].encodings[0], other[n], stage.now)
        stage.now += 1 / 30
    sent = stage.viewer.media()
    for before, after in pairwise(sent):
        hole = seq_diff(after.seq, before.seq) - 1
        assert hole == (0 if before.marker or after.timestamp == before.timestamp else 1)
        if after.timestamp != before.timestamp:
            assert parse_vp8(after.payload).starts_frame


def test_M14_a_switch_begins_with_a_key_frame() -> None:
    stage = Stage()
    stage.show(0)
    stage.play(0, keyframe=True, packets=2, fate=[0])
    stage.show(1)
    stage.play(0, keyframe=False, packets=2, fate=[0])
    stage.play(1, keyframe=False, packets=2, fate=[0])
    assert len(stage.viewer.got) == 2
    stage.play(1, keyframe=True, packets=2, fate=[0])
    sent = stage.viewer.media()
    assert len(sent) == 4
    assert parse_vp8(sent[2].payload).keyframe


def test_time_goes_on_while_nothing_is_sent() -> None:
    stage = Stage()
    stage.show(0)
    stage.play(0, keyframe=True, packets=1, fate=[0])
    stage.show(None)
    stage.now += 10.0
    stage.show(1)
    stage.play(1, keyframe=True, packets=1, fate=[0])
    first, second = stage.viewer.media()
    assert abs(timestamp_diff(second.timestamp, first.timestamp) - 10.03 * 90_000) < 900


def test_the_first_number_is_in_the_lower_half() -> None:
    rewriter = Rewriter(90_000)
    rewriter.start(media_of(Camera().frame()[0], 0x1_FFF0), 0, 1.0)
    assert (0x1_FFF0 + rewriter.segment.seq_delta) & 0xFFFF == 0x7FF0


def test_short_picture_ids_go_on_past_their_wrap() -> None:
    """A source that counts pictures in seven bits looks like one that counts in fifteen."""
    stage = Stage()
    stage.show(0)
    for n in range(300):
        (packet,) = stage.cameras[0].frame(keyframe=n == 0, packets=1)
        at = bounds(packet)[0] + 2
        packet = packet[:at] + bytes((n & 0x7F,)) + packet[at + 2 :]
        stage.router.receive_rtp(stage.publishers[0].encodings[0], packet, stage.now)
    sent = stage.viewer.media()
    assert [parse_vp8(packet.payload).picture_id for packet in sent] == list(range(300))
