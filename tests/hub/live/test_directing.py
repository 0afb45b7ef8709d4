"""The director of a session, without a network: sources are named, and who speaks is said by hand."""

from __future__ import annotations

from typing import cast

import pytest

from hub.domain.picture import MainPicture, Why
from hub.domain.session import Source
from hub.live.connections import Connection, Published
from hub.live.directing import THUMBNAIL_WIDTH, Director
from hub.live.orders import Orders
from hub.live.slots import View
from hub.media.sfu.router import Router
from hub.media.transport.peer import Peer
from signaling.media_vocabulary import SlotView
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


def test_V2_while_a_picture_is_forced_no_other_is_large_whatever_the_page_asks_for() -> None:
    hall = Hall()
    for venue in ("zhengzhou", "luoyang"):
        hall.send(venue)
    hall.director.orders = Orders(chair="office", forced="luoyang")
    hall.director.wish(hall.viewer, [SlotView(mid="0", venue="zhengzhou", width=1280)])
    hall.director.direct(hall.viewer, 1.0)
    assert hall.viewer.looks["0"][0] == THUMBNAIL_WIDTH
    hall.director.wish(hall.viewer, [SlotView(mid="0", venue="luoyang", width=1280)])
    hall.director.direct(hall.viewer, 2.0)
    assert hall.viewer.looks["0"][0] == 1280


@pytest.mark.parametrize("forced", [None, "luoyang", "kaifeng"])
@pytest.mark.parametrize("chair", ["office", "kaifeng"])
def test_V2_the_chair_and_the_one_who_is_shown_look_at_whom_they_like(forced: str | None, chair: str) -> None:
    hall = Hall()
    hall.send("zhengzhou")
    hall.director.orders = Orders(chair=chair, forced=forced)
    hall.director.wish(hall.viewer, [SlotView(mid="0", venue="zhengzhou", width=1280)])
    hall.director.direct(hall.viewer, 1.0)
    is_held = forced == "luoyang" and chair != "kaifeng"
    assert hall.viewer.looks["0"][0] == (THUMBNAIL_WIDTH if is_held else 1280)


def guest_in(hall: Hall, **orders: object) -> None:
    """The viewer is a guest: kaifeng. Its second slot is one more for cameras, if anybody gave it any."""
    hall.viewer.guided, hall.viewer.content = True, None
    for venue in ("zhengzhou", "luoyang"):
        hall.send(venue)
    hall.send("luoyang", "content")
    hall.director.orders = Orders(
        presenter="luoyang",
        present=frozenset({"kaifeng", "zhengzhou", "luoyang"}),
        guests={"kaifeng": MainPicture("zhengzhou", Why.CHAIR, forced=False)},
        **orders,  # type: ignore[arg-type]
    )
    hall.director.direct(hall.viewer, 1.0)


def test_U5_a_guest_sees_the_one_picture_the_hub_chooses_whatever_it_asks_for() -> None:
    hall = Hall()
    guest_in(hall)
    assert hall.viewer.showing == {"0": "zhengzhou-camera", "1": None}
    wishes = [SlotView(mid="0", venue="luoyang", width=1920), SlotView(mid="1", venue="luoyang", width=1920)]
    hall.director.wish(hall.viewer, wishes)
    hall.director.direct(hall.viewer, 2.0)
    hall.speak("luoyang", 10, 13)
    assert hall.viewer.showing == {"0": "zhengzhou-camera", "1": None}


def test_U5_with_voice_switching_it_sees_who_speaks_until_somebody_else_does() -> None:
    hall = Hall()
    guest_in(hall, voice=True)
    hall.speak("luoyang", 10, 13)
    assert hall.viewer.showing == {"0": "luoyang-camera", "1": None}
    hall.speak("zhengzhou", 13, 16)
    assert hall.viewer.showing["0"] == "zhengzhou-camera"
    hall.speak("kaifeng", 19, 22)
    assert hall.viewer.showing["0"] == "zhengzhou-camera", "nobody sees itself"


def test_V2_a_viewer_that_has_said_nothing_sees_who_is_forced() -> None:
    hall = Hall()
    for venue in ("zhengzhou", "luoyang"):
        hall.send(venue)
    assert hall.viewer.showing["0"] == "zhengzhou-camera"
    hall.director.orders = Orders(forced="luoyang")
    hall.director.direct(hall.viewer, 1.0)
    assert hall.viewer.showing["0"] == "luoyang-camera"
    hall.viewer.view = View(without="luoyang")
    hall.director.direct(hall.viewer, 2.0)
    assert hall.viewer.showing["0"] == "zhengzhou-camera", "nobody is shown itself"


def test_V2_M28_on_a_narrow_line_the_forced_picture_stays_longest() -> None:
    hall = Hall()
    hall.viewer.content = None
    for venue in ("zhengzhou", "luoyang"):
        hall.send(venue)
    hall.speak("zhengzhou", 1, 4)
    hall.director.wish(
        hall.viewer,
        [SlotView(mid="0", venue="zhengzhou", width=320), SlotView(mid="1", venue="luoyang", width=320)],
    )
    hall.director.direct(hall.viewer, 5.0)
    assert [hall.viewer.looks[mid][1] for mid in ("0", "1")] == [0, 1]
    hall.director.orders = Orders(forced="luoyang")
    hall.director.direct(hall.viewer, 6.0)
    assert [hall.viewer.looks[mid][1] for mid in ("0", "1")] == [1, 0]
