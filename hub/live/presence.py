"""Which seats have somebody at them: pages per seat, since when, and who."""

from __future__ import annotations

from hub.clock import Clock
from hub.domain.event import Actor, Role
from hub.domain.organisation import STREAM, Organisation, SeatAdded
from hub.live.pages import Pages
from hub.live.streams import Batch, Streams
from signaling.vocabulary import Presence as PresencePush
from signaling.vocabulary import SeatPresence


class Presence:
    """Counts the pages of each seat; tells the officers, and each seat about itself (rule P10)."""

    def __init__(self, clock: Clock, streams: Streams, pages: Pages) -> None:
        self._clock = clock
        self._streams = streams
        self._pages = pages
        self._at: dict[str, dict[str, Actor]] = {}
        self._since: dict[str, int] = {}
        self._unsubscribe = streams.subscribe(self._published)

    def close(self) -> None:
        self._unsubscribe()

    def arrive(self, page: str, actor: Actor) -> None:
        """``page`` is there; the seat is named by whoever came last."""
        if actor.seat is None:
            return
        at = self._at.setdefault(actor.seat, {})
        if not at:
            self._since[actor.seat] = self._clock.wall_ms()
        before = self.of(actor.seat)
        at.pop(page, None)
        at[page] = actor
        self._tell(actor.seat, before if len(at) > 1 else None)

    def depart(self, page: str, actor: Actor) -> None:
        seat = actor.seat
        if seat is None or page not in self._at.get(seat, {}):
            return
        before = self.of(seat)
        del self._at[seat][page]
        if not self._at[seat]:
            del self._at[seat], self._since[seat]
        self._tell(seat, before)

    def of(self, seat: str) -> SeatPresence:
        at = self._at.get(seat)
        if not at:
            return SeatPresence(seat_id=seat, online=False)
        person = next(reversed(at.values())).person
        return SeatPresence(seat_id=seat, online=True, since_ms=self._since[seat], person=person)

    async def full(self, viewer: Actor) -> PresencePush:
        """Everything ``viewer`` may know, for a page that has just come."""
        await self._streams.state(STREAM)
        return self._full_now(viewer)

    def _full_now(self, viewer: Actor) -> PresencePush:
        known = self._streams.peek(STREAM)
        organisation = known[0] if known is not None else None
        seats = list(organisation.seats) if isinstance(organisation, Organisation) else []
        return PresencePush(full=True, seats=[self.of(seat) for seat in seats if _may_see(viewer, seat)])

    def _tell(self, seat: str, before: SeatPresence | None) -> None:
        now = self.of(seat)
        if now != before:
            push = PresencePush(full=False, seats=[now])
            self._pages.push_views(lambda viewer: push if _may_see(viewer, seat) else None)

    def _published(self, stream: str, events: Batch) -> None:
        if stream == STREAM and any(isinstance(recorded.event, SeatAdded) for recorded in events):
            self._pages.push_views(self._full_now)


def _may_see(viewer: Actor, seat: str) -> bool:
    return viewer.role is Role.OFFICER or viewer.seat == seat
