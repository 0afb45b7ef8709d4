"""A search finds what its viewer is shown, in all workspaces, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.clock import ManualClock
from hub.domain.event import HUB, Actor, Command
from hub.domain.item import AddItem, Annotate, EditItem, ShareItem, VoidItem
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.kinds import KINDS
from hub.domain.reach import may_follow, workspace_for
from hub.domain.track import MoveTrack, Progress, Unit
from hub.domain.workspace import Header, Nature, NewBoard, OpenWorkspace, RemoveUnit, Workspace, stream_of
from hub.errors import Refusal
from hub.live.search import Search, Sought
from hub.live.streams import Streams
from hub.storage.memory import MemoryEventLog
from signaling.bodies import SearchRow
from tests.support.factories import KAIFENG, OFFICER, REVIEWER, STRANGER, XINYANG, YINGJI

VIEWERS = (OFFICER, REVIEWER, YINGJI, XINYANG, KAIFENG, STRANGER)
UNITS = {
    "yingji": Unit(seat="yingji", name="省应急管理厅指挥中心", short_name="省应急厅", level="dept"),
    "xinyang": Unit(seat="xinyang", name="信阳市委值班室", short_name="信阳", level="city"),
    "kaifeng": Unit(seat="kaifeng", name="开封市委值班室", short_name="开封", level="city"),
}


class Shelves:
    """A search over streams in memory; a wish that is refused has not happened."""

    def __init__(self) -> None:
        self.log = MemoryEventLog()
        self.streams = Streams(self.log, ManualClock())
        self.search = Search(self.streams)

    async def open(self, incident_id: str, units: list[str], title: str = "强降雨") -> None:
        command = OpenWorkspace(
            workspace_id=incident_id,
            nature=Nature.INCIDENT,
            number=f"2026-{incident_id[2:]:0>4}",
            header=Header(title=title, place="浉河区"),
            units=[UNITS[seat] for seat in units],
            boards=[NewBoard(board_id=kind, kind=kind, title=KINDS[kind].zh) for kind in BoardKind],
        )
        await self.streams.execute(stream_of(incident_id), command, OFFICER)

    async def do(self, incident_id: str, command: Command, by: Actor) -> bool:
        try:
            await self.streams.execute(stream_of(incident_id), command, by)
        except Refusal:
            return False
        return True

    async def state(self, incident_id: str) -> Workspace:
        state, _ = await self.streams.state(stream_of(incident_id))
        assert isinstance(state, Workspace)
        return state

    async def find(self, query: str, by: Actor = OFFICER, **more: object) -> list[SearchRow]:
        return (await self.search.find(Sought(query=query, **more), by)).rows  # type: ignore[arg-type]


@pytest_asyncio.fixture
async def shelves() -> AsyncIterator[Shelves]:
    made = Shelves()
    await made.open("i-1", list(UNITS))
    await made.search.start()
    yield made
    await made.search.close()


def item(
    item_id: str, kind: BoardKind, text: str, *units: str, reach: Reach | None = None, **fields: str
) -> AddItem:
    asked = [UNITS[seat] for seat in units]
    return AddItem(board_id=kind, item_id=item_id, fields={"text": text, **fields}, units=asked, reach=reach)


async def test_E7_words_in_any_order_width_and_case(shelves: Shelves) -> None:
    await shelves.do(
        "i-1",
        item("a", BoardKind.SITUATION, "ＡＢＣ 站降雨 320 毫米", place="浉河", category="forecast"),
        OFFICER,
    )
    for query in ("abc", "毫米 ABC", "浉河 降雨", "  320　毫米 ", "2026-0001 abc", "预测 abc"):
        assert [row.item_id for row in await shelves.find(query) if row.item_id] == ["a"], query
    assert await shelves.find("abc 没有") == []
    assert await shelves.find("   ") == []


async def test_E7_a_number_or_a_title_finds_the_incident(shelves: Shelves) -> None:
    for query in ("2026-0001", "强降雨", "浉河区"):
        [row] = await shelves.find(query)
        assert (row.item_id, row.number, row.state) == (None, "2026-0001", "active")
    assert await shelves.find("2026-0001", STRANGER) == []
    assert [row.item_id for row in await shelves.find("2026-0001", kind="report")] == []


async def test_E7_what_changes_is_found_anew_and_by_kind_and_time(shelves: Shelves) -> None:
    await shelves.do("i-1", item("a", BoardKind.SITUATION, "旧文字"), OFFICER)
    await shelves.do("i-1", EditItem(item_id="a", base_version=1, fields={"text": "新文字"}), OFFICER)
    assert await shelves.find("旧文字") == []
    [row] = await shelves.find("新文字")
    assert (row.snippet, row.kind, row.board_id) == ("新文字", BoardKind.SITUATION, "situation")
    await shelves.do("i-1", Annotate(item_id="a", text="电话核实"), OFFICER)
    await shelves.do("i-1", VoidItem(item_id="a", reason="重复"), OFFICER)
    [row] = await shelves.find("核实 新")
    assert (row.snippet, row.voided) == ("新文字", True)
    assert await shelves.find("新文字", kind="report") == []
    assert await shelves.find("新文字", since_ms=row.at_ms + 1) == []
    long = "前" * 300 + "关键词" + "后" * 300
    await shelves.do("i-1", item("b", BoardKind.SITUATION, "长文", body=long), OFFICER)
    [row] = await shelves.find("关键词")
    assert "关键词" in row.snippet
    assert row.snippet.startswith("…")


async def test_E7_what_was_there_before_the_hub_ran_is_taken_up(shelves: Shelves) -> None:
    await shelves.do("i-1", item("a", BoardKind.SITUATION, "此前所写"), OFFICER)
    later = Search(Streams(shelves.log, ManualClock()))
    assert (await later.find(Sought("此前所写"), OFFICER)).complete is False
    await later.start()
    result = await later.find(Sought("此前所写"), OFFICER)
    assert ([row.item_id for row in result.rows], result.complete) == (["a"], True)


async def test_E7_secrets_and_answers_of_others_are_found_by_the_office_alone(shelves: Shelves) -> None:
    await shelves.do(
        "i-1",
        item("a", BoardKind.INSTRUCTION, "转移群众", "xinyang", "kaifeng", proposal="拟请阅示"),
        OFFICER,
    )
    await shelves.do("i-1", Annotate(item_id="a", text="内部批注", office=True), OFFICER)
    for state, text in ((Progress.SIGNED, ""), (Progress.REPLIED, "信阳已转移")):
        await shelves.do("i-1", MoveTrack(item_id="a", seat="xinyang", state=state, text=text), XINYANG)
    for query, who in (
        ("拟请阅示", [OFFICER]),
        ("内部批注", [OFFICER]),
        ("信阳已转移", [OFFICER, REVIEWER, XINYANG]),
    ):
        assert [by for by in VIEWERS if await shelves.find(query, by)] == who, query


STEPS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from(["i-1", "i-2"]),
        st.sampled_from([OFFICER, YINGJI, XINYANG, KAIFENG, HUB]),
        st.sampled_from(list(BoardKind)),
        st.sampled_from([None, *Reach]),
        st.sets(st.sampled_from(list(UNITS))),
        st.integers(0, 8),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_E7_nobody_ever_finds_a_byte_that_is_not_shown(
    steps: list[tuple[int, str, Actor, BoardKind, Reach | None, set[str], int]],
) -> None:
    asyncio.run(_nobody_finds(steps))


async def _nobody_finds(steps: list[tuple[int, str, Actor, BoardKind, Reach | None, set[str], int]]) -> None:
    shelves = Shelves()
    await shelves.search.start()
    await shelves.open("i-1", ["yingji", "xinyang"])
    await shelves.open("i-2", ["yingji", "xinyang", "kaifeng"])
    for number, (what, incident, by, kind, reach, seats, which) in enumerate(steps):
        at, token = f"it-{which}", f"token{number}x"
        command: Command
        match what:
            case 0:
                secret = {"proposal": f"secret{token}"} if by is OFFICER and kind is BoardKind.REPORT else {}
                command = item(f"it-{number}", kind, token, *seats, reach=reach, **secret)
            case 1:
                command = EditItem(item_id=at, base_version=99, fields={"place": token})
            case 2:
                command = ShareItem(item_id=at, reach=reach or Reach.UNIT, shared=sorted(seats))
            case 3:
                command = Annotate(item_id=at, text=token, office=reach is Reach.OFFICE)
            case 4:
                command = MoveTrack(item_id=at, seat=by.seat or "", state=Progress.SIGNED)
            case _:
                command = RemoveUnit(seat=min(seats, default="kaifeng"))
        await shelves.do(incident, command, by)
    for by in VIEWERS:
        for number in range(len(steps)):
            found = {
                (row.stream, row.item_id) for row in await shelves.find(f"token{number}x", by, limit=1_000)
            }
            assert found == await _shown(shelves, f"token{number}x", by)


async def _shown(shelves: Shelves, token: str, by: Actor) -> set[tuple[str, str | None]]:
    """By looking at everything that ``by`` is shown."""
    shown: set[tuple[str, str | None]] = set()
    for incident in ("i-1", "i-2"):
        state = await shelves.state(incident)
        if may_follow(state, by):
            for key, each in workspace_for(state, by).items.items():
                texts = [*each.fields.values(), *(note.text for note in each.notes)]
                if any(token in text for text in texts):
                    shown.add((stream_of(incident), key))
    return shown


@pytest.mark.parametrize("by", [STRANGER])
async def test_E7_who_takes_no_part_finds_nothing(shelves: Shelves, by: Actor) -> None:
    await shelves.do("i-1", item("a", BoardKind.SITUATION, "全体可见", reach=Reach.ALL), OFFICER)
    assert await shelves.find("全体可见", by) == []
