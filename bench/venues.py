"""Synthetic venues in a session, until the input ends: ``python -m bench.venues URL VENUES SLOTS FIRST...``.

Starts the session for all VENUES, and says so in a line of JSON on the output. A number on the input brings
venues in, from FIRST up to it: each sends picture (15 pictures a second, 150 kbit/s) and sound, and receives
SLOTS of either if that is not 0. Answered by a line of JSON when they are there.
"""

from __future__ import annotations

import asyncio
import json
import sys

import aiohttp
import uvloop

from bench import sample
from bench.descriptions import Line
from bench.hub_side import HubSide
from bench.load import in_turns
from bench.peers import Peer
from bench.sources import Camera, Microphone

FPS, BIT_RATE, SCENES = 15, 300_000, 8  # the rate is that of 30 pictures a second
_PICTURE, _SOUND = 0x1000_0000, 0x2000_0000


class Venues:
    """Those that are there, and what they send and receive."""

    def __init__(self, side: HubSide, first: int, slots: int) -> None:
        self._side = side
        self._there = first
        self._slots = [*[Line("audio")] * slots, *[Line("video")] * slots]
        self._scenes = [sample.scene(number, BIT_RATE) for number in range(SCENES)]
        self._running: list[asyncio.Task[None]] = []

    async def fill(self, count: int) -> None:
        await in_turns([self._enter(number) for number in range(self._there, count)])
        self._there = max(self._there, count)

    async def _enter(self, number: int) -> None:
        peer = Peer()
        picture, sound = _PICTURE + number, _SOUND + number
        await self._side.publish(number, peer, [Line("audio", sound), Line("video", picture)])
        camera = Camera(peer, picture, self._scenes[number % SCENES], FPS)
        for source in (camera, Microphone(peer, sound)):
            self._running.append(asyncio.create_task(source.run()))
        if self._slots:
            viewer = Peer()
            await self._side.subscribe(number, viewer, self._slots)
            viewer.report_reception()


async def main(url: str, venues: int, slots: int, first: int) -> None:
    loop = asyncio.get_running_loop()
    async with aiohttp.ClientSession() as http:
        side = HubSide(http, url)
        await side.start(venues)
        there = Venues(side, first, slots)
        print(json.dumps({"session": side.session}), flush=True)
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            await there.fill(int(line))
            print(json.dumps({"there": int(line)}), flush=True)


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], *map(int, sys.argv[2:])))
