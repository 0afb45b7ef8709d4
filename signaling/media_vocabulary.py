"""The messages about media: connections, slots and views, layers, lines, and the check of a device.

They belong to ``signaling/vocabulary.py``, which has the table of all messages.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

import msgspec

from signaling.messages import Push, Request, Result

Via = Literal["udp", "tcp"]
"""How packets travel."""

WIDTH_MAX = 16_384
"""Of a tile; no screen is wider."""


# --- connections --------------------------------------------------------------------------------


class MediaPublish(Request, frozen=True, kw_only=True):
    """Offer a publish connection (sendonly m-lines). ``sources`` names each mid."""

    session_id: str
    sdp: str
    sources: dict[str, str]


class MediaSubscribe(Request, frozen=True, kw_only=True):
    """Offer a subscribe connection: each recvonly m-line is a slot, and ``content`` the presenter's."""

    session_id: str
    sdp: str
    content: str | None = None


class MediaRestart(Request, frozen=True, kw_only=True):
    """Offer again on the same connection: an ICE restart, or more m-lines.

    ``sources`` names the mids that are new; ``content`` is said when there was none yet.
    """

    resource: str
    sdp: str
    sources: dict[str, str] = msgspec.field(default_factory=dict)
    content: str | None = None


class MediaClose(Request, frozen=True, kw_only=True):
    resource: str


class MediaAnswer(Result, frozen=True, kw_only=True):
    resource: str
    sdp: str


class MediaState(Push, frozen=True, kw_only=True):
    """A media connection of this page: connected, or closed with a reason (displaced, ended, lost)."""

    session_id: str
    resource: str
    connected: bool
    reason: str = ""


class MediaRelays(Request, frozen=True, kw_only=True):
    """Ask for the relays (TURN) this hub has, for pages that reach it in no other way."""


class RelayServer(msgspec.Struct, frozen=True, kw_only=True):
    """As an RTCIceServer."""

    urls: list[str]
    username: str
    credential: str


class Relays(Result, frozen=True, kw_only=True):
    """No servers when the hub has no relay. The credentials hold until ``expires_ms``."""

    servers: list[RelayServer] = msgspec.field(default_factory=list)
    expires_ms: int | None = None


# --- the self-check ------------------------------------------------------------------------------


class CheckPublish(Request, frozen=True, kw_only=True):
    """Offer the sending half of a self-check: a loop that nobody else sees, over ``via`` alone."""

    sdp: str
    via: Via


class CheckSubscribe(Request, frozen=True, kw_only=True):
    """Offer the half that gets it back. Both end after a minute, or as any other (``media.close``)."""

    sdp: str
    via: Via


# --- what a slot shows --------------------------------------------------------------------------


class SlotView(msgspec.Struct, frozen=True, kw_only=True):
    """What the page wants in a video slot.

    ``venue`` None: the hub chooses who speaks, and keeps still. ``width``: of the tile, in device pixels;
    0 when nobody looks.
    """

    mid: str
    venue: str | None = None
    width: Annotated[int, msgspec.Meta(ge=0, le=WIDTH_MAX)] = 0


class MediaView(Request, frozen=True, kw_only=True):
    """All wishes about the video slots of ``resource``; one that is not named is automatic and paused."""

    resource: str
    slots: list[SlotView]


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """What the m-line ``mid`` of a subscribe connection carries now; nothing when ``source_id`` is None.

    ``problem`` "codec": this client cannot decode that source. ``starved``: paused for want of bandwidth.
    """

    mid: str
    kind: str
    source_id: str | None = None
    venue: str | None = None
    source: str | None = None
    codec: str | None = None
    problem: Literal["codec"] | None = None
    starved: bool = False


class Slots(Push, frozen=True, kw_only=True):
    """All slots of one subscribe connection."""

    session_id: str
    resource: str
    slots: list[Slot]


class Levels(Push, frozen=True, kw_only=True):
    """How loud the venues are: dB below overload, 0 to 127 (RFC 6464). Ephemeral, may be dropped."""

    session_id: str
    levels: dict[str, int]


# --- what a publisher should send, and how its line is --------------------------------------------


class MediaLayers(Push, frozen=True, kw_only=True):
    """The encodings (rids) to send now on each mid of a publish connection; the others nobody looks at."""

    session_id: str
    resource: str
    encodings: dict[str, list[str]]


class LineState(StrEnum):
    """良好 · 一般 · 较差 · 中断"""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    LOST = "lost"


class LineSide(msgspec.Struct, frozen=True, kw_only=True):
    """One direction of a line. ``loss`` is a share, ``width`` that of the best picture on it."""

    loss: float
    rtt_ms: int | None = None
    jitter_ms: int | None = None
    bitrate_bps: int
    width: int | None = None
    via: Via | None = None


class VenueLine(msgspec.Struct, frozen=True, kw_only=True):
    """How a venue's line is, and since when. ``up``: from the venue to the hub; figures are for officers."""

    state: LineState
    since_ms: int
    up: LineSide | None = None
    down: LineSide | None = None


class MediaLines(Push, frozen=True, kw_only=True):
    """The lines of all venues that have sent something, every 2 s; figures for the duty office only."""

    session_id: str
    venues: dict[str, VenueLine]
