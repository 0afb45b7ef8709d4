"""Which encodings a publisher should send: on at once, off when nobody has wanted them for a while. Pure."""

from __future__ import annotations

from collections.abc import Sequence

HOLD_S = 5.0
"""Switching off and on costs a key frame; who turns a page back finds the picture still there."""


class Layers:
    """What one m-line has been told to send; a publisher begins with everything."""

    def __init__(self, count: int, now: float) -> None:
        self.active: tuple[bool, ...] = (True,) * count
        self._wanted_at = [now] * count

    def update(self, wanted: Sequence[bool], now: float) -> bool:
        """Whether the publisher should be told something new."""
        for index, is_wanted in enumerate(wanted):
            if is_wanted:
                self._wanted_at[index] = now
        before, self.active = self.active, tuple(now - at < HOLD_S for at in self._wanted_at)
        return self.active != before
