"""Lean synthetic peers: real ICE checks, real DTLS, then SRTP that is counted, not decrypted."""

from __future__ import annotations

import asyncio
import re
import secrets
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aioice import stun
from aiortc import RTCCertificate, RTCDtlsFingerprint, RTCDtlsParameters, RTCDtlsTransport

BUFFER_BYTES = 4 * 1024 * 1024
CONSENT_EVERY_S = 4.0
REPORT_EVERY_S = 1.0
CONNECT_WITHIN_S = 20.0
BATCH = 256
_KEY_FRAME_REQUESTS = {(1, 206), (4, 206)}  # PLI (RFC 4585, 6.3.1) and FIR (RFC 5104, 4.3.1)


@dataclass(frozen=True)
class Remote:
    """What the other side's description says of its transport."""

    host: str
    port: int
    ufrag: str
    pwd: str
    fingerprint: str
    setup: str

    @classmethod
    def of(cls, sdp: str) -> Remote:
        def value(pattern: str) -> str:
            found = re.search(pattern, sdp)
            if found is None:
                raise ValueError(f"no {pattern} in the description")
            return found.group(1).strip()

        # libnice leaves the loopback out, so Janus is reached by an address of this machine: the same path.
        candidate = re.search(r"a=candidate:\S+ 1 udp \d+ ([\d.]+) (\d+) ", sdp, re.IGNORECASE)
        if candidate is None:
            raise ValueError("no candidate")
        return cls(
            host=candidate.group(1),
            port=int(candidate.group(2)),
            ufrag=value(r"a=ice-ufrag:(\S+)"),
            pwd=value(r"a=ice-pwd:(\S+)"),
            fingerprint=value(r"a=fingerprint:sha-256 (\S+)"),
            setup=value(r"a=setup:(\S+)"),
        )


class _Wire:
    """What RTCDtlsTransport needs below it."""

    role = "controlling"

    def __init__(self, send: Callable[[bytes], object]) -> None:
        self.incoming: asyncio.Queue[bytes] = asyncio.Queue()
        self._send_datagram = send

    async def _recv(self) -> bytes:
        return await self.incoming.get()

    async def _send(self, datagram: bytes) -> None:
        self._send_datagram(datagram)


class Peer:
    """One connection with a socket of its own. ``packets`` and ``octets`` count the SRTP that came.

    ``longest_gap_s`` is the longest time without any, since the first came. ``on_key_frame_request`` is
    called for each PLI or FIR.
    """

    certificate = RTCCertificate.generateCertificate()

    def __init__(self) -> None:
        self.ufrag, self.pwd = secrets.token_hex(4), secrets.token_hex(12)
        self.packets = 0
        self.octets = 0
        self.first_at = self.last_at = self.longest_gap_s = 0.0
        self.on_key_frame_request: Callable[[], None] | None = None
        self.opened: bytes | None = None  # one decrypted packet, to see that it is what it should be
        self.highest = 0
        self.media_ssrc = 0
        self.remote: Remote | None = None
        self._ssrc = secrets.randbits(31)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_BYTES)
        self._wire = _Wire(self._send)
        self.dtls = RTCDtlsTransport(self._wire, [self.certificate])  # type: ignore[arg-type]
        self._buffer = bytearray(2048)
        self._reachable = asyncio.Event()
        self._counted = asyncio.Event()
        self._timers: list[asyncio.TimerHandle] = []

    @property
    def fingerprint(self) -> str:
        return next(one.value for one in self.certificate.getFingerprints() if one.algorithm == "sha-256")

    async def connect(self, sdp: str) -> None:
        """Checks until one is answered, then the handshake; active unless the other side is."""
        self.remote = remote = Remote.of(sdp)
        self._socket.connect((remote.host, remote.port))
        loop = asyncio.get_running_loop()
        loop.add_reader(self._socket.fileno(), self._readable)
        try:
            await asyncio.wait_for(self._shake(remote), CONNECT_WITHIN_S)
        except TimeoutError:
            where = f"ICE answered: {self._reachable.is_set()}, DTLS {self.dtls.state}"
            raise ConnectionError(f"no connection: {where}") from None
        if self.dtls.state != "connected":
            raise ConnectionError("the handshake failed")
        self._every(CONSENT_EVERY_S, self._check)

    async def _shake(self, remote: Remote) -> None:
        while not self._reachable.is_set():
            self._check()
            try:
                await asyncio.wait_for(self._reachable.wait(), 0.2)
            except TimeoutError:
                continue
        self.dtls._set_role("server" if remote.setup == "active" else "client")
        await self.dtls.start(RTCDtlsParameters([RTCDtlsFingerprint("sha-256", remote.fingerprint)]))

    def cipher(self) -> str:
        assert self.dtls._ssl is not None
        return self.dtls._ssl.get_selected_srtp_profile().decode()

    async def seen(self, packets: int) -> None:
        """Until that many packets have come."""
        while self.packets < packets:
            self._counted.clear()
            await self._counted.wait()

    def report_reception(self) -> None:
        """A receiver report every second, as a viewer sends."""
        self._every(REPORT_EVERY_S, self._report)

    def send_rtp(self, packet: bytes) -> None:
        self._send(self.dtls._tx_srtp.protect(packet))

    def close(self) -> None:
        for timer in self._timers:
            timer.cancel()
        asyncio.get_running_loop().remove_reader(self._socket.fileno())
        self._socket.close()

    def _every(self, period_s: float, action: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        place = len(self._timers)

        def again() -> None:
            action()
            self._timers[place] = loop.call_later(period_s, again)

        # Peers were made at once; their timers must not all fire at once.
        self._timers.append(loop.call_later(period_s * secrets.randbelow(1000) / 1000, again))

    def _send(self, datagram: bytes) -> None:
        try:
            self._socket.send(datagram)
        except OSError:
            return  # full, or the other side is not there yet

    def _check(self) -> None:
        assert self.remote is not None
        message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        attributes: dict[str, Any] = message.attributes
        attributes["USERNAME"] = f"{self.remote.ufrag}:{self.ufrag}"
        attributes["PRIORITY"] = 1853824767
        attributes["ICE-CONTROLLING"] = self._ssrc
        attributes["USE-CANDIDATE"] = None
        message.add_message_integrity(self.remote.pwd.encode())
        self._send(bytes(message))

    def _readable(self) -> None:
        receive_into, buffer = self._socket.recv_into, self._buffer
        packets = octets = size = 0
        try:
            for _ in range(BATCH):
                size = receive_into(buffer)
                if 127 < buffer[0] < 192 and not 191 < buffer[1] < 224:
                    packets += 1
                    octets += size
                    if self.opened is None:
                        self._open(bytes(buffer[:size]))
                elif size:
                    self._control(bytes(buffer[:size]))
        except OSError:
            pass  # empty, or an ICMP error while the other side starts
        if packets:
            self.highest = int.from_bytes(buffer[2:4], "big")  # of the last; near enough for a report
            self._count(packets, octets)

    def _count(self, packets: int, octets: int) -> None:
        now = time.monotonic()
        if self.packets:
            self.longest_gap_s = max(self.longest_gap_s, now - self.last_at)
        else:
            self.first_at = now
        self.last_at = now
        self.packets += packets
        self.octets += octets
        self._counted.set()

    def quiet_s(self) -> float:
        """The longest gap, the one that has not ended yet included."""
        return max(self.longest_gap_s, time.monotonic() - self.last_at)

    def _open(self, datagram: bytes) -> None:
        """The first packet is opened: that it can be is what makes counting the others fair."""
        if self.dtls._rx_srtp is not None:
            self.opened = bytes(self.dtls._rx_srtp.unprotect(datagram))
            self.media_ssrc = int.from_bytes(datagram[8:12], "big")

    def _control(self, datagram: bytes) -> None:
        if 19 < datagram[0] < 64:
            self._wire.incoming.put_nowait(datagram)
        elif datagram[0] < 4:
            self._answer_check(stun.parse_message(datagram))
        elif self.on_key_frame_request is not None and self._asks_for_key_frame(datagram):
            self.on_key_frame_request()

    def _asks_for_key_frame(self, datagram: bytes) -> bool:
        if self.dtls.state != "connected":  # it came before the handshake was looked at
            return False
        return not _KEY_FRAME_REQUESTS.isdisjoint(_kinds(self.dtls._rx_srtp.unprotect_rtcp(datagram)))

    def _answer_check(self, message: stun.Message) -> None:
        if message.message_class == stun.Class.RESPONSE:
            self._reachable.set()
        elif message.message_class == stun.Class.REQUEST and self.remote is not None:
            response = stun.Message(
                stun.Method.BINDING, stun.Class.RESPONSE, transaction_id=message.transaction_id
            )
            response.attributes["XOR-MAPPED-ADDRESS"] = (self.remote.host, self.remote.port)
            response.add_message_integrity(self.pwd.encode())
            self._send(bytes(response))

    def _report(self) -> None:
        if not self.media_ssrc:
            return
        block = struct.pack("!IIIIII", self.media_ssrc, 0, self.highest, 0, 0, 0)
        packet = struct.pack("!BBHI", 0x81, 201, 7, self._ssrc) + block
        self._send(self.dtls._tx_srtp.protect_rtcp(packet))


def _kinds(compound: bytes) -> list[tuple[int, int]]:
    """(count or format, packet type) of each packet in a compound one."""
    kinds = []
    while len(compound) >= 4:
        kinds.append((compound[0] & 0x1F, compound[1]))
        compound = compound[4 + 4 * int.from_bytes(compound[2:4], "big") :]
    return kinds
