"""One connection to a browser: bytes in from the port, packets to the router, RTCP both ways."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Protocol

from aiortc import RTCCertificate

from hub.clock import Clock
from hub.media.rtp.demux import is_dtls, is_media, is_rtcp
from hub.media.rtp.packet import HEADER_BYTES
from hub.media.sfu.outputs import Output
from hub.media.sfu.router import Router
from hub.media.transport import drops
from hub.media.transport.allowance import Allowance
from hub.media.transport.door import Door
from hub.media.transport.drops import Drop
from hub.media.transport.dtls import Dtls, HandshakeFailed
from hub.media.transport.ice import Credentials, IceLite, Path, new_credentials, parse_check_untrusted
from hub.media.transport.resolve import Expected, Resolver
from hub.media.transport.srtp import Srtp
from hub.tasks import Tasks

CONNECT_WITHIN_S = 30.0  # after the answer: as long as a browser tries

# What one connection may send in a second. A camera at its best is 400 packets and 3 Mbit/s.
PACKETS_MAX, OCTETS_MAX = 6000, 5_000_000
HANDSHAKES_MAX = 100  # DTLS datagrams: a handshake has 20
CHECKS_MAX = 100  # a browser sends 20 a second for each pair it tries
KNOCKS_MAX = 50  # checks by paths that have not been authenticated


class PeerListener(Protocol):
    """Whoever made the peer. Called synchronously; must be quick and not raise."""

    def peer_connected(self, peer: Peer) -> None:
        """DTLS stands, media may flow."""
        ...

    def peer_closed(self, peer: Peer, reason: str) -> None:
        """Once, at the end, whoever ended it; the router has forgotten the peer already."""
        ...

    def source_began(self, peer: Peer, mid: str) -> None:
        """The first packet of that m-line has come and is about to be given to the router."""
        ...


class Peer:
    """Owns the ICE, DTLS and SRTP of one connection. Its identity is its equality (sfu ``Connection``)."""

    def __init__(
        self,
        *,
        door: Door,
        router: Router,
        certificate: RTCCertificate,
        remote: Credentials,
        fingerprints: Iterable[tuple[str, str]],
        publishes: bool,
        listener: PeerListener,
        clock: Clock,
        tasks: Tasks,
    ) -> None:
        now = clock.now()
        self._door, self._router, self._listener = door, router, listener
        self._clock, self._tasks = clock, tasks
        self._ice = IceLite(new_credentials(), remote, now)
        self._dtls = Dtls(certificate, fingerprints, self._send, self._said_goodbye)
        self._srtp: Srtp | None = None
        self._resolver = Resolver()
        self._began: set[str] = set()
        self._receive_rtcp = router.receive_publisher_rtcp if publishes else router.receive_subscriber_rtcp
        self._aimed: Path | None = None
        self._packets = Allowance(PACKETS_MAX, OCTETS_MAX)
        self._handshakes = Allowance(HANDSHAKES_MAX)
        self._checks, self._knocks = Allowance(CHECKS_MAX), Allowance(KNOCKS_MAX)
        self._heard_at = now
        self._shaking = False
        self._closed = False
        self._connect_by = now + CONNECT_WITHIN_S
        self._ufrags = {self._ice.local.ufrag}
        door.admit(self._ice.local.ufrag, self)

    # --- what signalling sees -----------------------------------------------------------------------

    @property
    def local(self) -> Credentials:
        return self._ice.local

    @property
    def remote(self) -> Credentials:
        return self._ice.remote

    @property
    def connected(self) -> bool:
        return self._srtp is not None

    @property
    def heard_at(self) -> float:
        """When something authentic came last: a check or media."""
        return self._heard_at

    @property
    def via(self) -> str | None:
        """``udp`` or ``tcp``: how media leaves; None while nothing leads to the client."""
        path = self._ice.selected
        return None if path is None else path.transport

    def expect(self, media: Expected) -> None:
        """Packets of this m-line go to that publisher of the router."""
        self._began.discard(media.mid)
        self._resolver.expect(media)

    def forget(self, mid: str) -> None:
        self._resolver.forget(mid)

    def restart_ice(self, remote: Credentials) -> None:
        """RFC 8445, 9: new credentials on both sides; DTLS, SRTP and media go on."""
        self._ice.restart(new_credentials(), remote, self._clock.now())
        self._ufrags.add(self._ice.local.ufrag)
        self._door.admit(self._ice.local.ufrag, self)

    def close(self, reason: str) -> None:
        """End it; the second time nothing happens."""
        if self._closed:
            return
        self._closed = True
        self._srtp = None  # what still comes is for a connection that the router no longer knows
        for ufrag in self._ufrags:
            self._door.dismiss(ufrag)
        self._router.remove_connection(self, self._clock.now())
        self._tasks.start(self._part(), "close a connection")
        self._listener.peer_closed(self, reason)

    def tick(self, now: float) -> None:
        """Once a second: addresses that fell silent, a client that is gone."""
        if self._closed:
            return
        for path in self._ice.forget_silent(now):
            path.local.unroute(path.address, self)
        self._aim(now)
        for ufrag in self._ufrags - set(self._ice.ufrags()):
            self._ufrags.discard(ufrag)
            self._door.dismiss(ufrag)
        if self._srtp is None and now > self._connect_by:
            self.close("failed")
        elif self._srtp is not None and self._ice.dead(now):
            self.close("lost")

    # --- what the port calls ------------------------------------------------------------------------

    def check(self, datagram: bytes, path: Path, now: float) -> bool:
        """A connectivity check that names us. The first authentic one begins the handshake: waiting for
        USE-CANDIDATE would cost Chromium a round trip more."""
        if not (self._checks if self._ice.knows(path) else self._knocks).takes(len(datagram), now):
            drops.count(Drop.FLOOD)
            return False
        message = parse_check_untrusted(datagram)
        response = None if message is None else self._ice.answer(message, path, now)
        if response is None:
            drops.count(Drop.CHECK)
            return False
        self._heard_at = now
        with suppress(OSError):
            path.local.sendto(response, path.address)
        self._aim(now)
        if not self._shaking and self._ice.selected is not None:
            self._shaking = True
            self._tasks.start(self._shake(), "DTLS handshake")
        return True

    def holds(self, path: Path, now: float) -> bool:
        """Whether the client is at that address: it was not long ago."""
        return not self._closed and self._ice.holds(path, now)

    def path_ended(self, path: Path, now: float) -> None:
        """A TCP connection is over; media goes on by another path, if there is one."""
        self._ice.forget(path)
        self._aim(now)

    def receive(self, datagram: bytes, now: float) -> None:
        """What is no check. Never raises, whatever comes."""
        if not self._packets.takes(len(datagram), now):
            drops.count(Drop.FLOOD)
        elif is_media(datagram):
            self._take_media(datagram, now)
        elif not is_dtls(datagram):
            drops.count(Drop.KIND)
        elif self._handshakes.takes(len(datagram), now):
            self._dtls.receive(datagram, now)
        else:
            drops.count(Drop.FLOOD)

    # --- what the router asks -----------------------------------------------------------------------

    def send_rtcp(self, packet: bytes) -> None:
        if self._srtp is None:
            return
        protected = self._srtp.close_rtcp(packet)
        if protected is not None:
            self._send(protected)

    # --- inside -------------------------------------------------------------------------------------

    def _take_media(self, datagram: bytes, now: float) -> None:
        srtp = self._srtp
        if srtp is None or len(datagram) < HEADER_BYTES:
            drops.count(Drop.EARLY)
            return
        control = is_rtcp(datagram)
        packet = srtp.open_rtcp_untrusted(datagram) if control else srtp.open_rtp_untrusted(datagram)
        if packet is None:
            drops.count(Drop.FORGED)
            return
        self._heard_at = now
        if control:
            self._receive_rtcp(self, packet, now)
            return
        encoding = self._resolver.known.get(packet[8:12])
        if encoding is None:
            self._meet(packet, now)
        else:
            self._router.receive_rtp(encoding, packet, now)

    def _meet(self, packet: bytes, now: float) -> None:
        """The first packet of an SSRC; the first media packet of an m-line is when its source begins."""
        met = self._resolver.meet(packet)
        if met is None:
            drops.count(Drop.UNEXPECTED)
            self._router.note_transport(self, packet, now)
            return
        if met.is_media and met.mid not in self._began:
            self._began.add(met.mid)
            self._listener.source_began(self, met.mid)
        self._router.receive_rtp(met.encoding, packet, now)

    def _send(self, datagram: bytes) -> None:
        path = self._ice.selected
        if path is not None:
            with suppress(OSError):  # a full buffer or an unreachable host: lost on the way
                path.local.sendto(datagram, path.address)

    async def _shake(self) -> None:
        try:
            srtp = await self._dtls.handshake()
        except HandshakeFailed:
            self.close("failed")
            return
        if not self._closed:
            self._srtp = srtp
            self._aim(self._clock.now())
            self._listener.peer_connected(self)

    def _aim(self, now: float) -> None:
        """Tell the router where our packets leave: once DTLS stands, and at every change of the path."""
        path = self._ice.selected
        if self._srtp is None or path == self._aimed:
            return
        self._aimed = path
        output = None
        if path is not None:
            output = Output(self._srtp.outgoing, path.local.sendto, path.address, path.local.fileno)
        self._router.set_output(self, output, now)

    async def _part(self) -> None:
        """The goodbye first: a TCP connection ends with its path."""
        try:
            await self._dtls.close()
        finally:
            for path in self._ice.paths():
                path.local.unroute(path.address, self)

    def _said_goodbye(self) -> None:
        self.close("closed")
