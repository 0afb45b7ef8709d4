"""One unit's progress on an item, from sent to confirmed (rules T1 to T11)."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hub.domain.event import Actor, Command, Event


class Progress(StrEnum):
    """已发送 · 已送达 · 已读 · 已签收 · 办理中 · 已反馈 · 退回补充 · 已确认"""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    SIGNED = "signed"
    WORKING = "working"
    REPLIED = "replied"
    RETURNED = "returned"
    CONFIRMED = "confirmed"


ORDER = (
    Progress.SENT,
    Progress.DELIVERED,
    Progress.READ,
    Progress.SIGNED,
    Progress.WORKING,
    Progress.REPLIED,
    Progress.CONFIRMED,
)
"""A track only goes forward along these; ``returned`` stands where ``working`` does (T1)."""

UNANSWERED = (Progress.SENT, Progress.DELIVERED, Progress.READ)
"""Nobody has signed yet: reminders go on, and the unit is on the list to be called by telephone (T4)."""


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A unit that takes part, its names and level frozen. ``level``: province, dept, city or county."""

    seat: str
    name: str
    short_name: str
    level: str


class Feedback(msgspec.Struct, frozen=True, kw_only=True):
    """反馈: one answer of a unit; ``returned``: why the office sent it back."""

    text: str
    actor: Actor
    at_ms: int
    returned: str | None = None


class Phoned(msgspec.Struct, frozen=True, kw_only=True):
    """电话叫应: one call by the duty telephone to a silent unit."""

    actor: Actor
    at_ms: int
    reached: bool
    note: str = ""


class Extension(msgspec.Struct, frozen=True, kw_only=True):
    """延期: asked for before the old time had come; ``granted`` is None while nobody has answered."""

    due_ms: int
    reason: str
    actor: Actor
    at_ms: int
    granted: bool | None = None


class UnitTrack(msgspec.Struct, frozen=True, kw_only=True):
    """``times``: when each state was first reached. ``due_ms``: the unit's own time after an extension."""

    unit: Unit
    state: Progress = Progress.SENT
    since_ms: int = 0
    times: dict[str, int] = {}
    person: str | None = None
    replies: list[Feedback] = []
    urged: list[int] = []
    phoned: list[Phoned] = []
    escalated_ms: int | None = None
    extension: Extension | None = None
    due_ms: int | None = None
    late_min: int | None = None


# --- commands -----------------------------------------------------------------------------------


class MarkDelivered(Command, frozen=True, kw_only=True):
    """By the hub: the item is on a page of each of these seats."""

    item_id: str
    seats: list[str]


class MoveTrack(Command, frozen=True, kw_only=True):
    """By the unit: read, signed, working, replied. By the office: returned (with why), confirmed.

    ``text``: the answer, or why it is returned.
    """

    item_id: str
    seat: str
    state: Progress
    text: str = ""


class Urge(Command, frozen=True, kw_only=True):
    """催办, by hand or by the hub; only units that have not done what is asked are urged."""

    item_id: str
    seats: list[str]


class Escalate(Command, frozen=True, kw_only=True):
    """By the hub: these units have not read it in time, and go on the list to be called by telephone (T4)."""

    item_id: str
    seats: list[str]


class NotePhoned(Command, frozen=True, kw_only=True):
    """电话叫应: the result of a call."""

    item_id: str
    seat: str
    reached: bool
    note: str = ""


class AskExtension(Command, frozen=True, kw_only=True):
    """By the unit, before its time has come (T6)."""

    item_id: str
    seat: str
    due_ms: int
    reason: str


class AnswerExtension(Command, frozen=True, kw_only=True):
    item_id: str
    seat: str
    granted: bool


# --- events -------------------------------------------------------------------------------------


class TracksDelivered(Event, frozen=True, kw_only=True, tag="track.delivered"):
    item_id: str
    seats: list[str]


class TrackMoved(Event, frozen=True, kw_only=True, tag="track.moved"):
    """``late_min``: minutes behind its time, where this answer is the first one."""

    item_id: str
    seat: str
    state: Progress
    text: str = ""
    late_min: int | None = None


class TracksUrged(Event, frozen=True, kw_only=True, tag="track.urged"):
    item_id: str
    seats: list[str]


class TracksEscalated(Event, frozen=True, kw_only=True, tag="track.escalated"):
    item_id: str
    seats: list[str]


class TrackPhoned(Event, frozen=True, kw_only=True, tag="track.phoned"):
    item_id: str
    seat: str
    reached: bool
    note: str


class ExtensionAsked(Event, frozen=True, kw_only=True, tag="extension.asked"):
    item_id: str
    seat: str
    due_ms: int
    reason: str


class ExtensionAnswered(Event, frozen=True, kw_only=True, tag="extension.answered"):
    item_id: str
    seat: str
    granted: bool


TrackEvent = (
    TracksDelivered
    | TrackMoved
    | TracksUrged
    | TracksEscalated
    | TrackPhoned
    | ExtensionAsked
    | ExtensionAnswered
)
