"""What transport fulfils for the fan-out: where the media of a connection leaves, and how its RTCP does."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from hub.media.accel.reference import Address

__all__ = ["Address", "Cipher", "Connection", "Output"]


class Cipher(Protocol):
    """The sending half of a connection's SRTP; ``pylibsrtp.Session`` as it is."""

    def protect(self, packet: bytes) -> bytes: ...


class Output(NamedTuple):
    """Where the media of one connection leaves: made by transport when DTLS stands, and again when ICE moves.

    ``sendto`` is the bound method of a non-blocking socket; a connection over TCP puts its own function
    there and ignores the address. It may raise OSError, nothing else: the packet then counts as lost.
    """

    cipher: Cipher
    sendto: Callable[[bytes, Address], object]
    address: Address


class Connection(Protocol):
    """One peer connection as the router sees it; a key of dictionaries, so it must keep object's ``==``."""

    def send_rtcp(self, packet: bytes) -> None:
        """Protects and sends one compound packet; never raises. Called by whoever carries out a wish."""
        ...
