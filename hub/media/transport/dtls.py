"""The DTLS side of one connection: aiortc's transport, passive, over whatever path ICE has chosen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from aiortc import RTCCertificate, RTCDtlsFingerprint, RTCDtlsParameters, RTCDtlsTransport
from aiortc.rtcdtlstransport import SRTPProtectionProfile
from OpenSSL import SSL

from hub.media.transport import drops
from hub.media.transport.drops import Drop
from hub.media.transport.srtp import Srtp

HANDSHAKE_MAX_S = 20.0
EARLY_MAX = 64  # datagrams kept while nobody reads: a ClientHello comes in two, Firefox's before all else
RESEND_PAUSE_S = 0.05
_DTLS_1_2 = 0xFEFD
_HANDSHAKE, _CLIENT_HELLO = 22, 1


class HandshakeFailed(ConnectionError):
    """The client is not who its offer said, or does not speak our DTLS."""


class HubCertificate(RTCCertificate):
    """Made at every start; its fingerprint stands in every answer."""

    def _create_ssl_context(self, srtp_profiles: list[SRTPProtectionProfile]) -> SSL.Context:
        context = super()._create_ssl_context(srtp_profiles)
        # With DTLS 1.3 aiortc would cut a flight of more than 1,500 bytes inside a record.
        context.set_min_proto_version(_DTLS_1_2)
        context.set_max_proto_version(_DTLS_1_2)
        return context


class _Wire:
    """What RTCDtlsTransport asks of the ICE transport below it: a role, and datagrams in and out."""

    role = "controlled"

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._send_datagram = send
        self._incoming: asyncio.Queue[bytes | None] = asyncio.Queue(EARLY_MAX)
        self._hellos: set[int] = set()  # their hashes
        self._flight: list[bytes] = []
        self._answered = False
        self._resent_at = 0.0

    def feed(self, datagram: bytes, now: float) -> None:
        """OpenSSL keeps silent about a repeated ClientHello until its own timer of 1 s; we resend at once."""
        if _is_client_hello(datagram):
            body = hash(datagram[13:])
            if body in self._hellos:
                self._resend(now)
            elif len(self._hellos) < EARLY_MAX:
                self._hellos.add(body)
        try:
            self._incoming.put_nowait(datagram)
        except asyncio.QueueFull:
            drops.count(Drop.HANDSHAKE)

    def close(self) -> None:
        if self._incoming.full():
            self._incoming.get_nowait()
        self._incoming.put_nowait(None)

    async def _recv(self) -> bytes:
        datagram = await self._incoming.get()
        if datagram is None:
            raise ConnectionError
        self._answered = True
        return datagram

    async def _send(self, datagram: bytes) -> None:
        if self._answered:  # the first datagram after something came in begins a new flight
            self._flight, self._answered = [], False
        self._flight.append(datagram)
        self._send_datagram(datagram)

    def _resend(self, now: float) -> None:
        if now - self._resent_at < RESEND_PAUSE_S:
            return
        self._resent_at = now
        for datagram in self._flight:
            self._send_datagram(datagram)


def _is_client_hello(datagram: bytes) -> bool:
    return len(datagram) > 25 and datagram[0] == _HANDSHAKE and datagram[13] == _CLIENT_HELLO


class Dtls:
    """One DTLS association. ``closed`` is called once, when the client ends it."""

    def __init__(
        self,
        certificate: RTCCertificate,
        fingerprints: Iterable[tuple[str, str]],
        send: Callable[[bytes], None],
        closed: Callable[[], None],
    ) -> None:
        self._wire = _Wire(send)
        # RTCDtlsTransport names RTCIceTransport in its signature and uses three things of it (see _Wire).
        self._transport = RTCDtlsTransport(self._wire, [certificate])  # type: ignore[arg-type]
        self._transport._set_role("server")
        self._transport.on("statechange", self._changed)
        self._remote = RTCDtlsParameters(
            fingerprints=[RTCDtlsFingerprint(algorithm, value) for algorithm, value in fingerprints]
        )
        self._closed = closed
        self._over = False

    def receive(self, datagram: bytes, now: float) -> None:
        """A datagram whose first byte is 20 to 63; kept until ``handshake`` runs."""
        self._wire.feed(datagram, now)

    async def handshake(self) -> Srtp:
        """The keys, once the client has proven the fingerprint of its offer; else HandshakeFailed."""
        try:
            await asyncio.wait_for(self._transport.start(self._remote), HANDSHAKE_MAX_S)
        except TimeoutError:
            raise HandshakeFailed("the handshake took too long") from None
        if self._transport.state != "connected":
            raise HandshakeFailed("the handshake failed")
        return Srtp.of(self._transport)

    async def close(self) -> None:
        """Say goodbye (close_notify) and stop."""
        if self._over:
            return
        self._over = True
        await self._transport.stop()
        self._wire.close()

    def _changed(self) -> None:
        if self._transport.state == "closed" and not self._over:
            self._over = True
            self._closed()
