"""The table of a spot check to take away: the annex of the circular (通报), for officers alone (K1)."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from hub.domain.spotcheck import CheckChannel, CheckRow, CheckState, SpotCheck, Verdict
from hub.domain.spotcheck_rules import figures, is_slow
from hub.http.auth import actor_of
from hub.http.documents import Table, day_and_time, download
from hub.http.documents import clock_time as hour_of
from hub.http.keys import STREAMS
from hub.live.rights import check_spotcheck

_STATES = {
    CheckState.WAITING: "待呼叫",
    CheckState.CALLING: "呼叫中",
    CheckState.ANSWERED: "已应答",
    CheckState.NO_ANSWER: "未应答",
    CheckState.DECLINED: "拒接",
    CheckState.OFFLINE: "离线",
}
_CHANNELS = {CheckChannel.VIDEO: "视频", CheckChannel.PHONE: "电话"}
_VERDICTS = {None: "", Verdict.NORMAL: "正常", Verdict.PROBLEM: "有问题", Verdict.ON_LEAVE: "请假"}
_ANSWERS = {None: "", True: "是", False: "否"}

_COLUMNS: list[tuple[str, int, Callable[[SpotCheck, CheckRow], str]]] = [
    ("序号", 2, lambda check, row: str(row.number)),
    ("单位", 6, lambda check, row: row.seat.name),
    ("方式", 2, lambda check, row: _CHANNELS[row.channel]),
    ("呼叫时间", 4, lambda check, row: clock_time(row.called_ms)),
    ("应答时间", 4, lambda check, row: clock_time(row.answered_ms)),
    ("用时（秒）", 3, lambda check, row: seconds(row.after_ms)),
    ("结果", 4, lambda check, row: _result(check, row)),
]
_FINDINGS: list[tuple[str, int, Callable[[SpotCheck, CheckRow], str]]] = [
    ("结论", 3, lambda check, row: _VERDICTS[row.verdict]),
    ("备注", 5, lambda check, row: row.note),
    ("问题与整改要求", 6, lambda check, row: row.problem),
]


async def table(request: web.Request) -> web.Response:
    """GET /api/spotchecks/{check}/table.csv and .docx"""
    by = await actor_of(request)
    check = await check_spotcheck(request.app[STREAMS], request.match_info["check"], by)
    return await download(table_of(check), request.match_info["kind"], check.title)


def table_of(check: SpotCheck) -> Table:
    items = [(name, 3) for name in check.items]
    columns = [*((head, width) for head, width, _ in _COLUMNS), *items]
    columns += [(head, width) for head, width, _ in _FINDINGS]
    rows = [
        [
            *(cell(check, row) for _, _, cell in _COLUMNS),
            *(_ANSWERS[answer] for answer in row.answers),
            *(cell(check, row) for _, _, cell in _FINDINGS),
        ]
        for row in check.rows
    ]
    return Table(
        title=check.title,
        facts=facts(check),
        head=[head for head, _ in columns],
        rows=rows,
        widths=[width for _, width in columns],
        made_ms=check.closed_ms or check.started_ms,
    )


def facts(check: SpotCheck) -> list[str]:
    """The lines above the table: when, by whom, how they were chosen, and the figures."""
    by = check.by
    who = "" if by is None else f"　抽查人：{by.seat_name or ''} {by.person}"
    lines = [f"抽查时间：{clock_time(check.started_ms, with_date=True)}{who}"]
    if (draw := check.draw) is not None:
        lines.append(
            f"抽取方式：在“{draw.label}”{len(draw.pool)} 个单位中随机抽取 {draw.count} 个，种子 {draw.seed}"
        )
    for channel, limit_s in (
        (CheckChannel.VIDEO, check.video_ring_s),
        (CheckChannel.PHONE, check.phone_answer_s),
    ):
        counted = figures(check, channel)
        if counted.rows:
            percent = "—" if counted.percent is None else f"{counted.percent}%"
            average = seconds(counted.average_ms) or "—"
            lines.append(
                f"{_CHANNELS[channel]}：{counted.rows} 个单位，已呼叫 {counted.called} 个，"
                f"应答 {counted.answered} 个，应答率 {percent}，平均应答 {average} 秒，"
                f"超过 {limit_s} 秒 {counted.slow} 个"
            )
    return lines


def clock_time(at_ms: int | None, *, with_date: bool = False) -> str:
    if at_ms is None:
        return ""
    return day_and_time(at_ms) if with_date else hour_of(at_ms)


def seconds(after_ms: int | None) -> str:
    return "" if after_ms is None else f"{after_ms / 1000:.1f}"


def _result(check: SpotCheck, row: CheckRow) -> str:
    more = [
        "重呼" if row.recalled else "",
        "超时" if is_slow(check, row) else "",
        f"铃响 {row.rings} 声" if row.rings is not None else "",
    ]
    notes = "、".join(note for note in more if note)
    return f"{_STATES[row.state]}（{notes}）" if notes else _STATES[row.state]
