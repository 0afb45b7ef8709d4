"""A duty log and the sheet of a handover as tables for paper and spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence

from hub.domain.duty import DutyEntry, EntryKind, OpenKind, PhoneRecord, Sheet, Watch, WatchHow
from hub.domain.roster import Crew
from hub.http.documents import Table, day_and_time

LOG_HEAD = ("序号", "时间", "类别", "内容", "电话记录", "登记人", "登记时间", "更正与作废")
_LOG_WIDTHS = (5, 15, 7, 40, 30, 9, 15, 30)
SHEET_HEAD = ("序号", "类别", "事项", "所属", "时限", "超期", "未签收单位", "交接说明", "说明人")
_SHEET_WIDTHS = (5, 9, 30, 20, 14, 6, 16, 34, 10)

ENTRY_KINDS = {
    EntryKind.CALL_IN: "来电",
    EntryKind.CALL_OUT: "去电",
    EntryKind.KEY: "要情",
    EntryKind.INSTRUCTION: "指示",
    EntryKind.OTHER: "其他",
    EntryKind.SYSTEM: "系统",
}
OPEN_KINDS = {
    OpenKind.INSTRUCTION: "批示指示",
    OpenKind.WARNING: "预警叫应",
    OpenKind.TASK: "任务",
    OpenKind.HAZARD: "隐患",
    OpenKind.REPORT: "信息报送",
    OpenKind.SESSION: "进行中会商",
    OpenKind.BOOKING: "预约会议",
    OpenKind.INCIDENT: "报送时限",
}
HOWS = {WatchHow.SIGN_IN: "签到", WatchHow.HANDOVER: "交接", WatchHow.AT_ONCE: "立即接班"}
_CALL = {
    "unit": "单位",
    "name": "姓名",
    "post": "职务",
    "phone": "电话",
    "place": "地点",
    "cause": "起因",
    "course": "经过",
    "measures": "措施",
    "result": "结果",
    "impact": "影响",
    "trend": "趋势",
    "told": "已向谁报告",
}


def log_table(
    office: str, entries: Sequence[DutyEntry], from_ms: int, to_ms: int, classification: str
) -> Table:
    """What was written first stands in its column; what was made of it since stands beside it (L2)."""
    rows = [_entry_cells(number, entry) for number, entry in enumerate(entries, 1)]
    facts = [
        f"单位：{office}　{classification}".rstrip(),
        f"时段：{day_and_time(from_ms)} 至 {day_and_time(to_ms)}　共 {len(entries)} 条",
    ]
    return Table(f"{office}值班日志", facts, LOG_HEAD, rows, _LOG_WIDTHS, made_ms=from_ms)


def _entry_cells(number: int, entry: DutyEntry) -> list[str]:
    later = [
        f"更正（{day_and_time(each.at_ms)} {each.actor.person}，{each.reason}）：{each.text}"
        + (f"；{call_text(each.call)}" if each.call is not None and each.call != entry.call else "")
        for each in entry.corrections
    ]
    if entry.voided is not None:
        void = entry.voided
        later.append(f"作废（{day_and_time(void.at_ms)} {void.actor.person}）：{void.reason}")
    return [
        str(number),
        day_and_time(entry.at_ms),
        ENTRY_KINDS[entry.kind],
        entry.text,
        call_text(entry.call) if entry.call is not None else "",
        entry.person,
        day_and_time(entry.noted_ms),
        "\n".join(later),
    ]


def call_text(call: PhoneRecord) -> str:
    """What is known of a call, in the order of the record book."""
    known = [f"{word}：{value}" for name, word in _CALL.items() if (value := getattr(call, name))]
    if call.occurred_ms is not None:
        known.insert(4, f"发生时间：{day_and_time(call.occurred_ms)}")
    return "；".join(known)


def sheet_table(office: str, watch: Watch, following: Watch | None, classification: str) -> Table:
    sheet = watch.sheet or Sheet(collected_ms=watch.began_ms, items=[])
    facts = [
        f"单位：{office}　{classification}".rstrip(),
        f"交班班次：{crew_text(watch.crew)}　{day_and_time(watch.began_ms)} 到岗（{HOWS[watch.how]}）",
        f"接班班次：{crew_text(following.crew) if following is not None else '尚未接班'}",
        f"未办结事项：{len(sheet.items)} 项，{day_and_time(sheet.collected_ms)} 汇总",
        _signed("交班签字", sheet.given.person, sheet.given.at_ms) if sheet.given else "交班签字：",
        _signed("接班签字", sheet.signed.person, sheet.signed.at_ms) if sheet.signed else "接班签字：",
    ]
    if following is not None and following.how is WatchHow.AT_ONCE:
        facts.append(f"立即接班：{following.person}，{following.reason}")
    if sheet.remark:
        facts.append(f"接班意见：{sheet.remark}")
    rows = [_item_cells(number, sheet, number - 1) for number in range(1, len(sheet.items) + 1)]
    return Table(f"{office}交接班单", facts, SHEET_HEAD, rows, _SHEET_WIDTHS, made_ms=sheet.collected_ms)


def _item_cells(number: int, sheet: Sheet, at: int) -> list[str]:
    item = sheet.items[at]
    note = sheet.notes.get(item.key)
    return [
        str(number),
        OPEN_KINDS[item.kind],
        item.title,
        item.text,
        day_and_time(item.due_ms)[:16] if item.due_ms is not None else "",
        "超期" if item.overdue else "",
        "、".join(item.silent),
        note.text if note is not None else "",
        note.actor.person if note is not None else "",
    ]


def _signed(what: str, person: str, at_ms: int) -> str:
    return f"{what}：{person}　{day_and_time(at_ms)}"


def crew_text(crew: Crew) -> str:
    parts = (
        ("带班领导", crew.leader),
        ("值班长", crew.chief),
        ("正班", "、".join(crew.primary)),
        ("副班", "、".join(crew.deputies)),
    )
    return "，".join(f"{word} {names}" for word, names in parts if names)
