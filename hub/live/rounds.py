"""The rounds (巡视): what the media plane looks at again and again, and how hard the hub is pressed."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import Collection
from typing import Protocol

from hub.clock import Clock
from hub.live.connections import Connection
from hub.live.pressure import Pressure
from hub.live.rooms import Room
from hub.live.tally import Tally
from hub.metrics import MEDIA_BUSY, MEDIA_PRESSURE

_log = logging.getLogger(__name__)

EVERY_S = 0.2
DEPARTURES = 5  # every fifth round: who is gone, and what has been counted
LINES = 10  # every tenth: how good the lines are


class Plane(Protocol):
    """What there is to look after (``hub.live.media.MediaPlane``)."""

    @property
    def rooms(self) -> Collection[Room]: ...

    @property
    def everybody(self) -> Collection[Connection]: ...

    def carry(self) -> None:
        """What the rounds have found to be wished for is sent."""
        ...


class Rounds:
    """With ``protect`` the hub gives way when it is pressed; without it is only measured."""

    def __init__(self, clock: Clock, plane: Plane, *, protect: bool) -> None:
        self._clock = clock
        self._plane = plane
        self._protect = protect
        self._pressure = Pressure(clock.now())
        self._tally = Tally()
        self._looked_at = clock.now()
        self._busy_s = time.thread_time()

    @property
    def pressure(self) -> int:
        """The step of ``hub.live.pressure`` that holds now."""
        return self._pressure.step if self._protect else 0

    def room_over(self, room: Room) -> None:
        """Nothing of it is counted any more."""
        self._tally.close(room)

    async def make(self) -> None:
        """For ever."""
        self._looked_at, self._busy_s = self._clock.now(), time.thread_time()
        for turn in itertools.count():
            await asyncio.sleep(EVERY_S)
            try:
                self._look(turn)
            except Exception:  # noqa: BLE001 - the door of this task: without it nobody would ever be lost
                _log.exception("looking after media failed")

    def _look(self, turn: int) -> None:
        now = self._clock.now()
        self._feel(now)
        for room in list(self._plane.rooms):
            room.router.pressure = self.pressure
            room.listen_in(now)
            if turn % LINES == 0:
                room.look_at_lines(now)
        if turn % DEPARTURES == 0:
            for connection in list(self._plane.everybody):
                connection.peer.tick(now)
            self._tally.count(self._plane.rooms, self._plane.everybody, now)
        self._plane.carry()

    def _feel(self, now: float) -> None:
        passed_s = now - self._looked_at
        busy_s = time.thread_time()
        busy = min((busy_s - self._busy_s) / passed_s, 1.0) if passed_s > 0 else 0.0
        self._looked_at, self._busy_s = now, busy_s
        before = self.pressure
        self._pressure.feel(busy, max(passed_s - EVERY_S, 0.0), now)
        MEDIA_BUSY.set(busy)
        MEDIA_PRESSURE.set(self.pressure)
        if self.pressure != before:
            _log.warning("the hub is pressed: step %d of 3", self.pressure)
