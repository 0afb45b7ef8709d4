"""What slots show: how large, in which codec, whether anybody looks, and nothing of whoever is muted."""

from __future__ import annotations

from hub.media.rtp import extensions, packet, rtcp
from hub.media.rtp.extensions import ExtensionIds
from hub.media.rtp.feedback import Pli, build_remb
from hub.media.rtp.rtcp import ReceiverReport, ReportBlock
from hub.media.sfu.figures import Totals
from hub.media.sfu.router import Router
from hub.media.sfu.subscriber import SlotCodec, SubscriberSpec
from tests.hub.media.sfu.test_sink import Recorder
from tests.support.packets import (
    OUT_IDS,
    OUT_VIDEO_PT,
    VIDEO_PT,
    Camera,
    Microphone,
    Viewer,
    audio_slot,
    audio_spec,
    video_slot,
    video_spec,
)
from tests.support.simulcast import LayeredEncoding, Piece, three_sizes
from tests.support.transport_cc import parse as parse_transport_cc

H264_PT, OUT_H264_PT = 102, 103


class Room:
    """A camera in three sizes that answers key frame requests, and a viewer with one slot."""

    def __init__(self) -> None:
        self.router = Router(wall_offset_s=0.0, cname="hub")
        self.camera, self.viewer = Viewer(), Viewer()
        self.sizes: list[LayeredEncoding] = three_sizes()
        self.now = 20.0
        self.publisher = self.router.add_publisher(self.camera, video_spec(rids=("q", "h", "f")), self.now)
        self.slot = self.router.add_subscriber(self.viewer, video_slot())
        self.router.set_output(self.viewer, self.viewer.output, self.now)
        self.router.assign(self.slot, self.publisher, self.now)

    def film(self, seconds: float, *, only: int = 3) -> None:
        """``only``: how many of the sizes are sent."""
        end = self.now + seconds
        while self.now < end:
            wishes = self.router.poll(self.now)
            reports = [report for wish in wishes for report in rtcp.parse(wish.packet)]
            asked = {report.media_ssrc for report in reports if isinstance(report, Pli)}
            for encoding, size in list(zip(self.publisher.encodings, self.sizes, strict=True))[:only]:
                for data in size.frame(keyframe=size.ssrc in asked, size=100 * 4**size.index):
                    self.router.receive_rtp(encoding, data, self.now)
            self.now += 1 / 30

    def shown(self) -> int:
        """The width of the last picture begun."""
        self.film(0.2)
        return self.sizes[Piece.of(self.viewer.media_of(7000)[-1]).encoding].width


def test_a_tile_gets_the_size_that_it_can_show() -> None:
    room = Room()
    room.film(1.0)
    for width, shown in ((300, 320), (600, 640), (1920, 1280), (640, 640), (100, 320)):
        room.router.view(room.slot, width, 0, room.now)
        room.film(2.0)
        assert room.shown() == shown


def test_what_could_not_be_sent_stays_counted_when_its_lane_goes() -> None:
    room = Room()
    room.film(1.0)
    room.publisher.encodings[0].lane_of(0).fanout.failed += 7
    room.film(8.0)
    assert len(room.publisher.encodings[0].lanes) == 1
    assert room.router.totals().failed == 7


def test_what_nobody_looks_at_is_paused_and_back_at_once() -> None:
    room = Room()
    room.film(2.0)
    room.router.view(room.slot, 0, 0, room.now)
    before = len(room.viewer.got)
    assert room.publisher.wanted(room.now) == (True, False, False)
    room.film(1.0)
    assert (len(room.viewer.got), room.slot.running, room.slot.starved) == (before, False, False)
    room.router.view(room.slot, 1280, 0, room.now)
    room.film(0.5)
    assert room.shown() == 1280


def test_a_line_without_room_is_starved_of_pictures_never_of_sound() -> None:
    room = Room()
    microphone, voice = Microphone(), Viewer()
    source = room.router.add_publisher(voice, audio_spec(), room.now)
    room.router.assign(room.router.add_subscriber(room.viewer, audio_slot()), source, room.now)
    room.film(3.0)
    room.router.receive_subscriber_rtcp(room.viewer, build_remb(1, 5_000, [7000]), room.now)
    room.film(0.5)
    assert room.slot.starved
    before = len(room.viewer.media_of(7000)), len(room.viewer.media_of(8000))
    room.router.receive_rtp(source.encodings[0], microphone.packet(), room.now)
    room.film(0.5)
    assert (len(room.viewer.media_of(7000)), len(room.viewer.media_of(8000))) == (before[0], before[1] + 1)


def test_under_pressure_everybody_gets_less() -> None:
    room = Room()
    room.router.view(room.slot, 1920, 0, room.now)
    room.film(3.0)
    assert room.shown() == 1280
    room.router.pressure = 2
    room.film(3.0)
    assert room.shown() == 640
    rung = room.slot.rung_now(room.now)
    assert rung is not None
    assert rung.temporal < 2


def test_an_encoding_that_is_switched_off_comes_back_when_it_is_wanted() -> None:
    room = Room()
    room.router.view(room.slot, 300, 0, room.now)
    room.film(3.0)
    room.publisher.set_active((True, False, False), room.now)
    room.film(5.0, only=1)
    assert [rung.width for rung in room.publisher.rungs(room.now)][-1] == 1280
    room.router.view(room.slot, 1280, 0, room.now)
    room.router.poll(room.now)
    assert room.publisher.wanted(room.now) == (True, False, True)


def test_an_encoding_that_is_off_is_not_asked_while_a_still_picture_is() -> None:
    """Asking for one key frame brings one in every encoding, so a deaf one must not be asked for ever."""
    room = Room()
    room.film(1.0)
    room.film(2.0, only=2)
    room.router.request_keyframe(room.publisher, room.now)
    assert [one.off(room.now) for one in room.publisher.encodings] == [False, False, True]
    assert _asked(room) == {11, 22}
    room.now += 10.0  # now none of them comes
    room.router.request_keyframe(room.publisher, room.now)
    assert _asked(room) == {11, 22, 33}


def _asked(room: Room) -> set[int]:
    reports = [report for wish in room.router.poll(room.now) for report in rtcp.parse(wish.packet)]
    return {report.media_ssrc for report in reports if isinstance(report, Pli)}


# --- mute -------------------------------------------------------------------------------------------------


def test_M26_a_muted_source_is_heard_by_nobody_and_comes_back_without_a_break() -> None:
    router, viewer, microphone, recorder = (
        Router(wall_offset_s=0.0, cname="hub"),
        Viewer(),
        Microphone(),
        Recorder(),
    )
    source = router.add_publisher(Viewer(), audio_spec(), 1.0)
    router.set_output(viewer, viewer.output, 1.0)
    router.assign(router.add_subscriber(viewer, audio_slot()), source, 1.0)
    router.attach_sink(source, recorder)
    now = 1.0
    for muted in (False, True, False):
        router.mute(source, muted, now)
        for _ in range(30):
            router.receive_rtp(source.encodings[0], microphone.packet(level=20), now)
            now += 0.02
        assert bool(router.levels(now)) is not muted
        assert bool(router.speaking(now)) is not muted
        assert len(viewer.got) == len(recorder.packets) == (30 if now < 2.5 else 60)
    heard = viewer.media()
    assert [one.seq for one in heard] == list(range(heard[0].seq, heard[0].seq + 60))
    assert [one.marker for one in heard] == [True] + [False] * 29 + [True] + [False] * 29
    assert 0.5 < (heard[30].timestamp - heard[29].timestamp) / 48_000 < 0.7
    assert router.totals() == Totals(
        muted=30, received=60, received_octets=router.totals().received_octets, sent=60, sent_octets=360
    )


def test_M26_what_was_being_said_ends_where_the_microphone_was_shut() -> None:
    router, microphone = Router(wall_offset_s=0.0, cname="hub"), Microphone()
    source = router.add_publisher(Viewer(), audio_spec(), 1.0)
    for n in range(50):
        router.receive_rtp(source.encodings[0], microphone.packet(level=20), 1.0 + n / 50)
    router.mute(source, True, 2.0)
    (stretch,) = router.stretches(2.0)
    assert (stretch.from_s, round(stretch.to_s, 2)) == (1.02, 1.98)
    assert router.levels(2.0) == {}


# --- codecs -------------------------------------------------------------------------------------------------


def h264_picture(number: int, *, keyframe: bool) -> list[bytes]:
    units = (
        [b"\x67\x42\xc0\x1f", b"\x68\xce", b"\x65\x88" + bytes(50)] if keyframe else [b"\x41\x9a" + bytes(50)]
    )
    return [
        packet.build(
            payload_type=H264_PT,
            sequence_number=10 * number + n,
            timestamp=3000 * number,
            ssrc=5555,
            payload=unit,
            marker=n == len(units) - 1,
        )
        for n, unit in enumerate(units)
    ]


def test_a_slot_takes_the_codec_of_its_source() -> None:
    router, viewer, camera = Router(wall_offset_s=0.0, cname="hub"), Viewer(), Camera()
    spec = SubscriberSpec(
        kind="video",
        codecs={"vp8": SlotCodec(OUT_VIDEO_PT), "h264": SlotCodec(OUT_H264_PT)},
        ssrc=7000,
        clock_rate=90_000,
        extensions=OUT_IDS,
    )
    slot = router.add_subscriber(viewer, spec)
    router.set_output(viewer, viewer.output, 1.0)
    vp8 = router.add_publisher(Viewer(), video_spec("one"), 1.0)
    h264 = router.add_publisher(Viewer(), video_spec("two", codec="h264", payload_type=H264_PT), 1.0)
    router.assign(slot, vp8, 1.0)
    for data in camera.frame(keyframe=True):
        router.receive_rtp(vp8.encodings[0], data, 1.0)
    router.assign(slot, h264, 1.1)
    for number, keyframe in ((1, False), (2, True), (3, False)):
        for data in h264_picture(number, keyframe=keyframe):
            router.receive_rtp(h264.encodings[0], data, 1.1 + number / 30)
    sent = viewer.media()
    assert [one.payload_type for one in sent] == [OUT_VIDEO_PT] * 2 + [OUT_H264_PT] * 4
    assert [one.seq - sent[0].seq for one in sent[:5]] == [0, 1, 2, 3, 4]
    assert [one.payload[0] & 0x1F for one in sent[2:]] == [7, 8, 5, 1]


def test_a_late_comer_gets_an_h264_key_frame_from_its_parameters_on() -> None:
    router, viewer = Router(wall_offset_s=0.0, cname="hub"), Viewer()
    h264 = router.add_publisher(Viewer(), video_spec(codec="h264", payload_type=H264_PT), 1.0)
    for number, keyframe in ((1, True), (2, False)):
        for data in h264_picture(number, keyframe=keyframe):
            router.receive_rtp(h264.encodings[0], data, 1.0)
    spec = SubscriberSpec(
        kind="video",
        codecs={"h264": SlotCodec(OUT_H264_PT)},
        ssrc=7000,
        clock_rate=90_000,
        extensions=OUT_IDS,
    )
    router.set_output(viewer, viewer.output, 1.1)
    router.assign(router.add_subscriber(viewer, spec), h264, 1.1)
    assert [one.payload[0] & 0x1F for one in viewer.media()] == [7, 8, 5, 1]


# --- doors and figures --------------------------------------------------------------------------------------


def test_two_senders_in_one_line_do_not_make_the_picture_begin_anew_for_ever() -> None:
    router, viewer = Router(wall_offset_s=0.0, cname="hub"), Viewer()
    publisher = router.add_publisher(Viewer(), video_spec(), 1.0)
    router.set_output(viewer, viewer.output, 1.0)
    router.assign(router.add_subscriber(viewer, video_slot()), publisher, 1.0)
    one, other = Camera(ssrc=1), Camera(ssrc=2, seq=9)
    for n in range(20):
        for data in (*one.frame(keyframe=n == 0), *other.frame(keyframe=n == 0)):
            router.receive_rtp(publisher.encodings[0], data, 1.0 + n / 30)
    assert publisher.encodings[0].ssrc == 2  # the second came as new, the first may not come back
    assert len(viewer.got) == 2 + 40
    assert router.totals().dropped == 38
    for data in one.frame(keyframe=True):
        router.receive_rtp(publisher.encodings[0], data, 10.0)
    assert publisher.encodings[0].ssrc == 1


def test_every_packet_is_told_to_the_publisher_even_of_streams_nobody_knows() -> None:
    router, publish = Router(wall_offset_s=0.0, cname="hub"), Viewer()
    ids = ExtensionIds(transport_cc=5)
    publisher = router.add_publisher(publish, video_spec(extensions=ids), 1.0)

    def numbered(number: int, **changes: int) -> bytes:
        block = extensions.build([(5, number.to_bytes(2, "big"))])
        values = {"payload_type": VIDEO_PT, "sequence_number": number, "timestamp": 0, "ssrc": 1} | changes
        return packet.build(payload=b"\x10\x00", extension=block, **values)  # type: ignore[arg-type]

    router.receive_rtp(publisher.encodings[0], numbered(1), 1.0)
    router.receive_rtp(publisher.encodings[0], numbered(2, payload_type=99), 1.01)
    router.note_transport(publish, numbered(3, ssrc=77), 1.02)
    router.note_transport(publish, b"\x90", 1.02)
    router.note_transport(Viewer(), numbered(4), 1.02)
    assert router.deadline <= 1.3
    told = [found for wish in router.poll(1.3) if (found := _told(wish.packet)) is not None]
    assert told == [[1, 2, 3]]


def _told(compound: bytes) -> list[int] | None:
    at = 0
    while at < len(compound):
        end = at + 4 + 4 * int.from_bytes(compound[at + 2 : at + 4], "big")
        if compound[at + 1] == 205 and compound[at] & 0x1F == 15:
            found = parse_transport_cc(compound[at:end])
            return [found.base + n for n, arrival in enumerate(found.arrivals) if arrival is not None]
        at = end
    return None


def test_figures_of_sources_and_slots() -> None:
    room = Room()
    room.film(2.0)
    block = ReportBlock(7000, 128, 5, 100, 900, 0, 0)
    report = rtcp.build_receiver_report(ReceiverReport(1, (block,)))
    room.router.receive_subscriber_rtcp(room.viewer, report, room.now)
    overview = room.router.overview(room.now)
    (source,), (slot,) = overview.sources, overview.slots
    assert (source.source_id, source.kind, source.connection) == ("camera", "video", room.camera)
    assert [(one.rid, one.alive, one.width, one.height) for one in source.encodings] == [
        ("q", True, 320, 180),
        ("h", True, 640, 360),
        ("f", True, 1280, 720),
    ]
    assert source.encodings[0].bps < source.encodings[1].bps < source.encodings[2].bps
    assert (slot.source_id, slot.loss, slot.jitter_ms) == ("camera", 0.5, 10.0)
    assert slot.rung is not None
    assert slot.rung.width == 640


def test_what_is_counted_is_not_forgotten_with_whom_it_was_counted_for() -> None:
    room = Room()
    room.film(1.0)
    room.router.receive_rtp(room.publisher.encodings[0], b"\x80", room.now)
    before = room.router.totals()
    assert before.bad == 1
    assert before.sent > 0
    room.router.remove_connection(room.camera, room.now)
    room.router.remove_connection(room.viewer, room.now)
    assert room.router.totals() == before
