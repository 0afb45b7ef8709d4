"""The media of one session: its router, who sends, who watches, and what is told to the listeners."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from hub.clock import Clock
from hub.domain.session import Source
from hub.errors import Refusal
from hub.ids import new_id
from hub.live.connections import Connection, Published, expected_of, publisher_spec, subscriber_spec
from hub.live.directing import Director
from hub.live.layers import Layers
from hub.live.linekeeping import LineKeeper
from hub.live.orders import Orders
from hub.media.sfu.publisher import Publisher
from hub.media.sfu.router import Router
from signaling.media_vocabulary import SlotView, VenueLine
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

    def lines(self, session_id: str, venues: dict[str, VenueLine]) -> None:
        """How good the lines of the venues are, every 2 s."""
        ...


class Room:
    """Lives while its session runs, or anybody is connected. Sources keep the order in which their first
    packets came."""

    def __init__(self, session_id: str, clock: Clock, listeners: Callable[[], list[MediaListener]]) -> None:
        self.session_id = session_id
        self.router = Router(wall_offset_s=clock.wall_ms_at(0.0) / 1000, cname=session_id)
        self.connections: dict[str, Connection] = {}
        self._clock = clock
        self._listeners = listeners
        self._sources: dict[str, Published] = {}
        self.director = Director(self.router, self._sources)
        self._lines = LineKeeper()
        self._noisy = False

    # --- publish ------------------------------------------------------------------------------------

    def set_published(self, connection: Connection, plan: Plan, names: Mapping[str, str]) -> None:
        """Make the sources of a publish connection those of ``plan``: new m-lines begin, missing ones end.

        An m-line that is agreed otherwise than before (another codec) is another source.
        """
        accepted = {media.mid: media for media in plan if media is not None}
        former = dict(connection.published)
        over = [mid for mid, one in former.items() if mid not in accepted or not one.goes_on(accepted[mid])]
        for mid in over:
            connection.peer.forget(mid)
            self._end(connection.published.pop(mid), removed=False)
            connection.layers.pop(mid, None)
        for mid, media in accepted.items():
            if mid not in connection.published:
                name = names.get(mid) or (former[mid].source.name if mid in former else None)
                name = name or _default_name(media.kind, connection)
                connection.published[mid] = self._expect(connection, media, name)
        if over:
            self.fill_slots()

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
        published = Published(source, publisher)
        self._mute(published)
        return published

    def source_began(self, connection: Connection, mid: str) -> None:
        """The first packet of that m-line: listeners first, so that no sink misses it, then the slots."""
        published = connection.published[mid]
        source = published.source
        published.heard = True
        self._sources[source.source_id] = published
        for listener in self._listeners():
            listener.source_started(self.session_id, source)
        self.fill_slots()

    def sources(self) -> list[Source]:
        return [published.source for published in self._sources.values()]

    def received(self) -> dict[str, int]:
        """How many packets of each source have come; what is muted does not."""
        return {key: one.publisher.received for key, one in self._sources.items()}

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
                connection.showing.pop(mid)
                connection.looks.pop(mid, None)
        for mid, media in accepted.items():
            if mid not in connection.subscribers:
                subscriber = self.router.add_subscriber(connection.peer, subscriber_spec(media))
                connection.subscribers[mid] = subscriber
                connection.showing[mid] = None
        self.director.direct(connection, now)
        self.ask_for_layers(now)

    def set_view(self, connection: Connection, slots: Sequence[SlotView]) -> None:
        """What the page wants in its video slots, and how wide; refuses with ``bad_request``."""
        now = self._clock.now()
        self.director.wish(connection, slots)
        self.director.direct(connection, now)
        self.ask_for_layers(now)

    def fill_slots(self) -> None:
        """After anything that may change what is shown; slots that need not change are left alone."""
        now = self._clock.now()
        for connection in self._viewers():
            self.director.direct(connection, now)
        self.ask_for_layers(now)

    def tell(self, connection: Connection) -> None:
        """Say everything that a page must know of its connection, also what it may know already."""
        if connection.direction is Direction.SUBSCRIBE:
            self.director.tell(connection)
        elif connection.layers:
            _tell_layers(connection)

    def _viewers(self) -> list[Connection]:
        return [one for one in self.connections.values() if one.direction is Direction.SUBSCRIBE]

    # --- the session's orders -------------------------------------------------------------------------

    def obey(self, orders: Orders) -> None:
        """Who presents, who is muted, who is always heard: also for sources that are still to come."""
        former, self.director.orders = self.director.orders, orders
        if replace(former, present=orders.present) == orders:
            return  # who comes and goes changes no slot: its sources do
        for connection in self.connections.values():
            for published in connection.published.values():
                self._mute(published)
        self.fill_slots()

    def _mute(self, published: Published) -> None:
        """What nobody is to get is dropped here, whatever its client sends: the sound of a venue muted by the
        chair (rule S14), and content of a venue that does not present (rule S12), which is not recorded
        either."""
        source, orders = published.source, self.director.orders
        is_muted = source.kind == "audio" and source.venue in orders.muted
        if is_muted:
            self.director.turns.forget(source.venue)
        is_hidden = source.name == "content" and source.venue != orders.presenter
        self.router.mute(published.publisher, is_muted or is_hidden, self._clock.now())

    # --- layers ---------------------------------------------------------------------------------------

    def ask_for_layers(self, now: float) -> None:
        """Tell publishers which encodings somebody wants; those nobody does cost them line and processor."""
        for connection in self.connections.values():
            if connection.on_layers is not None and _switch_layers(connection, now):
                _tell_layers(connection)

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
        """Every 200 ms: who is heard, who has spoken, what the slots should follow, what nobody looks at."""
        self._tell_speech(now)
        levels = self.director.listen(self._viewers(), now)
        if levels or self._noisy:  # the last one is empty: everybody has fallen silent
            self._noisy = bool(levels)
            for listener in self._listeners():
                listener.levels(self.session_id, levels)
        self.ask_for_layers(now)

    def look_at_lines(self, now: float) -> None:
        """Every 2 s: how good the venues' lines are."""
        self._lines.look(self.connections.values(), self.router.overview(now), self.director.orders, now)
        for listener in self._listeners():
            listener.lines(self.session_id, self._lines.told(self._clock.wall_ms_at))

    def cut_speech(self) -> None:
        """Tell at once what is being said: soon nobody will want to hear of it."""
        self.router.cut_stretches()
        self._tell_speech(self._clock.now())

    def _tell_speech(self, now: float) -> None:
        for stretch in self.router.stretches(now):
            venue = self._sources[stretch.source_id].source.venue
            from_ms, to_ms = self._clock.wall_ms_at(stretch.from_s), self._clock.wall_ms_at(stretch.to_s)
            for listener in self._listeners():
                listener.spoke(self.session_id, venue, from_ms, to_ms)


def _switch_layers(connection: Connection, now: float) -> bool:
    """Whether the publisher should send others than before."""
    changed = False
    for mid, published in connection.published.items():
        publisher = published.publisher
        if len(publisher.encodings) > 1 and published.heard:
            layers = connection.layers.setdefault(mid, Layers(len(publisher.encodings), now))
            if layers.update(publisher.wanted(now), now):
                publisher.set_active(layers.active, now)
                changed = True
    return changed


def _tell_layers(connection: Connection) -> None:
    encodings = {
        mid: [
            encoding.rid
            for encoding, on in zip(connection.published[mid].publisher.encodings, layers.active, strict=True)
            if on
        ]
        for mid, layers in connection.layers.items()
    }
    if connection.on_layers is not None:
        connection.on_layers(connection.resource, encodings)


def check_names(names: Mapping[str, str]) -> None:
    if any(name not in SOURCE_NAMES for name in names.values()):
        raise Refusal("bad_request", field="sources", allowed=list(SOURCE_NAMES))


def _default_name(kind: str, connection: Connection) -> str:
    """The first picture is the camera, what comes after it is content."""
    if kind == "audio":
        return "microphone"
    taken = {one.source.name for one in connection.published.values()}
    return "content" if "camera" in taken else "camera"
