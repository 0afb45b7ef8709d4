"""The SRTP of one connection: both libsrtp sessions that the DTLS handshake left behind."""

from __future__ import annotations

from dataclasses import dataclass

import pylibsrtp
from aiortc import RTCDtlsTransport

from hub.media.accel.opening import unprotect


@dataclass(frozen=True, slots=True)
class Srtp:
    """``incoming`` opens what the client sends, ``outgoing`` closes what it gets. One thread only."""

    incoming: pylibsrtp.Session
    outgoing: pylibsrtp.Session

    @classmethod
    def of(cls, transport: RTCDtlsTransport) -> Srtp:
        """aiortc keeps them to itself; a canary test notices when it renames them."""
        return cls(transport._rx_srtp, transport._tx_srtp)

    def open_rtp_untrusted(self, datagram: bytes) -> bytes | None:
        """The packet, or None: forged, repeated, too old, too long."""
        return unprotect(self.incoming, datagram)

    def open_rtcp_untrusted(self, datagram: bytes) -> bytes | None:
        try:
            return self.incoming.unprotect_rtcp(datagram)
        except (pylibsrtp.Error, ValueError):
            return None

    def close_rtcp(self, packet: bytes) -> bytes | None:
        """The protected packet; None when it cannot be (longer than a datagram)."""
        try:
            return self.outgoing.protect_rtcp(packet)
        except (pylibsrtp.Error, ValueError):
            return None
