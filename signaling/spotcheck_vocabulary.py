"""The messages of spot checks (抽查): all of them are for officers alone.

They belong to ``signaling/vocabulary.py``, which has the table of all messages.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from hub.domain.spotcheck import ITEMS, PhoneStep, Verdict
from signaling.messages import Push, Result, Wish


class DrawWish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """随机抽取: so many of the seats that are named; ``label``: what they are together."""

    label: str
    count: Annotated[int, msgspec.Meta(ge=1, le=200)]


class SpotCheckWish(Wish, frozen=True, kw_only=True):
    """A wish about one check."""

    check_id: str


class SpotCheckStart(SpotCheckWish, frozen=True, kw_only=True):
    """``check_id`` is made by the page. ``seats`` in order, or to be drawn from."""

    title: str
    seats: Annotated[list[str], msgspec.Meta(max_length=500)]
    draw: DrawWish | None = None
    items: Annotated[list[str], msgspec.Meta(max_length=20)] = msgspec.field(
        default_factory=lambda: list(ITEMS)
    )


class SpotCheckRowWish(SpotCheckWish, frozen=True, kw_only=True):
    number: int


class SpotCheckCall(SpotCheckRowWish, frozen=True, kw_only=True):
    """Ring the seat of this row now, without notice, in a session of its own."""


class Called(Result, frozen=True, kw_only=True):
    session_id: str


class SpotCheckJudge(SpotCheckRowWish, frozen=True, kw_only=True):
    """The whole finding of a row: checklist, verdict, note, and what is to be put right."""

    answers: Annotated[list[bool | None], msgspec.Meta(max_length=20)]
    verdict: Verdict | None = None
    note: str = ""
    problem: str = ""


class SpotCheckAddPhone(SpotCheckWish, frozen=True, kw_only=True):
    """电话抽查: one more row."""

    seat: str


class SpotCheckPhone(SpotCheckRowWish, frozen=True, kw_only=True):
    """The stopwatch of a telephone row; ``rings``: heard before the answer."""

    step: PhoneStep
    rings: int | None = None


class SpotCheckClose(SpotCheckWish, frozen=True, kw_only=True):
    """The table is complete, and changes no more."""


class SpotCheckSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One check on the list. ``called``: rows whose call is over. ``sessions``: the row of each call."""

    check_id: str
    title: str
    started_ms: int
    closed_ms: int | None
    person: str
    drawn: bool
    rows: int
    called: int
    answered: int
    problems: int
    sessions: dict[str, int]


class SpotChecks(Push, frozen=True, kw_only=True):
    """The newest checks first. Only officers get this."""

    checks: list[SpotCheckSummary]
