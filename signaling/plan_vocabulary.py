"""Messages about plans (预案) by which incidents are opened."""

from __future__ import annotations

import msgspec

from hub.domain.plan import PlanContent
from signaling.messages import Push, Wish


class PlanSet(Wish, frozen=True, kw_only=True):
    """Write a plan (``plan_id`` made by the page, ``base_version`` 0), or all of one anew.

    Refused with ``plan.moved_on`` when somebody else has edited it since.
    """

    plan_id: str
    base_version: int
    content: PlanContent


class PlanWithdraw(Wish, frozen=True, kw_only=True):
    """It opens no more incidents; those that it has opened stay as they are."""

    plan_id: str
    reason: str


class PlanRow(msgspec.Struct, frozen=True, kw_only=True):
    plan_id: str
    version: int
    content: PlanContent
    edited_by: str
    edited_ms: int


class Plans(Push, frozen=True, kw_only=True):
    """All plans that are not withdrawn, by name, for officers and administrators."""

    plans: list[PlanRow]
