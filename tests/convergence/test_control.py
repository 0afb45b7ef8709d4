"""Pages are cut and return amid roll calls, requests and transfers: all end with the hub's state."""

from __future__ import annotations

import asyncio
from collections import Counter
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hub.domain.event import Role
from hub.domain.session import Session, stream_of
from hub.errors import Refusal
from signaling.handlers import HANDLERS
from signaling.schema import check
from tests.convergence.wishes import REFUSED, Wish, random_wish
from tests.support.desk import Desk, Reader, live_desk

SEATS = ("yingji", "zhengzhou", "kaifeng")
PAGES = ("officer", *SEATS, "yingji", "officer")


class Member:
    """A page of the session that wishes at random, and asks again when an answer was lost."""

    def __init__(self, desk: Desk, reader: Reader, session_id: str, random: Random) -> None:
        self.hub = desk.services()
        self.reader = reader
        self.session_id = session_id
        self.stream = stream_of(session_id)
        self.random = random
        self.connected = True
        self.lost: list[tuple[Wish, str]] = []
        self.count = 0

    @property
    def session(self) -> Session:
        state = self.reader.states[self.stream]
        assert isinstance(state, Session)
        return state

    async def act(self) -> None:
        dice = self.random.random()
        if not self.connected:
            if dice < 0.4:
                await self.come_back()
        elif dice < 0.12:
            self.cut()
        elif dice < 0.85:
            await self.wish()
        else:
            self.reader.read()

    def cut(self) -> None:
        self.connected = False
        self.reader.cut()

    async def wish(self) -> None:
        who = self.reader.who
        wish = random_wish(self.random, self.session, who.seat or "", who.role is Role.OFFICER)
        self.count += 1
        op = f"{self.reader.page}/{self.count}"
        await self.send(wish, op)
        if self.random.random() < 0.15:  # it happened, but the line broke before the answer was there
            self.lost.append((wish, op))
            self.cut()

    async def send(self, wish: Wish, op: str) -> None:
        request = check(wish.name, [{**wish.body, "op": op, "session_id": self.session_id}], 100)
        try:
            await HANDLERS[wish.name](self.hub, self.reader.line, request)
        except Refusal as refusal:
            if refusal.code not in REFUSED:
                raise

    async def come_back(self) -> None:
        self.connected = True
        self.reader.connect()
        await self.reader.follow(self.stream)
        lost, self.lost = self.lost, []
        for wish, op in lost:
            await self.send(wish, op)
        await self.join()

    async def join(self) -> None:
        request = check(
            "session.join",
            [{"op": f"{self.reader.page}/in/{self.count}", "session_id": self.session_id}],
            100,
        )
        await HANDLERS["session.join"](self.hub, self.reader.line, request)


async def gathered(desk: Desk, session_id: str, random: Random) -> list[Member]:
    members = []
    for number, account in enumerate(PAGES):
        reader = await desk.reader(account, f"{account}/{number}")
        await reader.follow(stream_of(session_id))
        members.append(Member(desk, reader, session_id, Random(random.random())))
        await members[-1].join()
    return members


async def restarted(desk: Desk, members: list[Member]) -> list[Member]:
    """The hub dies under all pages at once; they come back one by one."""
    for member in members:
        if member.connected:
            member.cut()
    await desk.restart()
    again = [Member(desk, member.reader, member.session_id, member.random) for member in members]
    for member, former in zip(again, members, strict=True):
        member.connected = False
        member.lost, member.count = former.lost, former.count
    return again


async def converge(seed: int, rounds: int, *, restart: bool = False) -> Counter[str]:
    """What has happened, by type of event."""
    random = Random(seed)
    async with live_desk() as desk:
        session_id = await desk.consult(*SEATS)
        members = await gathered(desk, session_id, random)
        for number in range(rounds):
            await asyncio.gather(*(member.act() for member in random.sample(members, 3)))
            await desk.pass_s(random.random() * 4)
            if restart and number == rounds // 2:
                members = await restarted(desk, members)
        for member in members:
            if not member.connected:
                await member.come_back()
        await desk.settled()
        truth, seq = await desk.streams.state(stream_of(session_id))
        for member in members:
            member.reader.read()
            assert member.reader.seqs[member.stream] == seq
            assert member.session == truth
        events = await desk.log.read(stream_of(session_id))
        steps: dict[tuple[str, str], list[int]] = {}
        for one in events:
            if one.op is not None:
                steps.setdefault((one.actor.account, one.op), []).append(one.seq)
        assert all(seqs[-1] - seqs[0] == len(seqs) - 1 for seqs in steps.values()), "a wish happens once"
        return Counter(type(one.event).__name__ for one in events)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), rounds=st.integers(1, 60))
@example(seed=60, rounds=42)  # two pages of a seat came back at once
def test_J1_J3_every_page_ends_with_the_hubs_session(seed: int, rounds: int) -> None:
    asyncio.run(converge(seed, rounds))


@pytest.mark.parametrize("seed", [3, 20_260_720])
async def test_J1_J3_it_holds_over_a_restart_and_in_the_middle_of_everything(seed: int) -> None:
    seen = await converge(seed, 200, restart=True)
    for kind in ("RollCallAsked", "RollCallTicked", "FloorRequested", "FloorGiven", "ChairPassed"):
        assert seen[kind] > 3, kind
    assert seen["VenueDropped"] > 3
