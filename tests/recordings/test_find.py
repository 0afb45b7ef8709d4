"""A recording is found by what it is about and by what was said in it, by those who may review it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from msgspec.structs import replace

from hub.clock import ManualClock
from hub.domain import keeping, recording, session
from hub.domain.event import HUB, Actor, Command
from hub.domain.item import AddItem, ShareItem
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.session import MarkerKind, SessionKind
from hub.live.companions import close_companions, open_companions
from hub.live.rights import session_of
from hub.live.streams import Streams
from hub.storage.memory import MemoryEventLog
from recordings.custody import Custody
from recordings.find import Finder, Sought, course_of
from recordings.readers import Readers
from recordings.retention import Policy
from signaling.bodies import RecordingRow
from tests.support.factories import OFFICER, QIXIANG, REVIEWER, STRANGER, XINYANG, YINGJI, start_session


class Shelf:
    """Recordings of sessions in memory."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.log = MemoryEventLog()
        self.streams = Streams(self.log, self.clock)
        custody = Custody(self.streams, Policy(), Readers(ManualClock()))
        self.finder = Finder(self.log, self.streams, custody, seats_may_review=True)
        self.streams.subscribe(self.finder.published)

    async def do(self, stream: str, command: Command, by: Actor) -> None:
        self.clock.advance(1)
        await self.streams.execute(stream, command, by)

    async def open(self, number: int, *venues: Actor, title: str, kind: SessionKind) -> None:
        start = replace(
            start_session(*venues, title=title),
            session_id=f"s-{number}",
            board_id=f"b-{number}",
            recording_id=f"r-{number}",
            kind=kind,
        )
        await self.do(f"session:s-{number}", start, OFFICER)
        await open_companions(self.streams, await session_of(self.streams, f"s-{number}"), OFFICER)
        for venue in venues:
            await self.do(f"session:s-{number}", session.AnswerCall(venue=venue.seat or ""), venue)

    async def end(self, number: int) -> None:
        await self.do(f"session:s-{number}", session.EndSession(), OFFICER)
        await close_companions(self.streams, await session_of(self.streams, f"s-{number}"))
        await self.do(f"recording:r-{number}", recording.FinishRecording(), HUB)

    async def speak(self, number: int, venue: str, seconds: int) -> None:
        now_ms = self.clock.wall_ms()
        spoke = session.NoteSpeech(venue=venue, from_ms=now_ms - seconds * 1000, to_ms=now_ms)
        await self.do(f"session:s-{number}", spoke, HUB)

    async def write(self, number: int, item_id: str, text: str, reach: Reach | None = None) -> None:
        wish = AddItem(board_id=BoardKind.SITUATION, item_id=item_id, fields={"text": text}, reach=reach)
        await self.do(f"board:b-{number}", wish, OFFICER)

    async def found(self, by: Actor = REVIEWER, **sought: object) -> list[RecordingRow]:
        return (await self.finder.find(Sought(**sought), by)).rows  # type: ignore[arg-type]

    async def ids(self, by: Actor = REVIEWER, **sought: object) -> list[str]:
        return [row.recording_id for row in await self.found(by, **sought)]


@pytest_asyncio.fixture
async def shelf() -> AsyncIterator[Shelf]:
    """Two recordings that are over and one that goes on."""
    made = Shelf()
    await made.open(1, YINGJI, XINYANG, title="强降雨防汛会商", kind=SessionKind.CONSULTATION)
    await made.speak(1, "yingji", 30)
    await made.speak(1, "xinyang", 50)
    await made.speak(1, "yingji", 40)
    await made.write(1, "a", "浉河超警戒水位 0.5 米")
    await made.do(
        "session:s-1",
        session.SetMarker(marker_id="k-1", kind=MarkerKind.DECISION, label="启动Ⅱ级响应"),
        OFFICER,
    )
    await made.end(1)
    made.clock.advance(3600)
    await made.open(2, YINGJI, QIXIANG, title="夜间点名", kind=SessionKind.DRILL)
    await made.speak(2, "qixiang", 5)
    await made.end(2)
    await made.open(3, XINYANG, title="山体滑坡会商", kind=SessionKind.CONSULTATION)
    yield made
    await made.streams.close()


async def test_R38_by_unit_speaker_kind_date_and_marks(shelf: Shelf) -> None:
    assert await shelf.ids() == ["r-3", "r-2", "r-1"]
    assert await shelf.ids(unit="yingji") == ["r-2", "r-1"]
    assert await shelf.ids(speaker="yingji") == ["r-1"]
    assert await shelf.ids(kind=SessionKind.DRILL) == ["r-2"]
    assert await shelf.ids(session="s-3") == ["r-3"]
    second = (await shelf.found(session="s-2"))[0].started_ms
    assert await shelf.ids(from_ms=second) == ["r-3", "r-2"]
    assert await shelf.ids(to_ms=second) == ["r-1"]
    assert await shelf.ids(held=True) == []
    await shelf.do("keeping:r-1", keeping.HoldRecording(reason="调阅"), OFFICER)
    assert await shelf.ids(held=True) == ["r-1"]
    assert await shelf.ids(destroyed=True) == []
    assert await shelf.ids(gaps=True) == []
    await shelf.do("recording:r-3", recording.PauseRecording(reason="休会"), OFFICER)
    assert await shelf.ids(gaps=True) == ["r-3"]
    short = await shelf.finder.find(Sought(limit=1), REVIEWER)
    assert ([row.recording_id for row in short.rows], short.total) == (["r-3"], 3)


async def test_R38_a_line_says_who_spoke_how_long_and_from_when(shelf: Shelf) -> None:
    (row,) = await shelf.found(session="s-1")
    assert [(each.name, each.total_ms) for each in row.speakers] == [("省应", 70_000), ("信阳", 50_000)]
    assert all(row.started_ms - 60_000 < each.first_ms < (row.stopped_ms or 0) for each in row.speakers)
    assert set(row.units) >= {"省应", "信阳"}


async def test_R39_words_are_found_on_boards_in_markers_and_names_with_their_second(shelf: Shelf) -> None:
    (row,) = await shelf.found(query="浉河 超警戒")
    (hit,) = row.hits
    assert (row.recording_id, hit.what, hit.item_id) == ("r-1", "item_situation", "a")
    assert row.started_ms < hit.at_ms < (row.stopped_ms or 0)
    (row,) = await shelf.found(query="防汛 ii级")
    assert [each.what for each in row.hits] == ["marker_decision"]
    assert await shelf.ids(query="气象") == ["r-2"]
    assert await shelf.ids(query="会商") == ["r-3", "r-1"]
    assert await shelf.ids(query="没有这个词") == []
    note = keeping.SetMark(
        mark_id="m-1", kind=MarkerKind.KEY, label="看这里", note="复核水位", at_ms=row.started_ms + 500
    )
    await shelf.do("keeping:r-1", note, REVIEWER)
    (row,) = await shelf.found(query="复核水位")
    assert [(each.what, each.at_ms) for each in row.hits] == [("marker_key", row.started_ms + 500)]


async def test_R39_what_is_written_while_it_goes_on_is_found_at_once(shelf: Shelf) -> None:
    assert await shelf.ids(query="塌方") == []
    await shelf.write(3, "b", "G107 塌方")
    assert await shelf.ids(query="塌方") == ["r-3"]


@pytest.mark.parametrize(("by", "seen"), [(YINGJI, ["r-2", "r-1"]), (STRANGER, [])])
async def test_R40_nobody_finds_what_is_not_theirs_to_review(
    shelf: Shelf, by: Actor, seen: list[str]
) -> None:
    assert await shelf.ids(by) == seen


async def test_R40_nor_by_a_text_that_is_not_for_them(shelf: Shelf) -> None:
    await shelf.write(3, "c", "内部研判", Reach.OFFICE)
    mark = keeping.SetMark(mark_id="m-1", kind=MarkerKind.KEY, label="内部标记", at_ms=0)
    await shelf.do("keeping:r-3", mark, OFFICER)
    assert await shelf.ids(OFFICER, query="内部研判") == ["r-3"]
    assert await shelf.ids(XINYANG, query="内部研判") == []
    assert await shelf.ids(OFFICER, query="内部标记") == ["r-3"]
    assert await shelf.ids(XINYANG, query="内部标记") == []


async def test_R40_nor_is_the_second_told_at_which_something_was_done_out_of_their_sight(
    shelf: Shelf,
) -> None:
    await shelf.write(3, "c", "大坝渗漏", Reach.OFFICE)
    shelf.clock.advance(60)
    share = ShareItem(item_id="c", shared=[], reach=Reach.ALL)
    await shelf.do("board:b-3", share, OFFICER)
    shown_ms = shelf.clock.wall_ms()
    for by in (XINYANG, REVIEWER):
        ((hit,),) = [row.hits for row in await shelf.found(by, query="渗漏")]
        assert hit.at_ms == shown_ms
    ((hit,),) = [row.hits for row in await shelf.found(OFFICER, query="渗漏")]
    assert hit.at_ms < shown_ms - 50_000


def test_R38_what_came_before_or_after_is_no_part_of_it() -> None:
    assert course_of([], [], 0, 10) == ([], {})
