"""The same over real sockets: the chair's desk and those who answer it, lines cut without a word."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest

from hub.domain.session import Session, stream_of
from signaling.throttle import LIMITS, Limit
from tests.convergence.wishes import REFUSED, Wish, random_wish
from tests.support.live import Page, Refused, live_hub

SEATS = {"officer": "office", "yingji": "yingji", "zhengzhou": "zhengzhou", "kaifeng": "kaifeng"}
STEPS = 40


async def send(page: Page, session_id: str, wish: Wish, op: str) -> None:
    try:
        await page.wish(wish.name, op=op, session_id=session_id, **wish.body)
    except Refused as refused:
        if refused.code not in REFUSED:
            raise


async def take_part(page: Page, account: str, session_id: str, random: Random) -> int:
    """Wish at random; one that was under way when the line broke is sent again. How often it broke."""
    cuts = 0
    for step in range(STEPS):
        session = page.states[stream_of(session_id)]
        assert isinstance(session, Session)
        wish = random_wish(random, session, SEATS[account], account == "officer")
        op = f"{account}-{step}"
        under_way = asyncio.ensure_future(send(page, session_id, wish, op))
        if random.random() >= 0.12:
            await under_way
            continue
        cuts += 1
        for _ in range(random.randrange(4)):
            await asyncio.sleep(0)
        await page.cut()
        under_way.cancel()
        await asyncio.gather(under_way, return_exceptions=True)
        await page.back()
        await page.wish("session.join", session_id=session_id)
        await send(page, session_id, wish, op)
    return cuts


@pytest.fixture(autouse=True)
def nobody_asks_too_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quick machine makes more wishes in a second than people do."""
    for kind in LIMITS:
        monkeypatch.setitem(LIMITS, kind, Limit(1000, 1000))


@pytest.mark.parametrize("seed", [1, 20_260_720])
async def test_J1_J3_screens_converge_over_broken_lines(tmp_path: Path, seed: int) -> None:
    async with live_hub(tmp_path) as hub:
        pages = {account: await hub.page(account) for account in SEATS}
        started = await pages["officer"].wish(
            "session.start", title="收敛", kind="drill", venues=["yingji", "zhengzhou", "kaifeng"]
        )
        session_id: str = started["session_id"]
        stream = stream_of(session_id)
        for page in pages.values():
            await page.wish("session.join", session_id=session_id)
            await page.follow(stream)
        cuts = await asyncio.gather(
            *(
                take_part(page, account, session_id, Random(f"{seed}/{account}"))
                for account, page in pages.items()
            )
        )
        assert sum(cuts) > len(pages)
        await pages["officer"].wish("chair.take", session_id=session_id)
        await pages["officer"].wish("session.end", session_id=session_id)  # no timer moves it any more
        await hub.settled()
        truth, seq = await hub.streams.state(stream)
        for page in pages.values():
            await page.until(lambda page=page: page.seqs[stream] == seq)  # type: ignore[misc]
            assert page.states[stream] == truth
            await page.close()
