"""Venues come, are cut off, come back and go: places, ring timers and the time of grace."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from hub.clock import Clock
from hub.domain.call import VenueState
from hub.domain.event import HUB, Command
from hub.domain.session import (
    DropVenue,
    ExpireCall,
    LeaveSession,
    ReturnVenue,
    Session,
    SessionEnded,
    SessionEvent,
    Venue,
    VenueAnswered,
    VenueCalled,
    VenueDeclined,
    VenueDropped,
    VenueJoined,
    VenueLeft,
    VenueMissed,
    VenueReturned,
    stream_of,
)
from hub.errors import Refusal
from hub.live.chores import Chores
from hub.live.pages import Pages
from hub.live.rights import session_of
from hub.live.seating import Place, Seating
from hub.live.streams import Batch, Streams
from hub.live.timers import Alarms
from signaling.media_vocabulary import MediaState

GRACE_MS = 30_000
"""J4: how long a venue keeps its place after its line broke."""

_RING, _GRACE = "ring", "grace"


class MediaEnds(Protocol):
    """What of the media plane is needed to end somebody's media; all of it may find nothing to end."""

    async def close_account(self, account: str) -> None: ...

    async def close_owner(self, session_id: str, owner: str, reason: str = "closed") -> None: ...

    async def close_venue(self, session_id: str, venue: str, reason: str = "closed") -> None: ...

    async def close_session(self, session_id: str) -> None: ...


class Attendance:
    """Follows the sessions' own events, so that a timer is never set twice or forgotten."""

    def __init__(
        self,
        clock: Clock,
        streams: Streams,
        pages: Pages,
        media: MediaEnds,
        chores: Chores,
        grace_ms: int = GRACE_MS,
    ) -> None:
        self._clock = clock
        self._streams = streams
        self._pages = pages
        self._media = media
        self._chores = chores
        self._grace_ms = grace_ms
        self._seating = Seating()
        self.alarms = Alarms(clock, "attendance")
        self._unsubscribe = streams.subscribe(self._published)

    async def close(self) -> None:
        self._unsubscribe()
        await self.alarms.close()

    # --- places ---------------------------------------------------------------------------------

    def holds(self, place: Place, page: str) -> bool:
        return self._seating.page_at(place) == page

    async def sit(self, place: Place, page: str) -> None:
        """``page`` is the venue's page from now on; another page of the same seat is displaced (J5)."""
        former = self._seating.take(place, page)
        if former is not None:
            lost = MediaState(session_id=place.session_id, resource="", connected=False, reason="displaced")
            self._pages.push(former, lost)
            self._chores.add(stream_of(place.session_id), "displace", partial(self._displace, place, former))
        if not self._pages.is_there(page):  # the line broke while the hub was still writing
            self.page_gone(page)
        else:
            await self._come_back(place)

    async def _displace(self, place: Place, former: str) -> None:
        """Unless it has taken the place back. What it has in other sessions stays its own."""
        if not self.holds(place, former):
            await self._media.close_owner(place.session_id, former, "displaced")

    def page_gone(self, page: str) -> None:
        """The line of ``page`` broke: its venues are cut off, and keep their places for a while."""
        for place in self._seating.page_gone(page):
            self._empty(place, DropVenue(venue=place.venue))

    async def client_came(self, place: Place, client: str) -> None:
        """A client that is no page (WHIP) sends for the venue."""
        self._seating.client_came(place, client)
        await self._come_back(place)

    async def _come_back(self, place: Place) -> None:
        """Of two that come back for one venue at once the second finds it there, which is as good."""
        if (await self._venue(place)).state is not VenueState.RECONNECTING:
            return
        try:
            await self._step(place, ReturnVenue(venue=place.venue))
        except Refusal:
            if (await self._venue(place)).state is not VenueState.JOINED:
                raise

    def client_gone(self, place: Place, client: str, *, lost: bool) -> None:
        """It said good-bye, or it was ``lost``."""
        if self._seating.client_gone(place, client):
            stays = lost or self._seating.is_expected(place)
            self._empty(place, DropVenue(venue=place.venue) if stays else LeaveSession(venue=place.venue))

    def _empty(self, place: Place, command: Command) -> None:
        async def unless_somebody_came() -> None:
            if self._seating.is_empty(place):
                await self._step(place, command)

        self._chores.add(stream_of(place.session_id), "place empty", unless_somebody_came)

    # --- timers ---------------------------------------------------------------------------------

    def resume(self, session: Session) -> None:
        """Set what is pending in a session that was running before the hub was."""
        for venue in session.venues.values():
            place = Place(session.session_id, venue.venue)
            match venue.state:
                case VenueState.RINGING:
                    self._set_ring(place, venue.rings_until_ms or 0)
                case VenueState.RECONNECTING:
                    # It could not come back while the hub was away: its time begins again.
                    self._set_grace(place, self._clock.wall_ms() + self._grace_ms)
                case VenueState.JOINED:
                    self._empty(place, DropVenue(venue=venue.venue))

    def _set_ring(self, place: Place, at_ms: int) -> None:
        self.alarms.set((*place, _RING), at_ms, partial(self._ring_over, place))

    def _set_grace(self, place: Place, at_ms: int) -> None:
        self.alarms.set((*place, _GRACE), at_ms, partial(self._grace_over, place))

    async def _ring_over(self, place: Place) -> None:
        async def unless_called_again() -> None:
            venue = await self._venue(place)
            if venue.rings_until_ms is not None and venue.rings_until_ms <= self._clock.wall_ms():
                offline = not self._pages.is_seated(place.venue)
                await self._step(place, ExpireCall(venue=place.venue, offline=offline))

        self._chores.add(stream_of(place.session_id), "ring over", unless_called_again)

    async def _grace_over(self, place: Place) -> None:
        self._empty(place, LeaveSession(venue=place.venue, reason="lost"))

    # --- what happened --------------------------------------------------------------------------

    def _published(self, stream: str, events: Batch) -> None:
        noun, _, session_id = stream.partition(":")
        if noun == "session":
            for recorded in events:
                self._follow(session_id, recorded.event, recorded.at_ms)

    def _follow(self, session_id: str, event: SessionEvent, at_ms: int) -> None:
        match event:
            case VenueCalled(venue=venue, rings_until_ms=until_ms):
                self._set_ring(Place(session_id, venue), until_ms)
            case VenueDropped(venue=venue):
                self._dropped(Place(session_id, venue), at_ms)
            case VenueAnswered() | VenueJoined() | VenueReturned() | VenueDeclined() | VenueMissed():
                self.alarms.cancel(session_id, event.venue)
            case VenueLeft(venue=venue, reason=reason):
                self.alarms.cancel(session_id, venue)
                self._seating.clear(Place(session_id, venue))
                end = partial(self._media.close_venue, session_id, venue, reason)
                self._chores.add(stream_of(session_id), "end the venue's media", end)
            case SessionEnded():
                self.alarms.cancel(session_id)
                self._seating.clear_session(session_id)

    def _dropped(self, place: Place, at_ms: int) -> None:
        if self._seating.is_empty(place):
            self._set_grace(place, at_ms + self._grace_ms)
        else:  # it came back while the drop was being written
            back = partial(self._step, place, ReturnVenue(venue=place.venue))
            self._chores.add(stream_of(place.session_id), "back already", back)

    async def _step(self, place: Place, command: Command) -> None:
        await self._streams.execute(stream_of(place.session_id), command, HUB)

    async def _venue(self, place: Place) -> Venue:
        return (await session_of(self._streams, place.session_id)).venues[place.venue]
