"""Eighty viewers with one account, as a wall of screens in the duty office would be."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import aiohttp

from bench.hub_side import HubSide
from bench.load import Publisher
from bench.peers import Peer
from tests.support.hub_process import PASSWORD, HubProcess

VIEWERS = 80


def pictures() -> list[bytes]:
    """VP8 by its first bytes: a key frame and what hangs on it; nobody here decodes."""
    key, more = bytes.fromhex("1002009d012a80026801"), bytes.fromhex("110200")
    return [key + os.urandom(4000), *(more + os.urandom(2000) for _ in range(14))]


async def test_M9_eighty_viewers_share_one_account(tmp_path: Path) -> None:
    with HubProcess(tmp_path / "data") as process:
        async with aiohttp.ClientSession() as http:
            side = HubSide(http, process.url, PASSWORD)
            await side.start()
            camera, viewers = Peer(), [Peer() for _ in range(VIEWERS)]
            await side.publish(camera)
            sending = asyncio.create_task(Publisher(camera, pictures()).run())
            await asyncio.gather(*(side.subscribe(viewer) for viewer in viewers))
            async with asyncio.timeout(20):
                await asyncio.gather(*(viewer.seen(100) for viewer in viewers))
            sending.cancel()
            for peer in (camera, *viewers):
                peer.close()
    assert all(viewer.opened is not None and viewer.opened[0] >> 6 == 2 for viewer in viewers)
