"""Everything that waits, by workspace: kept up an item at a time, told to others a few times a second.

Saving an item costs this one entry in a table; what follows from it is made up later, outside the save.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import NamedTuple

from hub.domain.event import Event
from hub.domain.item import Item, ItemEvent
from hub.domain.track import TrackEvent
from hub.domain.waiting import Waiting, waiting
from hub.domain.workspace import BoardsClosed, Status, StatusChanged, Workspace
from hub.live.streams import Batch, Streams

EVERY_S = 0.2
"""Lists are made anew no more often than this; the first change after a while is told at once."""

_OF_ITEMS = (*ItemEvent.__args__, *TrackEvent.__args__)
_ENDS = (Status.CLOSED, Status.VOID)


class Watched:
    """One workspace that is not ended: its state, and what of its items waits."""

    __slots__ = ("asked", "state", "stream", "updated_ms", "waiting")

    def __init__(self, stream: str) -> None:
        self.stream = stream
        self.state = Workspace()
        self.updated_ms = 0
        self.waiting: dict[str, Waiting] = {}
        self.asked: dict[str, dict[str, None]] = {}

    def take(self, state: Workspace, items: Iterable[str] | None) -> set[str]:
        """``items`` are those that have changed, None for all of them. Returns the seats concerned."""
        header = (self.state.header.title, self.state.exercise)
        self.state = state
        concerned: set[str] = set()
        if items is None or header != (state.header.title, state.exercise):
            concerned.update(self.asked)
            items = {**dict.fromkeys(self.waiting), **dict.fromkeys(state.items)}
        for item_id in items:
            concerned |= self._take(item_id, state.items.get(item_id))
        return concerned

    def _take(self, item_id: str, item: Item | None) -> set[str]:
        before = self.waiting.pop(item_id, None)
        after = waiting(self.state, item) if item is not None else None
        if after is not None:
            self.waiting[item_id] = after
        had = before.asked if before is not None else frozenset()
        has = after.asked if after is not None else frozenset()
        for seat in had - has:
            del self.asked[seat][item_id]
            if not self.asked[seat]:
                del self.asked[seat]
        for seat in has - had:
            self.asked.setdefault(seat, {})[item_id] = None
        return {*had, *has}


class Change(NamedTuple):
    """What became of one workspace. ``items`` None: all of them. ``taken_up``: it was read from the log."""

    watched: Watched
    items: frozenset[str] | None
    seats: set[str]
    taken_up: bool


class _Pending:
    """What has happened in a workspace since the last round."""

    __slots__ = ("items", "state", "taken_up", "updated_ms", "whole")

    def __init__(self) -> None:
        self.state = Workspace()
        self.updated_ms = 0
        self.items: set[str] = set()
        self.whole = False
        self.taken_up = False


class Watching:
    """Knows what waits in all workspaces that are not ended. Listeners are told in the order they came."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._pending: dict[str, _Pending] = {}
        self._listeners: list[Callable[[list[Change]], None]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._last_s = 0.0
        self.all: dict[str, Watched] = {}
        self._unsubscribe = streams.subscribe(self._published)

    def listen(self, listener: Callable[[list[Change]], None]) -> None:
        self._listeners.append(listener)

    async def start(self) -> None:
        """Take up what is open; a workspace whose last event is its end is not even read."""
        for prefix in ("incident:", "board:"):
            for stream in sorted(await self._streams.names(prefix), reverse=True):
                last = await self._streams.last(stream)
                if stream in self.all or last is None or ends(last.event):
                    continue
                state, _ = await self._streams.state(stream)
                assert isinstance(state, Workspace)
                if state.opened_ms and state.closed_ms is None and stream not in self._pending:
                    pending = self._pending.setdefault(stream, _Pending())
                    pending.state, pending.updated_ms = state, last.at_ms
                    pending.whole = pending.taken_up = True
                    self._schedule()

    def close(self) -> None:
        self._unsubscribe()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def flush(self) -> None:
        """Tell the listeners what has changed since the last time; the timer does it, and so does a test."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._last_s = asyncio.get_running_loop().time()
        pending, self._pending = self._pending, {}
        changes = [self._take(stream, one) for stream, one in pending.items()]
        if changes:
            for listener in self._listeners:
                listener(changes)

    def _take(self, stream: str, pending: _Pending) -> Change:
        watched = self.all.get(stream)
        whole = pending.whole or watched is None
        if watched is None:
            watched = self.all[stream] = Watched(stream)
        watched.updated_ms = pending.updated_ms
        seats = watched.take(pending.state, None if whole else pending.items)
        if pending.state.closed_ms is not None:
            del self.all[stream]
        return Change(watched, None if whole else frozenset(pending.items), seats, pending.taken_up)

    def _published(self, stream: str, events: Batch) -> None:
        if not stream.startswith(("incident:", "board:")):
            return
        known = self._streams.peek(stream)
        assert known is not None, "a stream that publishes is in memory"
        state = known[0]
        assert isinstance(state, Workspace)
        pending = self._pending.setdefault(stream, _Pending())
        pending.state, pending.updated_ms = state, events[-1].at_ms
        for recorded in events:
            if isinstance(recorded.event, _OF_ITEMS):
                pending.items.add(recorded.event.item_id)
            else:
                pending.whole = True
        self._schedule()

    def _schedule(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            wait_s = max(0.0, self._last_s + EVERY_S - loop.time())
            self._timer = loop.call_later(wait_s, self.flush)


def ends(event: Event) -> bool:
    """Whether nothing of its workspace waits any more after it."""
    return isinstance(event, BoardsClosed) or (isinstance(event, StatusChanged) and event.status in _ENDS)
