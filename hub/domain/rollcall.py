"""点名: the chosen venues are asked in turn on everybody's screen, and each answer is measured (A1 to A6)."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hub.domain.event import Command, Event

ANSWER_S = 12
"""How long a venue is waited for: twenty venues take less than five minutes, however slow they are (A6)."""

REACTION_MS = 400
"""Nobody answers sooner: what is heard before is what was being said when the question came."""

LINGER_MS = 2_500
"""How long an answer stays on the screens before the next venue is asked."""


class RollResult(StrEnum):
    """应答 · 无应答 · 有图无声 · 有声无图 · 离线 · 请假"""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    PICTURE_ONLY = "picture_only"
    SOUND_ONLY = "sound_only"
    OFFLINE = "offline"
    ON_LEAVE = "on_leave"


class RollRow(msgspec.Struct, frozen=True, kw_only=True):
    """``after_ms``: from being asked to the answer, on the hub's clock. ``by``: voice, key or chair.
    ``late``: 补点, appended after it was missed or had not been chosen."""

    venue: str
    late: bool = False
    asked_ms: int | None = None
    result: RollResult | None = None
    result_ms: int | None = None
    after_ms: int | None = None
    by: str | None = None
    note: str = ""


class RollCall(msgspec.Struct, frozen=True, kw_only=True):
    """``current``: the place in ``rows`` that is asked now; ``next_ms``: when the hub goes on by itself."""

    rollcall_id: str
    rows: list[RollRow]
    answer_s: int
    started_ms: int
    ended_ms: int | None = None
    current: int | None = None
    next_ms: int | None = None

    @property
    def asked(self) -> str | None:
        """The venue that is asked now."""
        return self.rows[self.current].venue if self.current is not None else None


# --- commands -----------------------------------------------------------------------------------


class StartRollCall(Command, frozen=True, kw_only=True):
    rollcall_id: str
    venues: list[str]
    answer_s: int = ANSWER_S


class AnswerRollCall(Command, frozen=True, kw_only=True):
    """By the venue, with one key."""

    venue: str


class HearRollCall(Command, frozen=True, kw_only=True):
    """The hub has heard the venue speak since it was asked; ``heard_ms``: when."""

    venue: str
    heard_ms: int


class TickRollCall(Command, frozen=True, kw_only=True):
    """The chair sets a result, at any time while the session runs, also afterwards."""

    rollcall_id: str
    venue: str
    result: RollResult
    note: str = ""


class NextInRollCall(Command, frozen=True, kw_only=True):
    """The chair goes on at once; by the hub when the time is over. ``venue``: whom it is about."""

    venue: str


class AskAgain(Command, frozen=True, kw_only=True):
    """补点: ask these (again), at the end of the run."""

    venues: list[str]


class EndRollCall(Command, frozen=True, kw_only=True):
    pass


# --- events -------------------------------------------------------------------------------------


class RollCallStarted(Event, frozen=True, kw_only=True, tag="rollcall.started"):
    rollcall_id: str
    venues: list[str]
    answer_s: int


class RollCallAsked(Event, frozen=True, kw_only=True, tag="rollcall.asked"):
    """``place`` in the rows."""

    venue: str
    place: int
    next_ms: int


class RollCallTicked(Event, frozen=True, kw_only=True, tag="rollcall.ticked"):
    rollcall_id: str
    venue: str
    place: int
    result: RollResult
    after_ms: int | None
    by: str
    note: str = ""
    next_ms: int | None = None


class RollCallAppended(Event, frozen=True, kw_only=True, tag="rollcall.appended"):
    venue: str


class RollCallEnded(Event, frozen=True, kw_only=True, tag="rollcall.ended"):
    """``reason``: done, by_chair or session."""

    rollcall_id: str
    reason: str


RollCallEvent = RollCallStarted | RollCallAsked | RollCallTicked | RollCallAppended | RollCallEnded
