"""Which fan-out a set of rows gets: the fastest that suits them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hub.media.accel import batch, reference
from hub.media.accel.rows import Dressed, Row, Send


def prepare(groups: Sequence[Sequence[Row]]) -> Send:
    """One function that sends to all of them."""
    sockets = {_socket(row): None for rows in groups for row in rows}
    sends = [_of_one(groups, fileno) for fileno in sockets]
    if len(sends) == 1:
        return sends[0]

    def send(seq: int, timestamp: int, dressed: Dressed) -> int:
        return sum([one(seq, timestamp, dressed) for one in sends])

    return send


def flush() -> int:
    """What the sends hold leaves now; says how many packets could not be sent.

    A send may hold packets for the rest of a drain, so that many leave in one message. Whoever changes rows,
    or sends to one of them by another way, flushes first: else the order would turn.
    """
    return batch.flush()


def _socket(row: Row) -> Callable[[], int] | None:
    return row.output.fileno if batch.suits(row) else None


def _of_one(groups: Sequence[Sequence[Row]], fileno: Callable[[], int] | None) -> Send:
    own = [[row for row in rows if _socket(row) == fileno] for rows in groups]
    return reference.prepare(own) if fileno is None else batch.prepare(own, fileno)
