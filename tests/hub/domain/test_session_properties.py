"""Whatever anybody does to a session in whatever order, these things hold after every step."""

from __future__ import annotations

from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.domain.chair import EndChairRequest, ReleaseChair, RequestChair, TakeChair, TransferChair
from hub.domain.conduct import LockSession, NoteRinging, RemoveVenue
from hub.domain.event import HUB, Actor, Command, Recorded
from hub.domain.floor import (
    AllowSelfUnmute,
    EndFloorRequest,
    EndTurn,
    GrantFloor,
    NameSpeaker,
    OpenMicrophone,
    RequestFloor,
    SetSpeakMode,
    SpeakMode,
)
from hub.domain.floor_rules import closed_microphones
from hub.domain.picture import (
    BroadcastVenue,
    CarouselKind,
    PauseCarousel,
    SetVoiceSwitching,
    StartCarousel,
    StopBroadcast,
    StopCarousel,
    TurnCarousel,
)
from hub.domain.picture_rules import main_picture
from hub.domain.rollcall import (
    AnswerRollCall,
    AskAgain,
    EndRollCall,
    HearRollCall,
    NextInRollCall,
    RollCallEnded,
    RollResult,
    StartRollCall,
    TickRollCall,
)
from hub.domain.session import (
    AnswerCall,
    CallVenues,
    DeclineCall,
    DropVenue,
    EndSession,
    ExpireCall,
    JoinSession,
    LeaveSession,
    MuteAll,
    MuteVenue,
    Session,
    SessionEvent,
    StartPresentation,
    StopPresentation,
)
from hub.domain.session_rules import apply
from hub.domain.venues import is_there
from hub.errors import Refusal
from tests.support.factories import (
    BACKUP,
    KAIFENG,
    OFFICER,
    REVIEWER,
    START_MS,
    STRANGER,
    XINYANG,
    YINGJI,
    Stream,
    invited,
    start_session,
)
from tests.support.meeting import folded

SEATS = (OFFICER, YINGJI, XINYANG, KAIFENG, BACKUP, STRANGER)

OF_A_VENUE = (
    *(AnswerCall, DeclineCall, JoinSession, LeaveSession, StartPresentation, NoteRinging),
    *(RequestChair, EndChairRequest, TransferChair),
    *(OpenMicrophone, NameSpeaker, RequestFloor, GrantFloor, EndFloorRequest),
    *(BroadcastVenue, AnswerRollCall, NextInRollCall, RemoveVenue),
    *(DropVenue, ExpireCall),
    *(JoinSession, AnswerCall, RequestFloor, GrantFloor, NameSpeaker, AnswerRollCall),  # more come than go
)
PLAIN = (
    *(ReleaseChair(), TakeChair(), EndTurn(), BroadcastVenue(venue=None), StopBroadcast()),
    *(TurnCarousel(), StopCarousel(), EndRollCall(), StopPresentation()),
)


def any_command(random: Random, state: Session, number: int) -> Command:
    """One of all, with whatever is in it."""
    venue = random.choice(SEATS).seat or ""
    several = [actor.seat or "" for actor in random.sample(SEATS, random.randint(1, 5))]
    flag = random.random() < 0.5
    asked = state.rollcall.asked if state.rollcall is not None else None
    latest = state.rollcalls[-1].rollcall_id if state.rollcalls else "rc-0"
    rest: tuple[Command, ...] = (
        LeaveSession(venue=venue, reason="lost"),
        CallVenues(venues=[invited(random.choice(SEATS))]),
        MuteVenue(venue=venue, muted=flag),
        MuteAll(muted=flag, self_unmute=random.choice((None, True, False))),
        AllowSelfUnmute(allowed=flag),
        SetSpeakMode(mode=random.choice(tuple(SpeakMode))),
        StartCarousel(kind=random.choice(tuple(CarouselKind)), venues=several),
        PauseCarousel(paused=flag),
        SetVoiceSwitching(on=flag),
        LockSession(locked=flag),
        StartRollCall(rollcall_id=f"rc-{number}", venues=several),
        AskAgain(venues=several),
        HearRollCall(venue=asked or venue, heard_ms=START_MS + random.randint(0, 900_000)),
        NextInRollCall(venue=asked or venue),
        AnswerRollCall(venue=asked or venue),
        TickRollCall(rollcall_id=latest, venue=venue, result=random.choice(tuple(RollResult))),
    )
    of_a_venue = random.choice(OF_A_VENUE)(venue=venue)
    return random.choice((of_a_venue, of_a_venue, of_a_venue, random.choice(PLAIN), random.choice(rest)))


def anybody(random: Random, state: Session, command: Command) -> Actor:
    """Most steps are somebody's who may take them, else nothing much would happen."""
    own = getattr(command, "venue", None)
    seat = random.choice((state.chair, state.chair, own, own, None))
    known = next((actor for actor in SEATS if actor.seat == seat), None)
    return known or random.choice((*SEATS, REVIEWER, HUB, HUB))


def check_chair(state: Session) -> None:
    """C1."""
    assert state.chair in state.venues
    assert state.chair not in state.chair_requests
    assert all(is_there(state, venue) for venue in state.chair_requests)


def check_floor(state: Session) -> None:
    """F1, F2, F4."""
    waiting = [one.venue for one in state.floor.queue]
    assert len(waiting) == len(set(waiting))
    assert state.chair not in waiting
    assert all(is_there(state, venue) for venue in waiting)
    assert [one.since_ms for one in state.floor.queue] == sorted(one.since_ms for one in state.floor.queue)
    turn = state.floor.turn
    if turn is not None:
        assert is_there(state, turn.venue)
        assert turn.venue != state.chair
        assert turn.venue not in waiting
    assert all(spoken_ms >= 0 for spoken_ms in state.floor.spoken_ms.values())
    closed = closed_microphones(state)
    assert state.chair not in closed
    alone = state.rollcall.asked if state.rollcall is not None else turn.venue if turn is not None else None
    if alone is not None:
        assert closed == set(state.venues) - {state.chair, alone}
    elif state.floor.mode is SpeakMode.FREE:
        assert closed == {key for key, one in state.venues.items() if one.muted} - {state.chair}
    else:
        assert closed == set(state.venues) - {state.chair}


def check_pictures(state: Session) -> None:
    """V1, V4: written out once more, as a list of who comes before whom."""
    broadcast, carousel = state.picture.broadcast, state.picture.carousel
    if broadcast is not None and broadcast.venue is not None:
        assert is_there(state, broadcast.venue)
    assert state.presenter is None or is_there(state, state.presenter)
    named = state.floor.turn.venue if state.floor.turn is not None else None
    if state.rollcall is not None:
        named = state.rollcall.asked
    keys = list(state.venues)
    for viewer in (None, *keys):
        choice, speaker = keys[-1], keys[1]
        turns = carousel is not None and (
            carousel.kind is CarouselKind.BROADCAST
            or (carousel.kind is CarouselKind.CHAIR and viewer == state.chair)
        )
        candidates = (
            ("broadcast", broadcast.venue if broadcast is not None else None),
            ("named", named),
            ("carousel", carousel.shown if carousel is not None and turns else None),
            ("choice", choice),
            ("voice", speaker if state.picture.voice else None),
            ("chair", state.chair),
        )
        visible = [(why, key) for why, key in candidates if key != viewer and is_there(state, key)]
        if broadcast is not None and broadcast.venue is None:
            visible.insert(0, ("broadcast", None))
        shown = main_picture(state, viewer, choice, speaker)
        if shown is None:
            assert visible == []
        else:
            assert (shown.why, shown.venue) == visible[0]
            assert shown.forced is (shown.why in ("broadcast", "named", "carousel"))


def check_roll_calls(state: Session, cut: set[str]) -> None:
    """A1, A3, A6."""
    for roll in state.rollcalls:
        assert roll.ended_ms is not None or roll is state.rollcalls[-1]
        for row in roll.rows:
            assert row.venue in state.venues
            assert (row.result is None) is (row.result_ms is None)
            assert row.after_ms is None or (row.after_ms >= 0 and row.result is not None)
        if roll.ended_ms is not None and roll.rollcall_id not in cut:
            assert all(row.result is not None for row in roll.rows)
    if (roll_now := state.rollcall) is not None:
        assert roll_now.current is not None
        assert roll_now.next_ms is not None
        so_far = roll_now.rows[: roll_now.current]
        assert roll_now.rollcall_id in cut or all(row.result is not None for row in so_far)


def check(stream: Stream) -> None:
    state: Session = stream.state
    assert state.running, "it never ends by itself"
    check_chair(state)
    check_floor(state)
    check_pictures(state)
    check_roll_calls(state, cut_short(stream))


def by_seat(seat: str) -> Actor:
    return next(actor for actor in SEATS if actor.seat == seat)


def cut_short(stream: Stream) -> set[str]:
    """The runs that the chair has ended at some time: who was not asked then has no result."""
    ends = [one.event for one in stream.events if isinstance(one.event, RollCallEnded)]
    return {end.rollcall_id for end in ends if end.reason == "by_chair"}


def drive(seed: int, steps: int = 150) -> Stream:
    random, stream = Random(seed), Stream("session:s-1")
    stream.do(start_session(YINGJI, XINYANG, KAIFENG, heirs=[BACKUP]), OFFICER)
    stream.do(JoinSession(venue="office"), OFFICER)
    for actor in (YINGJI, XINYANG, KAIFENG):
        stream.do(AnswerCall(venue=actor.seat or ""), actor)
    for number in range(steps):
        before = stream.state
        command = any_command(random, before, number)
        try:
            stream.do(command, anybody(random, before, command), after_ms=random.randrange(13_000))
        except Refusal:
            assert stream.state is before
        check(stream)
    return stream


seeds = st.integers(0, 2**32 - 1)


@settings(max_examples=150, deadline=None)
@given(seed=seeds)
def test_C1_F1_F2_F4_V1_V4_A1_A3_S20_hold_after_every_step(seed: int) -> None:
    stream = drive(seed)
    encoded = msgspec.json.encode(stream.events)
    events = msgspec.json.decode(encoded, type=list[Recorded[SessionEvent]])
    assert folded(events) == stream.state, "the log alone says all of it"
    middle = len(events) // 2
    state = msgspec.convert(msgspec.to_builtins(folded(events[:middle])), Session)
    for recorded in events[middle:]:
        state = apply(state, recorded)
    assert state == stream.state, "and so does a state in the middle with the rest of it"


@settings(max_examples=150, deadline=None)
@given(seed=seeds)
def test_A4_A6_a_run_that_is_left_alone_ends_with_a_result_for_everybody(seed: int) -> None:
    stream = drive(seed)
    if stream.state.rollcall is None:
        stream.do(
            StartRollCall(rollcall_id="rc-last", venues=list(stream.state.venues)),
            by_seat(stream.state.chair),
        )
    rows, place = len(stream.state.rollcalls[-1].rows), stream.state.rollcalls[-1].current or 0
    for _ in range(rows):
        roll = stream.state.rollcall
        if roll is not None:
            wait_ms = max(0, roll.next_ms - stream.now_ms)
            stream.do(NextInRollCall(venue=roll.asked), HUB, after_ms=wait_ms)
    last = stream.state.rollcalls[-1]
    assert last.ended_ms is not None
    assert len(last.rows) == rows
    assert all(row.result is not None for row in last.rows[place:])
    check_roll_calls(stream.state, cut_short(stream))


@settings(max_examples=40, deadline=None)
@given(seed=seeds)
def test_S8_after_the_end_nothing_happens_and_nothing_runs(seed: int) -> None:
    random, stream = Random(seed), drive(seed)
    stream.do(EndSession(), OFFICER)
    ended = stream.state
    assert ended.floor.turn is None
    assert ended.floor.queue == []
    assert ended.picture.carousel is None
    assert ended.rollcall is None
    assert not any(is_there(ended, key) for key in ended.venues)
    for number in range(40):
        command = any_command(random, ended, number)
        with pytest.raises(Refusal, match=r"session\.ended"):
            stream.do(command, anybody(random, ended, command))
