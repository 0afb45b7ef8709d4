"""One consultation (会商) from its first second to its end: who was called, who came, who spoke."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hub.domain.agenda import AgendaItem
from hub.domain.call import VenueState
from hub.domain.chair import ChairEvent
from hub.domain.conduct import ConductEvent, Contact, PhoneCall
from hub.domain.event import Actor, Command, Event
from hub.domain.floor import Floor, FloorEvent, SpeakMode
from hub.domain.guest import GuestEvent, Invitation
from hub.domain.picture import Picture, PictureEvent
from hub.domain.rollcall import RollCall, RollCallEvent

TITLE_MAX = 80
NOTE_MAX = 200
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
    """会场: a seat taking part. ``state`` holds since ``since_ms``.

    ``microphone`` and ``camera`` are its own switches; ``muted`` is the chair's (麦克风由主席关闭) and stays
    when the venue goes and comes. ``removed``: by the chair. ``lost``: it left, its line did not come back.

    Of its call: ``automatic``, the hub itself has called again; ``offline``, nobody was at the seat then;
    ``alerted_ms``, since when a page of the seat shows it; ``answer_ms``, from ring to answer, the last time;
    ``contacts``, whom one has gone on to, in that order.

    ``field``: 现场, a telephone that came in by a code, at ``place``; nobody's seat.
    """

    venue: str
    name: str
    short_name: str
    state: VenueState = VenueState.IDLE
    since_ms: int = 0
    rings_until_ms: int | None = None
    person: str | None = None
    microphone: bool = True
    camera: bool = True
    muted: bool = False
    removed: bool = False
    lost: bool = False
    calls: int = 0
    automatic: bool = False
    offline: bool = False
    alerted_ms: int | None = None
    answer_ms: int | None = None
    contacts: list[Contact] = []
    phone_calls: list[PhoneCall] = []
    attendance: list[Interval] = []
    sources: dict[str, Source] = {}
    field: bool = False
    place: str = ""


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """打点: a second worth finding again."""

    marker_id: str
    kind: MarkerKind
    label: str
    at_ms: int
    actor: Actor


class Session(msgspec.Struct, frozen=True, kw_only=True, tag_field="noun", tag="session"):
    """State of a stream ``session:{id}``; venues keep the order in which they were invited.

    ``office`` has started it; ``chair`` steers it now, since ``chair_since_ms``. ``heirs``: seats of the
    office that take the chair over, the first of them first. ``chair_requests``: who asks for it, since when.
    ``classification``: the marking that held when it began. ``ends_ms``: when it should be over.
    """

    session_id: str = ""
    title: str = ""
    kind: SessionKind = SessionKind.CONSULTATION
    office: str = ""
    heirs: list[str] = msgspec.field(default_factory=list)
    chair: str = ""
    chair_since_ms: int = 0
    chair_requests: dict[str, int] = {}
    board_id: str = ""
    incident_id: str | None = None
    recording_id: str = ""
    exercise: bool = False
    classification: str = ""
    ring_ms: int = RING_MS
    auto_recall: bool = True
    started_ms: int = 0
    ends_ms: int | None = None
    ended_ms: int | None = None
    locked: bool = False
    presenter: str | None = None
    presented_ms: int | None = None
    presenter_locked: bool = False
    floor: Floor = Floor()
    picture: Picture = Picture()
    rollcalls: list[RollCall] = []
    venues: dict[str, Venue] = {}
    markers: list[Marker] = []
    agenda: list[AgendaItem] = msgspec.field(default_factory=list)
    invitations: dict[str, Invitation] = {}

    @property
    def boards(self) -> str:
        """The stream of its boards: those of its incident, else its own."""
        return f"incident:{self.incident_id}" if self.incident_id else f"board:{self.board_id}"

    @property
    def running(self) -> bool:
        return self.started_ms > 0 and self.ended_ms is None

    @property
    def rollcall(self) -> RollCall | None:
        """The one that runs."""
        last = self.rollcalls[-1] if self.rollcalls else None
        return last if last is not None and last.ended_ms is None else None


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
    incident_id: str | None = None
    exercise: bool = False
    heirs: list[str] = msgspec.field(default_factory=list)
    classification: str = ""
    ring_ms: int = RING_MS
    auto_recall: bool = True
    mode: SpeakMode = SpeakMode.FREE
    mute_on_entry: bool = False
    agenda: list[AgendaItem] = msgspec.field(default_factory=list)


class CallVenues(Command, frozen=True, kw_only=True):
    """Call venues of the session again, and seats that were not in it before."""

    venues: list[Invited]


class AnswerCall(Command, frozen=True, kw_only=True):
    venue: str


class DeclineCall(Command, frozen=True, kw_only=True):
    venue: str


class ExpireCall(Command, frozen=True, kw_only=True):
    """The hub's ring timer ran out. ``offline``: nobody is at the seat."""

    venue: str
    offline: bool = False


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


class MuteVenue(Command, frozen=True, kw_only=True):
    """The chair closes a venue's microphone in the hub, or opens it again."""

    venue: str
    muted: bool


class MuteAll(Command, frozen=True, kw_only=True):
    """全体关闭麦克风: of every venue but the chair's own, there or not yet; or all are opened again.

    ``self_unmute``: whether they may open them again by themselves; None leaves that as it is.
    """

    muted: bool
    self_unmute: bool | None = None


class StartPresentation(Command, frozen=True, kw_only=True):
    """The venue's content is shown to all."""

    venue: str


class StopPresentation(Command, frozen=True, kw_only=True):
    """By the presenter or by the chair."""


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
    heirs: list[str] = msgspec.field(default_factory=list)
    classification: str = ""
    ring_ms: int = RING_MS
    auto_recall: bool = True
    agenda: list[AgendaItem] = msgspec.field(default_factory=list)
    incident_id: str | None = None


class VenueAdded(Event, frozen=True, kw_only=True, tag="venue.added"):
    venue: str
    name: str
    short_name: str


class VenueCalled(Event, frozen=True, kw_only=True, tag="venue.called"):
    """``automatic``: by the hub, since nobody has answered."""

    venue: str
    rings_until_ms: int
    automatic: bool = False


class VenueAnswered(Event, frozen=True, kw_only=True, tag="venue.answered"):
    """``after_ms``: from ring to answer, measured on the hub."""

    venue: str
    after_ms: int


class VenueDeclined(Event, frozen=True, kw_only=True, tag="venue.declined"):
    venue: str


class VenueMissed(Event, frozen=True, kw_only=True, tag="venue.missed"):
    venue: str
    offline: bool = False


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


class VenueMuted(Event, frozen=True, kw_only=True, tag="venue.muted"):
    venue: str


class VenueUnmuted(Event, frozen=True, kw_only=True, tag="venue.unmuted"):
    venue: str


class PresentationStarted(Event, frozen=True, kw_only=True, tag="presentation.started"):
    venue: str


class PresentationStopped(Event, frozen=True, kw_only=True, tag="presentation.stopped"):
    """``reason``: stopped (by the venue), by_chair, left (the session), ended (its content did)."""

    venue: str
    reason: str


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


OwnEvent = (
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
    | VenueMuted
    | VenueUnmuted
    | PresentationStarted
    | PresentationStopped
    | SourceStarted
    | SourceEnded
    | VenueSpoke
    | MarkerSet
    | SessionEnded
)
"""Those of this file."""

SessionEvent = OwnEvent | ChairEvent | FloorEvent | PictureEvent | RollCallEvent | ConductEvent | GuestEvent
