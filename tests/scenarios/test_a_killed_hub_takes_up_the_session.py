"""kill -9 amid a session: chair, queue, turn, pictures and roll call are as they were, and go on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from hub.domain.call import VenueState
from hub.domain.rollcall import RollResult
from hub.domain.session import Session
from tests.support.hub_process import PASSWORD, HubProcess
from tests.support.live import Page

ACCOUNTS = ("officer", "yingji", "zhengzhou", "kaifeng")
WITHIN_S = 3.0
INTERVAL_S = 5


async def page_of(hub: HubProcess, account: str) -> Page:
    body = {"account": account, "password": PASSWORD}
    async with aiohttp.ClientSession() as http, http.post(f"{hub.url}/api/login", json=body) as answer:
        token = (await answer.json())["token"]
    page = Page(hub.url, {"token": token, "page": f"page-{account}"})
    await page.connect()
    return page


@asynccontextmanager
async def busy(hub: HubProcess, answer_s: int) -> AsyncIterator[tuple[dict[str, Page], str]]:
    """Something of everything runs; the chair is a branch venue's."""
    pages = {account: await page_of(hub, account) for account in ACCOUNTS}
    started = await pages["officer"].wish(
        "session.start", title="防汛会商", kind="consultation", venues=list(ACCOUNTS[1:])
    )
    session_id: str = started["session_id"]

    async def wish(account: str, name: str, **body: Any) -> None:
        await pages[account].wish(name, session_id=session_id, **body)

    for account, page in pages.items():
        await wish(account, "session.join")
        await page.follow(f"session:{session_id}")
    await wish("officer", "floor.mode", mode="request")
    await wish("officer", "session.lock", locked=True)
    await wish("officer", "chair.transfer", venue="yingji")
    for account in ("kaifeng", "zhengzhou", "officer"):
        await wish(account, "floor.request")
    await wish("yingji", "floor.name", venue="kaifeng")
    await wish("zhengzhou", "chair.request")
    await wish("yingji", "picture.broadcast", venue="office")
    around = ["office", "zhengzhou"]
    await wish("yingji", "picture.carousel", kind="broadcast", venues=around, interval_s=INTERVAL_S)
    await wish("yingji", "rollcall.start", venues=["zhengzhou", "kaifeng"], answer_s=answer_s)
    yield pages, session_id
    await asyncio.gather(*(page.close() for page in pages.values()))


def steered(session: Session) -> tuple[object, ...]:
    """All that must be as it was; the carousel may have turned meanwhile."""
    carousel = session.picture.carousel
    assert carousel is not None
    return (
        *(session.chair, session.chair_since_ms, session.chair_requests, session.locked, session.floor),
        *(session.picture.broadcast, carousel.venues, carousel.interval_s, carousel.paused),
        session.rollcalls,
    )


async def test_J4_all_is_as_it_was_and_goes_on_by_itself(tmp_path: Path) -> None:
    began_s = time.monotonic()
    with HubProcess(tmp_path / "data") as hub:
        # The first that is asked is still asked when the hub is back, however slow this machine is.
        answer_s = 6 + 2 * round(time.monotonic() - began_s)
        async with busy(hub, answer_s) as (pages, session_id):
            stream = f"session:{session_id}"

            def state(account: str = "officer") -> Session:
                found = pages[account].states[stream]
                assert isinstance(found, Session)
                return found

            def are_back() -> bool:
                venues = state().venues.values()
                return all(venue.state is VenueState.JOINED for venue in venues)

            before = steered(state())
            assert [one.venue for one in state().floor.queue] == ["zhengzhou", "office"]
            hub.kill()
            await asyncio.gather(*(page.client.wait() for page in pages.values()))
            hub.start()
            ready_s = time.monotonic()
            for page in pages.values():
                await page.back()
                await page.wish("session.join", session_id=session_id)
            await pages["officer"].until(are_back)
            took_s = time.monotonic() - ready_s
            assert steered(state()) == before
            assert took_s < WITHIN_S

            roll = state().rollcalls[-1]
            assert roll.asked == "zhengzhou"
            shown = state().picture.carousel.shown  # type: ignore[union-attr]
            await pages["officer"].until(lambda: state().picture.carousel.shown != shown)  # type: ignore[union-attr]
            await pages["officer"].until(lambda: state().rollcalls[-1].asked == "kaifeng", 2 * answer_s)
            assert state().rollcalls[-1].rows[0].result is RollResult.NO_ANSWER
            await pages["kaifeng"].wish("rollcall.answer", session_id=session_id)
            await pages["officer"].until(lambda: state().rollcalls[-1].ended_ms is not None)
            for account, page in pages.items():
                await page.until(lambda account=account: state(account) == state())  # type: ignore[misc]
