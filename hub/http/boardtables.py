"""What stands on a board's sheet: columns from the table of kinds, one row an item; tracks unit by unit.

All of it is made of a workspace as its reader sees it (``reach.workspace_for``), so a sheet tells no
more than the page does.
"""

from __future__ import annotations

from collections.abc import Iterable

from hub.domain.deadline import MINUTE_MS
from hub.domain.item import Item
from hub.domain.item_rules import in_order, value_of
from hub.domain.kindparts import BoardKind, Field, FieldType, Writer
from hub.domain.kinds import KINDS, fields_of, state_of
from hub.domain.track import Progress, UnitTrack
from hub.domain.workspace import Board, Workspace
from hub.http.documents import At, Cell, Table, day_and_time

_PROGRESS = {
    Progress.SENT: "已发送",
    Progress.DELIVERED: "已送达",
    Progress.READ: "已读",
    Progress.SIGNED: "已签收",
    Progress.WORKING: "办理中",
    Progress.REPLIED: "已反馈",
    Progress.RETURNED: "退回补充",
    Progress.CONFIRMED: "已确认",
}
_OF_WARNINGS = {
    Progress.SIGNED: "已确认",
    Progress.REPLIED: "已回复",
    Progress.CONFIRMED: "已闭环",
}
_WIDTHS = {FieldType.LONG: 6, FieldType.LINE: 4, FieldType.TIME: 4, FieldType.SEAT: 4}
_BEFORE = (("序号", 2), ("状态", 2))
_BEHIND = (
    ("填报单位", 4),
    ("填报人", 2),
    ("填报时间", 4),
    ("最近更新", 4),
    ("承办单位进度", 6),
    ("迟报（分钟）", 2),
    ("附件", 3),
    ("置顶", 1),
    ("作废", 4),
)


def board_table(state: Workspace, board: Board, *, secrets: bool) -> Table:
    """``secrets``: with the fields that are for the duty office alone (T9)."""
    fields = [field for field in fields_of(board.kind) if secrets or field.writer is not Writer.SECRET]
    columns = [*_BEFORE, *((field.zh, _width(field)) for field in fields), *_BEHIND]
    rows = [
        _item_row(state, board.kind, fields, number, item)
        for number, item in enumerate(in_order(state, board.board_id), 1)
    ]
    return _table(board.title, columns, rows)


def _item_row(state: Workspace, kind: BoardKind, fields: list[Field], number: int, item: Item) -> list[Cell]:
    voided = "" if item.voided is None else f"{day_and_time(item.voided.at_ms)} {item.voided.reason}"
    return [
        number,
        _state_text(kind, item),
        *(_value(state, kind, item, field) for field in fields),
        item.author.seat_name or "",
        item.author.person,
        At(item.created_ms),
        None if item.edited_ms is None else At(item.edited_ms),
        "；".join(f"{each.unit.short_name} {_progress(kind, each)}" for each in item.tracks.values()),
        item.late_min,
        "、".join(each.attachment.name for each in item.attachments),
        "是" if item.pinned else "",
        voided,
    ]


def _state_text(kind: BoardKind, item: Item) -> str:
    text = state_of(kind, item.state).zh
    return f"{text}（{item.reason}）" if item.reason else text


def _width(field: Field) -> int:
    return 8 if field.name == "text" else _WIDTHS.get(field.type, 2)


def _value(state: Workspace, kind: BoardKind, item: Item, field: Field) -> Cell:
    value = value_of(kind, item, field.name)
    match field.type:
        case FieldType.CHOICE if not value:
            return None
        case FieldType.CHOICE:
            zh = next((choice.zh for choice in field.choices if choice.value == value), value)
            numbered = field.name == "type" and value == "followup" and item.number is not None
            return f"{zh}{item.number}" if numbered else zh
        case FieldType.NUMBER:
            return None if not value else float(value) if "." in value else int(value)
        case FieldType.TIME:
            return At(int(value)) if value else None
        case FieldType.SEAT:
            return state.units[value].name if value in state.units else value
    return ("待核实" if field.element and kind is BoardKind.REPORT and not value else value) or None


# --- 收集整理落实情况 --------------------------------------------------------------------------------

_FEEDBACK = (
    ("序号", 2),
    ("指示内容", 10),
    ("批示领导", 3),
    ("类别", 3),
    ("下达时间", 4),
    ("时限", 4),
    ("承办单位", 4),
    ("进度", 3),
    ("签收时间", 4),
    ("签收人", 3),
    ("反馈时间", 4),
    ("反馈内容", 10),
    ("超时（分钟）", 2),
    ("催办次数", 2),
    ("指示状态", 3),
)


def feedback_table(state: Workspace, now_ms: int) -> Table:
    """Every instruction of the incident with every unit's answer; who has not answered is on top."""
    rows: list[tuple[bool, int, list[Cell]]] = []
    for item in _instructions(state):
        for track in item.tracks.values() or [None]:
            due_ms = _due(item, track)
            answered = track is not None and bool(track.replies)
            rows.append((answered, due_ms or 1 << 60, _feedback_row(item, track, due_ms, now_ms)))
    rows.sort(key=lambda row: row[:2])
    numbered: list[list[Cell]] = [[number, *row] for number, (_, _, row) in enumerate(rows, 1)]
    return _table("批示指示落实情况", _FEEDBACK, numbered)


def _instructions(state: Workspace) -> Iterable[Item]:
    for board in state.boards.values():
        if board.kind is BoardKind.INSTRUCTION:
            yield from (item for item in in_order(state, board.board_id) if item.voided is None)


def _due(item: Item, track: UnitTrack | None) -> int | None:
    return track.due_ms if track is not None and track.due_ms is not None else item.due_ms


def _feedback_row(item: Item, track: UnitTrack | None, due_ms: int | None, now_ms: int) -> list[Cell]:
    kind = BoardKind.INSTRUCTION
    classes = next(field for field in fields_of(kind) if field.name == "class")
    chosen = value_of(kind, item, "class")
    about: list[Cell] = [
        item.fields.get("text", ""),
        item.fields.get("leader", ""),
        next((choice.zh for choice in classes.choices if choice.value == chosen), chosen),
        At(item.created_ms),
        None if due_ms is None else At(due_ms),
    ]
    state = state_of(kind, item.state)
    if track is None:
        return [*about, "（未交办）", "", None, "", None, "", None, None, state.zh]
    last = track.replies[-1] if track.replies else None
    over = due_ms is not None and now_ms > due_ms and last is None and not state.final
    return [
        *about,
        track.unit.name,
        _PROGRESS[track.state],
        _time(track, Progress.SIGNED),
        track.person or "",
        None if last is None else At(last.at_ms),
        "" if last is None else last.text,
        (now_ms - due_ms) // MINUTE_MS if over and due_ms is not None else track.late_min,
        len(track.urged),
        state.zh,
    ]


def _progress(kind: BoardKind, track: UnitTrack) -> str:
    """A warning is confirmed, answered and closed; anything else is signed for, fed back and confirmed."""
    usual = _PROGRESS[track.state]
    return _OF_WARNINGS.get(track.state, usual) if kind is BoardKind.WARNING else usual


def _time(track: UnitTrack, state: Progress) -> Cell:
    at_ms = track.times.get(state)
    return None if at_ms is None else At(at_ms)


# --- 伤亡情况 ---------------------------------------------------------------------------------------

_CASUALTIES = (
    ("序号", 2),
    ("截至时间", 4),
    ("来源", 4),
    ("死亡", 1),
    ("失联", 1),
    ("受伤", 1),
    ("被困", 1),
    ("说明", 6),
    ("登记人", 3),
    ("登记时间", 4),
)


def casualties_table(state: Workspace) -> Table:
    """The series, the latest on top."""
    series = sorted(state.casualties, key=lambda each: (each.entry.as_of_ms, each.at_ms), reverse=True)
    rows: list[list[Cell]] = [
        [
            number,
            At(each.entry.as_of_ms),
            each.entry.source,
            each.entry.dead,
            each.entry.missing,
            each.entry.injured,
            each.entry.trapped,
            each.entry.note,
            f"{each.actor.seat_name or ''} {each.actor.person}".strip(),
            At(each.at_ms),
        ]
        for number, each in enumerate(series, 1)
    ]
    return _table("伤亡情况", _CASUALTIES, rows)


# --- 叫应情况 ---------------------------------------------------------------------------------------

_RECEIPTS = (
    ("序号", 2),
    ("单位", 5),
    ("进度", 3),
    ("送达时间", 4),
    ("阅读时间", 4),
    ("确认时间", 4),
    ("确认人", 3),
    ("回复时间", 4),
    ("回复内容", 8),
    ("电话叫应", 6),
    ("催办次数", 2),
)


def receipts_table(state: Workspace, item: Item) -> Table:
    """The final sheet of a warning, or of anything else that is asked of units: who was told when."""
    kind = KINDS[state.boards[item.board_id].kind]
    order = {each: place for place, each in enumerate(Progress)}
    tracks = sorted(item.tracks.values(), key=lambda track: order[track.state])
    rows: list[list[Cell]] = [[number, *_receipt(kind.kind, track)] for number, track in enumerate(tracks, 1)]
    title = "预警叫应情况" if kind.kind is BoardKind.WARNING else f"{kind.zh}签收反馈情况"
    table = _table(title, _RECEIPTS, rows)
    about = [f"内容：{item.fields.get('text', '')}", f"状态：{_state_text(kind.kind, item)}"]
    colour = next((field for field in kind.fields if field.name == "colour"), None)
    if colour is not None:
        about.insert(0, f"预警颜色：{_value(state, kind.kind, item, colour)}")
    about.append(f"发布：{item.author.seat_name or ''} {item.author.person}　{day_and_time(item.created_ms)}")
    answered = sum(bool(track.replies) for track in tracks)
    signed = sum(Progress.SIGNED in track.times or bool(track.replies) for track in tracks)
    about.append(
        f"共 {len(tracks)} 个单位，已确认 {signed}，已回复 {answered}，未确认 {len(tracks) - signed}"
    )
    return table._replace(facts=about)


def _receipt(kind: BoardKind, track: UnitTrack) -> list[Cell]:
    last = track.replies[-1] if track.replies else None
    calls = [
        f"{day_and_time(call.at_ms)} {'已接通' if call.reached else '未接通'} {call.note}".strip()
        for call in track.phoned
    ]
    return [
        track.unit.name,
        _progress(kind, track),
        _time(track, Progress.DELIVERED),
        _time(track, Progress.READ),
        _time(track, Progress.SIGNED),
        track.person or "",
        None if last is None else At(last.at_ms),
        "" if last is None else last.text,
        "；".join(calls),
        len(track.urged),
    ]


def _table(title: str, columns: Iterable[tuple[str, int]], rows: list[list[Cell]]) -> Table:
    heads = list(columns)
    return Table(
        title=title,
        facts=[],
        head=[head for head, _ in heads],
        rows=rows,
        widths=[width for _, width in heads],
    )
