"""What people do with a session: start, call, answer, come, go, switch, mark, end."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol

from hub.clock import Clock
from hub.domain import conduct, session, session_rules
from hub.domain.agenda import AgendaItem
from hub.domain.call import PRESENT
from hub.domain.deadline import DEFAULT, Profile
from hub.domain.event import HUB, Actor, Command
from hub.domain.floor import SpeakMode
from hub.domain.organisation import AccountDisabled, called_by
from hub.domain.permissions import may_start_session
from hub.domain.recording import Recording
from hub.domain.recording import stream_of as recording_stream
from hub.domain.session import Invited, MarkerKind, SessionEnded, SessionKind, stream_of
from hub.errors import Refusal
from hub.ids import new_id
from hub.live.attendance import GRACE_MS, Attendance, MediaEnds
from hub.live.boards import check_apart, take_part
from hub.live.chores import Chores
from hub.live.companions import close_companions, open_companions
from hub.live.conductor import Conductor
from hub.live.hearing import Hearing
from hub.live.media import MediaListener
from hub.live.orders import Orders, orders_of
from hub.live.pages import Pages
from hub.live.rights import organisation_of, session_of
from hub.live.seating import Place
from hub.live.streams import Batch, Streams
from hub.live.summaries import Summaries

_log = logging.getLogger(__name__)

_STARTS_MAX = 1_000
"""Wishes to start a session that are remembered, for pages that ask again after a cut."""

_UNFINISHED_MS = 7 * 24 * 3600 * 1000
"""How far back a restart looks for sessions whose end a crash has cut in half."""


class Media(MediaEnds, Protocol):
    """The part of ``hub.live.media.MediaPlane`` that sessions need."""

    def listen(self, listener: MediaListener) -> Callable[[], None]: ...

    def cut_speech(self, session_id: str) -> None: ...

    def obey(self, session_id: str, orders: Orders) -> None: ...


@dataclass(frozen=True, slots=True)
class Customs:
    """What holds for every new session of this hub."""

    ring_ms: int = session.RING_MS
    auto_recall: bool = True
    classification: str = ""
    profile: Profile = DEFAULT
    may_start_paused: bool = False


class Ids(NamedTuple):
    """The names of a session and of what belongs to it, made once per wish."""

    session_id: str
    board_id: str
    recording_id: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a template adds to the wish to start a session."""

    venues: Sequence[str] = ()
    title: str = ""
    exercise: bool = False
    mode: SpeakMode = SpeakMode.FREE
    mute_on_entry: bool = False


class Sessions:
    """The use-cases. Every method that changes something answers with the number of its last event."""

    def __init__(
        self,
        clock: Clock,
        streams: Streams,
        pages: Pages,
        media: Media,
        *,
        grace_ms: int = GRACE_MS,
        sessions_max: int = 50,
        customs: Customs = Customs(),
    ) -> None:
        self._clock = clock
        self._streams = streams
        self._media = media
        self._pages = pages
        self._sessions_max = sessions_max
        self._customs = customs
        self._starts: OrderedDict[tuple[str, str], Ids] = OrderedDict()
        self.chores = Chores()
        self.attendance = Attendance(clock, streams, pages, media, self.chores, grace_ms)
        self.summaries = Summaries(streams, pages)
        self.conductor = Conductor(clock, streams, self.chores)
        self._hearing = Hearing(streams, self.chores, pages, self.conductor)
        self._stop: list[Callable[[], None]] = []

    async def start(self) -> None:
        """Listen to the media, and take up the sessions that run since before the hub did."""
        self._stop = [self._media.listen(self._hearing), self._streams.subscribe(self._published)]
        for stream in await self._streams.names("session:"):
            last = await self._streams.last(stream)
            if last is None:
                continue
            if not isinstance(last.event, SessionEnded):
                await self._resume(stream)
            elif last.at_ms > self._clock.wall_ms() - _UNFINISHED_MS:
                await close_companions(self._streams, await session_of(self._streams, _id_of(stream)))

    async def close(self) -> None:
        while self._stop:
            self._stop.pop()()
        await self.attendance.close()
        await self.conductor.close()
        await self.chores.idle()
        self.summaries.close()

    # --- the duty office ------------------------------------------------------------------------

    async def open(
        self,
        title: str,
        kind: SessionKind,
        venues: list[str],
        by: Actor,
        *,
        exercise: bool = False,
        template_id: str | None = None,
        incident_id: str | None = None,
        without: Collection[str] = (),
        agenda: Sequence[AgendaItem] = (),
        unrecorded: str = "",
        op: str | None = None,
    ) -> str:
        """Start a session, ring its venues, open its board, start its recording; the session's id.

        ``unrecorded``: why its recording begins paused, where that is allowed (R1).

        A template calls who belongs to it at this moment, but nobody in ``without`` (S22).
        """
        if not may_start_session(by) or by.seat is None:
            raise Refusal("forbidden")
        if unrecorded and not self._customs.may_start_paused:
            raise Refusal("recording.must_run")
        plan = await self._plan(template_id)
        named = [seat for seat in plan.venues if seat not in without]
        exercise = exercise or plan.exercise or kind is SessionKind.DRILL
        if incident_id is not None:
            incident = await check_apart(self._streams, incident_id, exercise, by)
            exercise = incident.exercise
            if template_id is None and incident.plan is not None:  # Q5
                plan = _Plan(title=incident.plan.session_title, mode=incident.plan.mode)
            await take_part(self._streams, incident_id, [*named, *venues], by)
        wish = (by.account, op or new_id("op"))
        if wish not in self._starts and self.summaries.count >= self._sessions_max:
            raise Refusal("session.too_many", max=self._sessions_max)
        ids = self._ids_of(wish)
        command = session.StartSession(
            session_id=ids.session_id,
            title=title.strip() or plan.title,
            kind=kind,
            chair=(await self._invited([by.seat]))[0],
            venues=await self._invited([*named, *venues]),
            board_id=ids.board_id,
            recording_id=ids.recording_id,
            incident_id=incident_id,
            exercise=exercise,
            heirs=await self._heirs(by.seat),
            classification=self._customs.classification,
            ring_ms=self._customs.ring_ms,
            auto_recall=self._customs.auto_recall,
            mode=plan.mode,
            mute_on_entry=plan.mute_on_entry,
            agenda=list(agenda),
        )
        await self._streams.execute(stream_of(ids.session_id), command, by, op=wish[1])
        opened = await session_of(self._streams, ids.session_id)
        await open_companions(self._streams, opened, by, self._customs.profile, unrecorded=unrecorded)
        return ids.session_id

    async def call(self, session_id: str, venues: list[str], by: Actor, op: str | None) -> int:
        """Guests in the field are passed over: nobody can call them (U3)."""
        of = await session_of(self._streams, session_id)
        seats = [venue for venue in venues if venue not in of.venues or not of.venues[venue].field]
        if venues and not seats:
            raise Refusal("guest.no_seat")
        if of.incident_id is not None:
            await take_part(self._streams, of.incident_id, seats, by)
        return await self._do(session_id, session.CallVenues(venues=await self._invited(seats)), by, op)

    async def hang_up(self, session_id: str, venue: str, by: Actor, op: str | None) -> int:
        """Also stops a ring."""
        return await self._do(session_id, session.LeaveSession(venue=venue, reason="hung_up"), by, op)

    async def mute(self, session_id: str, venue: str, muted: bool, by: Actor, op: str | None) -> int:
        """The hub drops what the venue's microphones send, whatever the venue does."""
        return await self._do(session_id, session.MuteVenue(venue=venue, muted=muted), by, op)

    async def mute_all(
        self, session_id: str, muted: bool, self_unmute: bool | None, by: Actor, op: str | None
    ) -> int:
        return await self._do(session_id, session.MuteAll(muted=muted, self_unmute=self_unmute), by, op)

    async def control(self, session_id: str, command: Command, by: Actor, op: str | None) -> int:
        """A command of the chair's desk that needs nothing but the session itself."""
        return await self._do(session_id, command, by, op)

    async def escalate(self, session_id: str, venue: str, by: Actor, op: str | None) -> int:
        """Go on to the venue's next contact (S17); refused with ``call.nobody_left`` behind the last.

        A wish that comes again calls whom it has called, and nobody else (J3).
        """
        known = (await session_of(self._streams, session_id)).venues.get(venue)
        seat = (await organisation_of(self._streams)).seats.get(venue)
        command = conduct.EscalateCall(
            venue=venue,
            contacts=seat.contacts if seat is not None else [],
            place=len(known.contacts) if known is not None else 0,
        )
        seq = await self._do(session_id, command, by, op)
        made = await self._streams.history(stream_of(session_id), seq - 1) if seq else None
        event = made[0].event if made else None
        if isinstance(event, conduct.CallEscalated) and event.contact.seat_id is not None:
            call = session.CallVenues(venues=await self._invited([event.contact.seat_id]))
            seq = await self._do(session_id, call, by, f"{op}/call" if op else None) or seq
        return seq

    async def mark(self, session_id: str, kind: MarkerKind, label: str, by: Actor, op: str | None) -> int:
        marker = session.SetMarker(marker_id=new_id("m"), kind=kind, label=label)
        return await self._do(session_id, marker, by, op)

    async def end(self, session_id: str, reason: str, by: Actor, op: str | None) -> int:
        """Board, recording and media end right behind it."""
        command = session.EndSession(reason=reason)
        await self._note_speech(session_id, command, by)
        return await self._do(session_id, command, by, op)

    # --- a venue --------------------------------------------------------------------------------

    async def answer(self, session_id: str, by: Actor, page: str, op: str | None) -> int:
        """Of two pages that answer at once the first is in, the other is refused (S6)."""
        seq = await self._do(session_id, session.AnswerCall(venue=_own(by)), by, op)
        await self._sit(session_id, by, page)
        return seq

    async def join(self, session_id: str, by: Actor, page: str, op: str | None) -> int:
        """Come in, come back, or take the venue over to this page (J4, J5)."""
        seq = await self._come_in(session_id, by, op)
        await self._sit(session_id, by, page)
        return seq

    async def decline(self, session_id: str, by: Actor, op: str | None) -> int:
        return await self._do(session_id, session.DeclineCall(venue=_own(by)), by, op)

    async def leave(self, session_id: str, by: Actor, op: str | None) -> int:
        return await self._do(session_id, session.LeaveSession(venue=_own(by)), by, op)

    async def set_devices(
        self, session_id: str, microphone: bool | None, camera: bool | None, by: Actor, op: str | None
    ) -> int:
        command = session.SetDevices(venue=_own(by), microphone=microphone, camera=camera)
        return await self._do(session_id, command, by, op)

    async def present(self, session_id: str, by: Actor, op: str | None) -> int:
        return await self._do(session_id, session.StartPresentation(venue=_own(by)), by, op)

    async def unpresent(self, session_id: str, by: Actor, op: str | None) -> int:
        """The venue's own presentation; for the chair anyone's."""
        return await self._do(session_id, session.StopPresentation(), by, op)

    # --- pages and clients ----------------------------------------------------------------------

    async def check_seated(self, session_id: str, by: Actor, page: str) -> str:
        """The venue ``page`` is the page of; refuses with session.foreign, .ended or .not_joined."""
        state = await session_of(self._streams, session_id)
        venue = _own(by)
        if venue not in state.venues:
            raise Refusal("session.foreign")
        if not state.running:
            raise Refusal("session.ended")
        if not self.attendance.holds(Place(session_id, venue), page):
            raise Refusal("session.not_joined")
        return venue

    def page_gone(self, page: str) -> None:
        """The line of ``page`` broke."""
        self.attendance.page_gone(page)

    async def venue_arrived(self, session_id: str, by: Actor, client: str) -> str:
        """A client that is no page (WHIP) sends for the seat of ``by``; the venue. ``client`` names it."""
        await self._come_in(session_id, by, None)
        venue = _own(by)
        await self.attendance.client_came(Place(session_id, venue), client)
        return venue

    def venue_gone(self, session_id: str, venue: str, client: str, *, lost: bool) -> None:
        """That client ended (``lost=False``), or its connection broke. Telling it twice is fine."""
        self.attendance.client_gone(Place(session_id, venue), client, lost=lost)

    # --- inside ---------------------------------------------------------------------------------

    async def _do(self, session_id: str, command: Command, by: Actor, op: str | None) -> int:
        return await self._streams.execute(stream_of(session_id), command, by, op=op)

    async def _note_speech(self, session_id: str, end: session.EndSession, by: Actor) -> None:
        """What is being said goes into the log before the end does: behind that nothing does (S8)."""
        state = await session_of(self._streams, session_id)
        try:
            session_rules.decide(state, end, by, self._clock.wall_ms())
        except Refusal:
            return  # not by this person, or not again; the command itself says so
        self._media.cut_speech(session_id)
        await self.chores.caught_up(stream_of(session_id))

    async def _come_in(self, session_id: str, by: Actor, op: str | None) -> int:
        try:
            return await self._do(session_id, session.JoinSession(venue=_own(by)), by, op)
        except Refusal as refusal:
            if refusal.code != "session.already_joined":
                raise
            return 0

    async def _sit(self, session_id: str, by: Actor, page: str) -> None:
        """Unless this was the repetition of a wish that is history by now."""
        state = await session_of(self._streams, session_id)
        venue = state.venues.get(_own(by))
        if state.running and venue is not None and venue.state in PRESENT:
            await self.attendance.sit(Place(session_id, venue.venue), page)

    async def _plan(self, template_id: str | None) -> _Plan:
        """Refuses with ``not_found`` when the template has been removed."""
        if template_id is None:
            return _Plan()
        state = await organisation_of(self._streams)
        template = state.templates.get(template_id)
        if template is None:
            raise Refusal("not_found", template_id=template_id)
        return _Plan(
            venues=called_by(state, template),
            title=template.title or template.name,
            exercise=template.exercise,
            mode=template.mode,
            mute_on_entry=template.mute_on_entry,
        )

    async def _heirs(self, office: str) -> list[str]:
        seats = (await organisation_of(self._streams)).seats.values()
        return [seat.seat_id for seat in sorted(seats, key=lambda one: one.sort) if seat.backup_of == office]

    async def _invited(self, seats: list[str]) -> list[Invited]:
        known = (await organisation_of(self._streams)).seats
        unknown = [seat for seat in seats if seat not in known]
        if unknown:
            raise Refusal("session.unknown_venue", venues=unknown[:20])
        return [
            Invited(venue=seat, name=known[seat].name, short_name=known[seat].short_name) for seat in seats
        ]

    def _ids_of(self, wish: tuple[str, str]) -> Ids:
        ids = self._starts.get(wish)
        if ids is None:
            ids = self._starts[wish] = Ids(new_id("s"), new_id("b"), new_id("r"))
            if len(self._starts) > _STARTS_MAX:
                self._starts.popitem(last=False)
        return ids

    def _published(self, stream: str, events: Batch) -> None:
        for recorded in events:
            if isinstance(recorded.event, AccountDisabled):  # P9: media as well as pages
                end = partial(self._media.close_account, recorded.event.account)
                self.chores.add(stream, "end an account's media", end)
            if isinstance(recorded.event, conduct.VenueRemoved):
                self._expel(stream, recorded.event.venue)
        self._give_orders(stream)
        if isinstance(events[-1].event, SessionEnded):
            self.chores.add(stream, "wind up", partial(self._wind_up, _id_of(stream)))

    def _expel(self, stream: str, venue: str) -> None:
        """P5: who was removed has heard so, and hears no more of the session, its board and its recording."""
        known = self._streams.peek(stream)
        state = known[0] if known is not None else None
        if isinstance(state, session.Session):
            beside = () if state.incident_id else (state.boards,)
            self._pages.expel(venue, (stream, recording_stream(state.recording_id), *beside))

    def _give_orders(self, stream: str) -> None:
        """The media follow the log at once, also where two commands follow each other closely."""
        known = self._streams.peek(stream)
        state = known[0] if known is not None else None
        if isinstance(state, session.Session) and state.running:
            self._media.obey(state.session_id, orders_of(state))

    async def _wind_up(self, session_id: str) -> None:
        """The recording stops before its sources end, so that their end is no gap in it."""
        try:
            await close_companions(self._streams, await session_of(self._streams, session_id))
        finally:
            await self._media.close_session(session_id)

    async def _resume(self, stream: str) -> None:
        """Whoever was there was cut off by the restart, and no source survived it."""
        state = await session_of(self._streams, _id_of(stream))
        first = await self._streams.first(stream)
        if first is not None and first.op is not None:
            ids = Ids(state.session_id, state.board_id, state.recording_id)
            self._starts[first.actor.account, first.op] = ids
        await open_companions(self._streams, state, HUB, self._customs.profile)
        for venue in state.venues.values():
            for source_id in venue.sources:
                ended = session.EndSource(venue=venue.venue, source_id=source_id)
                await self._streams.execute(stream, ended, HUB)
        of_it, _ = await self._streams.state(recording_stream(state.recording_id))
        self.summaries.include(state, of_it if isinstance(of_it, Recording) else None)
        self._media.obey(state.session_id, orders_of(state))
        self.attendance.resume(state)
        self.conductor.resume(state)
        await self.chores.idle()
        _log.info("took up a running session", extra={"session": state.session_id})


def _own(by: Actor) -> str:
    if by.seat is None:
        raise Refusal("forbidden")
    return by.seat


def _id_of(stream: str) -> str:
    return stream.partition(":")[2]
