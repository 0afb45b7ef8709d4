"""What an event log promises: order, durability, optimistic appends, and a chain that can be checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from hub.domain.event import Actor, Event, Recorded
from hub.domain.streams import LogEvent
from hub.storage.chain import Link


class Break(msgspec.Struct, frozen=True):
    """The first place of a stream where the chain does not hold."""

    stream: str
    seq: int
    why: str


class Report(msgspec.Struct, frozen=True):
    """The outcome of a verification."""

    streams: int
    events: int
    breaks: list[Break]

    @property
    def ok(self) -> bool:
        return not self.breaks


class EventLog(Protocol):
    """Numbered streams of events, never changed once written (tests/contracts/test_eventlog.py)."""

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
        """Write ``events`` behind event ``expected_seq`` (0: a new stream), all of them or none.

        When this returns, the events survive ``kill -9`` and a power cut. Raises ``Refusal``
        ``stream.moved_on`` (``detail["seq"]`` is where the stream is now) or ``storage.full``; then
        nothing was written. Cancelling the wait does not cancel the append: it may still happen.
        """
        ...

    async def read(self, stream: str, since: int = 0, limit: int | None = None) -> list[Recorded[LogEvent]]:
        """The events after number ``since`` in order; an unknown stream has none."""
        ...

    async def pick(self, stream: str, seqs: Sequence[int]) -> list[Recorded[LogEvent]]:
        """The events with these numbers, in order; a number that is not there is left out."""
        ...

    async def links(self, stream: str, since: int = 0, limit: int | None = None) -> list[Link]:
        """As ``read``, but as it is hashed: what leaves the hub stays checkable there."""
        ...

    async def streams(self, prefix: str = "") -> list[str]:
        """The names that start with ``prefix``, sorted; ids sort by the time they were made."""
        ...

    async def head(self, stream: str) -> int:
        """The number of the last event, 0 when there is none."""
        ...

    async def verify(self, stream: str | None = None) -> Report:
        """Check the hash chain of one stream, or of all."""
        ...

    async def check(self) -> None:
        """Prove that the next append would be kept, by writing; refuses with ``storage.full``."""
        ...

    async def close(self) -> None:
        """Finish what was appended, then let go of the storage."""
        ...
