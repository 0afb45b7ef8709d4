"""Alarms on the hub's wall clock: a ring that ends, a venue that does not come back."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable, Callable

from hub.clock import Clock
from hub.tasks import Tasks

Key = tuple[str, ...]
Act = Callable[[], Awaitable[None]]

_LOOP_MAX_S = 3600.0
_STALE_MAX = 64


class Agenda:
    """What is due when; pure. Setting a key again replaces what it had."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Key]] = []
        self._entries: dict[Key, tuple[int, int, Act]] = {}
        self._count = 0

    def set(self, key: Key, at_ms: int, act: Act) -> None:
        self._count += 1
        self._entries[key] = (at_ms, self._count, act)
        if len(self._heap) > 2 * len(self._entries) + _STALE_MAX:  # cancelled ones wait hours for their time
            self._heap = [(due_ms, count, one) for one, (due_ms, count, _) in self._entries.items()]
            heapq.heapify(self._heap)
            return
        heapq.heappush(self._heap, (at_ms, self._count, key))

    def cancel(self, *prefix: str) -> None:
        """Forget every key that starts with ``prefix``."""
        for key in [key for key in self._entries if key[: len(prefix)] == prefix]:
            del self._entries[key]

    def next_ms(self) -> int | None:
        while self._heap:
            at_ms, count, key = self._heap[0]
            entry = self._entries.get(key)
            if entry is not None and entry[1] == count:
                return at_ms
            heapq.heappop(self._heap)  # replaced or cancelled
        return None

    def due(self, now_ms: int) -> list[Act]:
        """Everything whose time has come, in order; each is handed out once."""
        acts = []
        while (at_ms := self.next_ms()) is not None and at_ms <= now_ms:
            _, _, key = heapq.heappop(self._heap)
            acts.append(self._entries.pop(key)[2])
        return acts


class Alarms:
    """An ``Agenda`` with the loop's one timer behind it."""

    def __init__(self, clock: Clock, name: str) -> None:
        self._clock = clock
        self._agenda = Agenda()
        self._tasks = Tasks(name)
        self._timer: asyncio.TimerHandle | None = None

    def set(self, key: Key, at_ms: int, act: Act) -> None:
        """Run ``act`` at ``at_ms``, or soon when that is past."""
        self._agenda.set(key, at_ms, act)
        self._arm()

    def cancel(self, *prefix: str) -> None:
        self._agenda.cancel(*prefix)
        self._arm()

    async def idle(self) -> None:
        """Until the alarms that have gone off are dealt with."""
        await self._tasks.idle()

    async def run_due(self) -> None:
        """Run what is due now; the timer does it, and so does a test that has moved its clock."""
        acts = self._agenda.due(self._clock.wall_ms())
        try:
            await asyncio.gather(*(act() for act in acts))
        finally:
            self._arm()  # one that fails must not silence the others

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        at_ms = self._agenda.next_ms()
        if at_ms is not None:
            wait_s = min(_LOOP_MAX_S, max(0.0, (at_ms - self._clock.wall_ms()) / 1000))
            self._timer = asyncio.get_running_loop().call_later(wait_s, self._ring)

    def _ring(self) -> None:
        self._timer = None
        self._tasks.start(self.run_due(), "alarms")

    async def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        await self._tasks.close()
