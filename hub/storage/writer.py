"""Group commit: one thread writes what many callers append, with one transaction for all who wait."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from typing import NamedTuple

from sqlalchemy import Connection, Engine, bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError

from hub.errors import Refusal
from hub.metrics import LOG_APPEND_SECONDS, LOG_EVENTS, LOG_REFUSALS
from hub.storage.chain import GENESIS, SHA256, Entry, link
from hub.storage.database import has_room, is_collision, is_full
from hub.storage.tables import events, health, streams

_log = logging.getLogger(__name__)

_BATCH_APPENDS = 256  # a bound on how much one failing transaction makes us do again
_HEADS_KEPT = 4096


class Head(NamedTuple):
    """Where a stream is: the number and the hash of its last event."""

    seq: int
    hash: bytes


_EMPTY = Head(0, GENESIS)


class Append(NamedTuple):
    """One caller's events, already in bytes, and the future that waits for them."""

    stream: str
    expected_seq: int
    entries: Sequence[Entry]
    done: asyncio.Future[None]


class Check(NamedTuple):
    """A write that leaves nothing in the log: whoever asks wants to know whether the log can be written."""

    done: asyncio.Future[None]


Job = Append | Check
Outcome = Exception | None


_NEW_STREAMS = insert(streams)
_NEW_EVENTS = insert(events)
_MOVE = (
    update(streams)
    .where(streams.c.stream == bindparam("of"), streams.c.seq == bindparam("old_seq"))
    .values(seq=bindparam("new_seq"), hash=bindparam("new_hash"))
)


class _Sheet:
    """What one transaction will write: three statements, however many appends have come together."""

    def __init__(self) -> None:
        self.heads: dict[str, Head] = {}
        self._before: dict[str, Head] = {}
        self._rows: list[dict[str, object]] = []

    def add(self, append: Append, old: Head) -> None:
        digest = old.hash
        for entry in append.entries:
            digest = link(SHA256, digest, entry)
            self._rows.append({**entry._asdict(), "algorithm": SHA256, "hash": digest})
        self._before.setdefault(append.stream, old)
        self.heads[append.stream] = Head(append.entries[-1].seq, digest)

    def write(self, connection: Connection) -> None:
        """Refuses with ``stream.moved_on`` where another process has moved a stream on."""
        fresh: list[dict[str, object]] = []
        moved: list[dict[str, object]] = []
        for stream, old in self._before.items():
            new = self.heads[stream]
            if old is _EMPTY:
                fresh.append({"stream": stream, "seq": new.seq, "hash": new.hash})
            else:
                place = {"of": stream, "old_seq": old.seq}
                moved.append({**place, "new_seq": new.seq, "new_hash": new.hash})
        if fresh:
            connection.execute(_NEW_STREAMS, fresh)
        if moved and connection.execute(_MOVE, moved).rowcount != len(moved):
            raise Refusal("stream.moved_on", seq=_read_head(connection, next(iter(self._before))).seq)
        if self._rows:
            connection.execute(_NEW_EVENTS, self._rows)


class Writer:
    """Owns the writer thread. All methods but ``_run`` and below it are for the event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: SimpleQueue[Job | None] = SimpleQueue()
        self._heads: OrderedDict[str, Head] = OrderedDict()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="log-writer", daemon=True)
        self._thread.start()

    async def write(self, stream: str, expected_seq: int, entries: Sequence[Entry]) -> None:
        started = time.perf_counter()
        await self._do(Append(stream, expected_seq, entries, asyncio.get_running_loop().create_future()))
        LOG_APPEND_SECONDS.observe(time.perf_counter() - started)
        LOG_EVENTS.inc(len(entries))

    async def check(self) -> None:
        await self._do(Check(asyncio.get_running_loop().create_future()))

    async def _do(self, job: Job) -> None:
        if self._closed:
            raise RuntimeError("the event log is closed")
        self._waiting.put(job)
        try:
            await job.done
        except Refusal as refusal:
            LOG_REFUSALS.labels(refusal.code).inc()
            raise

    async def close(self) -> None:
        self._closed = True
        self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)

    # --- the writer thread ----------------------------------------------------------------------

    def _run(self) -> None:
        more = True
        while more:
            batch, more = self._collect()
            if batch:
                _tell(batch, self._commit(batch))

    def _collect(self) -> tuple[list[Job], bool]:
        """Waits for one append, takes along all others that are there; False at the end."""
        batch: list[Job] = []
        item = self._waiting.get()
        while item is not None:
            batch.append(item)
            if len(batch) == _BATCH_APPENDS:
                return batch, True
            try:
                item = self._waiting.get_nowait()
            except Empty:
                return batch, True
        return batch, False

    def _commit(self, batch: list[Job]) -> list[Outcome]:
        try:
            with self._engine.begin() as connection:
                sheet = _Sheet()
                outcomes = [self._put(connection, job, sheet) for job in batch]
                sheet.write(connection)
        except Exception as error:  # noqa: BLE001 - the thread's door: every waiting caller gets its answer
            self._heads.clear()  # another node may have written; read them again
            if len(batch) > 1:
                return [outcome for job in batch for outcome in self._commit([job])]
            return [self._meaning(error)]
        self._remember(sheet.heads)
        return outcomes

    def _put(self, connection: Connection, append: Job, sheet: _Sheet) -> Outcome:
        if isinstance(append, Check):
            connection.execute(update(health).values(checks=health.c.checks + 1))
            return None if has_room(self._engine) else Refusal("storage.full")
        stream = append.stream
        old = sheet.heads.get(stream) or self._heads.get(stream)
        if old is None or old.seq != append.expected_seq:  # another process may have written
            old = sheet.heads.get(stream) or _read_head(connection, stream)
        if old.seq != append.expected_seq:
            return Refusal("stream.moved_on", seq=old.seq)
        sheet.add(append, old)
        return None

    def _meaning(self, error: Exception) -> Exception:
        if isinstance(error, Refusal):
            return error
        if isinstance(error, DBAPIError):
            if is_full(error, self._engine):
                return Refusal("storage.full")
            if is_collision(error):
                return Refusal("stream.moved_on")
        _log.error("an append failed", exc_info=error)
        return error

    def _remember(self, moved: dict[str, Head]) -> None:
        for stream, head in moved.items():
            self._heads[stream] = head
            self._heads.move_to_end(stream)
        while len(self._heads) > _HEADS_KEPT:
            self._heads.popitem(last=False)


def _read_head(connection: Connection, stream: str) -> Head:
    row = connection.execute(select(streams.c.seq, streams.c.hash).where(streams.c.stream == stream)).first()
    return Head(*row) if row else _EMPTY


def _tell(batch: list[Job], outcomes: list[Outcome]) -> None:
    """One wake-up of the event loop for the whole batch."""
    try:
        batch[0].done.get_loop().call_soon_threadsafe(_settle, batch, outcomes)
    except RuntimeError:
        _log.warning("the event loop ended before %d appends were acknowledged", len(batch))


def _settle(batch: list[Job], outcomes: list[Outcome]) -> None:
    for job, outcome in zip(batch, outcomes, strict=True):
        if job.done.cancelled():
            continue
        if outcome is None:
            job.done.set_result(None)
        else:
            job.done.set_exception(outcome)
