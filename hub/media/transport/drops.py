"""What is dropped at the media port: counted by kind and never logged, for a flood would fill the disk."""

from __future__ import annotations

from enum import StrEnum

from hub.metrics import MEDIA_DROPPED


class Drop(StrEnum):
    """Why something went no further."""

    STRANGER = "stranger"  # from an address that nobody has authenticated, or a check for nobody here
    CHECK = "check"  # a check that names a connection and is not authentic
    KIND = "kind"  # first byte of nothing that we speak
    FLOOD = "flood"  # more than one connection, or one host, may send
    EARLY = "early"  # media before there are keys, or after the end
    FORGED = "forged"  # SRTP that does not open: not authentic, repeated, too old
    UNEXPECTED = "unexpected"  # authentic, but of a stream that was not agreed
    HANDSHAKE = "handshake"  # more DTLS than anybody reads
    FRAME = "frame"  # TCP that is not framed as RFC 4571 says, or says nothing
    FULL = "full"  # to a TCP connection that takes no more
    UNSENT = "unsent"  # by UDP, but the system did not take it


_COUNTERS = {drop: MEDIA_DROPPED.labels(drop) for drop in Drop}


def count(drop: Drop, packets: int = 1) -> None:
    _COUNTERS[drop].inc(packets)


def counted(drop: Drop) -> float:
    """How many there have been; for tests and for whoever looks after the hub."""
    return float(_COUNTERS[drop]._value.get())
