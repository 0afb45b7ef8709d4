"""How a packet looks to one group of subscribers: payload type, extensions, VP8 numbers."""

from __future__ import annotations

from typing import NamedTuple

from hub.media.rtp.extensions import ExtensionIds, build
from hub.media.rtp.packet import EXTENSION_BIT, VERSION_BITS
from hub.media.rtp.payload import renumber_vp8
from hub.media.sfu.media import Media


class Dress(NamedTuple):
    """Subscribers that are equal in this share all bytes behind the SSRC: made once, sent many times."""

    payload_type: int
    extensions: ExtensionIds
    mid: bytes
    picture_delta: int
    tl0_delta: int

    def put_on(self, media: Media, stamp: bytes, before: bytes = b"") -> tuple[int, bytes]:
        """(first half word of the header, everything behind the SSRC). Padding and CSRCs stay behind.

        ``before`` goes between extensions and payload: the original number of a retransmission.
        """
        extension = self._extension(media, stamp)
        first = VERSION_BITS | (EXTENSION_BIT if extension else 0)
        return (first << 8) | media.marker | self.payload_type, extension + before + self._payload(media)

    def _payload(self, media: Media) -> bytes:
        payload = media.packet[media.start : media.end]
        vp8 = media.vp8
        # Ids of seven bits always leave as fifteen: the publisher has counted them on past their wrap.
        if vp8 is not None and (self.picture_delta or self.tl0_delta or vp8.picture_bits == 7):
            return renumber_vp8(payload, vp8, self.picture_delta, self.tl0_delta)
        return payload

    def _extension(self, media: Media, stamp: bytes) -> bytes:
        """What this client agreed to, under its own numbers; the send time is ours, not the publisher's."""
        ids = self.extensions
        values: list[tuple[int, bytes]] = []
        if ids.abs_send_time:
            values.append((ids.abs_send_time, stamp))
        if ids.audio_level and media.level >= 0:
            values.append((ids.audio_level, bytes((media.level,))))
        if ids.video_orientation and media.orientation >= 0:
            values.append((ids.video_orientation, bytes((media.orientation,))))
        if ids.mid and self.mid:
            values.append((ids.mid, self.mid))
        return build(values)
