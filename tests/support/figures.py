"""A promised figure on a machine that others use too: it is looked at again before it counts as broken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from math import inf

TRIES = 3


def best(once: Callable[[], float], enough: float) -> float:
    """The least of up to three; what else the machine does spoils one of them, a fault of ours spoils all."""
    found: list[float] = []
    while len(found) < TRIES and min(found, default=inf) >= enough:
        found.append(once())
    return min(found)


async def best_async(once: Callable[[], Awaitable[float]], enough: float) -> float:
    found: list[float] = []
    while len(found) < TRIES and min(found, default=inf) >= enough:
        found.append(await once())
    return min(found)
