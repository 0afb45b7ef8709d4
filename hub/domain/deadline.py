"""How long a report may take, when follow-ups are due, and when silence is escalated (rules D1 to D8).

Limits differ by level, place and year (domain.md 2.1), so they are settings; an incident keeps those it was
opened with, and nothing that was stamped changes with them.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
BEIJING_MS = 8 * 60 * MINUTE_MS


class EventLevel(StrEnum):
    """特别重大 · 重大 · 较大 · 一般"""

    I = "I"  # noqa: E741 - the field's own name for it
    II = "II"
    III = "III"
    IV = "IV"


class Channel(StrEnum):
    """电话报告 · 书面报告"""

    PHONE = "phone"
    WRITTEN = "written"


class Base(StrEnum):
    """From when the minutes count: 事发时间 · 接报时间"""

    OCCURRED = "occurred"
    LEARNED = "learned"


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """A report of an incident of ``level`` by ``channel`` within so many minutes."""

    level: EventLevel
    channel: Channel
    minutes: int
    base: Base = Base.OCCURRED


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """One office's limits. ``followups``: minutes of the Beijing day; from ``followup_from`` level upwards.

    ``unread_s``: a unit that has not read goes on the telephone list. ``unconfirmed_s``: that has not signed,
    is urged, again every ``urge_every_s`` until it signs. ``first_reply_min``: an answer is expected in so
    many minutes from a unit that was warned.
    """

    name: str
    zh: str
    limits: tuple[Limit, ...]
    followups: tuple[int, ...] = (8 * 60, 17 * 60)
    followup_from: EventLevel = EventLevel.III
    unread_s: int = 180
    unconfirmed_s: int = 300
    urge_every_s: int = 300
    first_reply_min: int = 15


def _limits(phone: dict[EventLevel, int], written: dict[EventLevel, int]) -> tuple[Limit, ...]:
    minutes = {Channel.PHONE: phone, Channel.WRITTEN: written}
    return tuple(
        Limit(level=level, channel=channel, minutes=most)
        for channel, by_level in minutes.items()
        for level, most in by_level.items()
    )


_SERIOUS = (EventLevel.I, EventLevel.II)

DEFAULT = Profile(
    name="default",
    zh="通行 30/60 分钟",
    limits=_limits(
        dict.fromkeys(_SERIOUS, 30),
        {EventLevel.I: 60, EventLevel.II: 60, EventLevel.III: 60, EventLevel.IV: 360},
    ),
)
HENAN = Profile(
    name="henan",
    zh="河南 15/35 分钟",
    limits=_limits(
        dict.fromkeys(_SERIOUS, 15),
        {EventLevel.I: 35, EventLevel.II: 35, EventLevel.III: 60, EventLevel.IV: 360},
    ),
)
PROFILES = {each.name: each for each in (DEFAULT, HENAN)}


class ClockName(StrEnum):
    """电话报告 · 书面报告 · 续报"""

    PHONE = "phone"
    WRITTEN = "written"
    FOLLOWUP = "followup"


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """时限 of an incident. ``met_ms``: when what it asks for came; from then on it never changes (D2)."""

    name: ClockName
    due_ms: int
    met_ms: int | None = None
    late_min: int | None = None


def late_minutes(due_ms: int, at_ms: int) -> int | None:
    """Whole minutes behind ``due_ms``, at least 1; None when in time (D1)."""
    return max(1, (at_ms - due_ms) // MINUTE_MS) if at_ms > due_ms else None


def due_for(
    profile: Profile,
    channel: Channel,
    level: EventLevel,
    *,
    sensitive: bool,
    occurred_ms: int | None,
    learned_ms: int | None,
) -> int | None:
    """When a first report by ``channel`` is due; None where no limit is set.

    A sensitive incident has the limits of the highest level (domain.md 2.1, 敏感). Where the base time is not
    known, the other one counts.
    """
    strict = EventLevel.I if sensitive else level
    limit = next((each for each in profile.limits if (each.level, each.channel) == (strict, channel)), None)
    times = {Base.OCCURRED: occurred_ms, Base.LEARNED: learned_ms}
    if limit is None:
        return None
    base_ms = times[limit.base]
    if base_ms is None:
        base_ms = learned_ms if limit.base is Base.OCCURRED else occurred_ms
    return None if base_ms is None else base_ms + limit.minutes * MINUTE_MS


def next_followup_ms(profile: Profile, level: EventLevel, *, sensitive: bool, after_ms: int) -> int | None:
    """The next of the day's follow-up times (Beijing) after ``after_ms``; None below ``followup_from``."""
    order = list(EventLevel)
    if not profile.followups or (not sensitive and order.index(level) > order.index(profile.followup_from)):
        return None
    midnight_ms = (after_ms + BEIJING_MS) // DAY_MS * DAY_MS - BEIJING_MS
    times = [midnight_ms + day * DAY_MS + m * MINUTE_MS for day in (0, 1) for m in sorted(profile.followups)]
    return next(at_ms for at_ms in times if at_ms > after_ms)
