"""The messages of planned meetings (预约会议).

They belong to ``signaling/vocabulary.py``, which has the table of all messages.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from hub.domain.agenda import AgendaItem
from hub.domain.booking import Booking, Reply
from hub.domain.session import SessionKind
from signaling.messages import Push, Wish


class BookingWish(Wish, frozen=True, kw_only=True):
    """A wish about one booking."""

    booking_id: str


class BookingPlan(BookingWish, frozen=True, kw_only=True):
    """``booking_id`` is made by the page. Venues are seat ids; each may confirm from now on."""

    title: str
    kind: SessionKind
    starts_ms: int
    minutes: int
    venues: Annotated[list[str], msgspec.Meta(max_length=500)]
    agenda: Annotated[list[AgendaItem], msgspec.Meta(max_length=100)] = msgspec.field(default_factory=list)


class BookingChange(BookingPlan, frozen=True, kw_only=True):
    """The whole plan anew; at another time everybody is asked again."""


class BookingCancel(BookingWish, frozen=True, kw_only=True):
    reason: str = ""


class BookingReply(BookingWish, frozen=True, kw_only=True):
    """确认参会 or 请假, by the invited seat; leave has a reason."""

    reply: Reply
    reason: str = ""


class BookingTest(BookingWish, frozen=True, kw_only=True):
    """以此作为联调结果: what this seat's self-check came to."""

    passed: bool


class BookingStart(BookingWish, frozen=True, kw_only=True):
    """Begin now: everybody invited but those on leave is called."""


class Bookings(Push, frozen=True, kw_only=True):
    """The bookings of this viewer: officers all, a seat its own invitations with its own answer."""

    bookings: list[Booking]
