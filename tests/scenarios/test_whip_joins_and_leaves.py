"""A venue that only has a WHIP client joins with it, and leaves or is cut off with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from hub.domain.call import VenueState
from hub.domain.session import Session
from hub.media.transport.ice import DEAD_AFTER_S
from tests.support.hub_process import PASSWORD, HubProcess
from tests.support.live import Page
from tests.support.rtc import Client, stage
from tests.support.whip import SDP, Tool


@asynccontextmanager
async def watching(hub: HubProcess) -> AsyncIterator[tuple[Tool, Page, str]]:
    """A department's tool, and the officer's page that sees what it does to the session."""
    async with aiohttp.ClientSession() as http:
        officer, gongan = Tool(http, hub.url), Tool(http, hub.url)
        await officer.login("officer", PASSWORD)
        await gongan.login("gongan", PASSWORD)
        session = await officer.start_session("gongan")
        page = Page(hub.url, {"token": officer.token, "page": None})
        await page.connect()
        await page.follow(f"session:{session}")
        yield gongan, page, session
        await page.close()


def state_of(page: Page, session: str) -> Session:
    found = page.states[f"session:{session}"]
    assert isinstance(found, Session)
    return found


async def test_J10_a_whip_client_brings_its_venue_in_and_out(tmp_path: Path) -> None:
    with HubProcess(tmp_path / "data") as hub:
        async with watching(hub) as (tool, page, session):

            def venue() -> VenueState:
                return state_of(page, session).venues["gongan"].state

            camera = Client()
            camera.send_camera_and_microphone()
            created = await tool.connect(camera, f"/api/sessions/{session}/whip")
            await page.until(lambda: venue() is VenueState.JOINED)
            await page.until(lambda: len(state_of(page, session).venues["gongan"].sources) == 2)
            await tool.send("DELETE", created.headers["Location"])
            await page.until(lambda: venue() is VenueState.LEFT)
            assert state_of(page, session).venues["gongan"].sources == {}
            await camera.close()


async def test_J10_a_client_that_is_refused_leaves_no_trace(tmp_path: Path) -> None:
    with HubProcess(tmp_path / "data", HUISHANG_LIMITS_MEDIA_CONNECTIONS="1") as hub:
        async with watching(hub) as (tool, page, session):
            screen, camera = Client(), Client()
            screen.receive("audio", "video")
            camera.send_camera_and_microphone()
            watched = await tool.connect(screen, f"/api/sessions/{session}/whep")
            for offer, code in ((await camera.offer(), "media.too_many"), ("no offer", "media.bad_sdp")):
                refused = await tool.send("POST", f"/api/sessions/{session}/whip", offer, SDP)
                assert refused.code == code
            await tool.send("DELETE", watched.headers["Location"])
            await tool.connect(camera, f"/api/sessions/{session}/whip")
            await page.until(lambda: state_of(page, session).venues["gongan"].state is VenueState.JOINED)
            assert len(state_of(page, session).venues["gongan"].attendance) == 1
            for client in (camera, screen):
                await client.close()


class Shifted:
    """The real clock, with hours that can be skipped."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def now(self) -> float:
        return asyncio.get_running_loop().time() + self.ahead_s

    def wall_ms(self) -> int:
        return self.wall_ms_at(self.now())

    def wall_ms_at(self, now: float) -> int:
        return round(now * 1000)


async def test_M7_a_client_that_falls_silent_is_lost() -> None:
    clock = Shifted()
    async with stage(clock=clock) as on:
        sender = await on.publish("zhengzhou")
        await on.ear.until(lambda: len(on.ear.started) == 2)
        clock.ahead_s = DEAD_AFTER_S + 1
        await on.ear.until(lambda: (on.resource(sender), False, "lost") in on.ear.changes)
        assert len(on.ear.ended) == 2


async def test_M7_an_answer_nobody_follows_is_forgotten() -> None:
    clock = Shifted()
    async with stage(clock=clock) as on:
        client = on.stranger()
        client.send_camera_and_microphone()
        await on.plane.publish("s-test", "zhengzhou", await client.offer(), {}, owner="page")
        clock.ahead_s = 31.0
        await on.ear.until(lambda: [reason for _, _, reason in on.ear.changes] == ["failed"])
        assert on.plane.connections == 0
