"""The fan-out: one packet to many rows. The truth in Python; a faster twin must send the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct

from pylibsrtp import Error as CipherError

from hub.media.accel.rows import Dressed, Row, Send

HEADER = Struct("!HHII")  # V P X CC M PT | sequence number | timestamp | SSRC


def fan_out(rows: Sequence[Row], first: int, seq: int, timestamp: int, tail: bytes) -> int:
    """One packet to some rows, once; says how many it could not reach."""
    return prepare([rows])(seq, timestamp, [(first, tail)])


def prepare(groups: Sequence[Sequence[Row]]) -> Send:
    """Everything a row needs is looked up here, once, so that the loop makes nothing but the packet."""
    pack = HEADER.pack
    flat = [
        [(row.output.cipher.protect, row.output.sendto, row.output.address, *row[1:]) for row in rows]
        for rows in groups
    ]

    def send(seq: int, timestamp: int, dressed: Dressed) -> int:
        failed = 0
        for (first, tail), rows in zip(dressed, flat, strict=True):
            for protect, sendto, address, seq_delta, timestamp_delta, ssrc in rows:
                out_seq, out_timestamp = (
                    (seq + seq_delta) & 0xFFFF,
                    (timestamp + timestamp_delta) & 0xFFFF_FFFF,
                )
                try:
                    sendto(protect(pack(first, out_seq, out_timestamp, ssrc) + tail), address)
                except (OSError, CipherError, ValueError):
                    # Full socket buffer, a route gone, longer than the cipher's buffer: lost, as packets are.
                    failed += 1
        return failed

    return send
