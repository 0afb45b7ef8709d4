"""Who is to be looked after when: among hundreds only those whose time has come are touched."""

from __future__ import annotations

from collections.abc import Hashable
from heapq import heappop, heappush
from math import inf
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Agenda(Generic[Key]):
    """One time for each key, the earliest it was given; ``deadline`` is the earliest of all."""

    __slots__ = ("_at", "_entries", "_heap", "deadline")

    def __init__(self) -> None:
        self.deadline = inf
        self._at: dict[Key, float] = {}
        self._heap: list[tuple[float, int, Key]] = []  # may name times that no longer hold
        self._entries = 0  # two keys of one time are never compared

    def want(self, key: Key, at: float) -> None:
        """Not later than ``at``."""
        if at < self._at.get(key, inf):
            self._at[key] = at
            self._entries += 1
            heappush(self._heap, (at, self._entries, key))
            self.deadline = min(self.deadline, at)

    def due(self, now: float) -> list[Key]:
        """Those whose time has come; they have none any more."""
        keys = []
        while self._heap and self._heap[0][0] <= now:
            at, _, key = heappop(self._heap)
            if self._at.get(key) == at:
                del self._at[key]
                keys.append(key)
        self._settle()
        return keys

    def drop(self, key: Key) -> None:
        if self._at.pop(key, None) is not None:
            self._settle()

    def _settle(self) -> None:
        while self._heap and self._at.get(self._heap[0][2]) != self._heap[0][0]:
            heappop(self._heap)
        self.deadline = self._heap[0][0] if self._heap else inf
