"""Who may be heard, and what becomes of a wish to speak (rules F1 to F8)."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain.event import Actor, Command, Recorded
from hub.domain.floor import (
    AllowSelfUnmute,
    EndFloorRequest,
    EndTurn,
    Floor,
    FloorEnded,
    FloorEvent,
    FloorGiven,
    FloorRequested,
    FloorRequestEnded,
    GrantFloor,
    MuteOnEntrySet,
    NameSpeaker,
    OpenMicrophone,
    RequestFloor,
    SelfUnmuteSet,
    SetSpeakMode,
    SpeakMode,
    SpeakModeSet,
    Turn,
    TurnKind,
    Waiting,
)
from hub.domain.session import Session, SessionEvent, Venue, VenueUnmuted
from hub.domain.venues import branch_there, is_chair, venue_of
from hub.errors import Refusal

CHAIR_ONLY = (SetSpeakMode, AllowSelfUnmute, NameSpeaker, GrantFloor)


def may_be_heard(state: Session, venue: Venue) -> bool:
    """F1: the chair always; else who is asked alone, then who has the floor alone, then by the mode."""
    key = venue.venue
    if key == state.chair:
        return True
    if state.rollcall is not None and state.rollcall.asked is not None:
        return key == state.rollcall.asked
    if state.floor.turn is not None:
        return key == state.floor.turn.venue
    return state.floor.mode is SpeakMode.FREE and not venue.muted


def closed_microphones(state: Session) -> frozenset[str]:
    """The venues whose sound the hub drops, whatever they send."""
    return frozenset(key for key, venue in state.venues.items() if not may_be_heard(state, venue))


def decide(state: Session, command: Command, by: Actor, now_ms: int) -> list[SessionEvent]:
    floor = state.floor
    match command:
        case SetSpeakMode(mode=mode):
            return _set_mode(floor, mode)
        case AllowSelfUnmute(allowed=allowed):
            return [SelfUnmuteSet(allowed=allowed)] if allowed is not floor.self_unmute else []
        case OpenMicrophone(venue=venue):
            return _open(state, venue_of(state, venue))
        case NameSpeaker(venue=venue):
            return _give(state, venue, TurnKind.NAMED)
        case RequestFloor(venue=venue):
            return _request(state, venue)
        case GrantFloor(venue=venue):
            if not _is_waiting(floor, venue):
                raise Refusal("floor.not_asked")
            return _give(state, venue, TurnKind.GRANTED)
        case EndFloorRequest(venue=venue):
            reason = "withdrawn" if by.seat == venue else "denied"
            return request_over(state, venue_of(state, venue).venue, reason)
        case EndTurn():
            return _end_turn(state, by)
    raise TypeError(command)


def _set_mode(floor: Floor, mode: SpeakMode) -> list[SessionEvent]:
    if mode is floor.mode:
        return []
    ended = [FloorRequestEnded(venue=one.venue, reason="silent") for one in floor.queue]
    return [SpeakModeSet(mode=mode), *(ended if mode is SpeakMode.SILENT else [])]


def _open(state: Session, venue: Venue) -> list[SessionEvent]:
    if not venue.muted:
        return []
    if not state.floor.self_unmute:
        raise Refusal("floor.closed_by_chair")
    return [VenueUnmuted(venue=venue.venue)]


def _request(state: Session, venue: str) -> list[SessionEvent]:
    """F4: one place in the queue a venue, in order of asking."""
    branch_there(state, venue)
    if state.floor.mode is SpeakMode.SILENT:
        raise Refusal("floor.silent")
    has_it = state.floor.turn is not None and state.floor.turn.venue == venue
    return [] if has_it or _is_waiting(state.floor, venue) else [FloorRequested(venue=venue)]


def _give(state: Session, venue: str, kind: TurnKind) -> list[SessionEvent]:
    """F2: one speaker at a time; whoever had the floor has it no more."""
    branch_there(state, venue)
    turn = state.floor.turn
    if turn is not None and turn.venue == venue:
        return []
    replaced = [FloorEnded(venue=turn.venue, reason="replaced")] if turn is not None else []
    return [*replaced, *request_over(state, venue, "granted"), FloorGiven(venue=venue, kind=kind)]


def _end_turn(state: Session, by: Actor) -> list[SessionEvent]:
    turn = state.floor.turn
    if turn is None:
        return []
    if by.seat == turn.venue:
        return [FloorEnded(venue=turn.venue, reason="spoken")]
    if not is_chair(state, by):
        raise Refusal("forbidden")
    return [FloorEnded(venue=turn.venue, reason="by_chair")]


def _is_waiting(floor: Floor, venue: str) -> bool:
    return any(one.venue == venue for one in floor.queue)


def request_over(state: Session, venue: str, reason: str) -> list[SessionEvent]:
    return [FloorRequestEnded(venue=venue, reason=reason)] if _is_waiting(state.floor, venue) else []


def floor_over(state: Session, venue: str, reason: str) -> list[SessionEvent]:
    """``venue`` can speak no more: neither its turn nor its place in the queue stays."""
    turn = state.floor.turn
    ended = [FloorEnded(venue=venue, reason=reason)] if turn is not None and turn.venue == venue else []
    return [*ended, *request_over(state, venue, reason)]


def apply(state: Session, recorded: Recorded[SessionEvent]) -> Session:
    return replace(state, floor=_applied(state.floor, recorded))


def _applied(floor: Floor, recorded: Recorded[SessionEvent]) -> Floor:
    event: FloorEvent = recorded.event  # type: ignore[assignment]
    match event:
        case SpeakModeSet(mode=mode):
            return replace(floor, mode=mode)
        case SelfUnmuteSet(allowed=allowed):
            return replace(floor, self_unmute=allowed)
        case MuteOnEntrySet(on=on):
            return replace(floor, mute_on_entry=on)
        case FloorRequested(venue=venue):
            return replace(floor, queue=[*floor.queue, Waiting(venue=venue, since_ms=recorded.at_ms)])
        case FloorRequestEnded(venue=venue):
            return replace(floor, queue=[one for one in floor.queue if one.venue != venue])
        case FloorGiven(venue=venue, kind=kind):
            return replace(floor, turn=Turn(venue=venue, kind=kind, since_ms=recorded.at_ms))
        case FloorEnded():
            return turn_ended(floor, recorded.at_ms)


def turn_ended(floor: Floor, at_ms: int) -> Floor:
    """The time of the turn is counted."""
    turn = floor.turn
    if turn is None:
        return floor
    spoken_ms = floor.spoken_ms.get(turn.venue, 0) + at_ms - turn.since_ms
    return replace(floor, turn=None, spoken_ms={**floor.spoken_ms, turn.venue: spoken_ms})
