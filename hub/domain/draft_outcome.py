"""What came of a session, for its minutes: opinions, items, decisions, instructions, tasks (N14, N16)."""

from __future__ import annotations

from typing import NamedTuple

from hub.domain.drafting import refs
from hub.domain.item import Item
from hub.domain.keeping import ReviewMark
from hub.domain.kindparts import BoardKind
from hub.domain.kinds import KINDS
from hub.domain.meeting import Meeting, Touched, bounded
from hub.domain.minuteswords import MARKERS, PROGRESS, clock
from hub.domain.paper import PaperCell, PaperGrid
from hub.domain.paperwords import doubt, in_brackets, is_false, moment, names, one_line, state_word
from hub.domain.session import MarkerKind
from hub.domain.tally import due_ms

_KEY_ITEMS = (
    BoardKind.KEYEVENT,
    BoardKind.SITUATION,
    BoardKind.REPORT,
    BoardKind.WARNING,
    BoardKind.HAZARD,
    BoardKind.RESOURCE,
)
_OPEN = "责任单位、时限待明确"


class Marked(NamedTuple):
    """标记, live or afterwards. ``note``: what was added to it later."""

    kind: MarkerKind
    label: str
    note: str
    at_ms: int
    stream: str
    seq: int


def write(meeting: Meeting) -> None:
    touched = meeting.touched()
    marked = marks(meeting)
    _opinions(meeting, touched)
    _items(meeting, touched)
    _decisions(meeting, marked)
    _asked(
        meeting, "instructions", "指示要求", MarkerKind.INSTRUCTION, BoardKind.INSTRUCTION, touched, marked
    )
    _asked(meeting, "todos", "任务分工", MarkerKind.TODO, BoardKind.TASK, touched, marked)
    _key(meeting, marked)


def _kind(meeting: Meeting, item: Item) -> BoardKind:
    assert meeting.boards is not None
    return meeting.boards[1].boards[item.board_id].kind


# --- what units said in writing -----------------------------------------------------------------


def _opinions(meeting: Meeting, touched: list[Touched]) -> None:
    """A unit has one opinion in each session (B9); conclusions stand behind them."""
    found = [
        each
        for each in touched
        if _kind(meeting, each.item) is BoardKind.OPINION
        and each.item.session_id in (None, meeting.state.session_id)
    ]
    lines: list[str] = []
    for role, word in (("opinion", ""), ("conclusion", "会商结论　")):
        lines += [
            f"{word}{_opinion(meeting, each)}"
            for each in found
            if each.item.fields.get("role", "opinion") == role
        ]
    meeting.draft.add("opinions", "各单位意见和会商结论", bounded(lines))


def _opinion(meeting: Meeting, of: Touched) -> str:
    fields = of.item.fields
    said = [
        f"{word}{one_line(fields[name])}"
        for name, word in (("text", ""), ("body", ""), ("basis", "依据："), ("advice", "建议："))
        if fields.get(name)
    ]
    # What a unit says stands there as its own; only what has proved false needs a word.
    wrong = doubt(BoardKind.OPINION, of.item) if is_false(of.item) else ""
    note = in_brackets(wrong, _state(BoardKind.OPINION, of.item))
    return f"{_author(meeting, of.item)}：{'；'.join(said)}{note}{refs(meeting.of_item(of))}。"


def _state(kind: BoardKind, item: Item) -> str:
    """Its state, where that is no longer the one that every item begins in."""
    return "" if item.state == KINDS[kind].states[0].value else state_word(kind, item)


def _author(meeting: Meeting, item: Item) -> str:
    return meeting.draft.unit(item.author.seat or "", item.author.seat_name or item.author.person)


def _items(meeting: Meeting, touched: list[Touched]) -> None:
    """What else was written or changed meanwhile; a report that nobody has sent yet is its author's own."""
    lines = []
    for each in touched:
        kind, item = _kind(meeting, each.item), each.item
        if kind in _KEY_ITEMS and item.state != "draft":
            how = "" if each.is_new else "更新"
            note = in_brackets(doubt(kind, item), _state(kind, item), how)
            text = f"{_author(meeting, item)}，{KINDS[kind].zh}：{one_line(item.fields['text'])}{note}"
            lines.append(f"{clock(each.at_ms)}　{text}{refs(meeting.of_item(each))}。")
    meeting.draft.add("items", "会商期间的重要条目", bounded(lines))


# --- what was decided and asked -----------------------------------------------------------------


def marks(meeting: Meeting) -> list[Marked]:
    """A live marker with what was noted about it later, and those that were set afterwards."""
    kept = meeting.keeping.marks.values()
    live = {each.marker_id: each for each in meeting.state.markers}
    found = [
        Marked(
            each.kind,
            each.label,
            "；".join(_words(mark) for mark in kept if mark.about == key),
            each.at_ms,
            meeting.of.stream,
            meeting.of.places[f"marker:{key}"].seq,
        )
        for key, each in live.items()
    ]
    found += [
        Marked(each.kind, each.label, each.note, each.at_ms, *meeting.kept_at(each.mark_id))
        for each in kept
        if each.about not in live
    ]
    return sorted(found, key=lambda each: (each.at_ms, each.seq))


def _words(mark: ReviewMark) -> str:
    return "，".join(one_line(text) for text in (mark.label, mark.note) if text)


def _mark(of: Marked) -> str:
    """Its words, and what was noted beside it; a mark without words is still a second worth finding."""
    words = one_line(of.label) or f"（{MARKERS[of.kind]}，未写明内容）"
    return f"{words}（备注：{one_line(of.note)}）" if of.note else words


def _mark_key(meeting: Meeting, of: Marked) -> str:
    return refs([meeting.second(of.at_ms, of.seq, f"{MARKERS[of.kind]}标记", of.stream)])


def _decisions(meeting: Meeting, marked: list[Marked]) -> None:
    of_it = [each for each in marked if each.kind is MarkerKind.DECISION]
    lines = [f"{clock(each.at_ms)}　{_task(meeting, each)}。" for each in of_it]
    meeting.draft.add("decisions", "议定事项", bounded(lines))


def _key(meeting: Meeting, marked: list[Marked]) -> None:
    lines = [
        f"{clock(each.at_ms)}　{_mark(each)}{_mark_key(meeting, each)}。"
        for each in marked
        if each.kind is MarkerKind.KEY
    ]
    if lines:
        meeting.draft.add("key", "关键信息", bounded(lines))


def _task(meeting: Meeting, of: Marked) -> str:
    return f"{_mark(of)}{_responsible(meeting, of)}{_mark_key(meeting, of)}"


def _responsible(meeting: Meeting, of: Marked) -> str:
    """Units that its words name; who has the paper before him completes the rest."""
    text = of.label + of.note
    named = [
        (text.index(word), venue.venue)
        for venue in meeting.state.venues.values()
        for word in (venue.name, venue.short_name)
        if len(word) > 1 and word in text
    ]
    units = list(dict.fromkeys(venue for _, venue in sorted(named)))
    if not units:
        return f"（{_OPEN}）"
    return f"（责任单位：{names([meeting.name(venue) for venue in units])}；时限待明确）"


def _asked(
    meeting: Meeting,
    section_id: str,
    title: str,
    marker: MarkerKind,
    board: BoardKind,
    touched: list[Touched],
    marked: list[Marked],
) -> None:
    """Marks of the kind, items that were written on its board, and how far each unit has come with them."""
    items = [
        each
        for each in touched
        if _kind(meeting, each.item) is board and each.is_new and each.item.state != "revoked"
    ]
    lines = [(each.at_ms, f"{_task(meeting, each)}。") for each in marked if each.kind is marker]
    lines += [(each.at_ms, f"{_order(meeting, board, each)}。") for each in items]
    said = [f"{clock(at_ms)}　{line}" for at_ms, line in sorted(lines)]
    meeting.draft.add(section_id, title, bounded(said), _receipts(meeting, items))


def _order(meeting: Meeting, board: BoardKind, of: Touched) -> str:
    item = of.item
    leader = one_line(item.fields.get("leader", ""))
    due = f"时限{moment(item.due_ms)}" if item.due_ms is not None else "时限待明确"
    units = [meeting.draft.unit(seat, track.unit.name) for seat, track in item.tracks.items()]
    who = f"责任单位：{names(units)}" if units else "责任单位待明确"
    head = f"{leader + '：' if leader else ''}{one_line(item.fields['text'])}"
    return f"{head}（{who}；{due}；{state_word(board, item)}）{refs(meeting.of_item(of))}"


def _receipts(meeting: Meeting, items: list[Touched]) -> PaperGrid | None:
    """A line a unit and item, as it stands when the minutes are drafted."""
    rows = []
    for each in items:
        for seat, track in each.item.tracks.items():
            due = due_ms(each.item, track)
            late = f"（超时{track.late_min}分钟）" if track.late_min is not None else ""
            rows.append(
                [
                    PaperCell(text=meeting.draft.unit(seat, track.unit.name)),
                    PaperCell(text=one_line(each.item.fields["text"]), sources=meeting.of_item(each)),
                    PaperCell(text=moment(due) if due is not None else "—"),
                    PaperCell(text=f"{PROGRESS[track.state]}{late}"),
                ]
            )
    return PaperGrid(head=["责任单位", "事项", "时限", "落实情况"], rows=rows) if rows else None
