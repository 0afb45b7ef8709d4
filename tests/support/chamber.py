"""A consultation on a live hub: pages that are in it, and aiortc clients that send whatever they like."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from hub.domain.session import Session, stream_of
from tests.support.live import LiveHub, Page, live_hub
from tests.support.rtc import CameraTrack, Client, Ledger, VoiceTrack

FOREVER_S = 600.0
LOUD = 45


class Chamber:
    """``pages`` by account; the account of a seat is named like it."""

    def __init__(self, hub: LiveHub, session_id: str, pages: dict[str, Page]) -> None:
        self.hub = hub
        self.session_id = session_id
        self.pages = pages
        self.clients: list[Client] = []

    @property
    def officer(self) -> Page:
        return self.pages["officer"]

    @property
    def state(self) -> Session:
        """As the officer's page has it."""
        return self.state_of("officer")

    def state_of(self, account: str) -> Session:
        state = self.pages[account].states[stream_of(self.session_id)]
        assert isinstance(state, Session)
        return state

    async def wish(self, account: str, name: str, **body: Any) -> dict[str, Any]:
        return await self.pages[account].wish(name, session_id=self.session_id, **body)

    async def send(self, account: str, *, voice: bool = True, camera: bool = True) -> Client:
        """A client that sends from now on, and knows nothing of what the chair has said."""
        client = Client()
        self.clients.append(client)
        tracks = [*([VoiceTrack(FOREVER_S)] if voice else []), *([CameraTrack()] if camera else [])]
        client.send(*tracks)
        offer = await client.offer()
        answer = await self.pages[account].ask(
            "media.publish", session_id=self.session_id, sdp=offer, sources={}
        )
        await client.accept(answer["sdp"])
        return client

    async def watch(self, account: str, *kinds: str) -> Client:
        client = Client()
        self.clients.append(client)
        client.receive(*kinds)
        offer = await client.offer()
        answer = await self.pages[account].ask("media.subscribe", session_id=self.session_id, sdp=offer)
        await client.accept(answer["sdp"])
        return client

    async def sound_of(self, venue: str) -> str:
        """Its microphone, as soon as every page knows of it."""

        def known() -> list[str]:
            sources = self.state.venues[venue].sources.values()
            return [one.source_id for one in sources if one.kind == "audio"]

        await self.officer.until(lambda: bool(known()))
        return known()[0]

    async def record(self, venue: str) -> Ledger:
        """Listens to the microphone as the recorder does."""
        self.hub.media.attach(await self.sound_of(venue), ledger := Ledger())
        return ledger

    def level(self, venue: str) -> int:
        """How loud the officer's page has heard it last; 127 is silence."""
        body = self.officer.last("levels") or {"levels": {}}
        level: int = body["levels"].get(venue, 127)
        return level


@asynccontextmanager
async def chamber(data: Path, seats: Sequence[str]) -> AsyncIterator[Chamber]:
    """The officer and ``seats`` are in."""
    async with live_hub(data) as hub:
        pages = {account: await hub.page(account) for account in ("officer", *seats)}
        started = await pages["officer"].wish(
            "session.start", title="防汛会商", kind="consultation", venues=list(seats)
        )
        found = Chamber(hub, started["session_id"], pages)
        for page in pages.values():
            await page.wish("session.join", session_id=found.session_id)
            await page.follow(stream_of(found.session_id))
        try:
            yield found
        finally:
            await asyncio.gather(*(client.close() for client in found.clients))
            await asyncio.gather(*(page.close() for page in pages.values()))
