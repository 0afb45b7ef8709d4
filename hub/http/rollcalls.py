"""The table of a roll call (点名) to take away, for the session's office and for reviewers (rule A7)."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from aiohttp import web

from hub.domain.event import Actor
from hub.domain.permissions import may_review
from hub.domain.rollcall import RollCall, RollCallEnded, RollCallStarted, RollCallTicked, RollResult, RollRow
from hub.domain.session import Session, stream_of
from hub.errors import Refusal
from hub.http.auth import actor_of
from hub.http.documents import KINDS, Table, clock_time, day_and_time, download
from hub.http.keys import LOG, STREAMS
from hub.live.rights import session_of
from hub.storage.eventlog import EventLog

HEAD = ("序号", "会场", "点名时间", "结果", "用时(秒)", "应答方式", "补点", "备注")
_WIDTHS = (6, 30, 12, 12, 10, 10, 8, 30)

RESULTS = {
    RollResult.ANSWERED: "应答",
    RollResult.NO_ANSWER: "无应答",
    RollResult.PICTURE_ONLY: "有图无声",
    RollResult.SOUND_ONLY: "有声无图",
    RollResult.OFFLINE: "离线",
    RollResult.ON_LEAVE: "请假",
}
WAYS = {"voice": "语音", "key": "按键", "chair": "主席登记", "hub": "系统判定"}
_WAITING = "待点"


class _Place(NamedTuple):
    """Where a roll call stands in the log of its session, and who called it."""

    first: int
    last: int
    by: Actor


async def export(request: web.Request) -> web.Response:
    """GET .../rollcalls/{rollcall}.csv and .docx."""
    kind = request.match_info["kind"]
    if kind not in KINDS.split("|"):
        raise Refusal("not_found")
    by = await actor_of(request)
    session = await session_of(request.app[STREAMS], request.match_info["session"])
    if not may_review(by, session, seats_may_review=False):
        raise Refusal("forbidden")
    wanted = request.match_info["rollcall"]
    roll = next((one for one in session.rollcalls if one.rollcall_id == wanted), None)
    if roll is None:
        raise Refusal("rollcall.unknown")
    place = await _place(request.app[LOG], session, roll)
    name = f"点名_{session.title}_{day_and_time(roll.started_ms).translate(_IN_NAMES)}"
    return await download(table_of(session, roll, place), kind, name)


_IN_NAMES = str.maketrans({" ": "_", ":": "", "-": ""})


def table_of(session: Session, roll: RollCall, place: _Place) -> Table:
    mark = "（演练）" if session.exercise else ""
    ended = day_and_time(roll.ended_ms) if roll.ended_ms is not None else "尚未结束"
    facts = [
        f"会商：{session.title}{mark}　{session.classification}".rstrip(),
        f"时间：{day_and_time(roll.started_ms)} 至 {ended}　每个会场等候 {roll.answer_s} 秒",
        f"主席：{place.by.seat_name or ''} {place.by.person}",
        f"日志位置：{stream_of(session.session_id)} 第 {place.first} 至 {place.last} 号",
        f"结果：{counts_text(roll)}",
    ]
    rows = [_cells(session, number, row) for number, row in enumerate(roll.rows, 1)]
    return Table(f"{session.title} 点名结果", facts, HEAD, rows, _WIDTHS, made_ms=roll.started_ms)


def counts_text(roll: RollCall) -> str:
    """A venue that was asked twice counts once, as it answered last."""
    last = {row.venue: row.result for row in roll.rows}
    counts = Counter(last.values())
    words: list[tuple[RollResult | None, str]] = [*RESULTS.items(), (None, _WAITING)]
    others = [f"{word} {counts[key]}" for key, word in words if counts[key] and key != RollResult.ANSWERED]
    return "，".join([f"{RESULTS[RollResult.ANSWERED]} {counts[RollResult.ANSWERED]}/{len(last)}", *others])


def _cells(session: Session, number: int, row: RollRow) -> list[str]:
    return [
        str(number),
        session.venues[row.venue].name,
        clock_time(row.asked_ms) if row.asked_ms is not None else "",
        RESULTS[row.result] if row.result is not None else _WAITING,
        f"{row.after_ms / 1000:.3f}" if row.after_ms is not None else "",
        WAYS.get(row.by or "", ""),
        "补点" if row.late else "",
        row.note,
    ]


async def _place(log: EventLog, session: Session, roll: RollCall) -> _Place:
    """From the first event that names the roll call to the last, corrections included."""
    named = [
        recorded
        for recorded in await log.read(stream_of(session.session_id))
        if isinstance(recorded.event, RollCallStarted | RollCallTicked | RollCallEnded)
        and recorded.event.rollcall_id == roll.rollcall_id
    ]
    return _Place(named[0].seq, named[-1].seq, named[0].actor)
