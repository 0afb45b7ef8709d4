"""An event log that forgets everything at exit: for tests, and the plainest reading of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import msgspec

from hub.domain.event import Actor, Event, Recorded
from hub.domain.streams import LogEvent, decode_event, encode_event
from hub.errors import Refusal
from hub.storage.chain import GENESIS, SHA256, Entry, Link, canonical, link
from hub.storage.eventlog import Report


class MemoryEventLog:
    """``EventLog`` in a dict. Events go through their bytes, as they would on a disk."""

    def __init__(self) -> None:
        self._streams: dict[str, list[Recorded[LogEvent]]] = {}

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
        known = self._streams.get(stream, [])
        if len(known) != expected_seq:
            raise Refusal("stream.moved_on", seq=len(known))
        copies = [cast("LogEvent", decode_event(encode_event(event))) for event in events]
        new = [
            Recorded(stream=stream, seq=seq, at_ms=at_ms, actor=actor, event=event, op=op)
            for seq, event in enumerate(copies, expected_seq + 1)
        ]
        self._streams[stream] = [*known, *new]
        return new

    async def read(self, stream: str, since: int = 0, limit: int | None = None) -> list[Recorded[LogEvent]]:
        behind = self._streams.get(stream, [])[since:]
        return behind if limit is None else behind[:limit]

    async def pick(self, stream: str, seqs: Sequence[int]) -> list[Recorded[LogEvent]]:
        known = self._streams.get(stream, [])
        return [known[seq - 1] for seq in sorted(set(seqs)) if 0 < seq <= len(known)]

    async def links(self, stream: str, since: int = 0, limit: int | None = None) -> list[Link]:
        chain: list[Link] = []
        digest = GENESIS
        for each in self._streams.get(stream, []):
            by = msgspec.json.encode(each.actor, order="deterministic")
            entry = Entry(stream, each.seq, each.at_ms, by, each.op, encode_event(each.event))
            digest = link(SHA256, digest, entry)
            chain.append(Link(each.seq, each.at_ms, SHA256, digest, canonical(entry)))
        return chain[since:] if limit is None else chain[since : since + limit]

    async def streams(self, prefix: str = "") -> list[str]:
        return sorted(name for name in self._streams if name.startswith(prefix))

    async def head(self, stream: str) -> int:
        return len(self._streams.get(stream, []))

    async def verify(self, stream: str | None = None) -> Report:
        names = [stream] if stream in self._streams else list(self._streams) if stream is None else []
        return Report(streams=len(names), events=sum(len(self._streams[name]) for name in names), breaks=[])

    async def check(self) -> None:
        """There is always room."""

    async def close(self) -> None:
        self._streams.clear()
