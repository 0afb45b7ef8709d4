"""The timeline of an incident and the history of an item: what each viewer is shown, page by page."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from hub.clock import ManualClock
from hub.domain.item import Annotate, AssignItem, EditItem, ItemAdded, MoveItem, ShareItem, VoidItem
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.track import MarkDelivered, MoveTrack, Progress, Urge
from hub.domain.workspace import LinkSession, NoteEntry
from hub.http.keys import LOG, SESSIONS, STREAMS
from hub.live.boards import units_of
from tests.support.affair import Affair
from tests.support.served import Client, served

SITUATION, REPORT, INSTRUCTION = BoardKind.SITUATION, BoardKind.REPORT, BoardKind.INSTRUCTION


@pytest.fixture
async def affair(client: Client) -> Affair:
    made = Affair(client)
    await made.open()
    return made


async def test_E1_the_newest_comes_first_and_pages_join_without_a_hole(affair: Affair) -> None:
    for number in range(25):
        await affair.adds("officer", SITUATION, f"第 {number} 条")
    seen: list[int] = []
    before = ""
    while True:
        page = (await affair.get("officer", f"/timeline?limit=10{before}")).body
        seen += [row["seq"] for row in page["rows"]]
        if page["before"] is None:
            break
        before = f"&before={page['before']}"
    _, head = await affair.client.hub.app[STREAMS].state(affair.stream)
    assert seen == list(range(head, 0, -1))


async def test_E1_a_row_says_who_what_on_which_board_and_in_which_words(affair: Affair) -> None:
    item = await affair.adds("xinyang", REPORT, "浉河水位超警")
    row = (await affair.get("officer", "/timeline?limit=1")).body["rows"][0]
    assert (row["type"], row["kind"], row["item_id"]) == ("item.added", "report", item)
    assert (row["text"], row["actor"]["seat"]) == ("浉河水位超警", "xinyang")
    await affair.does("officer", NoteEntry(when_ms=affair.now_ms() - 3_600_000, text="电话通知"))
    row = (await affair.get("officer", "/timeline?limit=1")).body["rows"][0]
    assert (row["text"], row["at_ms"] - row["when_ms"]) == ("电话通知", 3_600_000)


async def test_E1_noise_is_left_out_until_somebody_asks_for_it(affair: Affair) -> None:
    first = await affair.adds("officer", INSTRUCTION, "转移群众", units=("xinyang",))
    second = await affair.adds("officer", INSTRUCTION, "巡堤查险", units=("xinyang",))
    await affair.does("hub", MarkDelivered(item_id=first, seats=["xinyang"]))
    await affair.does("officer", MoveItem(item_id=second, after=None))
    await affair.does("hub", Urge(item_id=first, seats=["xinyang"]))
    await affair.does("xinyang", MoveTrack(item_id=first, seat="xinyang", state=Progress.SIGNED))
    types = [row["type"] for row in (await affair.get("officer", "/timeline?limit=3")).body["rows"]]
    assert types == ["item.state_changed", "track.moved", "item.added"]
    types = [row["type"] for row in (await affair.get("officer", "/timeline?limit=3&noise=1")).body["rows"]]
    assert types == ["item.state_changed", "track.moved", "track.urged"]


async def test_E1_by_board_by_seat_and_by_words(affair: Affair) -> None:
    await affair.adds("officer", SITUATION, "降雨 ＡＢＣ 站 320 毫米")
    await affair.adds("xinyang", REPORT, "转移 35 户")
    found = await affair.get("officer", "/timeline?kind=report")
    assert Affair.texts(found) == ["转移 35 户"]
    assert Affair.texts(await affair.get("officer", "/timeline?q=abc%20毫米")) == ["降雨 ＡＢＣ 站 320 毫米"]
    assert Affair.texts(await affair.get("officer", "/timeline?seat=xinyang&q=户")) == ["转移 35 户"]
    assert Affair.texts(await affair.get("officer", "/timeline?q=没有的词")) == []
    assert (await affair.get("officer", "/timeline?kind=nonsense")).code == "bad_request"
    assert (await affair.get("officer", "/timeline?limit=201")).code == "bad_request"
    assert (await affair.get("officer", "/timeline?before=x")).code == "bad_request"


async def test_E1_a_unit_hears_its_own_part_and_nothing_from_before_it_was_let_in(affair: Affair) -> None:
    hidden = await affair.adds("officer", SITUATION, "秘密甲", reach=Reach.OFFICE)
    await affair.does("officer", EditItem(item_id=hidden, base_version=1, fields={"text": "秘密乙"}))
    foreign = await affair.adds("kaifeng", REPORT, "开封自己的")
    asked = await affair.adds("officer", INSTRUCTION, "两市转移", units=("xinyang", "kaifeng"))
    await affair.does("kaifeng", MoveTrack(item_id=asked, seat="kaifeng", state=Progress.SIGNED, text=""))
    await affair.does("officer", Urge(item_id=asked, seats=["xinyang"]))
    await affair.does("officer", NoteEntry(when_ms=affair.now_ms(), text="办公室备忘"))
    raw = json.dumps((await affair.get("xinyang", "/timeline?noise=1")).body, ensure_ascii=False)
    for secret in ("秘密", "开封自己的", hidden, foreign, "办公室备忘"):
        assert secret not in raw
    rows = (await affair.get("xinyang", "/timeline")).body["rows"]
    assert [row["type"] for row in rows][:3] == ["track.urged", "item.state_changed", "item.added"]
    assert [unit["seat"] for unit in rows[2]["event"]["units"]] == ["xinyang"]

    await affair.does("officer", ShareItem(item_id=hidden, reach=Reach.UNIT, shared=["xinyang"]))
    await affair.does("officer", EditItem(item_id=hidden, base_version=2, fields={"place": "浉河区"}))
    answer = (await affair.get("xinyang", "/timeline")).body
    assert [row["type"] for row in answer["rows"]][:2] == ["item.edited", "item.shown"]
    assert "秘密甲" not in json.dumps(answer, ensure_ascii=False)
    history = (await affair.get("xinyang", f"/items/{hidden}/history")).body["rows"]
    assert [row["type"] for row in history] == ["item.shown", "item.edited"]


async def test_E1_a_search_for_a_seat_tells_nothing_of_what_was_left_out(affair: Affair) -> None:
    asked = await affair.adds("officer", INSTRUCTION, "两市转移", units=("xinyang", "kaifeng"))
    await affair.does("officer", Urge(item_id=asked, seats=["xinyang", "kaifeng"]))
    assert Affair.texts(await affair.get("officer", "/timeline?seat=kaifeng&q=两市")) == [
        "两市转移",
        "两市转移",
    ]
    assert Affair.texts(await affair.get("xinyang", "/timeline?seat=kaifeng&q=两市")) == []


async def test_E1_who_takes_no_part_finds_nothing_there(affair: Affair) -> None:
    item = await affair.adds("officer", SITUATION, "要情")
    for path in ("/timeline", f"/items/{item}/history"):
        assert (await affair.get("hebi", path)).code == "incident.unknown"
        assert (await affair.get("admin", path)).code == "incident.unknown"
    mine = await affair.adds("kaifeng", REPORT, "开封自己的")
    assert (await affair.get("xinyang", f"/items/{mine}/history")).code == "board.unknown_item"
    affair.stream = "incident:i-none"
    assert (await affair.get("officer", "/timeline")).code == "incident.unknown"


async def test_E1_the_sessions_held_on_it_are_in_it_by_the_hubs_clock(
    affair: Affair, clock: ManualClock
) -> None:
    await affair.adds("officer", SITUATION, "会前")
    clock.advance(1)
    affair.enter("officer")
    wish = {"title": "防汛会商", "kind": "consultation", "venues": ["xinyang"]}
    session_id = (await affair.client.ask("POST", "/api/sessions", wish)).body["id"]
    await affair.does("officer", LinkSession(session_id=session_id, title="防汛会商"))
    clock.advance(1)
    await affair.adds("officer", SITUATION, "会中")
    clock.advance(1)
    await affair.client.hub.app[SESSIONS].end(session_id, "", await affair.actor("officer"), None)
    rows = (await affair.get("officer", "/timeline")).body["rows"]
    order = [row["type"] for row in rows if row["type"] in ("session.started", "session.ended", "item.added")]
    assert order == ["session.ended", "item.added", "session.started", "item.added"]
    assert "recording.started" in [row["type"] for row in rows]
    only = (await affair.get("officer", "/timeline?kind=session")).body["rows"]
    assert {row["session_id"] for row in only} == {session_id}
    assert {row["text"] for row in only} == {"防汛会商"}
    pages = (await affair.get("officer", "/timeline?limit=1")).body
    assert [row["type"] for row in pages["rows"]].count("item.added") == 1
    kaifeng = (await affair.get("kaifeng", "/timeline")).body["rows"]
    assert not any(row["type"].startswith(("session.", "recording.")) for row in kaifeng)


async def test_E2_the_history_says_what_each_field_was_and_what_it_became(affair: Affair) -> None:
    item = await affair.adds("xinyang", REPORT, "水位上涨", place="浉河区")
    await affair.does(
        "xinyang", EditItem(item_id=item, base_version=1, fields={"text": "水位超警", "scope": "3 村"})
    )
    await affair.does("officer", EditItem(item_id=item, base_version=2, fields={"proposal": "拟请领导阅示"}))
    await affair.does("officer", Annotate(item_id=item, text="已电话核实", office=True))
    await affair.does("officer", VoidItem(item_id=item, reason="重复"))
    rows = (await affair.get("officer", f"/items/{item}/history")).body["rows"]
    assert [row["type"] for row in rows] == [
        "item.added",
        "item.edited",
        "item.edited",
        "item.annotated",
        "item.voided",
    ]
    assert rows[1]["changes"] == [
        {"field": "text", "before": "水位上涨", "after": "水位超警"},
        {"field": "scope", "before": "", "after": "3 村"},
    ]
    assert rows[2]["changes"][0]["after"] == "拟请领导阅示"
    for other in ("xinyang", "reviewer"):
        told = await affair.get(other, f"/items/{item}/history")
        assert [row["type"] for row in told.body["rows"]] == ["item.added", "item.edited", "item.voided"]
        assert "拟请" not in json.dumps(told.body, ensure_ascii=False)


async def test_E2_a_unit_that_is_asked_later_sees_the_item_from_then_on(affair: Affair) -> None:
    item = await affair.adds("officer", INSTRUCTION, "转移群众", units=("xinyang",))
    units = await units_of(affair.client.hub.app[STREAMS], ["kaifeng"])
    await affair.does("officer", AssignItem(item_id=item, units=units))
    await affair.does("kaifeng", MoveTrack(item_id=item, seat="kaifeng", state=Progress.SIGNED))
    rows = (await affair.get("kaifeng", f"/items/{item}/history")).body["rows"]
    assert [row["type"] for row in rows] == ["item.shown", "track.moved", "item.state_changed"]
    assert list(rows[0]["event"]["item"]["tracks"]) == ["kaifeng"]


@pytest.mark.slow
async def test_E1_a_page_of_a_long_incident_is_quick(tmp_path: Path) -> None:
    """The first page builds the table of contents; every page after that reads what it shows."""
    async with served(tmp_path / "var") as client:
        affair = Affair(client)
        await affair.open()
        log = client.hub.app[LOG]
        by = await affair.actor("officer")
        _, seq = await client.hub.app[STREAMS].state(affair.stream)
        fields = {"text": "第几条"}
        events = [
            ItemAdded(
                board_id="situation",
                item_id=f"x{n}",
                rank=f"a{n:05}",
                fields=fields,
                state="current",
                reach=Reach.ALL,
            )
            for n in range(1_000)
        ]
        await log.append(affair.stream, seq, events, actor=by, op=None, at_ms=affair.now_ms())
        await client.hub.app[STREAMS].refresh(affair.stream)
        for path, account in (
            ("/timeline", "officer"),
            ("/timeline", "xinyang"),
            ("/timeline?q=没有", "yingji"),
        ):
            await affair.get(account, path)
            assert min([await seconds_to_get(affair, account, path) for _ in range(3)]) < 1


async def seconds_to_get(affair: Affair, account: str, path: str) -> float:
    started = time.perf_counter()
    assert (await affair.get(account, path)).status == 200
    return time.perf_counter() - started
