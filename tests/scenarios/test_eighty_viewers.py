"""Eighty viewers with one account, as a wall of screens in the duty office would be."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import aiohttp

from bench.descriptions import Line, offer
from bench.peers import Peer
from bench.sources import Camera
from tests.support.hub_process import PASSWORD, HubProcess
from tests.support.whip import SDP, Tool

VIEWERS, AT_ONCE = 80, 20
FPS, SSRC = 15, 4711


def pictures() -> list[bytes]:
    """VP8 by its first bytes: a key frame and what hangs on it; nobody here decodes."""
    key, more = bytes.fromhex("1002009d012a80026801"), bytes.fromhex("110200")
    return [key + os.urandom(4000), *(more + os.urandom(2000) for _ in range(14))]


async def connect(tool: Tool, path: str, peer: Peer, line: Line) -> None:
    reply = await tool.send("POST", path, offer(peer, [line]), SDP)
    assert reply.status == 201, reply.text
    await peer.connect(reply.text)


async def test_M9_eighty_viewers_share_one_account(tmp_path: Path) -> None:
    with HubProcess(tmp_path / "data") as process:
        async with aiohttp.ClientSession() as http:
            tool = Tool(http, process.url)
            await tool.login("officer", PASSWORD)
            session = f"/api/sessions/{await tool.start_session('gongan')}"
            camera, viewers = Peer(), [Peer() for _ in range(VIEWERS)]
            await connect(tool, f"{session}/whip", camera, Line("video", SSRC))
            sending = asyncio.create_task(Camera(camera, SSRC, pictures(), FPS).run())
            for first in range(0, VIEWERS, AT_ONCE):
                some = viewers[first : first + AT_ONCE]
                await asyncio.gather(*(connect(tool, f"{session}/whep", one, Line("video")) for one in some))
            async with asyncio.timeout(60):
                await asyncio.gather(*(viewer.seen(100) for viewer in viewers))
            sending.cancel()
            for peer in (camera, *viewers):
                peer.close()
    assert all(viewer.opened is not None and viewer.opened[0] >> 6 == 2 for viewer in viewers)
