"""The fan-out table of one lane: the rows of those who run there, in groups of equal dress."""

from __future__ import annotations

from collections.abc import Sequence

from hub.media.accel.chooser import flush, prepare
from hub.media.accel.rows import Row, Send
from hub.media.rtp.extensions import ExtensionIds, abs_send_time
from hub.media.sfu.dress import Dress, extension_block
from hub.media.sfu.follower import Follower
from hub.media.sfu.media import Media
from hub.media.sfu.subscriber import Subscriber


class Fanout:
    """Python thinks here once per packet and group; the prepared ``Send`` acts once per outgoing packet."""

    __slots__ = ("_blocks", "_dresses", "_groups", "_others", "_send", "_youngest", "failed")

    def __init__(self) -> None:
        self.failed = 0
        # Rows in groups of equal dress; dresses name their extension block by its place.
        self._groups: dict[Dress, list[Subscriber]] = {}
        self._blocks: list[ExtensionIds] = []
        self._dresses: list[tuple[Dress, int]] = []
        self._others: list[Follower] = []
        self._send: Send = prepare([])
        self._youngest = 0  # where the last of all segments began

    def forward(self, media: Media, now: float) -> None:
        """One packet to everyone whose segment holds it: what is older than a switch belongs to pictures
        that this subscriber was never shown."""
        if self._dresses:
            stamp = abs_send_time(now)
            extensions = [extension_block(ids, media, stamp) for ids in self._blocks]
            dressed = [dress.put_on(media, extensions[n]) for dress, n in self._dresses]
            send = self._send if media.seq >= self._youngest else prepare(self._rows(media.seq))
            self.failed += send(media.seq, media.timestamp, dressed)
        for follower in self._others:
            if media.seq >= follower.rewriter.segment.first_in:
                follower.send(media, now)

    def rebuild(self, running: Sequence[Follower]) -> None:
        """The rows anew, after anyone came, went or moved."""
        self.failed += flush()  # what the old rows still hold leaves before what the new ones send
        self._groups = {}
        self._others = []
        for follower in running:
            if isinstance(follower, Subscriber):
                self._groups.setdefault(follower.dress(), []).append(follower)
            else:
                self._others.append(follower)
        self._youngest = max([follower.rewriter.segment.first_in for follower in running], default=0)
        self._blocks = list({dress.extensions: None for dress in self._groups})
        self._dresses = [(dress, self._blocks.index(dress.extensions)) for dress in self._groups]
        self._send = prepare(self._rows(self._youngest))

    def _rows(self, seq: int) -> list[list[Row]]:
        return [
            [
                subscriber.row(subscriber.output)
                for subscriber in members
                if subscriber.output is not None and seq >= subscriber.rewriter.segment.first_in
            ]
            for members in self._groups.values()
        ]
