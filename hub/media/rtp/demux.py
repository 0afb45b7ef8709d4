"""What a datagram on the one port is, told by its first byte (RFC 7983) and its second (RFC 5761).

RFC 7983, 7: 0..3 STUN, 20..63 DTLS, 128..191 RTP or RTCP; the rest (ZRTP, TURN) is not ours. A datagram has
at least one byte here: sockets pass over empty ones.
"""

from __future__ import annotations


def is_stun(datagram: bytes) -> bool:
    return datagram[0] <= 3


def is_dtls(datagram: bytes) -> bool:
    return 20 <= datagram[0] <= 63


def is_media(datagram: bytes) -> bool:
    """SRTP or SRTCP."""
    return datagram[0] >> 6 == 2


def is_rtcp(packet: bytes) -> bool:
    """Of media, with its whole header.

    RFC 5761, 4: packet types 192..223 are RTCP, so RTP payload types 64..95 are never given out here.
    """
    return 192 <= packet[1] <= 223
