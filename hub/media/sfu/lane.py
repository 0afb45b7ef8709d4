"""One encoding as a set of followers gets it: who runs here, who waits, and how far the lane has come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hub.media.accel.chooser import flush
from hub.media.rtp.packet import MARKER
from hub.media.sfu.fanout import Fanout
from hub.media.sfu.follower import Follower, Sent
from hub.media.sfu.history import History
from hub.media.sfu.media import Media
from hub.media.sfu.rates import EVERYTHING
from hub.media.sfu.thinning import Thinning

if TYPE_CHECKING:  # these point up to what holds it
    from hub.media.sfu.encoding import Encoding, Rung


class Lane:
    """
    Invariant: everyone running has got every packet in order up to ``newest`` since its segment began, so
    where a follower stands is where the lane stands plus its deltas.
    """

    __slots__ = (
        "_newest_at",
        "_octets",
        "_packets",
        "_picture_id",
        "_tl0",
        "encoding",
        "fanout",
        "history",
        "limit",
        "newest",
        "running",
        "thinning",
        "used_at",
        "waiting",
    )

    def __init__(self, encoding: Encoding, limit: int = EVERYTHING) -> None:
        """``limit``: the highest layer in time that stays."""
        self.encoding = encoding
        self.limit = limit
        self.history: History = encoding.history
        self.thinning: Thinning | None = None
        if limit < EVERYTHING:
            self.history = History(encoding.history.capacity)
            self.thinning = Thinning(limit, encoding.history.capacity)
        self.used_at = 0.0  # when somebody was last here, looked at now and then
        self.fanout = Fanout()
        self.running: list[Follower] = []
        self.waiting: list[Follower] = []  # to begin here; some run in another lane until then
        self.newest: Media | None = None
        self._newest_at = 0.0
        self._picture_id = self._tl0 = -1
        self._packets = self._octets = 0

    @property
    def sent(self) -> Sent:
        """What has gone to each of those who run here."""
        return Sent(self._packets, self._octets)

    def rung(self, now: float) -> Rung:
        return self.encoding.rung(self.limit, now)

    def receive(self, media: Media, now: float) -> None:
        """One admitted packet of the encoding, if it stays."""
        if self.thinning is not None:
            thin = self.thinning.take(media)
            if thin is None:
                return
            media = thin
            self.history.keep(media)
        if self.running:
            self._forward(media, now)

    def _forward(self, media: Media, now: float) -> None:
        if self.newest is None or media.seq >= self.newest.seq:
            self._advance(media, now)
        self._packets += 1
        self._octets += media.end - media.start
        self.fanout.forward(media, now)

    def _advance(self, media: Media, now: float) -> None:
        self.newest, self._newest_at = media, now
        if media.vp8 is not None:
            if media.picture_id >= 0:
                self._picture_id = media.picture_id
            if media.vp8.tl0 >= 0:
                self._tl0 = media.vp8.tl0

    # --- who comes and goes ---------------------------------------------------------------------------------

    def begin(self, now: float, media: Media | None = None) -> list[Follower]:
        """Those who wait, can be reached and find a place to begin at; says who they are. That place is
        ``media``, just forwarded, if it is the newest packet of a sound; of a picture its key frame."""
        waiting = [one for one in self.waiting if one.reachable and not self._kin(one)]
        if not waiting:
            return []
        if self.encoding.spec.kind == "audio":
            burst = [media] if media is not None and media.seq == self.history.newest else []
        else:
            burst = self.history.since_keyframe(now)
        # Who runs elsewhere until now begins with a key frame that has just come: time cannot go back, so
        # with an older one all that follows would be late by its age.
        ready = [one for one in waiting if burst and (not one.running or burst[0].arrival >= now)]
        if ready:
            self._start(ready, burst, now)
        return ready

    def lacks_keyframe(self, now: float) -> bool:
        """Somebody waits here for a beginning that may not come by itself."""
        return any(
            one.reachable and not (self._kin(one) and self._comes_by_itself(one, now)) for one in self.waiting
        )

    def _comes_by_itself(self, follower: Follower, now: float) -> bool:
        """Fewer pictures of what it gets already can be had at once, more of them where the layers say so."""
        before = follower.lane
        return before is not None and (before.limit > self.limit or self.encoding.is_layered(now))

    def _kin(self, follower: Follower) -> bool:
        """It gets this encoding already and needs no key frame to take it up here."""
        return follower.lane is not None and follower.lane.encoding is self.encoding

    def _start(self, ready: list[Follower], burst: list[Media], now: float) -> None:
        """They begin with ``burst[0]`` and get all of it; its last has gone to those who ran before."""
        self.fanout.failed += flush()
        for media in burst:
            if self.newest is None or media.seq >= self.newest.seq:
                self._advance(media, now)
        ahead = (burst[-1].timestamp - burst[0].timestamp) & 0xFFFF_FFFF
        moved = {
            follower: self.encoding.clock_behind(follower.lane.encoding)
            for follower in ready
            if follower.lane is not None
        }
        stop(moved)
        # RFC 3551, 4.1: the first packet of a talkspurt is marked, so the jitter buffer may settle anew.
        first = burst[0]._replace(marker=MARKER) if self.encoding.spec.kind == "audio" else burst[0]
        for follower in ready:
            follower.rewriter.start(burst[0], ahead, now, moved.get(follower))
            for media in (first, *burst[1:]):
                follower.send(media, now)
            follower.target = None
            follower.enter(self)
        self.waiting = [follower for follower in self.waiting if follower.target is self]
        self.running += ready
        self.rebuild()

    def stop(self, leaving: Iterable[Follower]) -> None:
        """These, who run here, get nothing more; their rewriters remember where they stand."""
        gone = set(leaving)
        newest = self.newest
        if newest is None or not gone:
            return
        cut = self.encoding.spec.kind == "video" and not newest.marker
        for follower in gone:
            follower.rewriter.stop(newest, self._picture_id, self._tl0, cut=cut, at=self._newest_at)
            follower.leave(self)
        self.running = [follower for follower in self.running if follower not in gone]
        self.rebuild()

    def take_over(self, media: Media) -> None:
        """Those who run in another lane of this encoding come here where ``media``, the newest packet, allows
        it: no key frame is needed for more or fewer pictures of the same."""
        changed: set[Lane] = set()
        for follower in list(self.waiting):
            before = follower.lane
            if before is None or before.encoding is not self.encoding:
                continue
            lane = self._next_after(before, media)
            if lane is None:
                continue
            number, picture = before.place(media)
            here, here_picture = lane.place(media)
            before.running.remove(follower)
            follower.leave(before)
            follower.rewriter.shift(here, number - here, picture - here_picture)
            follower.enter(lane)
            lane.running.append(follower)
            changed |= {before, lane}
            if lane is self:
                settle(follower)
        for one in changed:
            one.rebuild()

    def _next_after(self, before: Lane, media: Media) -> Lane | None:
        """The lane that a follower from ``before`` may go to at this packet: this one, one on the way, none.

        Down at any picture that stays here. Up one layer at a time, at a picture of that layer that depends
        on the base alone (RFC 7741, 4.2: Y), or at a key frame, which depends on nothing.
        """
        vp8 = media.vp8
        if vp8 is None or not vp8.starts_frame:
            return None
        if before.limit > self.limit:
            return self if vp8.temporal <= self.limit else None
        if vp8.keyframe:
            return self
        step = before.limit + 1
        if not vp8.sync or vp8.temporal != step:
            return None
        return self if step >= min(self.limit, self.encoding.layers) else self.encoding.lane_of(step)

    def place(self, media: Media) -> tuple[int, int]:
        """(number, picture id) that the newest packet of the encoding has here."""
        return self.thinning.place(media) if self.thinning is not None else (media.seq, media.picture_id)

    def restart(self) -> None:
        """The encoding began anew: everyone waits for its next beginning, and nothing old counts."""
        if self.thinning is not None:
            self.thinning = Thinning(self.limit, self.history.capacity)
            self.history.clear()
        running = self.running
        self.stop(running)
        for follower in running:
            if follower.target is None:
                wait(follower, self)
        self.newest = None
        self._picture_id = self._tl0 = -1

    def rebuild(self) -> None:
        self.fanout.rebuild(self.running)


def wait(follower: Follower, lane: Lane) -> None:
    """It is to begin in ``lane`` as soon as it can, and stays where it runs until then."""
    settle(follower)
    follower.target = lane
    lane.waiting.append(follower)


def settle(follower: Follower) -> None:
    """It no longer waits for anything."""
    if follower.target is not None:
        follower.target.waiting.remove(follower)
        follower.target = None


def stop(followers: Iterable[Follower]) -> None:
    """These get nothing more from where they run; what they wait for they still wait for."""
    leaving: dict[Lane, list[Follower]] = {}
    for follower in followers:
        if follower.lane is not None:
            leaving.setdefault(follower.lane, []).append(follower)
    for lane, some in leaving.items():
        lane.stop(some)
