"""Spot checks under way: each call is a session of its own, and what comes of it goes into the table."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from hub.clock import Clock
from hub.domain import session, spotcheck
from hub.domain.call import VenueState
from hub.domain.event import HUB, Actor, Command, Role
from hub.domain.session import Session, SessionKind, Venue
from hub.domain.spotcheck import (
    AnswerRow,
    CallRow,
    CheckChannel,
    CheckedSeat,
    CheckRow,
    CheckState,
    Draw,
    MissRow,
    RowCalled,
    SpotCheck,
    StartSpotCheck,
    WithdrawRow,
    stream_of,
)
from hub.domain.spotcheck_rules import decide, figures, row_of
from hub.errors import Refusal
from hub.live.chores import Chores
from hub.live.listing import Listing
from hub.live.pages import Pages
from hub.live.rights import check_spotcheck, organisation_of, session_of
from hub.live.sessions import Sessions
from hub.live.streams import Batch, Streams
from signaling.messages import Push
from signaling.spotcheck_vocabulary import DrawWish, SpotChecks, SpotCheckSummary

SESSION_TITLE = "视频抽查 · {}"
"""What the seat reads when it rings, and nothing before."""

SEED_BYTES = 16


class Place(NamedTuple):
    """Where the outcome of a call belongs."""

    check_id: str
    number: int


class Checking:
    """The use-cases of 抽查. Only officers come as far as here, and nobody else learns of one (K1)."""

    def __init__(
        self,
        clock: Clock,
        streams: Streams,
        pages: Pages,
        sessions: Sessions,
        *,
        video_ring_s: int = spotcheck.VIDEO_RING_S,
        phone_answer_s: int = spotcheck.PHONE_ANSWER_S,
    ) -> None:
        self._clock = clock
        self._streams = streams
        self._sessions = sessions
        self._video_ring_s = video_ring_s
        self._phone_answer_s = phone_answer_s
        self._calls: dict[str, Place] = {}
        self._calling = asyncio.Lock()
        self.chores = Chores()
        self.list: Listing[SpotCheck] = Listing(streams, pages, SpotCheck, stream_of(""), _list_for)
        self._unsubscribe = streams.subscribe(self._published)

    async def start(self) -> None:
        """After the sessions: what came of a call while the hub was away is found in its session."""
        await self.list.start()
        for state in self.list.states:
            for row in state.rows:
                if row.state is CheckState.CALLING and row.session_id is not None:
                    self._calls[row.session_id] = Place(state.check_id, row.number)
                    await self._note(row.session_id)

    async def close(self) -> None:
        self._unsubscribe()
        await self.chores.idle()
        self.list.close()

    # --- an officer -----------------------------------------------------------------------------

    async def begin(
        self,
        check_id: str,
        title: str,
        seats: list[str],
        draw: DrawWish | None,
        items: list[str],
        by: Actor,
        op: str | None,
    ) -> int:
        """The seed of a draw is the hub's own: whoever starts a check cannot choose whom it meets."""
        if by.role is not Role.OFFICER:
            raise Refusal("forbidden")
        command = StartSpotCheck(
            check_id=check_id,
            title=title,
            seats=[await self._seat(seat) for seat in dict.fromkeys(seats) if seat != by.seat],
            draw=None
            if draw is None
            else Draw(label=draw.label, pool=[], count=draw.count, seed=secrets.token_hex(SEED_BYTES)),
            items=items,
            video_ring_s=self._video_ring_s,
            phone_answer_s=self._phone_answer_s,
        )
        return await self._streams.execute(stream_of(check_id), command, by, op=op)

    async def call(self, check_id: str, number: int, by: Actor, op: str | None) -> str:
        """Ring the seat of this row, alone in a session of its own; the session's id."""
        async with self._calling:  # else two officers would ring one seat twice
            state = await check_spotcheck(self._streams, check_id, by)
            row = row_of(state, number, CheckChannel.VIDEO)
            # The seat reads it with the first events of its session: it must not say whose check this is.
            place = hashlib.sha256(f"{check_id}/{number}".encode()).hexdigest()[:24]
            if op is not None and row.state is CheckState.CALLING and row.session_id is not None:
                made = await self._streams.first(session.stream_of(row.session_id))
                if made is not None and made.op == f"{place}/{op}":
                    return row.session_id  # the same wish again (J3)
            wish = CallRow(number=number, session_id="", called_ms=0)
            decide(state, wish, by, self._clock.wall_ms())
            title = SESSION_TITLE.format(row.seat.short_name)
            session_id = await self._sessions.open(
                title, SessionKind.SPOT_CHECK, [row.seat.seat], by, op=f"{place}/{op}" if op else None
            )
            called_ms = (await session_of(self._streams, session_id)).started_ms
            command = CallRow(number=number, session_id=session_id, called_ms=called_ms)
            await self._streams.execute(stream_of(check_id), command, by)
            await self._note(session_id)  # it may have been answered before that line was written
            return session_id

    async def add_phone(self, check_id: str, seat: str, by: Actor, op: str | None) -> int:
        return await self.do(check_id, spotcheck.AddPhoneRow(seat=await self._seat(seat)), by, op)

    async def do(self, check_id: str, command: Command, by: Actor, op: str | None) -> int:
        """A command that needs nothing but the check itself."""
        await check_spotcheck(self._streams, check_id, by)
        return await self._streams.execute(stream_of(check_id), command, by, op=op)

    # --- what came of a call --------------------------------------------------------------------

    def _published(self, stream: str, events: Batch) -> None:
        noun, _, key = stream.partition(":")
        if noun == "session" and key in self._calls:
            self.chores.add(stream, "note what came of a call", partial(self._note, key))
        elif noun == "spotcheck":
            for recorded in events:
                event = recorded.event
                if isinstance(event, RowCalled) and event.session_id is not None:
                    self._calls[event.session_id] = Place(key, event.number)

    async def _note(self, session_id: str) -> None:
        """K3: looks at the session itself, so that nothing is missed between two lines of two logs."""
        place = self._calls.get(session_id)
        if place is None:
            return
        check = await check_spotcheck(self._streams, place.check_id, HUB)
        session_state = await session_of(self._streams, session_id)
        command = outcome(session_state, row_of(check, place.number))
        if command is not None:
            await self._streams.execute(stream_of(place.check_id), command, HUB)
            self._calls.pop(session_id, None)

    async def _seat(self, seat_id: str) -> CheckedSeat:
        seat = (await organisation_of(self._streams)).seats.get(seat_id)
        if seat is None:
            raise Refusal("session.unknown_venue", venues=[seat_id])
        return CheckedSeat(seat=seat_id, name=seat.name, short_name=seat.short_name, phone=seat.phone)


def outcome(state: Session, row: CheckRow) -> Command | None:
    """What the table is to say of this call; None while it rings, also for the second time.

    Whoever else is called into the session (another contact) has no part in it.
    """
    venue, number = state.venues[row.seat.seat], row.number
    key, recalled = state.session_id, venue.calls > 1
    if venue.attendance:
        answered_ms = venue.attendance[0].from_ms
        return AnswerRow(number=number, session_id=key, answered_ms=answered_ms, recalled=recalled)
    missed = _missed(state, venue)
    if missed is not None:
        return MissRow(number=number, session_id=key, state=missed, recalled=recalled)
    if not state.running or venue.state is VenueState.LEFT:
        return WithdrawRow(number=number, session_id=key)
    return None


def _missed(state: Session, venue: Venue) -> CheckState | None:
    """A ring that was cut short by the end of the session says nothing about the seat."""
    if venue.state is VenueState.DECLINED:
        return CheckState.DECLINED
    if venue.state is not VenueState.NO_ANSWER or venue.since_ms == state.ended_ms:
        return None
    return CheckState.OFFLINE if venue.offline else CheckState.NO_ANSWER


def _list_for(checks: Sequence[SpotCheck], viewer: Actor) -> Push | None:
    if viewer.role is not Role.OFFICER:
        return None
    newest = sorted(checks, key=lambda check: -check.started_ms)
    return SpotChecks(checks=[_summary(check) for check in newest])


def _summary(check: SpotCheck) -> SpotCheckSummary:
    counted = figures(check)
    return SpotCheckSummary(
        check_id=check.check_id,
        title=check.title,
        started_ms=check.started_ms,
        closed_ms=check.closed_ms,
        person=check.by.person if check.by is not None else "",
        drawn=check.draw is not None,
        rows=counted.rows,
        called=counted.called,
        answered=counted.answered,
        problems=counted.problems,
        sessions={row.session_id: row.number for row in check.rows if row.session_id is not None},
    )
