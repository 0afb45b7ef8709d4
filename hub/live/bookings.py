"""Planned meetings: officers plan and start them, seats answer, and the hub reminds in time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from hub.clock import Clock
from hub.domain.agenda import AgendaItem
from hub.domain.booking import Booking, Plan, RemindBooking, StartBooked, stream_of
from hub.domain.booking_rules import check_startable, coming, next_reminder_ms
from hub.domain.conduct import PlanEnd
from hub.domain.deadline import MINUTE_MS
from hub.domain.event import HUB, Actor, Command, Role
from hub.domain.session import Invited, SessionKind
from hub.domain.session import stream_of as session_stream
from hub.errors import Refusal
from hub.live.chores import Chores
from hub.live.listing import Listing
from hub.live.pages import Pages
from hub.live.rights import organisation_of, session_of
from hub.live.sessions import Sessions
from hub.live.streams import Batch, Streams
from hub.live.timers import Alarms
from signaling.booking_vocabulary import Bookings
from signaling.messages import Push


class Planner:
    """The use-cases of a booking, and the timers of its reminders (G4)."""

    def __init__(self, clock: Clock, streams: Streams, pages: Pages, sessions: Sessions) -> None:
        self._clock = clock
        self._streams = streams
        self._sessions = sessions
        self._starting = asyncio.Lock()
        self.chores = Chores()
        self.alarms = Alarms(clock, "bookings")
        self.list: Listing[Booking] = Listing(streams, pages, Booking, stream_of(""), _list_for)
        self._unsubscribe = streams.subscribe(self._published)

    async def start(self) -> None:
        await self.list.start()
        for booking in self.list.states:
            self._set_reminder(booking)

    async def close(self) -> None:
        self._unsubscribe()
        await self.alarms.close()
        await self.chores.idle()
        self.list.close()

    async def plan_of(
        self,
        title: str,
        kind: SessionKind,
        starts_ms: int,
        minutes: int,
        venues: list[str],
        agenda: list[AgendaItem],
        by: Actor,
    ) -> Plan:
        """The plan with its seats as they are named now; the planner's own seat is not invited."""
        known = (await organisation_of(self._streams)).seats
        seats = [seat for seat in dict.fromkeys(venues) if seat != by.seat]
        unknown = [seat for seat in seats if seat not in known]
        if unknown:
            raise Refusal("session.unknown_venue", venues=unknown[:20])
        invited = [
            Invited(venue=seat, name=known[seat].name, short_name=known[seat].short_name) for seat in seats
        ]
        return Plan(
            title=title, kind=kind, starts_ms=starts_ms, minutes=minutes, venues=invited, agenda=agenda
        )

    async def do(self, booking_id: str, command: Command, by: Actor, op: str | None) -> int:
        return await self._streams.execute(stream_of(booking_id), command, by, op=op)

    async def begin(self, booking_id: str, by: Actor) -> str:
        """G6: one click calls everybody invited but those on leave; the session's id."""
        if by.role is not Role.OFFICER:
            raise Refusal("forbidden")
        async with self._starting:  # else two officers would call everybody twice
            booking, _ = await self._streams.state(stream_of(booking_id))
            if not isinstance(booking, Booking) or not booking.planned_ms:
                raise Refusal("booking.unknown")
            if booking.session_id is not None:
                return booking.session_id
            check_startable(booking, self._clock.wall_ms())
            # J3: a hub that fell between the two has this session still when the same officer asks again.
            wish = f"booking/{booking_id}"
            session_id = await self._sessions.open(
                booking.title, booking.kind, coming(booking), by, agenda=booking.agenda, op=wish
            )
            await self._plan_end(session_id, booking, by)
            await self.do(booking_id, StartBooked(session_id=session_id), by, None)
            return session_id

    async def _plan_end(self, session_id: str, booking: Booking, by: Actor) -> None:
        """Its length as it was planned, from its time on, or from now when that is past (S20)."""
        state = await session_of(self._streams, session_id)
        if state.ends_ms is not None or state.chair != by.seat:
            return  # it has begun before this hub fell, and somebody else has decided meanwhile
        starts_ms = max(booking.starts_ms, self._clock.wall_ms())
        command = PlanEnd(ends_ms=starts_ms + booking.minutes * MINUTE_MS)
        await self._streams.execute(session_stream(session_id), command, by)

    # --- reminders ------------------------------------------------------------------------------

    def _published(self, stream: str, events: Batch) -> None:
        known = self._streams.peek(stream) if stream.startswith("booking:") else None
        if known is not None and isinstance(known[0], Booking):
            self._set_reminder(known[0])

    def _set_reminder(self, booking: Booking) -> None:
        at_ms = next_reminder_ms(booking, self._clock.wall_ms())
        if at_ms is None:
            self.alarms.cancel(booking.booking_id)
        else:
            self.alarms.set((booking.booking_id,), at_ms, partial(self._remind, booking.booking_id))

    async def _remind(self, booking_id: str) -> None:
        stream = stream_of(booking_id)

        async def remind() -> None:
            await self._streams.execute(stream, RemindBooking(), HUB)
            state, _ = await self._streams.state(stream)
            assert isinstance(state, Booking)
            self._set_reminder(state)

        self.chores.add(stream, "remind", remind)


def _list_for(bookings: Sequence[Booking], viewer: Actor) -> Push | None:
    """G2: officers see all; a seat those it is invited to, and of what was answered its own answer."""
    by_time = sorted(bookings, key=lambda booking: booking.starts_ms)
    if viewer.role is Role.OFFICER:
        return Bookings(bookings=by_time)
    if viewer.role is not Role.SEAT or viewer.seat is None:
        return None
    seat = viewer.seat
    mine = [
        replace(booking, invited={seat: booking.invited[seat]})
        for booking in by_time
        if seat in booking.invited and booking.session_id is None
    ]
    return Bookings(bookings=mine)
