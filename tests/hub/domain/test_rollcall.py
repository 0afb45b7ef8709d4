"""A roll call goes from venue to venue; each answer is measured, and each venue has a result."""

from __future__ import annotations

from typing import Any

import pytest

from hub.domain.call import VenueState
from hub.domain.chair import TransferChair
from hub.domain.event import HUB, Actor, Role
from hub.domain.rollcall import (
    ANSWER_S,
    LINGER_MS,
    REACTION_MS,
    AnswerRollCall,
    AskAgain,
    EndRollCall,
    HearRollCall,
    NextInRollCall,
    RollCall,
    RollCallAppended,
    RollCallAsked,
    RollCallEnded,
    RollCallStarted,
    RollCallTicked,
    RollResult,
    RollRow,
    StartRollCall,
    TickRollCall,
)
from hub.domain.session import (
    AnswerCall,
    CallVenues,
    DropVenue,
    EndSession,
    JoinSession,
    LeaveSession,
    ReturnVenue,
    SetDevices,
)
from tests.support.factories import KAIFENG, OFFICER, STRANGER, XINYANG, YINGJI, Stream, invited
from tests.support.meeting import meeting, refused, sends

ALL = ["yingji", "xinyang", "kaifeng"]
ANSWERED, NO_ANSWER, OFFLINE = RollResult.ANSWERED, RollResult.NO_ANSWER, RollResult.OFFLINE


def calling(*venues: str, stream: Stream | None = None) -> Stream:
    """A roll call over all venues, or over ``venues``, has just begun."""
    stream = stream or meeting()
    stream.do(StartRollCall(rollcall_id="rc-1", venues=list(venues or ALL)), OFFICER)
    return stream


def roll_of(stream: Stream) -> RollCall:
    roll: RollCall = stream.state.rollcalls[-1]
    return roll


def goes_on(stream: Stream) -> list[Any]:
    """The hub's timer, when it is time."""
    roll = roll_of(stream)
    assert roll.next_ms is not None
    assert roll.asked is not None
    return stream.do(NextInRollCall(venue=roll.asked), HUB, after_ms=roll.next_ms - stream.now_ms)


def results(stream: Stream) -> list[tuple[str, str | None, bool]]:
    return [(row.venue, row.result, row.late) for row in roll_of(stream).rows]


def test_A1_a_run_is_over_the_chosen_venues_once_each_and_without_the_chair() -> None:
    stream = meeting()
    wish = StartRollCall(rollcall_id="rc-1", venues=["xinyang", "office", "yingji", "xinyang"])
    started = stream.do(wish, OFFICER)
    assert started == [
        RollCallStarted(rollcall_id="rc-1", venues=["xinyang", "yingji"], answer_s=ANSWER_S),
        RollCallAsked(venue="xinyang", place=0, next_ms=stream.now_ms + ANSWER_S * 1000),
    ]
    assert refused(stream, wish, OFFICER) == "rollcall.running"


@pytest.mark.parametrize(
    ("venues", "answer_s", "code"),
    [
        ([], ANSWER_S, "session.no_venues"),
        (["office"], ANSWER_S, "session.no_venues"),
        (["hebi"], ANSWER_S, "session.foreign"),
        (["yingji"], 4, "bad_request"),
        (["yingji"], 121, "bad_request"),
    ],
)
def test_A1_a_run_has_venues_and_a_sensible_time(venues: list[str], answer_s: int, code: str) -> None:
    wish = StartRollCall(rollcall_id="rc-1", venues=venues, answer_s=answer_s)
    assert refused(meeting(), wish, OFFICER) == code


def test_A2_who_is_not_there_is_offline_and_nobody_waits_for_it() -> None:
    stream = meeting()
    stream.do(LeaveSession(venue="yingji"), YINGJI)
    stream.do(LeaveSession(venue="kaifeng"), KAIFENG)
    calling(stream=stream)
    assert roll_of(stream).asked == "xinyang"
    ended = goes_on(stream)
    assert [type(event) for event in ended] == [RollCallTicked, RollCallTicked, RollCallEnded]
    assert results(stream) == [
        ("yingji", OFFLINE, False),
        ("xinyang", NO_ANSWER, False),
        ("kaifeng", OFFLINE, False),
    ]
    assert stream.state.rollcall is None


def test_A2_with_nobody_there_it_is_over_at_once() -> None:
    stream = meeting(YINGJI)
    stream.do(LeaveSession(venue="yingji"), YINGJI)
    stream.do(StartRollCall(rollcall_id="rc-1", venues=["yingji"]), OFFICER)
    assert results(stream) == [("yingji", OFFLINE, False)]
    assert roll_of(stream).ended_ms == stream.now_ms


def test_A1_whoever_has_become_the_chair_meanwhile_is_not_asked() -> None:
    stream = calling()
    stream.do(TransferChair(venue="xinyang"), OFFICER)
    goes_on(stream)
    assert results(stream)[:2] == [("yingji", NO_ANSWER, False), ("xinyang", ANSWERED, False)]
    assert roll_of(stream).asked == "kaifeng"


def test_A3_a_key_answers_and_the_hub_measures() -> None:
    stream = calling()
    sends(stream, YINGJI, "camera", "microphone")
    asked_ms = roll_of(stream).rows[0].asked_ms
    assert asked_ms is not None
    ticked = stream.do(AnswerRollCall(venue="yingji"), YINGJI, after_ms=1234)
    now_ms = stream.now_ms
    assert ticked == [
        RollCallTicked(
            rollcall_id="rc-1",
            venue="yingji",
            place=0,
            result=ANSWERED,
            after_ms=now_ms - asked_ms,
            by="key",
            next_ms=now_ms + LINGER_MS,
        )
    ]
    assert stream.do(AnswerRollCall(venue="yingji"), YINGJI) == [], "once"
    assert refused(stream, AnswerRollCall(venue="xinyang"), XINYANG) == "rollcall.not_asked"
    assert goes_on(stream) == [RollCallAsked(venue="xinyang", place=1, next_ms=stream.now_ms + 12_000)]


def test_A3_a_voice_answers_at_the_moment_it_was_heard() -> None:
    stream = calling()
    sends(stream, YINGJI, "camera")
    asked_ms = roll_of(stream).rows[0].asked_ms or 0
    stream.do(HearRollCall(venue="yingji", heard_ms=asked_ms + 800), HUB, after_ms=2000)
    row = roll_of(stream).rows[0]
    assert (row.result, row.after_ms, row.by) == (ANSWERED, 800, "voice")


@pytest.mark.parametrize(
    ("heard_after_ms", "after_ms"),
    [(-50, None), (0, None), (REACTION_MS - 1, None), (REACTION_MS, REACTION_MS)],
)
def test_A3_what_was_being_said_when_the_question_came_is_no_answer(
    heard_after_ms: int, after_ms: int | None
) -> None:
    stream = calling()
    asked_ms = roll_of(stream).rows[0].asked_ms or 0
    stream.do(HearRollCall(venue="yingji", heard_ms=asked_ms + heard_after_ms), HUB)
    assert roll_of(stream).rows[0].after_ms == after_ms


def test_A3_a_voice_that_is_heard_too_late_is_nobodys_answer() -> None:
    stream = calling()
    assert stream.do(HearRollCall(venue="xinyang", heard_ms=stream.now_ms), HUB) == []
    stream.do(EndRollCall(), OFFICER)
    assert stream.do(HearRollCall(venue="yingji", heard_ms=stream.now_ms), HUB) == []


# What the venue sends, which switches are off, how it answers, and what its answer is worth.
WORTH = [
    (("camera", "microphone"), "", "key", ANSWERED),
    (("camera", "microphone"), "", "voice", ANSWERED),
    (("camera", "microphone"), "microphone", "key", RollResult.PICTURE_ONLY),
    (("camera", "microphone"), "camera", "key", RollResult.SOUND_ONLY),
    (("camera", "microphone"), "camera", "voice", RollResult.SOUND_ONLY),
    (("camera",), "", "key", RollResult.PICTURE_ONLY),
    (("microphone",), "", "key", RollResult.SOUND_ONLY),
    (("microphone",), "", "voice", RollResult.SOUND_ONLY),
    (("content", "microphone"), "", "voice", RollResult.SOUND_ONLY),
    ((), "", "key", ANSWERED),
]


@pytest.mark.parametrize(("sources", "off", "by", "result"), WORTH)
def test_A3_what_the_venue_sends_decides_what_its_answer_is_worth(
    sources: tuple[str, ...], off: str, by: str, result: RollResult
) -> None:
    stream = meeting()
    sends(stream, YINGJI, *sources)
    stream.do(SetDevices(venue="yingji", microphone=off != "microphone", camera=off != "camera"), YINGJI)
    calling(stream=stream)
    if by == "key":
        stream.do(AnswerRollCall(venue="yingji"), YINGJI)
    else:
        stream.do(HearRollCall(venue="yingji", heard_ms=stream.now_ms + REACTION_MS), HUB)
    assert (roll_of(stream).rows[0].result, roll_of(stream).rows[0].by) == (result, by)


def test_A4_the_hub_goes_on_when_the_time_is_over_and_not_before() -> None:
    stream = calling()
    assert stream.do(NextInRollCall(venue="yingji"), HUB, after_ms=11_999) == []
    assert stream.do(NextInRollCall(venue="xinyang"), HUB, after_ms=1) == [], "not the one that is asked"
    went = stream.do(NextInRollCall(venue="yingji"), HUB, after_ms=0)
    assert [type(event) for event in went] == [RollCallTicked, RollCallAsked]
    assert stream.do(NextInRollCall(venue="yingji"), HUB) == [], "a second timer changes nothing"
    row = roll_of(stream).rows[0]
    assert (row.result, row.by, row.after_ms) == (NO_ANSWER, "hub", None)


def test_A4_the_chair_goes_on_at_once() -> None:
    stream = calling()
    stream.do(NextInRollCall(venue="yingji"), OFFICER)
    assert stream.do(NextInRollCall(venue="yingji"), OFFICER) == [], "pressed twice, it skips nobody"
    assert (roll_of(stream).asked, roll_of(stream).rows[0].by) == ("xinyang", "chair")


@pytest.mark.parametrize("returns", [False, True])
def test_A4_A5_a_line_that_breaks_while_it_is_asked_is_offline_and_asked_again_when_it_is_back(
    returns: bool,
) -> None:
    stream = calling()
    stream.do(DropVenue(venue="yingji"), HUB)
    goes_on(stream)
    assert roll_of(stream).rows[0].result is OFFLINE
    if returns:
        assert RollCallAppended(venue="yingji") in stream.do(ReturnVenue(venue="yingji"), HUB)
    while stream.state.rollcall is not None:
        goes_on(stream)
    late = [("yingji", NO_ANSWER, True)] if returns else []
    assert results(stream) == [
        ("yingji", OFFLINE, False),
        ("xinyang", NO_ANSWER, False),
        ("kaifeng", NO_ANSWER, False),
        *late,
    ]


def test_A5_who_comes_late_is_asked_at_the_end_once() -> None:
    stream = meeting()
    stream.do(LeaveSession(venue="yingji"), YINGJI)
    calling(stream=stream)
    assert RollCallAppended(venue="yingji") in stream.do(JoinSession(venue="yingji"), YINGJI)
    stream.do(LeaveSession(venue="yingji"), YINGJI)
    stream.do(CallVenues(venues=[invited(YINGJI)]), OFFICER)
    again = stream.do(AnswerCall(venue="yingji"), YINGJI)
    assert RollCallAppended(venue="yingji") not in again
    asked = []
    while stream.state.rollcall is not None:
        asked.append(roll_of(stream).asked)
        goes_on(stream)
    assert asked == ["xinyang", "kaifeng", "yingji"]


def test_A5_who_comes_before_its_turn_is_asked_in_its_turn() -> None:
    stream = meeting()
    stream.do(LeaveSession(venue="kaifeng"), KAIFENG)
    calling(stream=stream)
    stream.do(JoinSession(venue="kaifeng"), KAIFENG)
    assert len(roll_of(stream).rows) == 3
    stream.do(CallVenues(venues=[invited(STRANGER)]), OFFICER)
    stream.do(JoinSession(venue="hebi"), STRANGER)
    assert len(roll_of(stream).rows) == 3, "who was not chosen is not asked by itself"


def test_A5_the_chair_asks_again_while_it_runs_and_when_it_is_over() -> None:
    stream = calling("yingji", "xinyang")
    assert refused(stream, AskAgain(venues=["xinyang"]), OFFICER) == "session.no_venues"
    assert stream.do(AskAgain(venues=["kaifeng", "kaifeng"]), OFFICER) == [RollCallAppended(venue="kaifeng")]
    while stream.state.rollcall is not None:
        goes_on(stream)
    again = stream.do(AskAgain(venues=["yingji", "office"]), OFFICER)
    assert [type(event) for event in again] == [RollCallAppended, RollCallAsked]
    assert roll_of(stream).rows[-1].late
    goes_on(stream)
    assert roll_of(stream).ended_ms == stream.now_ms
    assert len(stream.state.rollcalls) == 1


def test_A5_who_was_not_asked_because_the_chair_ended_it_may_be_asked_afterwards() -> None:
    stream = calling()
    stream.do(EndRollCall(), OFFICER)
    assert results(stream) == [(venue, None, False) for venue in ALL]
    stream.do(AskAgain(venues=["xinyang"]), OFFICER)
    assert roll_of(stream).asked == "xinyang"
    assert refused(meeting(), AskAgain(venues=["xinyang"]), OFFICER) == "rollcall.unknown"


@pytest.mark.parametrize("result", list(RollResult))
def test_A6_the_chair_sets_any_result_also_of_who_was_not_asked_yet(result: RollResult) -> None:
    stream = calling()
    tick = TickRollCall(rollcall_id="rc-1", venue="xinyang", result=result, note="电话请假")
    stream.do(tick, OFFICER)
    row = roll_of(stream).rows[1]
    assert (row.result, row.by, row.note, row.after_ms) == (result, "chair", "电话请假", None)
    stream.do(NextInRollCall(venue="yingji"), OFFICER)
    assert roll_of(stream).asked == "kaifeng", "it is not asked any more"


def test_A6_who_is_ticked_while_it_is_asked_is_measured_and_stays_for_a_moment() -> None:
    stream = calling()
    asked_ms = stream.now_ms
    stream.do(TickRollCall(rollcall_id="rc-1", venue="yingji", result=ANSWERED), OFFICER, after_ms=3000)
    assert roll_of(stream).rows[0].after_ms == stream.now_ms - asked_ms == 3000
    next_ms = stream.now_ms + LINGER_MS
    assert roll_of(stream).next_ms == next_ms
    sound_only = TickRollCall(rollcall_id="rc-1", venue="yingji", result=RollResult.SOUND_ONLY)
    stream.do(sound_only, OFFICER)
    assert roll_of(stream).next_ms == next_ms, "a correction delays nothing"
    assert roll_of(stream).rows[0].after_ms == 3000


def test_A6_results_may_be_set_when_it_is_over_and_of_what_there_was() -> None:
    stream = calling("yingji")
    goes_on(stream)
    stream.do(TickRollCall(rollcall_id="rc-1", venue="yingji", result=RollResult.ON_LEAVE), OFFICER)
    assert results(stream) == [("yingji", RollResult.ON_LEAVE, False)]
    assert stream.state.rollcall is None
    for rollcall_id, venue in (("rc-1", "xinyang"), ("rc-2", "yingji")):
        wish = TickRollCall(rollcall_id=rollcall_id, venue=venue, result=ANSWERED)
        assert refused(stream, wish, OFFICER) == "rollcall.unknown"
    long = TickRollCall(rollcall_id="rc-1", venue="yingji", result=ANSWERED, note="长" * 201)
    assert refused(stream, long, OFFICER) == "bad_request"


def test_A6_a_run_ends_with_the_session() -> None:
    stream = calling()
    stream.do(EndSession(), OFFICER)
    roll = roll_of(stream)
    assert (roll.ended_ms, roll.current, roll.next_ms) == (stream.now_ms, None, None)


@pytest.mark.parametrize("answers", ["nobody", "at the last moment", "half of them"])
def test_A6_twenty_venues_take_less_than_five_minutes(answers: str) -> None:
    actors = [
        Actor(account=f"c{n}", person="值班员", role=Role.SEAT, seat=f"c{n}", seat_name=f"第{n}市")
        for n in range(20)
    ]
    stream = meeting(*actors)
    assert all(venue.state is VenueState.JOINED for venue in stream.state.venues.values())
    calling(*(actor.seat or "" for actor in actors), stream=stream)
    began_ms = stream.now_ms
    for number, actor in enumerate(actors):
        if answers == "at the last moment" or (answers == "half of them" and number % 2):
            stream.do(AnswerRollCall(venue=actor.seat or ""), actor, after_ms=ANSWER_S * 1000 - 1)
        goes_on(stream)
    assert stream.state.rollcall is None
    assert stream.now_ms - began_ms < 5 * 60_000
    assert all(row.result is not None for row in roll_of(stream).rows)


def test_A6_rows_are_what_happened() -> None:
    stream = calling("yingji")
    asked_ms = stream.now_ms
    stream.do(AnswerRollCall(venue="yingji"), YINGJI)
    assert roll_of(stream).rows == [
        RollRow(
            venue="yingji",
            asked_ms=asked_ms,
            result=ANSWERED,
            result_ms=stream.now_ms,
            after_ms=1000,
            by="key",
        )
    ]
