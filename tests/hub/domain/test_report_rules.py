"""What is stamped when a report comes, and which deadlines it meets."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.deadline import HENAN, ClockName, EventLevel
from hub.domain.event import HUB
from hub.domain.report_rules import followup_due_ms
from hub.domain.workspace import (
    ChangeLevel,
    ChangeStatus,
    CheckDeadlines,
    EditHeader,
    Header,
    HeaderChanges,
    Nature,
    Status,
)
from hub.errors import Refusal
from tests.support.factories import Stream, open_workspace
from tests.support.incident import (
    KAIFENG,
    MINUTE_MS,
    OCCURRED_MS,
    OFFICER,
    XINYANG,
    a_session,
    add,
    an_incident,
    edit,
    item_in,
    refused,
    step,
)

DAY_8 = OCCURRED_MS // 86_400_000 * 86_400_000  # 08:00 in Beijing is midnight UTC


def at_minute(stream: Stream, minute: float) -> Stream:
    """So many minutes after what happened, when the next command comes."""
    stream.now_ms = OCCURRED_MS + round(minute * MINUTE_MS) - 1000
    return stream


def level(to: EventLevel) -> ChangeLevel:
    return ChangeLevel(level=to, response="", reason="核定")


# --- lateness -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minute", "fields", "late_min"),
    [
        (30, {"type": "phone"}, None),
        (30.5, {"type": "phone"}, 1),
        (60, {"type": "initial"}, None),
        (72, {"type": "initial"}, 12),
        (600, {"type": "followup"}, None),
        (600, {"type": "clue"}, None),
    ],
)
def test_D1_late_is_so_many_minutes_behind_the_limit_of_its_channel(
    minute: float, fields: dict[str, str], late_min: int | None
) -> None:
    stream = at_minute(an_incident(), minute)
    stream.do(add("report", state="submitted", **fields), XINYANG)
    assert item_in(stream).late_min == late_min


def test_D1_a_report_on_something_that_happened_later_counts_from_then() -> None:
    stream = at_minute(an_incident(), 300)
    occurred = str(OCCURRED_MS + 290 * MINUTE_MS)
    stream.do(add("report", state="submitted", occurred=occurred), XINYANG)
    assert item_in(stream).late_min is None
    assert item_in(stream).due_ms == OCCURRED_MS + 350 * MINUTE_MS


def test_D1_nobody_gains_time_by_a_clock_that_runs_ahead() -> None:
    stream = at_minute(an_incident(), 300)
    stream.do(add("report", state="submitted", occurred=str(OCCURRED_MS * 2)), XINYANG)
    assert item_in(stream).due_ms == stream.now_ms + 60 * MINUTE_MS
    later = Header(title="雨", occurred_ms=OCCURRED_MS * 2)
    stream = at_minute(an_incident(header=later), 300)
    stream.do(add("report", state="submitted"), XINYANG)
    assert item_in(stream).due_ms == stream.now_ms + 60 * MINUTE_MS


@pytest.mark.parametrize(("board", "move"), [("task", "finish"), ("hazard", "report")])
def test_D1_what_was_asked_is_done_in_time_or_late(board: str, move: str) -> None:
    for minutes, late_min in ((9, None), (13, 3)):
        stream = an_incident()
        due = str(stream.now_ms + 10 * MINUTE_MS + 2000)
        stream.do(add(board, units=[XINYANG], due=due), OFFICER)
        stream.now_ms += minutes * MINUTE_MS
        stream.do(step("i-1", move), XINYANG)
        assert item_in(stream).late_min == late_min


def test_D2_a_draft_is_stamped_when_it_is_submitted() -> None:
    stream = at_minute(an_incident(), 10)
    stream.do(add("report", state="draft"), XINYANG)
    assert (item_in(stream).due_ms, stream.state.first_reported_ms) == (None, None)
    at_minute(stream, 75)
    stream.do(step("i-1", "submit"), XINYANG)
    assert (item_in(stream).late_min, stream.state.first_reported_ms) == (15, stream.now_ms)


def test_D2_a_report_that_comes_back_corrected_was_late_when_it_came_first_or_it_was_not() -> None:
    stream = at_minute(an_incident(header=Header(title="雨")), 10)
    stream.do(add("report", state="submitted"), XINYANG)
    assert item_in(stream).due_ms is None, "nobody knows yet when it happened"
    stream.do(step("i-1", "return", "写明事发时间"), OFFICER)
    stream.do(edit("i-1", 1, occurred=str(OCCURRED_MS)), XINYANG)
    at_minute(stream, 300)
    stream.do(step("i-1", "submit"), XINYANG)
    assert (item_in(stream).due_ms, item_in(stream).late_min) == (None, None)
    late = at_minute(an_incident(), 70)
    late.do(add("report", state="submitted"), XINYANG)
    late.do(step("i-1", "return", "补充"), OFFICER)
    late.do(level(EventLevel.IV), OFFICER)
    late.do(step("i-1", "submit"), XINYANG)
    assert item_in(late).late_min == 10


def test_D2_when_a_report_is_due_is_the_hubs_to_say() -> None:
    stream = an_incident()
    assert refused(stream, add("report", due=str(OCCURRED_MS * 2)), XINYANG) == "bad_request"
    stream.do(add("report"), XINYANG)
    assert refused(stream, edit("i-1", 1, due=str(OCCURRED_MS * 2)), XINYANG) == "bad_request"


def test_D2_what_is_said_later_about_the_time_changes_no_stamp() -> None:
    stream = at_minute(an_incident(), 70)
    stream.do(add("report", state="submitted"), XINYANG)
    stream.do(edit("i-1", 1, occurred=str(OCCURRED_MS + 60 * MINUTE_MS)), XINYANG)
    changes = HeaderChanges(occurred_ms=OCCURRED_MS + 60 * MINUTE_MS)
    stream.do(EditHeader(base_version=1, changes=changes), OFFICER)
    assert item_in(stream).late_min == 10
    assert stream.state.deadlines[ClockName.WRITTEN].late_min == 10


# --- the deadlines of the incident ----------------------------------------------------------------


def due(stream: Stream, name: ClockName) -> float | None:
    found = stream.state.deadlines.get(name)
    return None if found is None else (found.due_ms - OCCURRED_MS) / MINUTE_MS


def test_D3_deadlines_follow_the_header_and_the_level_until_they_are_met() -> None:
    stream = an_incident()
    assert (due(stream, ClockName.PHONE), due(stream, ClockName.WRITTEN)) == (30, 60)
    stream.do(add("report", type="phone"), OFFICER)
    changes = HeaderChanges(occurred_ms=OCCURRED_MS + 5 * MINUTE_MS)
    stream.do(EditHeader(base_version=1, changes=changes), OFFICER)
    assert (due(stream, ClockName.PHONE), due(stream, ClockName.WRITTEN)) == (30, 65)
    stream.do(level(EventLevel.IV), OFFICER)
    assert (due(stream, ClockName.PHONE), due(stream, ClockName.WRITTEN)) == (30, 365)
    met = stream.state.deadlines[ClockName.PHONE]
    assert (met.met_ms is not None, met.late_min) == (True, None)


def test_D3_the_first_report_meets_both_and_the_first_time_stands() -> None:
    stream = at_minute(an_incident(), 42)
    stream.do(add("report", type="initial", state="submitted"), XINYANG)
    first_ms = stream.now_ms
    deadlines = stream.state.deadlines
    assert (deadlines[ClockName.PHONE].late_min, deadlines[ClockName.WRITTEN].late_min) == (12, None)
    before = dict(deadlines)
    stream.do(add("report", "i-2", type="initial", state="submitted"), KAIFENG)
    assert (stream.state.first_reported_ms, stream.state.deadlines) == (first_ms, before)


def test_D3_what_has_come_already_is_not_asked_for_when_the_level_rises() -> None:
    stream = at_minute(an_incident(level=EventLevel.III), 10)
    stream.do(add("report", type="phone"), OFFICER)
    stream.do(level(EventLevel.I), OFFICER)
    assert ClockName.PHONE not in stream.state.deadlines
    assert due(stream, ClockName.WRITTEN) == 60


def followup(item_id: str) -> Any:
    return add("report", item_id, type="followup", state="submitted")


def test_D4_a_follow_up_is_due_at_eight_and_at_five_and_one_that_is_missing_stays_so() -> None:
    stream = an_incident()
    stream.now_ms = DAY_8 - 60 * MINUTE_MS
    stream.do(CheckDeadlines(), HUB)
    assert stream.state.deadlines[ClockName.FOLLOWUP].due_ms == DAY_8
    assert stream.do(CheckDeadlines(), HUB) == []
    stream.do(followup("i-1"), XINYANG)
    assert stream.do(CheckDeadlines(), HUB) == [], "it came before its time: the next is not due yet"
    stream.now_ms = DAY_8
    stream.do(CheckDeadlines(), HUB)
    assert stream.state.deadlines[ClockName.FOLLOWUP].due_ms == DAY_8 + 9 * 60 * MINUTE_MS
    stream.now_ms = DAY_8 + 10 * 60 * MINUTE_MS
    assert stream.do(CheckDeadlines(), HUB) == []
    stream.do(followup("i-2"), XINYANG)
    assert stream.state.deadlines[ClockName.FOLLOWUP].late_min == 60
    stream.do(CheckDeadlines(), HUB)
    assert stream.state.deadlines[ClockName.FOLLOWUP].due_ms == DAY_8 + 24 * 60 * MINUTE_MS


def test_D4_a_follow_up_that_was_returned_meets_no_second_deadline() -> None:
    stream = an_incident()
    stream.now_ms = DAY_8 - 60 * MINUTE_MS
    stream.do(CheckDeadlines(), HUB)
    stream.do(followup("i-1"), XINYANG)
    stream.do(step("i-1", "return", "补充"), OFFICER)
    stream.now_ms = DAY_8
    stream.do(CheckDeadlines(), HUB)
    stream.do(step("i-1", "submit"), XINYANG)
    assert stream.state.deadlines[ClockName.FOLLOWUP].met_ms is None
    assert item_in(stream).number == 1


def test_D4_none_is_expected_of_a_small_incident_a_draft_or_one_that_is_over() -> None:
    for stream in (an_incident(level=EventLevel.IV), an_incident(status=Status.DRAFT), a_session()):
        assert followup_due_ms(stream.state, stream.now_ms) is None
        assert stream.do(CheckDeadlines(), HUB) == []
    sensitive = an_incident(level=EventLevel.IV, header=Header(title="雨", sensitive=True))
    assert followup_due_ms(sensitive.state, sensitive.now_ms) is not None
    over = an_incident()
    over.do(ChangeStatus(status=Status.CLOSED, reason="险情解除"), OFFICER)
    assert followup_due_ms(over.state, over.now_ms) is None


def test_D7_a_sensitive_incident_has_the_limits_of_the_highest_level() -> None:
    header = Header(title="雨", occurred_ms=OCCURRED_MS, sensitive=True)
    stream = an_incident(level=EventLevel.IV, header=header)
    assert (due(stream, ClockName.PHONE), due(stream, ClockName.WRITTEN)) == (30, 60)


def test_D8_an_incident_keeps_the_limits_that_it_was_opened_with() -> None:
    stream = an_incident(profile=HENAN)
    assert (due(stream, ClockName.PHONE), due(stream, ClockName.WRITTEN)) == (15, 35)
    at_minute(stream, 40)
    stream.do(add("report", state="submitted"), XINYANG)
    assert item_in(stream).late_min == 5


def test_D8_a_session_and_the_daily_duty_have_no_deadlines() -> None:
    daily = Stream("incident:daily")
    header = Header(title="日常值班", occurred_ms=OCCURRED_MS)
    daily.do(open_workspace(XINYANG, nature=Nature.DAILY, header=header, workspace_id="daily"), HUB)
    assert daily.state.deadlines == {}
    session = a_session()
    session.do(add("report", state="submitted"), XINYANG)
    assert (item_in(session).due_ms, session.state.deadlines) == (None, {})


# --- whatever comes -------------------------------------------------------------------------------

_minutes = st.integers(1, 90)
_wishes = st.one_of(
    st.sampled_from(list(EventLevel)).map(level),
    st.integers(-60, 60).map(
        lambda minute: EditHeader(
            base_version=99, changes=HeaderChanges(occurred_ms=OCCURRED_MS + minute * MINUTE_MS)
        )
    ),
    st.booleans().map(
        lambda sensitive: EditHeader(base_version=99, changes=HeaderChanges(sensitive=sensitive))
    ),
    st.builds(
        lambda number, of_type, state: add("report", f"i-{number}", type=of_type, state=state),
        st.integers(0, 5),
        st.sampled_from(["phone", "initial", "followup", "final"]),
        st.sampled_from(["draft", "submitted"]),
    ),
    st.builds(
        lambda number, move: step(f"i-{number}", move, "补充"),
        st.integers(0, 5),
        st.sampled_from(["submit", "return", "adopt"]),
    ),
    st.integers(0, 5).map(lambda number: edit(f"i-{number}", 99, occurred=str(OCCURRED_MS))),
)


@given(st.lists(st.tuples(_minutes, _wishes, st.sampled_from([OFFICER, XINYANG])), max_size=25))
def test_D2_whatever_comes_what_was_stamped_never_changes(history: list[Any]) -> None:
    stream = an_incident(XINYANG)
    stamped: dict[Any, Any] = {}
    for minutes, wish, by in history:
        try:
            stream.do(wish, by, after_ms=minutes * MINUTE_MS)
            stream.do(CheckDeadlines(), HUB)
        except Refusal:
            continue
        for name, found in stream.state.deadlines.items():
            if found.met_ms is not None:
                assert stamped.setdefault((name, found.due_ms), found) == found
        for item in stream.state.items.values():
            if item.state != "draft":
                stamp = (item.number, item.due_ms, item.late_min)
                assert stamped.setdefault(item.item_id, stamp) == stamp
