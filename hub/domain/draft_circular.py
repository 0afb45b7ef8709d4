"""值班工作通报 as the hub drafts it: how each unit has reported, answered and done its part (N2, N9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from hub.domain.drafting import Draft, cell, counted, refs
from hub.domain.mark import Mark, MarkKind
from hub.domain.paper import PaperCell, PaperGrid
from hub.domain.paperwords import MARKS, RESULTS, moment, one_line, seconds
from hub.domain.rollcall import RollResult
from hub.domain.spotcheck import CheckState, Verdict
from hub.domain.tally import (
    MISSED,
    Checked,
    Order,
    Outcome,
    Report,
    Rolled,
    Warned,
    checked,
    marks,
    orders,
    reports,
    rolled,
    warned,
)


class Row(NamedTuple):
    """Something that is counted, and the key of its source."""

    key: int
    seat: str
    name: str


class Tallies(NamedTuple):
    """All that is counted, each with its source."""

    reports: list[tuple[Row, Report]]
    marks: list[tuple[Row, Mark]]
    orders: list[tuple[Row, Order]]
    warned: list[tuple[Row, Warned]]
    rolled: list[tuple[Row, Rolled]]
    checked: list[tuple[Row, Checked]]


def tallies(draft: Draft) -> Tallies:
    found = Tallies([], [], [], [], [], [])
    for of, _ in draft.workspaces:
        for report in reports(of, draft.scope):
            who = report.item.author.seat_name or report.seat
            found.reports.append((_row(draft, draft.item(of, report.item), report.seat, who), report))
        for mark in marks(of, draft.scope):
            row = _row(draft, draft.mark(of, mark.mark_id), mark.unit.seat, mark.unit.name)
            found.marks.append((row, mark))
        for order in orders(of, draft.scope):
            row = _row(draft, draft.item(of, order.item), order.seat, order.track.unit.name)
            found.orders.append((row, order))
        for warning in warned(of, draft.scope):
            row = _row(draft, draft.item(of, warning.item), warning.seat, warning.track.unit.name)
            found.warned.append((row, warning))
    for of, session in draft.sessions:
        for roll in rolled(session):
            row = _row(draft, draft.rolled(of, roll), roll.seat, session.venues[roll.seat].name)
            found.rolled.append((row, roll))
    for check in checked(draft.chronicles, draft.scope):
        row = _row(draft, draft.checked(check), check.seat, check.row.seat.name)
        found.checked.append((row, check))
    return found


def _row(draft: Draft, key: int, seat: str, otherwise: str) -> Row:
    return Row(key, seat, draft.unit(seat, otherwise))


def write(draft: Draft) -> None:
    counts = tallies(draft)
    _reporting(draft, counts)
    _ordering(draft, counts)
    _warning(draft, counts)
    _answering(draft, counts)
    problems = _problems(counts)
    praised = _praised(draft, counts, {row.seat for row, _ in problems})
    draft.add("praise", "表扬", praised)
    draft.add("problems", "存在问题", [line for _, line in problems])
    late = [row.key for row, report in counts.reports if report.late_min is not None]
    in_time = [row.key for row, order in counts.orders if order.outcome is Outcome.ON_TIME]
    lines = [
        f"各单位报送信息{counted(row.key for row, _ in counts.reports)}，迟报{counted(late)}，"
        f"漏报、瞒报、谎报标记{counted(row.key for row, _ in counts.marks)}。",
        f"交办批示指示{counted((row.key for row, _ in counts.orders), '项次')}，"
        f"按时反馈{counted(in_time, '项次')}；"
        f"预警叫应{counted((row.key for row, _ in counts.warned), '项次')}。",
        f"点名{counted((row.key for row, _ in counts.rolled), '个次')}，"
        f"抽查{counted((row.key for row, _ in counts.checked), '个次')}。演练不计入本通报。",
    ]
    draft.put_first("overview", "总体情况", lines)


# --- tables -------------------------------------------------------------------------------------


_Column = tuple[str, Callable[[list[tuple[Row, object]]], PaperCell]]


def _grid(draft: Draft, rows: Sequence[tuple[Row, object]], columns: list[_Column]) -> PaperGrid | None:
    """One line a unit of which something is counted, in the order of every list."""
    by_unit: dict[str, list[tuple[Row, object]]] = defaultdict(list)
    for row, thing in rows:
        by_unit[row.seat].append((row, thing))
    if not by_unit:
        return None
    lines = [
        [PaperCell(text=by_unit[seat][0][0].name), *(column(by_unit[seat]) for _, column in columns)]
        for seat in draft.in_order(by_unit)
    ]
    return PaperGrid(head=["单位", *(head for head, _ in columns)], rows=lines)


def _which(wanted: Callable[[object], bool]) -> Callable[[list[tuple[Row, object]]], PaperCell]:
    return lambda rows: cell(row.key for row, thing in rows if wanted(thing))


def _late(rows: list[tuple[Row, object]]) -> PaperCell:
    minutes = [
        (row.key, thing.late_min)
        for row, thing in rows
        if isinstance(thing, Report) and thing.late_min is not None
    ]
    total = sum(late for _, late in minutes)
    return PaperCell(text=str(total), sources=sorted({key for key, _ in minutes}))


def _average(of: Callable[[object], int | None]) -> Callable[[list[tuple[Row, object]]], PaperCell]:
    """Of those that have one; a dash where nobody has."""

    def average(rows: list[tuple[Row, object]]) -> PaperCell:
        measured = [(row.key, after_ms) for row, thing in rows if (after_ms := of(thing)) is not None]
        if not measured:
            return PaperCell(text="—")
        mean_ms = sum(after_ms for _, after_ms in measured) / len(measured)
        return PaperCell(text=seconds(mean_ms), sources=sorted({key for key, _ in measured}))

    return average


def _reporting(draft: Draft, counts: Tallies) -> None:
    columns: list[_Column] = [
        ("报送", _which(lambda thing: isinstance(thing, Report))),
        ("按时", _which(lambda thing: isinstance(thing, Report) and thing.timed and thing.late_min is None)),
        ("迟报", _which(lambda thing: isinstance(thing, Report) and thing.late_min is not None)),
        ("迟报分钟", _late),
        *((MARKS[kind], _which(_marked(kind))) for kind in MarkKind),
    ]
    draft.add("reporting", "信息报送", [], _grid(draft, [*counts.reports, *counts.marks], columns))


def _marked(kind: MarkKind) -> Callable[[object], bool]:
    return lambda thing: isinstance(thing, Mark) and thing.mark is kind


def _ordering(draft: Draft, counts: Tallies) -> None:
    words = ("按时反馈", "超时反馈", "超期未反馈", "办理中")
    columns: list[_Column] = [
        ("交办", _which(lambda thing: True)),
        *((word, _which(_came_to(outcome))) for word, outcome in zip(words, Outcome, strict=True)),
    ]
    draft.add("orders", "批示指示落实", [], _grid(draft, counts.orders, columns))


def _came_to(outcome: Outcome) -> Callable[[object], bool]:
    return lambda thing: isinstance(thing, Order) and thing.outcome is outcome


def _warning(draft: Draft, counts: Tallies) -> None:
    columns: list[_Column] = [
        ("预警", _which(lambda thing: True)),
        ("已确认", _which(lambda thing: isinstance(thing, Warned) and thing.after_ms is not None)),
        ("平均确认（秒）", _average(lambda thing: thing.after_ms if isinstance(thing, Warned) else None)),
        ("电话叫应", _which(lambda thing: isinstance(thing, Warned) and bool(thing.track.phoned))),
        ("未确认", _which(lambda thing: isinstance(thing, Warned) and thing.after_ms is None)),
    ]
    draft.add("warnings", "预警叫应", [], _grid(draft, counts.warned, columns))


def _answering(draft: Draft, counts: Tallies) -> None:
    columns: list[_Column] = [
        ("点名", _which(lambda thing: isinstance(thing, Rolled))),
        ("点名应答", _which(lambda thing: isinstance(thing, Rolled) and _answered(thing))),
        (
            "平均应答（秒）",
            _average(lambda thing: thing.row.after_ms if isinstance(thing, Rolled) else None),
        ),
        ("抽查", _which(lambda thing: isinstance(thing, Checked))),
        (
            "抽查应答",
            _which(lambda thing: isinstance(thing, Checked) and thing.row.state is CheckState.ANSWERED),
        ),
        (
            "抽查平均（秒）",
            _average(lambda thing: thing.row.after_ms if isinstance(thing, Checked) else None),
        ),
        (
            "查出问题",
            _which(lambda thing: isinstance(thing, Checked) and thing.row.verdict is Verdict.PROBLEM),
        ),
    ]
    draft.add("answering", "点名与抽查", [], _grid(draft, [*counts.rolled, *counts.checked], columns))


def _answered(thing: Rolled) -> bool:
    return thing.row.result is RollResult.ANSWERED


# --- praise and problems ---------------------------------------------------------------------------


def _problems(counts: Tallies) -> list[tuple[Row, str]]:
    """One line a record, in the order of the tables; who answers for it is a person's judgement."""
    found: list[tuple[Row, str]] = []
    for row, report in counts.reports:
        if report.late_min is not None:
            text = f"{row.name}：{moment(report.place.at_ms)}报送“{_short(report.item.fields['text'])}”，"
            found.append((row, f"{text}迟报{report.late_min}分钟{refs([row.key])}。"))
    for row, mark in counts.marks:
        found.append((row, f"{row.name}：{MARKS[mark.mark]}，{one_line(mark.reason)}{refs([row.key])}。"))
    for row, order in counts.orders:
        if order.outcome in (Outcome.LATE, Outcome.OVERDUE):
            late = order.track.late_min
            how = f"超时{late}分钟反馈" if order.outcome is Outcome.LATE else "超期未反馈"
            text = f"{row.name}：“{_short(order.item.fields['text'])}”"
            found.append((row, f"{text}{how}{refs([row.key])}。"))
    for row, warning in counts.warned:
        if warning.after_ms is None:
            text = f"{row.name}：预警“{_short(warning.item.fields['text'])}”未确认"
            found.append((row, f"{text}{refs([row.key])}。"))
    for row, roll in counts.rolled:
        result = roll.row.result
        if result is not None and result not in (RollResult.ANSWERED, RollResult.ON_LEAVE):
            when = moment(roll.roll.started_ms)
            found.append((row, f"{row.name}：{when}点名{RESULTS[result]}{refs([row.key])}。"))
    for row, check in counts.checked:
        missed, problem = check.row.state in MISSED, check.row.verdict is Verdict.PROBLEM
        if missed or problem:
            said = one_line(check.row.problem or check.row.note)
            words = "、".join(word for word in ("未应答" if missed else "", said) if word) or "查出问题"
            found.append((row, f"{row.name}：{moment(check.check.started_ms)}抽查{words}{refs([row.key])}。"))
    return found


def _short(text: str, most: int = 30) -> str:
    flat = one_line(text)
    return flat if len(flat) <= most else f"{flat[:most]}…"


def _praised(draft: Draft, counts: Tallies, blamed: set[str]) -> list[str]:
    """Units with something done in time and nothing held against them; the office chooses among them."""
    done: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row, report in counts.reports:
        if report.timed:
            done[row.seat]["信息按时报送"].append(row)
    for row, order in counts.orders:
        if order.outcome is Outcome.ON_TIME:
            done[row.seat]["批示指示按时反馈"].append(row)
    for row, roll in counts.rolled:
        if _answered(roll):
            done[row.seat]["点名应答"].append(row)
    for row, check in counts.checked:
        if check.row.state is CheckState.ANSWERED:
            done[row.seat]["抽查应答"].append(row)
    lines = []
    for seat in draft.in_order(set(done) - blamed):
        words = [f"{word}{counted((row.key for row in rows), '次')}" for word, rows in done[seat].items()]
        name = next(iter(next(iter(done[seat].values())))).name
        lines.append(f"{name}：{'，'.join(words)}。")
    return lines
