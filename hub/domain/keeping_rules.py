"""What may become of a recording: hold, destruction by two, marks and exports (R20, R24 to R26, R34, R35).

Who may keep a recording at all depends on its session: ``hub.live.keeping`` asks that first.
"""

from __future__ import annotations

from hub.domain.event import HUB, Actor, Command, Role
from hub.domain.keeping import (
    ApproveDestruction,
    CancelExport,
    ChangeMark,
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
    FailExport,
    Fate,
    FinishExport,
    HoldRecording,
    Keeping,
    KeepingDenied,
    KeepingEvent,
    KeepingHeld,
    KeepingReleased,
    KeepingViewed,
    MarkChanged,
    MarkRemoved,
    MarkSet,
    NoteDenial,
    NoteDestroyed,
    NoteStored,
    NoteStuck,
    NoteView,
    ProposeDestruction,
    RecordingDestroyed,
    ReleaseRecording,
    RemoveExport,
    RemoveMark,
    RequestExport,
    ReviewMark,
    SetMark,
    TrackStored,
    WithdrawDestruction,
)
from hub.errors import Refusal

REASON_MAX = 200
LABEL_MAX = 200
NOTE_MAX = 2_000
MARKS_MAX = 2_000
WAITING_MAX = 20
"""Exports of one recording that may wait at a time."""
DENIED_AGAIN_MS = 10 * 60 * 1000
PROPOSAL_MS = 7 * 24 * 60 * 60 * 1000
"""A proposal that nobody has approved by then has lapsed: what was true then may be so no more."""


def decide(state: Keeping, command: Command, by: Actor, now_ms: int) -> list[KeepingEvent]:
    """What ``command`` makes happen; refuses with a code of ``hub.errors`` and then nothing happens."""
    match command:
        case NoteView(what=what, detail=detail):
            return [KeepingViewed(what=what, detail=detail)]
        case NoteDenial(what=what):
            last_ms = state.denied.get(by.account)
            is_new = last_ms is None or now_ms >= last_ms + DENIED_AGAIN_MS
            return [KeepingDenied(what=what)] if is_new else []
        case HoldRecording(reason=reason):
            _not_condemned(state)
            if state.hold is not None:
                return []
            return [KeepingHeld(reason=_reason(reason))]
        case ReleaseRecording(reason=reason):
            if state.hold is None:
                raise Refusal("keeping.not_held")
            return [KeepingReleased(reason=_reason(reason))]
        case ProposeDestruction() | WithdrawDestruction() | ApproveDestruction():
            return _destruction(state, command, by, now_ms)
        case SetMark() | ChangeMark() | RemoveMark():
            return _mark(state, command, by)
        case RequestExport() | CancelExport():
            return _wish(state, command)
    if by.role is not Role.HUB:
        raise Refusal("forbidden")
    return _own(state, command)


def _own(state: Keeping, command: Command) -> list[KeepingEvent]:
    """What the hub alone notes."""
    match command:
        case FinishExport(export_id=key):
            _waiting(state, key)
            return [
                ExportFinished(
                    export_id=key,
                    name=command.name,
                    size_bytes=command.size_bytes,
                    digest=command.digest,
                    algorithm=command.algorithm,
                )
            ]
        case FailExport(export_id=key, reason=reason):
            _waiting(state, key)
            return [ExportFailed(export_id=key, reason=reason)]
        case RemoveExport(export_id=key):
            done = state.exports.get(key)
            is_there = done is not None and done.state is ExportState.DONE
            return [ExportRemoved(export_id=key)] if is_there else []
        case NoteStuck(reason=reason):
            return [] if _approved(state).problem == reason else [DestructionStuck(reason=reason)]
        case NoteDestroyed(files=files):
            _approved(state)
            return [RecordingDestroyed(files=files)]
        case NoteStored(track_id=track_id, place=place):
            if state.stored.get(track_id) == place:
                return []
            return [TrackStored(track_id=track_id, place=place)]
    raise TypeError(command)


# --- hold and destruction -----------------------------------------------------------------------


def _destruction(
    state: Keeping,
    command: ProposeDestruction | WithdrawDestruction | ApproveDestruction,
    by: Actor,
    now_ms: int,
) -> list[KeepingEvent]:
    match command:
        case ProposeDestruction(reason=reason):
            _not_condemned(state)
            if state.destruction is not None and not lapsed(state.destruction, now_ms):
                raise Refusal("destruction.proposed_already")
            _not_held(state)
            return [DestructionProposed(reason=_reason(reason))]
        case WithdrawDestruction():
            _proposed(state)
            return [DestructionWithdrawn()]
        case ApproveDestruction():
            proposed = _proposed(state)
            if lapsed(proposed, now_ms):
                raise Refusal("destruction.lapsed")
            _not_held(state)
            if any(each.state is ExportState.WAITING for each in state.exports.values()):
                raise Refusal("destruction.exporting")
            # R25: by two persons; the hub's own policy needs none.
            if by != HUB and same_person(by, proposed.proposed_by):
                raise Refusal("destruction.same_person")
            return [DestructionApproved()]


def lapsed(proposed: Destruction, now_ms: int) -> bool:
    """Whether the proposal of a person is too old to be approved; the hub's waits for its own notice."""
    by_person = proposed.proposed_by.role is not Role.HUB
    return proposed.fate is Fate.PROPOSED and by_person and now_ms >= proposed.proposed_ms + PROPOSAL_MS


def same_person(one: Actor, other: Actor) -> bool:
    """Two accounts of one person are one person."""
    return one.account == other.account or one.person.strip() == other.person.strip()


def _approved(state: Keeping) -> Destruction:
    if state.destruction is None or state.destruction.fate is not Fate.APPROVED:
        raise Refusal("destruction.none")
    return state.destruction


def _proposed(state: Keeping) -> Destruction:
    if state.destruction is None or state.destruction.fate is not Fate.PROPOSED:
        raise Refusal("destruction.none")
    return state.destruction


def _not_held(state: Keeping) -> None:
    if state.hold is not None:
        raise Refusal("keeping.held")


def _not_condemned(state: Keeping) -> None:
    if state.condemned:
        raise Refusal("keeping.destroyed")


def _reason(text: str) -> str:
    text = text.strip()
    if not text:
        raise Refusal("keeping.reason_missing")
    if len(text) > REASON_MAX:
        raise Refusal("bad_request", field="reason", max=REASON_MAX)
    return text


# --- marks --------------------------------------------------------------------------------------


def _mark(state: Keeping, command: SetMark | ChangeMark | RemoveMark, by: Actor) -> list[KeepingEvent]:
    match command:
        case SetMark(mark_id=key, about=about):
            if key in state.marks or len(state.marks) >= MARKS_MAX:
                raise Refusal("bad_request", field="mark_id")
            label, note = _texts(command.label, command.note)
            return [
                MarkSet(
                    mark_id=key, kind=command.kind, label=label, note=note, at_ms=command.at_ms, about=about
                )
            ]
        case ChangeMark(mark_id=key):
            mark = _own_mark(state, key, by)
            if mark.version != command.base_version:
                raise Refusal("keeping.mark_changed", mark_id=key, version=mark.version)
            label, note = _texts(command.label, command.note)
            same = (mark.kind, mark.label, mark.note, mark.at_ms)
            if same == (command.kind, label, note, command.at_ms):
                return []
            return [MarkChanged(mark_id=key, kind=command.kind, label=label, note=note, at_ms=command.at_ms)]
        case RemoveMark(mark_id=key):
            _own_mark(state, key, by)
            return [MarkRemoved(mark_id=key)]


def _own_mark(state: Keeping, key: str, by: Actor) -> ReviewMark:
    """R35: one's own, or that of somebody of the same seat; officers answer for all of their office."""
    mark = state.marks.get(key)
    if mark is None:
        raise Refusal("keeping.mark_unknown", mark_id=key)
    if by.role is not Role.OFFICER and by.account != mark.by.account:
        raise Refusal("keeping.mark_foreign", mark_id=key)
    return mark


def _texts(label: str, note: str) -> tuple[str, str]:
    label, note = " ".join(label.split()), note.strip()
    if len(label) > LABEL_MAX:
        raise Refusal("bad_request", field="label", max=LABEL_MAX)
    if len(note) > NOTE_MAX:
        raise Refusal("bad_request", field="note", max=NOTE_MAX)
    if not label and not note:
        raise Refusal("keeping.mark_empty")
    return label, note


# --- exports ------------------------------------------------------------------------------------


def _wish(state: Keeping, command: RequestExport | CancelExport) -> list[KeepingEvent]:
    match command:
        case RequestExport(export_id=key, wish=wish):
            _not_condemned(state)
            if key in state.exports:
                raise Refusal("bad_request", field="export_id")
            if wish.to_ms <= wish.from_ms:
                raise Refusal("export.bad_span")
            waiting = sum(each.state is ExportState.WAITING for each in state.exports.values())
            if waiting >= WAITING_MAX:
                raise Refusal("export.too_many", max=WAITING_MAX)
            return [ExportRequested(export_id=key, wish=wish)]
        case CancelExport(export_id=key):
            _waiting(state, key)
            return [ExportCancelled(export_id=key)]


def _waiting(state: Keeping, key: str) -> Export:
    export = state.exports.get(key)
    if export is None:
        raise Refusal("export.unknown", export_id=key)
    if export.state is not ExportState.WAITING:
        raise Refusal("export.over", export_id=key)
    return export
