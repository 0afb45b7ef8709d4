"""The media plane: every browser connection of every session, behind one UDP port."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from hub.clock import Clock
from hub.domain.session import Source
from hub.media.sfu.sink import Sink
from signaling.vocabulary import Slot

SlotsChanged = Callable[[str, list[Slot]], None]
"""Called with the resource and all its slots; synchronous and quick. Never before ``subscribe`` answers."""


@dataclass(frozen=True, slots=True)
class MediaSettings:
    """Where media is received. ``announced`` are the addresses written into answers.

    Without ``announced`` these are ``host`` itself or, when that is a wildcard, every address of the machine.
    Port 0 takes a free one; it is known after ``start``.
    """

    host: str = "127.0.0.1"
    port: int = 0
    announced: tuple[str, ...] = ()
    max_connections: int = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """What an offer gets. ``etag`` names the ICE session (RFC 9725, 4.3.1) and changes with every restart."""

    resource: str
    sdp: str
    etag: str


class MediaListener(Protocol):
    """Told what happens to media: inside the event loop, synchronously; must be quick and not raise."""

    def source_started(self, session_id: str, source: Source) -> None:
        """The first packet of ``source`` has come; ``MediaPlane.attach`` works from now on."""
        ...

    def source_ended(self, session_id: str, source: Source) -> None:
        """Nothing more will come; the sinks of ``source`` have been closed."""
        ...

    def connection_changed(
        self, session_id: str, resource: str, venue: str, owner: str, connected: bool, reason: str
    ) -> None:
        """A connection is up, or is over with ``reason``: closed, displaced, ended, lost, failed."""
        ...

    def levels(self, session_id: str, levels: dict[str, int]) -> None:
        """How loud each venue is, 0 (loudest) to 127 dB below overload; every 200 ms while anybody sends."""
        ...

    def spoke(self, session_id: str, venue: str, from_ms: int, to_ms: int) -> None:
        """A stretch of speech that has just ended, in hub wall milliseconds."""
        ...


class MediaPlane:
    """Publish and subscribe connections, their routers (one a session) and what listens to them.

    Every method that takes an SDP refuses with ``media.bad_sdp``, ``media.no_common_codec``, ``too_large``,
    ``media.too_many``, ``media.unknown_resource`` or ``media.stale``.
    """

    def __init__(self, clock: Clock, settings: MediaSettings) -> None:
        raise NotImplementedError

    async def start(self) -> None:
        """Open the UDP port."""
        raise NotImplementedError

    async def close(self) -> None:
        """End every connection (reason ``ended``) and close the port."""
        raise NotImplementedError

    @property
    def port(self) -> int:
        """The UDP port, after ``start``."""
        raise NotImplementedError

    def listen(self, listener: MediaListener) -> Callable[[], None]:
        """Tell ``listener`` everything from now on; the result ends that."""
        raise NotImplementedError

    async def publish(
        self,
        session_id: str,
        venue: str,
        sdp: str,
        sources: Mapping[str, str],
        *,
        owner: str,
        displace: bool = True,
    ) -> Answer:
        """Answer an offer of sendonly m-lines.

        ``sources`` names each mid (camera, microphone, content); a mid it does not name is taken by its kind.
        A page's new connection takes the place of the same ``owner``'s former one; WHIP clients share an
        account and say ``displace=False``.
        """
        raise NotImplementedError

    async def subscribe(
        self,
        session_id: str,
        venue: str | None,
        sdp: str,
        *,
        owner: str,
        own: bool,
        want: str | None = None,
        on_slots: SlotsChanged | None = None,
        displace: bool = True,
    ) -> Answer:
        """Answer an offer of recvonly m-lines, each of them a slot.

        ``own=False`` leaves out the sources of ``venue`` itself; ``want`` shows only those of one venue.
        """
        raise NotImplementedError

    async def restart(
        self, resource: str, sdp: str, sources: Mapping[str, str] | None = None, *, owner: str | None = None
    ) -> Answer:
        """Answer a new offer on the same connection: an ICE restart, more m-lines, or both.

        With ``owner`` given, a resource of somebody else is ``media.unknown_resource``.
        """
        raise NotImplementedError

    async def close_resource(
        self, resource: str, reason: str = "closed", *, owner: str | None = None
    ) -> None:
        """End one connection; one that is gone already is ``media.unknown_resource``."""
        raise NotImplementedError

    async def close_owner(self, owner: str, reason: str = "closed") -> None:
        """End every connection of a page that has gone away; none is fine."""
        raise NotImplementedError

    async def close_venue(self, session_id: str, venue: str, reason: str = "closed") -> None:
        """End every connection of a venue that left or was hung up; none is fine."""
        raise NotImplementedError

    async def close_session(self, session_id: str) -> None:
        """End every connection of a session (reason ``ended``); none is fine."""
        raise NotImplementedError

    def sources(self, session_id: str) -> list[Source]:
        """The sources that are sending now, in order of arrival."""
        raise NotImplementedError

    def attach(self, source_id: str, sink: Sink) -> Callable[[], None]:
        """Hand every packet of a running source to ``sink``; the result detaches it (without ``close``).

        A source that is not running is ``media.unknown_resource``.
        """
        raise NotImplementedError

    def request_keyframe(self, source_id: str) -> None:
        """Ask the publisher for a key frame soon; an unknown source is nobody's loss."""
        raise NotImplementedError
