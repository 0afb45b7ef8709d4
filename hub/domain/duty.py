"""值班: an office's roster, who is at its post, its log, and how one shift relieves the other (L1 to L14).

A stream ``duty:{seat}`` begins empty, and an empty one is a valid state: nobody is on the roster yet.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hub.domain.event import Actor, Command, Event
from hub.domain.item import Voided
from hub.domain.roster import Crew, EmptySlot, Shift


def stream_of(seat_id: str) -> str:
    return f"duty:{seat_id}"


class EntryKind(StrEnum):
    """来电 · 去电 · 要情 · 指示 · 其他 · 系统"""

    CALL_IN = "call_in"
    CALL_OUT = "call_out"
    KEY = "key"
    INSTRUCTION = "instruction"
    OTHER = "other"
    SYSTEM = "system"


CALLS = (EntryKind.CALL_IN, EntryKind.CALL_OUT)


class PhoneRecord(msgspec.Struct, frozen=True, kw_only=True):
    """电话记录: who was on the line and what was said (domain.md 2.2). The entry says who wrote it."""

    unit: str = ""
    name: str = ""
    post: str = ""
    phone: str = ""
    place: str = ""
    occurred_ms: int | None = None
    cause: str = ""
    course: str = ""
    measures: str = ""
    result: str = ""
    impact: str = ""
    trend: str = ""
    told: str = ""


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """更正: what the entry says from then on, and why. What it said before stays readable (L2)."""

    text: str
    call: PhoneRecord | None
    reason: str
    actor: Actor
    at_ms: int


class DutyEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the log. ``at_ms``: when it happened, ``noted_ms``: when it was written.

    ``person``: who wrote it, of those at the post. ``text`` and ``call`` are the original; the last of
    ``corrections`` is what holds. ``source``: the stream that the hub wrote it about. ``report``: the stream
    of the incident that this call became the first report of (L4).
    """

    entry_id: str
    kind: EntryKind
    at_ms: int
    noted_ms: int
    text: str
    person: str
    actor: Actor
    call: PhoneRecord | None = None
    corrections: list[Correction] = []
    voided: Voided | None = None
    source: str = ""
    report: str = ""


class OpenKind(StrEnum):
    """批示指示 · 预警叫应 · 任务 · 隐患 · 报告 · 会商 · 预约 · 事件"""

    INSTRUCTION = "instruction"
    WARNING = "warning"
    TASK = "task"
    HAZARD = "hazard"
    REPORT = "report"
    SESSION = "session"
    BOOKING = "booking"
    INCIDENT = "incident"


class OpenItem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is not finished, as the hub found it. ``silent``: units that have not signed for it."""

    key: str
    kind: OpenKind
    stream: str
    title: str
    text: str = ""
    since_ms: int = 0
    due_ms: int | None = None
    overdue: bool = False
    silent: list[str] = []


class SheetNote(msgspec.Struct, frozen=True, kw_only=True):
    """交接说明 for one open item."""

    text: str
    actor: Actor
    at_ms: int


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    person: str
    actor: Actor
    at_ms: int


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """交接班单: what was open at that moment, a note for each, and who gave and who took."""

    collected_ms: int
    items: list[OpenItem]
    notes: dict[str, SheetNote] = {}
    given: Signature | None = None
    signed: Signature | None = None
    remark: str = ""

    @property
    def missing(self) -> list[OpenItem]:
        """L8: what nobody has said anything about."""
        return [item for item in self.items if item.key not in self.notes]


class WatchHow(StrEnum):
    """WatchHow a watch began: 签到 · 交接 · 立即接班"""

    SIGN_IN = "sign_in"
    HANDOVER = "handover"
    AT_ONCE = "at_once"


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """在岗的一班. ``person`` signed for it; ``until_ms``: when the roster has it relieved."""

    watch_id: str
    shift_id: str | None
    crew: Crew
    person: str
    account: str
    how: WatchHow
    began_ms: int
    until_ms: int | None = None
    ended_ms: int | None = None
    reason: str = ""
    sheet: Sheet | None = None


class RosterChange(msgspec.Struct, frozen=True, kw_only=True):
    """换班 and 撤销: old and new (None: taken off the roster), why, by whom; ``with_id``: exchanged with."""

    shift_id: str
    starts_ms: int
    before: Crew
    after: Crew | None
    reason: str
    actor: Actor
    at_ms: int
    with_id: str | None = None


class Duty(msgspec.Struct, frozen=True, kw_only=True, tag_field="noun", tag="duty"):
    """State of a stream ``duty:{seat}``: the newest of everything; the log itself has all of it (L11).

    ``watch`` stands at this moment, ``past`` are the former ones. ``flagged``: days whose empty slots the hub
    has spoken of.
    """

    roster: dict[str, Shift] = {}
    changes: list[RosterChange] = []
    watch: Watch | None = None
    past: list[Watch] = []
    entries: list[DutyEntry] = []
    flagged: list[int] = []


# --- commands -----------------------------------------------------------------------------------


class PlanShifts(Command, frozen=True, kw_only=True):
    """``replace``: what was planned in that period and has not begun gives way."""

    shifts: list[Shift]
    replace: bool = False


class ChangeCrew(Command, frozen=True, kw_only=True):
    shift_id: str
    crew: Crew
    reason: str


class SwapShifts(Command, frozen=True, kw_only=True):
    """Two crews exchange their turns; the telephones stay where they are."""

    shift_id: str
    with_id: str
    reason: str


class RemoveShift(Command, frozen=True, kw_only=True):
    shift_id: str
    reason: str


class SignIn(Command, frozen=True, kw_only=True):
    """By the first at an empty post. ``crew`` None: as the roster says."""

    watch_id: str
    person: str
    crew: Crew | None = None


class TakePost(Command, frozen=True, kw_only=True):
    """立即接班, without a sheet, for a reason (L10). ``items`` come from the hub."""

    watch_id: str
    person: str
    reason: str
    crew: Crew | None = None
    items: list[OpenItem] = msgspec.field(default_factory=list)


class CollectSheet(Command, frozen=True, kw_only=True):
    """``items``: what the hub finds open at this moment."""

    items: list[OpenItem]


class NoteItems(Command, frozen=True, kw_only=True):
    keys: list[str]
    text: str


class GiveHandover(Command, frozen=True, kw_only=True):
    """交班签字. ``items``: what the hub finds open at this moment, which may be more than was noted."""

    person: str
    items: list[OpenItem]


class WithdrawHandover(Command, frozen=True, kw_only=True):
    """Nobody has signed yet; the shift goes on."""


class SignHandover(Command, frozen=True, kw_only=True):
    """接班签字. ``alone``: the hub knows of no other account at this office (L9)."""

    watch_id: str
    person: str
    remark: str = ""
    crew: Crew | None = None
    alone: bool = False


class WriteEntry(Command, frozen=True, kw_only=True):
    """``at_ms`` None: now."""

    entry_id: str
    kind: EntryKind
    text: str
    at_ms: int | None = None
    call: PhoneRecord | None = None


class WriteSystem(Command, frozen=True, kw_only=True):
    """By the hub, about ``source``."""

    entry_id: str
    at_ms: int
    text: str
    source: str = ""


class CorrectEntry(Command, frozen=True, kw_only=True):
    entry_id: str
    text: str
    reason: str
    call: PhoneRecord | None = None


class VoidEntry(Command, frozen=True, kw_only=True):
    entry_id: str
    reason: str


class LinkReport(Command, frozen=True, kw_only=True):
    """The call has become the first report of that incident; once."""

    entry_id: str
    report: str


class NoticeShift(Command, frozen=True, kw_only=True):
    """By the hub, shortly before a shift begins."""

    shift_id: str


class FlagEmpty(Command, frozen=True, kw_only=True):
    """By the hub, in the afternoon: is anybody on the roster for all of tomorrow?"""


# --- events -------------------------------------------------------------------------------------


class ShiftsPlanned(Event, frozen=True, kw_only=True, tag="duty.planned"):
    shifts: list[Shift]
    replaced: list[str]


class CrewChanged(Event, frozen=True, kw_only=True, tag="duty.crew_changed"):
    shift_id: str
    crew: Crew
    reason: str
    with_id: str | None


class ShiftRemoved(Event, frozen=True, kw_only=True, tag="duty.shift_removed"):
    shift_id: str
    reason: str


class WatchBegan(Event, frozen=True, kw_only=True, tag="duty.watch_began"):
    """The former watch, if there was one, ends at the same moment: the post is never left empty (L7)."""

    watch_id: str
    shift_id: str | None
    crew: Crew
    person: str
    how: WatchHow
    until_ms: int | None
    reason: str = ""


class SheetCollected(Event, frozen=True, kw_only=True, tag="duty.sheet_collected"):
    items: list[OpenItem]


class ItemsNoted(Event, frozen=True, kw_only=True, tag="duty.items_noted"):
    keys: list[str]
    text: str


class HandoverGiven(Event, frozen=True, kw_only=True, tag="duty.given"):
    person: str


class HandoverWithdrawn(Event, frozen=True, kw_only=True, tag="duty.withdrawn"):
    pass


class HandoverSigned(Event, frozen=True, kw_only=True, tag="duty.signed"):
    person: str
    remark: str


class EntryWritten(Event, frozen=True, kw_only=True, tag="duty.written"):
    entry_id: str
    kind: EntryKind
    at_ms: int
    text: str
    person: str
    call: PhoneRecord | None
    source: str = ""


class EntryCorrected(Event, frozen=True, kw_only=True, tag="duty.corrected"):
    entry_id: str
    text: str
    call: PhoneRecord | None
    reason: str


class EntryVoided(Event, frozen=True, kw_only=True, tag="duty.voided"):
    entry_id: str
    reason: str


class ReportLinked(Event, frozen=True, kw_only=True, tag="duty.linked"):
    entry_id: str
    report: str


class ShiftNoticed(Event, frozen=True, kw_only=True, tag="duty.noticed"):
    shift_id: str


class EmptyFlagged(Event, frozen=True, kw_only=True, tag="duty.empty_flagged"):
    day_ms: int
    gaps: list[EmptySlot]


DutyEvent = (
    ShiftsPlanned
    | CrewChanged
    | ShiftRemoved
    | WatchBegan
    | SheetCollected
    | ItemsNoted
    | HandoverGiven
    | HandoverWithdrawn
    | HandoverSigned
    | EntryWritten
    | EntryCorrected
    | EntryVoided
    | ReportLinked
    | ShiftNoticed
    | EmptyFlagged
)
