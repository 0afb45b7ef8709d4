"""The media of one session: its router, who sends, who watches, and what is told to the listeners."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from hub.clock import Clock
from hub.domain.session import Source
from hub.errors import Refusal
from hub.ids import new_id
from hub.live.connections import Connection, Published, expected_of, publisher_spec, subscriber_spec
from hub.live.slots import fill_audio, fill_video
from hub.media.sfu.publisher import Publisher
from hub.media.sfu.router import Router
from signaling.media_vocabulary import Slot, SlotView
from signaling.negotiation import AcceptedMedia, Direction, Plan

SOURCE_NAMES = ("camera", "microphone", "content")


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
        """How loud each venue is: 0 (loudest) to 127 dB below overload, every 200 ms; {} when quiet again."""
        ...

    def spoke(self, session_id: str, venue: str, from_ms: int, to_ms: int) -> None:
        """A stretch of speech that has just ended, in hub wall milliseconds."""
        ...


class Room:
    """Lives while anybody is connected. Sources keep the order in which their first packets came."""

    def __init__(self, session_id: str, clock: Clock, listeners: Callable[[], list[MediaListener]]) -> None:
        self.session_id = session_id
        self.router = Router(wall_offset_s=clock.wall_ms_at(0.0) / 1000, cname=session_id)
        self.connections: dict[str, Connection] = {}
        self._clock = clock
        self._listeners = listeners
        self._sources: dict[str, Published] = {}
        self._venue_of: dict[str, str] = {}
        self._noisy = False

    # --- publish ------------------------------------------------------------------------------------

    def set_published(self, connection: Connection, plan: Plan, names: Mapping[str, str]) -> None:
        """Make the sources of a publish connection those of ``plan``: new m-lines begin, missing ones end.

        An m-line that is agreed otherwise than before (another codec) is another source.
        """
        accepted = {media.mid: media for media in plan if media is not None}
        former = dict(connection.published)
        for mid, published in former.items():
            if mid not in accepted or not published.goes_on(accepted[mid]):
                connection.peer.forget(mid)
                self._end(connection.published.pop(mid), removed=False)
        for mid, media in accepted.items():
            if mid not in connection.published:
                name = names.get(mid) or (former[mid].source.name if mid in former else None)
                name = name or _default_name(media.kind, connection)
                connection.published[mid] = self._expect(connection, media, name)

    def _expect(self, connection: Connection, media: AcceptedMedia, name: str) -> Published:
        source = Source(
            source_id=new_id("src"),
            venue=connection.venue,
            name=name,
            kind=media.kind,
            codec=media.codec.name,
        )
        spec = publisher_spec(source, media)
        publisher = self.router.add_publisher(connection.peer, spec, self._clock.now())
        connection.peer.expect(expected_of(media, publisher))
        return Published(source, publisher)

    def source_began(self, connection: Connection, mid: str) -> None:
        """The first packet of that m-line: listeners first, so that no sink misses it, then the slots."""
        published = connection.published[mid]
        source = published.source
        published.heard = True
        self._sources[source.source_id] = published
        self._venue_of[source.source_id] = source.venue
        for listener in self._listeners():
            listener.source_started(self.session_id, source)
        self.fill_slots()

    def sources(self) -> list[Source]:
        return [published.source for published in self._sources.values()]

    def publisher_of(self, source_id: str) -> Publisher | None:
        published = self._sources.get(source_id)
        return published.publisher if published else None

    def _end(self, published: Published, *, removed: bool) -> None:
        """``removed``: the router has forgotten the whole connection already."""
        if not removed:
            self.router.remove_publisher(published.publisher, self._clock.now())
        self._tell_speech(self._clock.now())  # what it was saying, while there is a source that said it
        if self._sources.pop(published.source.source_id, None) is not None:
            for listener in self._listeners():
                listener.source_ended(self.session_id, published.source)

    # --- subscribe ----------------------------------------------------------------------------------

    def set_slots(self, connection: Connection, plan: Plan) -> None:
        """Make the slots of a subscribe connection those of ``plan``, and fill them."""
        accepted = {media.mid: media for media in plan if media is not None}
        now = self._clock.now()
        for mid, subscriber in list(connection.subscribers.items()):
            if mid not in accepted or accepted[mid].ssrc != subscriber.spec.ssrc:
                self.router.remove_subscriber(connection.subscribers.pop(mid), now)
                del connection.showing[mid]
        for mid, media in accepted.items():
            if mid not in connection.subscribers:
                subscriber = self.router.add_subscriber(connection.peer, subscriber_spec(media))
                connection.subscribers[mid] = subscriber
                connection.showing[mid] = None
        self._fill(connection, self._loudest(now), now)

    def set_view(self, connection: Connection, slots: Sequence[SlotView]) -> None:
        """Refuses with ``bad_request`` what is no video slot of this connection."""
        if any(one.mid not in connection.subscribers for one in slots):
            raise Refusal("bad_request", field="slots")
        connection.wishes = {one.mid: one for one in slots}
        self.fill_slots()

    def fill_slots(self) -> None:
        """After anything that may change what is shown; slots that need not change are left alone."""
        now = self._clock.now()
        loudest = self._loudest(now)
        for connection in self.connections.values():
            if connection.direction is Direction.SUBSCRIBE and self._fill(connection, loudest, now):
                self.tell_slots(connection)

    def _loudest(self, now: float) -> list[str]:
        """As many as the largest pool has audio slots: always the same number, so that it does not flap."""
        most = max((_ears(connection) for connection in self.connections.values()), default=0)
        return self.router.loudest(most, now) if most else []

    def _fill(self, connection: Connection, loudest: list[str], now: float) -> bool:
        sources = [one.source for one in self._sources.values() if connection.view.shows(one.source)]
        kinds = {mid: one.spec.kind for mid, one in connection.subscribers.items()}
        audio = {mid: one for mid, one in connection.showing.items() if kinds[mid] == "audio"}
        video = {mid: one for mid, one in connection.showing.items() if kinds[mid] == "video"}
        wished = {**fill_audio(audio, sources, loudest), **fill_video(video, sources)}
        changed = {mid: one for mid, one in wished.items() if connection.showing[mid] != one}
        for mid, source_id in changed.items():
            connection.showing[mid] = source_id
            publisher = self.publisher_of(source_id) if source_id else None
            self.router.assign(connection.subscribers[mid], publisher, now)
        return bool(changed)

    def tell_slots(self, connection: Connection) -> None:
        if connection.on_slots is not None:
            connection.on_slots(connection.resource, self._slots(connection))

    def _slots(self, connection: Connection) -> list[Slot]:
        slots = []
        for mid, source_id in connection.showing.items():
            kind = connection.subscribers[mid].spec.kind
            shown = self._sources.get(source_id or "")
            if shown is None:
                slots.append(Slot(mid=mid, kind=kind))
                continue
            source = shown.source
            slots.append(
                Slot(mid=mid, kind=kind, source_id=source_id, venue=source.venue, source=source.name)
            )
        return slots

    # --- the end of a connection, and time ------------------------------------------------------------

    def connected(self, connection: Connection) -> None:
        self._say_changed(connection, connected=True, reason="")

    def remove(self, connection: Connection, reason: str) -> None:
        """The router has forgotten it; tell what that ended."""
        self.connections.pop(connection.resource, None)
        for published in connection.published.values():
            self._end(published, removed=True)
        self._say_changed(connection, connected=False, reason=reason)
        if connection.published:
            self.fill_slots()

    def _say_changed(self, connection: Connection, *, connected: bool, reason: str) -> None:
        for listener in self._listeners():
            listener.connection_changed(
                self.session_id, connection.resource, connection.venue, connection.owner, connected, reason
            )

    def listen_in(self, now: float) -> None:
        """Every 200 ms: who is heard, who has spoken, and whether the audio slots should follow."""
        self._tell_speech(now)
        levels: dict[str, int] = {}
        for source_id, level in self.router.levels(now).items():
            venue = self._venue_of.get(source_id, "")
            levels[venue] = min(level, levels.get(venue, 127))
        if levels or self._noisy:  # the last one is empty: everybody has fallen silent
            self._noisy = bool(levels)
            for listener in self._listeners():
                listener.levels(self.session_id, levels)
            self._follow_speakers(now)

    def cut_speech(self) -> None:
        """Tell at once what is being said: soon nobody will want to hear of it."""
        self.router.cut_stretches()
        self._tell_speech(self._clock.now())

    def _tell_speech(self, now: float) -> None:
        for stretch in self.router.stretches(now):
            venue = self._venue_of.get(stretch.source_id, "")
            from_ms, to_ms = self._clock.wall_ms_at(stretch.from_s), self._clock.wall_ms_at(stretch.to_s)
            for listener in self._listeners():
                listener.spoke(self.session_id, venue, from_ms, to_ms)

    def _follow_speakers(self, now: float) -> None:
        """Only where there are more voices than audio slots does it matter who is loudest."""
        voices = sum(one.source.kind == "audio" for one in self._sources.values())
        crowded = [one for one in self.connections.values() if 0 < _ears(one) < voices]
        loudest = self._loudest(now) if crowded else []
        for connection in crowded:
            if self._fill(connection, loudest, now):
                self.tell_slots(connection)


def _ears(connection: Connection) -> int:
    return sum(one.spec.kind == "audio" for one in connection.subscribers.values())


def check_names(names: Mapping[str, str]) -> None:
    if any(name not in SOURCE_NAMES for name in names.values()):
        raise Refusal("bad_request", field="sources", allowed=list(SOURCE_NAMES))


def _default_name(kind: str, connection: Connection) -> str:
    """The first picture is the camera, what comes after it is content."""
    if kind == "audio":
        return "microphone"
    taken = {one.source.name for one in connection.published.values()}
    return "content" if "camera" in taken else "camera"
