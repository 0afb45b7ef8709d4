"""Who may be heard: modes, one turn at a time, a queue, and microphones that the chair has closed."""

from __future__ import annotations

import pytest

from hub.domain.chair import TransferChair
from hub.domain.event import HUB, Actor, Command
from hub.domain.floor import (
    AllowSelfUnmute,
    EndFloorRequest,
    EndTurn,
    FloorEnded,
    FloorGiven,
    FloorRequested,
    FloorRequestEnded,
    GrantFloor,
    MuteOnEntrySet,
    NameSpeaker,
    OpenMicrophone,
    RequestFloor,
    SelfUnmuteSet,
    SetSpeakMode,
    SpeakMode,
    SpeakModeSet,
    TurnKind,
)
from hub.domain.floor_rules import closed_microphones
from hub.domain.rollcall import EndRollCall, StartRollCall
from hub.domain.session import (
    CallVenues,
    DropVenue,
    EndSession,
    JoinSession,
    LeaveSession,
    MuteAll,
    MuteVenue,
    VenueMuted,
    VenueUnmuted,
)
from tests.support.factories import KAIFENG, OFFICER, STRANGER, XINYANG, YINGJI, Stream, invited
from tests.support.meeting import lose, meeting, refused

FREE, REQUEST, SILENT = SpeakMode.FREE, SpeakMode.REQUEST, SpeakMode.SILENT
MODES = tuple(SpeakMode)


def in_mode(mode: SpeakMode) -> Stream:
    stream = meeting()
    stream.do(SetSpeakMode(mode=mode), OFFICER)
    return stream


def heard(stream: Stream) -> set[str]:
    return set(stream.state.venues) - closed_microphones(stream.state)


def queue(stream: Stream) -> list[str]:
    return [one.venue for one in stream.state.floor.queue]


# Who is heard, by mode and by what runs; xinyang's microphone has been closed by the chair.
HEARD = {
    (FREE, "nothing"): {"office", "yingji", "kaifeng"},
    (FREE, "turn"): {"office", "xinyang"},
    (FREE, "roll call"): {"office", "kaifeng"},
    (FREE, "both"): {"office", "kaifeng"},
    (REQUEST, "nothing"): {"office"},
    (REQUEST, "turn"): {"office", "xinyang"},
    (REQUEST, "roll call"): {"office", "kaifeng"},
    (REQUEST, "both"): {"office", "kaifeng"},
    (SILENT, "nothing"): {"office"},
    (SILENT, "turn"): {"office", "xinyang"},
    (SILENT, "roll call"): {"office", "kaifeng"},
    (SILENT, "both"): {"office", "kaifeng"},
}


@pytest.mark.parametrize(("mode", "runs"), HEARD)
def test_F1_who_is_heard_is_a_table(mode: SpeakMode, runs: str) -> None:
    stream = in_mode(mode)
    stream.do(MuteVenue(venue="xinyang", muted=True), OFFICER)
    if runs in ("turn", "both"):
        stream.do(NameSpeaker(venue="xinyang"), OFFICER)
    if runs in ("roll call", "both"):
        stream.do(StartRollCall(rollcall_id="rc-1", venues=["kaifeng", "yingji"]), OFFICER)
    assert heard(stream) == HEARD[mode, runs]
    if runs == "both":
        stream.do(EndRollCall(), OFFICER)
        assert heard(stream) == HEARD[mode, "turn"]


@pytest.mark.parametrize("mode", MODES)
def test_F1_the_chair_is_always_heard_wherever_it_is(mode: SpeakMode) -> None:
    stream = in_mode(mode)
    stream.do(MuteAll(muted=True), OFFICER)
    assert heard(stream) == {"office"}
    assert refused(stream, MuteVenue(venue="office", muted=True), OFFICER) == "session.is_chair"
    stream.do(TransferChair(venue="yingji"), OFFICER)
    assert "yingji" in heard(stream)


def test_F2_one_speaker_at_a_time() -> None:
    stream = meeting()
    assert stream.do(NameSpeaker(venue="yingji"), OFFICER) == [
        FloorGiven(venue="yingji", kind=TurnKind.NAMED)
    ]
    assert stream.do(NameSpeaker(venue="yingji"), OFFICER) == []
    assert stream.do(NameSpeaker(venue="xinyang"), OFFICER) == [
        FloorEnded(venue="yingji", reason="replaced"),
        FloorGiven(venue="xinyang", kind=TurnKind.NAMED),
    ]
    assert heard(stream) == {"office", "xinyang"}


def test_F2_being_named_opens_a_closed_microphone_for_the_turn() -> None:
    stream = meeting()
    stream.do(MuteVenue(venue="yingji", muted=True), OFFICER)
    stream.do(NameSpeaker(venue="yingji"), OFFICER)
    assert "yingji" in heard(stream)
    stream.do(EndTurn(), OFFICER)
    assert "yingji" not in heard(stream)


@pytest.mark.parametrize("command", [NameSpeaker(venue="yingji"), GrantFloor(venue="yingji")])
def test_F3_the_floor_is_given_only_to_who_is_there_and_granted_only_to_who_asks(command: Command) -> None:
    stream = meeting()
    if isinstance(command, GrantFloor):
        assert refused(stream, command, OFFICER) == "floor.not_asked"
    stream.do(LeaveSession(venue="yingji"), YINGJI)
    gone = "floor.not_asked" if isinstance(command, GrantFloor) else "session.not_joined"
    assert refused(stream, command, OFFICER) == gone
    assert refused(stream, NameSpeaker(venue="office"), OFFICER) == "session.is_chair"
    assert refused(stream, NameSpeaker(venue="hebi"), OFFICER) == "session.foreign"


def test_F3_a_grant_takes_the_venue_out_of_the_queue() -> None:
    stream = in_mode(REQUEST)
    stream.do(RequestFloor(venue="yingji"), YINGJI)
    assert stream.do(GrantFloor(venue="yingji"), OFFICER) == [
        FloorRequestEnded(venue="yingji", reason="granted"),
        FloorGiven(venue="yingji", kind=TurnKind.GRANTED),
    ]
    assert stream.do(RequestFloor(venue="yingji"), YINGJI) == [], "it has the floor already"


def test_F4_the_queue_is_in_order_of_asking_and_has_each_venue_once() -> None:
    stream = meeting()
    for actor in (XINYANG, YINGJI, XINYANG, KAIFENG):
        stream.do(RequestFloor(venue=actor.seat or ""), actor)
    assert queue(stream) == ["xinyang", "yingji", "kaifeng"]
    stream.do(GrantFloor(venue="yingji"), OFFICER)
    assert queue(stream) == ["xinyang", "kaifeng"], "the chair may choose; the others keep their order"
    assert refused(stream, RequestFloor(venue="office"), OFFICER) == "session.is_chair"


@pytest.mark.parametrize(("by", "reason"), [(YINGJI, "withdrawn"), (OFFICER, "denied")])
def test_F5_a_request_is_taken_back_or_denied(by: Actor, reason: str) -> None:
    stream = meeting()
    stream.do(RequestFloor(venue="yingji"), YINGJI)
    ended = stream.do(EndFloorRequest(venue="yingji"), by)
    assert ended == [FloorRequestEnded(venue="yingji", reason=reason)]
    assert stream.do(EndFloorRequest(venue="yingji"), by) == []


def test_F5_a_broken_line_keeps_its_place_and_leaving_does_not() -> None:
    stream = meeting()
    stream.do(RequestFloor(venue="yingji"), YINGJI)
    stream.do(RequestFloor(venue="xinyang"), XINYANG)
    stream.do(DropVenue(venue="yingji"), HUB)
    assert queue(stream) == ["yingji", "xinyang"]
    gone = stream.do(LeaveSession(venue="yingji", reason="lost"), HUB)
    assert gone[0] == FloorRequestEnded(venue="yingji", reason="left")
    stream.do(JoinSession(venue="yingji"), YINGJI)
    assert queue(stream) == ["xinyang"]


@pytest.mark.parametrize(("by", "reason"), [(YINGJI, "spoken"), (OFFICER, "by_chair")])
def test_F6_a_turn_is_ended_by_the_speaker_or_by_the_chair(by: Actor, reason: str) -> None:
    stream = meeting()
    assert stream.do(EndTurn(), by) == []
    stream.do(NameSpeaker(venue="yingji"), OFFICER)
    assert refused(stream, EndTurn(), XINYANG) == "forbidden"
    assert stream.do(EndTurn(), by) == [FloorEnded(venue="yingji", reason=reason)]
    assert stream.state.floor.turn is None


def test_F6_the_speaking_time_is_counted_over_all_turns() -> None:
    stream = meeting()
    for seconds in (5, 7):
        stream.do(NameSpeaker(venue="yingji"), OFFICER)
        stream.do(EndTurn(), YINGJI, after_ms=seconds * 1000)
    stream.do(NameSpeaker(venue="xinyang"), OFFICER)
    stream.do(NameSpeaker(venue="yingji"), OFFICER, after_ms=3000)
    assert stream.state.floor.spoken_ms == {"yingji": 12_000, "xinyang": 3000}
    stream.do(EndSession(), OFFICER, after_ms=1500)
    assert stream.state.floor.spoken_ms == {"yingji": 13_500, "xinyang": 3000}
    assert stream.state.floor.turn is None


def test_F6_a_turn_ends_with_the_stay_and_not_with_the_line() -> None:
    stream = meeting()
    stream.do(NameSpeaker(venue="yingji"), OFFICER)
    assert FloorEnded(venue="yingji", reason="left") in lose(stream, "yingji")
    assert heard(stream) == {"office", "yingji", "xinyang", "kaifeng"}


# What a wish becomes in each mode: a list of the events' types, or the code of a refusal.
IN_MODE = {
    (FREE, "request"): [FloorRequested],
    (REQUEST, "request"): [FloorRequested],
    (SILENT, "request"): "floor.silent",
    (FREE, "name"): [FloorGiven],
    (REQUEST, "name"): [FloorGiven],
    (SILENT, "name"): [FloorGiven],
    (FREE, "free"): [],
    (REQUEST, "free"): [SpeakModeSet],
    (SILENT, "free"): [SpeakModeSet],
    (FREE, "on request"): [SpeakModeSet],
    (REQUEST, "on request"): [],
    (SILENT, "on request"): [SpeakModeSet],
    (FREE, "silent"): [SpeakModeSet],
    (REQUEST, "silent"): [SpeakModeSet],
    (SILENT, "silent"): [],
}
WISHES: dict[str, tuple[Command, Actor]] = {
    "request": (RequestFloor(venue="yingji"), YINGJI),
    "name": (NameSpeaker(venue="yingji"), OFFICER),
    "free": (SetSpeakMode(mode=FREE), OFFICER),
    "on request": (SetSpeakMode(mode=REQUEST), OFFICER),
    "silent": (SetSpeakMode(mode=SILENT), OFFICER),
}


@pytest.mark.parametrize(("mode", "wish"), IN_MODE)
def test_F7_modes_are_a_table(mode: SpeakMode, wish: str) -> None:
    stream, expected = in_mode(mode), IN_MODE[mode, wish]
    command, by = WISHES[wish]
    if isinstance(expected, str):
        assert refused(stream, command, by) == expected
    else:
        assert [type(event) for event in stream.do(command, by)] == expected


def test_F7_silence_empties_the_queue_and_lets_the_speaker_finish() -> None:
    stream = in_mode(REQUEST)
    for actor in (YINGJI, XINYANG):
        stream.do(RequestFloor(venue=actor.seat or ""), actor)
    stream.do(NameSpeaker(venue="kaifeng"), OFFICER)
    assert stream.do(SetSpeakMode(mode=SILENT), OFFICER) == [
        SpeakModeSet(mode=SILENT),
        FloorRequestEnded(venue="yingji", reason="silent"),
        FloorRequestEnded(venue="xinyang", reason="silent"),
    ]
    assert heard(stream) == {"office", "kaifeng"}


def test_F8_a_closed_microphone_is_opened_by_its_venue_only_where_the_chair_allows_it() -> None:
    stream = meeting()
    assert stream.do(OpenMicrophone(venue="yingji"), YINGJI) == []
    stream.do(MuteVenue(venue="yingji", muted=True), OFFICER)
    assert refused(stream, OpenMicrophone(venue="yingji"), YINGJI) == "floor.closed_by_chair"
    assert stream.do(AllowSelfUnmute(allowed=True), OFFICER) == [SelfUnmuteSet(allowed=True)]
    assert stream.do(AllowSelfUnmute(allowed=True), OFFICER) == []
    assert stream.do(OpenMicrophone(venue="yingji"), YINGJI) == [VenueUnmuted(venue="yingji")]


def test_F8_S15_closing_all_says_whether_they_may_open_them_again() -> None:
    stream = meeting()
    closed = stream.do(MuteAll(muted=True, self_unmute=True), OFFICER)
    assert closed[-2:] == [MuteOnEntrySet(on=True), SelfUnmuteSet(allowed=True)]
    stream.do(OpenMicrophone(venue="yingji"), YINGJI)
    assert heard(stream) == {"office", "yingji"}
    stream.do(MuteAll(muted=True, self_unmute=False), OFFICER)
    assert refused(stream, OpenMicrophone(venue="yingji"), YINGJI) == "floor.closed_by_chair"


def test_S15_who_is_called_after_all_were_closed_comes_in_closed() -> None:
    stream = meeting()
    stream.do(MuteAll(muted=True), OFFICER)
    called = stream.do(CallVenues(venues=[invited(STRANGER)]), OFFICER)
    assert VenueMuted(venue="hebi") in called
    stream.do(JoinSession(venue="hebi"), STRANGER)
    assert heard(stream) == {"office"}
