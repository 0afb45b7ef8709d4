"""What waits for the duty office, and whom it has to call by telephone: one list for all its officers."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hub.domain.deadline import ClockName
from hub.domain.kindparts import BoardKind
from hub.domain.track import Phoned, Progress
from signaling.messages import Push


class TodoKind(StrEnum):
    """超期 · 将到期 · 报送时限 · 待签收 · 申请延期 · 待采用 · 待审核提名 · 待办结复核 · 单位上报待核实"""

    OVERDUE = "overdue"
    SOON = "soon"
    DEADLINE = "deadline"
    UNSIGNED = "unsigned"
    EXTENSION = "extension"
    ADOPTION = "adoption"
    NOMINATION = "nomination"
    REVIEW = "review"
    DRAFT = "draft"


class TodoRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that waits. ``units``: short names of those it waits for, or who asks, the longest first.

    ``session_id``: of the session whose own boards they are, else empty. ``item_id`` is None where the
    incident itself is meant; ``deadline`` is named by ``TodoKind.DEADLINE`` alone.
    """

    kind: TodoKind
    stream: str
    session_id: str
    incident_title: str
    exercise: bool
    since_ms: int
    text: str = ""
    item_id: str | None = None
    board_id: str | None = None
    board: BoardKind | None = None
    units: list[str] = msgspec.field(default_factory=list)
    due_ms: int | None = None
    deadline: ClockName | None = None


class PhoneRow(msgspec.Struct, frozen=True, kw_only=True):
    """电话叫应: a unit that was silent for too long on one item; its numbers stand in the organisation."""

    stream: str
    session_id: str
    incident_title: str
    exercise: bool
    item_id: str
    board_id: str
    board: BoardKind
    text: str
    colour: str
    seat: str
    name: str
    state: Progress
    sent_ms: int
    escalated_ms: int
    urged: int
    phoned: list[Phoned]


class Todos(Push, frozen=True, kw_only=True):
    """待办与超期, the most urgent first; 电话叫应名单, the longest waiting first; ``left_out``: more."""

    rows: list[TodoRow]
    phone: list[PhoneRow]
    left_out: int
