"""Why nothing was recorded, in the words of papers, films and packages (R3); the page has the same codes."""

from __future__ import annotations

from hub.domain.paperwords import one_line
from hub.domain.recording import Gap

GAP_WORDS: dict[str, str] = {
    "recording.paused": "人工暂停",
    "hub.crashed": "系统异常中断",
    "hub.stopped": "系统停机",
    "storage.full": "存储空间已满",
    "storage.failed": "存储写入失败",
    "recording.no_key": "缺少加密密钥",
    "recording.unreadable": "文件无法读取",
    "recording.stalled": "未在写入，已重新开始",
    "line.lost": "线路中断",
    "line.renewed": "会场重新接入",
}
"""By the codes that stand in the log for ever (``hub/recording_errors.py``)."""


def gap_cause(code: str) -> str:
    """A code of another version of the hub stands for itself."""
    return GAP_WORDS.get(code, f"其他原因（{code}）")


def gap_reason(gap: Gap) -> str:
    """With the words of the person who has paused it."""
    cause = gap_cause(gap.reason)
    return f"{cause}：{one_line(gap.note)}" if gap.note else cause
