"""What is being said when a session ends, or a venue leaves it, is in the log all the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from hub.domain.session import SessionEnded, VenueLeft, VenueSpoke, stream_of
from hub.domain.streams import LogEvent
from tests.support.live import LiveHub, Page, live_hub
from tests.support.rtc import Client, VoiceTrack

VOICE_S = 600.0  # longer than the test


class Talk(NamedTuple):
    """The officer, and a venue in the middle of a long sentence."""

    hub: LiveHub
    officer: Page
    venue: Page
    session_id: str

    async def log(self) -> list[LogEvent]:
        await self.hub.settled()
        return [recorded.event for recorded in await self.hub.log.read(stream_of(self.session_id))]

    def loud(self) -> int:
        """Fifths of a second in which the officer has heard it loud and clear."""
        heard = [body["levels"] for name, body in self.officer.pushes if name == "levels"]
        return sum(levels.get("gongan", 127) < 30 for levels in heard)


@asynccontextmanager
async def talking(data: Path) -> AsyncIterator[Talk]:
    async with live_hub(data) as hub:
        officer, venue, client = await hub.page("officer"), await hub.page("gongan"), Client()
        started = await officer.wish(
            "session.start", title="防汛会商", kind="consultation", venues=["gongan"]
        )
        talk = Talk(hub, officer, venue, started["session_id"])
        await officer.follow(stream_of(talk.session_id))
        await venue.wish("session.answer", session_id=talk.session_id)
        client.send(VoiceTrack(VOICE_S))
        offer = await client.offer()
        answer = await venue.ask("media.publish", session_id=talk.session_id, sdp=offer, sources={})
        await client.accept(answer["sdp"])
        await officer.until(lambda: talk.loud() >= 5)
        yield talk
        await client.close()
        await officer.close()
        await venue.close()


async def test_S8_what_is_being_said_is_noted_before_the_end(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.officer.wish("session.end", session_id=talk.session_id)
        events = await talk.log()
        (spoke,) = [event for event in events if isinstance(event, VenueSpoke)]
        assert spoke.venue == "gongan"
        assert spoke.to_ms - spoke.from_ms >= 300
        assert isinstance(events[-1], SessionEnded)


async def test_S11_what_a_venue_says_as_it_leaves_is_noted(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.venue.wish("session.leave", session_id=talk.session_id)
        kinds = [type(event) for event in await talk.log()]
        assert [kind for kind in kinds if kind in (VenueLeft, VenueSpoke)] == [VenueLeft, VenueSpoke]


async def test_P1_who_may_not_end_a_session_cuts_nobody_short(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        wish = {"op": "end", "session_id": talk.session_id, "reason": ""}
        refused = await talk.venue.client.call("session.end", wish)
        assert refused["error"]["code"] == "forbidden"
        assert not any(isinstance(event, VenueSpoke) for event in await talk.log())
