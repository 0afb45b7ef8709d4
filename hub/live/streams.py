"""The one place where a command becomes events: check, decide, append, apply, publish."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from typing import Any

from hub.clock import Clock
from hub.domain.event import Actor, Command, Recorded
from hub.domain.streams import RULES, LogEvent, State, fold, rules_of
from hub.errors import Refusal
from hub.ids import is_id
from hub.storage.eventlog import EventLog

_log = logging.getLogger(__name__)

CATCH_UP_MAX = 1_000
"""A page that is further behind gets the state instead of the events: by then that is the shorter."""

HOT_MAX = 256
"""Streams kept in memory. A busy hub runs tens of sessions of three streams; the rest is somebody reading."""

IDLE_OPS_MAX = 100
"""Wishes that came to nothing, kept per stream: the log has no trace of them, and a page repeats soon."""

_PAGE = 1_000
"""Events read from the log at a time: a long stream is folded, not held in memory."""

_TRIES = 4
"""Only another process (the command line) can move a stream under us, and it does so once."""

Batch = list[Recorded[Any]]
Subscriber = Callable[[str, Batch], None]


class _Hot:
    """A stream in memory: its state, its last events, and the answers it has given."""

    __slots__ = ("at_ms", "before", "idle_ops", "loaded", "lock", "ops", "recent", "seq", "state", "users")

    def __init__(self, initial: State) -> None:
        self.lock = asyncio.Lock()
        self.users = 0
        self.loaded = False
        self.state = initial
        self.before = initial
        self.seq = 0
        self.at_ms = 0
        self.recent: deque[Recorded[Any]] = deque(maxlen=CATCH_UP_MAX)
        self.ops: dict[tuple[str, str], int] = {}  # those of the log, as long as the log is
        self.idle_ops: deque[tuple[str, str]] = deque(maxlen=IDLE_OPS_MAX)

    def take(self, stream: str, events: Sequence[Recorded[Any]]) -> None:
        """Move on by ``events``, which follow ``seq`` without a hole."""
        if not events:
            return
        self.state = fold(stream, list(events), self.state)
        self.seq, self.at_ms = events[-1].seq, events[-1].at_ms
        self.recent.extend(events)
        for recorded in events:
            if recorded.op is not None:
                self.ops[recorded.actor.account, recorded.op] = recorded.seq

    def since(self, seq: int) -> Batch | None:
        """The events after ``seq``; None when memory does not reach back that far."""
        if seq == self.seq:
            return []
        if not self.recent or seq < self.recent[0].seq - 1 or seq > self.seq:
            return None
        return list(self.recent)[seq - self.recent[0].seq + 1 :]


class Streams:
    """Owns the states of all streams of this hub. One command at a time per stream, any number of streams."""

    def __init__(self, log: EventLog, clock: Clock, *, hot_max: int = HOT_MAX) -> None:
        self._log = log
        self._clock = clock
        self._hot_max = hot_max
        self._hot: OrderedDict[str, _Hot] = OrderedDict()
        self._subscribers: list[Subscriber] = []
        self._running: set[asyncio.Task[int]] = set()

    async def execute(self, stream: str, command: Command, actor: Actor, *, op: str | None = None) -> int:
        """Make ``command`` happen; the number of the last event it made, 0 when none was needed.

        Refuses with a code of ``hub.errors`` and then nothing happened. The same ``op`` of the same
        account happens once and is answered alike, also after a restart of the hub (rule J3). A
        caller who is cancelled does not take back what is already on its way into the log.
        """
        work = asyncio.get_running_loop().create_task(self._execute(stream, command, actor, op))
        self._running.add(work)
        work.add_done_callback(self._ended)
        return await asyncio.shield(work)

    async def state(self, stream: str) -> tuple[State, int]:
        """The state of ``stream`` and the number of its last event; an unknown stream is empty."""
        hot = self._enter(stream)
        try:
            await self._load(stream, hot)
            return hot.state, hot.seq
        finally:
            self._exit(hot)

    def peek(self, stream: str) -> tuple[State, int] | None:
        """As ``state``, but only when the stream is in memory: inside a subscriber it always is."""
        hot = self._hot.get(stream)
        return (hot.state, hot.seq) if hot is not None and hot.loaded else None

    def before(self, stream: str) -> State:
        """Inside a subscriber: the state as it was before the events that it is told of."""
        return self._hot[stream].before

    async def history(self, stream: str, since: int) -> Batch | None:
        """All events after ``since``, or None when a snapshot serves better (rule J2).

        Nothing is published between the last of them and the caller's next step, as long as the
        caller awaits this directly.
        """
        hot = self._enter(stream)
        try:
            await self._load(stream, hot)
            return hot.since(since)
        finally:
            self._exit(hot)

    async def refresh(self, stream: str) -> None:
        """Take up, and publish, what another process (the command line) has written."""
        hot = self._enter(stream)
        try:
            await self._load(stream, hot)
            async with hot.lock:
                self._publish(stream, hot, await self._log.read(stream, hot.seq))
        finally:
            self._exit(hot)

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """``callback`` gets every batch right after it is durable, in order per stream; it must be quick.

        Returns the way to stop it, which may be taken more than once.
        """
        self._subscribers.append(callback)

        def stop() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return stop

    async def names(self, prefix: str) -> list[str]:
        """The streams whose name starts with ``prefix``."""
        return await self._log.streams(prefix)

    async def first(self, stream: str) -> Recorded[LogEvent] | None:
        """The first event of ``stream`` without loading the rest."""
        events = await self._log.read(stream, 0, 1)
        return events[0] if events else None

    async def last(self, stream: str) -> Recorded[LogEvent] | None:
        """The last event of ``stream`` without loading the rest."""
        head = await self._log.head(stream)
        events = await self._log.read(stream, max(0, head - 1))
        return events[-1] if events else None

    async def close(self) -> None:
        """Wait for what is still under way; call it before the log is closed."""
        if self._running:
            await asyncio.wait(self._running)

    # --- inside ---------------------------------------------------------------------------------

    def _ended(self, work: asyncio.Task[int]) -> None:
        self._running.discard(work)
        error = None if work.cancelled() else work.exception()
        if error is not None and not isinstance(error, Refusal):
            _log.error("a command failed", exc_info=error)

    def _enter(self, stream: str) -> _Hot:
        kind, _, key = stream.partition(":")
        known = stream == "organisation" or (kind in RULES and kind != "organisation" and is_id(key))
        if not known:
            raise Refusal("not_found", stream=stream[:80])
        hot = self._hot.get(stream)
        if hot is None:
            hot = self._hot[stream] = _Hot(rules_of(stream).initial)
        self._hot.move_to_end(stream)
        hot.users += 1
        return hot

    def _exit(self, hot: _Hot) -> None:
        hot.users -= 1
        for name in list(self._hot) if len(self._hot) > self._hot_max else ():
            if self._hot[name].users == 0:
                del self._hot[name]
            if len(self._hot) <= self._hot_max:
                break

    async def _load(self, stream: str, hot: _Hot) -> None:
        if hot.loaded:
            return
        async with hot.lock:
            while not hot.loaded:
                page = await self._log.read(stream, hot.seq, _PAGE)
                hot.take(stream, page)
                hot.loaded = len(page) < _PAGE

    async def _execute(self, stream: str, command: Command, actor: Actor, op: str | None) -> int:
        hot = self._enter(stream)
        try:
            await self._load(stream, hot)
            async with hot.lock:
                for _ in range(_TRIES):
                    try:
                        return await self._once(stream, hot, command, actor, op)
                    except Refusal as refusal:
                        if refusal.code != "stream.moved_on":
                            raise
                    self._publish(stream, hot, await self._log.read(stream, hot.seq))
                raise Refusal("stream.moved_on", seq=hot.seq)
        finally:
            self._exit(hot)

    async def _once(self, stream: str, hot: _Hot, command: Command, actor: Actor, op: str | None) -> int:
        wish = (actor.account, op or "")
        if op is not None and ((answer := hot.ops.get(wish)) is not None or wish in hot.idle_ops):
            return answer or 0
        # The wall clock may have been set back between two runs of the hub; a stream never goes back.
        at_ms = max(self._clock.wall_ms(), hot.at_ms)
        events = rules_of(stream).decide(hot.state, command, actor, at_ms)
        if not events:
            if op is not None:
                hot.idle_ops.append(wish)
            return 0
        recorded = await self._log.append(stream, hot.seq, events, actor=actor, op=op, at_ms=at_ms)
        self._publish(stream, hot, recorded)
        return hot.seq

    def _publish(self, stream: str, hot: _Hot, events: Batch) -> None:
        hot.before = hot.state
        hot.take(stream, events)
        for callback in list(self._subscribers) if events else ():
            try:
                callback(stream, events)
            except Exception:  # noqa: BLE001 - one deaf listener must not silence the others
                _log.exception("a subscriber failed on %s", stream)
