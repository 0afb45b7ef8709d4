"""One consultation (会商) from its first second to its end: who was called, who came, who spoke."""

from __future__ import annotations

from enum import StrEnum

import msgspec
from msgspec.structs import replace

from hub.domain.call import PRESENT, Step, VenueState, step
from hub.domain.event import Actor, Command, Event, Recorded, Role
from hub.errors import Refusal

TITLE_MAX = 80
RING_MS = 45_000


def stream_of(session_id: str) -> str:
    return f"session:{session_id}"


class SessionKind(StrEnum):
    """会商 · 联席会议 · 调度呼叫 · 视频抽查 · 演练"""

    CONSULTATION = "consultation"
    JOINT_MEETING = "joint_meeting"
    DISPATCH_CALL = "dispatch_call"
    SPOT_CHECK = "spot_check"
    DRILL = "drill"


class MarkerKind(StrEnum):
    """决定 · 指示 · 待办 · 关键信息"""

    DECISION = "decision"
    INSTRUCTION = "instruction"
    TODO = "todo"
    KEY = "key"


class Interval(msgspec.Struct, frozen=True):
    """A stay, in hub milliseconds; ``to_ms`` is None while it lasts."""

    from_ms: int
    to_ms: int | None = None


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One incoming stream of a venue. ``name`` is camera, microphone or content; ``kind`` audio or video."""

    source_id: str
    venue: str
    name: str
    kind: str
    codec: str


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """A seat as it is named when it becomes a venue of the session."""

    venue: str
    name: str
    short_name: str


class Venue(msgspec.Struct, frozen=True, kw_only=True):
    """会场: a seat taking part. ``state`` holds since ``since_ms``."""

    venue: str
    name: str
    short_name: str
    state: VenueState = VenueState.IDLE
    since_ms: int = 0
    rings_until_ms: int | None = None
    person: str | None = None
    microphone: bool = True
    camera: bool = True
    calls: int = 0
    attendance: list[Interval] = []
    sources: dict[str, Source] = {}


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """打点: a second worth finding again."""

    marker_id: str
    kind: MarkerKind
    label: str
    at_ms: int
    actor: Actor


class Session(msgspec.Struct, frozen=True, kw_only=True, tag_field="noun", tag="session"):
    """State of a stream ``session:{id}``; venues keep the order in which they were invited."""

    session_id: str = ""
    title: str = ""
    kind: SessionKind = SessionKind.CONSULTATION
    chair: str = ""
    board_id: str = ""
    recording_id: str = ""
    exercise: bool = False
    started_ms: int = 0
    ended_ms: int | None = None
    venues: dict[str, Venue] = {}
    markers: list[Marker] = []

    @property
    def running(self) -> bool:
        return self.started_ms > 0 and self.ended_ms is None


# --- commands -----------------------------------------------------------------------------------


class StartSession(Command, frozen=True, kw_only=True):
    """``venues`` are called at once; the chair's own seat is added and has joined nothing yet."""

    session_id: str
    title: str
    kind: SessionKind
    chair: Invited
    venues: list[Invited]
    board_id: str
    recording_id: str
    exercise: bool = False


class CallVenues(Command, frozen=True, kw_only=True):
    """Call venues of the session again, and seats that were not in it before."""

    venues: list[Invited]


class AnswerCall(Command, frozen=True, kw_only=True):
    venue: str


class DeclineCall(Command, frozen=True, kw_only=True):
    venue: str


class ExpireCall(Command, frozen=True, kw_only=True):
    """The hub's ring timer ran out."""

    venue: str


class JoinSession(Command, frozen=True, kw_only=True):
    """Come in without waiting for a ring: the chair, a venue that left, a WHIP client."""

    venue: str


class DropVenue(Command, frozen=True, kw_only=True):
    """The venue's line broke; it keeps its place."""

    venue: str


class ReturnVenue(Command, frozen=True, kw_only=True):
    venue: str


class LeaveSession(Command, frozen=True, kw_only=True):
    """``reason``: left (by itself), hung_up (by the chair) or lost (did not come back)."""

    venue: str
    reason: str = "left"


class SetDevices(Command, frozen=True, kw_only=True):
    """The venue's own switches: 关闭麦克风, 关闭摄像头."""

    venue: str
    microphone: bool | None = None
    camera: bool | None = None


class StartSource(Command, frozen=True, kw_only=True):
    source: Source


class EndSource(Command, frozen=True, kw_only=True):
    venue: str
    source_id: str


class NoteSpeech(Command, frozen=True, kw_only=True):
    """A stretch of speech that has just ended, measured from the audio levels."""

    venue: str
    from_ms: int
    to_ms: int


class SetMarker(Command, frozen=True, kw_only=True):
    marker_id: str
    kind: MarkerKind
    label: str


class EndSession(Command, frozen=True, kw_only=True):
    reason: str = ""


# --- events -------------------------------------------------------------------------------------


class SessionStarted(Event, frozen=True, kw_only=True, tag="session.started"):
    session_id: str
    title: str
    kind: SessionKind
    chair: str
    board_id: str
    recording_id: str
    exercise: bool


class VenueAdded(Event, frozen=True, kw_only=True, tag="venue.added"):
    venue: str
    name: str
    short_name: str


class VenueCalled(Event, frozen=True, kw_only=True, tag="venue.called"):
    venue: str
    rings_until_ms: int


class VenueAnswered(Event, frozen=True, kw_only=True, tag="venue.answered"):
    """``after_ms``: from ring to answer, measured on the hub."""

    venue: str
    after_ms: int


class VenueDeclined(Event, frozen=True, kw_only=True, tag="venue.declined"):
    venue: str


class VenueMissed(Event, frozen=True, kw_only=True, tag="venue.missed"):
    venue: str


class VenueJoined(Event, frozen=True, kw_only=True, tag="venue.joined"):
    venue: str


class VenueDropped(Event, frozen=True, kw_only=True, tag="venue.dropped"):
    venue: str


class VenueReturned(Event, frozen=True, kw_only=True, tag="venue.returned"):
    venue: str


class VenueLeft(Event, frozen=True, kw_only=True, tag="venue.left"):
    venue: str
    reason: str


class DevicesSet(Event, frozen=True, kw_only=True, tag="venue.devices"):
    venue: str
    microphone: bool
    camera: bool


class SourceStarted(Event, frozen=True, kw_only=True, tag="source.started"):
    source: Source


class SourceEnded(Event, frozen=True, kw_only=True, tag="source.ended"):
    venue: str
    source_id: str


class VenueSpoke(Event, frozen=True, kw_only=True, tag="venue.spoke"):
    venue: str
    from_ms: int
    to_ms: int


class MarkerSet(Event, frozen=True, kw_only=True, tag="marker.set"):
    marker_id: str
    kind: MarkerKind
    label: str


class SessionEnded(Event, frozen=True, kw_only=True, tag="session.ended"):
    reason: str


SessionEvent = (
    SessionStarted
    | VenueAdded
    | VenueCalled
    | VenueAnswered
    | VenueDeclined
    | VenueMissed
    | VenueJoined
    | VenueDropped
    | VenueReturned
    | VenueLeft
    | DevicesSet
    | SourceStarted
    | SourceEnded
    | VenueSpoke
    | MarkerSet
    | SessionEnded
)

_CHAIR_ONLY = (CallVenues, EndSession, SetMarker)
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
            return [MarkerSet(marker_id=marker_id, kind=kind, label=label.strip()[:TITLE_MAX])]
        case EndSession(reason=reason):
            return [SessionEnded(reason=reason.strip())]
        case SetDevices(microphone=microphone, camera=camera):
            return _set_devices(_venue(state, command.venue), microphone, camera)
        case StartSource(source=source):
            _venue(state, source.venue)
            return [SourceStarted(source=source)]
        case EndSource(venue=venue, source_id=source_id):
            known = source_id in _venue(state, venue).sources
            return [SourceEnded(venue=venue, source_id=source_id)] if known else []
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
    is_chair = by.role is Role.OFFICER and by.seat == state.chair
    if isinstance(command, _CHAIR_ONLY):
        if not is_chair:
            raise Refusal("forbidden")
        return
    venue = getattr(command, "venue", None)
    if venue not in state.venues:
        raise Refusal("session.foreign")
    may_hang_up = isinstance(command, LeaveSession) and is_chair
    if venue != by.seat and not may_hang_up:
        raise Refusal("forbidden")


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
    return [VenueLeft(venue=key, reason=getattr(command, "reason", "left"))]


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
            return replace(state, venues=venues, ended_ms=recorded.at_ms)
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
