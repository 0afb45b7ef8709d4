"""How often a page may ask: a token bucket per line and kind of request."""

from __future__ import annotations

from typing import NamedTuple


class Limit(NamedTuple):
    """``burst`` at once, then ``rate_per_s`` each second."""

    rate_per_s: float
    burst: int


LIMITS: dict[str, Limit] = {
    "line": Limit(10, 60),  # a page that comes back follows everything it shows at once
    "session": Limit(5, 30),
    "session.start": Limit(0.5, 5),
    "chair": Limit(5, 30),
    "floor": Limit(5, 30),
    "picture": Limit(5, 30),
    "rollcall": Limit(5, 60),
    "organisation": Limit(10, 300),  # a list of offices that is read in from a file
    "spotcheck": Limit(5, 60),
    "booking": Limit(2, 30),
    "hook": Limit(1, 20),
    "duty": Limit(5, 60),
    "incident": Limit(5, 60),
    "item": Limit(10, 300),  # edits written during a cut, or a pasted table, all come at once
    "item.touch": Limit(4, 20),  # the page waits until somebody stays with an item
    "track": Limit(10, 200),
    "attachment": Limit(1, 30),
    "media": Limit(2, 20),
    "media.view": Limit(10, 60),  # every step of a window that is made smaller
    "check": Limit(0.5, 30),  # one check asks eight times at most, and nobody needs more than a few in a row
}


def kind_of(name: str) -> str:
    """The bucket a request draws from."""
    if name in LIMITS:
        return name
    noun = name.partition(".")[0]
    return noun if noun in LIMITS else "line"


class Throttle:
    """The buckets of one line; ``now`` is given, so that a test needs no waiting."""

    __slots__ = ("_level",)

    def __init__(self) -> None:
        self._level: dict[str, tuple[float, float]] = {}

    def wait_s(self, name: str, now: float) -> float:
        """0 when the request ``name`` may pass (and it is counted), else how long to wait for the next."""
        kind = kind_of(name)
        limit = LIMITS[kind]
        tokens, since = self._level.get(kind, (float(limit.burst), now))
        tokens = min(float(limit.burst), tokens + (now - since) * limit.rate_per_s)
        if tokens < 1:
            self._level[kind] = (tokens, now)
            return (1 - tokens) / limit.rate_per_s
        self._level[kind] = (tokens - 1, now)
        return 0.0
