"""How a roll call goes from venue to venue, and what counts as an answer (rules A1 to A6)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from hub.domain.event import Actor, Command, Recorded, Role
from hub.domain.rollcall import (
    LINGER_MS,
    REACTION_MS,
    AnswerRollCall,
    AskAgain,
    EndRollCall,
    HearRollCall,
    NextInRollCall,
    RollCall,
    RollCallAppended,
    RollCallAsked,
    RollCallEnded,
    RollCallEvent,
    RollCallStarted,
    RollCallTicked,
    RollResult,
    RollRow,
    StartRollCall,
    TickRollCall,
)
from hub.domain.session import Session, SessionEvent, Venue
from hub.domain.venues import is_joined, is_there, short_text, venue_of
from hub.errors import Refusal

CHAIR_ONLY = (StartRollCall, TickRollCall, NextInRollCall, AskAgain, EndRollCall)
HUB_ONLY = (HearRollCall,)

VENUES_MAX = 200
ANSWER_MIN_S, ANSWER_MAX_S = 5, 120

_MISSED = (RollResult.OFFLINE, RollResult.NO_ANSWER)


def decide(state: Session, command: Command, by: Actor, now_ms: int) -> list[SessionEvent]:
    match command:
        case StartRollCall():
            return _start(state, command, now_ms)
        case AnswerRollCall(venue=venue):
            return _answered(state, venue, "key", now_ms, now_ms)
        case HearRollCall(venue=venue, heard_ms=heard_ms):
            roll = state.rollcall
            if roll is None or roll.asked != venue or not is_awaited(roll, heard_ms):
                return []  # heard too late, the next one is asked; or too soon
            return _answered(state, venue, "voice", heard_ms, now_ms)
        case TickRollCall():
            return _tick(state, command, now_ms)
        case NextInRollCall(venue=venue):
            return _next(state, venue, by, now_ms)
        case AskAgain(venues=venues):
            return _ask_again(state, venues, now_ms)
        case EndRollCall():
            roll = state.rollcall
            return (
                [RollCallEnded(rollcall_id=roll.rollcall_id, reason="by_chair")] if roll is not None else []
            )
    raise TypeError(command)


def _start(state: Session, wish: StartRollCall, now_ms: int) -> list[SessionEvent]:
    if state.rollcall is not None:
        raise Refusal("rollcall.running")
    known = [venue_of(state, key) for key in dict.fromkeys(wish.venues)]
    venues = [venue.venue for venue in known if venue.venue != state.chair]
    if not venues or len(venues) > VENUES_MAX:
        raise Refusal("session.no_venues")
    if not ANSWER_MIN_S <= wish.answer_s <= ANSWER_MAX_S:
        raise Refusal("bad_request", field="answer_s", min=ANSWER_MIN_S, max=ANSWER_MAX_S)
    started = RollCallStarted(rollcall_id=wish.rollcall_id, venues=venues, answer_s=wish.answer_s)
    fresh = RollCall(
        rollcall_id=wish.rollcall_id,
        rows=[RollRow(venue=venue) for venue in venues],
        answer_s=wish.answer_s,
        started_ms=now_ms,
    )
    return [started, *_ask(state, fresh, 0, now_ms)]


def _ask(state: Session, roll: RollCall, place: int, now_ms: int) -> list[SessionEvent]:
    """A2: from ``place`` on the first that is there is asked; who is not is ticked as offline at once.

    A venue that has become the chair meanwhile is not asked by itself: it is here.
    """
    events: list[SessionEvent] = []
    for at in range(place, len(roll.rows)):
        row = roll.rows[at]
        if row.result is not None:
            continue
        if row.venue == state.chair:
            events.append(_ticked(roll, at, RollResult.ANSWERED, "chair"))
            continue
        if is_there(state, row.venue):
            next_ms = now_ms + roll.answer_s * 1000
            return [*events, RollCallAsked(venue=row.venue, place=at, next_ms=next_ms)]
        events.append(_ticked(roll, at, RollResult.OFFLINE, "hub"))
    return [*events, RollCallEnded(rollcall_id=roll.rollcall_id, reason="done")]


def _answered(state: Session, venue: str, by: str, at_ms: int, now_ms: int) -> list[SessionEvent]:
    """A3: measured from being asked, on the hub; what the venue sends decides what its answer is worth."""
    roll = state.rollcall
    if roll is None or roll.current is None or roll.asked != venue:
        raise Refusal("rollcall.not_asked")
    row = roll.rows[roll.current]
    if row.result is not None:
        return []
    after_ms = max(0, at_ms - (row.asked_ms or at_ms))
    result = _worth(state.venues[venue], by)
    return [_ticked(roll, roll.current, result, by, after_ms=after_ms, next_ms=now_ms + LINGER_MS)]


def is_awaited(roll: RollCall, heard_ms: int) -> bool:
    """Whether a voice that is heard then can be an answer of the venue that is asked."""
    row = roll.rows[roll.current] if roll.current is not None else None
    if row is None or row.asked_ms is None or row.result is not None:
        return False
    return heard_ms >= row.asked_ms + REACTION_MS


def _worth(venue: Venue, by: str) -> RollResult:
    """What comes of it: a source whose switch is off shows or says nothing. A key alone is an answer too."""
    sources = venue.sources.values()
    is_seen = venue.camera and any(source.name == "camera" for source in sources)
    sends_sound = venue.microphone and any(source.name == "microphone" for source in sources)
    is_heard = by == "voice" or sends_sound
    if is_seen is is_heard:
        return RollResult.ANSWERED
    return RollResult.PICTURE_ONLY if is_seen else RollResult.SOUND_ONLY


def _ticked(
    roll: RollCall,
    place: int,
    result: RollResult,
    by: str,
    *,
    after_ms: int | None = None,
    note: str = "",
    next_ms: int | None = None,
) -> RollCallTicked:
    return RollCallTicked(
        rollcall_id=roll.rollcall_id,
        venue=roll.rows[place].venue,
        place=place,
        result=result,
        after_ms=after_ms,
        by=by,
        note=note,
        next_ms=next_ms,
    )


def _tick(state: Session, wish: TickRollCall, now_ms: int) -> list[SessionEvent]:
    roll = next((one for one in state.rollcalls if one.rollcall_id == wish.rollcall_id), None)
    places = [at for at, row in enumerate(roll.rows) if row.venue == wish.venue] if roll is not None else []
    if roll is None or not places:
        raise Refusal("rollcall.unknown")
    place, note = places[-1], short_text("note", wish.note)
    row, is_asked = roll.rows[place], places[-1] == roll.current
    first = row.result is None and is_asked
    after_ms = now_ms - row.asked_ms if first and row.asked_ms is not None else row.after_ms
    if wish.result in (*_MISSED, RollResult.ON_LEAVE):
        after_ms = None
    goes_on_ms = now_ms + LINGER_MS if first else roll.next_ms
    next_ms = goes_on_ms if is_asked else None
    return [_ticked(roll, place, wish.result, "chair", after_ms=after_ms, note=note, next_ms=next_ms)]


def _next(state: Session, venue: str, by: Actor, now_ms: int) -> list[SessionEvent]:
    """A4: the chair at once, the hub when the time is over; whoever comes too late changes nothing."""
    roll = state.rollcall
    if roll is None or roll.current is None or roll.asked != venue:
        return []
    is_hub = by.role is Role.HUB
    if is_hub and roll.next_ms is not None and roll.next_ms > now_ms:
        return []
    events: list[SessionEvent] = []
    if roll.rows[roll.current].result is None:
        missed = RollResult.NO_ANSWER if is_joined(state, venue) else RollResult.OFFLINE
        events.append(_ticked(roll, roll.current, missed, "hub" if is_hub else "chair"))
    return [*events, *_ask(state, roll, roll.current + 1, now_ms)]


def _ask_again(state: Session, venues: Sequence[str], now_ms: int) -> list[SessionEvent]:
    """A5: 补点, also when the run is over: it goes on then."""
    if not state.rollcalls:
        raise Refusal("rollcall.unknown")
    roll = state.rollcalls[-1]
    waiting = {row.venue for row in roll.rows if row.result is None and roll.ended_ms is None}
    late = [venue_of(state, key).venue for key in dict.fromkeys(venues)]
    late = [key for key in late if key not in waiting and key != state.chair]
    if not late or len(roll.rows) + len(late) > VENUES_MAX:
        raise Refusal("session.no_venues")
    appended: list[SessionEvent] = [RollCallAppended(venue=key) for key in late]
    if roll.ended_ms is None:
        return appended
    rows = [*roll.rows, *(RollRow(venue=key, late=True) for key in late)]
    return [*appended, *_ask(state, replace(roll, rows=rows), len(roll.rows), now_ms)]


def late_comer(state: Session, venue: str) -> list[SessionEvent]:
    """A5: who was missed and comes while the run goes on is asked at its end."""
    roll = state.rollcall
    rows = [row for row in roll.rows if row.venue == venue] if roll is not None else []
    return [RollCallAppended(venue=venue)] if rows and rows[-1].result is RollResult.OFFLINE else []


# --- apply --------------------------------------------------------------------------------------


def apply(state: Session, recorded: Recorded[SessionEvent]) -> Session:
    event: RollCallEvent = recorded.event  # type: ignore[assignment]
    if isinstance(event, RollCallStarted):
        fresh = RollCall(
            rollcall_id=event.rollcall_id,
            rows=[RollRow(venue=venue) for venue in event.venues],
            answer_s=event.answer_s,
            started_ms=recorded.at_ms,
        )
        return replace(state, rollcalls=[*state.rollcalls, fresh])
    known = getattr(event, "rollcall_id", None) or state.rollcalls[-1].rollcall_id
    rolls = [
        _applied(one, event, recorded.at_ms) if one.rollcall_id == known else one for one in state.rollcalls
    ]
    return replace(state, rollcalls=rolls)


def _applied(roll: RollCall, event: RollCallEvent, at_ms: int) -> RollCall:
    match event:
        case RollCallAsked(place=place, next_ms=next_ms):
            rows = _with_row(roll, place, replace(roll.rows[place], asked_ms=at_ms))
            return replace(roll, rows=rows, current=place, next_ms=next_ms)
        case RollCallTicked(place=place):
            row = replace(
                roll.rows[place],
                result=event.result,
                result_ms=at_ms,
                after_ms=event.after_ms,
                by=event.by,
                note=event.note,
            )
            goes_on_ms = event.next_ms if place == roll.current else roll.next_ms
            return replace(roll, rows=_with_row(roll, place, row), next_ms=goes_on_ms)
        case RollCallAppended(venue=venue):
            return replace(roll, rows=[*roll.rows, RollRow(venue=venue, late=True)], ended_ms=None)
        case RollCallEnded():
            return over(roll, at_ms)
    raise TypeError(event)


def over(roll: RollCall, at_ms: int) -> RollCall:
    return replace(roll, ended_ms=at_ms, current=None, next_ms=None)


def _with_row(roll: RollCall, place: int, row: RollRow) -> list[RollRow]:
    return [*roll.rows[:place], row, *roll.rows[place + 1 :]]
