"""What a row of the fan-out is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

Address = tuple[str, int] | tuple[str, int, int, int]


class Cipher(Protocol):
    """The sending half of a connection's SRTP; ``pylibsrtp.Session`` as it is."""

    def protect(self, packet: bytes) -> bytes: ...


class Output(NamedTuple):
    """Where the media of one connection leaves: made by transport when DTLS stands, and again when ICE moves.

    ``sendto`` is the bound method of a non-blocking socket; a connection over TCP puts its own function
    there and ignores the address. It may raise OSError, nothing else: the packet then counts as lost.
    ``fileno`` is the same socket's method, None where there is no socket: it lets many packets leave at once.
    It is asked each time, because a number outlives its socket.
    """

    cipher: Cipher
    sendto: Callable[[bytes, Address], object]
    address: Address
    fileno: Callable[[], int] | None = None


class Row(NamedTuple):
    """One receiver: its output, what it adds to the sequence number and the timestamp, and its SSRC."""

    output: Output
    seq_delta: int
    timestamp_delta: int
    ssrc: int


# One for each group of rows: (first half word of the header, everything behind the SSRC)
Dressed = Sequence[tuple[int, bytes]]
# (sequence number, timestamp, dressed) -> how many could not be reached. A send may hold the packet until
# ``chooser.flush``, which then says so of everything that was held.
Send = Callable[[int, int, Dressed], int]
