"""The fan-out table of one source: who is running, who waits, and the rows of those who run."""

from __future__ import annotations

from math import inf

from hub.media.accel.chooser import prepare
from hub.media.accel.rows import Row, Send
from hub.media.rtp.extensions import ExtensionIds, abs_send_time
from hub.media.rtp.packet import MARKER
from hub.media.sfu.dress import Dress, extension_block
from hub.media.sfu.media import Media
from hub.media.sfu.subscriber import Subscriber


class Fanout:
    """Python thinks here once per incoming packet and group; ``fan_out`` acts once per outgoing packet.

    Invariant: everyone running has got every packet in order up to ``newest`` since its segment began, so
    where a subscriber stands is where the source stands plus its deltas.
    """

    __slots__ = (
        "_blocks",
        "_dresses",
        "_groups",
        "_newest_at",
        "_octets",
        "_packets",
        "_picture_id",
        "_send",
        "_since",
        "_tl0",
        "failed",
        "newest",
        "running",
        "waiting",
    )

    def __init__(self) -> None:
        self.running: list[Subscriber] = []
        self.waiting: list[Subscriber] = []
        self.newest: Media | None = None
        self.failed = 0
        self._newest_at = 0.0
        self._picture_id = self._tl0 = -1
        self._packets = self._octets = 0
        self._since: dict[Subscriber, tuple[int, int]] = {}  # the counts when it began to run
        # Rows in groups of equal dress; dresses name their extension block by its place.
        self._groups: dict[Dress, list[Subscriber]] = {}
        self._blocks: list[tuple[ExtensionIds, bytes]] = []
        self._dresses: list[tuple[Dress, int]] = []
        self._send: Send = prepare([])

    def forward(self, media: Media, now: float) -> None:
        """One admitted packet to everyone running."""
        late = self.newest is not None and media.seq < self.newest.seq
        if not late:
            self._advance(media, now)
        self._packets += 1
        self._octets += media.end - media.start
        stamp = abs_send_time(now)
        extensions = [extension_block(ids, mid, media, stamp) for ids, mid in self._blocks]
        dressed = [dress.put_on(media, extensions[n]) for dress, n in self._dresses]
        send = self._send if not late else prepare(self._rows(media.seq))
        self.failed += send(media.seq, media.timestamp, dressed)

    def _advance(self, media: Media, now: float) -> None:
        self.newest, self._newest_at = media, now
        if media.vp8 is not None:
            if media.vp8.picture_id >= 0:
                self._picture_id = media.vp8.picture_id
            if media.vp8.tl0 >= 0:
                self._tl0 = media.vp8.tl0

    def start(self, burst: list[Media], now: float) -> list[Subscriber]:
        """Everyone who waits and can be reached begins with ``burst[0]`` and gets all of it; says who.

        The last of ``burst`` is the newest packet, already forwarded to those who ran before.
        """
        ready = [subscriber for subscriber in self.waiting if subscriber.output is not None]
        if not ready:
            return []
        for media in burst:
            if self.newest is None or media.seq >= self.newest.seq:
                self._advance(media, now)
        ahead = (burst[-1].timestamp - burst[0].timestamp) & 0xFFFF_FFFF
        for subscriber in ready:
            subscriber.rewriter.start(burst[0], ahead, now)
            # RFC 3551, 4.1: the first packet of a talkspurt is marked, so the jitter buffer may settle anew.
            first = burst[0]._replace(marker=MARKER) if subscriber.spec.kind == "audio" else burst[0]
            for media in (first, *burst[1:]):
                subscriber.send(media, now)
            subscriber.running = True
            self._since[subscriber] = (self._packets, self._octets)
        self.waiting = [subscriber for subscriber in self.waiting if subscriber.output is None]
        self.running += ready
        self.rebuild()
        return ready

    def stop(self, leaving: list[Subscriber]) -> None:
        """These get nothing more; their rewriters remember where they stand. They no longer wait either."""
        for subscriber in leaving:
            if subscriber.running and self.newest is not None:
                cut = subscriber.spec.kind == "video" and not self.newest.marker
                rewriter = subscriber.rewriter
                rewriter.stop(self.newest, self._picture_id, self._tl0, cut=cut, at=self._newest_at)
                subscriber.packets, subscriber.octets = self.sent_to(subscriber)
                del self._since[subscriber]
                subscriber.running = False
        gone = set(leaving)
        self.waiting = [subscriber for subscriber in self.waiting if subscriber not in gone]
        if not gone.isdisjoint(self.running):
            self.running = [subscriber for subscriber in self.running if subscriber not in gone]
            self.rebuild()

    def restart(self) -> None:
        """The source began anew: everyone waits for its next beginning, and nothing old counts."""
        running = self.running
        self.stop(running)
        self.waiting += running
        self.newest = None
        self._picture_id = self._tl0 = -1

    def sent_to(self, subscriber: Subscriber) -> tuple[int, int]:
        """(packets, octets) for its sender report: what it got before, plus what the source sent since."""
        packets, octets = self._since.get(subscriber, (self._packets, self._octets))
        return (
            subscriber.packets + self._packets - packets,
            subscriber.octets + self._octets - octets,
        )

    def rebuild(self) -> None:
        """The rows anew, after anyone came, went or moved."""
        self._groups = {}
        for subscriber in self.running:
            self._groups.setdefault(subscriber.dress(), []).append(subscriber)
        self._blocks = list({(dress.extensions, dress.mid): None for dress in self._groups})
        self._dresses = [(dress, self._blocks.index((dress.extensions, dress.mid))) for dress in self._groups]
        self._send = prepare(self._rows(inf))

    def _rows(self, seq: float) -> list[list[Row]]:
        """The rows of everyone whose segment holds ``seq``: what is older than a switch belongs to pictures
        that this subscriber was never shown."""
        return [
            [
                subscriber.row(subscriber.output)
                for subscriber in members
                if subscriber.output is not None and seq >= subscriber.rewriter.first_in
            ]
            for members in self._groups.values()
        ]
