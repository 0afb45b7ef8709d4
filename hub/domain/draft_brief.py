"""快报 of one incident as the hub drafts it: the five facts that leaders ask for (rules N10 and N13).

What, where, how many, who is on site, what next. The adopted reports are merged element by element; what
nobody has verified is never written as a fact, but as what somebody says.
"""

from __future__ import annotations

from hub.domain.drafting import Draft, refs
from hub.domain.item import Item
from hub.domain.kindparts import BoardKind
from hub.domain.kinds import state_of
from hub.domain.paperlog import Chronicle
from hub.domain.paperwords import (
    CATEGORIES,
    LEVELS,
    UNVERIFIED,
    casualties,
    choice,
    doubt,
    in_brackets,
    is_false,
    is_unverified,
    long_moment,
    moment,
    names,
    one_line,
    state_word,
)
from hub.domain.tally import due_ms, items
from hub.domain.workspace import Status, Workspace

_TAKEN = ("adopted", "merged")


def write(draft: Draft) -> None:
    for of, state in draft.workspaces:
        taken = _taken(of, state)
        draft.add("what", "事件概况", [*_what(draft, of, state), *_said(draft, of, taken, "nature", "scope")])
        draft.add(
            "casualties", "伤亡损失", [*_counted(draft, of, state), *_said(draft, of, taken, "casualties")]
        )
        draft.add(
            "onsite",
            "现场力量与领导到位",
            [*_said(draft, of, taken, "leaders", "contact"), *_forces(draft, of, state)],
        )
        draft.add(
            "next",
            "处置措施与下步工作",
            [*_said(draft, of, taken, "measures", "trend", "requests"), *_orders(draft, of, state)],
        )
        draft.add("doubts", "待核实与不实信息", _doubts(draft, of, state))


def _taken(of: Chronicle, state: Workspace) -> list[Item]:
    """The reports that the office has adopted, oldest first, without what turned out to be false."""
    found = [item for item in items(state, BoardKind.REPORT) if item.state in _TAKEN and not is_false(item)]
    return sorted(found, key=lambda item: of.places[f"item:{item.item_id}"])


def _what(draft: Draft, of: Chronicle, state: Workspace) -> list[str]:
    known = state.header
    when = f"{long_moment(known.occurred_ms)}" if known.occurred_ms is not None else "事发时间待核实"
    learned = f"（接报时间{moment(known.learned_ms)}）" if known.learned_ms is not None else ""
    place = one_line(known.place) if known.place else "地点待核实"
    response = f"，已启动{state.response}级应急响应" if state.response else ""
    # A draft is what one unit has reported and nobody has taken up: then all of it is hearsay.
    notes = in_brackets(UNVERIFIED if state.status is Status.DRAFT else "")
    line = (
        f"{when}{learned}，{place}，{one_line(known.title)}。属{CATEGORIES[known.category]}，"
        f"级别{LEVELS[state.level]}{response}{notes}{refs([draft.incident(of, state)])}。"
    )
    summary = f"{one_line(known.summary)}{notes}{refs([draft.incident(of, state)])}。"
    return [line, summary] if known.summary else [line]


def _said(draft: Draft, of: Chronicle, taken: list[Item], *elements: str) -> list[str]:
    """What the reports say of these elements; what two of them say alike is said once."""
    lines = []
    for element in elements:
        told: dict[str, list[Item]] = {}
        for item in taken:
            if words := one_line(item.fields.get(element, "")):
                told.setdefault(words, []).append(item)
        for words, by in told.items():
            sources = refs(draft.item(of, item) for item in by)
            sure = [item for item in by if not is_unverified(BoardKind.REPORT, item)]
            if sure:
                lines.append(f"{words}{sources}。")
            else:
                who = names(list(dict.fromkeys(_who(draft, item) for item in by)))
                lines.append(f"据{who}报告（{UNVERIFIED}）：{words}{sources}。")
    return lines


def _who(draft: Draft, item: Item) -> str:
    """The office's own record names who called."""
    caller = one_line(item.fields.get("caller", ""))
    return caller or draft.unit(item.author.seat or "", item.author.seat_name or item.author.person)


def _counted(draft: Draft, of: Chronicle, state: Workspace) -> list[str]:
    """The latest figures; the series is in the duty report."""
    if not state.casualties:
        return []
    latest = max(
        range(len(state.casualties)), key=lambda place: (state.casualties[place].entry.as_of_ms, place)
    )
    entry = state.casualties[latest].entry
    note = in_brackets(f"来源：{one_line(entry.source)}", one_line(entry.note))
    key = draft.casualties(of, latest)
    return [f"截至{moment(entry.as_of_ms)}，{casualties(entry)}{note}{refs([key])}。"]


def _forces(draft: Draft, of: Chronicle, state: Workspace) -> list[str]:
    kind = BoardKind.RESOURCE
    lines = []
    for item in items(state, kind):
        if item.state in ("onsite", "enroute"):
            quantity = item.fields.get("quantity", "")
            amount = f"，{quantity}{one_line(item.fields.get('unit', ''))}" if quantity else ""
            owner = draft.unit(item.author.seat or "", item.author.seat_name or item.author.person)
            text = f"{owner}：{one_line(item.fields['text'])}{amount}（{state_word(kind, item)}）"
            lines.append(f"{text}{refs([draft.item(of, item)])}。")
    return lines


def _orders(draft: Draft, of: Chronicle, state: Workspace) -> list[str]:
    """What is asked and not done yet is what comes next."""
    lines = []
    for kind in (BoardKind.INSTRUCTION, BoardKind.TASK):
        for item in items(state, kind):
            if state_of(kind, item.state).final:
                continue
            units = [
                draft.unit(track.unit.seat, track.unit.name)
                for track in item.tracks.values()
                if not track.replies
            ]
            due = max(
                (at for track in item.tracks.values() if (at := due_ms(item, track))), default=item.due_ms
            )
            notes = in_brackets(state_word(kind, item), f"时限{moment(due)}" if due is not None else "")
            who = f"，承办：{names(units)}" if units else ""
            lines.append(f"{one_line(item.fields['text'])}{notes}{who}{refs([draft.item(of, item)])}。")
    return lines


def _doubts(draft: Draft, of: Chronicle, state: Workspace) -> list[str]:
    """Gaps, claims that nobody has verified, and what has proved false, in those words."""
    lines = []
    for kind in (BoardKind.SITUATION, BoardKind.REPORT):
        for item in items(state, kind):
            gap = kind is BoardKind.SITUATION and item.fields.get("category") == "gap"
            clue = kind is BoardKind.REPORT and item.fields.get("type") == "clue"
            open_claim = is_unverified(kind, item) and (kind is BoardKind.SITUATION or clue)
            if item.state == "settled" or not (is_false(item) or open_claim or gap):
                continue
            word = doubt(kind, item) or UNVERIFIED
            label = choice(kind, item, "type" if clue else "category") if clue or not is_false(item) else ""
            who = draft.unit(item.author.seat or "", item.author.seat_name or item.author.person)
            text = f"{who}{label}：{one_line(item.fields['text'])}（{word}）"
            lines.append(f"{text}{refs([draft.item(of, item)])}。")
    return lines
