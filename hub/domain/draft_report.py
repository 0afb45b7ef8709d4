"""值班报告 as the hub drafts it: what happened in a shift, a day or an incident, and what is still open."""

from __future__ import annotations

from hub.domain.deadline import ClockName, Deadline, late_minutes
from hub.domain.drafting import Draft, counted, refs, where
from hub.domain.item import Item
from hub.domain.kindparts import BoardKind
from hub.domain.kinds import KINDS, state_of
from hub.domain.paperlog import Chronicle, Entry
from hub.domain.paperwords import (
    CATEGORIES,
    LEVELS,
    RESULTS,
    STATUSES,
    casualties,
    choice,
    doubt,
    in_brackets,
    moment,
    names,
    one_line,
    seconds,
    state_word,
)
from hub.domain.rollcall import RollResult
from hub.domain.session import Session, SessionKind
from hub.domain.spotcheck import CheckState
from hub.domain.tally import Report, all_reports, checked, due_ms, is_silent, items, rolled
from hub.domain.track import UnitTrack
from hub.domain.workspace import EntryNoted, LevelChanged, Nature, Status, StatusChanged, Workspace

_CLOCKS = {ClockName.PHONE: "电话报告", ClockName.WRITTEN: "书面报告", ClockName.FOLLOWUP: "续报"}
_ASKED = (BoardKind.INSTRUCTION, BoardKind.WARNING, BoardKind.TASK, BoardKind.HAZARD)


def write(draft: Draft) -> None:
    """In the order of the paper; the overview comes first and counts what is below."""
    incidents = _events(draft)
    reports = _reports(draft)
    instructions = _instructions(draft)
    warnings = _warnings(draft)
    held = _sessions(draft)
    _casualties(draft)
    checks = _checks(draft)
    left = _open(draft)
    lines = [
        f"本期事件专题{counted(incidents, '个')}，收到报告{counted(key for key, _ in reports)}，"
        f"其中迟报{counted(key for key, row in reports if row.late_min is not None)}。",
        f"领导批示指示{counted(instructions)}，预警{counted(warnings)}，会商{counted(held, '次')}，"
        f"点名抽查{counted(checks, '个次')}，待办事项{counted(left)}。",
    ]
    draft.put_first("overview", "值班概况", lines)


# --- what happened ------------------------------------------------------------------------------


def _events(draft: Draft) -> list[int]:
    """The incidents that were opened, their levels and states, key events, and the lines by hand."""
    opened: list[int] = []
    lines: list[tuple[int, str]] = []
    for of, state in draft.workspaces:
        if state.nature is Nature.INCIDENT and draft.scope.has(state.opened_ms):
            key = draft.incident(of, state)
            opened.append(key)
            lines.append((state.opened_ms, _opened(state) + refs([key])))
        for entry in of.entries:
            line = _entry(draft, of, state, entry)
            if line is not None:
                lines.append(line)
        for item in items(state, BoardKind.KEYEVENT):
            place = of.place(f"published:{item.item_id}")
            if item.state == "published" and place is not None and draft.scope.has(place.at_ms):
                said = in_brackets(doubt(BoardKind.KEYEVENT, item))
                text = f"{_prefix(state)}{one_line(item.fields['text'])}{said}"
                lines.append((place.at_ms, text + refs([draft.item(of, item)])))
    draft.add("events", "重要事项", [f"{moment(at_ms)}　{line}。" for at_ms, line in sorted(lines)])
    return opened


def _opened(state: Workspace) -> str:
    known = state.header
    words = [
        f"〔{state.number}〕{one_line(known.title)}",
        in_brackets(f"{CATEGORIES[known.category]}，{LEVELS[state.level]}", STATUSES[state.status]),
        f"，地点{one_line(known.place)}" if known.place else "，地点待核实",
    ]
    return "".join(words)


def _entry(draft: Draft, of: Chronicle, state: Workspace, entry: Entry) -> tuple[int, str] | None:
    event, place = entry
    at_ms = event.when_ms if isinstance(event, EntryNoted) else place.at_ms
    if not draft.scope.has(at_ms):
        return None
    match event:
        case LevelChanged(level=level, response=response, reason=reason):
            started = f"，应急响应{response}级" if response else ""
            text = f"事件级别为{LEVELS[level]}{started}{in_brackets(one_line(reason))}"
        case StatusChanged(status=status, reason=reason):
            text = f"状态转为{STATUSES[status]}{in_brackets(one_line(reason))}"
        case EntryNoted(text=noted):
            text = one_line(noted)
    return at_ms, _prefix(state) + text + refs([draft.entry(of, place.seq, at_ms)])


def _prefix(state: Workspace) -> str:
    return where(state) if state.number else ""


# --- reports, instructions, warnings ---------------------------------------------------------------


def _reports(draft: Draft) -> list[tuple[int, Report]]:
    found: list[tuple[int, Report]] = []
    lines = []
    for of, state in draft.workspaces:
        for row in all_reports(of, draft.scope):
            key = draft.item(of, row.item)
            found.append((key, row))
            lines.append((row.place.at_ms, _report(draft, state, row) + refs([key])))
    draft.add("reports", "信息报送", [f"{moment(at_ms)}　{line}。" for at_ms, line in sorted(lines)])
    return found


def _report(draft: Draft, state: Workspace, row: Report) -> str:
    item = row.item
    who = draft.unit(row.seat, item.author.seat_name or item.author.person)
    number = f"续报{item.number}" if item.number is not None else choice(BoardKind.REPORT, item, "type")
    late = f"迟报{row.late_min}分钟" if row.late_min is not None else ("按时" if row.timed else "")
    notes = in_brackets(doubt(BoardKind.REPORT, item), late, state_word(BoardKind.REPORT, item))
    return f"{_prefix(state)}{who}{number}：{one_line(item.fields['text'])}{notes}"


def _instructions(draft: Draft) -> list[int]:
    return _tracked(draft, BoardKind.INSTRUCTION, "instructions", "领导批示指示及落实")


def _warnings(draft: Draft) -> list[int]:
    return _tracked(draft, BoardKind.WARNING, "warnings", "预警与叫应")


def _tracked(draft: Draft, kind: BoardKind, section_id: str, title: str) -> list[int]:
    """Those that were written in the time, each with what its units have done."""
    keys = []
    lines = []
    for of, state in draft.workspaces:
        for item in items(state, kind):
            if draft.scope.has(item.created_ms):
                key = draft.item(of, item)
                keys.append(key)
                words = _instruction(draft, item) if kind is BoardKind.INSTRUCTION else _warning(draft, item)
                lines.append((item.created_ms, f"{_prefix(state)}{words}{refs([key])}"))
    draft.add(section_id, title, [f"{moment(at_ms)}　{line}。" for at_ms, line in sorted(lines)])
    return keys


def _instruction(draft: Draft, item: Item) -> str:
    kind = BoardKind.INSTRUCTION
    leader = one_line(item.fields.get("leader", ""))
    due = f"时限{moment(item.due_ms)}" if item.due_ms is not None else ""
    head = f"{leader + '：' if leader else ''}{one_line(item.fields['text'])}"
    notes = in_brackets(choice(kind, item, "class"), due, state_word(kind, item))
    if not item.tracks:
        return head + notes
    tracks = list(item.tracks.values())
    signed = [track for track in tracks if not is_silent(track)]
    replied = [track for track in tracks if track.replies]
    late = [track for track in replied if track.late_min is not None]
    done = f"，承办单位{len(tracks)}个，已签收{len(signed)}个，已反馈{len(replied)}个"
    done += f"，其中超时{len(late)}个" if late else ""
    return f"{head}{notes}{done}{_missing(draft, tracks)}"


def _missing(draft: Draft, tracks: list[UnitTrack]) -> str:
    unsigned = [_name(draft, track) for track in tracks if is_silent(track)]
    unanswered = [_name(draft, track) for track in tracks if not is_silent(track) and not track.replies]
    said = f"；未签收：{names(unsigned)}" if unsigned else ""
    return said + (f"；未反馈：{names(unanswered)}" if unanswered else "")


def _name(draft: Draft, track: UnitTrack) -> str:
    return draft.unit(track.unit.seat, track.unit.name)


def _warning(draft: Draft, item: Item) -> str:
    kind = BoardKind.WARNING
    tracks = list(item.tracks.values())
    area = one_line(item.fields.get("area", ""))
    issuer = one_line(item.fields.get("issuer", ""))
    head = f"{choice(kind, item, 'colour')}预警：{one_line(item.fields['text'])}"
    notes = in_brackets(area, f"{issuer}发布" if issuer else "", state_word(kind, item))
    if not tracks:
        return head + notes
    signed = sum(not is_silent(track) for track in tracks)
    phoned = [call for track in tracks for call in track.phoned]
    reached = sum(call.reached for call in phoned)
    calls = f"，电话叫应{len(phoned)}次、叫通{reached}次" if phoned else ""
    silent = [_name(draft, track) for track in tracks if is_silent(track)]
    left = f"；未确认：{names(silent)}" if silent else "，全部确认"
    return f"{head}{notes}，发送{len(tracks)}个单位，已确认{signed}个{calls}{left}"


# --- sessions, casualties, checks --------------------------------------------------------------------


def _sessions(draft: Draft) -> list[int]:
    keys, lines = [], []
    for of, state in draft.sessions:
        if state.kind is not SessionKind.SPOT_CHECK:
            key = draft.session(of, state)
            keys.append(key)
            lines.append(f"{moment(state.started_ms)}　{_session(state)}{refs([key])}。")
    draft.add("sessions", "会商调度", lines)
    return keys


def _session(state: Session) -> str:
    venues = [venue for venue in state.venues.values() if not venue.field and venue.venue != state.office]
    came = [venue for venue in venues if venue.attendance]
    absent = [venue.name for venue in venues if not venue.attendance]
    minutes = "正在进行" if state.ended_ms is None else f"{_minutes(state.ended_ms - state.started_ms)}分钟"
    left = f"；未到：{names(absent)}" if absent else ""
    return f"{one_line(state.title)}{in_brackets(minutes)}，应到{len(venues)}个单位，实到{len(came)}个{left}"


def _minutes(length_ms: int) -> int:
    return max(1, round(length_ms / 60_000))


def _casualties(draft: Draft) -> None:
    """The series as it was told, each with its source; none takes an earlier one's place."""
    lines = []
    for of, state in draft.workspaces:
        for place, told in enumerate(state.casualties):
            if draft.scope.has(told.at_ms):
                entry = told.entry
                note = in_brackets(f"来源：{one_line(entry.source)}", one_line(entry.note))
                text = f"{_prefix(state)}截至{moment(entry.as_of_ms)}，{casualties(entry)}{note}"
                lines.append((told.at_ms, f"{text}{refs([draft.casualties(of, place)])}。"))
    draft.add("casualties", "伤亡情况", [line for _, line in sorted(lines)])


def _checks(draft: Draft) -> list[int]:
    keys, lines = [], []
    for of, state in draft.sessions:
        for roll in state.rollcalls:
            rows = [row for row in rolled(state) if row.roll is roll]
            if rows:
                called = [draft.rolled(of, row) for row in rows]
                keys += called
                answered = sum(row.row.result is RollResult.ANSWERED for row in rows)
                others = [
                    f"{draft.unit(row.seat, state.venues[row.seat].name)}{RESULTS[row.row.result]}"
                    for row in rows
                    if row.row.result not in (None, RollResult.ANSWERED)
                ]
                left = f"；{names(others)}" if others else ""
                text = f"{moment(roll.started_ms)}　点名：{one_line(state.title)}，点名{len(rows)}个单位，"
                lines.append(f"{text}应答{answered}个{left}{refs(called)}。")
    for row in checked(draft.chronicles, draft.scope):
        key = draft.checked(row)
        keys.append(key)
        answered_in = seconds(row.row.after_ms) if row.row.after_ms is not None else ""
        result = f"{answered_in}秒应答" if row.row.state is CheckState.ANSWERED else "未应答"
        problem = f"；{one_line(row.row.problem)}" if row.row.problem else ""
        unit = draft.unit(row.seat, row.row.seat.name)
        lines.append(f"{moment(row.check.started_ms)}　抽查{unit}：{result}{problem}{refs([key])}。")
    draft.add("checks", "点名抽查", lines)
    return keys


# --- what is left -------------------------------------------------------------------------------


def _open(draft: Draft) -> list[int]:
    """What the next shift takes over: it is written as it stands at the end of the time."""
    keys, lines = [], []
    for of, state in draft.workspaces:
        for deadline in _unmet(state):
            late = late_minutes(deadline.due_ms, draft.scope.to_ms)
            over = f"，已超{late}分钟" if late is not None else ""
            key = draft.incident(of, state)
            keys.append(key)
            lines.append(f"{_prefix(state)}{_CLOCKS[deadline.name]}时限{moment(deadline.due_ms)}{over}")
            lines[-1] += f"{refs([key])}。"
        for kind in _ASKED:
            for item in items(state, kind):
                if not state_of(kind, item.state).final and item.created_ms < draft.scope.to_ms:
                    key = draft.item(of, item)
                    keys.append(key)
                    lines.append(f"{_prefix(state)}{_left(draft, kind, item)}{refs([key])}。")
    draft.add("open", "待办事项", lines)
    return keys


def _unmet(state: Workspace) -> list[Deadline]:
    running = state.status in (Status.ACTIVE, Status.MONITORING, Status.DRAFT)
    return [each for each in state.deadlines.values() if running and each.met_ms is None]


def _left(draft: Draft, kind: BoardKind, item: Item) -> str:
    tracks = list(item.tracks.values())
    late = late_minutes(item.due_ms, draft.scope.to_ms) if item.due_ms is not None else None
    due = f"时限{moment(item.due_ms)}" if item.due_ms is not None else ""
    overdue = f"超期{late}分钟" if late is not None else ""
    late_units = [
        _name(draft, track)
        for track in tracks
        if not track.replies and (own := due_ms(item, track)) is not None and own < draft.scope.to_ms
    ]
    of_units = f"；超期单位：{names(late_units)}" if late_units and kind is BoardKind.INSTRUCTION else ""
    notes = in_brackets(state_word(kind, item), due, overdue)
    return f"{KINDS[kind].zh}：{one_line(item.fields['text'])}{notes}{_missing(draft, tracks)}{of_units}"
