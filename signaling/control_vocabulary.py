"""The messages of the chair's desk: chair, floor, pictures, roll call, and how a session is run.

They belong to ``signaling/vocabulary.py``, which has the table of all messages. A venue speaks for itself
where a message names none.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from hub.domain.floor import SpeakMode
from hub.domain.picture import INTERVAL_S, CarouselKind
from hub.domain.rollcall import ANSWER_S, RollResult
from signaling.messages import Wish


class SessionWish(Wish, frozen=True, kw_only=True):
    """A wish about one session."""

    session_id: str


class VenueWish(SessionWish, frozen=True, kw_only=True):
    venue: str


# --- 主席 ----------------------------------------------------------------------------------------


class ChairRequest(SessionWish, frozen=True, kw_only=True):
    """申请主席."""


class ChairEndRequest(SessionWish, frozen=True, kw_only=True):
    """Take one's own request back; with ``venue`` the chair denies that venue's."""

    venue: str | None = None


class ChairTransfer(VenueWish, frozen=True, kw_only=True):
    """转移主席, also as the answer to a request."""


class ChairRelease(SessionWish, frozen=True, kw_only=True):
    """释放主席: back to the duty office, or from it to its backup."""


class ChairTake(SessionWish, frozen=True, kw_only=True):
    """剥夺主席: an officer of the duty office takes the chair."""


# --- 发言 ----------------------------------------------------------------------------------------


class FloorMode(SessionWish, frozen=True, kw_only=True):
    mode: SpeakMode


class FloorSelfUnmute(SessionWish, frozen=True, kw_only=True):
    """允许自行开麦."""

    allowed: bool


class FloorOpenMicrophone(SessionWish, frozen=True, kw_only=True):
    """Open the own microphone that the chair has closed; refused with ``floor.closed_by_chair``."""


class FloorName(VenueWish, frozen=True, kw_only=True):
    """点名发言: this venue and the chair are heard, nobody else."""


class FloorRequest(SessionWish, frozen=True, kw_only=True):
    """申请发言."""


class FloorGrant(VenueWish, frozen=True, kw_only=True):
    """同意发言."""


class FloorEndRequest(SessionWish, frozen=True, kw_only=True):
    """Take one's own request back; with ``venue`` the chair denies that venue's."""

    venue: str | None = None


class FloorEndTurn(SessionWish, frozen=True, kw_only=True):
    """By the speaker or by the chair."""


# --- 画面 ----------------------------------------------------------------------------------------


class PictureBroadcast(SessionWish, frozen=True, kw_only=True):
    """广播会场; without a venue the multi-picture is broadcast."""

    venue: str | None = None


class PictureStopBroadcast(SessionWish, frozen=True, kw_only=True):
    pass


class PictureCarousel(SessionWish, frozen=True, kw_only=True):
    """Begin a carousel (轮询) over ``venues``; a running one is replaced."""

    kind: CarouselKind
    venues: Annotated[list[str], msgspec.Meta(max_length=200)]
    interval_s: int = INTERVAL_S


class PicturePause(SessionWish, frozen=True, kw_only=True):
    paused: bool


class PictureTurn(SessionWish, frozen=True, kw_only=True):
    """The next venue of the carousel, at once."""


class PictureStopCarousel(SessionWish, frozen=True, kw_only=True):
    pass


class PictureLayout(SessionWish, frozen=True, kw_only=True):
    """1, 4, 9 or 16 pictures side by side on every screen; None leaves it to each venue."""

    layout: int | None = None


class PictureVoice(SessionWish, frozen=True, kw_only=True):
    """声控切换."""

    on: bool


# --- 点名 ----------------------------------------------------------------------------------------


class RollCallStart(SessionWish, frozen=True, kw_only=True):
    venues: Annotated[list[str], msgspec.Meta(max_length=200)]
    answer_s: int = ANSWER_S


class RollCallAnswer(SessionWish, frozen=True, kw_only=True):
    """This venue is asked, and is here."""


class RollCallTick(VenueWish, frozen=True, kw_only=True):
    rollcall_id: str
    result: RollResult
    note: str = ""


class RollCallNext(VenueWish, frozen=True, kw_only=True):
    """Go on; ``venue`` is the one that is asked as far as the chair's screen knows."""


class RollCallAgain(SessionWish, frozen=True, kw_only=True):
    """补点: ask these at the end of the run, also when it is over."""

    venues: Annotated[list[str], msgspec.Meta(max_length=200)]


class RollCallEnd(SessionWish, frozen=True, kw_only=True):
    pass


# --- 会商 ----------------------------------------------------------------------------------------


class SessionRinging(SessionWish, frozen=True, kw_only=True):
    """This page shows the call to its seat (已送达)."""


class SessionEscalate(VenueWish, frozen=True, kw_only=True):
    """Go on to the next contact of a venue that does not answer; a contact with a seat is called there."""


class SessionPhone(VenueWish, frozen=True, kw_only=True):
    """One line about a call by telephone (电话叫应)."""

    name: str
    phone: str
    reached: bool
    note: str = ""


class SessionLock(SessionWish, frozen=True, kw_only=True):
    locked: bool


class SessionLockPresentation(SessionWish, frozen=True, kw_only=True):
    """锁定演示."""

    locked: bool


class SessionPlanEnd(SessionWish, frozen=True, kw_only=True):
    """延长会商: when it should be over, in hub milliseconds; it never ends by itself."""

    ends_ms: int | None = None


class SessionRename(VenueWish, frozen=True, kw_only=True):
    short_name: str


class SessionRemove(VenueWish, frozen=True, kw_only=True):
    """删除会场: hung up, and in again only by a call."""
