"""Which fan-out a set of rows gets: the fastest that suits them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hub.media.accel import batch, reference
from hub.media.accel.rows import Row, Send


def prepare(rows: Sequence[Row]) -> Send:
    """One function that sends to all of them."""
    by_socket: dict[Callable[[], int] | None, list[Row]] = {}
    for row in rows:
        fileno = row.output.fileno if batch.suits(row) else None
        by_socket.setdefault(fileno, []).append(row)
    sends = [
        reference.prepare(some) if fileno is None else batch.prepare(some, fileno)
        for fileno, some in by_socket.items()
    ]
    if len(sends) == 1:
        return sends[0]
    return lambda first, seq, timestamp, tail: sum([send(first, seq, timestamp, tail) for send in sends])
