"""A day in the log for tests of the drafts: incidents, sessions, checks, by hand or at random."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any

from hub.domain import item, mark, session, track, workspace
from hub.domain.conduct import Contact
from hub.domain.deadline import EventLevel
from hub.domain.drafting import Records
from hub.domain.event import HUB, Actor, Command
from hub.domain.kindparts import BoardKind
from hub.domain.organisation import AddSeat, Level, Seat
from hub.domain.paperlog import chronicle
from hub.domain.rollcall import EndRollCall, RollResult, StartRollCall, TickRollCall
from hub.domain.spotcheck import AddPhoneRow, JudgeRow, PhoneStep, StartSpotCheck, StepPhone, Verdict
from hub.domain.tally import Scope
from hub.domain.workspace import Nature, Status
from hub.errors import Refusal
from tests.support.factories import (
    KAIFENG,
    OFFICER,
    START_MS,
    XINYANG,
    YINGJI,
    Stream,
    board_of,
    checked,
    open_workspace,
    start_session,
    unit,
)

HOUR_MS = 3_600_000
UNITS = (YINGJI, XINYANG, KAIFENG)
BOARDS = (
    BoardKind.SITUATION,
    BoardKind.REPORT,
    BoardKind.INSTRUCTION,
    BoardKind.WARNING,
    BoardKind.RESOURCE,
    BoardKind.KEYEVENT,
)
DAY = Scope(START_MS, START_MS + 24 * HOUR_MS)
TYPES = ("initial", "followup", "final", "phone", "clue")
AMOUNTS: tuple[dict[str, str], ...] = ({}, {"quantity": "120", "unit": "人"}, {"quantity": "3"})
CREDIBILITY = ("unverified", "verified", "false")


def an_organisation() -> Stream:
    stream = Stream("organisation")
    for sort, (actor, level) in enumerate(
        ((OFFICER, Level.PROVINCE), (YINGJI, Level.DEPARTMENT), (KAIFENG, Level.CITY), (XINYANG, Level.CITY))
    ):
        seat = Seat(
            seat_id=actor.seat or "",
            name=actor.seat_name or "",
            short_name=(actor.seat_name or "")[:2],
            level=level,
            sort=sort,
            contacts=[Contact(name="值班长")],
        )
        stream.do(AddSeat(seat=seat), HUB)
    return stream


def records_of(streams: Iterable[Stream]) -> Records:
    organisation = an_organisation()
    return Records(
        [chronicle(each.name, each.events) for each in streams],
        organisation.state,
        len(organisation.events),
    )


def an_incident(key: str = "i-1", *, exercise: bool = False, level: EventLevel = EventLevel.II) -> Stream:
    stream = Stream(f"incident:{key}")
    header = workspace.Header(
        title="浉河漫堤",
        place="信阳市浉河区",
        occurred_ms=START_MS - 20 * 60_000,
        learned_ms=START_MS,
        summary="三处漫堤",
    )
    opened = open_workspace(
        *UNITS,
        nature=Nature.INCIDENT,
        workspace_id=key,
        number=f"2026-{key[2:].zfill(4)}",
        header=header,
        level=level,
        exercise=exercise,
        boards=[board_of(kind) for kind in BOARDS],
    )
    stream.do(opened, OFFICER)
    return stream


def add(board: BoardKind, item_id: str, text: str, **rest: Any) -> item.AddItem:
    fields = {"text": text, **rest.pop("fields", {})}
    return item.AddItem(board_id=board, item_id=item_id, fields=fields, **rest)


def report(item_id: str, text: str, of_type: str = "initial", **fields: str) -> item.AddItem:
    return add(BoardKind.REPORT, item_id, text, fields={"type": of_type, **fields}, state="submitted")


def random_incident(random: Random, key: str, *, exercise: bool = False, steps: int = 120) -> Stream:
    """Whatever the rules allow, in any order; what they refuse does not happen."""
    stream = an_incident(key, exercise=exercise, level=random.choice(list(EventLevel)))
    for step in range(steps):
        command, by = _anything(random, stream.state, f"{key}-{step}", stream.now_ms)
        try:
            stream.do(command, by, after_ms=random.randrange(1_000, 12 * 60_000))
        except Refusal:
            continue
    return stream


def _anything(random: Random, state: workspace.Workspace, fresh: str, now_ms: int) -> tuple[Command, Actor]:
    by = random.choice(UNITS)
    known = list(state.items) or ["none"]
    chosen = random.choice(known)
    due = {"due": str(now_ms + random.randrange(5, 60) * 60_000)} if random.random() < 0.7 else {}
    some = [unit(each) for each in random.sample(UNITS, random.randrange(1, 4))]
    credibility = {"credibility": random.choice(CREDIBILITY)}
    choices: list[tuple[Command, Actor]] = [
        (report(fresh, f"报告{fresh}", random.choice(TYPES), nature=f"经过{fresh}"), by),
        (report(fresh, f"来电{fresh}", "phone", caller="李强"), OFFICER),
        (add(BoardKind.REPORT, fresh, f"稿{fresh}", state="draft"), by),
        (add(BoardKind.INSTRUCTION, fresh, f"指示{fresh}", fields=due, units=some), OFFICER),
        (add(BoardKind.WARNING, fresh, f"预警{fresh}", units=some), OFFICER),
        (add(BoardKind.SITUATION, fresh, f"态势{fresh}", fields=credibility), by),
        (add(BoardKind.RESOURCE, fresh, f"队伍{fresh}", state="onsite", fields=random.choice(AMOUNTS)), by),
        (add(BoardKind.KEYEVENT, fresh, f"大事{fresh}"), random.choice((by, OFFICER))),
        (item.EditItem(item_id=chosen, base_version=99, fields=credibility), OFFICER),
        (item.AssignItem(item_id=chosen, units=some), OFFICER),
        (item.VoidItem(item_id=chosen, reason="重复"), OFFICER),
        (track.NotePhoned(item_id=chosen, seat=by.seat or "", reached=True), OFFICER),
        (
            mark.MarkUnit(mark_id=fresh, unit=unit(by), mark=random.choice(list(mark.MarkKind)), reason="x"),
            OFFICER,
        ),
        (mark.RetractMark(mark_id=random.choice([*state.marks, "none"]), reason="误标"), OFFICER),
        (workspace.NoteEntry(when_ms=now_ms - 1, text=f"记事{fresh}"), OFFICER),
        (
            workspace.RecordCasualties(entry=workspace.Casualties(as_of_ms=now_ms, source="信阳", dead=1)),
            OFFICER,
        ),
        (workspace.ChangeLevel(level=random.choice(list(EventLevel)), response="", reason="x"), OFFICER),
        (
            workspace.ChangeStatus(status=random.choice((Status.ACTIVE, Status.MONITORING)), reason="x"),
            OFFICER,
        ),
    ]
    moves = ("submit", "adopt", "merge", "return", "publish", "revoke", "close", "settle")
    choices += [(item.ChangeState(item_id=chosen, move=move, reason="x"), OFFICER) for move in moves]
    choices.append((item.ChangeState(item_id=chosen, move="submit"), by))
    steps = (track.Progress.READ, track.Progress.SIGNED, track.Progress.REPLIED)
    choices += [
        (track.MoveTrack(item_id=chosen, seat=by.seat or "", state=step, text="已办"), by)
        for step in (*steps, track.Progress.SIGNED, track.Progress.REPLIED)
    ]
    return random.choice(choices)


def a_session(key: str = "s-1", *, exercise: bool = False) -> Stream:
    """Two of three venues come, and one of them answers the roll call."""
    stream = Stream(f"session:{key}")
    start = start_session(*UNITS)
    fields = {name: getattr(start, name) for name in start.__struct_fields__}
    fields.update(session_id=key, exercise=exercise, recording_id=f"r-{key}")
    stream.do_all(
        [
            (session.StartSession(**fields), OFFICER),
            (session.JoinSession(venue="office"), OFFICER),
            (session.AnswerCall(venue="yingji"), YINGJI),
            (session.AnswerCall(venue="xinyang"), XINYANG),
            (StartRollCall(rollcall_id=f"a-{key}", venues=["yingji", "xinyang", "kaifeng"]), OFFICER),
            (TickRollCall(rollcall_id=f"a-{key}", venue="yingji", result=RollResult.ANSWERED), OFFICER),
            (TickRollCall(rollcall_id=f"a-{key}", venue="xinyang", result=RollResult.NO_ANSWER), OFFICER),
            (EndRollCall(), OFFICER),
            (session.EndSession(), OFFICER),
        ]
    )
    return stream


def a_check(key: str = "k-1") -> Stream:
    """By telephone: one answers, one does not, one has a problem."""
    stream = Stream(f"spotcheck:{key}")
    stream.do(
        StartSpotCheck(check_id=key, title="国庆抽查", seats=[checked(YINGJI)], items=["值班员在岗"]), OFFICER
    )
    for number, (of, step) in enumerate(
        ((YINGJI, PhoneStep.ANSWER), (XINYANG, PhoneStep.MISS), (KAIFENG, PhoneStep.ANSWER)), 2
    ):
        stream.do(AddPhoneRow(seat=checked(of)), OFFICER)
        stream.do(StepPhone(number=number, step=PhoneStep.DIAL), OFFICER)
        stream.do(StepPhone(number=number, step=step), OFFICER, after_ms=8_000)
    stream.do(JudgeRow(number=4, answers=[False], verdict=Verdict.PROBLEM, problem="值班员不在岗"), OFFICER)
    return stream
