"""Which seats have somebody at them: pages per seat, since when, and who."""

from __future__ import annotations

from functools import partial

import msgspec

from hub.clock import Clock
from hub.domain.event import Actor, Role
from hub.domain.organisation import STREAM, Organisation, SeatAdded
from hub.live.pages import Pages
from hub.live.streams import Batch, Streams
from hub.live.timers import Alarms
from signaling.vocabulary import Presence as PresencePush
from signaling.vocabulary import SeatPresence

OFFLINE_AFTER_MS = 30_000
"""A page that is loaded anew, or whose line breaks for a moment, is not an empty seat."""


class Presence:
    """Counts the pages of each seat; tells the officers, and each seat about itself (rule P10)."""

    def __init__(
        self, clock: Clock, streams: Streams, pages: Pages, *, offline_after_ms: int = OFFLINE_AFTER_MS
    ) -> None:
        self._clock = clock
        self._streams = streams
        self._pages = pages
        self._offline_after_ms = offline_after_ms
        self._at: dict[str, dict[str, Actor]] = {}
        self._shown: dict[str, SeatPresence] = {}
        self.alarms = Alarms(clock, "presence")
        self._unsubscribe = streams.subscribe(self._published)

    async def close(self) -> None:
        self._unsubscribe()
        await self.alarms.close()

    def arrive(self, page: str, actor: Actor) -> None:
        """``page`` is there; a seat is named by whoever came last."""
        seat = actor.seat
        if seat is None:
            return
        self.alarms.cancel(seat)
        at = self._at.setdefault(seat, {})
        at.pop(page, None)
        at[page] = actor
        since_ms = self.of(seat).since_ms or self._clock.wall_ms()
        self._show(SeatPresence(seat_id=seat, online=True, since_ms=since_ms, person=actor.person))

    def depart(self, page: str, actor: Actor) -> None:
        seat = actor.seat
        at = self._at.get(seat or "", {})
        if seat is None or page not in at:
            return
        del at[page]
        if at:
            person = next(reversed(at.values())).person
            self._show(msgspec.structs.replace(self.of(seat), person=person))
        else:
            del self._at[seat]
            self.alarms.set(
                (seat,), self._clock.wall_ms() + self._offline_after_ms, partial(self._gone, seat)
            )

    async def _gone(self, seat: str) -> None:
        self._show(SeatPresence(seat_id=seat, online=False))

    def of(self, seat: str) -> SeatPresence:
        return self._shown.get(seat) or SeatPresence(seat_id=seat, online=False)

    async def full(self, viewer: Actor) -> PresencePush:
        """Everything ``viewer`` may know, for a page that has just come."""
        await self._streams.state(STREAM)
        return self._full_now(viewer)

    def _full_now(self, viewer: Actor) -> PresencePush:
        known = self._streams.peek(STREAM)
        organisation = known[0] if known is not None else None
        seats = list(organisation.seats) if isinstance(organisation, Organisation) else []
        return PresencePush(full=True, seats=[self.of(seat) for seat in seats if _may_see(viewer, seat)])

    def _show(self, now: SeatPresence) -> None:
        if now != self.of(now.seat_id):
            self._shown[now.seat_id] = now
            push = PresencePush(full=False, seats=[now])
            self._pages.push_views(lambda viewer: push if _may_see(viewer, now.seat_id) else None)

    def _published(self, stream: str, events: Batch) -> None:
        if stream == STREAM and any(isinstance(recorded.event, SeatAdded) for recorded in events):
            self._pages.push_views(self._full_now)


def _may_see(viewer: Actor, seat: str) -> bool:
    return viewer.role is Role.OFFICER or viewer.seat == seat
