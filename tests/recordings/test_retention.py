"""How long a recording is kept, and what the hub does of its own accord."""

from __future__ import annotations

from typing import Any

import pytest

from hub.config import BadSettings, load
from hub.domain.deadline import EventLevel
from hub.domain.event import HUB
from hub.domain.keeping import (
    ApproveDestruction,
    HoldRecording,
    ProposeDestruction,
    ReleaseRecording,
    WithdrawDestruction,
)
from hub.domain.session import SessionKind
from hub.retentionsettings import KEPT_KINDS
from recordings.retention import DAY_MS, EXERCISE, EXPIRED, Policy, Step, next_step
from tests.support.factories import OFFICER, START_MS, Stream

DRILL = Policy(days=180, days_of={"drill": 30, EXERCISE: 10, "spot_check": 0})
DESTROYS = Policy(days=1, destroys=True, notice_days=7)
UNTIL_MS = START_MS + DAY_MS


@pytest.mark.parametrize(
    ("kind", "exercise", "days"),
    [
        (SessionKind.CONSULTATION, False, 180),
        (SessionKind.DRILL, False, 30),
        (SessionKind.DRILL, True, 10),
        (SessionKind.CONSULTATION, True, 10),
    ],
)
def test_R23_a_recording_is_kept_for_the_days_of_its_kind(
    kind: SessionKind, exercise: bool, days: int
) -> None:
    assert DRILL.keep_until_ms(START_MS, kind, exercise=exercise) == START_MS + days * DAY_MS
    assert DRILL.keep_until_ms(None, kind, exercise=exercise) is None


def test_R23_no_days_are_for_ever() -> None:
    assert DRILL.keep_until_ms(START_MS, SessionKind.SPOT_CHECK, exercise=False) is None
    assert Policy(days=0).keep_until_ms(START_MS, SessionKind.DRILL, exercise=False) is None


def step(stream: Stream, policy: Policy = DESTROYS, level: EventLevel | None = None) -> Step | None:
    state: Any = stream.state
    return next_step(policy, state, keep_until_ms=UNTIL_MS, level=level, now_ms=stream.now_ms)


def expired(by_days: float = 0) -> Stream:
    stream = Stream("keeping:r-1")
    stream.now_ms = UNTIL_MS + round(by_days * DAY_MS)
    return stream


def test_R23_the_hub_destroys_only_where_the_policy_says_so_and_after_its_notice() -> None:
    assert step(expired(), Policy(days=1)) is None
    assert step(expired(-0.1)) is None
    stream = expired()
    assert step(stream) is Step.PROPOSE
    stream.do(ProposeDestruction(reason=EXPIRED), HUB)
    assert step(stream) is None
    stream.now_ms += 7 * DAY_MS
    assert step(stream) is Step.APPROVE
    stream.do(ApproveDestruction(), HUB)
    assert step(stream) is Step.DESTROY


def test_R23_what_the_office_objects_to_waits_for_two_persons() -> None:
    stream = expired()
    stream.do(ProposeDestruction(reason=EXPIRED), HUB)
    stream.do(WithdrawDestruction(), OFFICER)
    stream.now_ms += 100 * DAY_MS
    assert step(stream) is None


def test_R23_what_a_person_has_proposed_is_not_approved_by_the_hub() -> None:
    stream = expired()
    stream.do(ProposeDestruction(reason="误开"), OFFICER)
    stream.now_ms += 100 * DAY_MS
    assert step(stream) is None


def test_R24_a_hold_beats_the_policy() -> None:
    stream = expired()
    stream.do(ProposeDestruction(reason=EXPIRED), HUB)
    stream.do(HoldRecording(reason="调阅"), OFFICER)
    stream.now_ms += 100 * DAY_MS
    assert step(stream) is None
    stream.do(ReleaseRecording(reason="完毕"), OFFICER)
    assert step(stream) is Step.APPROVE


def test_R24_a_grave_incident_is_held_once() -> None:
    for level in (EventLevel.I, EventLevel.II):
        assert step(Stream("keeping:r-1"), level=level) is Step.HOLD
    for level in (EventLevel.III, EventLevel.IV):
        assert step(Stream("keeping:r-1"), level=level) is None
    stream = expired()
    stream.do(HoldRecording(reason="incident.level_II"), HUB)
    stream.do(ReleaseRecording(reason="已移交档案馆"), OFFICER)
    assert step(stream, level=EventLevel.II) is Step.PROPOSE, "a hold that was released is not put back"


def test_the_settings_know_every_kind_of_session() -> None:
    assert set(KEPT_KINDS) == {*SessionKind, EXERCISE}
    made = load(environment={}, options={"recording.retention_days_of": "exercise=30,drill=0"})
    assert made.recording.days_of() == {"exercise": 30, "drill": 0}
    for wrong in ("exercise", "drill=-1", "dance=3", "drill=40000"):
        with pytest.raises(BadSettings, match="retention_days_of"):
            load(environment={}, options={"recording.retention_days_of": wrong})
