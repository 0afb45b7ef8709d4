"""Who gets how much of a narrow line: every picture a little, then round by round what its tile can show."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import inf
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from hub.media.sfu.encoding import Rung

Key = TypeVar("Key", bound=Hashable)

# A picture of three quarters of the tile's width, stretched, is not told from a full one across a desk.
SHARP = 0.75
# Of the budget: how far a picture may rise above what it has, and how far what it has may grow by itself.
# Rates breathe, and layers should not.
RISES, GROWS = 0.87, 1.1
# And how far before a picture that cannot be thinned is taken away: seconds are lost by a doubt of a moment.
KEEPS = 1.4
# The hub's pressure: what everybody gives up, each with what comes before it.
NO_TOP_FRAMES, NO_TOP_ENCODING, FIRST_PICTURES = 1, 2, 3
TOP_FRAMES = 2  # the temporal limit that is everything


class Want(NamedTuple):
    """One tile that somebody looks at: what its source can be had at, and what it has."""

    rank: int  # 0: first to keep
    width: int  # of the tile, device pixels
    rungs: tuple[Rung, ...]
    content: bool = False
    current: Rung | None = None


class Allotment(NamedTuple, Generic[Key]):
    rungs: dict[Key, Rung | None]  # None: paused
    bps: float
    lacking_bps: float  # the least budget that gives somebody more; inf: everybody has all he can show
    least_bps: float  # the budget that gives everybody his first step


def allocate(wants: Mapping[Key, Want], budget_bps: float, pressure: int = 0) -> Allotment[Key]:
    """Content comes before cameras, and those by rank. Everybody gets a first step before anybody a second.

    So the least important is paused first. The steps are those of ``ladder``: frames go before sharpness.
    """
    order = sorted(wants, key=lambda key: (not wants[key].content, wants[key].rank))
    purse = _Purse(budget_bps)
    climbers = {key: _Climber(wants[key], pressure) for key in order}
    content = [climber for climber in climbers.values() if climber.want.content]
    cameras = [climber for climber in climbers.values() if not climber.want.content]
    if pressure >= FIRST_PICTURES:
        content, cameras = content[:1], cameras[:1]
    for climber in (*content, *cameras):
        climber.climb(purse)
    for group in (content, cameras):
        climbing = [climber for climber in group if climber.rung is not None]
        while climbing:
            climbing = [climber for climber in climbing if climber.climb(purse)]
    rungs = {key: climber.rung for key, climber in climbers.items()}
    least_bps = sum(climber.first_bps for climber in (*content, *cameras)) / RISES
    return Allotment(rungs, purse.spent_bps, purse.lacking_bps, least_bps)


def ladder(want: Want, pressure: int = 0) -> list[Rung]:
    """The steps up to what the tile can show: frames before sharpness, at both ends.

    Of a larger encoding the slowest frames are left out: a camera at seven frames a second jerks more than a
    smaller one blurs. Text is another matter.
    """
    rungs = sorted(want.rungs, key=lambda rung: (rung.encoding, rung.temporal))
    encodings = sorted({rung.encoding for rung in rungs})
    if not encodings:
        return []
    fits = [rung.encoding for rung in rungs if rung.width >= SHARP * want.width]
    top = fits[0] if fits else encodings[-1]
    if pressure >= NO_TOP_ENCODING and len(encodings) > 1:
        top = min(top, encodings[-2])
    steps: list[Rung] = []
    for encoding in encodings[: encodings.index(top) + 1]:
        frames = [rung for rung in rungs if rung.encoding == encoding]
        if encoding > encodings[0] and not want.content and frames[0].temporal == 0:
            frames = frames[1:] or frames
        if pressure >= NO_TOP_FRAMES and frames[-1].temporal == TOP_FRAMES:
            frames = frames[:-1] or frames
        steps += frames
    return steps


class _Purse:
    """What there is, what is spent, and what would have been enough."""

    __slots__ = ("_budget_bps", "lacking_bps", "spent_bps")

    def __init__(self, budget_bps: float) -> None:
        self._budget_bps = budget_bps
        self.spent_bps = 0.0
        self.lacking_bps = inf

    def pay(self, bps: float, share: float) -> bool:
        """``share``: how much of the budget may be spent with this."""
        needed = (self.spent_bps + bps) / share
        if needed > self._budget_bps:
            self.lacking_bps = min(self.lacking_bps, needed)
            return False
        self.spent_bps += bps
        return True


class _Climber:
    """One tile on its ladder."""

    __slots__ = ("_above", "_keeps", "first_bps", "rung", "want")

    def __init__(self, want: Want, pressure: int) -> None:
        self.want = want
        self.rung: Rung | None = None
        self._above = ladder(want, pressure)[::-1]
        self._keeps = KEEPS if len(self._above) == 1 else GROWS
        self.first_bps = self._above[-1].bps if self._above else 0

    def climb(self, purse: _Purse) -> bool:
        """One step, if there is one and the purse allows it."""
        if not self._above:
            return False
        step, current = self._above[-1], self.want.current
        rises = current is None or step[:2] > current[:2]
        extra = step.bps - (self.rung.bps if self.rung is not None else 0)
        if not purse.pay(extra, RISES if rises else self._keeps):
            return False
        self.rung = self._above.pop()
        return True
