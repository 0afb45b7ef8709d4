"""Whose picture is the large one: broadcast, carousel, layout and voice switching (rules V1 to V5)."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hub.domain.event import Command, Event

LAYOUTS = (1, 4, 9, 16)
INTERVAL_MIN_S, INTERVAL_S, INTERVAL_MAX_S = 5, 10, 60


class CarouselKind(StrEnum):
    """主席轮询 · 广播轮询 · 多画面轮询"""

    CHAIR = "chair"
    BROADCAST = "broadcast"
    CELL = "cell"


class Broadcast(msgspec.Struct, frozen=True, kw_only=True):
    """广播会场; without a venue it is the multi-picture (广播多画面) that everybody sees."""

    venue: str | None
    since_ms: int


class Carousel(msgspec.Struct, frozen=True, kw_only=True):
    """轮询 over ``venues`` in their order; ``shown`` is the one whose turn it is, since ``since_ms``.

    It turns every ``interval_s`` while it is not ``paused``. ``shown`` is None while none of them is there.
    """

    kind: CarouselKind
    venues: list[str]
    interval_s: int
    shown: str | None
    since_ms: int
    paused: bool = False


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """``layout``: how many pictures the chair wants side by side, 1 being one large one; None leaves it to
    each venue. ``voice``: 声控切换, the large picture follows who speaks."""

    broadcast: Broadcast | None = None
    carousel: Carousel | None = None
    layout: int | None = None
    voice: bool = True


class Why(StrEnum):
    """Why a picture is the large one, in the order of precedence."""

    BROADCAST = "broadcast"
    NAMED = "named"
    CAROUSEL = "carousel"
    CHOICE = "choice"
    VOICE = "voice"
    CHAIR = "chair"


class MainPicture(msgspec.Struct, frozen=True):
    """``venue`` None: the multi-picture. A ``forced`` one cannot be changed by who looks at it."""

    venue: str | None
    why: Why
    forced: bool


# --- commands -----------------------------------------------------------------------------------


class BroadcastVenue(Command, frozen=True, kw_only=True):
    """``venue`` None: the multi-picture."""

    venue: str | None


class StopBroadcast(Command, frozen=True, kw_only=True):
    pass


class StartCarousel(Command, frozen=True, kw_only=True):
    kind: CarouselKind
    venues: list[str]
    interval_s: int = INTERVAL_S


class PauseCarousel(Command, frozen=True, kw_only=True):
    paused: bool


class TurnCarousel(Command, frozen=True, kw_only=True):
    """By the chair at once (下一个), or by the hub's timer."""


class StopCarousel(Command, frozen=True, kw_only=True):
    pass


class SetLayout(Command, frozen=True, kw_only=True):
    layout: int | None


class SetVoiceSwitching(Command, frozen=True, kw_only=True):
    on: bool


# --- events -------------------------------------------------------------------------------------


class BroadcastStarted(Event, frozen=True, kw_only=True, tag="broadcast.started"):
    venue: str | None


class BroadcastStopped(Event, frozen=True, kw_only=True, tag="broadcast.stopped"):
    """``reason``: by_chair or left."""

    venue: str | None
    reason: str


class CarouselStarted(Event, frozen=True, kw_only=True, tag="carousel.started"):
    kind: CarouselKind
    venues: list[str]
    interval_s: int
    shown: str | None


class CarouselPaused(Event, frozen=True, kw_only=True, tag="carousel.paused"):
    paused: bool


class CarouselTurned(Event, frozen=True, kw_only=True, tag="carousel.turned"):
    shown: str | None


class CarouselStopped(Event, frozen=True, kw_only=True, tag="carousel.stopped"):
    pass


class LayoutSet(Event, frozen=True, kw_only=True, tag="picture.layout"):
    layout: int | None


class VoiceSwitchingSet(Event, frozen=True, kw_only=True, tag="picture.voice"):
    on: bool


PictureEvent = (
    BroadcastStarted
    | BroadcastStopped
    | CarouselStarted
    | CarouselPaused
    | CarouselTurned
    | CarouselStopped
    | LayoutSet
    | VoiceSwitchingSet
)
