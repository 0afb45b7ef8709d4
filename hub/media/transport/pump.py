"""Carries what the routers wish for, and owns the one timer that wakes them."""

from __future__ import annotations

import asyncio
from math import inf

from hub.clock import Clock
from hub.media.accel import chooser
from hub.media.sfu.router import Router
from hub.media.transport import drops
from hub.media.transport.drops import Drop

_SLACK_S = 0.001


class Pump:
    """Looks at every router after each batch of datagrams: there are tens of them, and a glance is cheap."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._routers: list[Router] = []
        self._timer: asyncio.TimerHandle | None = None
        self._wakes_at = inf

    def add(self, router: Router) -> None:
        self._routers.append(router)

    def remove(self, router: Router) -> None:
        self._routers.remove(router)

    def close(self) -> None:
        self._routers.clear()
        self._rest()

    def carry(self, now: float) -> None:
        """What the fan-out holds leaves; then hand out what is due and arm the timer for what is not."""
        _flush()
        nearest = inf
        for router in self._routers:
            if router.deadline <= now:
                for wish in router.poll(now):
                    wish.connection.send_rtcp(wish.packet)
            nearest = min(nearest, router.deadline)
        _flush()  # a wish may have brought somebody a burst from the cache
        if nearest < self._wakes_at - _SLACK_S:
            self._arm(nearest, now)

    def wake(self) -> None:
        """Something outside the packet path (a new slot, a wished key frame) may have brought a deadline."""
        self.carry(self._clock.now())

    def _arm(self, nearest: float, now: float) -> None:
        self._rest()
        self._wakes_at = nearest
        delay_s = max(nearest - now, _SLACK_S)
        self._timer = asyncio.get_running_loop().call_later(delay_s, self._fire)

    def _fire(self) -> None:
        self._timer, self._wakes_at = None, inf
        self.carry(self._clock.now())

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._wakes_at = None, inf


def _flush() -> None:
    if failed := chooser.flush():
        drops.count(Drop.UNSENT, failed)
