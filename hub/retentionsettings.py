"""How long recordings are kept: a part of the settings of recording (``hub/config.py``)."""

from __future__ import annotations

from typing import Annotated

import msgspec

KEPT_KINDS = ("consultation", "joint_meeting", "dispatch_call", "spot_check", "drill", "exercise")
"""Of these a recording may be kept for days of its own: the kinds of sessions, and exercises."""

DAYS_MAX = 36_500


class RetentionSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    retention_days: Annotated[
        int,
        msgspec.Meta(
            ge=0, le=DAYS_MAX, description="a recording is kept for so many days; 0: for ever / 保存天数"
        ),
    ] = 180
    retention_days_of: Annotated[
        tuple[str, ...],
        msgspec.Meta(
            description="other days of kinds and exercises, as exercise=30, with commas / 分类保存天数"
        ),
    ] = ()
    destroy_expired: Annotated[
        bool,
        msgspec.Meta(
            description="the hub destroys what has expired and is not held, else two persons / 期满自动销毁"
        ),
    ] = False
    destroy_notice_days: Annotated[
        int,
        msgspec.Meta(
            ge=1,
            le=365,
            description="before that its office can object for so many days / 自动销毁前公示天数",
        ),
    ] = 7

    def days_of(self) -> dict[str, int]:
        """``retention_days_of``, read; ValueError says what is wrong with it."""
        found: dict[str, int] = {}
        for text in self.retention_days_of:
            what, _, days = text.partition("=")
            if what not in KEPT_KINDS or not days.isdecimal() or int(days) > DAYS_MAX:
                kinds = ", ".join(KEPT_KINDS)
                raise ValueError(f"recording.retention_days_of: {text!r} is not KIND=DAYS; kinds: {kinds}")
            found[what] = int(days)
        return found
