"""Datagrams on a stream (RFC 4571, as RFC 6544, 3 wants it): two bytes of length before each."""

from __future__ import annotations

FRAME_MAX = 2048  # as long as what is read from UDP


def frame(datagram: bytes) -> bytes:
    return len(datagram).to_bytes(2, "big") + datagram


def split_untrusted(data: bytes) -> tuple[list[bytes], bytes] | None:
    """The whole frames ``data`` begins with, and what follows them; None once a frame is too long."""
    frames: list[bytes] = []
    at = 0
    while at + 2 <= len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if end - at - 2 > FRAME_MAX:
            return None
        if end > len(data):
            break
        if end > at + 2:  # an empty frame says nothing
            frames.append(data[at + 2 : end])
        at = end
    return frames, data[at:]
