"""What is no longer written though its venue has not switched it off, and why: for the log (rule R15)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hub.clock import Clock
from hub.domain import session
from hub.domain.event import Command
from hub.domain.recording import CloseGap, OpenGap
from hub.domain.session import Source
from signaling.media_vocabulary import LineState, VenueLine

LOST, RENEWED = "line.lost", "line.renewed"

_REASONS = {"lost": LOST, "failed": LOST, "displaced": RENEWED}
"""Of a connection that is over. One that was closed is nobody's loss, unless its page is gone as well."""

_TOGETHER_MS = 3_000
"""A page that is gone takes its socket and its media along, in either order."""

SOURCES = ("camera", "microphone", "content")

Key = tuple[str, str]


class Gaps:
    """Of one session: it is told what happens there, and tells it to ``note``. Never waits."""

    def __init__(self, clock: Clock, note: Callable[[Command], None]) -> None:
        self._clock = clock
        self._note = note
        self._ended: list[Source] = []  # in this very moment: their connection follows, if it is over
        self._closed: dict[Key, int] = {}  # those whose connection was closed, and when
        self._dropped: set[str] = set()  # venues whose page is gone
        self._cut: set[Key] = set()  # those that are silent on a line that is lost
        self._off: set[Key] = set()  # those that their venue has switched off

    # --- from the media plane -------------------------------------------------------------------

    def source_ended(self, source: Source) -> None:
        self._ended.append(source)

    def forget_ended(self) -> None:
        """Their connection goes on: they were switched off."""
        self._ended.clear()

    def connection_over(self, venue: str, reason: str) -> None:
        now_ms = self._clock.wall_ms()
        ended, self._ended = self._ended, []
        for source in ended:
            if source.venue != venue:
                continue
            if reason in _REASONS:
                self._open(venue, source.name, now_ms, _REASONS[reason])
            elif reason == "closed" and venue in self._dropped:
                self._open(venue, source.name, now_ms, LOST)
            elif reason == "closed":
                self._closed[venue, source.name] = now_ms

    def lines(self, live: Iterable[Source], venues: dict[str, VenueLine]) -> None:
        """How the lines are: one that is lost may come back without anything having ended."""
        for source in live:
            line, key = venues.get(source.venue), (source.venue, source.name)
            if line is None:
                continue
            if line.state is LineState.LOST and key not in self._cut:
                self._cut.add(key)
                self._open(*key, line.since_ms, LOST)
            elif line.state is not LineState.LOST and key in self._cut:
                self._cut.discard(key)
                self._close(*key)

    # --- from the session's log -----------------------------------------------------------------

    def happened(self, event: object) -> None:
        match event:
            case session.VenueDropped(venue=venue):
                self._dropped.add(venue)
                since_ms = self._clock.wall_ms() - _TOGETHER_MS
                for (whose, name), at_ms in list(self._closed.items()):
                    if whose == venue and self._closed.pop((whose, name)) >= since_ms:
                        self._open(venue, name, at_ms, LOST)
            case session.VenueReturned(venue=venue):
                self._dropped.discard(venue)
            case session.VenueLeft(venue=venue):
                self._dropped.discard(venue)
                self._end_of(venue, SOURCES)
            case session.DevicesSet(venue=venue, microphone=microphone, camera=camera):
                for name, is_on in (("camera", camera), ("microphone", microphone)):
                    (self._off.discard if is_on else self._off.add)((venue, name))
                    if not is_on:
                        self._end_of(venue, (name,))

    def _end_of(self, venue: str, names: Iterable[str]) -> None:
        """Nobody expects them any more."""
        for name in names:
            self._cut.discard((venue, name))
            self._closed.pop((venue, name), None)
            self._close(venue, name)

    # --- what comes of it -----------------------------------------------------------------------

    def _open(self, venue: str, name: str, from_ms: int, reason: str) -> None:
        if (venue, name) not in self._off:
            self._note(OpenGap(venue=venue, source=name, from_ms=from_ms, reason=reason))

    def _close(self, venue: str, name: str) -> None:
        self._note(CloseGap(venue=venue, source=name, to_ms=self._clock.wall_ms()))
