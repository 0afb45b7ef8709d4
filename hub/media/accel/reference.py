"""The fan-out: one packet to many rows. The truth in Python; a faster twin must send the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from struct import Struct

from pylibsrtp import Error as CipherError

from hub.media.accel.rows import Row, Send

HEADER = Struct("!HHII")  # V P X CC M PT | sequence number | timestamp | SSRC


def fan_out(rows: Iterable[Row], first: int, seq: int, timestamp: int, tail: bytes) -> int:
    """Sends one packet to every row once; says how many it could not reach."""
    return prepare(rows)(first, seq, timestamp, tail)


def prepare(rows: Iterable[Row]) -> Send:
    """Everything a row needs is looked up here, once, so that the loop makes nothing but the packet."""
    pack = HEADER.pack
    flat = [(row.output.cipher.protect, row.output.sendto, row.output.address, *row[1:]) for row in rows]

    def send(first: int, seq: int, timestamp: int, tail: bytes) -> int:
        failed = 0
        for protect, sendto, address, seq_delta, timestamp_delta, ssrc in flat:
            try:
                sendto(
                    protect(
                        pack(
                            first,
                            (seq + seq_delta) & 0xFFFF,
                            (timestamp + timestamp_delta) & 0xFFFFFFFF,
                            ssrc,
                        )
                        + tail
                    ),
                    address,
                )
            except (OSError, CipherError, ValueError):
                # Full socket buffer, a route gone, longer than the cipher's buffer: lost, as packets are.
                failed += 1
        return failed

    return send
