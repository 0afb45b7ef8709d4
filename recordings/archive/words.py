"""An event of the log as a Chinese sentence, for the page of a package: what it says stands for itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from hub.domain.event import Recorded
from hub.domain.gapwords import gap_cause

NameOf = Callable[[str], str]

_VARIED = {
    "venue.left": "reason",
    "chair.request_ended": "reason",
    "chair.passed": "reason",
    "floor.mode": "mode",
    "floor.given": "kind",
    "floor.request_ended": "reason",
    "carousel.paused": "paused",
    "rollcall.ticked": "result",
    "session.locked": "locked",
    "marker.set": "kind",
    "track.moved": "state",
    "workspace.status_changed": "status",
}
"""The field whose value chooses the sentence, where there is one for it."""

_SENTENCES: dict[str, str] = {
    "session.started": "venue {who} 发起会商《{title}》",
    "session.ended": "venue {who} 结束会商",
    "session.locked True": "control 会商已锁定",
    "session.locked False": "control 会商解除锁定",
    "venue.called": "venue 呼叫 {venue}",
    "venue.answered": "venue {venue} 已应答，用时 {after} 秒",
    "venue.declined": "venue {venue} 拒接",
    "venue.missed": "venue {venue} 未应答",
    "venue.joined": "venue {venue} 接入",
    "venue.dropped": "venue {venue} 线路中断",
    "venue.returned": "venue {venue} 恢复接入",
    "venue.left": "venue {venue} 离开",
    "venue.left hung_up": "venue 主席挂断 {venue}",
    "venue.left lost": "venue {venue} 线路中断过久，退出会商",
    "venue.muted": "control 主席关闭 {venue} 麦克风",
    "venue.unmuted": "control 主席允许 {venue} 麦克风",
    "venue.removed": "control {venue} 被移出会商",
    "presentation.started": "control {venue} 开始共享内容",
    "presentation.stopped": "control {venue} 结束共享内容",
    "guest.admitted": "venue 现场人员 {person} 接入",
    "chair.requested": "control {venue} 申请主席",
    "chair.request_ended denied": "control 主席未同意 {venue} 的主席申请",
    "chair.request_ended granted": "control 主席同意 {venue} 的主席申请",
    "chair.passed": "control 主席转移至 {venue}",
    "chair.passed released": "control 主席释放，由 {venue} 担任",
    "chair.passed taken": "control {venue} 收回主席",
    "chair.passed left": "control 主席离开，由 {venue} 接任",
    "chair.passed lost": "control 主席断线未恢复，由 {venue} 接任",
    "floor.mode free": "control 发言模式：自由发言",
    "floor.mode request": "control 发言模式：申请发言",
    "floor.mode silent": "control 发言模式：静默",
    "floor.requested": "control {venue} 申请发言",
    "floor.request_ended denied": "control 主席未同意 {venue} 的发言申请",
    "floor.request_ended withdrawn": "control {venue} 撤回发言申请",
    "floor.given named": "control 点名 {venue} 发言",
    "floor.given granted": "control {venue} 开始发言（申请获准）",
    "floor.ended": "control {venue} 发言结束",
    "broadcast.started": "control 广播 {venue}",
    "broadcast.stopped": "control 停止广播 {venue}",
    "carousel.started": "control 开始轮询 {count} 个会场",
    "carousel.paused True": "control 轮询暂停",
    "carousel.paused False": "control 轮询继续",
    "carousel.stopped": "control 轮询结束",
    "rollcall.started": "control 开始点名，共 {count} 个会场",
    "rollcall.asked": "control 点名：{venue}",
    "rollcall.ticked": "control {venue} 已点名",
    "rollcall.ticked answered": "control {venue} 应答，用时 {after} 秒",
    "rollcall.ticked no_answer": "control {venue} 无应答",
    "rollcall.ticked picture_only": "control {venue} 有图无声",
    "rollcall.ticked sound_only": "control {venue} 有声无图",
    "rollcall.ticked offline": "control {venue} 离线",
    "rollcall.ticked on_leave": "control {venue} 请假",
    "rollcall.ended": "control 点名结束",
    "call.phoned": "venue 已电话联系 {venue}",
    "marker.set decision": "marker 决定：{label}",
    "marker.set instruction": "marker 指示：{label}",
    "marker.set todo": "marker 待办：{label}",
    "marker.set key": "marker 关键信息：{label}",
    "workspace.opened": "board {who} 建立事件专题《{title}》",
    "workspace.level_changed": "board {who} 将级别变更为 {level} 级：{reason}",
    "workspace.casualties_recorded": "board {who} 登记伤亡数字，来源：{source}",
    "workspace.status_changed active": "board {who} 将事件转为处置中",
    "workspace.status_changed monitoring": "board {who} 将事件转为持续关注",
    "workspace.status_changed closed": "board {who} 办结事件",
    "workspace.session_linked": "board 就此事件会商《{title}》",
    "workspace.noted": "board {who} 补记：{text}",
    "item.added": "board {who} 新增：{text}",
    "item.edited": "board {who} 修改：{text}",
    "item.state_changed": "board {who} 更新条目状态",
    "item.voided": "board {who} 作废条目：{reason}",
    "item.assigned": "board {who} 交办 {units}",
    "item.annotated": "board {who} 批注：{text}",
    "item.attached": "board {who} 添加附件：{name}",
    "track.moved signed": "board {venue} 签收",
    "track.moved replied": "board {venue} 反馈：{text}",
    "track.moved returned": "board {who} 退回 {venue} 的反馈：{text}",
    "track.moved confirmed": "board {who} 确认 {venue} 的反馈",
    "track.urged": "board 催办 {units}",
    "recording.started": "recording 录制开始",
    "recording.interrupted": "recording 录制中断：{why}",
    "recording.paused": "recording {who} 暂停录制：{reason}",
    "recording.resumed": "recording 录制恢复",
    "recording.stopped": "recording 录制结束",
}
"""By type, or by type and value of the field that chooses: the kind of the event, then what is said."""


class Said(NamedTuple):
    """``kind`` is venue, control, board, marker or recording."""

    kind: str
    text: str


def said(recorded: Recorded[Any], name_of: NameOf) -> Said | None:
    """None for the hub's own book-keeping, which stands in events.jsonl alone."""
    event: dict[str, Any] = msgspec.to_builtins(recorded.event)
    of = event["type"]
    variant = f"{of} {event.get(_VARIED[of])}" if of in _VARIED else of
    template = _SENTENCES.get(variant) or _SENTENCES.get(of)
    if template is None:
        return None
    kind, _, sentence = template.partition(" ")
    return Said(kind, sentence.format_map(_Words(recorded, event, name_of)).rstrip("："))


class _Words(dict[str, str]):
    """What can stand in a sentence; a word that an event does not have is empty."""

    def __init__(self, recorded: Recorded[Any], event: dict[str, Any], name_of: NameOf) -> None:
        by = recorded.actor
        seat = event.get("venue") or event.get("seat") or ""
        texts = {**event, **(event.get("header") or {}), **(event.get("entry") or {})}
        texts |= event.get("changes") or event.get("fields") or {}
        texts |= event.get("attachment") or {}
        super().__init__({key: value for key, value in texts.items() if isinstance(value, str)})
        units = event.get("seats") or event.get("units") or []
        named = [unit.get("short_name", "") if isinstance(unit, dict) else name_of(unit) for unit in units]
        self["who"] = name_of(by.seat) if by.seat else by.person
        self["venue"] = name_of(seat) if seat else "多画面"
        self["after"] = f"{(event.get('after_ms') or 0) / 1000:.1f}"
        self["count"] = str(len(event.get("venues") or []))
        self["units"] = "、".join(named)
        self["why"] = gap_cause(str(event.get("reason", "")))

    def __missing__(self, key: str) -> str:
        return ""
