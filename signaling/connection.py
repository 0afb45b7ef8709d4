"""One page's line to the hub: who speaks, what is followed, and what is done in which order."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

from hub.domain.event import Actor
from hub.domain.session import stream_of
from signaling.messages import Request
from signaling.throttle import Throttle

PENDING_MAX = 400
"""Requests of one line that wait for their turn; a page has no reason to send more without an answer."""

Job = TypeVar("Job")


class Lanes(Generic[Job]):
    """What touches the same thing is done in the order in which it was asked, the rest side by side."""

    __slots__ = ("_lanes", "pending")

    def __init__(self) -> None:
        self._lanes: dict[str, deque[Job]] = {}
        self.pending = 0

    @property
    def full(self) -> bool:
        return self.pending >= PENDING_MAX

    def put(self, lane: str, job: Job) -> bool:
        """True when nobody works in ``lane`` yet: the caller then works until ``take`` has nothing more."""
        self.pending += 1
        if lane in self._lanes:
            self._lanes[lane].append(job)
            return False
        self._lanes[lane] = deque((job,))
        return True

    def take(self, lane: str) -> Job | None:
        """The next job of ``lane``; None closes the lane."""
        jobs = self._lanes[lane]
        if not jobs:
            del self._lanes[lane]
            return None
        self.pending -= 1
        return jobs.popleft()


class Line:
    """The state of one connection. ``page`` outlives it: a page that comes back has the same."""

    __slots__ = ("actor", "expires_ms", "follows", "page", "strikes", "throttle")

    def __init__(self, page: str, actor: Actor, expires_ms: int) -> None:
        self.page = page
        self.actor = actor
        self.expires_ms = expires_ms
        self.follows: set[str] = set()
        self.throttle = Throttle()
        self.strikes = 0


def lane_of(name: str, request: Request) -> str:
    """The lane of a request: its stream, or ``media``, or the line itself."""
    noun = name.partition(".")[0]
    if noun == "media":
        return noun
    stream: str | None = getattr(request, "stream", None)
    if stream is not None:
        return stream
    session_id: str | None = getattr(request, "session_id", None)
    return stream_of(session_id) if session_id is not None else "line"
