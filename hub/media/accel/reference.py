"""The fan-out: one packet to many rows. The truth in Python; a faster twin must send the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from struct import Struct

from pylibsrtp import Error as CipherError

Address = tuple[str, int] | tuple[str, int, int, int]
# protect, sendto, address, what to add to the sequence number, to the timestamp, the SSRC
Row = tuple[Callable[[bytes], bytes], Callable[[bytes, Address], object], Address, int, int, int]

_HEADER = Struct("!HHII")


def fan_out(rows: Iterable[Row], first: int, seq: int, timestamp: int, tail: bytes) -> int:
    """Sends one packet to every row and says how many it could not reach.

    ``first`` is the first half word of the header (V P X CC M PT), ``tail`` all that follows the SSRC:
    both are the same for all rows given. Whatever a row needs is in the row; nothing is looked up,
    nothing is made but the packet.
    """
    failed = 0
    pack = _HEADER.pack
    for protect, sendto, address, seq_delta, timestamp_delta, ssrc in rows:
        try:
            sendto(
                protect(
                    pack(first, (seq + seq_delta) & 0xFFFF, (timestamp + timestamp_delta) & 0xFFFFFFFF, ssrc)
                    + tail
                ),
                address,
            )
        except (OSError, CipherError, ValueError):
            # Full socket buffer, a route gone, longer than the cipher's buffer: lost on the way, as
            # packets are.
            failed += 1
    return failed
