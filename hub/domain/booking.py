"""预约: a meeting that is planned, who is invited, and what each has answered (rules G1 to G6)."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hub.domain.agenda import AgendaItem
from hub.domain.event import Command, Event
from hub.domain.session import Invited, SessionKind

REMINDERS_MIN = (60, 30, 10)
"""操作员到位 · 点名 · 入座: so many minutes before the beginning."""


def stream_of(booking_id: str) -> str:
    return f"booking:{booking_id}"


class Reply(StrEnum):
    """确认参会 · 请假"""

    CONFIRMED = "confirmed"
    ON_LEAVE = "on_leave"


class LineTest(msgspec.Struct, frozen=True, kw_only=True):
    """联调: what the self-check of the seat came to."""

    passed: bool
    at_ms: int


class Invitee(msgspec.Struct, frozen=True, kw_only=True):
    """An invited seat, and what it has said."""

    venue: str
    name: str
    short_name: str
    reply: Reply | None = None
    reason: str = ""
    replied_ms: int | None = None
    person: str | None = None
    line_test: LineTest | None = None


class Booking(msgspec.Struct, frozen=True, kw_only=True, tag_field="noun", tag="booking"):
    """State of a stream ``booking:{id}``. ``reminded``: when which reminder went out, by its minutes."""

    booking_id: str = ""
    title: str = ""
    kind: SessionKind = SessionKind.JOINT_MEETING
    office: str = ""
    office_name: str = ""
    starts_ms: int = 0
    minutes: int = 60
    agenda: list[AgendaItem] = []
    invited: dict[str, Invitee] = {}
    planned_ms: int = 0
    set_ms: int = 0
    reminded: dict[str, int] = {}
    cancelled_ms: int | None = None
    reason: str = ""
    session_id: str | None = None

    @property
    def waits(self) -> bool:
        """It is still to come."""
        return self.planned_ms > 0 and self.cancelled_ms is None and self.session_id is None


# --- commands -----------------------------------------------------------------------------------


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All that officers say about a meeting."""

    title: str
    kind: SessionKind
    starts_ms: int
    minutes: int
    venues: list[Invited]
    agenda: list[AgendaItem] = []


class PlanBooking(Command, frozen=True, kw_only=True):
    booking_id: str
    plan: Plan


class ChangeBooking(Command, frozen=True, kw_only=True):
    """The whole plan anew."""

    plan: Plan


class CancelBooking(Command, frozen=True, kw_only=True):
    reason: str


class ReplyBooking(Command, frozen=True, kw_only=True):
    """By the seat itself, again and again until it begins."""

    venue: str
    reply: Reply
    reason: str = ""


class ReportLineTest(Command, frozen=True, kw_only=True):
    """By the seat itself, after its self-check."""

    venue: str
    passed: bool


class RemindBooking(Command, frozen=True, kw_only=True):
    """By the hub, when it may be time for one."""


class StartBooked(Command, frozen=True, kw_only=True):
    """It has begun as that session."""

    session_id: str


# --- events -------------------------------------------------------------------------------------


class BookingPlanned(Event, frozen=True, kw_only=True, tag="booking.planned"):
    booking_id: str
    plan: Plan


class BookingChanged(Event, frozen=True, kw_only=True, tag="booking.changed"):
    plan: Plan


class BookingCancelled(Event, frozen=True, kw_only=True, tag="booking.cancelled"):
    reason: str


class BookingReplied(Event, frozen=True, kw_only=True, tag="booking.replied"):
    venue: str
    reply: Reply
    reason: str


class BookingLineTested(Event, frozen=True, kw_only=True, tag="booking.line_tested"):
    venue: str
    passed: bool


class BookingReminded(Event, frozen=True, kw_only=True, tag="booking.reminded"):
    minutes: int


class BookingStarted(Event, frozen=True, kw_only=True, tag="booking.started"):
    session_id: str


BookingEvent = (
    BookingPlanned
    | BookingChanged
    | BookingCancelled
    | BookingReplied
    | BookingLineTested
    | BookingReminded
    | BookingStarted
)
