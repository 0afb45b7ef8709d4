"""What the duty office is told of the recorder: how long the room lasts, what stalled, what was recovered."""

from __future__ import annotations

from msgspec.structs import replace

from hub.clock import Clock
from hub.domain.event import Actor, Role
from hub.live.pages import Pages
from signaling.messages import Push
from signaling.recording_vocabulary import Recorder, RecoveredRow, RoomState, StalledRow

_ROWS_MAX = 20


class RecorderDesk:
    """Pushed to officers when it has changed (R14)."""

    def __init__(self, clock: Clock, pages: Pages | None = None) -> None:
        self._clock = clock
        self._pages = pages
        self._told = Recorder(
            room=RoomState.AMPLE,
            since_ms=clock.wall_ms(),
            free_bytes=0,
            left_s=None,
            recovered=[],
            stalled=[],
        )

    def first(self, viewer: Actor) -> list[Push]:
        """For a page that has just come."""
        return [self._told] if viewer.role is Role.OFFICER else []

    @property
    def state(self) -> Recorder:
        return self._told

    def room(self, state: RoomState, free_bytes: int, left_s: int | None) -> None:
        told = self._told
        since_ms = told.since_ms if told.room is state else self._clock.wall_ms()
        self._tell(replace(told, room=state, since_ms=since_ms, free_bytes=free_bytes, left_s=left_s))

    def recovered(self, row: RecoveredRow) -> None:
        self._tell(replace(self._told, recovered=[*self._told.recovered, row][-_ROWS_MAX:]))

    def stalled(self, row: StalledRow) -> None:
        self._tell(replace(self._told, stalled=[*self._told.stalled, row][-_ROWS_MAX:]))

    def _tell(self, now: Recorder) -> None:
        if now == self._told:
            return
        self._told = now
        if self._pages is not None:
            self._pages.push_views(lambda viewer: now if viewer.role is Role.OFFICER else None)
