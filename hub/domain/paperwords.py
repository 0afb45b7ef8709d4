"""The words of the papers: how levels, times, units and what is not verified are written (rule N10)."""

from __future__ import annotations

import datetime
import re

from hub.domain.deadline import BEIJING_MS, EventLevel
from hub.domain.item import Item
from hub.domain.kindparts import BoardKind
from hub.domain.kinds import field_of, state_of
from hub.domain.mark import MarkKind
from hub.domain.rollcall import RollResult
from hub.domain.workspace import Casualties, IncidentCategory, Status

LEVELS = {
    EventLevel.I: "特别重大",
    EventLevel.II: "重大",
    EventLevel.III: "较大",
    EventLevel.IV: "一般",
}
CATEGORIES = {
    IncidentCategory.NATURAL: "自然灾害",
    IncidentCategory.ACCIDENT: "事故灾难",
    IncidentCategory.HEALTH: "公共卫生事件",
    IncidentCategory.SECURITY: "社会安全事件",
}
STATUSES = {
    Status.DRAFT: "待核实",
    Status.ACTIVE: "处置中",
    Status.MONITORING: "持续关注",
    Status.CLOSED: "已办结",
    Status.VOID: "作废",
}
MARKS = {MarkKind.MISSED: "漏报", MarkKind.CONCEALED: "瞒报", MarkKind.FALSIFIED: "谎报"}
RESULTS = {
    RollResult.ANSWERED: "应答",
    RollResult.NO_ANSWER: "无应答",
    RollResult.PICTURE_ONLY: "有图无声",
    RollResult.SOUND_ONLY: "有声无图",
    RollResult.OFFLINE: "离线",
    RollResult.ON_LEAVE: "请假",
}
COUNTED = (("dead", "死亡"), ("missing", "失联"), ("injured", "受伤"), ("trapped", "被困"))

UNVERIFIED = "待核实"
CLAIMS = (BoardKind.SITUATION, BoardKind.REPORT, BoardKind.KEYEVENT, BoardKind.OPINION)
"""What stands there is what somebody says; orders and warnings are acts, and need no proof."""

_REFERENCE = re.compile(r"[［］]")


def local(at_ms: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp((at_ms + BEIJING_MS) / 1000, datetime.UTC)


def year_of(at_ms: int) -> int:
    return local(at_ms).year


def day(at_ms: int) -> str:
    """7月20日"""
    at = local(at_ms)
    return f"{at.month}月{at.day}日"


def moment(at_ms: int) -> str:
    """7月20日10:32"""
    return f"{day(at_ms)}{local(at_ms):%H:%M}"


def long_moment(at_ms: int) -> str:
    """2026年7月20日10时32分"""
    at = local(at_ms)
    return f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02}分"


def one_line(text: str) -> str:
    """Somebody's words within a line: no breaks, no end mark, nothing that looks like a source."""
    flat = " ".join(text.split()).rstrip("。；;. ")
    return _REFERENCE.sub(lambda found: "〔" if found.group() == "［" else "〕", flat)


def value(kind: BoardKind, item: Item, name: str) -> str:
    field = field_of(kind, name)
    return item.fields.get(name, field.initial if field is not None else "")


def choice(kind: BoardKind, item: Item, name: str) -> str:
    """The Chinese word for the value of a field of choices."""
    field = field_of(kind, name)
    assert field is not None
    wanted = value(kind, item, name)
    return next((each.zh for each in field.choices if each.value == wanted), "")


def is_false(item: Item) -> bool:
    return item.fields.get("credibility") == "false"


def is_unverified(kind: BoardKind, item: Item) -> bool:
    """N10: whatever nobody has verified, where it is a claim."""
    return kind in CLAIMS and item.fields.get("credibility", "unverified") == "unverified"


def doubt(kind: BoardKind, item: Item) -> str:
    """What stands beside a claim: 待核实, 经核实不实, or nothing."""
    if is_false(item):
        return "经核实不实"
    return UNVERIFIED if is_unverified(kind, item) else ""


def state_word(kind: BoardKind, item: Item) -> str:
    return state_of(kind, item.state).zh


def in_brackets(*notes: str) -> str:
    """（待核实；迟报12分钟）"""
    said = "；".join(note for note in notes if note)
    return f"（{said}）" if said else ""


def names(units: list[str], most: int = 12) -> str:
    """信阳、开封等14个单位"""
    if len(units) <= most:
        return "、".join(units)
    return f"{'、'.join(units[:most])}等{len(units)}个单位"


def casualties(entry: Casualties) -> str:
    """死亡1人、失联2人; what nobody has counted is not written as none."""
    counts = [(word, getattr(entry, name)) for name, word in COUNTED]
    return "、".join(f"{word}{count}人" for word, count in counts if count is not None)


def span(first_ms: int, end_ms: int) -> str:
    """7月20日08:00至7月21日08:00"""
    return f"{moment(first_ms)}至{moment(end_ms)}"


def seconds(after_ms: float) -> str:
    return f"{after_ms / 1000:.1f}"
