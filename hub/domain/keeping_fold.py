"""The state of a recording's keeping after each event; nothing is refused here."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain.event import Recorded, Role
from hub.domain.keeping import (
    Destruction,
    DestructionApproved,
    DestructionProposed,
    DestructionStuck,
    DestructionWithdrawn,
    Export,
    ExportCancelled,
    ExportFailed,
    ExportFinished,
    ExportRemoved,
    ExportRequested,
    ExportState,
    Fate,
    Hold,
    Keeping,
    KeepingDenied,
    KeepingEvent,
    KeepingHeld,
    KeepingReleased,
    KeepingViewed,
    MarkChanged,
    MarkRemoved,
    MarkSet,
    Objection,
    RecordingDestroyed,
    ReviewMark,
    TrackStored,
)


def apply(state: Keeping, recorded: Recorded[KeepingEvent]) -> Keeping:
    event, at_ms, by = recorded.event, recorded.at_ms, recorded.actor
    match event:
        case KeepingViewed():
            return state
        case KeepingDenied():
            return replace(state, denied={**state.denied, by.account: at_ms})
        case KeepingHeld(reason=reason):
            return replace(state, hold=Hold(reason=reason, by=by, since_ms=at_ms))
        case KeepingReleased():
            return replace(state, hold=None, released_ms=at_ms)
        case DestructionProposed(reason=reason):
            proposed = Destruction(fate=Fate.PROPOSED, reason=reason, proposed_by=by, proposed_ms=at_ms)
            return replace(state, destruction=proposed)
        case DestructionWithdrawn():
            return _withdrawn(state, recorded)
        case DestructionApproved() | DestructionStuck() | RecordingDestroyed():
            return _go_on(state, recorded)
        case TrackStored(track_id=track_id, place=place):
            return replace(state, stored={**state.stored, track_id: place})
        case MarkSet() | MarkChanged() | MarkRemoved():
            return replace(state, marks=_marks(state.marks, recorded))
        case _:
            return replace(state, exports=_exports(state.exports, recorded))


def _withdrawn(state: Keeping, recorded: Recorded[KeepingEvent]) -> Keeping:
    """Whoever takes back what the hub has proposed objects to its policy."""
    was, by = state.destruction, recorded.actor
    if was is None or was.proposed_by.role is not Role.HUB or by.role is Role.HUB:
        return replace(state, destruction=None)
    return replace(state, destruction=None, objection=Objection(by=by, at_ms=recorded.at_ms))


def _go_on(state: Keeping, recorded: Recorded[KeepingEvent]) -> Keeping:
    """The two steps from a proposal to the tombstone."""
    destruction, event, at_ms = state.destruction, recorded.event, recorded.at_ms
    if destruction is None:
        return state
    if isinstance(event, RecordingDestroyed):
        done = replace(destruction, fate=Fate.DESTROYED, destroyed_ms=at_ms, files=event.files, problem="")
        return replace(state, destruction=done)
    if isinstance(event, DestructionStuck):
        return replace(state, destruction=replace(destruction, problem=event.reason))
    approved = replace(destruction, fate=Fate.APPROVED, approved_by=recorded.actor, approved_ms=at_ms)
    return replace(state, destruction=approved)


def _marks(marks: dict[str, ReviewMark], recorded: Recorded[KeepingEvent]) -> dict[str, ReviewMark]:
    event, at_ms = recorded.event, recorded.at_ms
    match event:
        case MarkSet(mark_id=key):
            mark = ReviewMark(
                mark_id=key,
                kind=event.kind,
                label=event.label,
                note=event.note,
                at_ms=event.at_ms,
                about=event.about,
                by=recorded.actor,
                made_ms=at_ms,
            )
            return {**marks, key: mark}
        case MarkChanged(mark_id=key):
            changed = replace(
                marks[key],
                kind=event.kind,
                label=event.label,
                note=event.note,
                at_ms=event.at_ms,
                version=marks[key].version + 1,
                changed_ms=at_ms,
            )
            return {**marks, key: changed}
        case MarkRemoved(mark_id=key):
            return {other: mark for other, mark in marks.items() if other != key}
    return marks


def _exports(exports: dict[str, Export], recorded: Recorded[KeepingEvent]) -> dict[str, Export]:
    event, at_ms = recorded.event, recorded.at_ms
    match event:
        case ExportRequested(export_id=key, wish=wish):
            made = Export(export_id=key, wish=wish, by=recorded.actor, requested_ms=at_ms, since_ms=at_ms)
        case ExportFinished(export_id=key):
            made = replace(
                exports[key],
                state=ExportState.DONE,
                since_ms=at_ms,
                name=event.name,
                size_bytes=event.size_bytes,
                digest=event.digest,
                algorithm=event.algorithm,
            )
        case ExportFailed(export_id=key, reason=reason):
            made = replace(exports[key], state=ExportState.FAILED, since_ms=at_ms, reason=reason)
        case ExportCancelled(export_id=key):
            made = replace(exports[key], state=ExportState.CANCELLED, since_ms=at_ms)
        case ExportRemoved(export_id=key):
            made = replace(exports[key], state=ExportState.REMOVED, since_ms=at_ms)
        case _:
            return exports
    return {**exports, key: made}
