"""Who opens, changes and closes an incident."""

from __future__ import annotations

from typing import Any

import pytest

from hub.domain.deadline import EventLevel
from hub.domain.event import HUB, Actor, Command
from hub.domain.kindparts import BoardKind
from hub.domain.workspace import (
    AddUnits,
    Casualties,
    ChangeLevel,
    ChangeStatus,
    CheckDeadlines,
    CloseBoards,
    EditHeader,
    Header,
    HeaderChanges,
    LinkSession,
    Nature,
    NoteEntry,
    OpenBoard,
    PlanRef,
    RecordCasualties,
    RemoveUnit,
    Status,
    is_workspace,
    stream_of,
)
from hub.domain.workspace_rules import BOARDS_MAX, STEPS
from hub.errors import Refusal
from tests.support.factories import REVIEWER, STRANGER, Stream, board_of, open_workspace, unit
from tests.support.incident import (
    ADMIN,
    BACKUP,
    KAIFENG,
    OFFICER,
    WALL,
    XINYANG,
    YINGJI,
    a_session,
    add,
    an_incident,
    refusal,
    refused,
)


def header(version: int, **changes: Any) -> EditHeader:
    return EditHeader(base_version=version, changes=HeaderChanges(**changes))


def opening(*units: Actor, **rest: Any) -> Command:
    return open_workspace(*units, nature=Nature.INCIDENT, **rest)


def casualties(**counts: Any) -> RecordCasualties:
    known = {"as_of_ms": 1, "source": "信阳市委值班室"}
    return RecordCasualties(entry=Casualties(**{**known, **counts}))


# --- opening --------------------------------------------------------------------------------------


def test_I1_the_office_opens_an_incident() -> None:
    state = an_incident(number="2026-0012", exercise=True, call=["yingji", "yingji"]).state
    assert (state.number, state.status, state.exercise) == ("2026-0012", Status.ACTIVE, True)
    assert (state.office, state.opened_by, state.call) == ("office", OFFICER, ["yingji"])
    assert list(state.units) == ["yingji", "qixiang", "xinyang", "kaifeng"]
    assert [board.kind for board in state.boards.values()] == list(BoardKind)


def test_I1_a_unit_reports_one_as_a_draft_of_its_own() -> None:
    report = add("report", "i-1", "漫堤", state="submitted", type="initial")
    stream = an_incident(XINYANG, by=XINYANG, status=Status.DRAFT, items=[report])
    assert (stream.state.status, list(stream.state.units)) == (Status.DRAFT, ["xinyang"])
    assert stream.state.first_reported_ms == stream.now_ms


@pytest.mark.parametrize(
    "rest",
    [
        {"status": Status.ACTIVE},
        {"status": Status.DRAFT, "units": [unit(XINYANG), unit(KAIFENG)]},
        {"status": Status.DRAFT, "units": []},
        {"status": Status.DRAFT, "plan": PlanRef(plan_id="q-1", name="防汛预案", version=1)},
    ],
)
def test_I1_and_nothing_else(rest: dict[str, Any]) -> None:
    units = rest.pop("units", [unit(XINYANG)])
    wish = opening(**rest)
    with pytest.raises(Refusal, match="forbidden"):
        Stream("incident:i-1").do(_with_units(wish, units), XINYANG)
    for by in (REVIEWER, ADMIN, WALL):
        with pytest.raises(Refusal, match="forbidden"):
            Stream("incident:i-1").do(opening(status=Status.DRAFT), by)


def _with_units(wish: Command, units: list[Any]) -> Command:
    return type(wish)(**{**{name: getattr(wish, name) for name in wish.__struct_fields__}, "units": units})


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ({"header": Header(title=" ")}, "incident.no_title"),
        ({"header": Header(title="长" * 81)}, "incident.no_title"),
        ({"header": Header(title="雨", summary="长" * 501)}, "board.text_too_long"),
        ({"header": Header(title="雨", lon=181.0)}, "bad_request"),
        ({"header": Header(title="雨", lat=float("nan"))}, "bad_request"),
        ({"header": Header(title="雨", occurred_ms=-1)}, "bad_request"),
        ({"header": Header(title="雨", learned_ms=1 << 60)}, "bad_request"),
        ({"status": Status.CLOSED}, "bad_request"),
        ({"boards": [board_of(BoardKind.TASK)] * 2}, "bad_request"),
    ],
)
def test_I1_what_it_is_opened_with_is_checked(rest: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        Stream("incident:i-1").do(opening(**rest), OFFICER)


def test_I1_it_is_opened_once_and_nothing_happens_before() -> None:
    stream = an_incident()
    assert refused(stream, opening(), OFFICER) == "bad_request"
    with pytest.raises(Refusal, match="not_found"):
        Stream("incident:i-2").do(header(1, title="雨"), OFFICER)


def test_I1_streams_are_named_by_what_they_hold() -> None:
    assert stream_of("i-1") == "incident:i-1"
    assert stream_of("b-1", Nature.SESSION) == "board:b-1"
    assert [is_workspace(name) for name in ("incident:i-1", "board:b-1", "session:s-1")] == [
        True,
        True,
        False,
    ]


# --- the header -----------------------------------------------------------------------------------


def test_I2_fields_of_the_header_merge_and_a_clash_shows_both() -> None:
    stream = an_incident()
    stream.do(header(1, place="信阳"), OFFICER)
    stream.do(header(1, summary="三处漫堤"), BACKUP)
    assert (stream.state.header.place, stream.state.header.summary, stream.state.version) == (
        "信阳",
        "三处漫堤",
        3,
    )
    clash = refusal(stream, header(1, place="信阳市浉河区"), BACKUP)
    assert (clash.code, clash.detail["theirs"], clash.detail["yours"]) == (
        "board.conflict",
        {"place": "信阳"},
        {"place": "信阳市浉河区"},
    )
    assert stream.do(header(1, place="信阳"), BACKUP) == []


def test_I2_the_office_writes_it_and_the_unit_that_reports_as_long_as_it_is_a_draft() -> None:
    assert refused(an_incident(), header(1, place="信阳"), XINYANG) == "forbidden"
    stream = an_incident(XINYANG, by=XINYANG, status=Status.DRAFT)
    stream.do(header(1, place="浉河"), XINYANG)
    stream.do(ChangeStatus(status=Status.ACTIVE), OFFICER)
    assert refused(stream, header(2, place="信阳"), XINYANG) == "forbidden"


def test_I3_the_level_changes_with_a_reason() -> None:
    stream = an_incident()
    change = ChangeLevel(level=EventLevel.I, response="II", reason="水位持续上涨")
    stream.do(change, OFFICER)
    assert (stream.state.level, stream.state.response) == (EventLevel.I, "II")
    assert stream.do(change, OFFICER) == []
    no_reason = ChangeLevel(level=EventLevel.IV, response="", reason=" ")
    assert refused(stream, no_reason, OFFICER) == "board.needs_reason"
    assert (
        refused(stream, ChangeLevel(level=EventLevel.I, response="V", reason="误"), OFFICER) == "bad_request"
    )
    assert refused(stream, ChangeLevel(level=EventLevel.IV, response="", reason="误"), YINGJI) == "forbidden"


# --- who takes part -------------------------------------------------------------------------------


def test_I4_who_is_asked_for_something_takes_part_from_then_on() -> None:
    stream = an_incident(YINGJI)
    stream.do(add("instruction", units=[XINYANG]), OFFICER)
    assert list(stream.state.units) == ["yingji", "xinyang"]
    assert stream.do(AddUnits(units=[unit(XINYANG)]), OFFICER) == []
    stream.do(AddUnits(units=[unit(KAIFENG), unit(KAIFENG)]), OFFICER)
    assert list(stream.state.units) == ["yingji", "xinyang", "kaifeng"]


def test_I4_only_the_office_lets_others_take_part() -> None:
    stream = an_incident(YINGJI)
    assert refused(stream, AddUnits(units=[unit(XINYANG)]), YINGJI) == "forbidden"
    warning = add("warning", units=[XINYANG])
    assert refused(stream, warning, YINGJI) == "incident.unknown_unit"
    assert refused(stream, add("situation", shared=["xinyang"]), OFFICER) == "incident.unknown_unit"


def test_P15_a_unit_that_is_removed_sees_and_changes_nothing_more() -> None:
    stream = an_incident()
    stream.do(add("situation"), XINYANG)
    stream.do(RemoveUnit(seat="xinyang"), OFFICER)
    assert stream.do(RemoveUnit(seat="xinyang"), OFFICER) == []
    assert refused(stream, add("situation", "i-2"), XINYANG) == "incident.unknown"
    assert refused(stream, RemoveUnit(seat="kaifeng"), KAIFENG) == "forbidden"


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (STRANGER, "incident.unknown"),
        (REVIEWER, "forbidden"),
        (ADMIN, "forbidden"),
        (WALL, "forbidden"),
    ],
)
def test_P15_who_does_not_take_part_changes_nothing(by: Actor, code: str) -> None:
    stream = an_incident()
    stream.do(add("situation"), OFFICER)
    for command in (add("situation", "i-2"), header(1, title="雨"), ChangeStatus(status=Status.MONITORING)):
        assert refused(stream, command, by) == code


# --- from draft to closed -------------------------------------------------------------------------


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_I5_an_incident_goes_along_its_steps(before: Status, after: Status) -> None:
    stream = an_incident(status=Status.DRAFT)
    for status in _way_to(before):
        stream.do(ChangeStatus(status=status, reason="险情解除"), OFFICER)
    assert stream.state.status is before
    wish = ChangeStatus(status=after, reason="险情解除")
    if after is before:
        assert stream.do(wish, OFFICER) == []
    elif after in STEPS[before]:
        stream.do(wish, OFFICER)
        assert stream.state.status is after
        assert (stream.state.closed_ms is not None) == (after in (Status.CLOSED, Status.VOID))
    else:
        assert refused(stream, wish, OFFICER) == "incident.no_step"


def _way_to(status: Status) -> list[Status]:
    return {
        Status.DRAFT: [],
        Status.ACTIVE: [Status.ACTIVE],
        Status.MONITORING: [Status.ACTIVE, Status.MONITORING],
        Status.CLOSED: [Status.ACTIVE, Status.CLOSED],
        Status.VOID: [Status.VOID],
    }[status]


def test_I5_its_end_and_its_opening_again_have_a_reason() -> None:
    stream = an_incident()
    assert refused(stream, ChangeStatus(status=Status.CLOSED), OFFICER) == "board.needs_reason"
    assert refused(stream, ChangeStatus(status=Status.CLOSED, reason="了"), XINYANG) == "forbidden"
    stream.do(ChangeStatus(status=Status.CLOSED, reason="险情解除"), OFFICER)
    assert refused(stream, ChangeStatus(status=Status.MONITORING), OFFICER) == "board.needs_reason"


def test_I5_of_a_closed_incident_only_the_timeline_is_completed() -> None:
    stream = an_incident()
    stream.do(add("situation"), XINYANG)
    stream.do(ChangeStatus(status=Status.CLOSED, reason="险情解除"), OFFICER)
    for command in (
        add("situation", "i-2"),
        header(1, title="雨"),
        casualties(dead=1),
        AddUnits(units=[unit(STRANGER)]),
        OpenBoard(board=board_of(BoardKind.DUTY)),
    ):
        assert refused(stream, command, OFFICER) == "incident.closed"
    stream.do(NoteEntry(when_ms=1, text="补记：向省领导报告"), OFFICER)
    stream.do(LinkSession(session_id="s-1", title="复盘"), HUB)
    stream.do(ChangeStatus(status=Status.MONITORING, reason="水位回涨"), OFFICER)
    stream.do(add("situation", "i-2"), XINYANG)


def test_I6_casualties_are_a_series_with_time_and_source() -> None:
    stream = an_incident()
    stream.do(casualties(missing=2), OFFICER)
    stream.do(casualties(missing=0, dead=2, note="已找到"), OFFICER)
    assert [entry.entry.missing for entry in stream.state.casualties] == [2, 0]
    assert [entry.actor for entry in stream.state.casualties] == [OFFICER, OFFICER]
    assert refused(stream, casualties(missing=2, source=" "), OFFICER) == "incident.no_source"
    for wrong in ({}, {"dead": -1}, {"dead": 1, "as_of_ms": stream.now_ms + 9_000}):
        assert refused(stream, casualties(**wrong), OFFICER) == "bad_request"
    assert refused(stream, casualties(dead=1), XINYANG) == "forbidden"


def test_I7_what_a_plan_puts_on_the_boards_is_there_from_the_beginning() -> None:
    plan = PlanRef(plan_id="q-1", name="防汛预案", version=3)
    tasks = [add("task", f"i-{number}", f"第 {number} 步", units=[XINYANG]) for number in (1, 2)]
    state = an_incident(YINGJI, plan=plan, items=tasks, call=["xinyang"]).state
    assert (state.plan, list(state.items), list(state.units)) == (plan, ["i-1", "i-2"], ["yingji", "xinyang"])
    assert [item.state for item in state.items.values()] == ["todo", "todo"]


def test_I7_a_plan_with_a_fault_opens_nothing() -> None:
    with pytest.raises(Refusal, match=r"board\.unknown"):
        Stream("incident:i-1").do(opening(items=[add("task")]), OFFICER)


def test_I8_the_office_completes_the_timeline_by_hand_at_a_time_that_is_past() -> None:
    stream = an_incident()
    stream.do(NoteEntry(when_ms=stream.now_ms - 60_000, text="口头报告"), OFFICER)
    assert refused(stream, NoteEntry(when_ms=stream.now_ms + 60_000, text="口头"), OFFICER) == "bad_request"
    assert refused(stream, NoteEntry(when_ms=1, text=" "), OFFICER) == "board.empty_text"
    assert refused(stream, NoteEntry(when_ms=1, text="口头"), XINYANG) == "forbidden"


# --- boards and sessions --------------------------------------------------------------------------


def test_I1_boards_are_opened_by_the_office_within_bounds() -> None:
    stream = an_incident(boards=[])
    for number in range(BOARDS_MAX):
        stream.do(OpenBoard(board=board_of(BoardKind.TASK, f"b-{number}")), OFFICER)
    assert refused(stream, OpenBoard(board=board_of(BoardKind.TASK, "b-x")), OFFICER) == "board.full"
    assert refused(stream, OpenBoard(board=board_of(BoardKind.TASK, "b-x")), YINGJI) == "forbidden"


def test_I9_a_session_is_linked_once() -> None:
    stream = an_incident()
    stream.do(LinkSession(session_id="s-1", title="防汛会商"), HUB)
    assert stream.do(LinkSession(session_id="s-1", title="防汛会商"), HUB) == []
    assert [link.session_id for link in stream.state.sessions] == ["s-1"]
    assert refused(stream, LinkSession(session_id="s-2", title="会商"), XINYANG) == "forbidden"


def test_B6_closed_boards_are_read_only() -> None:
    stream = a_session()
    assert refused(stream, CloseBoards(), OFFICER) == "forbidden"
    stream.do(CloseBoards(), HUB)
    assert stream.do(CloseBoards(), HUB) == []
    assert refused(stream, add("situation"), YINGJI) == "board.closed"
    assert refused(an_incident(), CloseBoards(), HUB) == "forbidden"


def test_B6_a_session_has_no_status_of_its_own() -> None:
    assert (
        refused(a_session(), ChangeStatus(status=Status.CLOSED, reason="了"), OFFICER) == "incident.no_step"
    )


def test_D4_only_the_hub_looks_at_the_clock() -> None:
    assert refused(an_incident(), CheckDeadlines(), OFFICER) == "forbidden"


def test_a_command_nobody_knows_is_a_fault_of_ours() -> None:
    class Unknown(Command, frozen=True, kw_only=True):
        pass

    with pytest.raises(TypeError):
        an_incident().do(Unknown(), OFFICER)
