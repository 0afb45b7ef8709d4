"""What the rules of a session make of a command (rules S1 to S21)."""

from __future__ import annotations

from collections.abc import Callable

from hub.domain import chair_rules, conduct_rules, floor_rules, guest_rules, picture_rules, rollcall_rules
from hub.domain.call import PRESENT, Step, VenueState, step
from hub.domain.chair import EndChairRequest, RequestChair, TakeChair
from hub.domain.conduct import NoteRinging
from hub.domain.event import OUTSIDE, Actor, Command, Role
from hub.domain.floor import (
    EndFloorRequest,
    EndTurn,
    MuteOnEntrySet,
    OpenMicrophone,
    RequestFloor,
    SelfUnmuteSet,
    SpeakMode,
    SpeakModeSet,
)
from hub.domain.rollcall import AnswerRollCall
from hub.domain.session import (
    TITLE_MAX,
    AnswerCall,
    CallVenues,
    DeclineCall,
    DevicesSet,
    DropVenue,
    EndSession,
    EndSource,
    ExpireCall,
    Invited,
    JoinSession,
    LeaveSession,
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
from hub.domain.session_fold import apply as apply
from hub.domain.venues import is_chair, is_office, short_text, venue_of
from hub.errors import Refusal

_Decide = Callable[[Session, Command, Actor, int], list[SessionEvent]]

_ELSEWHERE: dict[type[Command], _Decide] = {
    **dict.fromkeys((*chair_rules.CHAIR_ONLY, RequestChair, EndChairRequest, TakeChair), chair_rules.decide),
    **dict.fromkeys(
        (*floor_rules.CHAIR_ONLY, OpenMicrophone, RequestFloor, EndFloorRequest, EndTurn), floor_rules.decide
    ),
    **dict.fromkeys(picture_rules.CHAIR_ONLY, picture_rules.decide),
    **dict.fromkeys(
        (*rollcall_rules.CHAIR_ONLY, *rollcall_rules.HUB_ONLY, AnswerRollCall), rollcall_rules.decide
    ),
    **dict.fromkeys(
        (*conduct_rules.CHAIR_ONLY, *conduct_rules.OFFICE_TOO, NoteRinging), conduct_rules.decide
    ),
    **dict.fromkeys((*guest_rules.OFFICE_TOO, *guest_rules.HUB_ONLY), guest_rules.decide),
}

_CHAIR_ONLY = (
    MuteAll,
    MuteVenue,
    *chair_rules.CHAIR_ONLY,
    *floor_rules.CHAIR_ONLY,
    *picture_rules.CHAIR_ONLY,
    *rollcall_rules.CHAIR_ONLY,
    *conduct_rules.CHAIR_ONLY,
)
_STEERING = (CallVenues, SetMarker, *conduct_rules.OFFICE_TOO, *guest_rules.OFFICE_TOO)
_OFFICE_ONLY = (EndSession, TakeChair)
_HUB_ONLY = (
    ExpireCall,
    DropVenue,
    ReturnVenue,
    StartSource,
    EndSource,
    NoteSpeech,
    *rollcall_rules.HUB_ONLY,
    *guest_rules.HUB_ONLY,
)
_BY_CHAIR_TOO = (LeaveSession, EndChairRequest, EndFloorRequest)
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
    elsewhere = _ELSEWHERE.get(type(command))
    if elsewhere is not None:
        return _with_parting(state, elsewhere(state, command, by, now_ms))
    match command:
        case CallVenues(venues=invited):
            return _call(state, invited, now_ms)
        case SetMarker(marker_id=marker_id, kind=kind, label=label):
            return [MarkerSet(marker_id=marker_id, kind=kind, label=short_text("label", label))]
        case EndSession(reason=reason):
            return [SessionEnded(reason=short_text("reason", reason))]
        case SetDevices(microphone=microphone, camera=camera):
            return _set_devices(venue_of(state, command.venue), microphone, camera)
        case MuteVenue(venue=venue, muted=muted):
            return _mute_one(state, venue_of(state, venue), muted)
        case MuteAll():
            return _mute_all(state, command)
        case StartPresentation(venue=venue):
            return _present(state, venue_of(state, venue))
        case StopPresentation():
            return _unpresent(state, by)
        case StartSource(source=source):
            venue_of(state, source.venue)
            return [SourceStarted(source=source)]
        case EndSource(venue=venue, source_id=source_id):
            return _end_source(state, venue_of(state, venue), source_id)
        case NoteSpeech(venue=venue, from_ms=from_ms, to_ms=to_ms):
            venue_of(state, venue)
            return [VenueSpoke(venue=venue, from_ms=from_ms, to_ms=to_ms)]
    return _move(state, command, now_ms)


def _with_parting(state: Session, events: list[SessionEvent]) -> list[SessionEvent]:
    """A removal hangs up as well: what ends with a venue's stay ends then too."""
    parting: list[SessionEvent] = []
    for event in events:
        if isinstance(event, VenueLeft):
            parting += _parting(state, event.venue, event.reason)
    return [*parting, *events]


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
        heirs=command.heirs,
        classification=command.classification,
        ring_ms=command.ring_ms,
        auto_recall=command.auto_recall,
        agenda=command.agenda,
        incident_id=command.incident_id,
    )
    chair = command.chair
    added = VenueAdded(venue=chair.venue, name=chair.name, short_name=chair.short_name)
    modes: list[SessionEvent] = []
    if command.mode is not SpeakMode.FREE:
        modes.append(SpeakModeSet(mode=command.mode))
    if command.mute_on_entry:
        modes.append(MuteOnEntrySet(on=True))
    calls = _call(state, branch, now_ms, ring_ms=command.ring_ms, muted=command.mute_on_entry)
    return [started, added, *modes, *calls]


def _check_right(state: Session, command: Command, by: Actor) -> None:
    """P1: the chair and the office steer. P2: a venue moves only itself. P3: timers are the hub's. P13."""
    if by.role is Role.HUB:
        return
    kind = type(command)
    if kind in _HUB_ONLY or (by.role in OUTSIDE and kind not in guest_rules.OF_GUEST):
        raise Refusal("forbidden")
    if kind in _OFFICE_ONLY or kind in _STEERING or kind in _CHAIR_ONLY:
        may = is_chair(state, by) if kind not in _OFFICE_ONLY else is_office(state, by)
        if not may and not (kind in _STEERING and is_office(state, by)):
            raise Refusal("forbidden")
        return
    venue = getattr(command, "venue", by.seat)
    if venue not in state.venues:
        raise Refusal("session.foreign")
    if venue != by.seat and not (kind in _BY_CHAIR_TOO and _may_for_others(state, kind, by)):
        raise Refusal("forbidden")


def _may_for_others(state: Session, kind: type[Command], by: Actor) -> bool:
    return is_chair(state, by) or (kind is LeaveSession and is_office(state, by))


def _call(
    state: Session, invited: list[Invited], now_ms: int, *, ring_ms: int | None = None, muted: bool = False
) -> list[SessionEvent]:
    """``ring_ms`` and ``muted`` at the start, when there is no state yet that says them."""
    if not invited:
        raise Refusal("session.no_venues")
    rings_until_ms = now_ms + (ring_ms or state.ring_ms)
    events: list[SessionEvent] = []
    called: set[str] = set()
    for seat in invited:
        if seat.venue in called:
            continue
        called.add(seat.venue)
        known = state.venues.get(seat.venue)
        if known is not None:
            guest_rules.check_seat(state, seat.venue)
        if known is None:
            events.append(VenueAdded(venue=seat.venue, name=seat.name, short_name=seat.short_name))
            if muted or state.floor.mute_on_entry:
                events.append(VenueMuted(venue=seat.venue))
        elif known.state in PRESENT or known.state is VenueState.RINGING:
            continue  # S4: calling everybody never disturbs those who are there or already ring
        events.append(VenueCalled(venue=seat.venue, rings_until_ms=rings_until_ms))
    return events


def _set_devices(venue: Venue, microphone: bool | None, camera: bool | None) -> list[SessionEvent]:
    wished = DevicesSet(
        venue=venue.venue,
        microphone=venue.microphone if microphone is None else microphone,
        camera=venue.camera if camera is None else camera,
    )
    same = (wished.microphone, wished.camera) == (venue.microphone, venue.camera)
    return [] if same else [wished]


def _mute_one(state: Session, venue: Venue, muted: bool) -> list[SessionEvent]:
    """S14; the chair is always heard (F1), and no screen shall say otherwise."""
    if muted and venue.venue == state.chair:
        raise Refusal("session.is_chair")
    return _mute(venue, muted)


def _mute(venue: Venue, muted: bool) -> list[SessionEvent]:
    if venue.muted is muted:
        return []
    return [VenueMuted(venue=venue.venue) if muted else VenueUnmuted(venue=venue.venue)]


def _mute_all(state: Session, wish: MuteAll) -> list[SessionEvent]:
    """S15: also for those who come later; ``self_unmute`` None leaves that right as it is."""
    others = [venue for key, venue in state.venues.items() if key != state.chair]
    events = [event for venue in others for event in _mute(venue, wish.muted)]
    if wish.muted is not state.floor.mute_on_entry:
        events.append(MuteOnEntrySet(on=wish.muted))
    if wish.self_unmute is not None and wish.self_unmute is not state.floor.self_unmute:
        events.append(SelfUnmuteSet(allowed=wish.self_unmute))
    return events


def _present(state: Session, venue: Venue) -> list[SessionEvent]:
    """S12: one at a time, and only who is there."""
    if state.presenter == venue.venue:
        return []
    if state.presenter is not None:
        name = state.venues[state.presenter].name
        raise Refusal("session.presenting", venue=state.presenter, name=name)
    if state.presenter_locked and venue.venue != state.chair:
        raise Refusal("session.presentation_locked")
    if venue.state not in PRESENT:
        raise Refusal("session.not_joined", state=venue.state)
    return [PresentationStarted(venue=venue.venue)]


def _unpresent(state: Session, by: Actor) -> list[SessionEvent]:
    """S13: the presenter stops, or the chair stops anyone."""
    if state.presenter is None:
        return []
    if state.presenter == by.seat:
        return _presentation_over(state, state.presenter, "stopped")
    if not is_chair(state, by):
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
    venue = venue_of(state, getattr(command, "venue", ""))
    if what is Step.JOIN and venue.state is VenueState.RINGING:
        what = Step.ANSWER  # S5: coming in while it rings is an answer
    if what is Step.JOIN and venue.state is VenueState.RECONNECTING:
        what = Step.RETURN
    step(venue.state, what)
    key = venue.venue
    match what:
        case Step.ANSWER:
            return [VenueAnswered(venue=key, after_ms=now_ms - venue.since_ms), *_coming(state, key)]
        case Step.DECLINE:
            return [VenueDeclined(venue=key)]
        case Step.MISS:
            return _miss(state, venue, offline=getattr(command, "offline", False), now_ms=now_ms)
        case Step.JOIN:
            _check_open(state, venue)
            return [VenueJoined(venue=key), *_coming(state, key)]
        case Step.DROP:
            return [VenueDropped(venue=key)]
        case Step.RETURN:
            return [VenueReturned(venue=key), *rollcall_rules.late_comer(state, key)]
    reason = getattr(command, "reason", "left")
    left = VenueLeft(venue=key, reason=reason)
    return [*_parting(state, key, reason), left, *guest_rules.hung_up(state, key, reason)]


def _miss(state: Session, venue: Venue, *, offline: bool, now_ms: int) -> list[SessionEvent]:
    """S16: who has not answered is called once more by the hub itself."""
    missed = VenueMissed(venue=venue.venue, offline=offline)
    if venue.automatic or not state.auto_recall:
        return [missed]
    again = VenueCalled(venue=venue.venue, rings_until_ms=now_ms + state.ring_ms, automatic=True)
    return [missed, again]


def _check_open(state: Session, venue: Venue) -> None:
    """S18, S19: a lock and a removal keep out those who were not called.

    The office is never kept out, and a lock is none for who has only lost its line.
    """
    if venue.venue in (state.chair, state.office, *state.heirs):
        return
    if venue.removed:
        raise Refusal("session.removed")
    if state.locked and not venue.lost and not venue.field:  # a guest has its code from the chair
        raise Refusal("session.is_locked")


def _coming(state: Session, venue: str) -> list[SessionEvent]:
    return [*chair_rules.heir_comes(state, venue), *rollcall_rules.late_comer(state, venue)]


def _parting(state: Session, venue: str, reason: str) -> list[SessionEvent]:
    """What ends with the stay of ``venue``."""
    return [
        *_presentation_over(state, venue, "left"),
        *floor_rules.floor_over(state, venue, "left"),
        *picture_rules.picture_over(state, venue),
        *chair_rules.request_over(state, venue, "left"),
        *chair_rules.chair_goes(state, venue, reason),
    ]
