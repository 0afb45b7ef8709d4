"""One admitted packet, taken apart once for everybody who will get it."""

from __future__ import annotations

from typing import NamedTuple

from hub.media.rtp.payload import Vp8


class Media(NamedTuple):
    """``seq`` is endless (unwrapped), ``timestamp`` as sent; ``level``, ``orientation``: -1 when absent.

    ``picture_id`` is VP8's as it counts on (-1: none): in a source that counts in seven bits, and in a lane
    that leaves pictures out, it is not the one in the packet.
    """

    seq: int
    timestamp: int
    marker: int  # 0 or 0x80, as it stands in the header
    packet: bytes
    start: int  # of the payload in the packet
    end: int
    vp8: Vp8 | None
    picture_id: int
    starts_keyframe: bool
    level: int
    orientation: int
    arrival: float

    @property
    def payload(self) -> bytes:
        return self.packet[self.start : self.end]
