"""One unit's track: forward, its own, urged until it answers, extended in time."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.event import HUB, Actor
from hub.domain.item import AssignItem
from hub.domain.track import (
    ORDER,
    AnswerExtension,
    AskExtension,
    Escalate,
    MarkDelivered,
    MoveTrack,
    NotePhoned,
    Progress,
    TrackMoved,
    UnitTrack,
    Urge,
)
from hub.errors import Refusal
from tests.support.factories import REVIEWER, Stream, unit
from tests.support.incident import (
    BACKUP,
    KAIFENG,
    MINUTE_MS,
    OFFICER,
    XINYANG,
    YINGJI,
    add,
    an_incident,
    item_in,
    refused,
    step,
    track,
)

READ, SIGNED, WORKING, REPLIED = Progress.READ, Progress.SIGNED, Progress.WORKING, Progress.REPLIED
RETURNED, CONFIRMED = Progress.RETURNED, Progress.CONFIRMED


def instruction(*units: Actor, due_min: int = 60, **rest: Any) -> Stream:
    stream = an_incident()
    due = str(stream.now_ms + due_min * MINUTE_MS)
    stream.do(add("instruction", units=list(units or (XINYANG, KAIFENG)), due=due, **rest), OFFICER)
    return stream


def track_in(stream: Stream, by: Actor = XINYANG) -> UnitTrack:
    return item_in(stream).tracks[by.seat or ""]


def walked(stream: Stream, *steps: tuple[Progress, str]) -> None:
    """XINYANG's track, by whoever takes such a step."""
    for state, text in steps:
        by = OFFICER if state in (RETURNED, CONFIRMED) else XINYANG
        stream.do(track("i-1", XINYANG, state, text), by)


# --- forward --------------------------------------------------------------------------------------


def test_T1_a_track_goes_forward_and_knows_when() -> None:
    stream = instruction()
    assert track_in(stream).times == {Progress.SENT: stream.now_ms}
    stream.do(MarkDelivered(item_id="i-1", seats=["xinyang", "xinyang", "hebi"]), HUB)
    delivered_ms = stream.now_ms
    assert stream.do(MarkDelivered(item_id="i-1", seats=["xinyang"]), HUB) == []
    walked(stream, (READ, ""), (SIGNED, ""), (WORKING, ""), (REPLIED, "失联 2 人"), (CONFIRMED, ""))
    found = track_in(stream)
    assert (found.state, found.person, found.since_ms) == (CONFIRMED, "李强", stream.now_ms)
    assert list(found.times) == list(ORDER)
    assert found.times[Progress.DELIVERED] == delivered_ms


def test_T1_a_step_that_is_done_already_changes_nothing() -> None:
    stream = instruction()
    walked(stream, (SIGNED, ""))
    for state in (READ, SIGNED):
        assert stream.do(track("i-1", XINYANG, state), XINYANG) == []
    assert refused(stream, track("i-1", XINYANG, RETURNED, "补充"), OFFICER) == "track.no_move"
    walked(stream, (CONFIRMED, ""))
    late = track("i-1", XINYANG, REPLIED, "这些话不能丢")
    assert refused(stream, late, XINYANG) == "track.no_move"


@given(
    st.lists(
        st.tuples(st.sampled_from(Progress), st.sampled_from([XINYANG, KAIFENG, OFFICER, HUB])), max_size=30
    )
)
def test_T1_T11_whatever_is_tried_tracks_only_go_forward_and_answers_stay(
    tries: list[tuple[Progress, Actor]],
) -> None:
    rank = {state: place for place, state in enumerate(ORDER)} | {RETURNED: ORDER.index(WORKING)}
    stream = instruction()
    seen = [track_in(stream)]
    for state, by in tries:
        try:
            stream.do(track("i-1", XINYANG, state, "失联 2 人"), by)
        except Refusal:
            continue
        seen.append(track_in(stream))
    for before, after in pairwise(seen):
        if after.state is RETURNED:
            assert before.state in (REPLIED, CONFIRMED, RETURNED)
        else:
            assert rank[after.state] >= rank[before.state] or before.state is RETURNED
        assert [each.text for each in after.replies[: len(before.replies)]] == [
            each.text for each in before.replies
        ]
        assert before.times.items() <= after.times.items()
        assert not before.replies or after.late_min == before.late_min


# --- whose ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", Progress)
def test_T2_a_unit_moves_its_own_track_and_the_office_returns_and_confirms(state: Progress) -> None:
    stream = instruction()
    walked(stream, (REPLIED, "失联 2 人"))
    wish = track("i-1", XINYANG, state, "写明姓名")
    mine = state in (READ, SIGNED, WORKING, REPLIED)
    for by, allowed in ((XINYANG, mine), (KAIFENG, False), (OFFICER, state in (RETURNED, CONFIRMED))):
        if state in (Progress.SENT, Progress.DELIVERED):
            assert refused(stream, wish, by) == "bad_request"
        elif not allowed:
            assert refused(stream, wish, by) == "track.foreign"
    assert refused(stream, wish, REVIEWER) == "forbidden"


def test_T2_nobody_confirms_or_returns_what_he_has_answered_himself() -> None:
    stream = instruction(OFFICER)
    stream.do(track("i-1", OFFICER, REPLIED, "已办"), OFFICER)
    for state in (RETURNED, CONFIRMED):
        assert refused(stream, track("i-1", OFFICER, state, "再"), OFFICER) == "track.foreign"
    stream.do(track("i-1", OFFICER, CONFIRMED), BACKUP)


def test_T2_an_answer_and_a_return_need_words() -> None:
    stream = instruction()
    assert refused(stream, track("i-1", XINYANG, REPLIED, " "), XINYANG) == "board.empty_text"
    walked(stream, (REPLIED, "失联 2 人"))
    assert refused(stream, track("i-1", XINYANG, RETURNED), OFFICER) == "board.empty_text"


def test_T2_a_unit_that_was_not_asked_has_no_track() -> None:
    assert refused(instruction(), track("i-1", YINGJI, READ), YINGJI) == "board.unknown_item"
    wish = MoveTrack(item_id="i-1", seat="yingji", state=CONFIRMED)
    assert refused(instruction(), wish, OFFICER) == "track.unknown"


def test_T2_of_an_item_at_its_end_a_unit_may_still_say_that_it_has_read() -> None:
    stream = instruction()
    stream.do(step("i-1", "revoke", "已有部署"), OFFICER)
    assert refused(stream, track("i-1", XINYANG, SIGNED), XINYANG) == "board.frozen"
    walked(stream, (READ, ""))
    assert refused(stream, Urge(item_id="i-1", seats=["xinyang"]), OFFICER) == "board.frozen"
    assert stream.do(Escalate(item_id="i-1", seats=["xinyang"]), HUB) == []


# --- what they say together -----------------------------------------------------------------------


def test_T3_an_instruction_follows_its_tracks() -> None:
    stream = instruction()
    assert item_in(stream).state == "issued"
    walked(stream, (READ, ""))
    assert item_in(stream).state == "issued"
    walked(stream, (SIGNED, ""))
    assert item_in(stream).state == "working"
    walked(stream, (REPLIED, "失联 2 人"))
    assert item_in(stream).state == "working"
    stream.do(track("i-1", KAIFENG, REPLIED, "开封无失联"), KAIFENG)
    assert item_in(stream).state == "review"
    walked(stream, (RETURNED, "写明姓名"))
    assert item_in(stream).state == "working"
    walked(stream, (REPLIED, "张某、王某"))
    assert item_in(stream).state == "review"
    stream.do(AssignItem(item_id="i-1", units=[unit(YINGJI)]), OFFICER)
    assert item_in(stream).state == "working"


def test_T3_a_warning_is_closed_when_everybody_is_confirmed() -> None:
    stream = an_incident()
    stream.do(add("warning", units=[XINYANG, KAIFENG]), OFFICER)
    for by in (XINYANG, KAIFENG):
        stream.do(track("i-1", by, SIGNED), by)
        assert item_in(stream).state == "issued"
        stream.do(track("i-1", by, CONFIRMED), OFFICER)
    assert item_in(stream).state == "closed"


def test_T3_an_instruction_that_is_taken_up_again_is_answered_again() -> None:
    stream = instruction(XINYANG)
    walked(stream, (REPLIED, "失联 2 人"), (CONFIRMED, ""))
    stream.do(step("i-1", "close"), OFFICER)
    assert refused(stream, track("i-1", XINYANG, RETURNED, "有新线索"), OFFICER) == "board.frozen"
    stream.do(step("i-1", "reopen", "有新线索"), OFFICER)
    walked(stream, (RETURNED, "有新线索"), (REPLIED, "已核实"), (CONFIRMED, ""))
    assert item_in(stream).state == "review"


# --- silence --------------------------------------------------------------------------------------


def test_T4_who_has_not_read_goes_on_the_telephone_list_once() -> None:
    stream = instruction()
    walked(stream, (SIGNED, ""))
    fresh = stream.do(Escalate(item_id="i-1", seats=["xinyang", "kaifeng", "kaifeng", "hebi"]), HUB)
    assert fresh[0].seats == ["kaifeng"]
    assert stream.do(Escalate(item_id="i-1", seats=["kaifeng"]), HUB) == []
    assert track_in(stream, KAIFENG).escalated_ms == stream.now_ms - 1000
    assert refused(stream, Escalate(item_id="i-1", seats=["kaifeng"]), OFFICER) == "forbidden"
    assert refused(stream, MarkDelivered(item_id="i-1", seats=["kaifeng"]), OFFICER) == "forbidden"


def test_T4_a_unit_that_was_reached_by_telephone_has_confirmed_that_it_knows() -> None:
    stream = instruction()
    phone = NotePhoned(item_id="i-1", seat="xinyang", reached=False, note="占线")
    stream.do(phone, OFFICER)
    assert track_in(stream).state is Progress.SENT
    stream.do(NotePhoned(item_id="i-1", seat="xinyang", reached=True, note="值班长接听"), OFFICER)
    found = track_in(stream)
    assert (found.state, [call.reached for call in found.phoned]) == (SIGNED, [False, True])
    assert found.person is None, "the officer who called is not the unit's person"
    assert item_in(stream).state == "working"
    again = stream.do(NotePhoned(item_id="i-1", seat="xinyang", reached=True), OFFICER)
    assert not any(isinstance(event, TrackMoved) for event in again)
    assert refused(stream, phone, XINYANG) == "forbidden"


def test_T5_who_has_done_what_is_asked_is_not_urged() -> None:
    stream = instruction()
    urge = Urge(item_id="i-1", seats=["xinyang", "kaifeng"])
    stream.do(urge, OFFICER)
    walked(stream, (REPLIED, "失联 2 人"))
    stream.do(urge, HUB)
    assert [len(track_in(stream, by).urged) for by in (XINYANG, KAIFENG)] == [1, 2]
    walked(stream, (RETURNED, "写明姓名"))
    stream.do(urge, OFFICER)
    assert len(track_in(stream).urged) == 2
    assert refused(stream, urge, KAIFENG) == "forbidden"
    stream.do(track("i-1", KAIFENG, REPLIED, "无"), KAIFENG)
    assert stream.do(Urge(item_id="i-1", seats=["kaifeng"]), OFFICER) == []


# --- time -----------------------------------------------------------------------------------------


def test_T6_an_extension_is_asked_for_in_time_and_answered_once() -> None:
    stream = instruction(due_min=10)
    due_ms = item_in(stream).due_ms
    assert due_ms is not None
    ask = AskExtension(item_id="i-1", seat="xinyang", due_ms=due_ms + MINUTE_MS, reason="道路中断")
    answer = AnswerExtension(item_id="i-1", seat="xinyang", granted=True)
    assert refused(stream, answer, OFFICER) == "track.nothing_asked"
    assert refused(stream, ask, KAIFENG) == "track.foreign"
    earlier = AskExtension(item_id="i-1", seat="xinyang", due_ms=due_ms, reason="道路中断")
    assert refused(stream, earlier, XINYANG) == "bad_request"
    never = AskExtension(item_id="i-1", seat="xinyang", due_ms=1 << 60, reason="道路中断")
    assert refused(stream, never, XINYANG) == "bad_request"
    silent = AskExtension(item_id="i-1", seat="xinyang", due_ms=due_ms + 1, reason=" ")
    assert refused(stream, silent, XINYANG) == "board.needs_reason"
    stream.do(ask, XINYANG)
    assert refused(stream, answer, XINYANG) == "forbidden"
    stream.do(answer, OFFICER)
    assert stream.do(AnswerExtension(item_id="i-1", seat="xinyang", granted=False), OFFICER) == []
    assert (track_in(stream).due_ms, item_in(stream).due_ms) == (due_ms + MINUTE_MS, due_ms)
    stream.now_ms = due_ms
    assert refused(stream, track_extension(due_ms + 9 * MINUTE_MS, KAIFENG), KAIFENG) == (
        "track.too_late_to_extend"
    )


def track_extension(due_ms: int, by: Actor) -> AskExtension:
    return AskExtension(item_id="i-1", seat=by.seat or "", due_ms=due_ms, reason="道路中断")


@pytest.mark.parametrize("granted", [True, False])
def test_T6_only_an_extension_that_was_granted_moves_the_time(granted: bool) -> None:
    stream = instruction(due_min=10)
    due_ms = item_in(stream).due_ms
    assert due_ms is not None
    stream.do(track_extension(due_ms + 10 * MINUTE_MS, XINYANG), XINYANG)
    stream.do(AnswerExtension(item_id="i-1", seat="xinyang", granted=granted), OFFICER)
    stream.now_ms = due_ms + 5 * MINUTE_MS
    walked(stream, (REPLIED, "失联 2 人"))
    assert track_in(stream).late_min == (None if granted else 5)
    assert refused(stream, track_extension(due_ms + 99 * MINUTE_MS, XINYANG), XINYANG) == "track.no_move"


def test_T6_without_a_time_there_is_nothing_to_extend() -> None:
    stream = an_incident()
    stream.do(add("instruction", units=[XINYANG]), OFFICER)
    assert refused(stream, track_extension(stream.now_ms * 2, XINYANG), XINYANG) == "bad_request"


def test_T11_every_answer_stays_and_the_first_says_whether_it_was_in_time() -> None:
    stream = instruction(due_min=10)
    stream.now_ms += 9 * MINUTE_MS
    walked(stream, (REPLIED, "失联 2 人"), (RETURNED, "写明姓名"))
    stream.now_ms += 60 * MINUTE_MS
    walked(stream, (WORKING, ""), (REPLIED, "张某、王某"))
    found = track_in(stream)
    assert [(each.text, each.returned) for each in found.replies] == [
        ("失联 2 人", "写明姓名"),
        ("张某、王某", None),
    ]
    assert found.late_min is None
    stream.do(track("i-1", KAIFENG, REPLIED, "无"), KAIFENG)
    stream.do(track("i-1", KAIFENG, REPLIED, "确无"), KAIFENG)
    assert track_in(stream, KAIFENG).late_min == 59
