"""Whose picture is the large one: broadcast, named, carousel, own choice, voice, chair."""

from __future__ import annotations

from itertools import product

import pytest

from hub.domain.event import HUB, Actor, Command
from hub.domain.floor import NameSpeaker
from hub.domain.picture import (
    INTERVAL_MAX_S,
    INTERVAL_MIN_S,
    INTERVAL_S,
    BroadcastStarted,
    BroadcastStopped,
    BroadcastVenue,
    CarouselKind,
    CarouselPaused,
    CarouselStarted,
    CarouselStopped,
    CarouselTurned,
    LayoutSet,
    MainPicture,
    PauseCarousel,
    SetLayout,
    SetVoiceSwitching,
    StartCarousel,
    StopBroadcast,
    StopCarousel,
    TurnCarousel,
    VoiceSwitchingSet,
    Why,
)
from hub.domain.picture_rules import main_picture
from hub.domain.rollcall import StartRollCall
from hub.domain.session import DropVenue, JoinSession, LeaveSession, ReturnVenue
from hub.live.orders import orders_of
from tests.support.factories import KAIFENG, OFFICER, XINYANG, YINGJI, Stream
from tests.support.meeting import lose, meeting, refused

ZHENGZHOU = Actor(
    account="zhengzhou", person="吴刚", role=YINGJI.role, seat="zhengzhou", seat_name="郑州市委值班室"
)
LUOYANG = Actor(
    account="luoyang", person="何静", role=YINGJI.role, seat="luoyang", seat_name="洛阳市委值班室"
)
EVERYBODY = (YINGJI, XINYANG, KAIFENG, ZHENGZHOU, LUOYANG)

# The order is the rule; each has a picture of its own here, so that none can be taken for another.
PRECEDENCE = (
    (Why.BROADCAST, "yingji"),
    (Why.NAMED, "xinyang"),
    (Why.CAROUSEL, "kaifeng"),
    (Why.CHOICE, "zhengzhou"),
    (Why.VOICE, "luoyang"),
    (Why.CHAIR, "office"),
)
FORCED = {Why.BROADCAST, Why.NAMED, Why.CAROUSEL}


def carousel(*venues: str, kind: CarouselKind = CarouselKind.BROADCAST) -> StartCarousel:
    return StartCarousel(kind=kind, venues=list(venues))


def set_up(stream: Stream, why: Why) -> None:
    commands: dict[Why, Command] = {
        Why.BROADCAST: BroadcastVenue(venue="yingji"),
        Why.NAMED: NameSpeaker(venue="xinyang"),
        Why.CAROUSEL: carousel("kaifeng"),
    }
    if why in commands:
        stream.do(commands[why], OFFICER)


@pytest.mark.parametrize("on", list(product((False, True), repeat=5)))
def test_V1_precedence_over_all_that_may_be_on_at_once(on: tuple[bool, ...]) -> None:
    stream = meeting(*EVERYBODY)
    active = [one for one, is_on in zip(PRECEDENCE, (*on, True), strict=True) if is_on]
    for why, _ in active:
        set_up(stream, why)
    choice = next((venue for why, venue in active if why is Why.CHOICE), None)
    speaker = next((venue for why, venue in active if why is Why.VOICE), None)
    why, venue = active[0]
    shown = main_picture(stream.state, None, choice, speaker)
    assert shown == MainPicture(venue, why, forced=why in FORCED)
    assert orders_of(stream.state).forced == (venue if why in FORCED else None)


@pytest.mark.parametrize("place", range(5))
def test_V1_nobody_sees_itself_but_what_comes_next(place: int) -> None:
    stream = meeting(*EVERYBODY)
    for why, _ in PRECEDENCE[place:]:
        set_up(stream, why)
    viewer = PRECEDENCE[place][1]
    choice = "zhengzhou" if place <= 3 else None
    shown = main_picture(stream.state, viewer, choice, "luoyang")
    assert shown is not None
    assert (shown.why, shown.venue) == PRECEDENCE[place + 1]


def test_V1_the_chair_alone_sees_nothing_and_in_the_multi_picture_all_are_seen() -> None:
    stream = meeting()
    assert main_picture(stream.state, "office") is None
    stream.do(BroadcastVenue(venue=None), OFFICER)
    assert main_picture(stream.state, "office") == MainPicture(None, Why.BROADCAST, forced=True)
    assert orders_of(stream.state).forced is None, "every picture is as large as the others"


def test_V1_who_is_asked_in_a_roll_call_is_seen_before_who_has_the_floor() -> None:
    stream = meeting()
    stream.do(NameSpeaker(venue="xinyang"), OFFICER)
    stream.do(StartRollCall(rollcall_id="rc-1", venues=["kaifeng"]), OFFICER)
    assert main_picture(stream.state, "yingji") == MainPicture("kaifeng", Why.NAMED, forced=True)


@pytest.mark.parametrize(
    ("kind", "of_the_chair", "of_a_branch"),
    [
        (CarouselKind.BROADCAST, Why.CAROUSEL, Why.CAROUSEL),
        (CarouselKind.CHAIR, Why.CAROUSEL, Why.CHOICE),
        (CarouselKind.CELL, Why.CHOICE, Why.CHOICE),
    ],
)
def test_V1_whose_screen_a_carousel_turns(kind: CarouselKind, of_the_chair: Why, of_a_branch: Why) -> None:
    stream = meeting()
    stream.do(carousel("kaifeng", kind=kind), OFFICER)
    for viewer, why in (("office", of_the_chair), ("yingji", of_a_branch)):
        shown = main_picture(stream.state, viewer, "xinyang")
        assert shown is not None
        assert shown.why is why
    assert (orders_of(stream.state).forced is not None) is (kind is CarouselKind.BROADCAST)


def test_V1_who_is_gone_is_shown_to_nobody() -> None:
    stream = meeting()
    stream.do(carousel("kaifeng"), OFFICER)
    stream.do(LeaveSession(venue="kaifeng"), KAIFENG)
    shown = main_picture(stream.state, "yingji", "kaifeng", "kaifeng")
    assert shown == MainPicture("office", Why.CHAIR, forced=False)


def test_V1_without_voice_switching_the_chair_stays_large() -> None:
    stream = meeting()
    assert stream.do(SetVoiceSwitching(on=False), OFFICER) == [VoiceSwitchingSet(on=False)]
    assert stream.do(SetVoiceSwitching(on=False), OFFICER) == []
    shown = main_picture(stream.state, "yingji", None, "xinyang")
    assert shown == MainPicture("office", Why.CHAIR, forced=False)


def test_V3_a_carousel_turns_in_its_order_and_passes_over_who_is_not_there() -> None:
    stream = meeting()
    started = stream.do(carousel("xinyang", "yingji", "xinyang", "kaifeng"), OFFICER)
    assert started == [
        CarouselStarted(
            kind=CarouselKind.BROADCAST,
            venues=["xinyang", "yingji", "kaifeng"],
            interval_s=INTERVAL_S,
            shown="xinyang",
        )
    ]
    assert stream.do(TurnCarousel(), OFFICER) == [CarouselTurned(shown="yingji")]
    stream.do(DropVenue(venue="kaifeng"), HUB)
    assert stream.do(TurnCarousel(), OFFICER) == [CarouselTurned(shown="xinyang")]
    stream.do(ReturnVenue(venue="kaifeng"), HUB)
    stream.do(LeaveSession(venue="yingji"), YINGJI)
    assert stream.do(TurnCarousel(), OFFICER) == [CarouselTurned(shown="kaifeng")]


def test_V3_the_hub_turns_it_when_it_is_time_and_never_early() -> None:
    stream = meeting()
    stream.do(carousel("xinyang", "yingji"), OFFICER)
    assert stream.do(TurnCarousel(), HUB, after_ms=INTERVAL_S * 1000 - 1) == []
    assert stream.do(TurnCarousel(), HUB, after_ms=1) == [CarouselTurned(shown="yingji")]
    assert stream.do(TurnCarousel(), HUB, after_ms=0) == [], "a second timer changes nothing"
    assert stream.do(PauseCarousel(paused=True), OFFICER) == [CarouselPaused(paused=True)]
    assert stream.do(PauseCarousel(paused=True), OFFICER) == []
    assert stream.do(TurnCarousel(), HUB, after_ms=60_000) == []
    assert stream.do(TurnCarousel(), OFFICER) == [CarouselTurned(shown="xinyang")], "the chair may"
    stream.do(PauseCarousel(paused=False), OFFICER)
    assert stream.do(TurnCarousel(), HUB, after_ms=INTERVAL_S * 1000) == [CarouselTurned(shown="yingji")]


def test_V3_with_nobody_there_it_shows_nobody_and_goes_on_when_somebody_comes() -> None:
    stream = meeting()
    for venue in ("xinyang", "yingji"):
        lose(stream, venue)
    stream.do(carousel("xinyang", "yingji"), OFFICER)
    assert stream.state.picture.carousel.shown is None
    assert stream.do(TurnCarousel(), HUB, after_ms=INTERVAL_S * 1000) == []
    stream.do(JoinSession(venue="yingji"), YINGJI)
    assert stream.do(TurnCarousel(), HUB) == [CarouselTurned(shown="yingji")]


@pytest.mark.parametrize(
    ("venues", "interval_s", "code"),
    [
        ([], INTERVAL_S, "session.no_venues"),
        (["hebi"], INTERVAL_S, "session.foreign"),
        (["yingji"], INTERVAL_MIN_S - 1, "bad_request"),
        (["yingji"], INTERVAL_MAX_S + 1, "bad_request"),
    ],
)
def test_V3_a_carousel_has_venues_and_a_sensible_interval(
    venues: list[str], interval_s: int, code: str
) -> None:
    wish = StartCarousel(kind=CarouselKind.CELL, venues=venues, interval_s=interval_s)
    assert refused(meeting(), wish, OFFICER) == code


def test_V3_what_does_not_run_is_not_paused_turned_or_stopped() -> None:
    stream = meeting()
    for command in (PauseCarousel(paused=True), TurnCarousel()):
        assert refused(stream, command, OFFICER) == "picture.no_carousel"
    assert stream.do(StopCarousel(), OFFICER) == []
    stream.do(carousel("yingji"), OFFICER)
    assert stream.do(StopCarousel(), OFFICER) == [CarouselStopped()]
    assert stream.do(TurnCarousel(), HUB, after_ms=60_000) == []


def test_V4_one_venue_is_broadcast_at_a_time() -> None:
    stream = meeting()
    for venue in ("yingji", "xinyang", None):
        assert stream.do(BroadcastVenue(venue=venue), OFFICER) == [BroadcastStarted(venue=venue)]
        assert stream.do(BroadcastVenue(venue=venue), OFFICER) == []
    assert stream.do(StopBroadcast(), OFFICER) == [BroadcastStopped(venue=None, reason="by_chair")]
    assert stream.do(StopBroadcast(), OFFICER) == []


def test_V4_a_broadcast_ends_when_its_venue_leaves_and_not_with_its_line() -> None:
    stream = meeting()
    stream.do(BroadcastVenue(venue="yingji"), OFFICER)
    stream.do(DropVenue(venue="yingji"), HUB)
    assert stream.state.picture.broadcast is not None
    gone = stream.do(LeaveSession(venue="yingji", reason="lost"), HUB)
    assert gone[0] == BroadcastStopped(venue="yingji", reason="left")
    assert refused(stream, BroadcastVenue(venue="yingji"), OFFICER) == "session.not_joined"
    assert refused(stream, BroadcastVenue(venue="hebi"), OFFICER) == "session.foreign"


@pytest.mark.parametrize("layout", [1, 4, 9, 16])
def test_V5_layouts(layout: int) -> None:
    stream = meeting()
    assert stream.do(SetLayout(layout=None), OFFICER) == []
    assert stream.do(SetLayout(layout=layout), OFFICER) == [LayoutSet(layout=layout)]
    assert stream.do(SetLayout(layout=layout), OFFICER) == []
    assert stream.do(SetLayout(layout=None), OFFICER) == [LayoutSet(layout=None)]


@pytest.mark.parametrize("layout", [0, 2, 5, 25, -1])
def test_V5_there_is_no_other_layout(layout: int) -> None:
    assert refused(meeting(), SetLayout(layout=layout), OFFICER) == "bad_request"
