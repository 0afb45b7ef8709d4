"""The words of the minutes: kinds of sessions, how somebody came and went, how far a unit has got, times."""

from __future__ import annotations

from hub.domain.paperwords import local
from hub.domain.proceedings import Absence
from hub.domain.session import MarkerKind, SessionKind
from hub.domain.track import Progress

KINDS = {
    SessionKind.CONSULTATION: "应急会商",
    SessionKind.JOINT_MEETING: "联席会议",
    SessionKind.DISPATCH_CALL: "调度呼叫",
    SessionKind.SPOT_CHECK: "视频抽查",
    SessionKind.DRILL: "演练",
}
MARKERS = {
    MarkerKind.DECISION: "决定",
    MarkerKind.INSTRUCTION: "指示",
    MarkerKind.TODO: "待办",
    MarkerKind.KEY: "关键信息",
}
ABSENCES = {
    None: "未接入",
    Absence.NO_ANSWER: "未应答",
    Absence.DECLINED: "拒接",
    Absence.OFFLINE: "离线",
}
CHAIRED = {
    "transferred": "移交主席",
    "released": "释放主席",
    "taken": "收回主席",
    "left": "原主席离开",
    "lost": "原主席断线",
}
PROGRESS = {
    Progress.SENT: "已发送，未签收",
    Progress.DELIVERED: "已送达，未签收",
    Progress.READ: "已读，未签收",
    Progress.SIGNED: "已签收",
    Progress.WORKING: "办理中",
    Progress.REPLIED: "已反馈",
    Progress.RETURNED: "退回补充",
    Progress.CONFIRMED: "已确认",
}
SOURCES = {"camera": "画面", "microphone": "声音", "content": "共享内容"}


def clock(at_ms: int) -> str:
    """10:32:07"""
    return f"{local(at_ms):%H:%M:%S}"


def length(length_ms: int) -> str:
    """1小时2分, 2分14秒, 9秒"""
    seconds = max(1, round(length_ms / 1000))
    if seconds >= 3600:
        hours, minutes = divmod(round(seconds / 60), 60)
        return f"{hours}小时" + (f"{minutes}分" if minutes else "")
    minutes, rest = divmod(seconds, 60)
    return (f"{minutes}分" if minutes else "") + (f"{rest}秒" if rest or not minutes else "")


def elapsed(length_ms: int) -> str:
    """00:12:34, as the review page counts."""
    seconds = max(0, length_ms // 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
