"""Hostile peers: whatever arrives, the router's doors never raise and never repeat a number."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.media.rtp.feedback import build_nack, build_pli
from hub.media.rtp.rtcp import SenderReport, build_sender_report
from hub.media.sfu.router import Router
from tests.support.packets import Camera, Microphone, Viewer, audio_slot, audio_spec, video_slot, video_spec

SEEDS = [
    *Camera().frames(6),
    *[Microphone(seq=n).packet() for n in range(5)],
    build_sender_report(SenderReport(1111, 1 << 40, 5, 6, 7)),
    build_nack(1, 7000, range(100, 140)) + build_pli(1, 7000),
]


@st.composite
def hostile(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 3))):
        data[draw(st.integers(0, min(len(data), 40) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: len(data) - draw(st.sampled_from([0, 0, 0, 1, 30]))])


@settings(max_examples=150)
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 3), hostile() | st.binary(max_size=60), st.floats(0, 0.3)), max_size=60
    )
)
def test_M19_nothing_escapes_and_no_number_returns(steps: list[tuple[int, bytes, float]]) -> None:
    router, viewer, publish = Router(wall_offset_s=1.7e9, cname="hub"), Viewer(), Viewer()
    camera = router.add_publisher(publish, video_spec(), 0.0)
    microphone = router.add_publisher(publish, audio_spec(), 0.0)
    router.set_output(viewer, viewer.output, 0.0)
    router.assign(router.add_subscriber(viewer, video_slot()), camera, 0.0)
    router.assign(router.add_subscriber(viewer, audio_slot()), microphone, 0.0)
    now = 1.0
    for door, data, wait in steps:
        now += wait
        if door == 0:
            router.receive_rtp(camera.encodings[0], data, now)
        elif door == 1:
            router.receive_rtp(microphone.encodings[0], data, now)
        elif door == 2:
            router.receive_publisher_rtcp(publish, data, now)
        else:
            router.receive_subscriber_rtcp(viewer, data, now)
        if router.deadline <= now:
            for wish in router.poll(now):
                wish.connection.send_rtcp(wish.packet)
    numbers = [(sent.ssrc, sent.seq) for sent in viewer.media()]
    assert len(numbers) == len(set(numbers))
    router.levels(now)
    router.stretches(now)
