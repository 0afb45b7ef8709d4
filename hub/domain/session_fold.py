"""What an event makes of a session: the fold, the same in ``web/src/state/session.ts``."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from hub.domain import chair_rules, conduct_rules, floor_rules, guest_rules, picture_rules, rollcall_rules
from hub.domain.call import PRESENT, Step, VenueState, step
from hub.domain.chair import ChairEvent
from hub.domain.conduct import ConductEvent
from hub.domain.event import Event, Recorded
from hub.domain.floor import FloorEvent
from hub.domain.guest import GuestEvent
from hub.domain.picture import PictureEvent
from hub.domain.rollcall import RollCallEvent
from hub.domain.session import (
    DevicesSet,
    Interval,
    Marker,
    MarkerSet,
    OwnEvent,
    PresentationStarted,
    PresentationStopped,
    Session,
    SessionEnded,
    SessionEvent,
    SessionStarted,
    SourceEnded,
    SourceStarted,
    Venue,
    VenueAdded,
    VenueAnswered,
    VenueCalled,
    VenueDeclined,
    VenueDropped,
    VenueJoined,
    VenueLeft,
    VenueMissed,
    VenueMuted,
    VenueReturned,
    VenueSpoke,
    VenueUnmuted,
)

_Fold = Callable[[Session, Recorded[SessionEvent]], Session]

_ELSEWHERE: tuple[tuple[tuple[type[Event], ...], _Fold], ...] = (
    (ChairEvent.__args__, chair_rules.apply),
    (FloorEvent.__args__, floor_rules.apply),
    (PictureEvent.__args__, picture_rules.apply),
    (RollCallEvent.__args__, rollcall_rules.apply),
    (ConductEvent.__args__, conduct_rules.apply),
    (GuestEvent.__args__, guest_rules.apply),
)
_FOLDS: dict[type[Event], _Fold] = {event: fold for events, fold in _ELSEWHERE for event in events}

_STEPS: dict[type[Event], Step] = {
    VenueCalled: Step.CALL,
    VenueAnswered: Step.ANSWER,
    VenueDeclined: Step.DECLINE,
    VenueMissed: Step.MISS,
    VenueJoined: Step.JOIN,
    VenueDropped: Step.DROP,
    VenueReturned: Step.RETURN,
    VenueLeft: Step.LEAVE,
}


def apply(state: Session, recorded: Recorded[SessionEvent]) -> Session:
    elsewhere = _FOLDS.get(type(recorded.event))
    if elsewhere is not None:
        return elsewhere(state, recorded)
    event: OwnEvent = recorded.event  # type: ignore[assignment]
    match event:
        case SessionStarted():
            return _started(event, recorded.at_ms)
        case SessionEnded():
            return _over(state, recorded.at_ms)
        case MarkerSet(marker_id=marker_id, kind=kind, label=label):
            marker = Marker(
                marker_id=marker_id, kind=kind, label=label, at_ms=recorded.at_ms, actor=recorded.actor
            )
            return replace(state, markers=[*state.markers, marker])
        case VenueSpoke():
            return state
        case VenueAdded(venue=key, name=name, short_name=short_name):
            added = Venue(venue=key, name=name, short_name=short_name, since_ms=recorded.at_ms)
            return _with(state, added)
        case SourceStarted(source=source):
            venue = state.venues[source.venue]
            return _with(state, replace(venue, sources={**venue.sources, source.source_id: source}))
        case SourceEnded(venue=key, source_id=source_id):
            left = {name: source for name, source in state.venues[key].sources.items() if name != source_id}
            return _with(state, replace(state.venues[key], sources=left))
        case DevicesSet(venue=key, microphone=microphone, camera=camera):
            return _with(state, replace(state.venues[key], microphone=microphone, camera=camera))
        case VenueMuted(venue=key) | VenueUnmuted(venue=key):
            return _with(state, replace(state.venues[key], muted=isinstance(event, VenueMuted)))
        case PresentationStarted(venue=key):
            return replace(state, presenter=key, presented_ms=recorded.at_ms)
        case PresentationStopped():
            return replace(state, presenter=None, presented_ms=None)
    return _with(state, _moved(state.venues[event.venue], recorded))


def _started(event: SessionStarted, at_ms: int) -> Session:
    return Session(
        session_id=event.session_id,
        title=event.title,
        kind=event.kind,
        office=event.chair,
        heirs=event.heirs,
        chair=event.chair,
        chair_since_ms=at_ms,
        board_id=event.board_id,
        incident_id=event.incident_id,
        recording_id=event.recording_id,
        exercise=event.exercise,
        classification=event.classification,
        ring_ms=event.ring_ms,
        auto_recall=event.auto_recall,
        agenda=event.agenda,
        started_ms=at_ms,
    )


def _over(state: Session, at_ms: int) -> Session:
    """Everybody has left, nobody has the floor, and nothing is shown any more."""
    return replace(
        state,
        venues={key: _closed(venue, at_ms) for key, venue in state.venues.items()},
        chair_requests={},
        presenter=None,
        presented_ms=None,
        floor=replace(floor_rules.turn_ended(state.floor, at_ms), queue=[]),
        picture=replace(state.picture, broadcast=None, carousel=None),
        rollcalls=[
            rollcall_rules.over(one, at_ms) if one.ended_ms is None else one for one in state.rollcalls
        ],
        ended_ms=at_ms,
    )


def _moved(venue: Venue, recorded: Recorded[SessionEvent]) -> Venue:
    event, at_ms = recorded.event, recorded.at_ms
    moved = replace(venue, state=step(venue.state, _STEPS[type(event)]), since_ms=at_ms, rings_until_ms=None)
    match event:
        case VenueCalled(rings_until_ms=rings_until_ms, automatic=automatic):
            return replace(
                moved,
                rings_until_ms=rings_until_ms,
                calls=venue.calls + 1,
                automatic=automatic,
                alerted_ms=None,
                offline=False,
                removed=False,
            )
        case VenueAnswered(after_ms=after_ms):
            return replace(_came(moved, recorded), answer_ms=after_ms)
        case VenueJoined():
            return _came(moved, recorded)
        case VenueMissed(offline=offline):
            return replace(moved, offline=offline)
        case VenueLeft(reason=reason):
            stays = _ended(venue.attendance, at_ms)
            return replace(moved, attendance=stays, sources={}, lost=reason == "lost")
    return moved


def _came(venue: Venue, recorded: Recorded[SessionEvent]) -> Venue:
    stays = [*venue.attendance, Interval(from_ms=recorded.at_ms)]
    person = recorded.actor.person
    return replace(venue, person=person, attendance=stays, microphone=True, camera=True, lost=False)


def _closed(venue: Venue, at_ms: int) -> Venue:
    if venue.state in PRESENT:
        stays = _ended(venue.attendance, at_ms)
        return replace(venue, state=VenueState.LEFT, since_ms=at_ms, attendance=stays, sources={})
    if venue.state is VenueState.RINGING:
        return replace(venue, state=VenueState.NO_ANSWER, since_ms=at_ms, rings_until_ms=None)
    return venue


def _ended(stays: list[Interval], at_ms: int) -> list[Interval]:
    if not stays or stays[-1].to_ms is not None:
        return stays
    return [*stays[:-1], replace(stays[-1], to_ms=at_ms)]


def _with(state: Session, venue: Venue) -> Session:
    return replace(state, venues={**state.venues, venue.venue: venue})
