"""A source whose offer names its largest encoding first is served as any other."""

from __future__ import annotations

from hub.media.rtp import rtcp
from hub.media.rtp.feedback import Pli
from hub.media.sfu.router import Router
from tests.hub.media.sfu.test_sink import Recorder
from tests.support.packets import Viewer, video_slot, video_spec
from tests.support.simulcast import Piece, three_sizes


class Turned:
    """A camera that offered its largest encoding first, a recorder, and a viewer with one slot."""

    def __init__(self) -> None:
        self.router = Router(wall_offset_s=0.0, cname="hub")
        self.viewer, self.recorder = Viewer(), Recorder()
        self.now = 20.0
        self.publisher = self.router.add_publisher(Viewer(), video_spec(rids=("f", "h", "q")), self.now)
        self.sent = list(zip(self.publisher.encodings, reversed(three_sizes()), strict=True))
        self.router.attach_sink(self.publisher, self.recorder)
        self.slot = self.router.add_subscriber(self.viewer, video_slot())
        self.router.set_output(self.viewer, self.viewer.output, self.now)
        self.router.assign(self.slot, self.publisher, self.now)

    def film(self, seconds: float) -> None:
        end = self.now + seconds
        while self.now < end:
            wishes = self.router.poll(self.now)
            reports = [report for wish in wishes for report in rtcp.parse(wish.packet)]
            asked = {report.media_ssrc for report in reports if isinstance(report, Pli)}
            for encoding, size in self.sent:
                for data in size.frame(keyframe=size.ssrc in asked, size=100 * 4**size.index):
                    self.router.receive_rtp(encoding, data, self.now)
            self.now += 1 / 30

    def shown(self) -> int:
        """0 for the smallest, 2 for the largest."""
        return Piece.of(self.viewer.media_of(7000)[-1]).encoding


def test_M32_encodings_are_what_their_key_frames_say_in_whichever_order_they_were_offered() -> None:
    camera = Turned()
    camera.film(2.0)
    for width, shown in ((300, 0), (1920, 2), (600, 1), (100, 0)):
        camera.router.view(camera.slot, width, 0, camera.now)
        camera.film(2.0)
        assert camera.shown() == shown
    assert camera.recorder.pieces()[-1].encoding == 2
    assert camera.publisher.wanted(camera.now) == (True, False, True)
    assert [encoding.rid for encoding in camera.publisher.encodings] == ["q", "h", "f"]
