"""Which picture is the large one, and what becomes of a wish about it (rules V1 to V5)."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain.event import Actor, Command, Recorded, Role
from hub.domain.picture import (
    INTERVAL_MAX_S,
    INTERVAL_MIN_S,
    LAYOUTS,
    Broadcast,
    BroadcastStarted,
    BroadcastStopped,
    BroadcastVenue,
    Carousel,
    CarouselKind,
    CarouselPaused,
    CarouselStarted,
    CarouselStopped,
    CarouselTurned,
    LayoutSet,
    MainPicture,
    PauseCarousel,
    Picture,
    PictureEvent,
    SetLayout,
    SetVoiceSwitching,
    StartCarousel,
    StopBroadcast,
    StopCarousel,
    TurnCarousel,
    VoiceSwitchingSet,
    Why,
)
from hub.domain.session import Session, SessionEvent
from hub.domain.venues import is_joined, is_there, venue_of, venue_there
from hub.errors import Refusal

CHAIR_ONLY = (
    BroadcastVenue,
    StopBroadcast,
    StartCarousel,
    PauseCarousel,
    TurnCarousel,
    StopCarousel,
    SetLayout,
    SetVoiceSwitching,
)

VENUES_MAX = 200


def main_picture(
    state: Session, viewer: str | None, choice: str | None = None, speaker: str | None = None
) -> MainPicture | None:
    """V1: broadcast > named > broadcast carousel > own choice > voice; None when there is nothing to show.

    A venue is never shown to itself: where all others see it, it sees what comes next.
    """

    def shows(venue: str | None) -> bool:
        return venue != viewer and is_there(state, venue)

    broadcast, carousel = state.picture.broadcast, state.picture.carousel
    if broadcast is not None and (broadcast.venue is None or shows(broadcast.venue)):
        return MainPicture(broadcast.venue, Why.BROADCAST, forced=True)
    if shows(named := named_venue(state)):
        return MainPicture(named, Why.NAMED, forced=True)
    if carousel is not None and shows(carousel.shown):
        is_mine = carousel.kind is CarouselKind.CHAIR and viewer == state.chair
        if is_mine or carousel.kind is CarouselKind.BROADCAST:
            return MainPicture(carousel.shown, Why.CAROUSEL, forced=True)
    if shows(choice):
        return MainPicture(choice, Why.CHOICE, forced=False)
    if state.picture.voice and shows(speaker):
        return MainPicture(speaker, Why.VOICE, forced=False)
    return MainPicture(state.chair, Why.CHAIR, forced=False) if shows(state.chair) else None


def named_venue(state: Session) -> str | None:
    """Whom the chair has called upon: in a roll call, or by name, or from the queue."""
    if state.rollcall is not None and state.rollcall.asked is not None:
        return state.rollcall.asked
    return state.floor.turn.venue if state.floor.turn is not None else None


def decide(state: Session, command: Command, by: Actor, now_ms: int) -> list[SessionEvent]:
    picture = state.picture
    match command:
        case BroadcastVenue(venue=venue):
            if venue is not None:
                venue_there(state, venue)
            same = picture.broadcast is not None and picture.broadcast.venue == venue
            return [] if same else [BroadcastStarted(venue=venue)]
        case StopBroadcast():
            if picture.broadcast is None:
                return []
            return [BroadcastStopped(venue=picture.broadcast.venue, reason="by_chair")]
        case StartCarousel():
            return _start(state, command)
        case PauseCarousel(paused=paused):
            carousel = _running(state)
            return [CarouselPaused(paused=paused)] if carousel.paused is not paused else []
        case TurnCarousel():
            return _turn(state, by, now_ms)
        case StopCarousel():
            return [CarouselStopped()] if picture.carousel is not None else []
        case SetLayout(layout=layout):
            if layout is not None and layout not in LAYOUTS:
                raise Refusal("bad_request", field="layout", allowed=list(LAYOUTS))
            return [LayoutSet(layout=layout)] if layout != picture.layout else []
        case SetVoiceSwitching(on=on):
            return [VoiceSwitchingSet(on=on)] if on is not picture.voice else []
    raise TypeError(command)


def _start(state: Session, wish: StartCarousel) -> list[SessionEvent]:
    venues = [venue_of(state, venue).venue for venue in dict.fromkeys(wish.venues)]
    if not venues or len(venues) > VENUES_MAX:
        raise Refusal("session.no_venues")
    if not INTERVAL_MIN_S <= wish.interval_s <= INTERVAL_MAX_S:
        raise Refusal("bad_request", field="interval_s", min=INTERVAL_MIN_S, max=INTERVAL_MAX_S)
    shown = _behind(state, venues, None)
    return [CarouselStarted(kind=wish.kind, venues=venues, interval_s=wish.interval_s, shown=shown)]


def _turn(state: Session, by: Actor, now_ms: int) -> list[SessionEvent]:
    """The hub's timer may come too late for what it was set for, and twice."""
    carousel = state.picture.carousel
    if by.role is Role.HUB and (carousel is None or carousel.paused or now_ms < turns_ms(carousel)):
        return []
    carousel = _running(state)
    shown = _behind(state, carousel.venues, carousel.shown)
    return [CarouselTurned(shown=shown)] if shown != carousel.shown else []


def turns_ms(carousel: Carousel) -> int:
    """When the hub turns it."""
    return carousel.since_ms + carousel.interval_s * 1000


def _running(state: Session) -> Carousel:
    if state.picture.carousel is None:
        raise Refusal("picture.no_carousel")
    return state.picture.carousel


def _behind(state: Session, venues: list[str], shown: str | None) -> str | None:
    """V3: the next venue whose line stands; those that are not there are passed over."""
    place = venues.index(shown) + 1 if shown in venues else 0
    around = [*venues[place:], *venues[:place]]
    return next((venue for venue in around if is_joined(state, venue)), None)


def picture_over(state: Session, venue: str) -> list[SessionEvent]:
    """``venue`` leaves: what was broadcast of it is over."""
    broadcast = state.picture.broadcast
    is_broadcast = broadcast is not None and broadcast.venue == venue
    return [BroadcastStopped(venue=venue, reason="left")] if is_broadcast else []


def apply(state: Session, recorded: Recorded[SessionEvent]) -> Session:
    return replace(state, picture=_applied(state.picture, recorded))


def _applied(picture: Picture, recorded: Recorded[SessionEvent]) -> Picture:
    event: PictureEvent = recorded.event  # type: ignore[assignment]
    at_ms, carousel = recorded.at_ms, picture.carousel
    match event:
        case BroadcastStarted(venue=venue):
            return replace(picture, broadcast=Broadcast(venue=venue, since_ms=at_ms))
        case BroadcastStopped():
            return replace(picture, broadcast=None)
        case CarouselStarted(kind=kind, venues=venues, interval_s=interval_s, shown=shown):
            fresh = Carousel(kind=kind, venues=venues, interval_s=interval_s, shown=shown, since_ms=at_ms)
            return replace(picture, carousel=fresh)
        case CarouselPaused(paused=paused):
            since = {"paused": paused, "since_ms": at_ms}
            return replace(picture, carousel=carousel and replace(carousel, **since))
        case CarouselTurned(shown=shown):
            return replace(picture, carousel=carousel and replace(carousel, shown=shown, since_ms=at_ms))
        case CarouselStopped():
            return replace(picture, carousel=None)
        case LayoutSet(layout=layout):
            return replace(picture, layout=layout)
        case VoiceSwitchingSet(on=on):
            return replace(picture, voice=on)
