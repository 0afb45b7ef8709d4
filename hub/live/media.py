"""The media plane: every browser connection of every session, behind one UDP port."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence

from hub.clock import Clock
from hub.domain.session import Source
from hub.errors import Refusal
from hub.ids import new_id
from hub.live.admission import Limits, check_admission, claim_of
from hub.live.connections import (
    Answer,
    Connection,
    LayersChanged,
    MediaSettings,
    Resource,
    SlotsChanged,
    plan_slots,
)
from hub.live.orders import Orders
from hub.live.rooms import MediaListener, Room, check_names
from hub.live.rounds import Rounds
from hub.live.slots import View
from hub.media.sfu.sink import Sink
from hub.media.transport.dtls import HubCertificate
from hub.media.transport.ice import Credentials
from hub.media.transport.peer import Peer
from hub.media.transport.port import MediaPort
from hub.media.transport.pump import Pump
from hub.metrics import MEDIA_CONNECTIONS, MEDIA_OVER
from hub.tasks import Tasks
from signaling.media_vocabulary import SlotView
from signaling.negotiation import Direction, Local, Plan, Via, plan_publish, plan_subscribe, write_answer
from signaling.sdp import Fingerprint, IceCredentials, Offer, parse_offer

_log = logging.getLogger(__name__)

__all__ = ["Answer", "MediaListener", "MediaPlane", "MediaSettings", "Resource", "SlotsChanged"]


class MediaPlane:
    """Publish and subscribe connections, their routers (one a session) and what listens to them.

    Every method that takes an SDP refuses with ``media.bad_sdp``, ``media.no_common_codec``, ``too_large``,
    ``media.too_many``, ``media.overloaded``, ``media.unknown_resource`` or ``media.stale``.
    """

    def __init__(self, clock: Clock, settings: MediaSettings) -> None:
        self._clock = clock
        self._settings = settings
        self._tasks = Tasks("media")
        self._certificate = HubCertificate.generateCertificate()
        # RFC 8122, 5: one fingerprint is enough, and SHA-256 every client knows.
        self._fingerprints = tuple(
            Fingerprint(one.algorithm, one.value)
            for one in self._certificate.getFingerprints()
            if one.algorithm == "sha-256"
        )
        self._pump = Pump(clock)
        self._port = MediaPort(clock, self._pump.carry)
        self._rooms: dict[str, Room] = {}
        self._connections: dict[str, Connection] = {}
        self._by_peer: dict[Peer, Connection] = {}
        self._orders: dict[str, Orders] = {}
        self._listeners: list[MediaListener] = []
        self._rounds = Rounds(clock, self, protect=settings.protect)

    async def start(self) -> None:
        """Open the media port, UDP and TCP."""
        settings = self._settings
        await self._port.open(settings.host, settings.port, settings.announced, tcp=settings.tcp)
        self._tasks.start(self._rounds.make(), "the rounds")

    async def close(self) -> None:
        """End every connection (reason ``ended``) and close the port."""
        for connection in list(self._connections.values()):
            connection.peer.close("ended")
        await asyncio.sleep(0)  # lets the goodbyes leave
        await self._tasks.close()
        self._pump.close()
        self._port.close()

    @property
    def port(self) -> int:
        """The number of the media port, after ``start``."""
        return self._port.number

    @property
    def connections(self) -> int:
        """How many there are, connected or about to."""
        return len(self._connections)

    def is_open(self, session_id: str) -> bool:
        """Whether anybody is connected there, or about to be."""
        return session_id in self._rooms

    def listen(self, listener: MediaListener) -> Callable[[], None]:
        """Tell ``listener`` everything from now on; the result ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # --- offers and answers -------------------------------------------------------------------------

    async def publish(
        self,
        session_id: str,
        venue: str,
        sdp: str | Offer,
        sources: Mapping[str, str],
        *,
        owner: str,
        displace: bool = True,
        private: bool = False,
        via: Via = "all",
        on_over: Callable[[str], None] | None = None,
        on_layers: LayersChanged | None = None,
    ) -> Answer:
        """Answer an offer of sendonly m-lines. ``owner`` is ``account/page``, or the account of a client.

        ``sources`` names each mid (camera, microphone, content); a mid it does not name is taken by its kind.
        A page's new connection takes the place of the same ``owner``'s former one; WHIP clients share an
        account and say ``displace=False``. ``on_over`` is called once at the end, with the reason.
        With ``on_layers`` the client switches its encodings as it is told. In a ``private`` room (self-check)
        nobody listens; ``via`` leaves the addresses of the other transport out of the answer.
        """
        check_names(sources)
        offer = sdp if isinstance(sdp, Offer) else parse_offer(sdp)
        plan = plan_publish(offer)
        self._admit(session_id, venue, owner, Direction.PUBLISH if displace else None)
        connection = self._new(session_id, venue, owner, Direction.PUBLISH, offer, View(), private=private)
        connection.via = via
        connection.on_over = on_over
        connection.on_layers = on_layers
        self._rooms[session_id].set_published(connection, plan, sources)
        return self._answer(connection, offer, plan)

    def check_admission(self, session_id: str, venue: str, owner: str) -> None:
        """Refuses as ``publish`` and ``subscribe`` do of somebody who is not there yet."""
        everybody = self._connections.values()
        there = [claim_of(one.session_id, one.venue, one.owner) for one in everybody]
        limits = Limits(self._settings.max_connections, self._settings.max_each)
        check_admission(claim_of(session_id, venue, owner), there, limits, self._rounds.pressure)

    async def subscribe(
        self,
        session_id: str,
        venue: str | None,
        sdp: str,
        *,
        owner: str,
        own: bool,
        want: str | None = None,
        content: str | None = None,
        on_slots: SlotsChanged | None = None,
        displace: bool = True,
        private: bool = False,
        via: Via = "all",
        guided: bool = False,
    ) -> Answer:
        """Answer an offer of recvonly m-lines, each of them a slot.

        ``own=False`` leaves out the sources of ``venue`` itself; ``want`` shows only those of one venue.
        ``content`` is the mid of the slot for what the presenter shows. ``guided``: a guest, for whom the hub
        chooses the one picture it sees.
        """
        offer = parse_offer(sdp)
        plan_subscribe(offer, lambda mid: 0)  # refuses before anything is made or displaced
        self._admit(session_id, venue or "", owner, Direction.SUBSCRIBE if displace else None)
        view = View(without=None if own else venue, only=want)
        connection = self._new(
            session_id, venue or "", owner, Direction.SUBSCRIBE, offer, view, private=private
        )
        connection.via = via
        connection.on_slots = on_slots
        connection.content = content
        connection.guided = guided
        plan = plan_slots(connection, offer)
        self._rooms[session_id].set_slots(connection, plan)
        self._tell_soon(connection)
        return self._answer(connection, offer, plan)

    async def restart(
        self,
        resource: str,
        sdp: str,
        sources: Mapping[str, str] | None = None,
        *,
        content: str | None = None,
        owner: str | None = None,
    ) -> Answer:
        """Answer a new offer on the same connection: an ICE restart, more m-lines, or both.

        With ``owner`` given, a resource of somebody else is ``media.unknown_resource``.
        """
        connection = self._of(resource, owner)
        check_names(sources or {})
        offer = parse_offer(sdp)
        if offer.fingerprints != connection.fingerprints:
            raise Refusal("media.stale", reason="another certificate needs another connection")
        room = self._rooms[connection.session_id]
        if connection.direction is Direction.PUBLISH:
            plan = plan_publish(offer)
            room.set_published(connection, plan, sources or {})
        else:
            plan_subscribe(offer, lambda mid: 0)
            plan = plan_slots(connection, offer)
            connection.content = None if connection.guided else content or connection.content
            room.set_slots(connection, plan)
        self._tell_soon(connection)
        self._restart_ice(connection, offer.ice)
        self._pump.wake()
        return self._answer(connection, offer, plan)

    async def view(self, resource: str, slots: Sequence[SlotView], *, owner: str | None = None) -> None:
        """What the page wants in its video slots, and how wide; refused as a whole or done as a whole."""
        connection = self._of(resource, owner)
        self._rooms[connection.session_id].set_view(connection, slots)
        self._pump.wake()

    async def restart_ice(
        self, resource: str, remote: IceCredentials, *, owner: str | None = None
    ) -> Resource:
        """An ICE restart by credentials alone; with those already in use nothing changes."""
        self._restart_ice(self._of(resource, owner), remote)
        return self.describe(resource)

    def describe(self, resource: str, *, owner: str | None = None) -> Resource:
        connection = self._of(resource, owner)
        remote = connection.peer.remote
        return Resource(
            session_id=connection.session_id,
            direction=connection.direction,
            etag=connection.etag,
            first_mid=next(iter((*connection.published, *connection.subscribers)), "0"),
            remote=IceCredentials(remote.ufrag, remote.pwd),
            local=_ice_of(connection),
        )

    @property
    def addresses(self) -> tuple[tuple[str, int], ...]:
        """What answers name as UDP candidates."""
        return self._port.addresses

    @property
    def tcp_addresses(self) -> tuple[tuple[str, int], ...]:
        """What they name as TCP candidates; nothing where that port is taken."""
        return self._port.tcp_addresses

    def obey(self, session_id: str, orders: Orders) -> None:
        """What the session has decided, until ``close_session``; also for who comes later."""
        if self._orders.get(session_id) == orders:
            return
        self._orders[session_id] = orders
        if (room := self._rooms.get(session_id)) is not None:
            room.obey(orders)
            self._pump.wake()

    # --- the end ------------------------------------------------------------------------------------

    async def close_resource(
        self, resource: str, reason: str = "closed", *, owner: str | None = None
    ) -> None:
        """End one connection; one that is gone already is ``media.unknown_resource``."""
        self._of(resource, owner).peer.close(reason)

    async def close_owner(self, session_id: str, owner: str, reason: str = "closed") -> None:
        """End every connection that a page has in a session; none is fine."""
        self._close_where(lambda one: (one.session_id, one.owner) == (session_id, owner), reason)

    async def close_account(self, account: str) -> None:
        """End every connection of an account's pages and clients (reason ``ended``); none is fine."""
        self._close_where(lambda one: one.owner.partition("/")[0] == account, "ended")

    async def close_venue(self, session_id: str, venue: str, reason: str = "closed") -> None:
        """End every connection of a venue that left or was hung up; none is fine."""
        self._close_where(lambda one: (one.session_id, one.venue) == (session_id, venue), reason)

    async def close_session(self, session_id: str) -> None:
        """End every connection of a session (reason ``ended``); none is fine."""
        self._orders.pop(session_id, None)
        self._close_where(lambda one: one.session_id == session_id, "ended")
        if (room := self._rooms.get(session_id)) is not None:
            self._close_room(room)

    # --- sources ------------------------------------------------------------------------------------

    def sources(self, session_id: str) -> list[Source]:
        """The sources that are sending now, in order of arrival."""
        room = self._rooms.get(session_id)
        return room.sources() if room else []

    def speaker_of(self, session_id: str) -> str | None:
        """Who speaks, or was the last to: what a picture that follows the voice shows."""
        room = self._rooms.get(session_id)
        return room.director.speaker if room is not None else None

    def cut_speech(self, session_id: str) -> None:
        """Tell the listeners what is being said in a session that is about to end."""
        if (room := self._rooms.get(session_id)) is not None:
            room.cut_speech()

    def attach(self, source_id: str, sink: Sink) -> Callable[[], None]:
        """Hand every packet of a running source to ``sink``; the result detaches it (without ``close``).

        A source that is not running is ``media.unknown_resource``.
        """
        for room in self._rooms.values():
            publisher = room.publisher_of(source_id)
            if publisher is not None:
                router, found = room.router, publisher
                router.attach_sink(found, sink)
                return lambda: router.detach_sink(found, sink)
        raise Refusal("media.unknown_resource")

    def received(self, session_id: str) -> dict[str, int]:
        """How many packets of each running source have come; what is muted does not."""
        room = self._rooms.get(session_id)
        return room.received() if room is not None else {}

    def request_keyframe(self, source_id: str) -> None:
        """Ask the publisher for a key frame soon; an unknown source is nobody's loss."""
        for room in self._rooms.values():
            publisher = room.publisher_of(source_id)
            if publisher is not None:
                room.router.request_keyframe(publisher, self._clock.now())
                self._pump.wake()

    # --- what peers say (transport's PeerListener) ----------------------------------------------------

    def peer_connected(self, peer: Peer) -> None:
        connection = self._by_peer[peer]
        _log.info("media connection up", extra=_names(connection))
        self._rooms[connection.session_id].connected(connection)
        self._pump.wake()

    def peer_closed(self, peer: Peer, reason: str) -> None:
        connection = self._by_peer.pop(peer)
        del self._connections[connection.resource]
        MEDIA_CONNECTIONS.labels(connection.direction).dec()
        MEDIA_OVER.labels(reason).inc()
        _log.info("media connection over", extra=_names(connection) | {"reason": reason})
        room = self._rooms[connection.session_id]
        room.remove(connection, reason)
        if connection.on_over is not None:
            connection.on_over(reason)
        self._close_room(room)

    def source_began(self, peer: Peer, mid: str) -> None:
        connection = self._by_peer[peer]
        self._rooms[connection.session_id].source_began(connection, mid)

    # --- what the rounds look after (rounds.Plane) ----------------------------------------------------

    @property
    def rooms(self) -> Collection[Room]:
        return self._rooms.values()

    @property
    def everybody(self) -> Collection[Connection]:
        return self._connections.values()

    def carry(self) -> None:
        self._pump.wake()

    # --- inside -------------------------------------------------------------------------------------

    def _close_room(self, room: Room) -> None:
        """Once nobody is there, and the session does not run: what is known of who was cut off outlives the
        last connection."""
        if not room.connections and room.session_id not in self._orders:
            self._pump.remove(room.router)
            self._rounds.room_over(room)
            del self._rooms[room.session_id]

    def _of(self, resource: str, owner: str | None) -> Connection:
        connection = self._connections.get(resource)
        if connection is None or owner not in (None, connection.owner):
            raise Refusal("media.unknown_resource")
        return connection

    def _new(
        self,
        session_id: str,
        venue: str,
        owner: str,
        direction: Direction,
        offer: Offer,
        view: View,
        *,
        private: bool,
    ) -> Connection:
        room = self._rooms.get(session_id)
        if room is None:
            room = Room(session_id, self._clock, lambda: [] if private else list(self._listeners))
            room.obey(self._orders.get(session_id, Orders()))
            self._rooms[session_id] = room
            self._pump.add(room.router)
        peer = Peer(
            door=self._port.door,
            router=room.router,
            certificate=self._certificate,
            remote=Credentials(offer.ice.ufrag, offer.ice.pwd),
            fingerprints=[(one.algorithm, one.value) for one in offer.fingerprints],
            publishes=direction is Direction.PUBLISH,
            listener=self,
            clock=self._clock,
            tasks=self._tasks,
        )
        connection = Connection(
            resource=new_id("pub" if direction is Direction.PUBLISH else "sub"),
            session_id=session_id,
            venue=venue,
            owner=owner,
            direction=direction,
            number=secrets.randbits(62),
            fingerprints=offer.fingerprints,
            peer=peer,
            etag=new_id("ice"),
            view=view,
            next_ssrc=secrets.randbelow(1 << 31),
        )
        self._connections[connection.resource] = connection
        self._by_peer[peer] = connection
        room.connections[connection.resource] = connection
        MEDIA_CONNECTIONS.labels(direction).inc()
        return connection

    def _answer(self, connection: Connection, offer: Offer, plan: Plan) -> Answer:
        connection.version += 1
        local = Local(
            ice=_ice_of(connection),
            fingerprints=self._fingerprints,
            addresses=self._port.addresses,
            tcp_addresses=self._port.tcp_addresses,
            session_number=connection.number,
            version=connection.version,
            via=connection.via,
        )
        sdp = write_answer(offer, plan, connection.direction, local)
        return Answer(connection.resource, sdp, connection.etag)

    def _restart_ice(self, connection: Connection, remote: IceCredentials) -> None:
        wanted = Credentials(remote.ufrag, remote.pwd)
        if wanted != connection.peer.remote:
            connection.peer.restart_ice(wanted)
            connection.etag = new_id("ice")

    def _tell_soon(self, connection: Connection) -> None:
        """After the answer is on its way, so that the page knows the resource it hears about."""
        room = self._rooms[connection.session_id]
        asyncio.get_running_loop().call_soon(room.tell, connection)

    def _admit(self, session_id: str, venue: str, owner: str, takes_over: Direction | None) -> None:
        """Refuses unless there is room; then the connection of that direction whose place it takes is over.

        Who takes over its own place adds nothing and is always let in, however hard the hub is pressed.
        """
        key = (session_id, owner, takes_over)
        everybody = self._connections.values()
        former = [one for one in everybody if (one.session_id, one.owner, one.direction) == key]
        if not former:
            self.check_admission(session_id, venue, owner)
        for connection in former:
            connection.peer.close("displaced")

    def _close_where(self, which: Callable[[Connection], bool], reason: str) -> None:
        for connection in [one for one in self._connections.values() if which(one)]:
            connection.peer.close(reason)


def _ice_of(connection: Connection) -> IceCredentials:
    return IceCredentials(connection.peer.local.ufrag, connection.peer.local.pwd)


def _names(connection: Connection) -> dict[str, str]:
    """For the log: who and what, never an address."""
    return {
        "resource": connection.resource,
        "session": connection.session_id,
        "venue": connection.venue,
        "direction": connection.direction.value,
    }
