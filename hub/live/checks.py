"""Self-checks under way: each page's own loop through the hub, which nobody else sees, for a minute."""

from __future__ import annotations

from functools import partial

from hub.clock import Clock
from hub.errors import Refusal
from hub.live.media import Answer, MediaPlane
from hub.live.timers import Alarms
from signaling.media_vocabulary import Via

LASTS_MS = 60_000
"""A check needs some 20 s; whatever is still open after this was forgotten."""

AT_ONCE = 40
"""When all seats check as a shift begins the last ones wait for some seconds; nobody may fill the hub."""


class Checks:
    """No session, no log and no recording: a private room of the media plane, and a time for it to end."""

    def __init__(self, clock: Clock, media: MediaPlane) -> None:
        self._clock = clock
        self._media = media
        self._pages: set[str] = set()
        self.alarms = Alarms(clock, "checks")

    async def close(self) -> None:
        await self.alarms.close()

    async def publish(self, page: str, sdp: str, via: Via) -> Answer:
        """Refuses with ``check.busy``, or as ``MediaPlane.publish`` does."""
        self._check_room(page)
        room = _room_of(page)
        answer = await self._media.publish(room, page, sdp, {}, owner=page, private=True, via=via)
        self._begin(page)
        return answer

    async def subscribe(self, page: str, sdp: str, via: Via) -> Answer:
        """What comes back is what this page itself sends."""
        self._check_room(page)
        room = _room_of(page)
        answer = await self._media.subscribe(room, page, sdp, owner=page, own=True, private=True, via=via)
        self._begin(page)
        return answer

    async def end(self, page: str) -> None:
        """The page has gone, or its minute is over; a page that checks nothing is fine."""
        self.alarms.cancel(page)
        if page in self._pages:
            self._pages.discard(page)
            await self._media.close_session(_room_of(page))

    def _check_room(self, page: str) -> None:
        for over in [one for one in self._pages if not self._media.is_open(_room_of(one))]:
            self._pages.discard(over)  # its page has closed it: the next check has its own minute
            self.alarms.cancel(over)
        if page not in self._pages and len(self._pages) >= AT_ONCE:
            raise Refusal("check.busy", retry_after_s=5)

    def _begin(self, page: str) -> None:
        """The minute of a check that has begun does not begin anew."""
        if page not in self._pages:
            self._pages.add(page)
            self.alarms.set((page,), self._clock.wall_ms() + LASTS_MS, partial(self.end, page))


def _room_of(page: str) -> str:
    return f"check:{page}"
