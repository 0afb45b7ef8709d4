"""How good the line of a venue is, and since when: what a duty officer reads before calling. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from signaling.media_vocabulary import LineSide, LineState, VenueLine

LOST_AFTER_S = 3.0
"""Nothing authentic for so long: on a line that works media, reports and checks come more often."""

BETTER_AFTER_S = 6.0
"""Worse at once, better after a while: a line that wavers is shown as bad as it is."""

# Speech survives 3 % unnoticed (NACK, Opus FEC) and becomes tiring above 10 %; turns collide above 300 ms.
FAIR_LOSS, POOR_LOSS = 0.03, 0.10
FAIR_RTT_MS, POOR_RTT_MS = 300, 800
FAIR_JITTER_MS, POOR_JITTER_MS = 60, 200

_RANK = {state: rank for rank, state in enumerate(LineState)}


def grade(side: LineSide | None, *, starved: bool = False) -> LineState:
    """What one direction is worth. ``starved``: it has no room for everything that is wanted."""
    if side is None:
        return LineState.GOOD
    rtt_ms, jitter_ms = side.rtt_ms or 0, side.jitter_ms or 0
    if side.loss >= POOR_LOSS or rtt_ms >= POOR_RTT_MS or jitter_ms >= POOR_JITTER_MS:
        return LineState.POOR
    if side.loss >= FAIR_LOSS or rtt_ms >= FAIR_RTT_MS or jitter_ms >= FAIR_JITTER_MS or starved:
        return LineState.FAIR
    return LineState.GOOD


def worse(one: LineState, other: LineState) -> LineState:
    return max(one, other, key=_RANK.__getitem__)


@dataclass(slots=True)
class _Line:
    state: LineState
    since_s: float
    not_better_at: float
    up: LineSide | None = None
    down: LineSide | None = None


class Lines:
    """The lines of one session's venues."""

    def __init__(self) -> None:
        self._lines: dict[str, _Line] = {}

    def look(
        self, venue: str, found: LineState, now: float, *, up: LineSide | None, down: LineSide | None
    ) -> None:
        """What was found just now. LOST is told by ``lose``, which knows since when."""
        line = self._lines.get(venue)
        if line is None:
            self._lines[venue] = _Line(found, now, now, up, down)
            return
        line.up, line.down = up, down
        if _RANK[found] >= _RANK[line.state]:
            line.not_better_at = now
        is_worse = _RANK[found] > _RANK[line.state]
        is_back = line.state is LineState.LOST
        if is_worse or is_back or now - line.not_better_at >= BETTER_AFTER_S:
            line.state, line.since_s, line.not_better_at = found, now, now

    def lose(self, venue: str, heard_at: float) -> None:
        """Nothing has come since ``heard_at``."""
        line = self._lines.get(venue)
        if line is None or line.state is not LineState.LOST:
            self._lines[venue] = _Line(LineState.LOST, heard_at, heard_at)

    def forget(self, venue: str) -> None:
        """It has left the session."""
        self._lines.pop(venue, None)

    def told(self, wall_ms_at: Callable[[float], int]) -> dict[str, VenueLine]:
        return {
            venue: VenueLine(state=line.state, since_ms=wall_ms_at(line.since_s), up=line.up, down=line.down)
            for venue, line in self._lines.items()
        }
