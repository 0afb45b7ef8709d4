"""The rules of a planned meeting."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.domain.booking import (
    CancelBooking,
    ChangeBooking,
    LineTest,
    PlanBooking,
    RemindBooking,
    Reply,
    ReplyBooking,
    ReportLineTest,
    StartBooked,
)
from hub.domain.booking_rules import coming, next_reminder_ms
from hub.domain.event import HUB
from hub.errors import Refusal
from tests.support.factories import (
    OFFICER,
    REVIEWER,
    START_MS,
    STRANGER,
    XINYANG,
    YINGJI,
    Stream,
    a_plan,
)

MINUTE_MS = 60_000
PLAN = a_plan(XINYANG, YINGJI)


def planned() -> Stream:
    stream = Stream("booking:m-1")
    stream.do(PlanBooking(booking_id="m-1", plan=PLAN), OFFICER)
    return stream


def test_G1_only_officers_plan_what_is_to_come() -> None:
    stream = Stream("booking:m-1")
    for by in (XINYANG, REVIEWER, HUB):
        with pytest.raises(Refusal, match="forbidden"):
            stream.do(PlanBooking(booking_id="m-1", plan=PLAN), by)
    with pytest.raises(Refusal, match=r"booking\.past"):
        stream.do(PlanBooking(booking_id="m-1", plan=replace(PLAN, starts_ms=START_MS)), OFFICER)
    with pytest.raises(Refusal, match=r"session\.no_venues"):
        stream.do(PlanBooking(booking_id="m-1", plan=replace(PLAN, venues=[])), OFFICER)


def test_G1_a_meeting_that_is_over_changes_no_more() -> None:
    stream = planned()
    stream.do(CancelBooking(reason="并入会商"), OFFICER)
    assert stream.state.reason == "并入会商"
    for command in (ChangeBooking(plan=PLAN), CancelBooking(reason=""), StartBooked(session_id="s-1")):
        with pytest.raises(Refusal, match=r"booking\.over"):
            stream.do(command, OFFICER)


def test_G2_a_seat_answers_for_itself() -> None:
    stream = planned()
    stream.do(ReplyBooking(venue="xinyang", reply=Reply.CONFIRMED), XINYANG)
    assert stream.state.invited["xinyang"].person == "李强"
    with pytest.raises(Refusal, match="forbidden"):
        stream.do(ReplyBooking(venue="yingji", reply=Reply.CONFIRMED), XINYANG)
    with pytest.raises(Refusal, match=r"booking\.unknown"):
        stream.do(ReplyBooking(venue="hebi", reply=Reply.CONFIRMED), STRANGER)


def test_G3_leave_has_a_reason_and_a_line_test_is_dated() -> None:
    stream = planned()
    with pytest.raises(Refusal, match="leave_needs_reason"):
        stream.do(ReplyBooking(venue="xinyang", reply=Reply.ON_LEAVE, reason=" "), XINYANG)
    stream.do(ReplyBooking(venue="xinyang", reply=Reply.ON_LEAVE, reason="在前线"), XINYANG)
    assert coming(stream.state) == ["yingji"]
    stream.do(ReportLineTest(venue="xinyang", passed=True), XINYANG)
    assert stream.state.invited["xinyang"].line_test == LineTest(passed=True, at_ms=stream.now_ms)


def test_G4_each_reminder_goes_out_once() -> None:
    stream = planned()
    sent = []
    for minutes in (61, 60, 59, 31, 30, 10, 9, 0):
        stream.now_ms = PLAN.starts_ms - minutes * MINUTE_MS
        sent += [event.minutes for event in stream.do(RemindBooking(), HUB, after_ms=0)]
        assert stream.do(RemindBooking(), HUB, after_ms=0) == []
    assert sent == [60, 30, 10]
    with pytest.raises(Refusal, match="forbidden"):
        stream.do(RemindBooking(), OFFICER)


def test_G4_what_was_slept_through_is_made_up_for_by_the_latest_alone() -> None:
    stream = planned()
    stream.now_ms = PLAN.starts_ms - 5 * MINUTE_MS
    assert next_reminder_ms(stream.state, stream.now_ms) == stream.now_ms
    assert [event.minutes for event in stream.do(RemindBooking(), HUB, after_ms=0)] == [10]
    assert next_reminder_ms(stream.state, stream.now_ms) is None


def test_G5_another_time_asks_everybody_anew_and_nothing_else_does() -> None:
    stream = planned()
    stream.do(ReplyBooking(venue="xinyang", reply=Reply.CONFIRMED), XINYANG)
    stream.now_ms = PLAN.starts_ms - 60 * MINUTE_MS
    stream.do(RemindBooking(), HUB, after_ms=0)
    stream.do(ChangeBooking(plan=replace(a_plan(XINYANG, STRANGER), title="联席会议")), OFFICER)
    assert list(stream.state.invited) == ["xinyang", "hebi"]
    assert stream.state.invited["xinyang"].reply == "confirmed"
    assert list(stream.state.reminded) == ["60"]
    later = PLAN.starts_ms + 24 * 60 * MINUTE_MS
    stream.do(ChangeBooking(plan=replace(PLAN, starts_ms=later)), OFFICER)
    assert (stream.state.invited["xinyang"].reply, stream.state.reminded) == (None, {})
    assert next_reminder_ms(stream.state, stream.now_ms) == later - 60 * MINUTE_MS


def test_G6_it_starts_from_an_hour_before_its_time_on_and_once() -> None:
    stream = planned()
    with pytest.raises(Refusal, match="too_early"):
        stream.do(StartBooked(session_id="s-1"), OFFICER)
    stream.now_ms = PLAN.starts_ms - 60 * MINUTE_MS
    stream.do(StartBooked(session_id="s-1"), OFFICER)
    assert stream.do(StartBooked(session_id="s-1"), OFFICER) == []
    with pytest.raises(Refusal, match=r"booking\.over"):
        stream.do(StartBooked(session_id="s-2"), OFFICER)
