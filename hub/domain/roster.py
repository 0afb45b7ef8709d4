"""排班: who is to be on duty when, where nobody is, and what a shift must be (rules L5, L6 and L12)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import msgspec

from hub.domain.deadline import BEIJING_MS, DAY_MS, MINUTE_MS
from hub.errors import Refusal

NAME_MAX = 40
PHONE_MAX = 60
NAMES_MAX = 20
SHIFTS_MAX = 400
SHIFT_MAX_MS = 36 * 60 * MINUTE_MS


class Crew(msgspec.Struct, frozen=True, kw_only=True):
    """带班领导 · 值班长 · 正班 · 副班 · 值班电话. The leader may be on call; the others are at the post."""

    leader: str = ""
    chief: str = ""
    primary: list[str] = []
    deputies: list[str] = []
    phone: str = ""

    @property
    def at_post(self) -> list[str]:
        """Those at the post, each once."""
        return list(dict.fromkeys(name for name in (self.chief, *self.primary, *self.deputies) if name))


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """一班. ``noticed_ms``: when the hub has said that it is about to begin."""

    shift_id: str
    starts_ms: int
    ends_ms: int
    crew: Crew
    noticed_ms: int | None = None


class EmptySlot(msgspec.Struct, frozen=True, kw_only=True):
    """空班: nobody is to be at the post."""

    from_ms: int
    to_ms: int


def day_of(at_ms: int) -> int:
    """The first moment of that day in Beijing."""
    return (at_ms + BEIJING_MS) // DAY_MS * DAY_MS - BEIJING_MS


def in_order(shifts: Iterable[Shift]) -> list[Shift]:
    return sorted(shifts, key=lambda shift: (shift.starts_ms, shift.shift_id))


def shift_at(shifts: Iterable[Shift], at_ms: int) -> Shift | None:
    """Whose turn it is at that moment."""
    return next((shift for shift in shifts if shift.starts_ms <= at_ms < shift.ends_ms), None)


def next_shift(shifts: Iterable[Shift], at_ms: int) -> Shift | None:
    """The first that begins after ``at_ms``."""
    return next((shift for shift in in_order(shifts) if shift.starts_ms > at_ms), None)


def gaps(shifts: Iterable[Shift], from_ms: int, to_ms: int) -> list[EmptySlot]:
    """L12: the stretches between ``from_ms`` and ``to_ms`` in which nobody is to be at the post."""
    found: list[EmptySlot] = []
    covered_ms = from_ms
    for shift in in_order(shifts):
        if not shift.crew.at_post or shift.ends_ms <= covered_ms:
            continue
        if shift.starts_ms >= to_ms:
            break
        if shift.starts_ms > covered_ms:
            found.append(EmptySlot(from_ms=covered_ms, to_ms=shift.starts_ms))
        covered_ms = shift.ends_ms
    if covered_ms < to_ms:
        found.append(EmptySlot(from_ms=covered_ms, to_ms=to_ms))
    return found


def overlapping(shifts: Iterable[Shift]) -> tuple[Shift, Shift] | None:
    """L5: two shifts that run at the same time, if there are any."""
    return next(((one, two) for one, two in pairwise(in_order(shifts)) if two.starts_ms < one.ends_ms), None)


def checked_shift(shift: Shift) -> Shift:
    """Refuses with ``duty.bad_shift`` what is no shift, saying what is wrong with it."""
    if not 0 < shift.ends_ms - shift.starts_ms <= SHIFT_MAX_MS:
        raise Refusal("duty.bad_shift", field="time", shift_id=shift.shift_id)
    crew = checked_crew(shift.crew)
    if not crew.at_post:
        raise Refusal("duty.bad_shift", field="nobody", shift_id=shift.shift_id)
    return Shift(shift_id=shift.shift_id, starts_ms=shift.starts_ms, ends_ms=shift.ends_ms, crew=crew)


def checked_crew(crew: Crew) -> Crew:
    """The same, trimmed."""
    if len(crew.primary) > NAMES_MAX or len(crew.deputies) > NAMES_MAX:
        raise Refusal("duty.bad_shift", field="names")
    return Crew(
        leader=checked_name(crew.leader),
        chief=checked_name(crew.chief),
        primary=[name for each in crew.primary if (name := checked_name(each))],
        deputies=[name for each in crew.deputies if (name := checked_name(each))],
        phone=checked_name(crew.phone, PHONE_MAX),
    )


def checked_name(name: str, most: int = NAME_MAX) -> str:
    name = " ".join(name.split())
    if len(name) > most:
        raise Refusal("duty.bad_shift", field="names", max=most)
    return name
