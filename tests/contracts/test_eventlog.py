"""What hub.storage.eventlog.EventLog promises, asked of every event log there is."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from hub.domain.event import Actor, Role
from hub.domain.item import ItemMoved
from hub.domain.organisation import AccountDisabled
from hub.domain.session import VenueDropped
from hub.errors import Refusal
from hub.storage.eventlog import EventLog
from hub.storage.memory import MemoryEventLog
from hub.storage.sqllog import open_log

BY = Actor(account="xinyang", person="李强", role=Role.SEAT, seat="xinyang", seat_name="信阳市委值班室")
AT_MS = 1_784_514_600_000


@pytest.fixture(params=["sqlite", "memory"])
async def log(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[EventLog]:
    opened: EventLog = open_log(tmp_path) if request.param == "sqlite" else MemoryEventLog()
    yield opened
    await opened.close()


def disabled(*names: str) -> list[AccountDisabled]:
    return [AccountDisabled(account=name, reason="调离，\n“已交接”") for name in names]


async def put(log: EventLog, stream: str, expected_seq: int, *names: str, op: str | None = None) -> None:
    await log.append(stream, expected_seq, disabled(*names), actor=BY, op=op, at_ms=AT_MS)


async def test_what_was_appended_is_read_back_as_it_was(log: EventLog) -> None:
    events = [VenueDropped(venue="hebi"), ItemMoved(item_id="i-1", rank="a5"), *disabled("王")]
    written = await log.append("session:s-1", 0, events, actor=BY, op="o-1", at_ms=AT_MS)
    assert await log.read("session:s-1") == written
    assert [recorded.event for recorded in written] == events
    assert [(r.stream, r.seq, r.at_ms, r.actor, r.op) for r in written] == [
        ("session:s-1", seq, AT_MS, BY, "o-1") for seq in (1, 2, 3)
    ]


async def test_streams_are_numbered_each_for_itself(log: EventLog) -> None:
    await put(log, "board:b-1", 0, "a", "b")
    await put(log, "board:b-2", 0, "c")
    await put(log, "board:b-1", 2, "d")
    assert [recorded.seq for recorded in await log.read("board:b-1")] == [1, 2, 3]
    assert await log.head("board:b-1") == 3
    assert await log.head("board:b-2") == 1
    assert await log.head("board:b-3") == 0


async def test_the_links_of_a_chain_can_be_checked_without_the_log(log: EventLog) -> None:
    await put(log, "board:b-1", 0, "a", "b", op="o-1")
    await put(log, "board:b-1", 2, "c")
    links = await log.links("board:b-1")
    assert [(link.seq, link.at_ms, link.algorithm) for link in links] == [
        (seq, AT_MS, "sha256") for seq in (1, 2, 3)
    ]
    digest = b""
    for link in links:
        digest = hashlib.sha256(digest + link.entry).digest()
        assert digest == link.hash
    (stream, seq, at_ms, op), actor, event = msgspec.json.decode(links[1].entry)
    assert (stream, seq, at_ms, op) == ("board:b-1", 2, AT_MS, "o-1")
    assert actor["account"] == "xinyang"
    assert (event["type"], event["account"]) == ("account.disabled", "b")
    assert await log.links("board:b-1", 1, 1) == links[1:2]
    assert await log.links("board:b-9") == []


async def test_reading_goes_on_where_the_reader_stopped(log: EventLog) -> None:
    await put(log, "board:b-1", 0, *"abcdef")
    assert [recorded.seq for recorded in await log.read("board:b-1", since=2, limit=3)] == [3, 4, 5]
    assert [recorded.seq for recorded in await log.read("board:b-1", since=5)] == [6]
    assert await log.read("board:b-1", since=6) == []
    assert await log.read("board:unknown") == []


async def test_single_events_are_picked_in_order(log: EventLog) -> None:
    await put(log, "board:b-1", 0, *"abcdef")
    await put(log, "board:b-2", 0, "g")
    assert [recorded.seq for recorded in await log.pick("board:b-1", [5, 2, 9, 2])] == [2, 5]
    assert await log.pick("board:b-1", [0]) == []
    assert await log.pick("board:unknown", [1]) == []
    await put(log, "board:b-3", 0, *(f"x{number}" for number in range(1_200)))
    assert [r.seq for r in await log.pick("board:b-3", range(1, 1_201))] == list(range(1, 1_201))


@pytest.mark.parametrize("expected_seq", [0, 1, 3])
async def test_an_append_in_the_wrong_place_is_refused_and_changes_nothing(
    log: EventLog, expected_seq: int
) -> None:
    await put(log, "board:b-1", 0, "a", "b")
    with pytest.raises(Refusal) as refused:
        await put(log, "board:b-1", expected_seq, "c")
    assert refused.value.code == "stream.moved_on"
    assert refused.value.detail == {"seq": 2}
    assert await log.head("board:b-1") == 2


async def test_of_many_who_want_the_same_place_one_gets_it(log: EventLog) -> None:
    outcomes = await asyncio.gather(
        *(put(log, "board:b-1", 0, f"n{n}") for n in range(20)), return_exceptions=True
    )
    lost = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert len(lost) == 19
    assert {refusal.code for refusal in lost} == {"stream.moved_on"}
    assert await log.head("board:b-1") == 1


async def test_many_streams_at_once(log: EventLog) -> None:
    async def write(stream: str) -> None:
        for seq in range(10):
            await put(log, stream, seq, f"n{seq}")

    names = [f"board:b-{n}" for n in range(30)]
    await asyncio.gather(*map(write, names))
    assert [await log.head(name) for name in names] == [10] * 30
    report = await log.verify()
    assert (report.ok, report.streams, report.events) == (True, 30, 300)


async def test_streams_are_found_by_prefix(log: EventLog) -> None:
    for name in ("session:s-2", "session:s-1", "board:b-1", "sessionX", "session_%"):
        await put(log, name, 0, "a")
    assert await log.streams("session:") == ["session:s-1", "session:s-2"]
    assert await log.streams("session_") == ["session_%"]
    assert await log.streams() == ["board:b-1", "session:s-1", "session:s-2", "sessionX", "session_%"]


async def test_appending_nothing_is_nothing(log: EventLog) -> None:
    assert await log.append("board:b-1", 7, [], actor=BY, op=None, at_ms=AT_MS) == []
    assert await log.streams() == []


async def test_one_stream_can_be_verified_alone(log: EventLog) -> None:
    await put(log, "board:b-1", 0, "a", "b")
    await put(log, "board:b-2", 0, "c")
    report = await log.verify("board:b-1")
    assert (report.ok, report.streams, report.events) == (True, 1, 2)
    assert (await log.verify("board:none")).streams == 0


async def test_a_cancelled_wait_leaves_the_log_whole(log: EventLog) -> None:
    waiting = asyncio.ensure_future(put(log, "board:b-1", 0, "a"))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await log.check()  # behind it in the queue
    head = await log.head("board:b-1")
    assert head in (0, 1)
    await put(log, "board:b-1", head, "b")
    assert (await log.verify()).ok
