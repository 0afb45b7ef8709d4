"""One recording that this hub is writing, and what the writer's thread says about one of its tapes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from hub.domain import recording
from hub.domain.recording import Track
from hub.domain.session import Source
from recordings.tape import Tape


class Line:
    """Carries what the writer's thread says about one tape into the event loop (a ``Watcher``)."""

    def __init__(self, loop: asyncio.AbstractEventLoop, request_keyframe: partial[None]) -> None:
        self._loop = loop
        self._request_keyframe = request_keyframe
        self.track: asyncio.Future[Track | None] = loop.create_future()
        self.end: asyncio.Future[tuple[int | None, str | None]] = loop.create_future()

    def began(self, track: Track) -> None:
        self._loop.call_soon_threadsafe(self._resolve, self.track, track)

    def ended(self, end_ms: int | None, problem: str | None) -> None:
        self._loop.call_soon_threadsafe(self._resolve, self.track, None)
        self._loop.call_soon_threadsafe(self._resolve, self.end, (end_ms, problem))

    def wants_keyframe(self) -> None:
        self._loop.call_soon_threadsafe(self._request_keyframe)

    @staticmethod
    def _resolve(future: asyncio.Future[Any], value: object) -> None:
        if not future.done():
            future.set_result(value)


class Live(NamedTuple):
    """A source that is being written. ``detach`` takes its tape off the packet path."""

    source: Source
    tape: Tape
    detach: Callable[[], None]


@dataclass
class Run:
    """``held``: why nothing is written at the moment, until it is said to go on; ``over``: for good."""

    recording_id: str
    session_id: str
    over: bool = False
    held: set[str] = field(default_factory=set)
    live: dict[str, Live] = field(default_factory=dict)  # by source
    tracks: set[asyncio.Task[Any]] = field(default_factory=set)

    @property
    def stream(self) -> str:
        return recording.stream_of(self.recording_id)

    @property
    def is_open(self) -> bool:
        """New sources are taken in."""
        return not self.over and not self.held

    def close_tapes(self) -> None:
        """What has come until now is still written; whoever follows a tape hears when it is over."""
        for live in self.live.values():
            live.detach()
            live.tape.close()
        self.live.clear()
