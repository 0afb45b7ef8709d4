"""What guests and walls have in common: words derived from one key, and pictures the hub chooses for them."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import Protocol

from hub.domain.picture_rules import main_picture
from hub.domain.recording import Recording
from hub.domain.recording import stream_of as recording_stream
from hub.domain.session import Session, Source, stream_of
from hub.live.media import MediaListener
from hub.live.streams import Batch, Streams
from signaling.media_vocabulary import VenueLine
from signaling.outside_vocabulary import Shown
from signaling.recording_vocabulary import RecordingNow

Over = Callable[[str, str], None]
"""Called with the account that is over, and with the code that says why."""


class Seal:
    """Makes words that nobody else can make, the same ones for the same wish: a page may ask again."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, *parts: str) -> str:
        """64 hexadecimal digits."""
        return hmac.new(self._key, "\0".join(parts).encode(), hashlib.sha256).hexdigest()


class Media(Protocol):
    """The part of ``hub.live.media.MediaPlane`` that is needed for those who look on."""

    def listen(self, listener: MediaListener) -> Callable[[], None]: ...

    def speaker_of(self, session_id: str) -> str | None: ...

    async def close_account(self, account: str) -> None: ...


def shown_to(session: Session, viewer: str | None, speaker: str | None) -> Shown | None:
    """U5: what rule V1 gives to who has no choice of its own."""
    main = main_picture(session, viewer, None, speaker)
    if main is None:
        return None
    name = session.venues[main.venue].short_name if main.venue is not None else ""
    return Shown(venue=main.venue, short_name=name, why=main.why)


class Onlooking:
    """Tells of every change of a session and of who speaks in it. A ``MediaListener``; quick."""

    def __init__(
        self, streams: Streams, media: Media, changed: Callable[[Session, str | None], None]
    ) -> None:
        self._streams = streams
        self._media = media
        self._changed = changed
        self._speakers: dict[str, str | None] = {}
        self._stops = [media.listen(self), streams.subscribe(self._published)]

    def close(self) -> None:
        while self._stops:
            self._stops.pop()()

    def session(self, session_id: str) -> Session | None:
        """As it is in memory; one that runs always is."""
        known = self._streams.peek(stream_of(session_id))
        return known[0] if known is not None and isinstance(known[0], Session) else None

    def recording(self, session: Session) -> RecordingNow | None:
        """How its recording stands; None while it has none."""
        known = self._streams.peek(recording_stream(session.recording_id))
        if known is None or not isinstance(known[0], Recording) or not known[0].started_ms:
            return None
        return RecordingNow(state=known[0].state, since_ms=known[0].since_ms, started_ms=known[0].started_ms)

    def _published(self, stream: str, events: Batch) -> None:
        noun, _, session_id = stream.partition(":")
        if noun == "recording":
            known = self._streams.peek(stream)
            session_id = known[0].session_id if known and isinstance(known[0], Recording) else ""
        session = self.session(session_id) if noun in ("session", "recording") else None
        if session is not None:
            self._changed(session, self._media.speaker_of(session_id))
            if not session.running:
                self._speakers.pop(session_id, None)

    def levels(self, session_id: str, levels: dict[str, int]) -> None:
        speaker, session = self._media.speaker_of(session_id), self.session(session_id)
        if session is not None and session.running and speaker != self._speakers.get(session_id):
            self._speakers[session_id] = speaker
            self._changed(session, speaker)

    def source_started(self, session_id: str, source: Source) -> None:
        """The session says so itself."""

    def source_ended(self, session_id: str, source: Source) -> None:
        """The session says so itself."""

    def connection_changed(
        self, session_id: str, resource: str, venue: str, owner: str, connected: bool, reason: str
    ) -> None:
        """Concerns the page alone."""

    def spoke(self, session_id: str, venue: str, from_ms: int, to_ms: int) -> None:
        """Is in the log."""

    def lines(self, session_id: str, venues: dict[str, VenueLine]) -> None:
        """Is for those who take part."""
