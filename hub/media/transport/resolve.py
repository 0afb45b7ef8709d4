"""Which encoding a packet is of: by SSRC, mid or payload type (RFC 9143, 9.2), then by rid (RFC 8852)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from hub.media.rtp.errors import BadPacket
from hub.media.rtp.extensions import find
from hub.media.rtp.packet import HEADER_BYTES
from hub.media.sfu.encoding import Encoding
from hub.media.sfu.publisher import Publisher


@dataclass(frozen=True, slots=True)
class Expected:
    """One sending m-line. ``ssrcs``: what its offer named, also those of retransmissions."""

    mid: str
    publisher: Publisher
    ssrcs: frozenset[int]


class Met(NamedTuple):
    """Whose a new SSRC is; ``is_media``: it carries the source itself, not retransmissions of it."""

    mid: str
    encoding: Encoding
    is_media: bool


class Resolver:
    """Remembers whose every SSRC is. ``known`` is looked into on the packet path.

    An encoding has one SSRC for itself and one for retransmissions at a time. A new one takes the place of
    the former: what is known stays as small as what was agreed, whatever a client sends.
    """

    def __init__(self) -> None:
        self.known: dict[bytes, Encoding] = {}
        self._expected: dict[str, Expected] = {}
        self._present: dict[tuple[Encoding, bool], bytes] = {}

    def expect(self, media: Expected) -> None:
        self.forget(media.mid)
        self._expected[media.mid] = media

    def forget(self, mid: str) -> None:
        gone = self._expected.pop(mid, None)
        for encoding in gone.publisher.encodings if gone is not None else ():
            for is_media in (True, False):
                self._drop(encoding, is_media)

    def meet(self, packet: bytes) -> Met | None:
        """Whose a packet is that comes with a new SSRC; None when nothing says so."""
        if len(packet) < HEADER_BYTES:
            return None
        try:
            met = self._find(packet)
        except BadPacket:
            return None
        if met is not None:
            self._drop(met.encoding, met.is_media)
            ssrc = packet[8:12]
            self.known[ssrc] = met.encoding
            self._present[met.encoding, met.is_media] = ssrc
        return met

    def _drop(self, encoding: Encoding, is_media: bool) -> None:
        ssrc = self._present.pop((encoding, is_media), None)
        if ssrc is not None:
            self.known.pop(ssrc, None)

    def _find(self, packet: bytes) -> Met | None:
        media = self._by_ssrc(packet) or self._by_mid(packet) or self._by_payload_type(packet)
        if media is None:
            return None
        spec = media.publisher.spec
        payload_type = packet[1] & 0x7F
        if payload_type not in (spec.payload_type, spec.rtx_payload_type):
            return None
        is_media = payload_type == spec.payload_type
        encoding = _encoding_of(packet, media.publisher, is_media)
        return Met(media.mid, encoding, is_media) if encoding is not None else None

    def _by_ssrc(self, packet: bytes) -> Expected | None:
        ssrc = int.from_bytes(packet[8:12], "big")
        return next((one for one in self._expected.values() if ssrc in one.ssrcs), None)

    def _by_mid(self, packet: bytes) -> Expected | None:
        for one in self._expected.values():
            number = one.publisher.spec.extensions.mid
            if number and find(packet, number) == one.mid.encode():
                return one
        return None

    def _by_payload_type(self, packet: bytes) -> Expected | None:
        payload_type = packet[1] & 0x7F
        specs = [(one, one.publisher.spec) for one in self._expected.values()]
        fits = [one for one, spec in specs if payload_type in (spec.payload_type, spec.rtx_payload_type)]
        return fits[0] if len(fits) == 1 else None


def _encoding_of(packet: bytes, publisher: Publisher, is_media: bool) -> Encoding | None:
    """RFC 8852, 3: a retransmission names the encoding it repairs. Senders do so until they are heard."""
    if not publisher.spec.rids:
        return publisher.encodings[0]
    ids = publisher.spec.extensions
    rid = find(packet, ids.rid if is_media else ids.repaired_rid)
    return next((one for one in publisher.encodings if one.rid.encode() == rid), None)
