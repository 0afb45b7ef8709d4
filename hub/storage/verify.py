"""Walks the hash chain and names the first broken place of each stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.exc import DBAPIError

from hub.storage.chain import ALGORITHMS, GENESIS, Entry, link
from hub.storage.eventlog import Break, Report
from hub.storage.tables import events, streams
from hub.storage.writer import Head

_PAGE = 1000


def verify(connection: Connection, stream: str | None = None) -> Report:
    """Check one stream or all; reads in pages, so the log may be larger than the memory."""
    breaks: list[Break] = []
    checked = 0
    heads = _heads(connection, stream)
    for name, head in heads.items():
        broken = _check(connection, name, head)
        checked += head.seq if broken is None else broken.seq - 1
        if broken is not None:
            breaks.append(broken)
    if stream is None and not breaks:
        breaks.extend(_strays(connection, heads))
    return Report(streams=len(heads), events=checked, breaks=breaks)


def _heads(connection: Connection, stream: str | None) -> dict[str, Head]:
    wanted = select(streams).order_by(streams.c.stream)
    if stream is not None:
        wanted = wanted.where(streams.c.stream == stream)
    return {row.stream: Head(row.seq, row.hash) for row in connection.execute(wanted)}


def _check(connection: Connection, stream: str, head: Head) -> Break | None:
    """None when every event up to ``head`` is there and unchanged. Younger ones are not looked at:
    a running hub may be writing them."""
    seq, digest = 0, GENESIS
    try:
        for row in _rows(connection, stream, head.seq):
            if row.seq != seq + 1:
                return Break(stream, seq + 1, "missing")
            if row.algorithm not in ALGORITHMS:
                return Break(stream, row.seq, "unknown algorithm")
            if link(row.algorithm, digest, _entry(row)) != row.hash:
                return Break(stream, row.seq, "hash differs")
            seq, digest = row.seq, row.hash
    except (DBAPIError, TypeError, UnicodeError) as error:  # what tampering does to a page or a type
        return Break(stream, seq + 1, f"unreadable: {error.__class__.__name__}")
    if (seq, digest) != head:
        return Break(stream, seq + 1, "end differs from the stream's head")
    return None


def _entry(row: Row[Any]) -> Entry:
    return Entry(row.stream, row.seq, row.at_ms, row.actor, row.op, row.event)


def _rows(connection: Connection, stream: str, last: int) -> Iterator[Row[Any]]:
    seq = 0
    while seq < last:
        page = connection.execute(
            select(events)
            .where(events.c.stream == stream, events.c.seq > seq, events.c.seq <= last)
            .order_by(events.c.seq)
            .limit(_PAGE)
        ).all()
        if not page:
            return
        yield from page
        seq = page[-1].seq


def _strays(connection: Connection, heads: dict[str, Head]) -> list[Break]:
    """Events of streams that have no head: somebody has put them there, or taken the head away."""
    known = select(streams.c.stream)
    wanted = (
        select(events.c.stream, func.min(events.c.seq))
        .where(events.c.stream.not_in(known))
        .group_by(events.c.stream)
    )
    return [Break(name, seq, "has no head") for name, seq in connection.execute(wanted) if name not in heads]
