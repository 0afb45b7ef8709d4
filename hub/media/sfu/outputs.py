"""What transport fulfils for the router: where the media of a connection leaves, and how its RTCP does."""

from __future__ import annotations

from typing import Protocol

from hub.media.accel.rows import Address, Cipher, Output

__all__ = ["Address", "Cipher", "Connection", "Output"]


class Connection(Protocol):
    """One peer connection as the router sees it; a key of dictionaries, so it must keep object's ``==``."""

    def send_rtcp(self, packet: bytes) -> None:
        """Protects and sends one compound packet; never raises. Called by whoever carries out a wish."""
        ...
