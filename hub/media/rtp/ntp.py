"""NTP timestamps as RTCP carries them (RFC 3550, 4)."""

from __future__ import annotations

# Seconds from 1900-01-01 to 1970-01-01 (RFC 5905, A.4).
NTP_EPOCH_S = 2_208_988_800


def to_ntp(wall_s: float) -> int:
    """UTC seconds since 1970 as 32.32 fixed point; wraps in 2036 as the protocol does."""
    return round((wall_s + NTP_EPOCH_S) * 0x1_0000_0000) & 0xFFFF_FFFF_FFFF_FFFF


def from_ntp(ntp: int) -> float:
    """UTC seconds since 1970; a clock that was never set gives a negative number, which is as good as any."""
    return ntp / 0x1_0000_0000 - NTP_EPOCH_S


def middle_bits(ntp: int) -> int:
    """The 32 bits that a report block repeats as LSR (RFC 3550, 6.4.1)."""
    return (ntp >> 16) & 0xFFFF_FFFF


def to_short(seconds: float) -> int:
    """A duration as DLSR gives it: units of 1/65536 s."""
    return min(max(round(seconds * 65536), 0), 0xFFFF_FFFF)
