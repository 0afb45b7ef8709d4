"""What becomes of a recording once it is written: views, hold, destruction, marks, exports (R6, R16 to R37).

It has a stream of its own, ``keeping:{recording_id}``, which only those follow who may keep the recording:
the venues of a session hear how it is recorded, and not who looks at it afterwards. The rules are in
``keeping_rules.py``, the fold in ``keeping_fold.py``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import msgspec

from hub.domain.event import Actor, Command, Event
from hub.domain.session import MarkerKind


def stream_of(recording_id: str) -> str:
    return f"keeping:{recording_id}"


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """封存: nothing of it is destroyed. ``by`` is the hub where a rule demands it."""

    reason: str
    by: Actor
    since_ms: int


class Fate(StrEnum):
    """待第二人批准 · 销毁中 · 已销毁"""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DESTROYED = "destroyed"


class DestroyedFile(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of a file: ``name`` as it lay, ``digest`` in hex by ``algorithm``."""

    name: str
    size_bytes: int
    digest: str
    algorithm: str


class Destruction(msgspec.Struct, frozen=True, kw_only=True):
    """销毁; once destroyed, the tombstone. ``approved_by`` is another person than ``proposed_by``, or both
    are the hub, where the retention policy destroys by itself. ``problem``: why files of it are still there,
    a code of ``hub.errors``; the hub tries again."""

    fate: Fate
    reason: str
    proposed_by: Actor
    proposed_ms: int
    problem: str = ""
    approved_by: Actor | None = None
    approved_ms: int | None = None
    destroyed_ms: int | None = None
    files: list[DestroyedFile] = []


class ReviewMark(msgspec.Struct, frozen=True, kw_only=True):
    """A marker set afterwards. ``about``: the live marker that it adds a note to, or empty."""

    mark_id: str
    kind: MarkerKind
    label: str
    note: str
    at_ms: int
    about: str
    by: Actor
    made_ms: int
    version: int = 1
    changed_ms: int | None = None


class ExportForm(StrEnum):
    """一个视频文件 · 归档包"""

    MP4 = "mp4"
    PACKAGE = "package"


class ExportState(StrEnum):
    """排队或制作中 · 已完成 · 失败 · 已取消 · 已清理"""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REMOVED = "removed"


class ExportWish(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be made. ``from_ms`` and ``to_ms`` are hub time; a package is always of the whole."""

    form: ExportForm
    from_ms: int
    to_ms: int
    layout: Literal["grid", "speaker"] = "grid"
    height: Literal[480, 720, 1080] = 720
    fps: Literal[5, 10, 15, 25] = 25


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """One file made of a recording. ``reason``: why it failed, a code of ``hub.errors``."""

    export_id: str
    wish: ExportWish
    by: Actor
    requested_ms: int
    state: ExportState = ExportState.WAITING
    since_ms: int = 0
    name: str = ""
    size_bytes: int = 0
    digest: str = ""
    algorithm: str = ""
    reason: str = ""


class Objection(msgspec.Struct, frozen=True, kw_only=True):
    """An office has said no to what the policy wanted to destroy; then it takes two persons."""

    by: Actor
    at_ms: int


class Keeping(msgspec.Struct, frozen=True, kw_only=True, tag_field="noun", tag="keeping"):
    """State of a stream ``keeping:{recording_id}``. ``stored``: where each track lies that was moved away.

    ``released_ms``: when a hold was last released; the hub does not put it back of its own accord.
    ``denied``: when each account that has no right was last noted as refused.
    """

    hold: Hold | None = None
    released_ms: int | None = None
    objection: Objection | None = None
    denied: dict[str, int] = {}
    destruction: Destruction | None = None
    marks: dict[str, ReviewMark] = {}
    exports: dict[str, Export] = {}
    stored: dict[str, str] = {}

    @property
    def destroyed(self) -> bool:
        return self.destruction is not None and self.destruction.fate is Fate.DESTROYED

    @property
    def condemned(self) -> bool:
        """Approved or destroyed: nothing new is made of it."""
        return self.destruction is not None and self.destruction.fate is not Fate.PROPOSED


# --- commands -----------------------------------------------------------------------------------


class NoteView(Command, frozen=True, kw_only=True):
    """Somebody opened (view), fetched (download) or checked (verify) it, or ``detail`` of it."""

    what: str
    detail: str = ""


class NoteDenial(Command, frozen=True, kw_only=True):
    """Somebody without the right has asked for it; noted once in ten minutes, however often they ask."""

    what: str


class HoldRecording(Command, frozen=True, kw_only=True):
    reason: str


class ReleaseRecording(Command, frozen=True, kw_only=True):
    reason: str


class ProposeDestruction(Command, frozen=True, kw_only=True):
    reason: str


class WithdrawDestruction(Command, frozen=True, kw_only=True):
    pass


class ApproveDestruction(Command, frozen=True, kw_only=True):
    pass


class NoteStuck(Command, frozen=True, kw_only=True):
    """Files cannot be deleted; ``reason`` is a code of ``hub.errors``."""

    reason: str


class NoteDestroyed(Command, frozen=True, kw_only=True):
    """Every file is gone; ``files`` is what they were."""

    files: list[DestroyedFile]


class SetMark(Command, frozen=True, kw_only=True):
    mark_id: str
    kind: MarkerKind
    label: str
    at_ms: int
    note: str = ""
    about: str = ""


class ChangeMark(Command, frozen=True, kw_only=True):
    mark_id: str
    base_version: int
    kind: MarkerKind
    label: str
    note: str
    at_ms: int


class RemoveMark(Command, frozen=True, kw_only=True):
    mark_id: str


class RequestExport(Command, frozen=True, kw_only=True):
    export_id: str
    wish: ExportWish


class CancelExport(Command, frozen=True, kw_only=True):
    export_id: str


class FinishExport(Command, frozen=True, kw_only=True):
    export_id: str
    name: str
    size_bytes: int
    digest: str
    algorithm: str


class FailExport(Command, frozen=True, kw_only=True):
    export_id: str
    reason: str


class RemoveExport(Command, frozen=True, kw_only=True):
    """Its file was cleared away: it can be made again."""

    export_id: str


class NoteStored(Command, frozen=True, kw_only=True):
    """A sealed track lies in another store now; ``place`` is its address there."""

    track_id: str
    place: str


# --- events -------------------------------------------------------------------------------------


class KeepingViewed(Event, frozen=True, kw_only=True, tag="keeping.viewed"):
    what: str
    detail: str = ""


class KeepingDenied(Event, frozen=True, kw_only=True, tag="keeping.denied"):
    what: str


class KeepingHeld(Event, frozen=True, kw_only=True, tag="keeping.held"):
    reason: str


class KeepingReleased(Event, frozen=True, kw_only=True, tag="keeping.released"):
    reason: str


class DestructionProposed(Event, frozen=True, kw_only=True, tag="destruction.proposed"):
    reason: str


class DestructionWithdrawn(Event, frozen=True, kw_only=True, tag="destruction.withdrawn"):
    pass


class DestructionApproved(Event, frozen=True, kw_only=True, tag="destruction.approved"):
    pass


class DestructionStuck(Event, frozen=True, kw_only=True, tag="destruction.stuck"):
    reason: str


class RecordingDestroyed(Event, frozen=True, kw_only=True, tag="destruction.done"):
    files: list[DestroyedFile]


class MarkSet(Event, frozen=True, kw_only=True, tag="mark.set"):
    mark_id: str
    kind: MarkerKind
    label: str
    note: str
    at_ms: int
    about: str


class MarkChanged(Event, frozen=True, kw_only=True, tag="mark.changed"):
    mark_id: str
    kind: MarkerKind
    label: str
    note: str
    at_ms: int


class MarkRemoved(Event, frozen=True, kw_only=True, tag="mark.removed"):
    mark_id: str


class ExportRequested(Event, frozen=True, kw_only=True, tag="export.requested"):
    export_id: str
    wish: ExportWish


class ExportFinished(Event, frozen=True, kw_only=True, tag="export.finished"):
    export_id: str
    name: str
    size_bytes: int
    digest: str
    algorithm: str


class ExportFailed(Event, frozen=True, kw_only=True, tag="export.failed"):
    export_id: str
    reason: str


class ExportCancelled(Event, frozen=True, kw_only=True, tag="export.cancelled"):
    export_id: str


class ExportRemoved(Event, frozen=True, kw_only=True, tag="export.removed"):
    export_id: str


class TrackStored(Event, frozen=True, kw_only=True, tag="track.stored"):
    track_id: str
    place: str


KeepingEvent = (
    KeepingViewed
    | KeepingDenied
    | KeepingHeld
    | KeepingReleased
    | DestructionProposed
    | DestructionWithdrawn
    | DestructionApproved
    | DestructionStuck
    | RecordingDestroyed
    | MarkSet
    | MarkChanged
    | MarkRemoved
    | ExportRequested
    | ExportFinished
    | ExportFailed
    | ExportCancelled
    | ExportRemoved
    | TrackStored
)
