"""Looks again and again how long the room lasts, and tells it to /metrics, log and desk (rule R14)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from hub.clock import Clock
from hub.live.recorder import RecorderDesk
from hub.metrics import RECORDING_LEFT_S
from recordings.outlook import Outlook
from recordings.room import Room
from signaling.recording_vocabulary import RoomState

_log = logging.getLogger(__name__)

_STEP = 100_000_000
"""Free room is told in steps of 100 MB, time in minutes: else everybody would be told all the time."""


class RoomWatch:
    """``written``: how many bytes the writer has written; ``is_full``: it has stopped for want of room."""

    def __init__(
        self,
        clock: Clock,
        room: Room,
        desk: RecorderDesk,
        *,
        warn_s: float,
        written: Callable[[], int],
        is_full: Callable[[], bool],
    ) -> None:
        self._clock = clock
        self._room = room
        self._desk = desk
        self._written = written
        self._is_full = is_full
        self._outlook = Outlook(warn_s)

    async def look(self) -> None:
        outlook, before = self._outlook, self._outlook.state
        left_bytes = await asyncio.to_thread(lambda: self._room.left_bytes)
        outlook.look(self._clock.now(), left_bytes, self._written(), full=self._is_full())
        left_s, now = outlook.left_s, outlook.state
        RECORDING_LEFT_S.set(-1 if left_s is None else left_s)
        if now is not before:
            level = logging.INFO if now is RoomState.AMPLE else logging.WARNING
            words = {"left_s": left_s, "left_bytes": left_bytes}
            _log.log(level, "the room for recordings is %s", now.value, extra=words)
        if now is RoomState.AMPLE:
            self._desk.room(now, 0, None)  # what changes all the time is told when it matters
        else:
            rounded_s = None if left_s is None else round(left_s / 60) * 60
            self._desk.room(now, left_bytes // _STEP * _STEP, rounded_s)
