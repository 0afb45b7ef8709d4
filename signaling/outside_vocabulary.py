"""The messages about those without an account: guests in the field (现场), and walls (大屏).

They belong to ``signaling/vocabulary.py``, which has the table of all messages.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from hub.domain.call import VenueState
from hub.domain.guest import MINUTES, MINUTES_MAX
from hub.domain.picture import Why
from hub.domain.session import SessionKind
from signaling.control_vocabulary import SessionWish
from signaling.messages import Push, Result, Wish
from signaling.recording_vocabulary import RecordingNow


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """The large picture and why it is that one. ``venue`` None: the multi-picture, of all."""

    venue: str | None
    short_name: str
    why: Why


# --- 现场 ----------------------------------------------------------------------------------------


class GuestInvite(SessionWish, frozen=True, kw_only=True):
    """Make a code by which one telephone in the field comes in, within so many minutes."""

    label: str
    place: str
    minutes: Annotated[int, msgspec.Meta(ge=1, le=MINUTES_MAX)] = MINUTES


class GuestCode(Result, frozen=True, kw_only=True):
    """Told once: the log has only its hash. The same wish (``op``) gets the same code."""

    invitation_id: str
    code: str
    until_ms: int


class GuestWithdraw(SessionWish, frozen=True, kw_only=True):
    """Nobody comes by that code any more; who has come by it is removed as any venue."""

    invitation_id: str


class GuestView(Push, frozen=True, kw_only=True):
    """All that a guest is told of its session. ``muted``: nobody hears it, whatever it switches on.

    ``named``: it has the floor. ``broadcast``: everybody sees it. ``ended``: its token is worth nothing.
    """

    label: str
    place: str
    title: str
    exercise: bool
    classification: str
    state: VenueState
    since_ms: int
    main: Shown | None = None
    muted: bool = False
    named: bool = False
    broadcast: bool = False
    ended: bool = False
    recording: RecordingNow | None = None


# --- 大屏 ----------------------------------------------------------------------------------------


class WallAdd(Wish, frozen=True, kw_only=True):
    """Register a wall; its token is told once."""

    name: str


class WallToken(Result, frozen=True, kw_only=True):
    wall_id: str
    token: str


class WallRevoke(Wish, frozen=True, kw_only=True):
    wall_id: str


class WallShow(Wish, frozen=True, kw_only=True):
    """上墙: instead of what it has shown until now."""

    wall_id: str
    session_id: str


class WallClear(Wish, frozen=True, kw_only=True):
    """下墙."""

    wall_id: str


class WallRow(msgspec.Struct, frozen=True, kw_only=True):
    """One wall, for those who choose what it shows; ``online``: a screen is there."""

    wall_id: str
    name: str
    online: bool
    session_id: str | None
    shown_ms: int | None


class Walls(Push, frozen=True, kw_only=True):
    """All walls, for officers and administrators; what they show is for officers."""

    walls: list[WallRow]


class WallVenue(msgspec.Struct, frozen=True, kw_only=True):
    """A venue that is there, as its tile says it."""

    venue: str
    short_name: str
    state: VenueState
    since_ms: int
    microphone: bool
    camera: bool
    field: bool
    place: str


class WallSession(msgspec.Struct, frozen=True, kw_only=True):
    session_id: str
    boards: str
    title: str
    kind: SessionKind
    exercise: bool
    classification: str
    started_ms: int
    chair_name: str
    main: Shown | None
    presenter: str | None
    venues: list[WallVenue]
    recording: RecordingNow | None = None


class WallView(Push, frozen=True, kw_only=True):
    """All that a wall is told; no ``session``: nothing is on it."""

    name: str
    session: WallSession | None = None
