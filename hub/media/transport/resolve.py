"""Which source of a publish connection a packet is of (RFC 9143, 9.2): by SSRC, by mid, by payload type."""

from __future__ import annotations

from dataclasses import dataclass

from hub.media.rtp import extensions
from hub.media.rtp.errors import BadPacket
from hub.media.rtp.packet import HEADER_BYTES
from hub.media.sfu.publisher import Publisher

SSRCS_MAX = 32  # one connection sends two or three; more is a client that does not know what it does


@dataclass(frozen=True, slots=True)
class Expected:
    """One sending m-line and how its packets are told from those of the others."""

    mid: str
    publisher: Publisher
    payload_type: int
    repair_payload_type: int | None
    mid_extension: int
    ssrcs: frozenset[int]


class Resolver:
    """Remembers the m-line of every SSRC it has met. ``known`` is looked into on the packet path."""

    def __init__(self) -> None:
        self.known: dict[bytes, Publisher] = {}
        self._expected: dict[str, Expected] = {}

    def expect(self, media: Expected) -> None:
        self.forget(media.mid)
        self._expected[media.mid] = media

    def forget(self, mid: str) -> None:
        gone = self._expected.pop(mid, None)
        if gone is not None:
            self.known = {ssrc: one for ssrc, one in self.known.items() if one is not gone.publisher}

    def meet(self, packet: bytes) -> Expected | None:
        """The m-line of a packet whose SSRC is new; None when nothing says which."""
        if len(packet) < HEADER_BYTES or len(self.known) >= SSRCS_MAX:
            return None
        found = self._by_ssrc(packet) or self._by_mid(packet) or self._by_payload_type(packet)
        if found is not None:
            self.known[packet[8:12]] = found.publisher
        return found

    def _by_ssrc(self, packet: bytes) -> Expected | None:
        ssrc = int.from_bytes(packet[8:12], "big")
        return next((one for one in self._expected.values() if ssrc in one.ssrcs), None)

    def _by_mid(self, packet: bytes) -> Expected | None:
        try:
            for one in self._expected.values():
                if one.mid_extension and extensions.find(packet, one.mid_extension) == one.mid.encode():
                    return one
        except BadPacket:
            return None
        return None

    def _by_payload_type(self, packet: bytes) -> Expected | None:
        payload_type = packet[1] & 0x7F
        fits = [
            one
            for one in self._expected.values()
            if payload_type in (one.payload_type, one.repair_payload_type)
        ]
        return fits[0] if len(fits) == 1 else None
