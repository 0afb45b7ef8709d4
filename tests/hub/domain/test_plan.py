"""Who writes a plan, and what it has to say."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from hub.domain.event import Actor, Command
from hub.domain.kindparts import BoardKind
from hub.domain.plan import PlanContent, PlanTask, SetPlan, WithdrawPlan
from hub.domain.streams import decode_event, encode_event, fold
from tests.support.factories import REVIEWER, Stream
from tests.support.incident import ADMIN, BACKUP, HUB, OFFICER, XINYANG, refusal, refused

RAIN = PlanContent(
    name="防汛 应急预案",
    boards=[BoardKind.SITUATION, BoardKind.TASK],
    tasks=[PlanTask(text="通知成员单位", groups=["fangxun"], minutes=30)],
    seats=["xinyang"],
)


def written(*edits: PlanContent) -> Stream:
    stream = Stream("plan:q-1")
    for version, content in enumerate((RAIN, *edits)):
        stream.do(put(version, content), OFFICER)
    return stream


def put(base_version: int, content: PlanContent = RAIN) -> SetPlan:
    return SetPlan(plan_id="q-1", base_version=base_version, content=content)


@pytest.mark.parametrize("by", [OFFICER, ADMIN, HUB])
def test_Q1_the_office_and_administrators_write_and_withdraw_plans(by: Actor) -> None:
    stream = Stream("plan:q-1")
    stream.do(put(0), by)
    stream.do(WithdrawPlan(reason="已修订"), by)
    assert (stream.state.version, stream.state.withdrawn_why) == (1, "已修订")


@pytest.mark.parametrize("by", [XINYANG, REVIEWER])
def test_Q1_and_nobody_else(by: Actor) -> None:
    commands: list[Command] = [put(1), WithdrawPlan(reason="误")]
    for command in commands:
        assert refused(written(), command, by) == "forbidden"


def test_Q2_nobody_overwrites_what_he_has_not_seen() -> None:
    stream = written(replace(RAIN, note="二版"))
    late = refusal(stream, put(1, replace(RAIN, note="三版")), BACKUP)
    assert (late.code, late.detail) == ("plan.moved_on", {"version": 2})
    assert stream.do(put(2, replace(RAIN, note="二版")), BACKUP) == []
    stream.do(put(2, replace(RAIN, note="三版")), BACKUP)
    assert (stream.state.version, stream.state.edited_by) == (3, BACKUP)


def test_Q2_a_plan_is_withdrawn_with_a_reason_and_stays_readable() -> None:
    stream = written()
    assert refused(stream, WithdrawPlan(reason=" "), OFFICER) == "board.needs_reason"
    stream.do(WithdrawPlan(reason="已修订"), OFFICER)
    assert refused(stream, put(1), OFFICER) == "plan.withdrawn"
    assert stream.state.content == RAIN
    assert refused(Stream("plan:q-2"), WithdrawPlan(reason="误"), OFFICER) == "plan.unknown"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "plan.no_name"),
        ({"name": "长" * 41}, "plan.no_name"),
        ({"tasks": [PlanTask(text=" ")]}, "board.empty_text"),
        ({"tasks": [PlanTask(text="一", minutes=-1)]}, "bad_request"),
        ({"tasks": [PlanTask(text="一", seats=[f"s-{n}" for n in range(101)])]}, "bad_request"),
        ({"tasks": [PlanTask(text="一")] * 61}, "bad_request"),
        ({"seats": [f"s-{n}" for n in range(101)]}, "bad_request"),
        ({"session_title": "长" * 81}, "bad_request"),
    ],
)
def test_Q3_what_a_plan_says_is_checked(changes: dict[str, Any], code: str) -> None:
    assert refused(written(), put(1, replace(RAIN, **changes)), OFFICER) == code


def test_B8_a_plan_is_the_fold_of_its_log() -> None:
    stream = written(replace(RAIN, name=" 防汛  应急预案 ", seats=["xinyang", "xinyang"], note="二版"))
    assert (stream.state.content.name, stream.state.content.seats) == ("防汛 应急预案", ["xinyang"])
    stream.do(WithdrawPlan(reason="已修订"), OFFICER)
    assert fold(stream.name, stream.events) == stream.state
    for recorded in stream.events:
        assert decode_event(encode_event(recorded.event)) == recorded.event
    with pytest.raises(TypeError):
        written().do(Command(), OFFICER)
