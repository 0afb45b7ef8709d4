"""Who hears what, from which event on, and what happens to those who do not listen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from msgspec.structs import replace

from hub.domain.conduct import LockSession, NotePhoneCall, RemoveVenue
from hub.domain.event import HUB
from hub.domain.groups import Group, SetGroup
from hub.domain.item import AddItem
from hub.domain.kindparts import Reach
from hub.domain.organisation import STREAM, AddAccount, AddSeat, Level, Organisation, Seat
from hub.domain.workspace import Workspace
from hub.errors import Refusal
from hub.live.boards import edit
from hub.live.rights import check_follow
from signaling.delivery import BUSY_BYTES, GRANTED_BYTES, SLOW_BYTES
from signaling.media_vocabulary import Levels
from tests.support.desk import Desk, live_desk


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    async with live_desk() as running:
        yield running


async def board_of(desk: Desk) -> str:
    return (await desk.session(await desk.consult("yingji", "zhengzhou"))).boards


async def write(desk: Desk, stream: str, *items: str) -> None:
    officer = await desk.actor("officer")
    for item_id in items:
        add = AddItem(board_id="situation", item_id=item_id, fields={"text": "条目"})
        await edit(desk.streams, stream, add, officer, None)


async def test_J1_a_page_that_was_cut_off_hears_what_it_missed(desk: Desk) -> None:
    stream = await board_of(desk)
    page = await desk.reader("deputy")
    await page.follow(stream)
    await write(desk, stream, "i-1")
    page.read()
    page.cut()
    await write(desk, stream, "i-2", "i-3")
    page.connect()
    await page.follow(stream)
    await write(desk, stream, "i-4")
    page.read()
    assert [name for name, _ in page.heard if name in ("snapshot", "events")] == [
        "snapshot",
        "events",
        "events",
        "events",
    ]
    assert (page.states[stream], page.seqs[stream]) == await desk.streams.state(stream)


async def test_J2_a_page_that_sees_only_a_part_of_a_workspace_gets_the_state_of_its_part(desk: Desk) -> None:
    stream = await board_of(desk)
    page = await desk.reader("yingji")
    await page.follow(stream)
    page.cut()
    secret = AddItem(
        board_id="situation", item_id="i-1", fields={"text": "室内研判"}, reach=Reach.OFFICE, session_id=None
    )
    await edit(desk.streams, stream, secret, await desk.actor("officer"), None)
    await write(desk, stream, "i-2")
    page.connect()
    await page.follow(stream)
    assert [name for name, _ in page.heard if name in ("snapshot", "events")] == ["snapshot", "snapshot"]
    state = page.states[stream]
    assert isinstance(state, Workspace)
    assert list(state.items) == ["i-2"]


async def test_J1_following_while_others_write_misses_nothing(desk: Desk) -> None:
    stream = await board_of(desk)
    page = await desk.reader("yingji")
    writing = asyncio.gather(*(write(desk, stream, f"i-{number}") for number in range(30)))
    for _ in range(10):
        await page.follow(stream)
        await asyncio.sleep(0)
    await writing
    page.read()
    assert (page.states[stream], page.seqs[stream]) == await desk.streams.state(stream)


async def test_the_bytes_are_made_once(desk: Desk) -> None:
    stream = await board_of(desk)
    pages = [await desk.reader("yingji"), await desk.reader("zhengzhou"), await desk.reader("officer")]
    for page in pages:
        await page.follow(stream)
    await write(desk, stream, "i-1")
    frames = [page.inbox.frames[-1] for page in pages]
    assert frames[0] is frames[1] is frames[2]


async def test_who_unfollows_hears_no_more(desk: Desk) -> None:
    stream = await board_of(desk)
    page = await desk.reader("yingji")
    await page.follow(stream)
    desk.delivery.unfollow(page.line, stream)
    desk.delivery.unfollow(page.line, stream)
    await write(desk, stream, "i-1")
    assert page.read() == []


async def test_P5_who_is_removed_hears_so_and_then_nothing_more(desk: Desk) -> None:
    session_id = await desk.consult("yingji", "zhengzhou")
    session = await desk.session(session_id)
    streams = (f"session:{session_id}", session.boards)
    officer, gone, stays = (
        await desk.actor("officer"),
        await desk.reader("yingji"),
        await desk.reader("zhengzhou"),
    )
    for page in (gone, stays):
        for stream in streams:
            await page.follow(stream)
    await desk.sessions.control(session_id, RemoveVenue(venue="yingji"), officer, None)
    await write(desk, session.boards, "i-1")
    await desk.sessions.control(session_id, LockSession(locked=True), officer, None)
    gone.read()
    stays.read()
    seen = [
        event["event"]["type"] for name, body in gone.heard if name == "events" for event in body["events"]
    ]
    assert seen[-1] == "venue.removed"
    assert stays.states[streams[0]] == await desk.session(session_id)
    for stream in streams:
        with pytest.raises(Refusal, match=r"session\.foreign"):
            await check_follow(desk.streams, stream, gone.who)


async def test_J6_who_reads_too_slowly_is_cut_and_catches_up(desk: Desk) -> None:
    stream = await board_of(desk)
    slow, quick = await desk.reader("yingji"), await desk.reader("zhengzhou")
    for page in (slow, quick):
        await page.follow(stream)
    opened = quick.seqs[stream]
    slow.inbox.stuck_bytes = 2 * SLOW_BYTES
    await write(desk, stream, "i-1")
    assert slow.inbox.dropped
    quick.read()
    assert quick.seqs[stream] == opened + 1
    slow.cut()
    await write(desk, stream, "i-2")
    slow.connect()
    await slow.follow(stream)
    quick.read()
    assert slow.states == quick.states


async def test_J6_a_thin_line_may_catch_up_with_much(desk: Desk) -> None:
    stream = await board_of(desk)
    await write(desk, stream, *(f"i-{number}" for number in range(50)))
    page = await desk.reader("yingji")
    page.inbox.stuck_bytes = SLOW_BYTES
    await page.follow(stream)
    page.inbox.stuck_bytes = SLOW_BYTES + 5_000  # it is still on its way
    await write(desk, stream, "late")
    assert not page.inbox.dropped
    page.inbox.stuck_bytes = 0
    await write(desk, stream, "later")
    page.inbox.stuck_bytes = SLOW_BYTES + 5_000
    await write(desk, stream, "last")
    assert page.inbox.dropped


async def test_J6_who_asks_for_more_and_more_and_never_reads_is_cut(desk: Desk) -> None:
    stream = await board_of(desk)
    await write(desk, stream, *(f"i-{number}" for number in range(50)))
    page = await desk.reader("yingji")
    for _ in range(3):
        await page.follow(stream)
        page.inbox.stuck_bytes = SLOW_BYTES + 1
    assert not page.inbox.dropped
    page.inbox.stuck_bytes = SLOW_BYTES + GRANTED_BYTES + 1
    await page.follow(stream)
    assert page.inbox.dropped


async def test_levels_are_not_kept_for_a_busy_line(desk: Desk) -> None:
    session_id = await desk.consult("yingji")
    busy, idle = await desk.reader("yingji"), await desk.reader("officer")
    for page in (busy, idle):
        await page.follow(f"session:{session_id}")
    busy.inbox.stuck_bytes = BUSY_BYTES
    desk.delivery.push_followers(f"session:{session_id}", Levels(session_id=session_id, levels={"yingji": 9}))
    assert [name for name, _ in idle.read()] == ["levels"]
    assert busy.read() == []


async def test_a_new_line_of_a_page_replaces_the_old(desk: Desk) -> None:
    first = await desk.reader("yingji", "yingji/p")
    await first.follow(STREAM)
    second = await desk.reader("yingji", "yingji/p")
    assert first.inbox.dropped
    assert not desk.delivery.detach(first.line)
    assert desk.delivery.is_there("yingji/p")
    assert desk.delivery.detach(second.line)


async def test_P7_P11_P12_each_is_shown_its_part_of_the_organisation(desk: Desk) -> None:
    admin, officer, seat = [await desk.reader(account) for account in ("admin", "officer", "yingji")]
    for page in (admin, officer, seat):
        await page.follow(STREAM)
    state, _ = await desk.streams.state(STREAM)
    assert isinstance(state, Organisation)
    assert state.groups
    assert state.templates
    assert admin.states[STREAM] == state
    assert officer.states[STREAM] == replace(state, accounts={})
    bare = {key: replace(one, contacts=[]) for key, one in state.seats.items()}
    assert seat.states[STREAM] == Organisation(seats=bare)

    account = next(iter(state.accounts.values()))
    new = AddAccount(account=type(account)(account="new", person="新人", role=account.role, seat_id="office"))
    await desk.streams.execute(STREAM, new, HUB)
    assert [name for name, _ in admin.read()] == ["events"]
    assert officer.read() == seat.read() == []

    group = Group(group_id="near", name="周边", seats=["xinyang"])
    await desk.streams.execute(STREAM, SetGroup(group=group), officer.who)
    assert [name for name, _ in admin.read()] == ["events"]
    assert [name for name, _ in officer.read()] == ["snapshot"]
    assert seat.read() == []

    county = Seat(seat_id="minquan", name="民权县委值班室", short_name="民权", level=Level.COUNTY)
    await desk.streams.execute(STREAM, AddSeat(seat=county), HUB)
    for page in (officer, seat):
        page.read()
        seen = page.states[STREAM]
        assert isinstance(seen, Organisation)
        assert "minquan" in seen.seats
        assert seen.accounts == {}
        await page.follow(STREAM)
        assert page.states[STREAM] == seen, "a cursor of a stream that is not shown in full is worth nothing"


async def test_P12_whom_the_office_has_telephoned_is_not_sent_to_the_venues(desk: Desk) -> None:
    session_id = await desk.consult("yingji", "zhengzhou")
    officer, seat = await desk.reader("officer"), await desk.reader("zhengzhou")
    for page in (officer, seat):
        await page.follow(f"session:{session_id}")
    note = NotePhoneCall(venue="yingji", name="邓立新", phone="100 0000 3003", reached=True, note="到岗")
    await desk.sessions.control(session_id, note, officer.who, None)
    heard = seat.inbox.frames[-1]
    assert b"3003" in officer.inbox.frames[-1]
    assert b"3003" not in heard
    assert "邓立新".encode() not in heard
    officer.read()
    seat.read()
    assert seat.seqs == officer.seqs
    for since in (0, None):  # as events, and as a snapshot
        late = await desk.reader("zhengzhou")
        await desk.delivery.follow(late.line, f"session:{session_id}", since)
        assert all(b"3003" not in frame for frame in late.inbox.frames)


async def test_a_line_that_breaks_while_it_asks_follows_nothing(desk: Desk) -> None:
    stream = await board_of(desk)
    page = await desk.reader("yingji")
    asking = asyncio.ensure_future(desk.delivery.follow(page.line, stream, None))
    page.cut()
    await asking
    await write(desk, stream, "i-1")
    assert page.inbox.take() == []
    assert page.line.follows == set()


async def test_closing_forgets_every_line(desk: Desk) -> None:
    page = await desk.reader("yingji")
    desk.delivery.close()
    assert not desk.delivery.is_there(page.page)
    desk.delivery.close()


async def test_J14_what_follows_right_behind_is_told_together_and_nothing_is_lost_or_comes_twice() -> None:
    async with live_desk(hold_s=3600) as desk:
        stream = await board_of(desk)
        pages = [await desk.reader("yingji"), await desk.reader("officer")]
        for page in pages:
            await page.follow(stream)
        await write(desk, stream, "i-1", "i-2", "i-3")
        for page in pages:
            batches = [len(body["events"]) for name, body in page.read() if name == "events"]
            assert batches == [1]  # after a silence at once
        late = await desk.reader("zhengzhou")
        await late.follow(stream)  # it is told all there is, so the others must be as well
        for page in pages:
            batches = [len(body["events"]) for name, body in page.read() if name == "events"]
            assert batches == [2]
        late.read()
        await write(desk, stream, "i-4")
        for page in (*pages, late):
            assert [name for name, _ in page.read() if name == "events"] == []
        back = await desk.reader("zhengzhou")
        await back.follow(stream)
        for page in (*pages, late, back):
            page.read()
        assert late.states == pages[0].states == back.states
