"""How a packet looks to one group of subscribers: payload type, extensions, VP8 numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from hub.media.rtp.extensions import ExtensionIds, build, first_value_at
from hub.media.rtp.packet import EXTENSION_BIT, VERSION_BITS
from hub.media.rtp.payload import renumber_vp8
from hub.media.sfu.media import Media


def extension_block(ids: ExtensionIds, media: Media, stamp: bytes) -> bytes:
    """What this client agreed to, under its own numbers; the send time is ours, not the publisher's."""
    before, behind = _around_stamp(ids, media.level, media.orientation)
    return before + stamp + behind if ids.abs_send_time else before


@lru_cache(maxsize=16_384)
def _around_stamp(ids: ExtensionIds, level: int, orientation: int) -> tuple[bytes, bytes]:
    """The block before and behind the send time, which alone is new in every packet."""
    values: list[tuple[int, bytes]] = []
    if ids.abs_send_time:
        values.append((ids.abs_send_time, bytes(3)))
    if ids.audio_level and level >= 0:
        values.append((ids.audio_level, bytes((level,))))
    if ids.video_orientation and orientation >= 0:
        values.append((ids.video_orientation, bytes((orientation,))))
    block = build(values)
    if not ids.abs_send_time:
        return block, b""
    at = first_value_at(block)
    return block[:at], block[at + 3 :]


class Dress(NamedTuple):
    """Subscribers that are equal in this share all bytes behind the SSRC: made once, sent many times."""

    payload_type: int
    extensions: ExtensionIds
    picture_delta: int
    tl0_delta: int

    def put_on(self, media: Media, extension: bytes, before: bytes = b"") -> tuple[int, bytes]:
        """(first half word of the header, everything behind the SSRC). Padding and CSRCs stay behind.

        ``before`` goes between extensions and payload: the original number of a retransmission.
        """
        first = VERSION_BITS | (EXTENSION_BIT if extension else 0)
        start, vp8 = media.start, media.vp8
        if vp8 is not None:
            picture_delta = media.picture_id + self.picture_delta - vp8.picture_id
            # Ids of seven bits always leave as fifteen: they count on past their wrap.
            if picture_delta or self.tl0_delta or vp8.picture_bits == 7:
                descriptor = media.packet[start : start + vp8.size]
                start += vp8.size
                before += renumber_vp8(descriptor, vp8, picture_delta, self.tl0_delta)
        return (first << 8) | media.marker | self.payload_type, extension + before + media.packet[
            start : media.end
        ]
