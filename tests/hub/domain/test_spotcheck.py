"""The rules of a spot check."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.event import HUB, Actor, Command
from hub.domain.spotcheck import (
    AddPhoneRow,
    AnswerRow,
    CallRow,
    CheckChannel,
    CheckedSeat,
    CheckState,
    CloseSpotCheck,
    Draw,
    JudgeRow,
    MissRow,
    PhoneStep,
    StartSpotCheck,
    StepPhone,
    Verdict,
    WithdrawRow,
)
from hub.domain.spotcheck_rules import drawn, figures, is_slow
from hub.errors import Refusal
from tests.support.factories import OFFICER, REVIEWER, STRANGER, XINYANG, YINGJI, Stream, checked

SEATS = [checked(XINYANG), checked(YINGJI), checked(STRANGER)]


def begun() -> Stream:
    stream = Stream("spotcheck:k-1")
    stream.do(StartSpotCheck(check_id="k-1", title="国庆值班抽查", seats=SEATS), OFFICER)
    return stream


def call(stream: Stream, number: int, session_id: str = "s-1") -> None:
    command = CallRow(number=number, session_id=session_id, called_ms=stream.now_ms + 1000)
    stream.do(command, OFFICER)


def answer(stream: Stream, number: int, after_ms: int, session_id: str = "s-1") -> None:
    at_ms = stream.now_ms + after_ms
    command = AnswerRow(number=number, session_id=session_id, answered_ms=at_ms, recalled=False)
    stream.do(command, HUB, after_ms=after_ms)


# --- the draw -----------------------------------------------------------------------------------


@given(
    st.lists(st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True), min_size=1, max_size=40, unique=True),
    st.text("0123456789abcdef", min_size=1, max_size=32),
    st.data(),
)
def test_K2_a_draw_can_be_done_again_by_anybody(pool: list[str], seed: str, data: st.DataObject) -> None:
    count = data.draw(st.integers(1, len(pool)))
    seats = drawn(pool, count, seed)
    assert len(seats) == len(set(seats)) == count
    assert set(seats) <= set(pool)
    assert drawn(data.draw(st.permutations(pool)), count, seed) == seats  # the order of a list proves nothing
    left_out = set(pool) - set(seats)
    lots = {seat: sha256(f"{seed}:{seat}".encode()).digest() for seat in pool}
    assert all(lots[one] < lots[other] for one in seats for other in left_out)
    assert drawn(pool, len(pool), seed)[:count] == seats  # drawing more keeps those that were drawn


def test_K2_every_seat_is_drawn_equally_often() -> None:
    pool = [f"seat-{n}" for n in range(20)]
    times = Counter(seat for seed in range(2_000) for seat in drawn(pool, 5, str(seed)))
    assert min(times.values()) > 400  # 500 are expected
    assert max(times.values()) < 600


def test_K2_the_seed_and_the_pool_are_in_the_log() -> None:
    stream = Stream("spotcheck:k-1")
    draw = Draw(label="省辖市", pool=[], count=2, seed="5eed")
    [started] = stream.do(StartSpotCheck(check_id="k-1", title="抽查", seats=SEATS, draw=draw), OFFICER)
    assert started.draw.pool == [seat.seat for seat in SEATS]
    assert [row.seat.seat for row in stream.state.rows] == drawn(started.draw.pool, 2, started.draw.seed)


# --- calls --------------------------------------------------------------------------------------


def test_K3_an_answer_counts_from_the_first_ring() -> None:
    stream = begun()
    call(stream, 1)
    answer(stream, 1, 52_300)
    row = stream.state.rows[0]
    assert (row.state, row.after_ms, row.session_id) == (CheckState.ANSWERED, 52_300, "s-1")
    assert is_slow(stream.state, row)


@pytest.mark.parametrize("state", [CheckState.NO_ANSWER, CheckState.DECLINED, CheckState.OFFLINE])
def test_K4_who_has_not_answered_may_be_called_again_and_that_is_marked(state: CheckState) -> None:
    stream = begun()
    call(stream, 1)
    stream.do(MissRow(number=1, session_id="s-1", state=state, recalled=True), HUB)
    assert (stream.state.rows[0].state, stream.state.rows[0].after_ms) == (state, None)
    call(stream, 1, "s-2")
    assert stream.do(MissRow(number=1, session_id="s-1", state=state, recalled=True), HUB) == []
    answer(stream, 1, 4_000, "s-2")
    row = stream.state.rows[0]
    assert (row.state, row.after_ms, row.recalled, row.calls) == (CheckState.ANSWERED, 5_000, True, 2)


def test_K4_an_outcome_stands() -> None:
    stream = begun()
    call(stream, 1)
    with pytest.raises(Refusal, match=r"spotcheck\.row_called"):
        call(stream, 1, "s-2")
    answer(stream, 1, 4_000)
    with pytest.raises(Refusal, match=r"spotcheck\.row_called"):
        call(stream, 1, "s-2")
    late = MissRow(number=1, session_id="s-1", state=CheckState.NO_ANSWER, recalled=False)
    assert stream.do(late, HUB) == []
    assert stream.state.rows[0].state is CheckState.ANSWERED


def test_a_call_that_was_taken_back_leaves_the_row_waiting() -> None:
    stream = begun()
    call(stream, 1)
    stream.do(WithdrawRow(number=1, session_id="s-1"), HUB)
    row = stream.state.rows[0]
    assert (row.state, row.session_id, row.recalled) == (CheckState.WAITING, None, False)


# --- the telephone ------------------------------------------------------------------------------


def test_K6_the_telephone_stands_in_the_same_table() -> None:
    stream = begun()
    stream.do(AddPhoneRow(seat=SEATS[0]), OFFICER)
    with pytest.raises(Refusal, match=r"spotcheck\.not_dialled"):
        stream.do(StepPhone(number=4, step=PhoneStep.ANSWER, rings=1), OFFICER)
    stream.do(StepPhone(number=4, step=PhoneStep.DIAL), OFFICER)
    stream.do(StepPhone(number=4, step=PhoneStep.ANSWER, rings=3), OFFICER, after_ms=15_001)
    row = stream.state.rows[3]
    assert (row.channel, row.state, row.after_ms, row.rings) == (
        CheckChannel.PHONE,
        CheckState.ANSWERED,
        15_001,
        3,
    )
    assert is_slow(stream.state, row)
    with pytest.raises(Refusal, match=r"spotcheck\.unknown_row"):
        stream.do(StepPhone(number=1, step=PhoneStep.DIAL), OFFICER)


# --- findings and figures -----------------------------------------------------------------------


def test_K7_the_figures_are_of_calls_that_are_over() -> None:
    stream = begun()
    assert figures(stream.state).percent is None
    call(stream, 1)
    answer(stream, 1, 4_000)
    call(stream, 2, "s-2")
    answer(stream, 2, 31_000, "s-2")
    call(stream, 3, "s-3")
    assert figures(stream.state)[:3] == (3, 2, 2)
    stream.do(MissRow(number=3, session_id="s-3", state=CheckState.OFFLINE, recalled=True), HUB)
    stream.do(JudgeRow(number=3, answers=[None] * 4, verdict=Verdict.PROBLEM), OFFICER)
    counted = figures(stream.state)
    assert (counted.called, counted.answered, counted.slow, counted.problems) == (3, 2, 1, 1)
    assert (counted.average_ms, counted.percent) == (17_500, 67)
    assert figures(stream.state, CheckChannel.PHONE).rows == 0


def test_K8_a_finding_is_written_whole_and_a_closed_table_changes_no_more() -> None:
    stream = begun()
    finding = JudgeRow(number=1, answers=[True, False, None, True], verdict=Verdict.PROBLEM, problem=" 补岗 ")
    stream.do(finding, OFFICER)
    assert stream.do(finding, OFFICER) == []
    row = stream.state.rows[0]
    assert (row.answers, row.problem, row.judged_by) == ([True, False, None, True], "补岗", "王建国")
    with pytest.raises(Refusal, match="bad_request"):
        stream.do(JudgeRow(number=1, answers=[True]), OFFICER)
    call(stream, 1)
    with pytest.raises(Refusal, match=r"spotcheck\.calling"):
        stream.do(CloseSpotCheck(), OFFICER)
    answer(stream, 1, 100)
    stream.do(CloseSpotCheck(), OFFICER)
    for command in (finding, CallRow(number=2, session_id="s-9", called_ms=1), AddPhoneRow(seat=SEATS[0])):
        with pytest.raises(Refusal, match=r"spotcheck\.closed"):
            stream.do(command, OFFICER)


@pytest.mark.parametrize("by", [XINYANG, REVIEWER])
@pytest.mark.parametrize(
    "command",
    [
        StartSpotCheck(check_id="k-2", title="抽查", seats=SEATS),
        JudgeRow(number=1, answers=[True] * 4),
        CloseSpotCheck(),
    ],
)
def test_K1_only_officers_write(by: Actor, command: Command) -> None:
    with pytest.raises(Refusal, match="forbidden"):
        begun().do(command, by)
    with pytest.raises(Refusal, match="forbidden"):
        begun().do(AnswerRow(number=1, session_id="s-1", answered_ms=1, recalled=False), OFFICER)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "no_title"),
        ({"seats": []}, "no_seats"),
        ({"draw": Draw(label="", pool=[], count=4, seed="s")}, "too_few"),
        ({"seats": [CheckedSeat(seat=f"s{n}", name="n", short_name="n") for n in range(201)]}, "too_many"),
    ],
)
def test_a_bad_check_is_refused(changes: dict[str, object], code: str) -> None:
    wish: dict[str, object] = {"check_id": "k-1", "title": "抽查", "seats": SEATS, **changes}
    with pytest.raises(Refusal, match=code):
        Stream("spotcheck:k-1").do(StartSpotCheck(**wish), OFFICER)  # type: ignore[arg-type]
