"""The last packets of one source: tells duplicates, answers NACKs, starts late comers."""

from __future__ import annotations

from hub.media.sfu.media import Media


class History:
    """A ring by endless sequence number; a packet is gone when the one ``capacity`` later has come."""

    __slots__ = ("_kept", "_mask", "capacity")

    def __init__(self, capacity: int) -> None:
        if capacity & (capacity - 1):
            raise ValueError("the capacity must be a power of two")
        self.capacity = capacity
        self._mask = capacity - 1
        self._kept: list[Media | None] = [None] * capacity

    def keep(self, media: Media) -> None:
        self._kept[media.seq & self._mask] = media

    def get(self, seq: int) -> Media | None:
        media = self._kept[seq & self._mask]
        return media if media is not None and media.seq == seq else None

    def between(self, first: int, last: int) -> list[Media]:
        """What is kept of ``first`` to ``last``, both included, in order."""
        found = [self.get(seq) for seq in range(max(first, last - self._mask), last + 1)]
        return [media for media in found if media is not None]

    def clear(self) -> None:
        self._kept = [None] * self.capacity
