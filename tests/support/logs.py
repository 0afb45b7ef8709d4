"""Small helpers around an event log on disk."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from hub.domain.event import Actor, Recorded, Role
from hub.domain.organisation import AccountDisabled
from hub.domain.streams import LogEvent
from hub.storage.database import FILE_NAME
from hub.storage.eventlog import EventLog

BY = Actor(account="admin", person="林晓峰", role=Role.ADMIN)


async def put(
    log: EventLog, stream: str, expected_seq: int, count: int = 1, *, reason: str = "调离"
) -> list[Recorded[LogEvent]]:
    """Append ``count`` events that mean little."""
    events = [AccountDisabled(account=f"n{expected_seq + n}", reason=reason) for n in range(1, count + 1)]
    return await log.append(stream, expected_seq, events, actor=BY, op=None, at_ms=1_784_514_600_000)


def tamper(data_dir: Path, statement: str, *values: object) -> None:
    """Change the database behind the hub's back."""
    with sqlite3.connect(data_dir / FILE_NAME) as connection:
        connection.execute(statement, values)
    connection.close()
