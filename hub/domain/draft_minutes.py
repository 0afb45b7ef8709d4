"""会商纪要 as the hub drafts it from the log of one session (rules N14 to N16): how it went."""

from __future__ import annotations

from hub.domain import draft_outcome
from hub.domain.booking import Reply
from hub.domain.drafting import Draft, refs
from hub.domain.floor import TurnKind
from hub.domain.gapwords import gap_reason
from hub.domain.meeting import Meeting, bounded
from hub.domain.minuteswords import ABSENCES, CHAIRED, KINDS, SOURCES, clock, length
from hub.domain.paper import PaperCell, PaperGrid, SourceKind
from hub.domain.paperwords import RESULTS, in_brackets, long_moment, names, one_line, seconds
from hub.domain.proceedings import Presence, Turn, chairs, is_listed, turns
from hub.domain.rollcall import RollCall, RollResult, RollRow
from hub.domain.session import SessionEnded
from hub.domain.tally import rolled

LATE_MS = 5 * 60_000
"""So much later than called is late, so much earlier than the end is early."""

_GIVEN = {TurnKind.NAMED: "点名发言", TurnKind.GRANTED: "申请获准"}


def write(draft: Draft) -> None:
    meeting = Meeting(draft)
    _general(meeting)
    _agenda(meeting)
    _attendance(meeting)
    _rollcalls(meeting)
    _speeches(meeting)
    draft_outcome.write(meeting)
    _recording(meeting)


# --- the head -----------------------------------------------------------------------------------


def _general(meeting: Meeting) -> None:
    state = meeting.state
    units = [each for each in meeting.units() if each.venue != state.office]
    came = sum(bool(each.stays) for each in units)
    begun = meeting.second(state.started_ms, 1, "会商开始")
    lines = [
        f"时间：{_span(meeting)}{refs([begun])}。",
        f"形式和地点：视频会商，主会场设在{meeting.name(state.office)}，"
        f"分会场应到{len(units)}个单位，实到{came}个。",
        f"类型：{KINDS[state.kind]}{'（演练）' if state.exercise else ''}。",
        f"主席：{_chairs(meeting)}。",
    ]
    if (found := meeting.workspace()) is not None:
        of, incident = found
        key = meeting.draft.incident(of, incident)
        lines.append(f"事件专题：〔{incident.number}〕{one_line(incident.header.title)}{refs([key])}。")
    ended = next((each.event for each in meeting.events if isinstance(each.event, SessionEnded)), None)
    if ended is not None and ended.reason:
        lines.append(f"结束说明：{one_line(ended.reason)}。")
    meeting.draft.add("general", "基本情况", lines)


def _span(meeting: Meeting) -> str:
    state = meeting.state
    begun = long_moment(state.started_ms)
    if state.ended_ms is None:
        return f"{begun}开始，起草时仍在进行"
    ended = long_moment(state.ended_ms)
    same_day = begun.partition("日")[0] == ended.partition("日")[0]
    until = ended.partition("日")[2] if same_day else ended
    return f"{begun}至{until}，历时{length(state.ended_ms - state.started_ms)}"


def _chairs(meeting: Meeting) -> str:
    said = []
    for held in chairs(meeting.events):
        who = f"{meeting.name(held.venue)}{meeting.person(held.venue, held.from_ms)}"
        if not held.reason:
            said.append(who or meeting.name(held.venue))
            continue
        why = in_brackets(CHAIRED.get(held.reason, held.reason))
        key = meeting.second(held.from_ms, held.seq, f"主席转至{meeting.name(held.venue)}")
        said.append(f"{clock(held.from_ms)}起{who}{why}{refs([key])}")
    return "；".join(said)


def _agenda(meeting: Meeting) -> None:
    agenda = meeting.state.agenda
    if not agenda:
        return
    lines = [
        f"{number}. {one_line(item.title)}"
        f"{in_brackets(meeting.name(item.venue) if item.venue else '', f'{item.minutes}分钟')}。"
        for number, item in enumerate(agenda, 1)
    ]
    meeting.draft.add("agenda", "议程", lines)


# --- who was there ------------------------------------------------------------------------------


def _attendance(meeting: Meeting) -> None:
    units = meeting.units()
    office = meeting.state.office
    late = [f"{meeting.name(each.venue)}（{_late(each)}分钟）" for each in units if _late(each)]
    early = [f"{meeting.name(each.venue)}（{why}）" for each in units if (why := _early(meeting, each))]
    cut = [
        f"{meeting.name(each.venue)}（{each.cuts}次，共{length(each.cut_ms)}）" for each in units if each.cuts
    ]
    absent = [each for each in units if not each.stays and each.venue != office]
    leave = _on_leave(meeting)
    missing = [
        f"{meeting.name(each.venue)}（{ABSENCES[each.absence]}）"
        for each in absent
        if each.venue not in leave
    ]
    lines = [
        f"{word}：{names(found, most=40)}。"
        for word, found in (
            ("迟到", late),
            ("提前离开", early),
            ("断线重连", cut),
            ("请假", list(leave.values())),
            ("未到", missing),
        )
        if found
    ]
    lines += [_guest(meeting, each) for each in meeting.guests()]
    rows = [_row(meeting, each) for each in units if each.stays]
    head = ["单位", "参加人", "在会时段", "在会时长", "点名"]
    grid = PaperGrid(head=head, rows=rows) if rows else None
    meeting.draft.add("attendance", "出席情况", lines, grid)


def _row(meeting: Meeting, of: Presence) -> list[PaperCell]:
    name = meeting.name(of.venue)
    keys = [meeting.second(stay.from_ms, stay.seq, f"{name}接入") for stay in of.stays]
    spans = "；".join(f"{clock(stay.from_ms)}-{clock(stay.to_ms)}" for stay in of.stays)
    results = [
        RESULTS[each.row.result]
        for each in rolled(meeting.state)
        if each.seat == of.venue and each.row.result is not None
    ]
    return [
        PaperCell(text=name),
        PaperCell(text="、".join(of.persons)),
        PaperCell(text=spans, sources=keys),
        PaperCell(text=length(of.length_ms)),
        PaperCell(text="、".join(results) or "—"),
    ]


def _late(of: Presence) -> int:
    """Whole minutes from being called to coming in; none where that is no time worth a word."""
    after_ms = of.stays[0].from_ms - of.called_ms if of.stays else 0
    return after_ms // 60_000 if after_ms >= LATE_MS else 0


def _early(meeting: Meeting, of: Presence) -> str:
    ended_ms = meeting.state.ended_ms
    if not of.stays or ended_ms is None:
        return ""
    last = of.stays[-1]
    if not last.ended or ended_ms - last.to_ms < LATE_MS:
        return ""
    how = {"lost": "断线未恢复", "hung_up": "主席挂断"}.get(last.ended, "离开")
    return f"{clock(last.to_ms)}{how}"


def _on_leave(meeting: Meeting) -> dict[str, str]:
    """Who said beforehand that it would not come, and whom the roll call found on leave."""
    found = {}
    for seat, invitee in (meeting.booking.invited if meeting.booking is not None else {}).items():
        if invitee.reply is Reply.ON_LEAVE:
            reason = in_brackets(one_line(invitee.reason))
            found[seat] = f"{meeting.draft.unit(seat, invitee.name)}{reason}"
    there = {each.venue for each in meeting.presences if each.stays}
    for each in rolled(meeting.state):
        if each.row.result is RollResult.ON_LEAVE:
            note = in_brackets(one_line(each.row.note))
            found.setdefault(each.seat, f"{meeting.name(each.seat)}{note}")
    return {seat: said for seat, said in found.items() if seat not in there}


def _guest(meeting: Meeting, of: Presence) -> str:
    venue = meeting.state.venues[of.venue]
    spans = "、".join(f"{clock(stay.from_ms)}至{clock(stay.to_ms)}" for stay in of.stays)
    where = in_brackets(one_line(venue.place), "、".join(of.persons))
    key = meeting.second(of.stays[0].from_ms, of.stays[0].seq, f"{venue.name}接入")
    return f"现场：{one_line(venue.name)}{where}，{spans}{refs([key])}。"


def _rollcalls(meeting: Meeting) -> None:
    lines = []
    for roll in meeting.state.rollcalls:
        rows = [each.row for each in rolled(meeting.state) if each.roll is roll]
        if rows:
            lines.append(_rollcall(meeting, roll, rows))
    if lines:
        meeting.draft.add("rollcalls", "点名情况", lines)


def _rollcall(meeting: Meeting, roll: RollCall, rows: list[RollRow]) -> str:
    answered = [row for row in rows if row.result is RollResult.ANSWERED]
    measured = [row.after_ms for row in answered if row.after_ms is not None]
    mean = f"，平均用时{seconds(sum(measured) / len(measured))}秒" if measured else ""
    others = [
        f"{meeting.name(row.venue)}{in_brackets(RESULTS[row.result], one_line(row.note))}"
        for row in rows
        if row.result is not None and row.result is not RollResult.ANSWERED
    ]
    left = f"；{names(others, most=40)}" if others else ""
    place = meeting.of.places[f"rollcall:{roll.rollcall_id}"]
    key = meeting.second(roll.started_ms, place.seq, "点名")
    return (
        f"{clock(roll.started_ms)}　点名{len(rows)}个单位，应答{len(answered)}个{mean}{left}{refs([key])}。"
    )


# --- who spoke ----------------------------------------------------------------------------------


def _speeches(meeting: Meeting) -> None:
    spoken = turns(meeting.events, meeting.until_ms)
    lines = [_speech(meeting, turn) for turn in spoken if is_listed(turn)]
    meeting.draft.add("speeches", "发言情况", bounded(lines), _totals(meeting, spoken))


def _speech(meeting: Meeting, turn: Turn) -> str:
    who = f"{meeting.name(turn.venue)}{meeting.person(turn.venue, turn.from_ms)}"
    how = f"，{_GIVEN[turn.given]}" if turn.given is not None else ""
    key = meeting.second(turn.from_ms, turn.seq, f"{meeting.name(turn.venue)}发言")
    return f"{clock(turn.from_ms)}　{who}{how}，{length(turn.length_ms)}{refs([key])}。"


def _totals(meeting: Meeting, spoken: list[Turn]) -> PaperGrid | None:
    """Everything that was heard counts, words thrown in as well."""
    by_unit: dict[str, list[Turn]] = {}
    for turn in spoken:
        by_unit.setdefault(turn.venue, []).append(turn)
    if not by_unit:
        return None
    rows = [
        [
            PaperCell(text=meeting.name(seat)),
            PaperCell(text=str(sum(is_listed(turn) for turn in by_unit[seat]))),
            PaperCell(text=str(sum(turn.given is not None for turn in by_unit[seat]))),
            PaperCell(text=length(sum(turn.length_ms for turn in by_unit[seat]))),
        ]
        for seat in meeting.draft.in_order(by_unit)
    ]
    return PaperGrid(head=["单位", "发言次数", "其中点名和获准", "合计时长"], rows=rows)


# --- what was recorded --------------------------------------------------------------------------


def _recording(meeting: Meeting) -> None:
    made = meeting.recording
    if not made.started_ms:
        meeting.draft.add("recording", "录制情况", ["没有录制。"])
        return
    of = next(each for each in meeting.draft.chronicles if each.state is made)
    key = meeting.draft.cite(SourceKind.RECORDING, of.stream, made.recording_id, 1, "录制")
    until_ms = made.stopped_ms or meeting.until_ms
    whole = [gap for gap in made.gaps if not gap.track_id]
    lost_ms = sum((gap.to_ms or until_ms) - gap.from_ms for gap in whole)
    gaps = f"，缺口{len(whole)}处、共{length(lost_ms)}" if whole else "，无缺口"
    venues = len({track.venue for track in made.tracks.values()})
    lines = [
        f"录制自{clock(made.started_ms)}起，时长{length(until_ms - made.started_ms)}，"
        f"{venues}个会场{len(made.tracks)}路{gaps}{refs([key])}。"
    ]
    for gap in made.gaps:
        track = made.tracks.get(gap.track_id)
        what = f"{track.venue_name}{SOURCES.get(track.source, '')}" if track is not None else "全部"
        until = clock(gap.to_ms) if gap.to_ms is not None else "结束"
        cause = gap_reason(gap)
        place = of.place(f"gap:{gap.from_ms}/{gap.track_id}")
        at = meeting.second(gap.from_ms, place.seq if place is not None else 1, "缺口", of.stream)
        lines.append(f"{clock(gap.from_ms)}至{until}，{what}中断（{cause}）{refs([at])}。")
    meeting.draft.add("recording", "录制情况", bounded([*lines, *_kept(meeting)]))


def _kept(meeting: Meeting) -> list[str]:
    """Whether it is still there to be looked at."""
    hold, end = meeting.keeping.hold, meeting.keeping.destruction
    if end is not None and end.destroyed_ms is not None:
        return [f"录制已于{long_moment(end.destroyed_ms)}销毁（{one_line(end.reason)}），各处时间仅供对照。"]
    return [f"录制已封存（{one_line(hold.reason)}）。"] if hold is not None else []
