"""The two lists of the desk: the sessions that run, and the calls that ring; for each viewer its own."""

from __future__ import annotations

from hub.domain import session
from hub.domain.call import PRESENT, VenueState
from hub.domain.conduct import CallEscalated, PhoneCallNoted, VenueAlerted
from hub.domain.event import Actor
from hub.domain.floor import FloorEvent
from hub.domain.permissions import may_follow_session
from hub.domain.picture import PictureEvent
from hub.domain.recording import Recording
from hub.domain.rollcall import RollCallEvent
from hub.domain.session import Session, SourceEnded, SourceStarted, VenueSpoke
from hub.domain.venues import is_chair, is_office
from hub.live.pages import Pages, Viewer, viewer_of
from hub.live.streams import Batch, Streams
from signaling.messages import Push
from signaling.vocabulary import Ring, Rings, Sessions, SessionSummary

_UNSEEN = (
    SourceStarted,
    SourceEnded,
    VenueSpoke,
    session.DevicesSet,
    session.MarkerSet,
    session.VenueMuted,
    session.VenueUnmuted,
    session.PresentationStarted,
    session.PresentationStopped,
    VenueAlerted,
    CallEscalated,
    PhoneCallNoted,
    *FloorEvent.__args__,
    *PictureEvent.__args__,
    *RollCallEvent.__args__,
)
"""Events of a session that change nothing on a list."""


class Summaries:
    """Keeps the running sessions and pushes a list to whom it has changed for."""

    def __init__(self, streams: Streams, pages: Pages) -> None:
        self._streams = streams
        self._pages = pages
        self._running: dict[str, Session] = {}
        self._recordings: dict[str, Recording] = {}
        self._shown_sessions: dict[Viewer, Sessions] = {}
        self._shown_rings: dict[Viewer, Rings] = {}
        self._unsubscribe = streams.subscribe(self._published)

    def close(self) -> None:
        self._unsubscribe()

    @property
    def running(self) -> list[Session]:
        return list(self._running.values())

    @property
    def count(self) -> int:
        """How many sessions run."""
        return len(self._running)

    def include(self, running: Session, of_it: Recording | None) -> None:
        """A session that was running before the hub was."""
        self._running[running.session_id] = running
        if of_it is not None:
            self._recordings[running.recording_id] = of_it
        self._push()

    def first(self, viewer: Actor) -> tuple[Sessions, Rings]:
        """Both lists, for a page that has just come."""
        sessions, rings = self.sessions_for(viewer), self.rings_for(viewer)
        self._shown_sessions[viewer_of(viewer)] = sessions
        self._shown_rings[viewer_of(viewer)] = rings
        return sessions, rings

    def sessions_for(self, viewer: Actor) -> Sessions:
        rows = [
            self._summary(running, viewer)
            for running in sorted(self._running.values(), key=lambda each: -each.started_ms)
            if may_follow_session(viewer, running)
        ]
        return Sessions(sessions=rows)

    def rings_for(self, viewer: Actor) -> Rings:
        rings = []
        for running in self._running.values():
            venue = running.venues.get(viewer.seat or "")
            if venue is not None and venue.state is VenueState.RINGING:
                chair = running.venues[running.chair]
                ring = Ring(
                    session_id=running.session_id,
                    title=running.title,
                    kind=running.kind,
                    exercise=running.exercise,
                    caller=chair.name,
                    since_ms=venue.since_ms,
                    until_ms=venue.rings_until_ms or venue.since_ms,
                )
                rings.append(ring)
        return Rings(rings=sorted(rings, key=lambda ring: ring.since_ms))

    def _summary(self, running: Session, viewer: Actor) -> SessionSummary:
        mine = running.venues.get(viewer.seat or "")
        of_it = self._recordings.get(running.recording_id)
        return SessionSummary(
            session_id=running.session_id,
            title=running.title,
            kind=running.kind,
            exercise=running.exercise,
            chair=running.chair,
            chair_name=running.venues[running.chair].name,
            started_ms=running.started_ms,
            venues=len(running.venues),
            joined=sum(venue.state in PRESENT for venue in running.venues.values()),
            recording=of_it.state if of_it is not None else None,
            recording_since_ms=of_it.since_ms if of_it is not None else None,
            mine=mine.state if mine is not None else None,
            steers=is_chair(running, viewer) or is_office(running, viewer),
        )

    def _published(self, stream: str, events: Batch) -> None:
        known = self._streams.peek(stream)
        state = known[0] if known is not None else None
        if isinstance(state, Session):
            if all(isinstance(recorded.event, _UNSEEN) for recorded in events):
                return
            if state.running:
                self._running[state.session_id] = state
            else:
                self._running.pop(state.session_id, None)
                self._recordings.pop(state.recording_id, None)
            self._push()
        elif isinstance(state, Recording) and self._moved(state):
            self._recordings[state.recording_id] = state
            self._push()

    def _moved(self, of_it: Recording) -> bool:
        known = self._recordings.get(of_it.recording_id)
        moved = known is None or (known.state, known.since_ms) != (of_it.state, of_it.since_ms)
        return of_it.session_id in self._running and moved

    def _push(self) -> None:
        self._pages.push_views(self._sessions_if_new)
        self._pages.push_views(self._rings_if_new)

    def _sessions_if_new(self, viewer: Actor) -> Push | None:
        now = self.sessions_for(viewer)
        new = now != self._shown_sessions.get(viewer_of(viewer))
        self._shown_sessions[viewer_of(viewer)] = now
        return now if new else None

    def _rings_if_new(self, viewer: Actor) -> Push | None:
        now = self.rings_for(viewer)
        new = now != self._shown_rings.get(viewer_of(viewer))
        self._shown_rings[viewer_of(viewer)] = now
        return now if new else None
