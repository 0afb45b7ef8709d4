"""How hard the hub is pressed, in four steps, from how busy its loop is and how late it comes. Pure."""

from __future__ import annotations

NONE, THINNER, SMALLER, FEWER = range(4)
"""What helps: nothing; no top temporal layer; no top encoding; only the first-ranked pictures."""

BUSY = (0.75, 0.85, 0.93)
"""Share of a core that the loop's thread was busy: at this much the step is needed."""

LATE_S = (0.1, 0.25)
"""The same for how much later than wished the loop came round. When somebody else has the core, thinner
pictures help those who are there; a call is never refused for another program's work."""

EASE = 0.8
"""A step is given up only below this part of what brought it on."""

UP_AFTER_S = 1.0
DOWN_AFTER_S = 10.0
"""Worse within a second, better one step at a time: each step back costs key frames."""


class Pressure:
    """Fed once in a while with the busy share and the lateness of the time since."""

    def __init__(self, now: float) -> None:
        self.step = NONE
        self._calm_since = now
        self._pressed_since: float | None = None

    def feel(self, busy: float, late_s: float, now: float) -> int:
        """The step from now on."""
        if _needed(busy, late_s) > self.step:
            self._pressed_since = now if self._pressed_since is None else self._pressed_since
            if now - self._pressed_since >= UP_AFTER_S:
                self.step, self._pressed_since, self._calm_since = self.step + 1, now, now
            return self.step
        self._pressed_since = None
        if _needed(busy / EASE, late_s / EASE) >= self.step:
            self._calm_since = now
        elif now - self._calm_since >= DOWN_AFTER_S:
            self.step, self._calm_since = self.step - 1, now
        return self.step


def _needed(busy: float, late_s: float) -> int:
    by_share = sum(busy >= limit for limit in BUSY)
    by_lateness = sum(late_s >= limit for limit in LATE_S)
    return max(by_share, by_lateness)
