"""However much is going on, a hub that is told to stop is gone in seconds; every venue keeps its place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import msgspec
import pytest

from hub.domain.call import VenueState
from hub.domain.session import Session
from tests.support.hub_process import PASSWORD, HubProcess
from tests.support.live import Page
from tests.support.rtc import Client
from tests.support.whip import Tool

VENUES = ("gongan", "jiaotong")
KNOCK = (
    b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
HALF_A_LOGIN = b"POST /api/login HTTP/1.1\r\nHost: hub\r\nContent-Length: 100\r\n\r\n{"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    with HubProcess(tmp_path / "data", HUISHANG_RECORDING_MIN_FREE_BYTES="0") as process:
        yield process


class Floor:
    """Accounts that log in, pages that sit in the session, and their media; all closed with the floor."""

    def __init__(self, hub: HubProcess, http: aiohttp.ClientSession, stack: AsyncExitStack) -> None:
        self._hub = hub
        self._http = http
        self._stack = stack

    async def tool(self, account: str) -> Tool:
        tool = Tool(self._http, self._hub.url)
        await tool.login(account, PASSWORD)
        return tool

    async def sit(self, account: str, session_id: str) -> Page:
        """A page in its place, sending and receiving."""
        page = Page(self._hub.url, {"token": (await self.tool(account)).token, "page": account})
        await page.connect()
        self._stack.push_async_callback(page.client.shutdown)
        await page.wish("session.join", session_id=session_id)
        await page.follow(f"session:{session_id}")
        sender = self._client()
        sender.send_camera_and_microphone()
        offer = await sender.offer()
        sources = {"0": "microphone", "1": "camera"}
        answer = await page.ask("media.publish", session_id=session_id, sdp=offer, sources=sources)
        await sender.accept(answer["sdp"])
        await sender.connected()
        viewer = self._client()
        viewer.receive("audio", "video", "video", "video")
        answer = await page.ask("media.subscribe", session_id=session_id, sdp=await viewer.offer())
        await viewer.accept(answer["sdp"])
        await viewer.connected()
        return page

    async def send_by_whip(self, account: str, session_id: str) -> None:
        client = self._client()
        client.send_camera_and_microphone()
        await (await self.tool(account)).connect(client, f"/api/sessions/{session_id}/whip")
        await client.connected()

    async def dawdle(self, first_words: bytes) -> None:
        """Somebody who begins to ask and says no more."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._hub.port)
        self._stack.callback(writer.close)
        writer.write(first_words)
        if first_words is KNOCK:
            assert b"101" in await reader.readline()

    def _client(self) -> Client:
        client = Client()
        self._stack.push_async_callback(client.close)
        return client


@pytest.fixture
async def floor(hub: HubProcess) -> AsyncIterator[Floor]:
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession())
        yield Floor(hub, http, stack)


async def test_J4_a_hub_full_of_pages_and_media_stops_and_everybody_keeps_the_place(
    hub: HubProcess, floor: Floor
) -> None:
    session_id = await (await floor.tool("officer")).start_session(*VENUES, "yingji")
    pages = [await floor.sit(account, session_id) for account in ("officer", *VENUES)]
    await floor.send_by_whip("yingji", session_id)
    pages[0].stop_reading()
    await floor.dawdle(KNOCK)
    await floor.dawdle(HALF_A_LOGIN)
    process = hub.process
    assert process is not None
    await asyncio.to_thread(hub.stop)
    assert process.exitcode == 0, hub.log()  # it had no need of its last resort (hub.__main__.STOP_S)
    for trouble in ("Traceback", "did not stop", "ERROR"):
        assert trouble not in hub.log()
    hub.start()
    state = await (await floor.tool("officer")).send("GET", f"/api/sessions/{session_id}")
    venues = msgspec.json.decode(state.text, type=Session).venues
    assert {venue.state for venue in venues.values()} == {VenueState.RECONNECTING}
    assert {len(venue.sources) for venue in venues.values()} == {0}
