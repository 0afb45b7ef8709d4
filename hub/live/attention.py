"""What makes the boards act in time and reach people: the index of what waits, and what follows from it."""

from __future__ import annotations

from hub.clock import Clock
from hub.live.deadlines import AFTER_START_MS, Deadlines
from hub.live.deliveries import Deliveries
from hub.live.pages import Pages
from hub.live.streams import Streams
from hub.live.waitlists import WaitLists
from hub.live.watching import Watching


class Attention:
    """Owns the four of them; ``lists`` is what a page gets when it comes."""

    def __init__(
        self, clock: Clock, streams: Streams, pages: Pages, *, after_start_ms: int = AFTER_START_MS
    ) -> None:
        self.watching = Watching(streams)
        self.lists = WaitLists(clock, self.watching, pages)
        self.deliveries = Deliveries(streams, self.watching)
        self.lists.on_given = self.deliveries.given
        self.deadlines = Deadlines(
            clock, streams, self.watching, self.lists.time_has_come, after_start_ms=after_start_ms
        )

    async def start(self) -> None:
        """Take up what the log has; lists are complete when this is done."""
        await self.watching.start()

    async def close(self) -> None:
        self.watching.close()
        await self.deadlines.close()
        await self.deliveries.chores.idle()

    async def settled(self) -> None:
        """Until what has happened is told and what is due is done; for tests, whose clock stands still."""
        for _ in range(3):
            self.watching.flush()
            await self.deadlines.alarms.run_due()
            await self.deadlines.chores.idle()
            await self.deliveries.chores.idle()
        self.watching.flush()
