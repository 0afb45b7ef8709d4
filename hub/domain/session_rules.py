"""What the rules of a session make of a command, and what an event makes of a session (rules S1 to S15)."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain.call import PRESENT, Step, VenueState, step
from hub.domain.event import Actor, Command, Event, Recorded, Role
from hub.domain.session import (
    NOTE_MAX,
    RING_MS,
    TITLE_MAX,
    AnswerCall,
    CallVenues,
    DeclineCall,
    DevicesSet,
    DropVenue,
    EndSession,
    EndSource,
    ExpireCall,
    Interval,
    Invited,
    JoinSession,
    LeaveSession,
    Marker,
    MarkerSet,
    MuteAll,
    MuteVenue,
    NoteSpeech,
    PresentationStarted,
    PresentationStopped,
    ReturnVenue,
    Session,
    SessionEnded,
    SessionEvent,
    SessionKind,
    SessionStarted,
    SetDevices,
    SetMarker,
    SourceEnded,
    SourceStarted,
    StartPresentation,
    StartSession,
    StartSource,
    StopPresentation,
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
from hub.errors import Refusal

_CHAIR_ONLY = (CallVenues, EndSession, MuteAll, MuteVenue, SetMarker)
_HUB_ONLY = (ExpireCall, DropVenue, ReturnVenue, StartSource, EndSource, NoteSpeech)
_BY_VENUE: dict[type[Command], Step] = {
    AnswerCall: Step.ANSWER,
    DeclineCall: Step.DECLINE,
    ExpireCall: Step.MISS,
    JoinSession: Step.JOIN,
    DropVenue: Step.DROP,
    ReturnVenue: Step.RETURN,
    LeaveSession: Step.LEAVE,
}


# --- decide -------------------------------------------------------------------------------------


def decide(state: Session, command: Command, by: Actor, now_ms: int) -> list[SessionEvent]:
    """What ``command`` makes happen; refuses with a code of ``hub.errors`` and then nothing happens."""
    if isinstance(command, StartSession):
        return _start(state, command, by, now_ms)
    if not state.started_ms:
        raise Refusal("session.unknown")
    if not state.running:
        raise Refusal("session.ended")
    _check_right(state, command, by)
    match command:
        case CallVenues(venues=invited):
            return _call(state, invited, now_ms)
        case SetMarker(marker_id=marker_id, kind=kind, label=label):
            return [MarkerSet(marker_id=marker_id, kind=kind, label=_short("label", label))]
        case EndSession(reason=reason):
            return [SessionEnded(reason=_short("reason", reason))]
        case SetDevices(microphone=microphone, camera=camera):
            return _set_devices(_venue(state, command.venue), microphone, camera)
        case MuteVenue(venue=venue, muted=muted):
            return _mute(_venue(state, venue), muted)
        case MuteAll(muted=muted):
            others = [venue for key, venue in state.venues.items() if key != state.chair]
            return [event for venue in others for event in _mute(venue, muted)]
        case StartPresentation(venue=venue):
            return _present(state, _venue(state, venue))
        case StopPresentation():
            return _unpresent(state, by)
        case StartSource(source=source):
            _venue(state, source.venue)
            return [SourceStarted(source=source)]
        case EndSource(venue=venue, source_id=source_id):
            return _end_source(state, _venue(state, venue), source_id)
        case NoteSpeech(venue=venue, from_ms=from_ms, to_ms=to_ms):
            _venue(state, venue)
            return [VenueSpoke(venue=venue, from_ms=from_ms, to_ms=to_ms)]
    return _move(state, command, now_ms)


def _start(state: Session, command: StartSession, by: Actor, now_ms: int) -> list[SessionEvent]:
    if by.role is not Role.OFFICER:
        raise Refusal("forbidden")
    if state.started_ms:
        raise Refusal("session.already_joined")
    title = command.title.strip()
    if not title or len(title) > TITLE_MAX:
        raise Refusal("session.no_title", max=TITLE_MAX)
    branch = [invited for invited in command.venues if invited.venue != command.chair.venue]
    if not branch:
        raise Refusal("session.no_venues")
    started = SessionStarted(
        session_id=command.session_id,
        title=title,
        kind=command.kind,
        chair=command.chair.venue,
        board_id=command.board_id,
        recording_id=command.recording_id,
        exercise=command.exercise or command.kind is SessionKind.DRILL,
    )
    chair = command.chair
    added = VenueAdded(venue=chair.venue, name=chair.name, short_name=chair.short_name)
    return [started, added, *_call(state, branch, now_ms)]


def _check_right(state: Session, command: Command, by: Actor) -> None:
    """P1: the chair's office steers. P2: a venue moves only itself. P3: timers belong to the hub."""
    if by.role is Role.HUB:
        return
    if isinstance(command, _HUB_ONLY):
        raise Refusal("forbidden")
    is_chair = _is_chair(state, by)
    if isinstance(command, _CHAIR_ONLY):
        if not is_chair:
            raise Refusal("forbidden")
        return
    venue = getattr(command, "venue", by.seat)
    if venue not in state.venues:
        raise Refusal("session.foreign")
    may_hang_up = isinstance(command, LeaveSession) and is_chair
    if venue != by.seat and not may_hang_up:
        raise Refusal("forbidden")


def _is_chair(state: Session, by: Actor) -> bool:
    return by.role is Role.OFFICER and by.seat == state.chair


def _call(state: Session, invited: list[Invited], now_ms: int) -> list[SessionEvent]:
    if not invited:
        raise Refusal("session.no_venues")
    events: list[SessionEvent] = []
    called: set[str] = set()
    for seat in invited:
        if seat.venue in called:
            continue
        called.add(seat.venue)
        known = state.venues.get(seat.venue)
        if known is None:
            events.append(VenueAdded(venue=seat.venue, name=seat.name, short_name=seat.short_name))
        elif known.state in PRESENT or known.state is VenueState.RINGING:
            continue  # S4: calling everybody never disturbs those who are there or already ring
        events.append(VenueCalled(venue=seat.venue, rings_until_ms=now_ms + RING_MS))
    return events


def _set_devices(venue: Venue, microphone: bool | None, camera: bool | None) -> list[SessionEvent]:
    wished = DevicesSet(
        venue=venue.venue,
        microphone=venue.microphone if microphone is None else microphone,
        camera=venue.camera if camera is None else camera,
    )
    same = (wished.microphone, wished.camera) == (venue.microphone, venue.camera)
    return [] if same else [wished]


def _mute(venue: Venue, muted: bool) -> list[SessionEvent]:
    if venue.muted is muted:
        return []
    return [VenueMuted(venue=venue.venue) if muted else VenueUnmuted(venue=venue.venue)]


def _present(state: Session, venue: Venue) -> list[SessionEvent]:
    """S12: one at a time, and only who is there."""
    if state.presenter == venue.venue:
        return []
    if state.presenter is not None:
        name = state.venues[state.presenter].name
        raise Refusal("session.presenting", venue=state.presenter, name=name)
    if venue.state not in PRESENT:
        raise Refusal("session.not_joined", state=venue.state)
    return [PresentationStarted(venue=venue.venue)]


def _unpresent(state: Session, by: Actor) -> list[SessionEvent]:
    """S13: the presenter stops, or the chair stops anyone."""
    if state.presenter is None:
        return []
    if state.presenter == by.seat:
        return _presentation_over(state, state.presenter, "stopped")
    if not _is_chair(state, by):
        raise Refusal("forbidden")
    return _presentation_over(state, state.presenter, "by_chair")


def _presentation_over(state: Session, venue: str, reason: str) -> list[SessionEvent]:
    return [PresentationStopped(venue=venue, reason=reason)] if state.presenter == venue else []


def _end_source(state: Session, venue: Venue, source_id: str) -> list[SessionEvent]:
    source = venue.sources.get(source_id)
    if source is None:
        return []
    ended = SourceEnded(venue=venue.venue, source_id=source_id)
    content = [key for key, one in venue.sources.items() if one.name == "content"]
    return [ended, *(_presentation_over(state, venue.venue, "ended") if content == [source_id] else [])]


def _move(state: Session, command: Command, now_ms: int) -> list[SessionEvent]:
    what = _BY_VENUE[type(command)]
    venue = _venue(state, getattr(command, "venue", ""))
    if what is Step.JOIN and venue.state is VenueState.RINGING:
        what = Step.ANSWER  # S5: coming in while it rings is an answer
    if what is Step.JOIN and venue.state is VenueState.RECONNECTING:
        what = Step.RETURN
    step(venue.state, what)
    key = venue.venue
    match what:
        case Step.ANSWER:
            return [VenueAnswered(venue=key, after_ms=now_ms - venue.since_ms)]
        case Step.DECLINE:
            return [VenueDeclined(venue=key)]
        case Step.MISS:
            return [VenueMissed(venue=key)]
        case Step.JOIN:
            return [VenueJoined(venue=key)]
        case Step.DROP:
            return [VenueDropped(venue=key)]
        case Step.RETURN:
            return [VenueReturned(venue=key)]
    left = VenueLeft(venue=key, reason=getattr(command, "reason", "left"))
    return [*_presentation_over(state, key, "left"), left]


def _short(field: str, text: str) -> str:
    text = text.strip()
    if len(text) > NOTE_MAX:
        raise Refusal("bad_request", field=field, max=NOTE_MAX)
    return text


def _venue(state: Session, key: str) -> Venue:
    if key not in state.venues:
        raise Refusal("session.foreign")
    return state.venues[key]


# --- apply --------------------------------------------------------------------------------------

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
    event = recorded.event
    match event:
        case SessionStarted():
            return Session(
                session_id=event.session_id,
                title=event.title,
                kind=event.kind,
                chair=event.chair,
                board_id=event.board_id,
                recording_id=event.recording_id,
                exercise=event.exercise,
                started_ms=recorded.at_ms,
            )
        case SessionEnded():
            venues = {key: _closed(venue, recorded.at_ms) for key, venue in state.venues.items()}
            return replace(state, venues=venues, presenter=None, presented_ms=None, ended_ms=recorded.at_ms)
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


def _moved(venue: Venue, recorded: Recorded[SessionEvent]) -> Venue:
    event, at_ms = recorded.event, recorded.at_ms
    moved = replace(venue, state=step(venue.state, _STEPS[type(event)]), since_ms=at_ms, rings_until_ms=None)
    match event:
        case VenueCalled(rings_until_ms=rings_until_ms):
            return replace(moved, rings_until_ms=rings_until_ms, calls=venue.calls + 1)
        case VenueAnswered() | VenueJoined():
            stays = [*venue.attendance, Interval(from_ms=at_ms)]
            return replace(
                moved, person=recorded.actor.person, attendance=stays, microphone=True, camera=True
            )
        case VenueLeft():
            return replace(moved, attendance=_ended(venue.attendance, at_ms), sources={})
    return moved


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
