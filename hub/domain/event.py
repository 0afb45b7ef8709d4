"""What an event, its actor and its place in the log are."""

from __future__ import annotations

from enum import StrEnum
from typing import Generic, TypeVar

import msgspec


class Role(StrEnum):
    """The four kinds of people, those that are let in without an account, and the hub itself."""

    OFFICER = "officer"
    SEAT = "seat"
    REVIEWER = "reviewer"
    ADMIN = "admin"
    GUEST = "guest"
    WALL = "wall"
    HUB = "hub"


OUTSIDE = (Role.GUEST, Role.WALL)
"""现场 and 大屏: they have no account, and get what is given to them and nothing else (P13, P14)."""


class Actor(msgspec.Struct, frozen=True):
    """Who did it: the account, the person behind it and the office's seat as it was named then."""

    account: str
    person: str
    role: Role
    seat: str | None = None
    seat_name: str | None = None


HUB = Actor(account="hub", person="系统", role=Role.HUB)


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """A thing that happened. Every subclass has a tag ``noun.verb`` that is never reused."""


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """A wish that ``decide`` turns into events or refuses."""


E = TypeVar("E", bound=Event, covariant=True)


class Recorded(msgspec.Struct, Generic[E], frozen=True, kw_only=True):
    """An event in its place: ``seq`` counts from 1 in its ``stream``, ``at_ms`` is the hub's clock.

    ``op`` is the sender's own id of the wish; the same wish sent twice happens once (rule J3).
    """

    stream: str
    seq: int
    at_ms: int
    actor: Actor
    event: E
    op: str | None = None
