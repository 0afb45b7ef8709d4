"""Which streams somebody may follow."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from hub.errors import Refusal
from hub.live.rights import check_follow
from tests.support.desk import Desk, live_desk


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    async with live_desk() as running:
        yield running


@pytest.mark.parametrize(
    ("account", "may"),
    [("officer", True), ("yingji", True), ("hebi", False), ("reviewer", False), ("admin", False)],
)
async def test_P5_a_session_and_what_belongs_to_it_share_one_right(
    desk: Desk, account: str, may: bool
) -> None:
    session = await desk.session(await desk.consult("yingji"))
    who = await desk.actor(account)
    for stream in (
        f"session:{session.session_id}",
        f"board:{session.board_id}",
        f"recording:{session.recording_id}",
    ):
        if may:
            await check_follow(desk.streams, stream, who)
        else:
            with pytest.raises(Refusal, match=r"session\.foreign"):
                await check_follow(desk.streams, stream, who)


async def test_a_seat_that_is_called_later_may_follow_from_then_on(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    hebi = await desk.actor("hebi")
    with pytest.raises(Refusal, match=r"session\.foreign"):
        await check_follow(desk.streams, f"session:{session_id}", hebi)
    await desk.sessions.call(session_id, ["hebi"], await desk.actor("officer"), None)
    await check_follow(desk.streams, f"session:{session_id}", hebi)


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        ("session:s-0", r"session\.unknown"),
        ("board:b-0", r"incident\.unknown"),
        ("incident:i-0", r"incident\.unknown"),
        ("recording:r-0", r"recording\.unknown"),
        ("moon:m-0", "not_found"),
        ("session:", "not_found"),
        ("session", "not_found"),
        ("organisation:x", "not_found"),
    ],
)
async def test_what_is_not_there_has_its_own_code(desk: Desk, stream: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        await check_follow(desk.streams, stream, await desk.actor("officer"))


async def test_everybody_may_follow_the_organisation(desk: Desk) -> None:
    for account in ("officer", "yingji", "reviewer", "admin"):
        await check_follow(desk.streams, "organisation", await desk.actor(account))
