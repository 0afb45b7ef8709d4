"""Who is at which item: told to those who see the item, and forgotten when the page leaves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from hub.domain.deadline import EventLevel
from hub.domain.item import AddItem
from hub.domain.kindparts import BoardKind
from hub.domain.workspace import Header, Status, stream_of
from hub.live.boards import edit, units_of
from hub.live.incidents import Incidents
from hub.live.touches import Touches
from signaling.incident_vocabulary import IncidentOpen
from tests.support.desk import Desk, Reader, live_desk


class Scene:
    """An incident of three units, with an instruction to Zhengzhou and a fact that everybody knows."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.touches = Touches(desk.clock, desk.streams, desk.delivery)
        self.stream = ""

    async def set(self) -> None:
        officer = await self.desk.actor("officer")
        wish = IncidentOpen(
            op="o-1",
            header=Header(title="强降雨防汛"),
            level=EventLevel.II,
            status=Status.ACTIVE,
            units=["yingji", "zhengzhou", "kaifeng"],
        )
        incident_id = await Incidents(self.desk.clock, self.desk.streams).open(wish, officer)
        self.stream = stream_of(incident_id)
        asked = AddItem(
            board_id=BoardKind.INSTRUCTION,
            item_id="i-asked",
            fields={"text": "转移京广隧道周边群众"},
            units=await units_of(self.desk.streams, ["zhengzhou", "kaifeng"]),
        )
        known = AddItem(board_id=BoardKind.SITUATION, item_id="i-known", fields={"text": "降雨持续"})
        for command in (asked, known):
            await edit(self.desk.streams, self.stream, command, officer, None)

    async def page(self, account: str) -> Reader:
        page = await self.desk.reader(account)
        await page.follow(self.stream)
        self.touch(page, None)
        page.read()
        return page

    def touch(self, page: Reader, item_id: str | None, *, editing: bool = False) -> None:
        self.touches.touch(self.stream, page.page, page.who, item_id, editing=editing)


def said(page: Reader) -> list[dict[str, list[tuple[Any, Any]]]]:
    """What a page has heard of: for each item who is at it, and whether writing."""
    return [
        {
            item: [(touch["seat"], touch["editing"]) for touch in touches]
            for item, touches in body["items"].items()
        }
        for name, body in page.read()
        if name == "touching"
    ]


@pytest_asyncio.fixture
async def scene() -> AsyncIterator[Scene]:
    async with live_desk() as desk:
        scene = Scene(desk)
        await scene.set()
        yield scene


async def test_B15_who_looks_at_an_item_is_told_to_those_who_see_it(scene: Scene) -> None:
    officer, city, other = [await scene.page(one) for one in ("officer", "zhengzhou", "kaifeng")]
    scene.touch(officer, "i-asked", editing=True)
    office = officer.who.seat
    assert said(city) == said(other) == [{"i-asked": [(office, True)]}]
    scene.touch(officer, "i-known")
    assert said(city) == [{"i-asked": [], "i-known": [(office, False)]}]
    scene.touches.leave(officer.page)
    assert said(city) == [{"i-known": []}]


async def test_B15_a_unit_does_not_learn_from_it_who_else_is_asked(scene: Scene) -> None:
    officer, city, other, stranger = [
        await scene.page(one) for one in ("officer", "zhengzhou", "kaifeng", "yingji")
    ]
    scene.touch(city, "i-asked")
    assert said(officer)[-1] == {"i-asked": [("zhengzhou", False)]}
    assert said(city)[-1] == {"i-asked": [("zhengzhou", False)]}
    assert said(other) == [{"i-asked": []}]
    assert said(stranger) == []


async def test_B15_a_page_that_comes_hears_who_is_there_already(scene: Scene) -> None:
    officer = await scene.page("officer")
    scene.touch(officer, "i-known")
    city = await scene.desk.reader("zhengzhou")
    await city.follow(scene.stream)
    scene.touch(city, None)
    assert said(city) == [{"i-known": [(officer.who.seat, False)]}]


async def test_B15_a_person_at_two_pages_is_there_once(scene: Scene) -> None:
    officer, again, city = [await scene.page(one) for one in ("officer", "officer", "zhengzhou")]
    scene.touch(officer, "i-known")
    scene.touch(again, "i-known", editing=True)
    assert said(city)[-1] == {"i-known": [(officer.who.seat, True)]}
    scene.touches.leave(again.page, scene.stream)
    assert said(city)[-1] == {"i-known": [(officer.who.seat, False)]}
