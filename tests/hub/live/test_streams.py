"""Commands become events once, in order, and everybody who listens hears the same."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from hub.clock import ManualClock
from hub.domain.event import HUB
from hub.domain.item import AddItem, ItemAdded, MoveItem
from hub.domain.kindparts import Reach
from hub.domain.workspace import CloseBoards, OpenWorkspace, Workspace, WorkspaceOpened
from hub.errors import Refusal
from hub.live.streams import CATCH_UP_MAX, Batch, Streams
from hub.storage.sqllog import SqlEventLog, open_log
from tests.support.factories import OFFICER, YINGJI, open_workspace

BOARD = "board:b-1"
OPENED = 2
"""Events with which the workspace and its one board are opened."""


@pytest_asyncio.fixture
async def log(tmp_path: Path) -> AsyncIterator[SqlEventLog]:
    opened = open_log(tmp_path)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


async def opened(log: SqlEventLog, clock: ManualClock, **bounds: int) -> Streams:
    streams = Streams(log, clock, **bounds)
    await streams.execute(BOARD, open_boards("b-1"), OFFICER, op="open")
    return streams


def open_boards(workspace_id: str) -> OpenWorkspace:
    """Two events: the workspace, and its one board."""
    return open_workspace(workspace_id=workspace_id)


def add(item_id: str) -> AddItem:
    return AddItem(board_id="situation", item_id=item_id, fields={"text": f"条目 {item_id}"})


def added(item_id: str, rank: str) -> ItemAdded:
    return ItemAdded(
        board_id="situation",
        item_id=item_id,
        rank=rank,
        fields={"text": "别处写下的"},
        state="current",
        reach=Reach.ALL,
    )


async def board_of(streams: Streams, stream: str = BOARD) -> Workspace:
    state, _ = await streams.state(stream)
    assert isinstance(state, Workspace)
    return state


async def test_the_answer_is_the_number_of_the_last_event(log: SqlEventLog, clock: ManualClock) -> None:
    streams = await opened(log, clock)
    assert await streams.execute(BOARD, add("i-1"), YINGJI) == OPENED + 1
    assert await streams.execute(BOARD, add("i-2"), YINGJI) == OPENED + 2
    assert list((await board_of(streams)).items) == ["i-1", "i-2"]


async def test_a_refusal_changes_nothing(log: SqlEventLog, clock: ManualClock) -> None:
    streams = await opened(log, clock)
    with pytest.raises(Refusal, match=r"board\.empty_text"):
        await streams.execute(
            BOARD, AddItem(board_id="situation", item_id="i-1", fields={"text": "  "}), YINGJI, op="a"
        )
    assert await log.head(BOARD) == OPENED
    assert await streams.execute(BOARD, add("i-1"), YINGJI, op="a") == OPENED + 1  # it may be made again


async def test_J3_the_same_wish_happens_once(log: SqlEventLog, clock: ManualClock) -> None:
    streams = await opened(log, clock)
    answers = await asyncio.gather(*(streams.execute(BOARD, add("i-1"), YINGJI, op="a") for _ in range(5)))
    assert answers == [OPENED + 1] * 5
    assert await log.head(BOARD) == OPENED + 1


async def test_J3_the_same_wish_happens_once_across_a_restart(log: SqlEventLog, clock: ManualClock) -> None:
    first = await opened(log, clock)
    assert await first.execute(BOARD, add("i-1"), YINGJI, op="a") == OPENED + 1
    await first.execute(BOARD, add("i-2"), YINGJI, op="b")
    again = Streams(log, clock)
    assert await again.execute(BOARD, add("i-1"), YINGJI, op="a") == OPENED + 1
    assert await log.head(BOARD) == OPENED + 2


async def test_J3_a_wish_that_came_to_nothing_comes_to_nothing_again(
    log: SqlEventLog, clock: ManualClock
) -> None:
    streams = await opened(log, clock)
    await streams.execute(BOARD, add("i-1"), YINGJI)
    stay, behind = MoveItem(item_id="i-1"), MoveItem(item_id="i-1", after="i-2")
    assert await streams.execute(BOARD, stay, YINGJI, op="stay") == 0
    await streams.execute(BOARD, add("i-2"), YINGJI)
    await streams.execute(BOARD, behind, YINGJI)
    assert await streams.execute(BOARD, stay, YINGJI, op="stay") == 0
    assert await log.head(BOARD) == OPENED + 3


async def test_a_long_stream_is_read_page_by_page(log: SqlEventLog, clock: ManualClock) -> None:
    await opened(log, clock)
    events = [added(f"i-{number}", f"{number:05}") for number in range(2_500)]
    await log.append(BOARD, OPENED, events, actor=YINGJI, op=None, at_ms=1)
    board, seq = await Streams(log, clock).state(BOARD)
    assert isinstance(board, Workspace)
    assert (seq, len(board.items)) == (OPENED + 2_500, 2_500)


async def test_J3_an_op_belongs_to_its_account(log: SqlEventLog, clock: ManualClock) -> None:
    streams = await opened(log, clock)
    assert await streams.execute(BOARD, add("i-1"), YINGJI, op="a") == OPENED + 1
    assert await streams.execute(BOARD, add("i-2"), OFFICER, op="a") == OPENED + 2


async def test_every_batch_is_published_in_order(log: SqlEventLog, clock: ManualClock) -> None:
    streams = await opened(log, clock)
    heard: list[int] = []
    states: list[int] = []

    def listen(stream: str, events: Batch) -> None:
        known = streams.peek(stream)
        assert known is not None
        states.append(known[1])
        heard.extend(recorded.seq for recorded in events)

    streams.subscribe(listen)
    answers = await asyncio.gather(
        *(streams.execute(BOARD, add(f"i-{number}"), YINGJI) for number in range(60))
    )
    assert heard == list(range(OPENED + 1, OPENED + 61))
    assert states == heard, "inside a subscriber the state is the one after the batch"
    assert sorted(answers) == heard


async def test_a_listener_that_fails_silences_nobody(
    log: SqlEventLog, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    streams = await opened(log, clock)
    heard: list[str] = []

    def fail(stream: str, events: Batch) -> None:
        raise RuntimeError("deaf")

    streams.subscribe(fail)
    stop = streams.subscribe(lambda stream, events: heard.append(stream))
    await streams.execute(BOARD, add("i-1"), YINGJI)
    stop()
    await streams.execute(BOARD, add("i-2"), YINGJI)
    assert heard == [BOARD]
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2


async def test_a_caller_who_goes_away_takes_nothing_back(log: SqlEventLog, clock: ManualClock) -> None:
    streams = await opened(log, clock)
    heard: list[str] = []
    streams.subscribe(lambda stream, events: heard.append(stream))
    caller = asyncio.ensure_future(streams.execute(BOARD, add("i-1"), YINGJI))
    await asyncio.sleep(0)
    caller.cancel()
    await streams.close()
    assert heard == [BOARD]
    assert list((await board_of(streams)).items) == ["i-1"]


async def test_what_another_process_wrote_is_taken_up(log: SqlEventLog, clock: ManualClock) -> None:
    streams = await opened(log, clock)
    heard: list[int] = []
    streams.subscribe(lambda stream, events: heard.extend(recorded.seq for recorded in events))
    theirs = added("i-0", "1")
    await log.append(BOARD, OPENED, [theirs], actor=HUB, op=None, at_ms=clock.wall_ms())
    assert await streams.execute(BOARD, add("i-1"), YINGJI) == OPENED + 2
    assert heard == [OPENED + 1, OPENED + 2]
    assert list((await board_of(streams)).items) == ["i-0", "i-1"]


async def test_idle_streams_leave_memory_and_come_back(log: SqlEventLog, clock: ManualClock) -> None:
    streams = await opened(log, clock, hot_max=3)
    for number in range(2, 12):
        await streams.execute(f"board:b-{number}", open_boards(f"b-{number}"), OFFICER)
    in_memory = [number for number in range(1, 12) if streams.peek(f"board:b-{number}") is not None]
    assert in_memory == [9, 10, 11]
    assert (await board_of(streams)).workspace_id == "b-1"


async def test_J1_history_is_what_follows_the_cursor(log: SqlEventLog, clock: ManualClock) -> None:
    streams = await opened(log, clock)
    for number in range(5):
        await streams.execute(BOARD, add(f"i-{number}"), YINGJI)
    missed = await streams.history(BOARD, OPENED + 2)
    assert missed is not None
    assert [recorded.seq for recorded in missed] == [OPENED + 3, OPENED + 4, OPENED + 5]
    assert await streams.history(BOARD, OPENED + 5) == []
    whole = await streams.history(BOARD, 0)
    assert whole is not None
    assert isinstance(whole[0].event, WorkspaceOpened)


async def test_J2_who_is_too_far_behind_gets_the_state(log: SqlEventLog, clock: ManualClock) -> None:
    streams = await opened(log, clock)
    many = [added(f"i-{number}", f"{number:05}1") for number in range(CATCH_UP_MAX + 9)]
    await log.append(BOARD, OPENED, many, actor=HUB, op=None, at_ms=clock.wall_ms())
    await streams.refresh(BOARD)
    head = OPENED + CATCH_UP_MAX + 9
    behind = await streams.history(BOARD, head - CATCH_UP_MAX)
    assert behind is not None
    assert len(behind) == CATCH_UP_MAX
    assert await streams.history(BOARD, head - CATCH_UP_MAX - 1) is None
    assert await streams.history(BOARD, head + 1) is None, "a cursor from a log that is gone"


async def test_time_never_goes_back_in_a_stream(log: SqlEventLog, clock: ManualClock) -> None:
    streams = await opened(log, clock)
    clock.advance(60)
    await streams.execute(BOARD, add("i-1"), YINGJI)
    later = clock.wall_ms()
    earlier = Streams(log, ManualClock())
    await earlier.execute(BOARD, add("i-2"), YINGJI)
    assert [recorded.at_ms for recorded in await log.read(BOARD, OPENED)] == [later, later]


@pytest.mark.parametrize(
    "name", ["", "board", "board:", "board:../x", "organisation:x", "moon:1", "board:B 1"]
)
async def test_a_name_nobody_can_have_is_not_found(log: SqlEventLog, clock: ManualClock, name: str) -> None:
    streams = Streams(log, clock)
    with pytest.raises(Refusal, match="not_found"):
        await streams.state(name)
    with pytest.raises(Refusal, match="not_found"):
        await streams.execute(name, CloseBoards(), OFFICER)
