"""The messages of a duty log, its roster and its handover (值班).

They belong to ``signaling/vocabulary.py``, which has the table of all messages. All of them are about the
sender's own office: the hub knows which one that is.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from hub.domain.duty import EntryKind, PhoneRecord
from hub.domain.roster import Crew, EmptySlot, Shift
from signaling.messages import Push, Wish


class DutyWrite(Wish, frozen=True, kw_only=True):
    """``entry_id`` is made by the page. ``at_ms``: when it happened, if not now; ``call`` of calls only."""

    entry_id: str
    kind: EntryKind
    text: str
    at_ms: int | None = None
    call: PhoneRecord | None = None


class DutyCorrect(Wish, frozen=True, kw_only=True):
    """更正: the original stays readable."""

    entry_id: str
    text: str
    reason: str
    call: PhoneRecord | None = None


class DutyVoid(Wish, frozen=True, kw_only=True):
    entry_id: str
    reason: str


class DutyLink(Wish, frozen=True, kw_only=True):
    """The call became the first report of the incident whose stream is ``report``."""

    entry_id: str
    report: str


class DutySignIn(Wish, frozen=True, kw_only=True):
    """签到 at an empty post. ``crew``: where it is another than the roster's."""

    person: str
    crew: Crew | None = None


class DutyTake(Wish, frozen=True, kw_only=True):
    """立即接班, without a sheet, for a reason."""

    person: str
    reason: str
    crew: Crew | None = None


class DutyCollect(Wish, frozen=True, kw_only=True):
    """Begin a handover, or look again: the hub collects what is open."""


class DutyNote(Wish, frozen=True, kw_only=True):
    """交接说明 for these open items."""

    keys: Annotated[list[str], msgspec.Meta(max_length=500)]
    text: str


class DutyGive(Wish, frozen=True, kw_only=True):
    """交班签字; refused with ``duty.notes_missing`` while an open item has no note."""

    person: str


class DutyWithdraw(Wish, frozen=True, kw_only=True):
    """Take the signature back, as long as nobody has signed for the next shift."""


class DutySign(Wish, frozen=True, kw_only=True):
    """接班签字, by somebody else."""

    person: str
    remark: str = ""
    crew: Crew | None = None


class DutyPlan(Wish, frozen=True, kw_only=True):
    """``replace``: what was planned in that period and has not begun gives way."""

    shifts: Annotated[list[Shift], msgspec.Meta(max_length=500)]
    replace: bool = False


class DutyChangeCrew(Wish, frozen=True, kw_only=True):
    """换班: others take the turn."""

    shift_id: str
    crew: Crew
    reason: str


class DutySwap(Wish, frozen=True, kw_only=True):
    """对调: two crews exchange their turns."""

    shift_id: str
    with_id: str
    reason: str


class DutyRemove(Wish, frozen=True, kw_only=True):
    shift_id: str
    reason: str


class AtPost(msgspec.Struct, frozen=True, kw_only=True):
    """The shift that is at the post. ``until_ms``: when the roster has it relieved."""

    watch_id: str
    crew: Crew
    person: str
    began_ms: int
    until_ms: int | None


class SeatShift(msgspec.Struct, frozen=True, kw_only=True):
    """Who is on shift at a seat, and who comes next.

    ``gaps``: slots of today and tomorrow for which nobody is on the roster. ``off_post_ms``: since when no
    page of the office is there though a shift is at the post (脱岗).
    """

    seat_id: str
    at_post: AtPost | None
    next: Shift | None
    gaps: list[EmptySlot]
    off_post_ms: int | None


class Shifts(Push, frozen=True, kw_only=True):
    """Every office's shifts for officers; for a seat its own."""

    seats: list[SeatShift]
