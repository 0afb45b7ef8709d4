"""发言权: who may be heard. One speaker at a time, a queue, and the chair's switches (rules F1 to F8)."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hub.domain.event import Command, Event


class SpeakMode(StrEnum):
    """自由发言 · 申请发言 · 静默"""

    FREE = "free"
    REQUEST = "request"
    SILENT = "silent"


class TurnKind(StrEnum):
    """点名发言 · 申请获准"""

    NAMED = "named"
    GRANTED = "granted"


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """The venue that has the floor, since ``since_ms``."""

    venue: str
    kind: TurnKind
    since_ms: int


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    venue: str
    since_ms: int


class Floor(msgspec.Struct, frozen=True, kw_only=True):
    """``self_unmute``: 允许自行开麦. ``mute_on_entry``: who is called from now on comes in with a closed
    microphone. ``spoken_ms``: how long each venue has had the floor, its present turn aside."""

    mode: SpeakMode = SpeakMode.FREE
    self_unmute: bool = False
    mute_on_entry: bool = False
    turn: Turn | None = None
    queue: list[Waiting] = []
    spoken_ms: dict[str, int] = {}


# --- commands -----------------------------------------------------------------------------------


class SetSpeakMode(Command, frozen=True, kw_only=True):
    mode: SpeakMode


class AllowSelfUnmute(Command, frozen=True, kw_only=True):
    allowed: bool


class OpenMicrophone(Command, frozen=True, kw_only=True):
    """A venue opens the microphone that the chair has closed, where that is allowed."""

    venue: str


class NameSpeaker(Command, frozen=True, kw_only=True):
    """点名发言."""

    venue: str


class RequestFloor(Command, frozen=True, kw_only=True):
    """申请发言 (举手)."""

    venue: str


class GrantFloor(Command, frozen=True, kw_only=True):
    """同意发言."""

    venue: str


class EndFloorRequest(Command, frozen=True, kw_only=True):
    """The venue takes its hand down, or the chair denies it."""

    venue: str


class EndTurn(Command, frozen=True, kw_only=True):
    """By the speaker or by the chair."""


# --- events -------------------------------------------------------------------------------------


class SpeakModeSet(Event, frozen=True, kw_only=True, tag="floor.mode"):
    mode: SpeakMode


class SelfUnmuteSet(Event, frozen=True, kw_only=True, tag="floor.self_unmute"):
    allowed: bool


class MuteOnEntrySet(Event, frozen=True, kw_only=True, tag="floor.mute_on_entry"):
    on: bool


class FloorRequested(Event, frozen=True, kw_only=True, tag="floor.requested"):
    venue: str


class FloorRequestEnded(Event, frozen=True, kw_only=True, tag="floor.request_ended"):
    """``reason``: granted, denied, withdrawn, left, silent (nobody may ask any more) or chair (it steers)."""

    venue: str
    reason: str


class FloorGiven(Event, frozen=True, kw_only=True, tag="floor.given"):
    venue: str
    kind: TurnKind


class FloorEnded(Event, frozen=True, kw_only=True, tag="floor.ended"):
    """``reason``: spoken (by itself), by_chair, replaced, left or chair (it steers now)."""

    venue: str
    reason: str


FloorEvent = (
    SpeakModeSet
    | SelfUnmuteSet
    | MuteOnEntrySet
    | FloorRequested
    | FloorRequestEnded
    | FloorGiven
    | FloorEnded
)
