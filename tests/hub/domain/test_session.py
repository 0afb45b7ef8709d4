"""A consultation: who may start it, who is called, who comes and goes."""

from __future__ import annotations

from typing import Any

import pytest

from hub.domain.call import VenueState
from hub.domain.event import HUB, Actor, Command
from hub.domain.floor import MuteOnEntrySet
from hub.domain.session import (
    RING_MS,
    AnswerCall,
    CallVenues,
    DeclineCall,
    DevicesSet,
    DropVenue,
    EndSession,
    EndSource,
    ExpireCall,
    Interval,
    JoinSession,
    LeaveSession,
    MarkerKind,
    MuteAll,
    MuteVenue,
    NoteSpeech,
    PresentationStarted,
    PresentationStopped,
    ReturnVenue,
    SessionEnded,
    SetDevices,
    SetMarker,
    Source,
    SourceEnded,
    StartPresentation,
    StartSource,
    StopPresentation,
    VenueAdded,
    VenueAnswered,
    VenueCalled,
    VenueLeft,
    VenueMuted,
    VenueReturned,
    VenueSpoke,
    VenueUnmuted,
)
from hub.errors import Refusal
from tests.support.factories import (
    OFFICER,
    REVIEWER,
    STRANGER,
    XINYANG,
    YINGJI,
    Stream,
    invited,
    start_session,
)


def running() -> Stream:
    stream = Stream("session:s-1")
    stream.do(start_session(YINGJI, XINYANG), OFFICER)
    return stream


def refused(stream: Stream, command: Command, by: Actor) -> str:
    before = stream.state
    with pytest.raises(Refusal) as refusal:
        stream.do(command, by)
    assert stream.state is before
    return refusal.value.code


def test_S1_start_rings_every_venue_but_the_chair() -> None:
    stream = Stream("session:s-1")
    stream.do(start_session(YINGJI, OFFICER, XINYANG, YINGJI), OFFICER)
    states = {key: venue.state for key, venue in stream.state.venues.items()}
    assert states == {
        "office": VenueState.IDLE,
        "yingji": VenueState.RINGING,
        "xinyang": VenueState.RINGING,
    }
    assert stream.state.venues["yingji"].rings_until_ms == stream.now_ms + RING_MS
    assert stream.state.running


@pytest.mark.parametrize("by", [YINGJI, REVIEWER])
def test_P4_only_a_duty_officer_starts_a_session(by: Actor) -> None:
    assert refused(Stream("session:s-1"), start_session(XINYANG), by) == "forbidden"


@pytest.mark.parametrize("title", ["", "   ", "会" * 81])
def test_S2_a_session_needs_a_title_of_at_most_80_characters(title: str) -> None:
    assert refused(Stream("session:s-1"), start_session(YINGJI, title=title), OFFICER) == "session.no_title"


def test_S1_a_session_needs_a_venue_besides_the_chair() -> None:
    assert refused(Stream("session:s-1"), start_session(OFFICER), OFFICER) == "session.no_venues"


def test_S5_answer_measures_the_ring_on_the_hub() -> None:
    stream = running()
    assert stream.do(AnswerCall(venue="yingji"), YINGJI, after_ms=4200) == [
        VenueAnswered(venue="yingji", after_ms=4200)
    ]
    assert stream.state.venues["yingji"].person == YINGJI.person


def test_S5_coming_in_while_it_rings_is_an_answer() -> None:
    stream = running()
    assert stream.do(JoinSession(venue="yingji"), YINGJI, after_ms=700) == [
        VenueAnswered(venue="yingji", after_ms=700)
    ]


def test_S4_calling_everybody_disturbs_nobody_who_is_there() -> None:
    stream = running()
    stream.do(AnswerCall(venue="yingji"), YINGJI)
    stream.do(DeclineCall(venue="xinyang"), XINYANG)
    events = stream.do(CallVenues(venues=[invited(YINGJI), invited(XINYANG), invited(STRANGER)]), OFFICER)
    until = stream.now_ms + RING_MS
    assert events == [
        VenueCalled(venue="xinyang", rings_until_ms=until),
        VenueAdded(venue="hebi", name="鹤壁市委值班室", short_name="鹤壁"),
        VenueCalled(venue="hebi", rings_until_ms=until),
    ]
    assert stream.state.venues["xinyang"].calls == 2


def test_S6_a_second_answer_is_refused_and_changes_nothing() -> None:
    stream = running()
    stream.do(AnswerCall(venue="yingji"), YINGJI)
    assert refused(stream, AnswerCall(venue="yingji"), YINGJI) == "session.not_called"
    assert refused(stream, DeclineCall(venue="yingji"), YINGJI) == "session.not_called"


def test_S7_attendance_is_a_list_of_intervals() -> None:
    stream = running()
    stream.do(AnswerCall(venue="yingji"), YINGJI)
    first = stream.now_ms
    stream.do(DropVenue(venue="yingji"), HUB)
    assert stream.do(JoinSession(venue="yingji"), YINGJI) == [VenueReturned(venue="yingji")]
    stream.do(LeaveSession(venue="yingji"), YINGJI)
    gone = stream.now_ms
    stream.do(JoinSession(venue="yingji"), YINGJI)
    again = stream.now_ms
    stream.do(EndSession(), OFFICER)
    assert stream.state.venues["yingji"].attendance == [
        Interval(from_ms=first, to_ms=gone),
        Interval(from_ms=again, to_ms=stream.now_ms),
    ]


def test_P1_only_the_chair_calls_marks_and_ends() -> None:
    stream = running()
    stream.do(AnswerCall(venue="yingji"), YINGJI)
    mark = SetMarker(marker_id="m-1", kind=MarkerKind.DECISION, label="启动二级响应")
    for command in (CallVenues(venues=[invited(STRANGER)]), mark, EndSession()):
        assert refused(stream, command, YINGJI) == "forbidden"
        assert stream.rules.decide(stream.state, command, OFFICER, stream.now_ms)


def test_S2_a_label_or_a_reason_has_at_most_200_characters() -> None:
    stream = running()
    long = "长" * 201
    mark = SetMarker(marker_id="m-1", kind=MarkerKind.KEY, label=long)
    assert refused(stream, mark, OFFICER) == "bad_request"
    assert refused(stream, EndSession(reason=long), OFFICER) == "bad_request"
    stream.do(EndSession(reason=long[:200]), OFFICER)
    assert stream.events[-1].event == SessionEnded(reason=long[:200])


def test_P2_a_venue_moves_only_itself_but_the_chair_may_hang_up() -> None:
    stream = running()
    assert refused(stream, AnswerCall(venue="xinyang"), YINGJI) == "forbidden"
    assert refused(stream, SetDevices(venue="xinyang", microphone=False), YINGJI) == "forbidden"
    assert refused(stream, JoinSession(venue="hebi"), STRANGER) == "session.foreign"
    stream.do(LeaveSession(venue="xinyang", reason="hung_up"), OFFICER)
    assert stream.state.venues["xinyang"].state is VenueState.LEFT


@pytest.mark.parametrize(
    "command",
    [
        ExpireCall(venue="yingji"),
        DropVenue(venue="yingji"),
        ReturnVenue(venue="yingji"),
        NoteSpeech(venue="yingji", from_ms=1, to_ms=2),
        EndSource(venue="yingji", source_id="p-1"),
    ],
)
def test_P3_timers_and_media_belong_to_the_hub(command: Command) -> None:
    assert refused(running(), command, OFFICER) == "forbidden"


def test_S8_an_ended_session_changes_no_more() -> None:
    stream = running()
    stream.do(AnswerCall(venue="yingji"), YINGJI)
    assert stream.do(EndSession(reason="会商结束"), OFFICER) == [SessionEnded(reason="会商结束")]
    assert stream.state.venues["yingji"].state is VenueState.LEFT
    assert stream.state.venues["xinyang"].state is VenueState.NO_ANSWER
    assert refused(stream, JoinSession(venue="yingji"), YINGJI) == "session.ended"
    assert refused(stream, EndSession(), OFFICER) == "session.ended"


def test_S9_sources_come_and_go_with_their_venue() -> None:
    stream = running()
    stream.do(AnswerCall(venue="yingji"), YINGJI)
    camera = Source(source_id="p-1", venue="yingji", name="camera", kind="video", codec="VP8")
    stream.do(StartSource(source=camera), HUB)
    assert stream.state.venues["yingji"].sources == {"p-1": camera}
    ended = stream.do(EndSource(venue="yingji", source_id="p-1"), HUB)
    assert ended == [SourceEnded(venue="yingji", source_id="p-1")]
    assert stream.do(EndSource(venue="yingji", source_id="p-1"), HUB) == []
    stream.do(StartSource(source=camera), HUB)
    stream.do(LeaveSession(venue="yingji"), YINGJI)
    assert stream.state.venues["yingji"].sources == {}


def test_S10_switches_are_kept_and_an_unchanged_switch_is_no_event() -> None:
    stream = running()
    stream.do(AnswerCall(venue="yingji"), YINGJI)
    assert stream.do(SetDevices(venue="yingji", microphone=False), YINGJI) == [
        DevicesSet(venue="yingji", microphone=False, camera=True)
    ]
    assert stream.do(SetDevices(venue="yingji", microphone=False), YINGJI) == []


def test_S11_speech_is_a_fact_for_the_timeline() -> None:
    stream = running()
    before: Any = stream.state
    assert stream.do(NoteSpeech(venue="yingji", from_ms=5, to_ms=9), HUB) == [
        VenueSpoke(venue="yingji", from_ms=5, to_ms=9)
    ]
    assert stream.state is before


def meeting() -> Stream:
    """Both branch venues and the chair are there."""
    stream = running()
    stream.do(AnswerCall(venue="yingji"), YINGJI)
    stream.do(AnswerCall(venue="xinyang"), XINYANG)
    stream.do(JoinSession(venue="office"), OFFICER)
    return stream


def test_S12_one_venue_presents_at_a_time() -> None:
    stream = meeting()
    assert stream.do(StartPresentation(venue="yingji"), YINGJI) == [PresentationStarted(venue="yingji")]
    assert stream.state.presenter == "yingji"
    assert stream.do(StartPresentation(venue="yingji"), YINGJI) == []
    assert refused(stream, StartPresentation(venue="xinyang"), XINYANG) == "session.presenting"
    assert refused(stream, StartPresentation(venue="office"), OFFICER) == "session.presenting"


def test_S12_only_who_is_there_presents_and_only_itself() -> None:
    stream = running()
    assert refused(stream, StartPresentation(venue="yingji"), YINGJI) == "session.not_joined"
    stream.do(JoinSession(venue="office"), OFFICER)
    assert refused(stream, StartPresentation(venue="yingji"), OFFICER) == "forbidden"
    assert refused(stream, StartPresentation(venue="hebi"), STRANGER) == "session.foreign"


def test_S13_a_presentation_is_ended_by_its_venue_or_by_the_chair() -> None:
    stream = meeting()
    assert stream.do(StopPresentation(), XINYANG) == []
    stream.do(StartPresentation(venue="yingji"), YINGJI)
    assert refused(stream, StopPresentation(), XINYANG) == "forbidden"
    assert refused(stream, StopPresentation(), STRANGER) == "session.foreign"
    by_chair = stream.do(StopPresentation(), OFFICER)
    assert by_chair == [PresentationStopped(venue="yingji", reason="by_chair")]
    stream.do(StartPresentation(venue="yingji"), YINGJI)
    own = stream.do(StopPresentation(), YINGJI)
    assert own == [PresentationStopped(venue="yingji", reason="stopped")]
    assert stream.state.presenter is None


def test_S13_a_presentation_ends_with_the_stay_of_its_venue() -> None:
    stream = meeting()
    stream.do(StartPresentation(venue="yingji"), YINGJI)
    stream.do(DropVenue(venue="yingji"), HUB)
    assert stream.state.presenter == "yingji", "a lost line ends nothing yet"
    assert stream.do(LeaveSession(venue="yingji", reason="lost"), HUB) == [
        PresentationStopped(venue="yingji", reason="left"),
        VenueLeft(venue="yingji", reason="lost"),
    ]
    stream.do(StartPresentation(venue="xinyang"), XINYANG)
    stream.do(EndSession(), OFFICER)
    assert stream.state.presenter is None


def test_S13_a_presentation_ends_with_its_content_and_with_nothing_else() -> None:
    stream = meeting()
    for source_id, name in (("p-1", "camera"), ("p-2", "content"), ("p-3", "content")):
        source = Source(source_id=source_id, venue="yingji", name=name, kind="video", codec="vp8")
        stream.do(StartSource(source=source), HUB)
    stream.do(StartPresentation(venue="yingji"), YINGJI)
    for source_id in ("p-1", "p-3"):  # its camera, and the screen of another of its clients
        assert stream.do(EndSource(venue="yingji", source_id=source_id), HUB) == [
            SourceEnded(venue="yingji", source_id=source_id)
        ]
    assert stream.do(EndSource(venue="yingji", source_id="p-2"), HUB) == [
        SourceEnded(venue="yingji", source_id="p-2"),
        PresentationStopped(venue="yingji", reason="ended"),
    ]


def test_S14_the_chair_closes_a_microphone_and_it_stays_closed() -> None:
    stream = meeting()
    mute = MuteVenue(venue="yingji", muted=True)
    assert refused(stream, mute, XINYANG) == "forbidden"
    assert refused(stream, mute, YINGJI) == "forbidden"
    assert stream.do(mute, OFFICER) == [VenueMuted(venue="yingji")]
    assert stream.do(mute, OFFICER) == []
    stream.do(LeaveSession(venue="yingji"), YINGJI)
    stream.do(JoinSession(venue="yingji"), YINGJI)
    assert stream.state.venues["yingji"].muted
    assert stream.do(MuteVenue(venue="yingji", muted=False), OFFICER) == [VenueUnmuted(venue="yingji")]
    assert refused(stream, MuteVenue(venue="hebi", muted=True), OFFICER) == "session.foreign"


def test_S15_the_chair_closes_all_microphones_but_its_own() -> None:
    stream = meeting()
    assert refused(stream, MuteAll(muted=True), YINGJI) == "forbidden"
    stream.do(MuteVenue(venue="yingji", muted=True), OFFICER)
    others = [key for key in stream.state.venues if key not in ("yingji", stream.state.chair)]
    assert stream.do(MuteAll(muted=True), OFFICER) == [
        *[VenueMuted(venue=key) for key in others],
        MuteOnEntrySet(on=True),
    ]
    assert {key for key, venue in stream.state.venues.items() if not venue.muted} == {stream.state.chair}
    assert stream.do(MuteAll(muted=False), OFFICER) == [
        *[VenueUnmuted(venue=key) for key in stream.state.venues if key != stream.state.chair],
        MuteOnEntrySet(on=False),
    ]
