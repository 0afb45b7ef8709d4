"""The director of a session, without a network: sources are named, and who speaks is said by hand."""

from __future__ import annotations

from typing import cast

from hub.domain.session import Source
from hub.live.connections import Connection, Published
from hub.live.directing import Director
from hub.live.orders import Orders
from hub.media.sfu.router import Router
from hub.media.transport.peer import Peer
from signaling.negotiation import Direction
from tests.support.packets import Viewer, video_slot, video_spec


class Hall:
    """A viewer with one slot for cameras and one for content."""

    def __init__(self) -> None:
        self.router = Router(wall_offset_s=0.0, cname="hub")
        self.sources: dict[str, Published] = {}
        self.director = Director(self.router, self.sources)
        peer = Viewer()
        self.viewer = Connection(
            resource="sub-1",
            session_id="s-1",
            venue="kaifeng",
            owner="kaifeng/p-1",
            direction=Direction.SUBSCRIBE,
            number=1,
            fingerprints=(),
            peer=cast(Peer, peer),
            content="1",
        )
        for mid, ssrc in (("0", 7000), ("1", 7100)):
            self.viewer.subscribers[mid] = self.router.add_subscriber(peer, video_slot(ssrc))
            self.viewer.showing[mid] = None

    def send(self, venue: str, name: str = "camera") -> None:
        source_id = f"{venue}-{name}"
        source = Source(source_id=source_id, venue=venue, name=name, kind="video", codec="vp8")
        publisher = self.router.add_publisher(Viewer(), video_spec(source_id), 0.0)
        self.sources[source_id] = Published(source, publisher, heard=True)
        self.director.direct(self.viewer, 0.0)

    def speak(self, venue: str, from_s: int, to_s: int) -> None:
        for tick in range(from_s * 5, to_s * 5):
            self.director.turns.note({venue}, tick / 5)
            self.director.listen([self.viewer], tick / 5)


def test_M35_who_presents_and_speaks_is_seen_beside_its_content() -> None:
    hall = Hall()
    for venue in ("zhengzhou", "luoyang"):
        hall.send(venue)
    hall.director.orders = Orders(presenter="luoyang")
    hall.send("luoyang", "content")
    assert hall.viewer.showing == {"0": "zhengzhou-camera", "1": "luoyang-content"}
    hall.speak("luoyang", 10, 13)
    assert hall.viewer.showing == {"0": "luoyang-camera", "1": "luoyang-content"}
