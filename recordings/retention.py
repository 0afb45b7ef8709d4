"""How long a recording is kept, and what the hub itself does when that is over (rules R23 and R24). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from hub.domain.deadline import EventLevel
from hub.domain.event import Role
from hub.domain.keeping import Fate, Keeping
from hub.domain.session import SessionKind

DAY_MS = 24 * 60 * 60 * 1000
EXERCISE = "exercise"

EXPIRED = "retention.expired"
"""The reason of the hub where the policy has a recording destroyed."""

HELD_LEVELS = (EventLevel.I, EventLevel.II)
"""特别重大 and 重大: recordings of such incidents are held by the hub."""


def level_reason(level: EventLevel) -> str:
    """Why the hub holds one, as a code: ``incident.level_II``."""
    return f"incident.level_{level}"


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """Days for which a recording is kept after it was stopped; 0: for ever.

    ``days_of``: those of single kinds of sessions, and of exercises, which come first. ``destroys``: whether
    the hub destroys what has expired, ``notice_days`` after it has said so.
    """

    days: int = 180
    days_of: Mapping[str, int] = {}
    destroys: bool = False
    notice_days: int = 7

    def keep_until_ms(self, stopped_ms: int | None, kind: SessionKind, *, exercise: bool) -> int | None:
        """None while it runs, and where it is kept for ever."""
        days = self.days_of.get(kind, self.days)
        if exercise:
            days = self.days_of.get(EXERCISE, days)
        return None if stopped_ms is None or not days else stopped_ms + days * DAY_MS


class Step(StrEnum):
    """What the hub does of its own accord."""

    HOLD = "hold"
    PROPOSE = "propose"
    APPROVE = "approve"
    DESTROY = "destroy"


def next_step(
    policy: Policy, kept: Keeping, *, keep_until_ms: int | None, level: EventLevel | None, now_ms: int
) -> Step | None:
    """For a recording that is ready. ``level``: of its incident, None where it has none.

    A hold that was released is not put back, and what the office has objected to takes two persons.
    """
    if kept.destroyed:
        return None
    if kept.condemned:
        return Step.DESTROY
    if kept.hold is not None:
        return None
    if level in HELD_LEVELS and kept.released_ms is None:
        return Step.HOLD
    expired = keep_until_ms is not None and now_ms >= keep_until_ms
    if not expired or not policy.destroys or kept.objection is not None:
        return None
    proposed = kept.destruction
    if proposed is None:
        return Step.PROPOSE
    notice_over = now_ms >= proposed.proposed_ms + policy.notice_days * DAY_MS
    by_hub = proposed.proposed_by.role is Role.HUB and proposed.fate is Fate.PROPOSED
    return Step.APPROVE if by_hub and notice_over else None
