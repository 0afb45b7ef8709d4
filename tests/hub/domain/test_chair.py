"""Exactly one venue steers: the chair is asked for, passed on, taken back, and never lost."""

from __future__ import annotations

import pytest

from hub.domain.chair import (
    ChairPassed,
    ChairRequested,
    ChairRequestEnded,
    EndChairRequest,
    ReleaseChair,
    RequestChair,
    TakeChair,
    TransferChair,
)
from hub.domain.event import HUB, Actor, Command
from hub.domain.floor import FloorEnded, FloorRequestEnded, NameSpeaker, RequestFloor
from hub.domain.session import (
    CallVenues,
    DropVenue,
    JoinSession,
    LeaveSession,
    MuteAll,
    VenueAdded,
    VenueLeft,
)
from tests.support.factories import (
    BACKUP,
    KAIFENG,
    OFFICER,
    STRANGER,
    XINYANG,
    YINGJI,
    Stream,
    invited,
    start_session,
)
from tests.support.meeting import lose, meeting, refused


def passed(to: str, former: str, reason: str) -> ChairPassed:
    return ChairPassed(venue=to, former=former, reason=reason)


def test_C1_the_chair_is_the_offices_from_the_first_second() -> None:
    stream = Stream("session:s-1")
    stream.do(start_session(YINGJI), OFFICER)
    assert (stream.state.chair, stream.state.chair_since_ms) == ("office", stream.now_ms)
    assert stream.state.office == "office"


def test_C1_who_has_passed_it_on_steers_no_more() -> None:
    stream = meeting()
    assert stream.do(TransferChair(venue="yingji"), OFFICER) == [passed("yingji", "office", "transferred")]
    assert stream.state.chair_since_ms == stream.now_ms
    assert refused(stream, MuteAll(muted=True), OFFICER) == "forbidden"
    assert stream.do(MuteAll(muted=True), YINGJI)
    assert {key for key, venue in stream.state.venues.items() if not venue.muted} == {"yingji"}


def test_C1_the_new_chair_has_no_turn_and_waits_for_none() -> None:
    stream = meeting()
    stream.do(NameSpeaker(venue="yingji"), OFFICER)
    stream.do(RequestFloor(venue="xinyang"), XINYANG)
    assert stream.do(TransferChair(venue="yingji"), OFFICER) == [
        FloorEnded(venue="yingji", reason="chair"),
        passed("yingji", "office", "transferred"),
    ]
    assert stream.do(TransferChair(venue="xinyang"), YINGJI) == [
        FloorRequestEnded(venue="xinyang", reason="chair"),
        passed("xinyang", "yingji", "transferred"),
    ]


def test_C2_a_venue_asks_once_and_is_granted() -> None:
    stream = meeting()
    assert stream.do(RequestChair(venue="yingji"), YINGJI) == [ChairRequested(venue="yingji")]
    assert stream.do(RequestChair(venue="yingji"), YINGJI) == []
    stream.do(RequestChair(venue="xinyang"), XINYANG)
    assert list(stream.state.chair_requests) == ["yingji", "xinyang"]
    assert stream.do(TransferChair(venue="xinyang"), OFFICER) == [
        ChairRequestEnded(venue="xinyang", reason="granted"),
        passed("xinyang", "office", "transferred"),
    ]
    assert list(stream.state.chair_requests) == ["yingji"], "the new chair sees who else has asked"
    assert stream.do(RequestChair(venue="xinyang"), XINYANG) == []


@pytest.mark.parametrize(("by", "reason"), [(YINGJI, "withdrawn"), (OFFICER, "denied")])
def test_C2_a_request_is_taken_back_or_denied(by: Actor, reason: str) -> None:
    stream = meeting()
    stream.do(RequestChair(venue="yingji"), YINGJI)
    ended = stream.do(EndChairRequest(venue="yingji"), by)
    assert ended == [ChairRequestEnded(venue="yingji", reason=reason)]
    assert stream.do(EndChairRequest(venue="yingji"), by) == []


def test_C2_a_request_ends_with_the_stay() -> None:
    stream = meeting()
    stream.do(RequestChair(venue="yingji"), YINGJI)
    assert ChairRequestEnded(venue="yingji", reason="left") in lose(stream, "yingji")
    assert refused(stream, RequestChair(venue="yingji"), YINGJI) == "session.not_joined"


@pytest.mark.parametrize("command", [TransferChair(venue="yingji"), RequestChair(venue="yingji")])
def test_C2_only_who_is_there_gets_the_chair(command: Command) -> None:
    stream = meeting()
    by = OFFICER if isinstance(command, TransferChair) else YINGJI
    stream.do(LeaveSession(venue="yingji"), YINGJI)
    assert refused(stream, command, by) == "session.not_joined"
    assert refused(stream, TransferChair(venue="hebi"), OFFICER) == "session.foreign"


def test_C2_nobody_gets_it_on_a_broken_line() -> None:
    stream = meeting()
    stream.do(DropVenue(venue="yingji"), HUB)
    assert refused(stream, TransferChair(venue="yingji"), OFFICER) == "session.not_joined"
    assert stream.do(RequestChair(venue="yingji"), YINGJI), "but it may ask, and keeps its request"


def test_C3_the_office_takes_the_chair_back_also_from_its_desk() -> None:
    stream = meeting(chair=YINGJI)
    stream.do(LeaveSession(venue="office"), OFFICER)
    assert stream.do(TakeChair(), OFFICER) == [passed("office", "yingji", "taken")]
    assert stream.do(TakeChair(), OFFICER) == []
    assert stream.do(MuteAll(muted=True), OFFICER)


def test_C3_so_does_its_backup_which_is_a_venue_from_then_on() -> None:
    stream = meeting()
    assert stream.do(TakeChair(), BACKUP) == [
        VenueAdded(venue="backup", name="备份值班室", short_name="备份值班室"),
        passed("backup", "office", "taken"),
    ]


@pytest.mark.parametrize("by", [YINGJI, XINYANG, STRANGER, HUB])
def test_C3_nobody_else_takes_it(by: Actor) -> None:
    assert refused(meeting(chair=YINGJI), TakeChair(), by) == "forbidden"


def test_C3_released_it_goes_to_the_office_and_from_there_to_the_backup() -> None:
    stream = meeting(chair=YINGJI)
    assert stream.do(ReleaseChair(), YINGJI) == [passed("office", "yingji", "released")]
    assert refused(stream, ReleaseChair(), OFFICER) == "session.chair_stays"
    stream.do(CallVenues(venues=[invited(BACKUP)]), OFFICER)
    stream.do(JoinSession(venue="backup"), BACKUP)
    assert stream.do(ReleaseChair(), OFFICER) == [passed("backup", "office", "released")]


def test_C4_a_chair_that_is_lost_has_a_grace_and_then_the_office_has_it() -> None:
    stream = meeting(chair=YINGJI)
    stream.do(DropVenue(venue="yingji"), HUB)
    assert stream.state.chair == "yingji"
    lost = stream.do(LeaveSession(venue="yingji", reason="lost"), HUB)
    assert lost == [passed("office", "yingji", "lost"), VenueLeft(venue="yingji", reason="lost")]


def test_C4_the_office_that_is_lost_leaves_it_to_its_backup() -> None:
    stream = meeting(BACKUP, YINGJI)
    assert passed("backup", "office", "lost") in lose(stream, "office")
    stream.do(JoinSession(venue="office"), OFFICER)
    assert stream.state.chair == "backup", "it is taken back by hand"


def test_C4_where_no_heir_is_there_the_first_that_comes_takes_it() -> None:
    stream = meeting()
    lose(stream, "office")
    assert stream.state.chair == "office"
    stream.do(CallVenues(venues=[invited(BACKUP)]), OFFICER)
    joined = stream.do(JoinSession(venue="backup"), BACKUP)
    assert passed("backup", "office", "lost") in joined


@pytest.mark.parametrize("by", [YINGJI, OFFICER])
def test_C4_a_chair_that_goes_leaves_it_to_the_office_at_its_desk(by: Actor) -> None:
    stream = meeting(chair=YINGJI)
    stream.do(LeaveSession(venue="office"), OFFICER)
    reason = "left" if by is YINGJI else "hung_up"
    gone = stream.do(LeaveSession(venue="yingji", reason=reason), by)
    assert gone == [passed("office", "yingji", "left"), VenueLeft(venue="yingji", reason=reason)]


def test_C4_the_session_goes_on_without_anybody() -> None:
    stream = meeting()
    for venue in (OFFICER, YINGJI, XINYANG, KAIFENG):
        lose(stream, venue.seat or "")
    assert stream.state.running
    assert stream.state.chair == "office"
