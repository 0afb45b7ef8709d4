"""Who has had the word and when: what slots follow that choose for themselves. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

SPOKEN_S = 1.5
"""So long somebody speaks before a picture is changed for it: a cough or a "yes" moves nothing."""

SILENT_S = 2.0
"""So long somebody is silent before its picture may go: a pause for thought is still its turn."""

PAUSE_S = 1.0
"""What is shorter does not end a turn; levels are looked at five times a second."""


@dataclass(slots=True)
class _Turn:
    began: float
    last: float


class Turns:
    """The last turn of every venue that has spoken."""

    def __init__(self) -> None:
        self._turns: dict[str, _Turn] = {}

    def note(self, speaking: Iterable[str], now: float) -> None:
        """These venues are speaking at this moment."""
        for venue in speaking:
            turn = self._turns.get(venue)
            if turn is None or now - turn.last > PAUSE_S:
                self._turns[venue] = _Turn(now, now)
            else:
                turn.last = now

    def forget(self, venue: str) -> None:
        """It was muted: no claim to anything stays."""
        self._turns.pop(venue, None)

    def last(self, venue: str) -> float:
        """When it was last speaking; -inf for never."""
        turn = self._turns.get(venue)
        return turn.last if turn is not None else -inf

    def has_yielded(self, venue: str, now: float) -> bool:
        """Its place may be given to somebody who speaks."""
        return now - self.last(venue) >= SILENT_S

    def pressing(self, now: float) -> list[str]:
        """Who is speaking and has been for long enough to be seen, the longest first."""
        turns = sorted((turn.began, venue) for venue, turn in self._turns.items() if self._presses(turn, now))
        return [venue for _, venue in turns]

    @staticmethod
    def _presses(turn: _Turn, now: float) -> bool:
        return now - turn.last <= PAUSE_S and turn.last - turn.began >= SPOKEN_S
