"""Calls that nobody answers, locks, removals, names and the planned end."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.domain.call import VenueState
from hub.domain.conduct import (
    END_MAX_MS,
    CallEscalated,
    Contact,
    EndPlanned,
    EscalateCall,
    LockPresentation,
    LockSession,
    NotePhoneCall,
    NoteRinging,
    PhoneCall,
    PhoneCallNoted,
    PlanEnd,
    PresentationLocked,
    RemoveVenue,
    RenameVenue,
    SessionLocked,
    VenueAlerted,
    VenueRemoved,
    VenueRenamed,
)
from hub.domain.event import HUB, Actor, Command
from hub.domain.floor import FloorEnded, NameSpeaker
from hub.domain.permissions import may_follow_session
from hub.domain.picture import BroadcastStopped, BroadcastVenue
from hub.domain.session import (
    RING_MS,
    AnswerCall,
    CallVenues,
    DeclineCall,
    DropVenue,
    ExpireCall,
    JoinSession,
    LeaveSession,
    PresentationStopped,
    StartPresentation,
    StopPresentation,
    VenueCalled,
    VenueLeft,
    VenueMissed,
)
from tests.support.factories import (
    BACKUP,
    OFFICER,
    STRANGER,
    XINYANG,
    YINGJI,
    Stream,
    invited,
    start_session,
)
from tests.support.meeting import lose, meeting, refused

LI = Contact(name="李主任", post="值班长", phone="0376-110")


def ringing() -> Stream:
    stream = Stream("session:s-1")
    stream.do(start_session(YINGJI, XINYANG, heirs=[BACKUP]), OFFICER)
    return stream


@pytest.mark.parametrize("offline", [False, True])
def test_S16_who_has_not_answered_is_called_once_more_by_the_hub(offline: bool) -> None:
    stream = ringing()
    missed = VenueMissed(venue="yingji", offline=offline)
    again = VenueCalled(venue="yingji", rings_until_ms=stream.now_ms + 1000 + RING_MS, automatic=True)
    assert stream.do(ExpireCall(venue="yingji", offline=offline), HUB) == [missed, again]
    assert stream.state.venues["yingji"].automatic
    assert stream.do(ExpireCall(venue="yingji", offline=offline), HUB) == [missed]
    venue = stream.state.venues["yingji"]
    assert (venue.state, venue.offline, venue.calls) == (VenueState.NO_ANSWER, offline, 2)


def test_S16_a_call_by_hand_has_its_own_second_try() -> None:
    stream = ringing()
    stream.do(ExpireCall(venue="yingji"), HUB)
    stream.do(ExpireCall(venue="yingji"), HUB)
    stream.do(CallVenues(venues=[invited(YINGJI)]), OFFICER)
    assert not stream.state.venues["yingji"].automatic
    assert len(stream.do(ExpireCall(venue="yingji"), HUB)) == 2
    answer = stream.do(AnswerCall(venue="yingji"), YINGJI, after_ms=700)
    assert stream.state.venues["yingji"].answer_ms == answer[0].after_ms == 700, "from the last ring"


def test_S16_who_declines_is_not_called_again_and_who_switches_it_off_has_none() -> None:
    stream = ringing()
    stream.do(DeclineCall(venue="yingji"), YINGJI)
    assert stream.state.venues["yingji"].state is VenueState.DECLINED
    once = Stream("session:s-1")
    once.do(replace(start_session(YINGJI), auto_recall=False, ring_ms=20_000), OFFICER)
    assert once.state.venues["yingji"].rings_until_ms == once.now_ms + 20_000
    assert once.do(ExpireCall(venue="yingji"), HUB) == [VenueMissed(venue="yingji")]


def test_S17_the_desk_sees_since_when_a_page_shows_the_call() -> None:
    stream = ringing()
    assert stream.do(NoteRinging(venue="yingji"), YINGJI, after_ms=300) == [
        VenueAlerted(venue="yingji", after_ms=300)
    ]
    assert stream.do(NoteRinging(venue="yingji"), YINGJI) == [], "another page of the seat is no news"
    stream.do(ExpireCall(venue="yingji"), HUB)
    assert stream.state.venues["yingji"].alerted_ms is None, "each call for itself"
    stream.do(AnswerCall(venue="yingji"), YINGJI)
    assert stream.do(NoteRinging(venue="yingji"), YINGJI) == []


def test_S17_a_silent_venue_is_escalated_and_telephoned() -> None:
    stream = ringing()
    assert stream.do(EscalateCall(venue="yingji", contacts=[LI], place=0), OFFICER) == [
        CallEscalated(venue="yingji", contact=LI)
    ]
    call = NotePhoneCall(venue="yingji", name="李主任", phone="0376-110", reached=True, note="三分钟后接入")
    assert stream.do(call, OFFICER) == [
        PhoneCallNoted(venue="yingji", name="李主任", phone="0376-110", reached=True, note="三分钟后接入")
    ]
    venue = stream.state.venues["yingji"]
    assert venue.contacts == [LI]
    assert venue.phone_calls == [
        PhoneCall(
            name="李主任",
            phone="0376-110",
            reached=True,
            note="三分钟后接入",
            at_ms=stream.now_ms,
            person=OFFICER.person,
        )
    ]
    assert stream.do(EscalateCall(venue="yingji", contacts=[LI], place=0), OFFICER) == [], "gone on already"
    assert (
        refused(stream, EscalateCall(venue="yingji", contacts=[LI], place=1), OFFICER) == "call.nobody_left"
    )
    stream.do(AnswerCall(venue="yingji"), YINGJI)
    wish = EscalateCall(venue="yingji", contacts=[LI], place=1)
    assert refused(stream, wish, OFFICER) == "session.already_joined"


@pytest.mark.parametrize(
    ("name", "phone", "note"), [("长" * 21, "1", ""), ("李", "1" * 41, ""), ("李", "1", "长" * 201)]
)
def test_S17_a_note_is_one_line(name: str, phone: str, note: str) -> None:
    wish = NotePhoneCall(venue="yingji", name=name, phone=phone, reached=False, note=note)
    assert refused(ringing(), wish, OFFICER) == "bad_request"


def locked() -> Stream:
    stream = meeting()
    assert stream.do(LockSession(locked=True), OFFICER) == [SessionLocked(locked=True)]
    assert stream.do(LockSession(locked=True), OFFICER) == []
    return stream


def test_S18_into_a_locked_session_comes_only_who_is_called() -> None:
    stream = locked()
    stream.do(LeaveSession(venue="yingji"), YINGJI)
    assert refused(stream, JoinSession(venue="yingji"), YINGJI) == "session.is_locked"
    stream.do(CallVenues(venues=[invited(YINGJI)]), OFFICER)
    assert stream.do(JoinSession(venue="yingji"), YINGJI)
    stream.do(LeaveSession(venue="xinyang"), XINYANG)
    assert stream.do(LockSession(locked=False), OFFICER) == [SessionLocked(locked=False)]
    assert stream.do(JoinSession(venue="xinyang"), XINYANG)


def test_S18_a_lock_keeps_out_neither_the_office_nor_whoever_lost_its_line() -> None:
    stream = locked()
    stream.do(LeaveSession(venue="office"), OFFICER)
    assert stream.do(JoinSession(venue="office"), OFFICER)
    stream.do(DropVenue(venue="yingji"), HUB)
    assert stream.do(JoinSession(venue="yingji"), YINGJI)
    lose(stream, "yingji")
    assert stream.do(JoinSession(venue="yingji"), YINGJI), "it was lost and is back"


def test_S19_a_removed_venue_is_hung_up_and_what_it_had_is_over() -> None:
    stream = meeting()
    stream.do(NameSpeaker(venue="yingji"), OFFICER)
    stream.do(BroadcastVenue(venue="yingji"), OFFICER)
    stream.do(StartPresentation(venue="yingji"), YINGJI)
    assert stream.do(RemoveVenue(venue="yingji"), OFFICER) == [
        PresentationStopped(venue="yingji", reason="left"),
        FloorEnded(venue="yingji", reason="left"),
        BroadcastStopped(venue="yingji", reason="left"),
        VenueLeft(venue="yingji", reason="hung_up"),
        VenueRemoved(venue="yingji"),
    ]
    assert stream.do(RemoveVenue(venue="yingji"), OFFICER) == []
    assert refused(stream, RemoveVenue(venue="office"), OFFICER) == "session.is_chair"


def test_S19_it_sees_nothing_more_and_comes_back_only_by_a_call() -> None:
    stream = meeting()
    stream.do(RemoveVenue(venue="yingji"), OFFICER)
    assert not may_follow_session(YINGJI, stream.state)
    assert refused(stream, JoinSession(venue="yingji"), YINGJI) == "session.removed"
    stream.do(CallVenues(venues=[invited(YINGJI)]), OFFICER)
    assert may_follow_session(YINGJI, stream.state)
    assert stream.do(AnswerCall(venue="yingji"), YINGJI)


@pytest.mark.parametrize("state", ["ringing", "declined", "left"])
def test_S19_who_is_not_there_is_removed_too(state: str) -> None:
    stream = ringing()
    steps: dict[str, list[Command]] = {
        "ringing": [],
        "declined": [DeclineCall(venue="yingji")],
        "left": [AnswerCall(venue="yingji"), LeaveSession(venue="yingji")],
    }
    for command in steps[state]:
        stream.do(command, YINGJI)
    removed = stream.do(RemoveVenue(venue="yingji"), OFFICER)
    assert removed[-1] == VenueRemoved(venue="yingji")
    assert refused(stream, JoinSession(venue="yingji"), YINGJI) == "session.removed"


def test_S20_the_end_is_planned_put_off_and_comes_by_hand() -> None:
    stream = meeting()
    ends_ms = stream.now_ms + 60_000
    assert stream.do(PlanEnd(ends_ms=ends_ms), OFFICER) == [EndPlanned(ends_ms=ends_ms)]
    assert stream.do(PlanEnd(ends_ms=ends_ms), OFFICER) == []
    stream.now_ms = ends_ms
    stream.do(RenameVenue(venue="yingji", short_name="应急"), OFFICER)
    assert stream.state.running, "it never ends by itself"
    assert stream.do(PlanEnd(ends_ms=None), OFFICER) == [EndPlanned(ends_ms=None)]


@pytest.mark.parametrize("in_ms", [-1, 0, END_MAX_MS + 1])
def test_S20_the_end_is_ahead_and_within_a_week(in_ms: int) -> None:
    stream = meeting()
    assert refused(stream, PlanEnd(ends_ms=stream.now_ms + 1000 + in_ms), OFFICER) == "bad_request"
    assert stream.do(PlanEnd(ends_ms=stream.now_ms + 1000 + END_MAX_MS), OFFICER)


def test_S21_what_a_tile_shows_is_renamed_and_what_the_venue_is_called_is_not() -> None:
    stream = meeting()
    name = stream.state.venues["yingji"].name
    assert stream.do(RenameVenue(venue="yingji", short_name=" 应急指挥部 "), OFFICER) == [
        VenueRenamed(venue="yingji", short_name="应急指挥部")
    ]
    assert stream.do(RenameVenue(venue="yingji", short_name="应急指挥部"), OFFICER) == []
    assert stream.state.venues["yingji"].name == name
    for text in ("", "  ", "长" * 21):
        assert refused(stream, RenameVenue(venue="yingji", short_name=text), OFFICER) == "bad_request"


@pytest.mark.parametrize(
    ("by", "code"), [(YINGJI, "session.presentation_locked"), (OFFICER, None), (STRANGER, "session.foreign")]
)
def test_S21_while_presenting_is_locked_only_the_chair_begins(by: Actor, code: str | None) -> None:
    stream = meeting()
    assert stream.do(LockPresentation(locked=True), OFFICER) == [PresentationLocked(locked=True)]
    assert stream.do(LockPresentation(locked=True), OFFICER) == []
    wish = StartPresentation(venue=by.seat or "")
    if code is None:
        assert stream.do(wish, by)
    else:
        assert refused(stream, wish, by) == code


def test_S21_whoever_presents_goes_on_when_it_is_locked() -> None:
    stream = meeting()
    stream.do(StartPresentation(venue="yingji"), YINGJI)
    stream.do(LockPresentation(locked=True), OFFICER)
    assert stream.state.presenter == "yingji"
    stream.do(StopPresentation(), YINGJI)
    assert refused(stream, StartPresentation(venue="yingji"), YINGJI) == "session.presentation_locked"
