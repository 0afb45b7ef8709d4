"""Every message between a page and the hub, declared once.

A *request* goes from the page to the hub and is acknowledged with ``Ack``; a *push* goes from the hub
to a page. On the wire a message is a Socket.IO event of that name with one MessagePack map. The
front end's types and docs/protocol.md are generated from the tables at the end of this file. What all
messages have in common stands in ``messages.py``, those about media in ``media_vocabulary.py``.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from hub.domain.call import VenueState
from hub.domain.event import Actor, Recorded
from hub.domain.recording import RecordingState
from hub.domain.session import MarkerKind, SessionKind
from hub.domain.streams import DomainEvent, PageState
from signaling import booking_vocabulary as booking
from signaling import control_vocabulary as control
from signaling import duty_vocabulary as duty
from signaling import hook_vocabulary as hook
from signaling import incident_vocabulary as incident
from signaling import media_vocabulary as media
from signaling import organisation_vocabulary as organisation
from signaling import outside_vocabulary as outside
from signaling import paper_vocabulary as paper
from signaling import plan_vocabulary as plan
from signaling import recording_vocabulary as recording
from signaling import spotcheck_vocabulary as spotcheck
from signaling import todo_vocabulary as todo
from signaling.messages import Done, Nothing, Problem, Push, Request, Result, Wish

PROTOCOL = 1


# --- the line itself ----------------------------------------------------------------------------


class Ping(Request, frozen=True, kw_only=True):
    """Asks for the hub's clock; the page takes half the round trip off."""


class Pong(Result, frozen=True, kw_only=True):
    hub_ms: int


class Follow(Request, frozen=True, kw_only=True):
    """Receive a stream from now on: everything after ``since``, or a snapshot when that is too much."""

    stream: str
    since: int | None = None


class Unfollow(Request, frozen=True, kw_only=True):
    stream: str


# --- sessions -----------------------------------------------------------------------------------


class SessionStart(Wish, frozen=True, kw_only=True):
    """Start a session and ring every venue. Venues are seat ids.

    With ``template_id`` it calls whom the template names as well, but those in ``without``; how one speaks
    is the template's, and so is the title when it is empty. With ``incident_id`` it is held on that incident,
    and whoever is called takes part in it. With ``unrecorded``, a reason, its recording begins paused, where
    the hub allows that.
    """

    title: str
    kind: SessionKind
    venues: list[str]
    exercise: bool = False
    template_id: str | None = None
    incident_id: str | None = None
    without: list[str] = msgspec.field(default_factory=list)
    unrecorded: str = ""


class Started(Result, frozen=True, kw_only=True):
    session_id: str


class SessionCall(Wish, frozen=True, kw_only=True):
    """Ring venues of the session again, or seats that were not in it before."""

    session_id: str
    venues: list[str]


class SessionAnswer(Wish, frozen=True, kw_only=True):
    session_id: str


class SessionDecline(Wish, frozen=True, kw_only=True):
    session_id: str


class SessionJoin(Wish, frozen=True, kw_only=True):
    """Come in without a ring, or come back. This page becomes the venue's page in the session."""

    session_id: str


class SessionLeave(Wish, frozen=True, kw_only=True):
    session_id: str


class SessionHangUp(Wish, frozen=True, kw_only=True):
    """The chair hangs up a venue, or stops its ringing."""

    session_id: str
    venue: str


class SessionDevices(Wish, frozen=True, kw_only=True):
    """The venue's own switches; None leaves a switch as it is."""

    session_id: str
    microphone: bool | None = None
    camera: bool | None = None


class SessionMute(Wish, frozen=True, kw_only=True):
    """The chair closes a venue's microphone in the hub, whatever the venue does, or opens it."""

    session_id: str
    venue: str
    muted: bool


class SessionMuteAll(Wish, frozen=True, kw_only=True):
    """As session.mute, of every venue but the chair's own: also of those that have not come yet.

    ``self_unmute``: whether they may open them again by themselves; None leaves that as it is.
    """

    session_id: str
    muted: bool
    self_unmute: bool | None = None


class SessionPresent(Wish, frozen=True, kw_only=True):
    """Show this venue's content to all. One venue at a time; refused with ``session.presenting``."""

    session_id: str


class SessionUnpresent(Wish, frozen=True, kw_only=True):
    """End this venue's presentation; the chair ends anyone's."""

    session_id: str


class SessionMark(Wish, frozen=True, kw_only=True):
    session_id: str
    kind: MarkerKind
    label: str


class SessionEnd(Wish, frozen=True, kw_only=True):
    session_id: str
    reason: str = ""


# --- pushes -------------------------------------------------------------------------------------


class Welcome(Push, frozen=True, kw_only=True):
    """First message after a connection: who the hub takes you for, and its clock.

    ``relayed``: there are relays (TURN), ask for them with ``media.relays``. ``may_start_paused``: a session
    may be started without recording it.
    """

    protocol: int
    version: str
    account: str
    actor: Actor
    hub_ms: int
    demo: bool
    classification: str
    relayed: bool = False
    may_start_paused: bool = False


class Events(Push, frozen=True, kw_only=True):
    """Events of one followed stream, in order and without holes."""

    stream: str
    events: list[Recorded[DomainEvent]]


class Snapshot(Push, frozen=True, kw_only=True):
    """The whole state of a followed stream after its event ``seq``."""

    stream: str
    seq: int
    state: PageState


class SeatPresence(msgspec.Struct, frozen=True, kw_only=True):
    """Whether anybody is at a seat: ``since_ms`` is when that began, ``person`` who logged in."""

    seat_id: str
    online: bool
    since_ms: int | None = None
    person: str | None = None


class Presence(Push, frozen=True, kw_only=True):
    """Seats whose presence changed; all seats when ``full``. For officers; a seat gets only its own."""

    full: bool
    seats: list[SeatPresence]


class Ring(msgspec.Struct, frozen=True, kw_only=True):
    """A call to this page's seat that waits for an answer."""

    session_id: str
    title: str
    kind: SessionKind
    exercise: bool
    caller: str
    since_ms: int
    until_ms: int


class Rings(Push, frozen=True, kw_only=True):
    """All calls to this seat that ring at this moment; an empty list stops the bell everywhere."""

    rings: list[Ring]


class SessionSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One running session on the desk. ``mine``: the state of the viewer's own seat in it.

    ``steers``: the viewer may call in it, as its chair or as the duty office beside a branch chair (rule P1).
    """

    session_id: str
    title: str
    kind: SessionKind
    exercise: bool
    chair: str
    chair_name: str
    started_ms: int
    venues: int
    joined: int
    recording: RecordingState | None = None
    recording_since_ms: int | None = None
    mine: VenueState | None = None
    steers: bool = False


class Sessions(Push, frozen=True, kw_only=True):
    """All running sessions this page may enter."""

    sessions: list[SessionSummary]


class Notice(Push, frozen=True, kw_only=True):
    """Something this page must know that is nobody's answer, such as ``auth.expired``."""

    problem: Problem


class Wire(NamedTuple):
    """One message on the wire."""

    name: str
    body: type[Request] | type[Push]
    result: type[Result] | None = None


REQUESTS: tuple[Wire, ...] = (
    Wire("ping", Ping, Pong),
    Wire("follow", Follow, Nothing),
    Wire("unfollow", Unfollow, Nothing),
    Wire("session.start", SessionStart, Started),
    Wire("session.call", SessionCall, Done),
    Wire("session.answer", SessionAnswer, Done),
    Wire("session.decline", SessionDecline, Done),
    Wire("session.join", SessionJoin, Done),
    Wire("session.leave", SessionLeave, Done),
    Wire("session.hang_up", SessionHangUp, Done),
    Wire("session.devices", SessionDevices, Done),
    Wire("session.mute", SessionMute, Done),
    Wire("session.mute_all", SessionMuteAll, Done),
    Wire("session.present", SessionPresent, Done),
    Wire("session.unpresent", SessionUnpresent, Done),
    Wire("session.mark", SessionMark, Done),
    Wire("session.end", SessionEnd, Done),
    Wire("session.escalate", control.SessionEscalate, Done),
    Wire("chair.request", control.ChairRequest, Done),
    Wire("chair.end_request", control.ChairEndRequest, Done),
    Wire("chair.transfer", control.ChairTransfer, Done),
    Wire("chair.release", control.ChairRelease, Done),
    Wire("chair.take", control.ChairTake, Done),
    Wire("floor.mode", control.FloorMode, Done),
    Wire("floor.self_unmute", control.FloorSelfUnmute, Done),
    Wire("floor.open_microphone", control.FloorOpenMicrophone, Done),
    Wire("floor.name", control.FloorName, Done),
    Wire("floor.request", control.FloorRequest, Done),
    Wire("floor.grant", control.FloorGrant, Done),
    Wire("floor.end_request", control.FloorEndRequest, Done),
    Wire("floor.end_turn", control.FloorEndTurn, Done),
    Wire("picture.broadcast", control.PictureBroadcast, Done),
    Wire("picture.stop_broadcast", control.PictureStopBroadcast, Done),
    Wire("picture.carousel", control.PictureCarousel, Done),
    Wire("picture.pause", control.PicturePause, Done),
    Wire("picture.turn", control.PictureTurn, Done),
    Wire("picture.stop_carousel", control.PictureStopCarousel, Done),
    Wire("picture.layout", control.PictureLayout, Done),
    Wire("picture.voice", control.PictureVoice, Done),
    Wire("rollcall.start", control.RollCallStart, Done),
    Wire("rollcall.answer", control.RollCallAnswer, Done),
    Wire("rollcall.tick", control.RollCallTick, Done),
    Wire("rollcall.next", control.RollCallNext, Done),
    Wire("rollcall.again", control.RollCallAgain, Done),
    Wire("rollcall.end", control.RollCallEnd, Done),
    Wire("session.ringing", control.SessionRinging, Done),
    Wire("session.phone", control.SessionPhone, Done),
    Wire("session.lock", control.SessionLock, Done),
    Wire("session.lock_presentation", control.SessionLockPresentation, Done),
    Wire("session.plan_end", control.SessionPlanEnd, Done),
    Wire("session.rename", control.SessionRename, Done),
    Wire("session.remove", control.SessionRemove, Done),
    Wire("organisation.edit_seat", organisation.OrganisationEditSeat, Done),
    Wire("organisation.set_group", organisation.OrganisationSetGroup, Done),
    Wire("organisation.remove_group", organisation.OrganisationRemoveGroup, Done),
    Wire("organisation.set_template", organisation.OrganisationSetTemplate, Done),
    Wire("organisation.remove_template", organisation.OrganisationRemoveTemplate, Done),
    Wire("plan.set", plan.PlanSet, Done),
    Wire("plan.withdraw", plan.PlanWithdraw, Done),
    Wire("hook.put", hook.HookPut, hook.HookSecret),
    Wire("hook.remove", hook.HookRemove, Done),
    Wire("hook.test", hook.HookTest, Done),
    Wire("incident.open", incident.IncidentOpen, incident.Opened),
    Wire("incident.edit", incident.IncidentEdit, Done),
    Wire("incident.level", incident.IncidentLevel, Done),
    Wire("incident.status", incident.IncidentStatus, Done),
    Wire("incident.casualties", incident.IncidentCasualties, Done),
    Wire("incident.units", incident.IncidentUnits, Done),
    Wire("incident.remove_unit", incident.IncidentRemoveUnit, Done),
    Wire("incident.board", incident.IncidentBoard, Done),
    Wire("incident.note", incident.IncidentNote, Done),
    Wire("incident.mark", incident.IncidentMark, Done),
    Wire("incident.retract_mark", incident.IncidentRetractMark, Done),
    Wire("item.add", incident.ItemAdd, Done),
    Wire("item.edit", incident.ItemEdit, Done),
    Wire("item.move", incident.ItemMove, Done),
    Wire("item.state", incident.ItemChangeState, Done),
    Wire("item.void", incident.ItemVoid, Done),
    Wire("item.pin", incident.ItemPin, Done),
    Wire("item.wall", incident.ItemWall, Done),
    Wire("item.share", incident.ItemShare, Done),
    Wire("item.assign", incident.ItemAssign, Done),
    Wire("item.annotate", incident.ItemAnnotate, Done),
    Wire("item.attach", incident.ItemAttach, Done),
    Wire("item.touch", incident.ItemTouch, Nothing),
    Wire("track.move", incident.TrackMove, Done),
    Wire("track.urge", incident.TrackUrge, Done),
    Wire("track.phone", incident.TrackPhone, Done),
    Wire("track.extend", incident.TrackExtend, Done),
    Wire("track.answer_extension", incident.TrackAnswerExtension, Done),
    Wire("media.publish", media.MediaPublish, media.MediaAnswer),
    Wire("media.subscribe", media.MediaSubscribe, media.MediaAnswer),
    Wire("media.restart", media.MediaRestart, media.MediaAnswer),
    Wire("media.view", media.MediaView, Nothing),
    Wire("media.close", media.MediaClose, Nothing),
    Wire("media.relays", media.MediaRelays, media.Relays),
    Wire("guest.invite", outside.GuestInvite, outside.GuestCode),
    Wire("guest.withdraw", outside.GuestWithdraw, Done),
    Wire("wall.add", outside.WallAdd, outside.WallToken),
    Wire("wall.revoke", outside.WallRevoke, Done),
    Wire("wall.show", outside.WallShow, Done),
    Wire("wall.clear", outside.WallClear, Done),
    Wire("spotcheck.start", spotcheck.SpotCheckStart, Done),
    Wire("spotcheck.call", spotcheck.SpotCheckCall, spotcheck.Called),
    Wire("spotcheck.judge", spotcheck.SpotCheckJudge, Done),
    Wire("spotcheck.add_phone", spotcheck.SpotCheckAddPhone, Done),
    Wire("spotcheck.phone", spotcheck.SpotCheckPhone, Done),
    Wire("spotcheck.close", spotcheck.SpotCheckClose, Done),
    Wire("booking.plan", booking.BookingPlan, Done),
    Wire("booking.change", booking.BookingChange, Done),
    Wire("booking.cancel", booking.BookingCancel, Done),
    Wire("booking.reply", booking.BookingReply, Done),
    Wire("booking.test", booking.BookingTest, Done),
    Wire("booking.start", booking.BookingStart, Started),
    Wire("paper.draft", paper.PaperDraft, Done),
    Wire("paper.edit", paper.PaperEdit, Done),
    Wire("paper.submit", paper.PaperSubmit, Done),
    Wire("paper.approve", paper.PaperApprove, Done),
    Wire("paper.return", paper.PaperReturn, Done),
    Wire("paper.issue", paper.PaperIssue, Done),
    Wire("paper.push", paper.PaperPush, Done),
    Wire("paper.read", paper.PaperReadWish, paper.PaperShown),
    Wire("recording.pause", recording.RecordingReason, Done),
    Wire("recording.resume", recording.RecordingWish, Done),
    Wire("recording.hold", recording.RecordingReason, Done),
    Wire("recording.release", recording.RecordingReason, Done),
    Wire("recording.propose_destruction", recording.RecordingReason, Done),
    Wire("recording.withdraw_destruction", recording.RecordingWish, Done),
    Wire("recording.approve_destruction", recording.RecordingWish, Done),
    Wire("recording.mark", recording.RecordingMark, Done),
    Wire("recording.change_mark", recording.RecordingMarkChange, Done),
    Wire("recording.remove_mark", recording.RecordingMarkOff, Done),
    Wire("recording.export", recording.RecordingExport, Done),
    Wire("recording.cancel_export", recording.RecordingExportOff, Done),
    Wire("duty.write", duty.DutyWrite, Done),
    Wire("duty.correct", duty.DutyCorrect, Done),
    Wire("duty.void", duty.DutyVoid, Done),
    Wire("duty.link", duty.DutyLink, Done),
    Wire("duty.sign_in", duty.DutySignIn, Done),
    Wire("duty.take", duty.DutyTake, Done),
    Wire("duty.collect", duty.DutyCollect, Done),
    Wire("duty.note", duty.DutyNote, Done),
    Wire("duty.give", duty.DutyGive, Done),
    Wire("duty.withdraw", duty.DutyWithdraw, Done),
    Wire("duty.sign", duty.DutySign, Done),
    Wire("duty.plan", duty.DutyPlan, Done),
    Wire("duty.change_crew", duty.DutyChangeCrew, Done),
    Wire("duty.swap", duty.DutySwap, Done),
    Wire("duty.remove", duty.DutyRemove, Done),
    Wire("check.publish", media.CheckPublish, media.MediaAnswer),
    Wire("check.subscribe", media.CheckSubscribe, media.MediaAnswer),
)

PUSHES: tuple[Wire, ...] = (
    Wire("welcome", Welcome),
    Wire("events", Events),
    Wire("snapshot", Snapshot),
    Wire("presence", Presence),
    Wire("rings", Rings),
    Wire("sessions", Sessions),
    Wire("slots", media.Slots),
    Wire("levels", media.Levels),
    Wire("media.layers", media.MediaLayers),
    Wire("media.lines", media.MediaLines),
    Wire("media.state", media.MediaState),
    Wire("guest", outside.GuestView),
    Wire("walls", outside.Walls),
    Wire("wall", outside.WallView),
    Wire("bookings", booking.Bookings),
    Wire("shifts", duty.Shifts),
    Wire("spotchecks", spotcheck.SpotChecks),
    Wire("incidents", incident.Incidents),
    Wire("hooks", hook.Hooks),
    Wire("plans", plan.Plans),
    Wire("inbox", incident.Inbox),
    Wire("todos", todo.Todos),
    Wire("papers", paper.Papers),
    Wire("recorder", recording.Recorder),
    Wire("touching", incident.Touching),
    Wire("notice", Notice),
)
