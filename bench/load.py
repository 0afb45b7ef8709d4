"""The load generator, a process of its own: ``python -m bench.load hub|janus URL PID VIEWERS SECONDS``.

Prints one line of JSON. The server's CPU time is read at the same two instants as the viewers' counters.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import aiohttp

from bench.descriptions import PUBLISH_SSRC, VP8
from bench.hub_side import HubSide
from bench.janus_side import JanusSide
from bench.peers import Peer
from bench.sample import FPS, frames, payloads
from hub.media.rtp import packet

WARM_UP_S = 5.0
CONNECT_AT_ONCE = 8
_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


class Side(Protocol):
    async def start(self) -> None: ...
    async def publish(self, peer: Peer) -> None: ...
    async def subscribe(self, peer: Peer) -> None: ...
    async def close(self) -> None: ...


@dataclass(frozen=True)
class Measured:
    """``cpu_s`` of the server (user and system) while ``received`` packets came to the viewers."""

    viewers: int
    seconds: float
    sent: int
    received: int
    received_mbps: float
    cpu_s: float
    rss_mb: float
    cipher: str

    @property
    def us_per_packet(self) -> float:
        return self.cpu_s * 1e6 / self.received


class Publisher:
    """Sends the sample in a circle, each frame in one burst."""

    def __init__(self, peer: Peer, encoded: list[bytes]) -> None:
        self.sent = 0
        self._peer = peer
        self._frames = encoded
        self._seq = 1
        self._number = 0

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        while True:
            self._send_frame()
            await asyncio.sleep(max(0.0, began + self._number / FPS - loop.time()))

    def _send_frame(self) -> None:
        parts = payloads(self._frames[self._number % len(self._frames)], self._number)
        for at, payload in enumerate(parts):
            self._peer.send_rtp(
                packet.build(
                    payload_type=VP8,
                    sequence_number=self._seq,
                    timestamp=self._number * 90_000 // FPS,
                    ssrc=PUBLISH_SSRC,
                    payload=payload,
                    marker=at == len(parts) - 1,
                )
            )
            self._seq += 1
        self.sent += len(parts)
        self._number += 1


def cpu_s(pid: int) -> float:
    """User and system time of all threads of the process (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS_PER_S


def rss_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def measure(side: Side, pid: int, viewers: int, seconds: float) -> Measured:
    await side.start()
    publisher = Peer()
    await side.publish(publisher)
    sending = Publisher(publisher, frames())
    run = asyncio.create_task(sending.run())
    peers = [Peer() for _ in range(viewers)]
    for at in range(0, viewers, CONNECT_AT_ONCE):
        await asyncio.gather(*(side.subscribe(peer) for peer in peers[at : at + CONNECT_AT_ONCE]))
    for peer in peers:
        peer.report_reception()
    await asyncio.sleep(WARM_UP_S)
    gc.freeze()
    loop = asyncio.get_running_loop()
    began, cpu, sent = loop.time(), cpu_s(pid), sending.sent
    received = sum(peer.packets for peer in peers)
    octets = sum(peer.octets for peer in peers)
    await asyncio.sleep(seconds)
    took = loop.time() - began
    got = sum(peer.packets for peer in peers) - received
    result = Measured(
        viewers=viewers,
        seconds=round(took, 2),
        sent=sending.sent - sent,
        received=got,
        received_mbps=round((sum(peer.octets for peer in peers) - octets) * 8 / took / 1e6, 1),
        cpu_s=round(cpu_s(pid) - cpu, 2),
        rss_mb=round(rss_mb(pid), 1),
        cipher=peers[0].cipher(),
    )
    _check(peers)
    run.cancel()
    await side.close()
    for peer in (publisher, *peers):
        peer.close()
    return result


def _check(peers: list[Peer]) -> None:
    for peer in peers:
        if peer.opened is None or peer.opened[0] >> 6 != 2:
            raise RuntimeError("a viewer got nothing it could open")


async def main(arguments: list[str]) -> None:
    kind, url, pid, viewers, seconds = arguments
    async with aiohttp.ClientSession() as http:
        side: Side = HubSide(http, url) if kind == "hub" else JanusSide(http, url)
        measured = await measure(side, int(pid), int(viewers), float(seconds))
    print(json.dumps(asdict(measured)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
