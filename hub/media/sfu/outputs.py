"""Who receives the packets of one source: the rows of the fan-out, and what transport fulfils for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

Address = tuple[str, int] | tuple[str, int, int, int]


class Cipher(Protocol):
    """The sending half of a connection's SRTP; ``pylibsrtp.Session`` as it is."""

    def protect(self, packet: bytes) -> bytes: ...


class Output(NamedTuple):
    """Where the media of one connection leaves: made by transport when DTLS stands, and again when ICE moves.

    ``sendto`` is the bound method of a non-blocking socket; a connection over TCP puts its own function there and
    ignores the address. It may raise OSError, nothing else: the packet then counts as lost on the way.
    """

    cipher: Cipher
    sendto: Callable[[bytes, Address], object]
    address: Address


class Connection(Protocol):
    """One peer connection as the router sees it; compared by identity, so it must keep object's ``==``."""

    def send_rtcp(self, packet: bytes) -> None:
        """Protects and sends one compound packet; never raises. Called by whoever carries out a wish."""
        ...
