"""The messages about a recording, while it is written and afterwards (录制与回看).

They belong to ``signaling/vocabulary.py``, which has the table of all messages.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hub.domain.keeping import ExportWish
from hub.domain.recording import RecordingState
from hub.domain.session import MarkerKind
from signaling.messages import Push, Wish


class RecordingNow(msgspec.Struct, frozen=True, kw_only=True):
    """How the recording of a session stands, for those who cannot follow it; ``since_ms``: so since then."""

    state: RecordingState
    since_ms: int
    started_ms: int


class RoomState(StrEnum):
    """充足 · 将满 · 已满"""

    AMPLE = "ample"
    LOW = "low"
    FULL = "full"


class RecoveredRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a start of the hub has mended: how many files were recovered, and how many could not be."""

    recording_id: str
    title: str
    at_ms: int
    recovered: int
    failed: int


class StalledRow(msgspec.Struct, frozen=True, kw_only=True):
    """A source that came and was not being written."""

    recording_id: str
    title: str
    venue_name: str
    source: str
    at_ms: int


class Recorder(Push, frozen=True, kw_only=True):
    """How the recorder is, for officers. ``left_s``: how long the room lasts at the present rate; None while
    nobody knows. ``stalled`` and ``recovered``: the newest since the hub began."""

    room: RoomState
    since_ms: int
    free_bytes: int
    left_s: int | None
    recovered: list[RecoveredRow]
    stalled: list[StalledRow]


class RecordingWish(Wish, frozen=True, kw_only=True):
    recording_id: str


class RecordingReason(RecordingWish, frozen=True, kw_only=True):
    """Of what is done for a reason: pausing, hold, release, and the proposal to destroy it."""

    reason: str


class RecordingMark(RecordingWish, frozen=True, kw_only=True):
    """``mark_id`` is made by the page; ``at_ms`` is hub time; ``about``: the live marker that gets a note."""

    mark_id: str
    kind: MarkerKind
    label: str
    at_ms: int
    note: str = ""
    about: str = ""


class RecordingMarkChange(RecordingWish, frozen=True, kw_only=True):
    """``base_version``: what the writer was looking at."""

    mark_id: str
    base_version: int
    kind: MarkerKind
    label: str
    note: str
    at_ms: int


class RecordingMarkOff(RecordingWish, frozen=True, kw_only=True):
    mark_id: str


class RecordingExport(RecordingWish, frozen=True, kw_only=True):
    """``export_id`` is made by the page."""

    export_id: str
    wish: ExportWish


class RecordingExportOff(RecordingWish, frozen=True, kw_only=True):
    export_id: str
