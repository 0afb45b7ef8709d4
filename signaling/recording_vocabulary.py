"""The messages about a recording, while it is written and afterwards (录制与回看).

They belong to ``signaling/vocabulary.py``, which has the table of all messages.
"""

from __future__ import annotations

from hub.domain.keeping import ExportWish
from hub.domain.session import MarkerKind
from signaling.messages import Wish


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
