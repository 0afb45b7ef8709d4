"""Background work that never dies in silence."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

_log = logging.getLogger(__name__)

STOP_S = 5.0
"""For one part of the hub to stop; it needs a fraction of that, unless something is wrong."""


class Tasks:
    """Owns the background tasks of one service; ``close`` cancels and awaits them all."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], what: str) -> asyncio.Task[Any]:
        """Run ``work``; a failure is logged with what it was doing."""
        task = asyncio.get_running_loop().create_task(work, name=f"{self._name}: {what}")
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def repeat(self, turn: Callable[[], Awaitable[object]], what: str, every_s: float) -> asyncio.Task[Any]:
        """Run ``turn`` for ever, with a rest behind each. One that fails is logged, and the next comes."""
        return self.start(self._again_and_again(turn, what, every_s), what)

    async def _again_and_again(
        self, turn: Callable[[], Awaitable[object]], what: str, every_s: float
    ) -> None:
        while True:
            try:
                await turn()
            except Exception:  # noqa: BLE001 - the door of such a task: what fails now may work the next time
                _log.exception("%s: %s failed", self._name, what)
            await asyncio.sleep(every_s)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("%s failed", task.get_name(), exc_info=error)

    async def idle(self) -> None:
        """Until everything started so far has ended."""
        if self._running:
            await asyncio.wait(list(self._running))

    async def close(self) -> None:
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def in_time(
    what: str, close: Callable[[], Coroutine[Any, Any, object]], within_s: float = STOP_S
) -> None:
    """``close``, but not for ever: who is below in the house must get its turn too."""
    closing = asyncio.get_running_loop().create_task(close(), name=f"stop {what}")
    done, _ = await asyncio.wait([closing], timeout=within_s)
    if done:
        await closing
        return
    closing.cancel()  # not awaited: it may not heed that either
    _log.error("%s did not stop within %.0f s; going on without it", what, within_s)
