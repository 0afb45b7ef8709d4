"""Golden streams of workspaces: an incident, what a city hears of it, a session's boards, an older log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from hub.domain import item, mark, track, workspace
from hub.domain.deadline import HENAN, EventLevel
from hub.domain.event import HUB, Actor, Recorded
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.reach import view
from hub.domain.streams import decode_event
from hub.domain.workspace import Nature, Status
from tests.support.factories import (
    KAIFENG,
    OFFICER,
    STRANGER,
    XINYANG,
    YINGJI,
    Stream,
    board_of,
    open_workspace,
    unit,
)

OLDER = Path(__file__).parent / "older"


def _add(board: str, item_id: str, text: str, **rest: Any) -> item.AddItem:
    fields = {"text": text, **rest.pop("fields", {})}
    return item.AddItem(board_id=board, item_id=item_id, fields=fields, **rest)


def _opening() -> workspace.OpenWorkspace:
    known_ms = 1_784_514_000_000
    header = workspace.Header(
        title="7·20强降雨防汛", place="信阳市浉河区", occurred_ms=known_ms, learned_ms=known_ms + 60_000
    )
    return open_workspace(
        YINGJI,
        XINYANG,
        nature=Nature.INCIDENT,
        header=header,
        level=EventLevel.II,
        number="2026-0012",
        profile=HENAN,
        plan=workspace.PlanRef(plan_id="q-1", name="防汛预案", version=3),
        call=["yingji"],
        boards=[board_of(kind) for kind in (BoardKind.SITUATION, BoardKind.REPORT, BoardKind.INSTRUCTION)],
        items=[_add("report", "i-phone", "浉河漫堤", fields={"type": "phone", "caller": "李强"})],
    )


def an_incident() -> Stream:
    stream = Stream("incident:i-1")
    soon_ms = stream.now_ms + 3_600_000
    stream.do_all(
        [
            (_opening(), OFFICER),
            (
                workspace.EditHeader(base_version=1, changes=workspace.HeaderChanges(summary="三处漫堤")),
                OFFICER,
            ),
            (workspace.ChangeLevel(level=EventLevel.I, response="II", reason="水位持续上涨"), OFFICER),
            (
                workspace.RecordCasualties(
                    entry=workspace.Casualties(as_of_ms=stream.now_ms, source="信阳市委值班室", missing=2)
                ),
                OFFICER,
            ),
            (workspace.AddUnits(units=[unit(KAIFENG), unit(STRANGER)]), OFFICER),
            (workspace.RemoveUnit(seat="hebi"), OFFICER),
            (workspace.OpenBoard(board=board_of(BoardKind.HAZARD)), OFFICER),
            (workspace.LinkSession(session_id="s-1", title="防汛会商"), HUB),
            (workspace.NoteEntry(when_ms=stream.now_ms, text="向省委值班领导口头报告"), OFFICER),
            (workspace.NoteExport(what="board", key="report", form="pdf"), OFFICER),
            (workspace.CheckDeadlines(), HUB),
            *_the_reports(),
            *_the_situation(),
            *_an_instruction(soon_ms),
            *_a_hazard(),
            (
                mark.MarkUnit(
                    mark_id="k-1", unit=unit(STRANGER), mark=mark.MarkKind.MISSED, reason="媒体先于报告"
                ),
                OFFICER,
            ),
            (mark.RetractMark(mark_id="k-1", reason="已电话报告"), OFFICER),
            (workspace.ChangeStatus(status=Status.CLOSED, reason="险情解除"), OFFICER),
        ]
    )
    return stream


def _the_reports() -> list[tuple[Any, Actor]]:
    elements = {"nature": "浉河漫堤", "casualties": "失联 2 人", "type": "initial"}
    return [
        (_add("report", "i-first", "浉河漫堤首报", fields=elements, state="draft"), XINYANG),
        (item.ChangeState(item_id="i-first", move="submit"), XINYANG),
        (item.ChangeState(item_id="i-first", move="return", reason="补充转移人数"), OFFICER),
        (item.EditItem(item_id="i-first", base_version=1, fields={"scope": "转移 1200 人"}), XINYANG),
        (item.ChangeState(item_id="i-first", move="submit"), XINYANG),
        (
            item.EditItem(
                item_id="i-first",
                base_version=2,
                fields={"proposal": "拟请应急厅派员", "credibility": "verified"},
            ),
            OFFICER,
        ),
        (item.EditItem(item_id="i-first", base_version=4, fields={"proposal_state": "approved"}), OFFICER),
        (item.ChangeState(item_id="i-first", move="adopt"), OFFICER),
        (
            _add(
                "report",
                "i-next",
                "浉河漫堤续报",
                fields={"type": "followup"},
                state="submitted",
                chain="i-first",
            ),
            XINYANG,
        ),
    ]


def _the_situation() -> list[tuple[Any, Actor]]:
    paper = item.Attachment(digest="ab" * 32, name="水位.pdf", type="application/pdf", size_bytes=77)
    return [
        (_add("situation", "i-city", "浉河水位 2.1 米"), XINYANG),
        (_add("situation", "i-all", "夜间仍有强降雨", fields={"category": "forecast"}), YINGJI),
        (_add("situation", "i-own", "值班室内部研判", reach=Reach.OFFICE), OFFICER),
        (item.MoveItem(item_id="i-all"), OFFICER),
        (item.PinItem(item_id="i-all", pinned=True), OFFICER),
        (item.PutOnWall(item_id="i-all", on_wall=True), OFFICER),
        (item.Annotate(item_id="i-all", text="信阳已转移"), XINYANG),
        (item.Annotate(item_id="i-all", text="与气象局核对", office=True), OFFICER),
        (item.Attach(item_id="i-all", attachment=paper), YINGJI),
        (item.ShareItem(item_id="i-city", reach=Reach.UNIT, shared=["kaifeng"]), OFFICER),
        (item.EditItem(item_id="i-city", base_version=1, fields={"text": "浉河水位 2.4 米"}), XINYANG),
        (item.ShareItem(item_id="i-city", reach=Reach.UNIT, shared=[]), OFFICER),
        (item.VoidItem(item_id="i-all", reason="预报已更新"), YINGJI),
    ]


def _an_instruction(soon_ms: int) -> list[tuple[Any, Actor]]:
    def move(by: Actor, state: track.Progress, text: str = "", seat: str | None = None) -> tuple[Any, Actor]:
        return track.MoveTrack(item_id="i-order", seat=seat or by.seat or "", state=state, text=text), by

    proof = item.Attachment(digest="cd" * 32, name="现场.jpg", type="image/jpeg", size_bytes=99)
    fields = {"leader": "邓立新", "due": str(soon_ms), "proposal": "拟由信阳承办"}
    order = _add("instruction", "i-order", "立即核实失联人数", fields=fields, units=[unit(XINYANG)])
    return [
        (order, OFFICER),
        (item.AssignItem(item_id="i-order", units=[unit(KAIFENG), unit(YINGJI)]), OFFICER),
        (track.MarkDelivered(item_id="i-order", seats=["xinyang", "kaifeng"]), HUB),
        move(XINYANG, track.Progress.READ),
        (track.Urge(item_id="i-order", seats=["xinyang", "kaifeng", "yingji"]), OFFICER),
        (track.Escalate(item_id="i-order", seats=["kaifeng", "yingji"]), HUB),
        (track.NotePhoned(item_id="i-order", seat="kaifeng", reached=False, note="占线"), OFFICER),
        (track.NotePhoned(item_id="i-order", seat="yingji", reached=True, note="值班长接听"), OFFICER),
        move(XINYANG, track.Progress.SIGNED),
        (
            track.AskExtension(
                item_id="i-order", seat="xinyang", due_ms=soon_ms + 3_600_000, reason="道路中断"
            ),
            XINYANG,
        ),
        (track.AnswerExtension(item_id="i-order", seat="xinyang", granted=True), OFFICER),
        (item.Attach(item_id="i-order", attachment=proof), XINYANG),
        move(XINYANG, track.Progress.REPLIED, "失联 2 人"),
        move(OFFICER, track.Progress.RETURNED, "写明姓名", "xinyang"),
        move(XINYANG, track.Progress.WORKING),
        move(XINYANG, track.Progress.REPLIED, "失联 2 人：张某、王某"),
        move(KAIFENG, track.Progress.REPLIED, "开封无失联"),
        move(YINGJI, track.Progress.REPLIED, "已派员"),
        move(OFFICER, track.Progress.CONFIRMED, seat="xinyang"),
        (item.ChangeState(item_id="i-order", move="close"), OFFICER),
        (workspace.NoteExport(what="feedback", key="i-order", form="xlsx"), OFFICER),
    ]


def _a_hazard() -> list[tuple[Any, Actor]]:
    return [
        (_add("hazard", "i-dam", "水库溢洪道裂缝", units=[unit(XINYANG)]), OFFICER),
        (item.ChangeState(item_id="i-dam", move="report"), XINYANG),
        (item.ChangeState(item_id="i-dam", move="clear"), OFFICER),
    ]


def heard_by(by: Actor, of: Stream) -> Stream:
    """``of`` as a page of ``by`` hears it, and what the page makes of it."""
    heard, before = Stream(of.name), workspace.Workspace()
    for recorded in of.events:
        after = of.rules.apply(before, recorded)
        heard.events.append(view(before, after, recorded, by))
        heard.state = heard.rules.apply(heard.state, heard.events[-1])
        before = after
    return heard


def a_citys_view() -> Stream:
    """Items are shown to it and hidden from it, and much is withheld."""
    return heard_by(KAIFENG, an_incident())


def a_sessions_boards() -> Stream:
    stream = Stream("board:b-1")
    stream.do_all(
        [
            (open_workspace(boards=[board_of(BoardKind.SITUATION), board_of(BoardKind.OPINION)]), OFFICER),
            (_add("situation", "i-1", "浉河水位 2.1 米", session_id="s-1", media_ms=61_000), XINYANG),
            (_add("opinion", "i-2", "建议转移", fields={"basis": "雨情"}, session_id="s-1"), YINGJI),
            (_add("opinion", "i-3", "启动二级响应", fields={"role": "conclusion"}), OFFICER),
            (item.ChangeState(item_id="i-3", move="approve"), OFFICER),
            (workspace.CloseBoards(), HUB),
        ]
    )
    return stream


def an_older_board() -> Stream:
    """As it was written before boards had kinds; the hub reads it as if it had been written today."""
    content: Any = msgspec.json.decode((OLDER / "board.json").read_bytes())
    stream = Stream(content["stream"])
    for each in content["events"]:
        event = decode_event(msgspec.json.encode(each["event"]))
        recorded = msgspec.convert({**each, "event": None}, Recorded[Any])
        stream.events.append(msgspec.structs.replace(recorded, event=event))
        stream.state = stream.rules.apply(stream.state, stream.events[-1])
    return stream
