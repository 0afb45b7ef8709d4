"""An encoding without its upper layers in time: which packets stay, and under which numbers. Pure."""

from __future__ import annotations

from typing import NamedTuple

from hub.media.sfu.media import Media


class Left(NamedTuple):
    """How many packets and pictures have been left out up to some place."""

    packets: int
    pictures: int


class Thinning:
    """Numbers and picture ids go on without a hole where pictures are left out.

    Chromium waits for every picture id it has not seen, so these are counted down as well. What is
    *missing* keeps its place: it may be one that stays, and come yet. If it turns out to be one that was to
    be left out, or never comes, a hole remains, which viewers read as a loss.
    """

    __slots__ = ("_at", "_dropped_picture", "_first", "_left", "_mask", "_newest", "limit")

    def __init__(self, limit: int, capacity: int) -> None:
        """``limit``: the highest layer that stays. ``capacity``: how late a packet may be, a power of two."""
        self.limit = limit
        self._mask = capacity - 1
        self._left = Left(0, 0)
        self._at = [self._left] * capacity  # what had been left out before each of the last packets
        self._first = self._newest = -1
        self._dropped_picture = -1

    def place(self, media: Media) -> tuple[int, int]:
        """(number, picture id) that the newest packet has here, or would have if it stayed."""
        return media.seq - self._left.packets, self._picture(media, self._left)

    def take(self, media: Media) -> Media | None:
        """The packet as this lane has it; None when it is left out, or older than the lane."""
        seq = media.seq
        if self._newest < 0:
            self._first, self._newest = seq, seq - 1
        if seq > self._newest:
            self._advance(media)
        elif seq < self._first or seq <= self._newest - len(self._at):
            return None
        vp8 = media.vp8
        if vp8 is not None and vp8.temporal > self.limit:
            return None
        left = self._at[seq & self._mask]
        return media._replace(seq=seq - left.packets, picture_id=self._picture(media, left))

    def _advance(self, media: Media) -> None:
        seq, left, at, mask = media.seq, self._left, self._at, self._mask
        for number in range(max(self._newest + 1, seq - mask), seq + 1):
            at[number & mask] = left
        self._newest = seq
        vp8 = media.vp8
        if vp8 is not None and vp8.temporal > self.limit:
            is_next = media.picture_id < 0 or media.picture_id != self._dropped_picture
            self._dropped_picture = media.picture_id
            self._left = Left(left.packets + 1, left.pictures + is_next)

    @staticmethod
    def _picture(media: Media, left: Left) -> int:
        return (media.picture_id - left.pictures) & 0x7FFF if media.picture_id >= 0 else -1
