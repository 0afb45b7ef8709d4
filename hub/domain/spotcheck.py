"""抽查: seats are called without notice, and what came of it stands in one table (rules K1 to K8)."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hub.domain.event import Actor, Command, Event

ITEMS = ("带班领导在岗", "值班员在岗", "日志齐全", "通信畅通")
"""The checklist when nobody says otherwise; one key each, so there are at most nine."""

VIDEO_RING_S = 30
PHONE_ANSWER_S = 15


def stream_of(check_id: str) -> str:
    return f"spotcheck:{check_id}"


class CheckState(StrEnum):
    """待呼叫 · 呼叫中 · 已应答 · 未应答 · 拒接 · 离线"""

    WAITING = "waiting"
    CALLING = "calling"
    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    DECLINED = "declined"
    OFFLINE = "offline"


class CheckChannel(StrEnum):
    """视频 · 电话"""

    VIDEO = "video"
    PHONE = "phone"


class Verdict(StrEnum):
    """正常 · 有问题 · 请假"""

    NORMAL = "normal"
    PROBLEM = "problem"
    ON_LEAVE = "on_leave"


class CheckedSeat(msgspec.Struct, frozen=True, kw_only=True):
    """A seat as it was named when it was chosen."""

    seat: str
    name: str
    short_name: str
    phone: str = ""


class Draw(msgspec.Struct, frozen=True, kw_only=True):
    """随机抽取: ``count`` of ``pool``, in the order of SHA-256 of ``seed:seat``: anybody can check it."""

    label: str
    pool: list[str]
    count: int
    seed: str


class CheckRow(msgspec.Struct, frozen=True, kw_only=True):
    """One seat. ``after_ms``: from the first ring to the answer, on the hub's clock, also when the seat
    was rung again (``recalled``). ``answers``: to the checklist, in its order; None where nobody has looked.
    ``calls``: how often somebody has called. ``rings``: of a phone, as counted by whoever called."""

    number: int
    seat: CheckedSeat
    channel: CheckChannel = CheckChannel.VIDEO
    state: CheckState = CheckState.WAITING
    session_id: str | None = None
    calls: int = 0
    called_ms: int | None = None
    answered_ms: int | None = None
    after_ms: int | None = None
    ended_ms: int | None = None
    recalled: bool = False
    rings: int | None = None
    answers: list[bool | None] = []
    verdict: Verdict | None = None
    note: str = ""
    problem: str = ""
    judged_by: str | None = None


class SpotCheck(msgspec.Struct, frozen=True, kw_only=True, tag_field="noun", tag="spotcheck"):
    """State of a stream ``spotcheck:{id}``; ``rows[n - 1]`` has the number n."""

    check_id: str = ""
    title: str = ""
    items: list[str] = []
    draw: Draw | None = None
    video_ring_s: int = VIDEO_RING_S
    phone_answer_s: int = PHONE_ANSWER_S
    by: Actor | None = None
    started_ms: int = 0
    closed_ms: int | None = None
    rows: list[CheckRow] = []


# --- commands -----------------------------------------------------------------------------------


class StartSpotCheck(Command, frozen=True, kw_only=True):
    """``seats`` are those to be checked, in order; with ``draw`` those to be drawn from."""

    check_id: str
    title: str
    seats: list[CheckedSeat]
    draw: Draw | None = None
    items: list[str] = msgspec.field(default_factory=lambda: list(ITEMS))
    video_ring_s: int = VIDEO_RING_S
    phone_answer_s: int = PHONE_ANSWER_S


class CallRow(Command, frozen=True, kw_only=True):
    """The call of this row is this session, and rings since ``called_ms``; ``hub.live`` has started it."""

    number: int
    session_id: str
    called_ms: int


class AnswerRow(Command, frozen=True, kw_only=True):
    """By the hub: the seat has answered the call of that session."""

    number: int
    session_id: str
    answered_ms: int
    recalled: bool


class MissRow(Command, frozen=True, kw_only=True):
    """By the hub: it has not, and rings no more."""

    number: int
    session_id: str
    state: CheckState
    recalled: bool


class WithdrawRow(Command, frozen=True, kw_only=True):
    """By the hub: the call was taken back while it rang."""

    number: int
    session_id: str


class JudgeRow(Command, frozen=True, kw_only=True):
    """What the officer has found; the whole of it, each time."""

    number: int
    answers: list[bool | None]
    verdict: Verdict | None = None
    note: str = ""
    problem: str = ""


class AddPhoneRow(Command, frozen=True, kw_only=True):
    """电话抽查: a row of its own in the same table."""

    seat: CheckedSeat


class PhoneStep(StrEnum):
    """拨出 · 接听 · 无人接听"""

    DIAL = "dial"
    ANSWER = "answer"
    MISS = "miss"


class StepPhone(Command, frozen=True, kw_only=True):
    """The officer's stopwatch: dialled, answered after so many rings, or nobody answered."""

    number: int
    step: PhoneStep
    rings: int | None = None


class CloseSpotCheck(Command, frozen=True, kw_only=True):
    pass


# --- events -------------------------------------------------------------------------------------


class SpotCheckStarted(Event, frozen=True, kw_only=True, tag="spotcheck.started"):
    check_id: str
    title: str
    seats: list[CheckedSeat]
    draw: Draw | None
    items: list[str]
    video_ring_s: int
    phone_answer_s: int


class RowCalled(Event, frozen=True, kw_only=True, tag="spotcheck.called"):
    number: int
    session_id: str | None
    called_ms: int


class RowAnswered(Event, frozen=True, kw_only=True, tag="spotcheck.answered"):
    number: int
    answered_ms: int
    after_ms: int
    recalled: bool
    rings: int | None = None


class RowMissed(Event, frozen=True, kw_only=True, tag="spotcheck.missed"):
    number: int
    state: CheckState
    recalled: bool
    rings: int | None = None


class RowWithdrawn(Event, frozen=True, kw_only=True, tag="spotcheck.withdrawn"):
    number: int


class RowJudged(Event, frozen=True, kw_only=True, tag="spotcheck.judged"):
    number: int
    answers: list[bool | None]
    verdict: Verdict | None
    note: str
    problem: str


class PhoneRowAdded(Event, frozen=True, kw_only=True, tag="spotcheck.phone_added"):
    number: int
    seat: CheckedSeat


class SpotCheckClosed(Event, frozen=True, kw_only=True, tag="spotcheck.closed"):
    pass


SpotCheckEvent = (
    SpotCheckStarted
    | RowCalled
    | RowAnswered
    | RowMissed
    | RowWithdrawn
    | RowJudged
    | PhoneRowAdded
    | SpotCheckClosed
)
