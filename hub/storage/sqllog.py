"""The event log in a SQL database: appends through one writer thread, reads beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec
from sqlalchemy import Connection, Engine, Select, select
from sqlalchemy.exc import DBAPIError

from hub.domain.event import Actor, Event, Recorded
from hub.domain.streams import LogEvent, decode_event, encode_event
from hub.errors import CannotStart
from hub.storage import tables
from hub.storage.chain import Entry, Link, canonical
from hub.storage.database import is_full, migrate, open_database
from hub.storage.eventlog import Report
from hub.storage.verify import verify
from hub.storage.writer import Writer

_T = TypeVar("_T")
_events, _streams = tables.events.c, tables.streams.c
_decode_actor = msgspec.json.Decoder(Actor).decode


def open_log(data_dir: Path) -> SqlEventLog:
    """The log of ``data_dir``, its tables brought up to date."""
    engine = open_database(data_dir)
    try:
        migrate(engine)
    except DBAPIError as error:
        if is_full(error, engine):
            raise CannotStart("磁盘已满，请先清理。", "The disk is full; make room first.") from error
        raise CannotStart(
            f"数据库 {engine.url.database} 无法打开：{error.orig}",
            f"The database {engine.url.database} cannot be opened: {error.orig}",
        ) from error
    return SqlEventLog(engine)


class SqlEventLog:
    """``EventLog`` on SQLAlchemy Core."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer = Writer(engine)
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="log-reader")

    async def append(
        self,
        stream: str,
        expected_seq: int,
        events: Sequence[Event],
        *,
        actor: Actor,
        op: str | None,
        at_ms: int,
    ) -> list[Recorded[LogEvent]]:
        if not events:
            return []
        by = msgspec.json.encode(actor, order="deterministic")
        entries = [
            Entry(stream, seq, at_ms, by, op, encode_event(event))
            for seq, event in enumerate(events, expected_seq + 1)
        ]
        await self._writer.write(stream, expected_seq, entries)
        written = cast("Sequence[LogEvent]", events)
        return [
            Recorded(stream=stream, seq=entry.seq, at_ms=at_ms, actor=actor, event=event, op=op)
            for entry, event in zip(entries, written, strict=True)
        ]

    async def read(self, stream: str, since: int = 0, limit: int | None = None) -> list[Recorded[LogEvent]]:
        return await self._beside(lambda connection: _read(connection, stream, since, limit))

    async def pick(self, stream: str, seqs: Sequence[int]) -> list[Recorded[LogEvent]]:
        return await self._beside(lambda connection: _pick(connection, stream, seqs))

    async def links(self, stream: str, since: int = 0, limit: int | None = None) -> list[Link]:
        return await self._beside(lambda connection: _links(connection, stream, since, limit))

    async def streams(self, prefix: str = "") -> list[str]:
        name = _streams.stream
        wanted = select(name).where(name.startswith(prefix, autoescape=True)).order_by(name)
        return await self._beside(lambda connection: list(connection.scalars(wanted)))

    async def head(self, stream: str) -> int:
        wanted = select(_streams.seq).where(_streams.stream == stream)
        return await self._beside(lambda connection: connection.scalar(wanted)) or 0

    async def verify(self, stream: str | None = None) -> Report:
        return await self._beside(lambda connection: verify(connection, stream))

    async def check(self) -> None:
        await self._writer.check()

    async def close(self) -> None:
        await self._writer.close()
        await asyncio.to_thread(self._readers.shutdown)
        self.engine.dispose()

    async def _beside(self, work: Callable[[Connection], _T]) -> _T:
        """Run ``work`` in a reader thread; in WAL mode it never waits for the writer."""

        def connected() -> _T:
            with self.engine.connect() as connection:
                return work(connection)

        return await asyncio.get_running_loop().run_in_executor(self._readers, connected)


_EVENT = select(_events.seq, _events.at_ms, _events.actor, _events.op, _events.event).order_by(_events.seq)
_AT_ONCE = 500
"""Numbers in one question: databases have a bound."""


def _read(connection: Connection, stream: str, since: int, limit: int | None) -> list[Recorded[LogEvent]]:
    wanted = _EVENT.where(_events.stream == stream, _events.seq > since).limit(limit)
    return _found(connection, stream, wanted)


def _pick(connection: Connection, stream: str, seqs: Sequence[int]) -> list[Recorded[LogEvent]]:
    numbers = sorted(set(seqs))
    parts = [numbers[at : at + _AT_ONCE] for at in range(0, len(numbers), _AT_ONCE)]
    picked = [_EVENT.where(_events.stream == stream, _events.seq.in_(part)) for part in parts]
    return [recorded for wanted in picked for recorded in _found(connection, stream, wanted)]


def _links(connection: Connection, stream: str, since: int, limit: int | None) -> list[Link]:
    wanted = select(tables.events).where(_events.stream == stream, _events.seq > since)
    return [
        Link(
            row.seq,
            row.at_ms,
            row.algorithm,
            row.hash,
            canonical(Entry(row.stream, row.seq, row.at_ms, row.actor, row.op, row.event)),
        )
        for row in connection.execute(wanted.order_by(_events.seq).limit(limit))
    ]


def _found(connection: Connection, stream: str, wanted: Select[Any]) -> list[Recorded[LogEvent]]:
    return [
        Recorded(
            stream=stream,
            seq=row.seq,
            at_ms=row.at_ms,
            actor=_decode_actor(row.actor),
            event=cast("LogEvent", decode_event(row.event)),
            op=row.op,
        )
        for row in connection.execute(wanted)
    ]
