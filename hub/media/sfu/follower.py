"""Whoever is given a source, a slot or a sink: where it runs, what it waits for, how its numbers go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hub.media.sfu.media import Media
from hub.media.sfu.rewriter import Rewriter

if TYPE_CHECKING:  # these point up to what holds it
    from hub.media.sfu.lane import Lane
    from hub.media.sfu.publisher import Publisher


class Sent(NamedTuple):
    """What has gone out; octets are those of payloads, as sender reports count them."""

    packets: int
    octets: int

    def plus(self, other: Sent) -> Sent:
        return Sent(self.packets + other.packets, self.octets + other.octets)

    def minus(self, other: Sent) -> Sent:
        return Sent(self.packets - other.packets, self.octets - other.octets)


class Follower:
    """``lane`` is where it runs, ``target`` where it waits to begin; a switch has both, a pause neither."""

    __slots__ = ("lane", "publisher", "rewriter", "sent_before", "target")

    def __init__(self, rewriter: Rewriter) -> None:
        self.publisher: Publisher | None = None
        self.lane: Lane | None = None
        self.target: Lane | None = None
        self.rewriter = rewriter
        self.sent_before = Sent(0, 0)  # in segments past, less what the lane had sent when it came there

    @property
    def running(self) -> bool:
        """It gets every packet of its lane; else it waits, or nobody looks."""
        return self.lane is not None

    @property
    def reachable(self) -> bool:
        """There is somewhere to send to."""
        return True

    def show(self, publisher: Publisher | None) -> None:
        """Another source; it runs nowhere just now."""
        self.publisher = publisher

    def send(self, media: Media, now: float) -> None:
        """One packet to this one alone."""
        raise NotImplementedError

    def sent(self) -> Sent:
        return self.sent_before if self.lane is None else self.sent_before.plus(self.lane.sent)

    # --- called by the lane ---------------------------------------------------------------------------------

    def enter(self, lane: Lane) -> None:
        self.lane = lane
        self.sent_before = self.sent_before.minus(lane.sent)

    def leave(self, lane: Lane) -> None:
        self.lane = None
        self.sent_before = self.sent_before.plus(lane.sent)
