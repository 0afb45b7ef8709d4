"""The handshake: whom it lets in, with which cipher, and what happens to lost datagrams."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from aiortc import RTCCertificate, RTCDtlsFingerprint, RTCDtlsParameters, RTCDtlsTransport
from aiortc.rtcdtlstransport import SRTP_AEAD_AES_256_GCM, SRTP_PROFILES

from hub.media.transport.dtls import Dtls, HandshakeFailed, HubCertificate

HUB = HubCertificate.generateCertificate()
CLIENT = RTCCertificate.generateCertificate()


class Cable:
    """What the client's transport sends by and reads from; ``drop`` loses datagrams on the way to the hub."""

    role = "controlling"

    def __init__(self) -> None:
        self.to_client: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.to_hub: list[bytes] = []
        self.deliver: Callable[[bytes], None] = self.to_hub.append

    async def _recv(self) -> bytes:
        datagram = await self.to_client.get()
        if datagram is None:
            raise ConnectionError
        return datagram

    async def _send(self, datagram: bytes) -> None:
        self.deliver(datagram)


def fingerprint_of(certificate: RTCCertificate) -> tuple[str, str]:
    first = certificate.getFingerprints()[0]
    return first.algorithm, first.value


class Line:
    """A client and the hub's side, joined in memory."""

    def __init__(self, expected: tuple[str, str]) -> None:
        self.cable = Cable()
        self.goodbye = asyncio.Event()
        self.answered = asyncio.Event()
        self.sent: list[bytes] = []
        self.hub = Dtls(HUB, [expected], self._from_hub, self._goodbye)
        self.client = RTCDtlsTransport(self.cable, [CLIENT])  # type: ignore[arg-type]
        self.client._set_role("client")
        self.cable.deliver = lambda datagram: self.hub.receive(datagram, 0.0)

    def _from_hub(self, datagram: bytes) -> None:
        self.sent.append(datagram)
        self.answered.set()
        self.cable.to_client.put_nowait(datagram)

    def _goodbye(self) -> None:
        assert not self.goodbye.is_set()
        self.goodbye.set()

    async def start_client(self) -> None:
        algorithm, value = fingerprint_of(HUB)
        await self.client.start(RTCDtlsParameters([RTCDtlsFingerprint(algorithm, value)]))

    async def close(self) -> None:
        await self.hub.close()
        self.cable.to_client.put_nowait(None)
        await self.client.stop()


def test_the_private_names_we_use_of_aiortc_are_there() -> None:
    """The canary: aiortc keeps these to itself and may rename them (pinned to 1.16)."""
    transport = RTCDtlsTransport(Cable(), [CLIENT])  # type: ignore[arg-type]
    assert hasattr(transport, "_rx_srtp")
    assert hasattr(transport, "_tx_srtp")
    assert callable(transport._set_role)
    assert SRTP_PROFILES[0] is SRTP_AEAD_AES_256_GCM


async def test_both_sides_get_keys_that_fit() -> None:
    line = Line(fingerprint_of(CLIENT))
    srtp, _ = await asyncio.gather(line.hub.handshake(), line.start_client())
    packet = b"\x80\x60\x00\x01" + bytes(8) + b"picture"
    assert line.client._rx_srtp.unprotect(srtp.outgoing.protect(packet)) == packet
    assert srtp.open_rtp_untrusted(line.client._tx_srtp.protect(packet)) == packet
    await line.close()


async def test_the_cheapest_cipher_and_dtls_1_2_are_chosen() -> None:
    line = Line(fingerprint_of(CLIENT))
    await asyncio.gather(line.hub.handshake(), line.start_client())
    ssl = line.client._ssl
    assert ssl is not None
    assert ssl.get_selected_srtp_profile() == b"SRTP_AEAD_AES_256_GCM"
    assert ssl.get_protocol_version_name() == "DTLSv1.2"
    await line.close()


async def test_M5_a_client_with_another_certificate_is_not_let_in() -> None:
    line = Line(fingerprint_of(RTCCertificate.generateCertificate()))
    with pytest.raises(HandshakeFailed):
        await asyncio.gather(line.hub.handshake(), line.start_client())
    await line.close()


async def test_datagrams_that_come_early_are_kept() -> None:
    line = Line(fingerprint_of(CLIENT))
    client = asyncio.ensure_future(line.start_client())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.gather(line.hub.handshake(), client)
    await line.close()


async def test_a_repeated_hello_is_answered_at_once() -> None:
    """OpenSSL would wait for its own timer of one second."""
    line = Line(fingerprint_of(CLIENT))
    hellos: list[bytes] = []

    def keep(datagram: bytes) -> None:
        hellos.append(datagram)
        line.hub.receive(datagram, 0.0)

    line.cable.deliver = keep
    hub = asyncio.ensure_future(line.hub.handshake())
    client = asyncio.ensure_future(line.start_client())
    await line.answered.wait()
    flight = list(line.sent)
    repeated = bytearray(hellos[0])
    repeated[10] += 1  # a new record sequence number, the same message
    line.hub.receive(bytes(repeated), 10.0)
    assert line.sent[len(flight) :][: len(flight)] == flight
    await asyncio.gather(hub, client)
    await line.close()


async def test_the_clients_goodbye_is_heard() -> None:
    line = Line(fingerprint_of(CLIENT))
    await asyncio.gather(line.hub.handshake(), line.start_client())
    await line.client.stop()
    await line.goodbye.wait()
    await line.close()


async def test_forged_packets_are_dropped() -> None:
    line = Line(fingerprint_of(CLIENT))
    srtp, _ = await asyncio.gather(line.hub.handshake(), line.start_client())
    for forged in (b"\x80\x60" + bytes(40), b"\x80\x60" + bytes(4000), b"\x80", b"\x80\xc8" + bytes(30)):
        assert srtp.open_rtp_untrusted(forged) is None
        assert srtp.open_rtcp_untrusted(forged) is None
    assert srtp.close_rtcp(bytes(4000)) is None
    await line.close()
