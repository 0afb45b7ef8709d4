"""What pages ask of media over the line: views, presenting, muting, and who is told how good a line is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from signaling.media_vocabulary import LineState
from tests.support.live import LiveHub, Page, Refused, live_hub
from tests.support.rtc import Client


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[LiveHub]:
    async with live_hub(tmp_path) as running:
        yield running


async def meeting(hub: LiveHub, *seats: str) -> tuple[str, list[Page]]:
    """A session that the duty officer and ``seats`` are in; their pages, the officer's first."""
    pages = [await hub.page(account) for account in ("officer", *seats)]
    started = await pages[0].wish("session.start", title="防汛会商", kind="consultation", venues=list(seats))
    session_id: str = started["session_id"]
    for page in pages:
        await page.wish("session.join", session_id=session_id)
        await page.follow(f"session:{session_id}")
    return session_id, pages


async def watch(page: Page, session_id: str) -> tuple[Client, str]:
    client = Client()
    client.receive("video", "video")
    answer = await page.ask("media.subscribe", session_id=session_id, sdp=await client.offer(), content="1")
    return client, answer["resource"]


async def close(pages: list[Page], *clients: Client) -> None:
    await asyncio.gather(*(client.close() for client in clients))
    await asyncio.gather(*(page.close() for page in pages))


async def test_M36_a_page_steers_its_own_slots_and_nobody_elses(hub: LiveHub) -> None:
    session_id, pages = await meeting(hub, "yingji", "zhengzhou")
    officer, yingji, _ = pages
    client, resource = await watch(yingji, session_id)

    async def view(page: Page, **slot: Any) -> None:
        await page.ask("media.view", resource=resource, slots=[{"mid": "0", **slot}])

    await view(yingji, venue="zhengzhou", width=640)
    for page, slot, code in (
        (officer, {"width": 640}, "media.unknown_resource"),
        (yingji, {"venue": "hebi", "width": 640}, "session.unknown_venue"),
        (yingji, {"width": -1}, "bad_request"),
        (yingji, {"mid": "9"}, "bad_request"),
    ):
        with pytest.raises(Refused, match=code):
            await view(page, **slot)
    await close(pages, client)


async def test_S12_of_two_that_present_at_once_one_does(hub: LiveHub) -> None:
    session_id, pages = await meeting(hub, "yingji", "zhengzhou")
    officer, *seats = pages
    wishes = [page.wish("session.present", session_id=session_id) for page in seats]
    answers = await asyncio.gather(*wishes, return_exceptions=True)
    refused = [one for one in answers if isinstance(one, Refused)]
    assert [one.code for one in refused] == ["session.presenting"]
    stream = f"session:{session_id}"
    presenter = refused[0].detail["venue"]
    await officer.until(lambda: officer.states[stream].presenter == presenter)  # type: ignore[union-attr]
    await officer.wish("session.unpresent", session_id=session_id)
    await officer.until(lambda: officer.states[stream].presenter is None)  # type: ignore[union-attr]
    await close(pages)


async def test_S14_only_the_chairs_office_closes_a_microphone(hub: LiveHub) -> None:
    session_id, pages = await meeting(hub, "yingji", "zhengzhou")
    officer, yingji, _ = pages
    mute = {"session_id": session_id, "venue": "zhengzhou", "muted": True}
    with pytest.raises(Refused, match="forbidden"):
        await yingji.wish("session.mute", **mute)
    await officer.wish("session.mute", **mute)
    stream = f"session:{session_id}"
    await yingji.until(lambda: yingji.states[stream].venues["zhengzhou"].muted)  # type: ignore[union-attr]
    await close(pages)


async def test_S15_only_the_chairs_office_closes_all_microphones(hub: LiveHub) -> None:
    session_id, pages = await meeting(hub, "yingji", "zhengzhou")
    officer, yingji, _ = pages
    with pytest.raises(Refused, match="forbidden"):
        await yingji.wish("session.mute_all", session_id=session_id, muted=True)
    stream = f"session:{session_id}"
    for muted in (True, False):
        await officer.wish("session.mute_all", session_id=session_id, muted=muted)
        await yingji.until(
            lambda muted=muted: (
                [  # type: ignore[misc]
                    venue.muted
                    for key, venue in yingji.states[stream].venues.items()  # type: ignore[union-attr]
                    if key in ("yingji", "zhengzhou")
                ]
                == [muted, muted]
            )
        )
    await close(pages)


async def test_M38_figures_of_lines_are_for_officers_and_their_state_for_all(hub: LiveHub) -> None:
    session_id, pages = await meeting(hub, "yingji")
    officer, yingji = pages
    client = Client()
    client.send_camera_and_microphone()
    offer = await client.offer()
    answer = await yingji.ask("media.publish", session_id=session_id, sdp=offer, sources={})
    await client.accept(answer["sdp"])

    def line(page: Page) -> dict[str, Any]:
        found: dict[str, Any] = (page.last("media.lines") or {"venues": {}})["venues"].get("yingji", {})
        return found

    def states(page: Page) -> set[str]:
        told = [body["venues"] for name, body in page.pushes if name == "media.lines"]
        return {venues["yingji"]["state"] for venues in told if "yingji" in venues}

    await officer.until(lambda: line(officer).get("up") is not None)
    await yingji.until(lambda: bool(line(yingji)))
    # On a busy machine it may become worse meanwhile, and each hears of that on a line of its own.
    await officer.until(lambda: states(officer) >= states(yingji))
    assert states(yingji) <= set(LineState)
    assert (line(yingji).get("up"), line(yingji).get("down")) == (None, None)
    await close(pages, client)
