"""The last packets of one encoding or lane: tells duplicates, answers NACKs, starts late comers."""

from __future__ import annotations

from hub.media.sfu.media import Media

# "The cached packets since the last key frame, if they are few": more would reach the viewer as a burst
# and a delay.
MAX_BURST_PACKETS = 100
MAX_BURST_S = 1.0


class History:
    """A ring by endless sequence number; a packet is gone when the one ``capacity`` later has come."""

    __slots__ = ("_kept", "_mask", "capacity", "keyframe", "newest")

    def __init__(self, capacity: int) -> None:
        if capacity & (capacity - 1):
            raise ValueError("the capacity must be a power of two")
        self.capacity = capacity
        self._mask = capacity - 1
        self._kept: list[Media | None] = [None] * capacity
        self.newest = -1
        self.keyframe = -1  # where the newest key frame begins; -1: none yet

    def keep(self, media: Media) -> None:
        seq = media.seq
        self._kept[seq & self._mask] = media
        if seq > self.newest:
            self.newest = seq
        if media.starts_keyframe:
            self._begin(media)

    def _begin(self, media: Media) -> None:
        """A later key frame, or an earlier packet of this one (H.264: its parameters go before it)."""
        present = self.get(self.keyframe) if self.keyframe >= 0 else None
        if present is not None and present.timestamp == media.timestamp:
            self.keyframe = min(self.keyframe, media.seq)
        else:
            self.keyframe = max(self.keyframe, media.seq)

    def get(self, seq: int) -> Media | None:
        media = self._kept[seq & self._mask]
        return media if media is not None and media.seq == seq else None

    def between(self, first: int, last: int) -> list[Media]:
        """What is kept of ``first`` to ``last``, both included, in order."""
        found = [self.get(seq) for seq in range(max(first, last - self._mask), last + 1)]
        return [media for media in found if media is not None]

    def since_keyframe(self, now: float, within_s: float = MAX_BURST_S) -> list[Media]:
        """The key frame's beginning and all that came since, if few and fresh; else nothing."""
        first = self.get(self.keyframe) if self.keyframe >= 0 else None
        if first is None or self.newest - first.seq >= MAX_BURST_PACKETS or now - first.arrival > within_s:
            return []
        return self.between(first.seq, self.newest)

    def clear(self) -> None:
        self._kept = [None] * self.capacity
        self.newest = self.keyframe = -1
