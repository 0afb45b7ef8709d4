"""The same over real sockets: seeded edits, lines cut without a word, pages that come back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest
import socketio

from hub.domain.item import ItemAdded
from hub.domain.reach import workspace_for
from hub.domain.workspace import Workspace
from tests.convergence.edits import EXPECTED, Edit, random_edit
from tests.support.asking import boards_of, written
from tests.support.live import LiveHub, Page, Refused, actor, live_hub

SEATS = {"officer": "office", "yingji": "yingji", "zhengzhou": "zhengzhou"}
STEPS = 40


async def send(page: Page, stream: str, edit: Edit, op: str) -> bool:
    try:
        await page.wish(edit.name, op=op, stream=stream, **edit.body)
    except Refused as refused:
        if refused.code not in EXPECTED:
            raise
        return False
    return True


async def write_at_random(page: Page, account: str, stream: str, random: Random) -> set[str]:
    """What this page has added; an edit that was under way when the line broke is sent again."""
    added = set[str]()
    for step in range(STEPS):
        workspace = page.states[stream]
        assert isinstance(workspace, Workspace)
        edit = random_edit(random, workspace, SEATS[account], account == "officer")
        op = f"{account}-{step}"
        under_way = asyncio.ensure_future(send(page, stream, edit, op))
        if random.random() < 0.12:
            for _ in range(random.randrange(4)):
                await asyncio.sleep(0)
            await page.cut()
            under_way.cancel()
            await asyncio.gather(under_way, return_exceptions=True)
            await page.back()
            done = await send(page, stream, edit, op)
        else:
            done = await under_way
        if done and edit.name == "item.add":
            added.add(edit.body["item_id"])
    return added


async def boards_in_session(hub: LiveHub, officer: Page) -> str:
    started = await officer.wish("session.start", title="收敛", kind="drill", venues=["yingji", "zhengzhou"])
    session, _ = await hub.streams.state(f"session:{started['session_id']}")
    return boards_of(session)


@pytest.mark.parametrize("seed", [1, 20_250_720])
async def test_J1_J3_pages_converge_over_broken_lines(tmp_path: Path, seed: int) -> None:
    async with live_hub(tmp_path) as hub:
        pages = {account: await hub.page(account) for account in SEATS}
        stream = await boards_in_session(hub, pages["officer"])
        for page in pages.values():
            await page.follow(stream)
        added = await asyncio.gather(
            *(
                write_at_random(page, account, stream, Random(f"{seed}/{account}"))
                for account, page in pages.items()
            )
        )
        truth, seq = await hub.streams.state(stream)
        assert isinstance(truth, Workspace)
        for account, page in pages.items():
            await page.until(lambda page=page: page.seqs[stream] == seq)  # type: ignore[misc]
            assert page.states[stream] == workspace_for(truth, await actor(hub.streams, account))
            await page.close()
        recorded = await hub.log.read(stream)
        in_log = [each.event.item_id for each in recorded if isinstance(each.event, ItemAdded)]
        assert len(in_log) == len(set(in_log)), "nothing twice"
        assert set(in_log) == set().union(*added), "nothing missing"


async def test_J3_an_answer_that_was_lost_is_asked_for_again(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as hub:
        page = await hub.page("officer")
        stream = await boards_in_session(hub, page)
        _, opened = await hub.streams.state(stream)
        body = {**written(stream, "i-1", "水位上涨"), "op": "o-1"}
        await page.client.emit("item.add", body)
        await page.cut()
        await page.back()
        assert (await page.wish("item.add", **body))["seq"] == opened + 1
        await hub.restart()
        again = await hub.page("officer")
        assert (await again.wish("item.add", **body))["seq"] == opened + 1
        state, _ = await hub.streams.state(stream)
        assert isinstance(state, Workspace)
        assert list(state.items) == ["i-1"]
        with pytest.raises(socketio.exceptions.BadNamespaceError):
            await page.ask("ping")
        await again.close()
