"""What the media plane reports becomes events of the session, in the order in which it happened."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain.event import HUB, Actor, Role
from hub.domain.session import EndSource, NoteSpeech, Source, StartSource, stream_of
from hub.live.chores import Chores
from hub.live.conductor import Conductor
from hub.live.pages import Pages
from hub.live.streams import Streams
from signaling.media_vocabulary import Levels, MediaLines, MediaState, VenueLine


class Hearing:
    """A ``MediaListener``: synchronous and quick, so the work goes through the session's chores."""

    def __init__(self, streams: Streams, chores: Chores, pages: Pages, conductor: Conductor) -> None:
        self._streams = streams
        self._chores = chores
        self._pages = pages
        self._conductor = conductor

    def source_started(self, session_id: str, source: Source) -> None:
        stream, command = stream_of(session_id), StartSource(source=source)
        self._chores.add(stream, "source started", lambda: self._streams.execute(stream, command, HUB))

    def source_ended(self, session_id: str, source: Source) -> None:
        stream, command = (
            stream_of(session_id),
            EndSource(venue=source.venue, source_id=source.source_id),
        )
        self._chores.add(stream, "source ended", lambda: self._streams.execute(stream, command, HUB))

    def connection_changed(
        self, session_id: str, resource: str, venue: str, owner: str, connected: bool, reason: str
    ) -> None:
        state = MediaState(session_id=session_id, resource=resource, connected=connected, reason=reason)
        self._pages.push(owner, state)

    def levels(self, session_id: str, levels: dict[str, int]) -> None:
        self._conductor.levels(session_id, levels)
        push = Levels(session_id=session_id, levels=levels)
        self._pages.push_followers(stream_of(session_id), push)

    def lines(self, session_id: str, venues: dict[str, VenueLine]) -> None:
        """Figures are for the duty office; that a line is bad, or since when it is lost, is for everybody."""
        stream = stream_of(session_id)
        bare = {venue: replace(line, up=None, down=None) for venue, line in venues.items()}
        self._pages.push_followers(stream, MediaLines(session_id=session_id, venues=venues), _is_officer)
        self._pages.push_followers(
            stream, MediaLines(session_id=session_id, venues=bare), lambda actor: not _is_officer(actor)
        )

    def spoke(self, session_id: str, venue: str, from_ms: int, to_ms: int) -> None:
        stream, command = stream_of(session_id), NoteSpeech(venue=venue, from_ms=from_ms, to_ms=to_ms)
        self._chores.add(stream, "speech", lambda: self._streams.execute(stream, command, HUB))


def _is_officer(actor: Actor) -> bool:
    return actor.role is Role.OFFICER
