"""The same over real sockets: seeded edits, lines cut without a word, pages that come back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest
import socketio

from hub.domain.board import Board, ItemAdded
from tests.convergence.edits import EXPECTED, Edit, random_edit
from tests.support.live import LiveHub, Page, Refused, live_hub

SEATS = {"officer": "office", "yingji": "yingji", "zhengzhou": "zhengzhou"}
STEPS = 40


async def send(page: Page, board_id: str, edit: Edit, op: str) -> bool:
    try:
        await page.wish(edit.name, op=op, board_id=board_id, **edit.body)
    except Refused as refused:
        if refused.code not in EXPECTED:
            raise
        return False
    return True


async def write_at_random(page: Page, account: str, board_id: str, random: Random) -> set[str]:
    """What this page has added; an edit that was under way when the line broke is sent again."""
    stream, added = f"board:{board_id}", set[str]()
    for step in range(STEPS):
        board = page.states[stream]
        assert isinstance(board, Board)
        edit = random_edit(random, board, SEATS[account], account == "officer")
        op = f"{account}-{step}"
        under_way = asyncio.ensure_future(send(page, board_id, edit, op))
        if random.random() < 0.12:
            for _ in range(random.randrange(4)):
                await asyncio.sleep(0)
            await page.cut()
            under_way.cancel()
            await asyncio.gather(under_way, return_exceptions=True)
            await page.back()
            done = await send(page, board_id, edit, op)
        else:
            done = await under_way
        if done and edit.name == "board.add":
            added.add(edit.body["item_id"])
    return added


async def board_in_session(hub: LiveHub, officer: Page) -> str:
    started = await officer.wish("session.start", title="收敛", kind="drill", venues=["yingji", "zhengzhou"])
    session, _ = await hub.streams.state(f"session:{started['session_id']}")
    board_id: str = session.board_id  # type: ignore[union-attr]
    return board_id


@pytest.mark.parametrize("seed", [1, 20_250_720])
async def test_J1_J3_pages_converge_over_broken_lines(tmp_path: Path, seed: int) -> None:
    async with live_hub(tmp_path) as hub:
        pages = {account: await hub.page(account) for account in SEATS}
        board_id = await board_in_session(hub, pages["officer"])
        stream = f"board:{board_id}"
        for page in pages.values():
            await page.follow(stream)
        added = await asyncio.gather(
            *(
                write_at_random(page, account, board_id, Random(f"{seed}/{account}"))
                for account, page in pages.items()
            )
        )
        truth, seq = await hub.streams.state(stream)
        for page in pages.values():
            await page.until(lambda page=page: page.seqs[stream] == seq)  # type: ignore[misc]
            assert page.states[stream] == truth
            await page.close()
        recorded = await hub.log.read(stream)
        in_log = [each.event.item_id for each in recorded if isinstance(each.event, ItemAdded)]
        assert len(in_log) == len(set(in_log)), "nothing twice"
        assert set(in_log) == set().union(*added), "nothing missing"


async def test_J3_an_answer_that_was_lost_is_asked_for_again(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as hub:
        page = await hub.page("officer")
        board_id = await board_in_session(hub, page)
        body = {"board_id": board_id, "item_id": "i-1", "text": "水位上涨", "op": "o-1"}
        await page.client.emit("board.add", body)
        await page.cut()
        await page.back()
        assert (await page.wish("board.add", **body))["seq"] == 2
        await hub.restart()
        again = await hub.page("officer")
        assert (await again.wish("board.add", **body))["seq"] == 2
        state, _ = await hub.streams.state(f"board:{board_id}")
        assert isinstance(state, Board)
        assert list(state.items) == ["i-1"]
        with pytest.raises(socketio.exceptions.BadNamespaceError):
            await page.ask("ping")
        await again.close()
