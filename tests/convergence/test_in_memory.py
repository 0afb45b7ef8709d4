"""Any number of pages, any edits, any cuts: in the end every page has its part of the hub's boards."""

from __future__ import annotations

import asyncio
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hub.domain.event import Role
from hub.domain.item import ItemAdded
from hub.domain.reach import workspace_for
from hub.domain.workspace import Nature, Workspace, stream_of
from hub.errors import Refusal
from hub.live.boards import units_of
from signaling.handlers import HANDLERS
from signaling.schema import check
from tests.convergence.edits import EXPECTED, Edit, random_edit
from tests.support.desk import Desk, Reader, live_desk
from tests.support.factories import open_workspace

ACCOUNTS = ("officer", "yingji", "zhengzhou", "officer", "yingji")


class Writer:
    """A page that writes at random; an edit whose answer was lost is sent again with the same ``op``."""

    def __init__(self, desk: Desk, reader: Reader, stream: str, random: Random) -> None:
        self.hub = desk.services()
        self.reader = reader
        self.stream = stream
        self.random = random
        self.connected = True
        self.unanswered: list[tuple[Edit, str]] = []
        self.written = 0
        self.added: set[str] = set()

    async def act(self) -> None:
        """One step: write, lose the line, come back, or only read."""
        dice = self.random.random()
        if not self.connected:
            if dice < 0.4:
                await self.come_back()
        elif dice < 0.15:
            self.cut()
        elif dice < 0.8:
            await self.write()
        else:
            self.reader.read()

    def cut(self) -> None:
        self.connected = False
        self.reader.cut()

    async def write(self) -> None:
        workspace, who = self.reader.states[self.stream], self.reader.who
        assert isinstance(workspace, Workspace)
        edit = random_edit(self.random, workspace, who.seat or "", who.role is Role.OFFICER)
        op = f"{self.reader.page}/{self.written}"
        self.written += 1
        done = await self.send(edit, op)
        if self.random.random() < 0.15:  # it happened, but the line broke before the answer was there
            self.unanswered.append((edit, op))
            self.cut()
        if done and edit.name == "item.add":
            self.added.add(edit.body["item_id"])

    async def send(self, edit: Edit, op: str) -> bool:
        request = check(edit.name, [{**edit.body, "op": op, "stream": self.stream}], 100)
        try:
            await HANDLERS[edit.name](self.hub, self.reader.line, request)
        except Refusal as refusal:
            if refusal.code not in EXPECTED:
                raise
            return False
        return True

    async def come_back(self) -> None:
        self.connected = True
        self.reader.connect()
        await self.reader.follow(self.stream)
        pending, self.unanswered = self.unanswered, []
        for edit, op in pending:
            await self.send(edit, op)


async def workspace_in(desk: Desk, nature: Nature) -> str:
    """A session's own boards, or those of an incident in which a department and a city take part."""
    if nature is Nature.SESSION:
        return (await desk.session(await desk.consult("yingji", "zhengzhou"))).boards
    units = await units_of(desk.streams, ("yingji", "zhengzhou"))
    opening = replace(open_workspace(nature=nature), units=units)
    await desk.streams.execute(stream_of("i-1"), opening, await desk.actor("officer"))
    return stream_of("i-1")


async def converge(seed: int, rounds: int, nature: Nature) -> None:
    random = Random(seed)
    async with live_desk() as desk:
        stream = await workspace_in(desk, nature)
        writers = []
        for number, account in enumerate(ACCOUNTS):
            reader = await desk.reader(account, f"{account}/{number}")
            await reader.follow(stream)
            writers.append(Writer(desk, reader, stream, Random(random.random())))
        for _ in range(rounds):
            await asyncio.gather(*(writer.act() for writer in random.sample(writers, 3)))
        for writer in writers:
            if not writer.connected:
                await writer.come_back()
        truth, seq = await desk.streams.state(stream)
        assert isinstance(truth, Workspace)
        for writer in writers:
            writer.reader.read()
            assert writer.reader.seqs[stream] == seq
            assert writer.reader.states[stream] == workspace_for(truth, writer.reader.who)
        recorded = await desk.log.read(stream)
        added = [each.event.item_id for each in recorded if isinstance(each.event, ItemAdded)]
        assert len(added) == len(set(added)), "nothing twice"
        assert set(added) == set().union(*(writer.added for writer in writers)), "nothing missing"


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    rounds=st.integers(1, 60),
    nature=st.sampled_from((Nature.SESSION, Nature.INCIDENT)),
)
def test_J1_J3_every_page_ends_with_its_part_of_the_hubs_boards(
    seed: int, rounds: int, nature: Nature
) -> None:
    asyncio.run(converge(seed, rounds, nature))
