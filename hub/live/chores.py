"""Work that follows from something that happened: in order for one session, side by side for several."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

from hub.errors import Refusal

_log = logging.getLogger(__name__)

Chore = Callable[[], Awaitable[object]]


class Chores:
    """One queue and at most one worker a key. A refusal is an answer here (the state has moved on)."""

    def __init__(self) -> None:
        self._queues: dict[str, deque[tuple[str, Chore]]] = {}
        self._workers: set[asyncio.Task[None]] = set()

    def add(self, key: str, what: str, chore: Chore) -> None:
        if key in self._queues:
            self._queues[key].append((what, chore))
            return
        self._queues[key] = deque([(what, chore)])
        worker = asyncio.get_running_loop().create_task(self._work(key), name=f"chores: {key}")
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _work(self, key: str) -> None:
        queue = self._queues[key]
        while queue:
            what, chore = queue.popleft()
            try:
                await chore()
            except Refusal as refusal:
                level = logging.WARNING if refusal.meaning.status >= 500 else logging.DEBUG
                _log.log(level, "%s: %s refused: %s", key, what, refusal.code)
            except Exception:  # noqa: BLE001 - the next chore must be done all the same
                _log.exception("%s: %s failed", key, what)
        del self._queues[key]

    async def caught_up(self, key: str) -> None:
        """Until everything asked for so far under ``key`` is done."""
        done = asyncio.Event()

        async def say_so() -> None:
            done.set()

        self.add(key, "catching up", say_so)
        await done.wait()

    async def idle(self) -> None:
        """Until everything asked for so far, and what followed from it, is done."""
        while self._workers:
            await asyncio.wait(self._workers)
