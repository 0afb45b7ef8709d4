"""Every command of a session, and everybody who might send it: a table."""

from __future__ import annotations

import inspect

import pytest

from hub.domain import chair, conduct, floor, picture, rollcall, session
from hub.domain.chair import EndChairRequest, ReleaseChair, RequestChair, TakeChair, TransferChair
from hub.domain.conduct import (
    Contact,
    EscalateCall,
    LockPresentation,
    LockSession,
    NotePhoneCall,
    NoteRinging,
    PlanEnd,
    RemoveVenue,
    RenameVenue,
)
from hub.domain.event import HUB, Actor, Command, Role
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
from hub.domain.picture import (
    BroadcastVenue,
    CarouselKind,
    PauseCarousel,
    SetLayout,
    SetVoiceSwitching,
    StartCarousel,
    StopBroadcast,
    StopCarousel,
    TurnCarousel,
)
from hub.domain.rollcall import (
    AnswerRollCall,
    AskAgain,
    EndRollCall,
    HearRollCall,
    NextInRollCall,
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
    EndSource,
    ExpireCall,
    JoinSession,
    LeaveSession,
    MarkerKind,
    MuteAll,
    MuteVenue,
    NoteSpeech,
    ReturnVenue,
    SetDevices,
    SetMarker,
    Source,
    StartPresentation,
    StartSource,
    StopPresentation,
)
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
from tests.support.meeting import meeting

ELSEWHERE = Actor(account="o2", person="钱进", role=Role.OFFICER, seat="luoyang", seat_name="洛阳总值班室")
ADMIN = Actor(account="admin", person="郑明", role=Role.ADMIN)

PEOPLE = {
    "chair": YINGJI,  # it was passed to a branch venue, so that chair and office are two
    "office": OFFICER,
    "backup": BACKUP,
    "self": XINYANG,  # the venue that the command names
    "other": KAIFENG,
    "stranger": STRANGER,
    "elsewhere": ELSEWHERE,
    "reviewer": REVIEWER,
    "admin": ADMIN,
    "hub": HUB,
}
CHAIR = {"chair", "hub"}
STEERING = {"chair", "office", "backup", "hub"}
SELF = {"self", "hub"}
ONLY_HUB = {"hub"}

LI = Contact(name="李主任")
X = "xinyang"
SOURCE = Source(source_id="p-9", venue=X, name="camera", kind="video", codec="VP8")
MARK = SetMarker(marker_id="m-1", kind=MarkerKind.KEY, label="到岗")
CAROUSEL = StartCarousel(kind=CarouselKind.CHAIR, venues=[X])
TICK = TickRollCall(rollcall_id="rc-1", venue=X, result=RollResult.ON_LEAVE)
PHONE = NotePhoneCall(venue=X, name="李", phone="1", reached=True, note="")

RIGHTS: list[tuple[Command, set[str]]] = [
    (CallVenues(venues=[invited(STRANGER)]), STEERING),
    (AnswerCall(venue=X), SELF),
    (DeclineCall(venue=X), SELF),
    (ExpireCall(venue=X), ONLY_HUB),
    (JoinSession(venue=X), SELF),
    (DropVenue(venue=X), ONLY_HUB),
    (ReturnVenue(venue=X), ONLY_HUB),
    (LeaveSession(venue=X), STEERING | SELF),
    (SetDevices(venue=X, camera=False), SELF),
    (MuteVenue(venue=X, muted=False), CHAIR),
    (MuteAll(muted=True), CHAIR),
    (StartPresentation(venue=X), SELF),
    (StopPresentation(), {"self", "chair"}),
    (StartSource(source=SOURCE), ONLY_HUB),
    (EndSource(venue=X, source_id="p-9"), ONLY_HUB),
    (NoteSpeech(venue=X, from_ms=1, to_ms=2), ONLY_HUB),
    (MARK, STEERING),
    (EndSession(), {"office", "backup", "hub"}),
    (RequestChair(venue=X), SELF),
    (EndChairRequest(venue=X), CHAIR | SELF),
    (TransferChair(venue=X), CHAIR),
    (ReleaseChair(), CHAIR),
    (TakeChair(), {"office", "backup"}),
    (SetSpeakMode(mode=SpeakMode.SILENT), CHAIR),
    (AllowSelfUnmute(allowed=False), CHAIR),
    (OpenMicrophone(venue=X), SELF),
    (NameSpeaker(venue=X), CHAIR),
    (RequestFloor(venue=X), SELF),
    (GrantFloor(venue=X), CHAIR),
    (EndFloorRequest(venue=X), CHAIR | SELF),
    (EndTurn(), {"chair", "other"}),  # the other one has the floor
    (BroadcastVenue(venue=X), CHAIR),
    (StopBroadcast(), CHAIR),
    (CAROUSEL, CHAIR),
    (PauseCarousel(paused=True), CHAIR),
    (TurnCarousel(), CHAIR),
    (StopCarousel(), CHAIR),
    (SetLayout(layout=4), CHAIR),
    (SetVoiceSwitching(on=False), CHAIR),
    (StartRollCall(rollcall_id="rc-2", venues=[X]), CHAIR),
    (AnswerRollCall(venue=X), SELF),
    (HearRollCall(venue=X, heard_ms=START_MS), ONLY_HUB),
    (TICK, CHAIR),
    (NextInRollCall(venue=X), CHAIR),
    (AskAgain(venues=["kaifeng"]), CHAIR),
    (EndRollCall(), CHAIR),
    (NoteRinging(venue=X), SELF),
    (EscalateCall(venue=X, contacts=[LI], place=0), STEERING),
    (PHONE, STEERING),
    (LockSession(locked=True), CHAIR),
    (LockPresentation(locked=True), CHAIR),
    (PlanEnd(ends_ms=START_MS + 3_600_000), CHAIR),
    (RenameVenue(venue=X, short_name="信"), CHAIR),
    (RemoveVenue(venue=X), CHAIR),
]
"""Whom the rules do not send away. What else stands against it (a state, a value) is not asked here."""


def busy() -> Stream:
    """Something of everything runs."""
    stream = meeting(chair=YINGJI)
    stream.do_all(
        [
            (StartPresentation(venue=X), XINYANG),
            (MuteVenue(venue=X, muted=True), YINGJI),
            (AllowSelfUnmute(allowed=True), YINGJI),
            (RequestChair(venue=X), XINYANG),
            (RequestFloor(venue=X), XINYANG),
            (NameSpeaker(venue="kaifeng"), YINGJI),
            (BroadcastVenue(venue="kaifeng"), YINGJI),
            (CAROUSEL, YINGJI),
            (StartRollCall(rollcall_id="rc-1", venues=[X]), YINGJI),
        ]
    )
    return stream


def is_sent_away(stream: Stream, command: Command, by: Actor) -> bool:
    try:
        stream.rules.decide(stream.state, command, by, stream.now_ms)
    except Refusal as refusal:
        return refusal.code in ("forbidden", "session.foreign")
    return False


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(("command", "allowed"), RIGHTS, ids=lambda one: type(one).__name__)
def test_P1_P2_P3_who_may_send_what_is_a_table(command: Command, allowed: set[str], who: str) -> None:
    assert is_sent_away(busy(), command, PEOPLE[who]) is (who not in allowed)


def test_P4_only_an_officer_starts_and_it_is_started_once() -> None:
    for who, by in PEOPLE.items():
        started = not is_sent_away(Stream("session:s-1"), start_session(XINYANG), by)
        assert started is (by.role is Role.OFFICER), who


def test_P1_P2_P3_the_table_has_every_command_there_is() -> None:
    modules = (session, chair, floor, picture, rollcall, conduct)
    known = {
        cls
        for module in modules
        for _, cls in inspect.getmembers(module, inspect.isclass)
        if issubclass(cls, Command) and cls.__module__ == module.__name__
    }
    assert {type(command) for command, _ in RIGHTS} == known - {session.StartSession}


@pytest.mark.parametrize("command", [command for command, _ in RIGHTS], ids=lambda one: type(one).__name__)
def test_S8_nothing_at_all_happens_after_the_end(command: Command) -> None:
    stream = busy()
    stream.do(EndSession(), OFFICER)
    for by in PEOPLE.values():
        with pytest.raises(Refusal, match=r"session\.ended"):
            stream.rules.decide(stream.state, command, by, stream.now_ms)
