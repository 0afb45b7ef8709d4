"""Who plans a meeting, who answers for whom, and when which reminder is due (rules G1 to G6)."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain.agenda import AgendaItem
from hub.domain.booking import (
    REMINDERS_MIN,
    Booking,
    BookingCancelled,
    BookingChanged,
    BookingEvent,
    BookingLineTested,
    BookingPlanned,
    BookingReminded,
    BookingReplied,
    BookingStarted,
    CancelBooking,
    ChangeBooking,
    Invitee,
    LineTest,
    Plan,
    PlanBooking,
    RemindBooking,
    Reply,
    ReplyBooking,
    ReportLineTest,
    StartBooked,
)
from hub.domain.event import Actor, Command, Recorded, Role
from hub.domain.session import NOTE_MAX, TITLE_MAX, Invited
from hub.errors import Refusal

VENUES_MAX = 200
AGENDA_MAX = 50
MINUTES_MAX = 24 * 60
EARLY_MS = 60 * 60_000
"""G6: from an hour before its time on a meeting can be started: then the operators are at their posts."""


def decide(state: Booking, command: Command, by: Actor, now_ms: int) -> list[BookingEvent]:
    """What ``command`` makes happen; refuses with a code of ``hub.errors`` and then nothing happens."""
    _check_right(state, command, by)
    if isinstance(command, PlanBooking):
        if state.planned_ms:
            raise Refusal("bad_request", field="booking_id")
        return [BookingPlanned(booking_id=command.booking_id, plan=_checked(command.plan, now_ms))]
    if not state.planned_ms:
        raise Refusal("booking.unknown")
    if isinstance(command, RemindBooking):
        minutes = due_reminder(state, now_ms)
        return [BookingReminded(minutes=minutes)] if minutes is not None else []
    if isinstance(command, StartBooked) and state.session_id == command.session_id:
        return []
    if not state.waits:
        raise Refusal("booking.over")
    match command:
        case ChangeBooking(plan=plan):
            plan = _checked(plan, now_ms)
            return [BookingChanged(plan=plan)] if plan != plan_of(state) else []
        case CancelBooking(reason=reason):
            return [BookingCancelled(reason=_short("reason", reason))]
        case ReplyBooking():
            return _reply(state, command)
        case ReportLineTest(venue=venue, passed=passed):
            return [BookingLineTested(venue=venue, passed=passed)]
        case StartBooked(session_id=session_id):
            check_startable(state, now_ms)
            return [BookingStarted(session_id=session_id)]
    raise TypeError(command)


def _check_right(state: Booking, command: Command, by: Actor) -> None:
    """G1: officers plan. G2: an invited seat speaks for itself. G3: reminders are the hub's."""
    if isinstance(command, RemindBooking):
        if by.role is not Role.HUB:
            raise Refusal("forbidden")
    elif isinstance(command, ReplyBooking | ReportLineTest):
        if command.venue not in state.invited:
            raise Refusal("booking.unknown")
        if by.seat != command.venue or by.role not in (Role.SEAT, Role.OFFICER):
            raise Refusal("forbidden")
    elif by.role is not Role.OFFICER:
        raise Refusal("forbidden")


def _checked(plan: Plan, now_ms: int) -> Plan:
    title = plan.title.strip()
    if not title or len(title) > TITLE_MAX:
        raise Refusal("session.no_title", max=TITLE_MAX)
    venues = list({seat.venue: seat for seat in plan.venues}.values())
    if not venues or len(venues) > VENUES_MAX:
        raise Refusal("session.no_venues")
    if plan.starts_ms <= now_ms:
        raise Refusal("booking.past")
    if not 1 <= plan.minutes <= MINUTES_MAX:
        raise Refusal("bad_request", field="minutes", max=MINUTES_MAX)
    if len(plan.agenda) > AGENDA_MAX:
        raise Refusal("bad_request", field="agenda", max=AGENDA_MAX)
    invited = {seat.venue for seat in venues}
    agenda = [_item(item, invited) for item in plan.agenda]
    return replace(plan, title=title, venues=venues, agenda=agenda)


def _item(item: AgendaItem, invited: set[str]) -> AgendaItem:
    title = _short("agenda", item.title)
    if not title or not 1 <= item.minutes <= MINUTES_MAX:
        raise Refusal("bad_request", field="agenda")
    return replace(item, title=title, venue=item.venue if item.venue in invited else None)


def _reply(state: Booking, wish: ReplyBooking) -> list[BookingEvent]:
    reason = _short("reason", wish.reason)
    if wish.reply is Reply.ON_LEAVE and not reason:
        raise Refusal("booking.leave_needs_reason")
    known = state.invited[wish.venue]
    if (known.reply, known.reason) == (wish.reply, reason):
        return []
    return [BookingReplied(venue=wish.venue, reply=wish.reply, reason=reason)]


def _short(field: str, text: str) -> str:
    text = text.strip()
    if len(text) > NOTE_MAX:
        raise Refusal("bad_request", field=field, max=NOTE_MAX)
    return text


def check_startable(state: Booking, now_ms: int) -> None:
    """Refuses with ``booking.over`` or ``booking.too_early``."""
    if not state.waits:
        raise Refusal("booking.over")
    if now_ms < state.starts_ms - EARLY_MS:
        raise Refusal("booking.too_early", starts_ms=state.starts_ms)


def coming(state: Booking) -> list[str]:
    """Whom a start calls: all invited but those on leave."""
    return [key for key, guest in state.invited.items() if guest.reply is not Reply.ON_LEAVE]


def plan_of(state: Booking) -> Plan:
    invited = [
        Invited(venue=guest.venue, name=guest.name, short_name=guest.short_name)
        for guest in state.invited.values()
    ]
    return Plan(
        title=state.title,
        kind=state.kind,
        starts_ms=state.starts_ms,
        minutes=state.minutes,
        venues=invited,
        agenda=state.agenda,
    )


# --- reminders ----------------------------------------------------------------------------------


def due_reminder(state: Booking, now_ms: int) -> int | None:
    """G4: the latest whose time has come since the time was set; an earlier one is not made up for."""
    if not state.waits or now_ms >= state.starts_ms:
        return None
    times = {minutes: state.starts_ms - minutes * 60_000 for minutes in REMINDERS_MIN}
    due = [minutes for minutes, at_ms in times.items() if state.set_ms < at_ms <= now_ms]
    latest = min(due, default=None)
    sent = [int(minutes) for minutes in state.reminded]
    return None if latest is None or any(minutes <= latest for minutes in sent) else latest


def next_reminder_ms(state: Booking, now_ms: int) -> int | None:
    """When to look again; at once when one is due."""
    if not state.waits:
        return None
    if due_reminder(state, now_ms) is not None:
        return now_ms
    times = [state.starts_ms - minutes * 60_000 for minutes in REMINDERS_MIN]
    return min((at_ms for at_ms in times if at_ms > now_ms), default=None)


# --- apply --------------------------------------------------------------------------------------


def apply(state: Booking, recorded: Recorded[BookingEvent]) -> Booking:
    event, at_ms, actor = recorded.event, recorded.at_ms, recorded.actor
    match event:
        case BookingPlanned(booking_id=booking_id, plan=plan):
            fresh = Booking(
                booking_id=booking_id,
                office=actor.seat or "",
                office_name=actor.seat_name or "",
                planned_ms=at_ms,
            )
            return _planned(fresh, plan, at_ms)
        case BookingChanged(plan=plan):
            return _planned(state, plan, at_ms)
        case BookingCancelled(reason=reason):
            return replace(state, cancelled_ms=at_ms, reason=reason)
        case BookingReplied(venue=venue, reply=reply, reason=reason):
            guest = replace(
                state.invited[venue], reply=reply, reason=reason, replied_ms=at_ms, person=actor.person
            )
            return replace(state, invited={**state.invited, venue: guest})
        case BookingLineTested(venue=venue, passed=passed):
            tested = replace(state.invited[venue], line_test=LineTest(passed=passed, at_ms=at_ms))
            return replace(state, invited={**state.invited, venue: tested})
        case BookingReminded(minutes=minutes):
            return replace(state, reminded={**state.reminded, str(minutes): at_ms})
        case BookingStarted(session_id=session_id):
            return replace(state, session_id=session_id)


def _planned(state: Booking, plan: Plan, at_ms: int) -> Booking:
    """G5: at another time nothing of what was answered holds, and it is reminded of anew."""
    moved = plan.starts_ms != state.starts_ms
    known = {} if moved else state.invited
    fresh = {
        seat.venue: Invitee(venue=seat.venue, name=seat.name, short_name=seat.short_name)
        for seat in plan.venues
    }
    return replace(
        state,
        title=plan.title,
        kind=plan.kind,
        starts_ms=plan.starts_ms,
        minutes=plan.minutes,
        agenda=plan.agenda,
        invited={key: known.get(key, guest) for key, guest in fresh.items()},
        set_ms=at_ms if moved else state.set_ms,
        reminded={} if moved else state.reminded,
    )
