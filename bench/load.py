"""The load generator, a process of its own: ``python -m bench.load BENCH hub|janus URL PID OPTIONS``.

Prints one line of JSON. The server's CPU time is read at the same two instants as the viewers' counters.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any, Protocol

import aiohttp

from bench.descriptions import Line
from bench.hub_side import HubSide
from bench.janus_side import JanusSide
from bench.peers import Peer
from bench.processes import cpu_s, rss_mb

WARM_UP_S = 5.0
CONNECT_AT_ONCE = 8


class Side(Protocol):
    """A server as the load sees it. Venues are numbers from 0 on."""

    async def start(self, venues: int) -> None: ...
    async def publish(self, number: int, peer: Peer, lines: Sequence[Line]) -> None: ...
    async def subscribe(self, number: int, peer: Peer, lines: Sequence[Line]) -> None: ...
    async def close(self) -> None: ...


@dataclass(frozen=True)
class Cost:
    """``cpu_s`` of the server (user and system) while ``received`` packets came to the viewers."""

    seconds: float
    sent: int
    received: int
    mbps: float
    cpu_s: float
    rss_mb: float
    cipher: str

    @property
    def us_per_packet(self) -> float:
        return self.cpu_s * 1e6 / self.received


class Sending(Protocol):
    """A camera or a microphone."""

    sent: int

    async def run(self) -> None: ...


async def in_turns(wishes: Sequence[Awaitable[None]]) -> None:
    """Some at once: a server that shakes hands with everybody in one instant measures nothing."""
    for at in range(0, len(wishes), CONNECT_AT_ONCE):
        await asyncio.gather(*wishes[at : at + CONNECT_AT_ONCE])


@asynccontextmanager
async def sending(sources: Sequence[Sending]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(source.run()) for source in sources]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def cost(pid: int, sources: Sequence[Sending], viewers: Sequence[Peer], seconds: float) -> Cost:
    """Of everything that flows already, after a while to settle."""
    for viewer in viewers:
        viewer.report_reception()
    await asyncio.sleep(WARM_UP_S)
    gc.freeze()
    loop = asyncio.get_running_loop()
    began, cpu, sent = loop.time(), cpu_s(pid), sum([source.sent for source in sources])
    received = sum([viewer.packets for viewer in viewers])
    octets = sum([viewer.octets for viewer in viewers])
    await asyncio.sleep(seconds)
    took = loop.time() - began
    result = Cost(
        seconds=round(took, 2),
        sent=sum([source.sent for source in sources]) - sent,
        received=sum([viewer.packets for viewer in viewers]) - received,
        mbps=round((sum([viewer.octets for viewer in viewers]) - octets) * 8 / took / 1e6, 1),
        cpu_s=round(cpu_s(pid) - cpu, 2),
        rss_mb=round(rss_mb(pid), 1),
        cipher=viewers[0].cipher(),
    )
    for viewer in viewers:
        if viewer.opened is None or viewer.opened[0] >> 6 != 2:
            raise RuntimeError("a viewer got nothing it could open")
    return result


async def main(arguments: list[str]) -> None:
    bench, kind, url, pid, options = arguments
    async with aiohttp.ClientSession() as http:
        side: Side = HubSide(http, url) if kind == "hub" else JanusSide(http, url)
        found: Any = await import_module(f"bench.{bench}").put_on(side, int(pid), **json.loads(options))
        await side.close()
    print(json.dumps(found if isinstance(found, dict) else asdict(found)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
