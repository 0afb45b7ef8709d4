"""查阅记录: who has looked at a recording, taken it away or been refused, and what was done with it (R6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hub.domain.event import Event, Recorded, Role
from hub.domain.keeping import (
    DestructionApproved,
    DestructionProposed,
    DestructionStuck,
    DestructionWithdrawn,
    ExportCancelled,
    ExportFailed,
    ExportFinished,
    ExportForm,
    ExportRequested,
    KeepingDenied,
    KeepingHeld,
    KeepingReleased,
    KeepingViewed,
    RecordingDestroyed,
)
from hub.domain.recording import RecordingViewed
from hub.errors import ERRORS
from hub.http.documents import At, Cell, Table
from signaling.bodies import Look

_PLAIN: dict[type[Event], str] = {
    KeepingReleased: "released",
    KeepingHeld: "held",
    DestructionProposed: "proposed",
    DestructionWithdrawn: "withdrawn",
    DestructionApproved: "approved",
    DestructionStuck: "stuck",
    RecordingDestroyed: "destroyed",
    ExportCancelled: "export_cancelled",
    ExportFailed: "export_failed",
}

_WORDS = {
    "view": "查看",
    "download": "下载",
    "verify": "校验",
    "log": "导出查阅记录",
    "denied": "被拒绝",
    "held": "封存",
    "released": "解除封存",
    "proposed": "提出销毁",
    "withdrawn": "撤回销毁申请",
    "approved": "批准销毁",
    "stuck": "销毁未完成",
    "destroyed": "已销毁",
    "export_mp4": "导出视频",
    "export_package": "导出归档包",
    "export_finished": "导出完成",
    "export_cancelled": "取消导出",
    "export_failed": "导出失败",
}
_ROLES = {Role.OFFICER: "值班室", Role.REVIEWER: "审阅", Role.ADMIN: "系统管理", Role.HUB: "系统"}
_REASONS = {
    "retention.expired": "保存期满",
    "incident.level_I": "事件级别为特别重大",
    "incident.level_II": "事件级别为重大",
}
_COLUMNS = (("序号", 2), ("时间", 4), ("人员", 3), ("账号", 3), ("单位", 5), ("行为", 3), ("说明", 6))


def looks_of(kept: Sequence[Recorded[Any]], taken: Sequence[Recorded[Any]]) -> list[Look]:
    """Of the log of its keeping, and of its own log in older ones; the latest first."""
    looks = [_look(each) for each in (*kept, *taken)]
    return sorted((look for look in looks if look is not None), key=lambda look: look.at_ms, reverse=True)


def _look(recorded: Recorded[Any]) -> Look | None:
    event, by = recorded.event, recorded.actor
    detail = ""
    match event:
        case KeepingViewed(what=what, detail=detail):
            pass
        case RecordingViewed(what=what):
            pass
        case KeepingDenied(what=detail):
            what = "denied"
        case ExportRequested(wish=wish):
            what = "export_package" if wish.form is ExportForm.PACKAGE else "export_mp4"
        case ExportFinished(name=detail):
            what = "export_finished"
        case _:
            what, detail = _PLAIN.get(type(event), ""), getattr(event, "reason", "")
            if not what:
                return None  # marks, and where files lie
    return Look(
        at_ms=recorded.at_ms,
        account=by.account,
        person=by.person,
        seat_name=by.seat_name or "",
        role=by.role,
        what=what,
        detail=detail,
    )


def looks_table(title: str, looks: Sequence[Look]) -> Table:
    """To take away."""
    rows: list[list[Cell]] = [
        [
            number,
            At(look.at_ms),
            look.person,
            look.account,
            look.seat_name or _ROLES.get(look.role, ""),
            _WORDS.get(look.what, look.what),
            _words_of(look),
        ]
        for number, look in enumerate(looks, 1)
    ]
    return Table(
        title=f"{title} 查阅记录",
        facts=[],
        head=[head for head, _ in _COLUMNS],
        rows=rows,
        widths=[width for _, width in _COLUMNS],
    )


def _words_of(look: Look) -> str:
    if look.what in ("export_failed", "stuck") and look.detail in ERRORS:
        return ERRORS[look.detail].zh
    words = _WORDS if look.what == "denied" else _REASONS
    return words.get(look.detail, look.detail)
