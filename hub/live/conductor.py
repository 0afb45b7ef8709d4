"""What goes on by itself in a session: the carousel turns, a roll call goes on, an answer is heard."""

from __future__ import annotations

from functools import partial

from hub.clock import Clock
from hub.domain.event import HUB, Command
from hub.domain.picture import Carousel, TurnCarousel
from hub.domain.picture_rules import turns_ms
from hub.domain.rollcall import HearRollCall, NextInRollCall, RollCall
from hub.domain.rollcall_rules import is_awaited
from hub.domain.session import Session, stream_of
from hub.live.chores import Chores
from hub.live.streams import Batch, Streams
from hub.live.timers import Alarms

LOUD = 45
"""So many dB below overload, or less, is a voice in the room and not the room (RFC 6464)."""

_CAROUSEL, _ROLL_CALL = "carousel", "rollcall"


class Conductor:
    """Follows the sessions' own state: after every event each has the timers that belong to it."""

    def __init__(self, clock: Clock, streams: Streams, chores: Chores) -> None:
        self._clock = clock
        self._streams = streams
        self._chores = chores
        self._due: dict[tuple[str, str], tuple[int, Command]] = {}
        self._heard: dict[str, tuple[str, int]] = {}
        self.alarms = Alarms(clock, "conductor")
        self._unsubscribe = streams.subscribe(self._published)

    async def close(self) -> None:
        self._unsubscribe()
        await self.alarms.close()

    def resume(self, session: Session) -> None:
        """Set what is pending in a session that was running before the hub was."""
        self._follow(session)

    def levels(self, session_id: str, levels: dict[str, int]) -> None:
        """How loud the venues are; the one that is asked answers by being heard (A3)."""
        session = self._session(session_id)
        roll = session.rollcall if session is not None else None
        if roll is None or roll.asked is None or roll.current is None:
            return
        asked, now_ms = (roll.asked, roll.current), self._clock.wall_ms()
        if self._heard.get(session_id) == asked or not is_awaited(roll, now_ms):
            return
        if levels.get(roll.asked, 127) <= LOUD:
            self._heard[session_id] = asked
            self._order(session_id, HearRollCall(venue=roll.asked, heard_ms=now_ms))

    def _published(self, stream: str, events: Batch) -> None:
        noun, _, session_id = stream.partition(":")
        session = self._session(session_id) if noun == "session" else None
        if session is not None:
            self._follow(session)

    def _session(self, session_id: str) -> Session | None:
        known = self._streams.peek(stream_of(session_id))
        return known[0] if known is not None and isinstance(known[0], Session) else None

    def _follow(self, session: Session) -> None:
        session_id = session.session_id
        carousel, roll = session.picture.carousel, session.rollcall
        self._set(session_id, _CAROUSEL, _turns_ms(carousel), TurnCarousel())
        next_ms = roll.next_ms if roll is not None else None
        self._set(session_id, _ROLL_CALL, next_ms, NextInRollCall(venue=_asked(roll)))
        if roll is None:
            self._heard.pop(session_id, None)

    def _set(self, session_id: str, what: str, at_ms: int | None, command: Command) -> None:
        key = (session_id, what)
        if at_ms is None:
            if self._due.pop(key, None) is not None:
                self.alarms.cancel(*key)
            return
        if (at_ms, command) == self._due.get(key):
            return
        self._due[key] = (at_ms, command)
        self.alarms.set(key, at_ms, partial(self._ring, key, command))

    async def _ring(self, key: tuple[str, str], command: Command) -> None:
        self._due.pop(key, None)
        session_id, what = key
        self._order(session_id, command)
        session = self._session(session_id)
        carousel = session.picture.carousel if session is not None else None
        if what == _CAROUSEL and carousel is not None and not carousel.paused:
            # Where nobody else is there nothing turns and nothing is written: look again one turn later.
            self._set(session_id, what, self._clock.wall_ms() + carousel.interval_s * 1000, command)

    def _order(self, session_id: str, command: Command) -> None:
        stream = stream_of(session_id)
        self._chores.add(stream, "conduct", lambda: self._streams.execute(stream, command, HUB))


def _turns_ms(carousel: Carousel | None) -> int | None:
    return None if carousel is None or carousel.paused else turns_ms(carousel)


def _asked(roll: RollCall | None) -> str:
    return (roll.asked or "") if roll is not None else ""
