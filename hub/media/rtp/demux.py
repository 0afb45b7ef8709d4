"""What a datagram on the one port is, told by its first byte (RFC 7983) and its second (RFC 5761)."""

from __future__ import annotations

from enum import Enum


class Kind(Enum):
    STUN = "stun"
    DTLS = "dtls"
    RTP = "rtp"
    RTCP = "rtcp"
    UNKNOWN = "unknown"


def kind_of(datagram: bytes) -> Kind:
    """RFC 7983, 7: 0..3 STUN, 20..63 DTLS, 128..191 RTP or RTCP; the rest (ZRTP, TURN) is not ours."""
    if len(datagram) < 2:
        return Kind.UNKNOWN
    first = datagram[0]
    if first >> 6 == 2:
        return Kind.RTCP if is_rtcp(datagram) else Kind.RTP
    if first <= 3:
        return Kind.STUN
    if 20 <= first <= 63:
        return Kind.DTLS
    return Kind.UNKNOWN


def is_rtcp(datagram: bytes) -> bool:
    """RFC 5761, 4: packet types 192..223 are RTCP, so RTP payload types 64..95 are never given out here."""
    return 192 <= datagram[1] <= 223
