"""Numbers that wrap: comparing them (RFC 1982) and laying them out on an endless line."""

from __future__ import annotations


def seq_diff(later: int, earlier: int) -> int:
    """Signed distance between two 16-bit sequence numbers, -32768..32767 (RFC 1982, 3.2)."""
    return ((later - earlier + 0x8000) & 0xFFFF) - 0x8000


def timestamp_diff(later: int, earlier: int) -> int:
    """Signed distance between two 32-bit RTP timestamps."""
    return ((later - earlier + 0x8000_0000) & 0xFFFF_FFFF) - 0x8000_0000


def unwrap_seq(number: int, near: int) -> int:
    """The endless number that has ``number`` as its low 16 bits and lies nearest to ``near``."""
    return near + seq_diff(number, near & 0xFFFF)


def unwrap_timestamp(timestamp: int, near: int) -> int:
    """The endless media time that has ``timestamp`` as its low 32 bits and lies nearest to ``near``."""
    return near + timestamp_diff(timestamp, near & 0xFFFF_FFFF)
