"""The state of an office's duty from its events, and who was on duty at any minute (rule L11)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from hub.domain.deadline import DAY_MS
from hub.domain.duty import (
    Correction,
    CrewChanged,
    Duty,
    DutyEntry,
    DutyEvent,
    EmptyFlagged,
    EntryCorrected,
    EntryVoided,
    EntryWritten,
    HandoverGiven,
    HandoverSigned,
    HandoverWithdrawn,
    ItemsNoted,
    ReportLinked,
    RosterChange,
    Sheet,
    SheetCollected,
    SheetNote,
    ShiftNoticed,
    ShiftRemoved,
    ShiftsPlanned,
    Signature,
    Watch,
    WatchBegan,
)
from hub.domain.event import Recorded
from hub.domain.item import Voided
from hub.domain.roster import Shift, shift_at

ENTRIES_KEPT = 400
WATCHES_KEPT = 15
CHANGES_KEPT = 100
FLAGS_KEPT = 10
ROSTER_KEPT_MS = 62 * DAY_MS


class OnDuty(msgspec.Struct, frozen=True, kw_only=True):
    """Who was there, and who should have been; either may be nobody."""

    at_ms: int
    watch: Watch | None
    shift: Shift | None


def on_duty_at(state: Duty, at_ms: int) -> OnDuty:
    """L11: who was on duty then, as far as ``state`` reaches back; ``whole`` reaches to the start."""
    watches = [*state.past, *([state.watch] if state.watch is not None else [])]
    there = [
        watch
        for watch in watches
        if watch.began_ms <= at_ms and (watch.ended_ms is None or at_ms < watch.ended_ms)
    ]
    return OnDuty(
        at_ms=at_ms, watch=there[-1] if there else None, shift=shift_at(state.roster.values(), at_ms)
    )


def whole(events: Iterable[Recorded[Any]], state: Duty | None = None) -> Duty:
    """As ``apply``, but nothing is left out for being old."""
    current = state or Duty()
    for recorded in events:
        current = step(current, recorded)
    return current


def apply(state: Duty, recorded: Recorded[DutyEvent]) -> Duty:
    """The newest of everything: pages hold it, and it does not grow with the years."""
    state = step(state, recorded)
    oldest_ms = recorded.at_ms - ROSTER_KEPT_MS
    if len(state.entries) > ENTRIES_KEPT:
        state = replace(state, entries=state.entries[-ENTRIES_KEPT:])
    if len(state.past) > WATCHES_KEPT:
        state = replace(state, past=state.past[-WATCHES_KEPT:])
    if len(state.changes) > CHANGES_KEPT:
        state = replace(state, changes=state.changes[-CHANGES_KEPT:])
    if len(state.flagged) > FLAGS_KEPT:
        state = replace(state, flagged=state.flagged[-FLAGS_KEPT:])
    if any(shift.ends_ms < oldest_ms for shift in state.roster.values()):
        kept = {key: shift for key, shift in state.roster.items() if shift.ends_ms >= oldest_ms}
        state = replace(state, roster=kept)
    return state


def step(state: Duty, recorded: Recorded[DutyEvent]) -> Duty:
    """One event; nothing is ever left out."""
    event, at_ms, actor = recorded.event, recorded.at_ms, recorded.actor
    match event:
        case ShiftsPlanned(shifts=shifts, replaced=replaced):
            kept = {key: shift for key, shift in state.roster.items() if key not in replaced}
            return replace(state, roster={**kept, **{shift.shift_id: shift for shift in shifts}})
        case CrewChanged() | ShiftRemoved():
            return _roster_changed(state, recorded)
        case ShiftNoticed(shift_id=key):
            noticed = replace(state.roster[key], noticed_ms=at_ms)
            return replace(state, roster={**state.roster, key: noticed})
        case EmptyFlagged(day_ms=day_ms):
            return replace(state, flagged=[*state.flagged, day_ms])
        case WatchBegan():
            return _began(state, event, actor.account, at_ms)
        case SheetCollected() | ItemsNoted() | HandoverGiven() | HandoverWithdrawn() | HandoverSigned():
            return _sheet_changed(state, recorded)
        case EntryWritten():
            entry = DutyEntry(
                entry_id=event.entry_id,
                kind=event.kind,
                at_ms=event.at_ms,
                noted_ms=at_ms,
                text=event.text,
                person=event.person,
                actor=actor,
                call=event.call,
                source=event.source,
            )
            return replace(state, entries=[*state.entries, entry])
        case EntryCorrected(text=text, call=call, reason=reason):
            fresh = Correction(text=text, call=call, reason=reason, actor=actor, at_ms=at_ms)
            return _entry(state, event.entry_id, lambda e: replace(e, corrections=[*e.corrections, fresh]))
        case EntryVoided(reason=reason):
            void = Voided(actor=actor, at_ms=at_ms, reason=reason)
            return _entry(state, event.entry_id, lambda e: replace(e, voided=void))
        case ReportLinked(report=report):
            return _entry(state, event.entry_id, lambda e: replace(e, report=report))


def _entry(state: Duty, key: str, change: Callable[[DutyEntry], DutyEntry]) -> Duty:
    entries = [change(entry) if entry.entry_id == key else entry for entry in state.entries]
    return replace(state, entries=entries)


def _began(state: Duty, event: WatchBegan, account: str, at_ms: int) -> Duty:
    watch = Watch(
        watch_id=event.watch_id,
        shift_id=event.shift_id,
        crew=event.crew,
        person=event.person,
        account=account,
        how=event.how,
        began_ms=at_ms,
        until_ms=event.until_ms,
        reason=event.reason,
    )
    past = [*state.past, replace(state.watch, ended_ms=at_ms)] if state.watch is not None else state.past
    return replace(state, watch=watch, past=past)


def _roster_changed(state: Duty, recorded: Recorded[Any]) -> Duty:
    """What stands at the post has its crew changed as well."""
    event = recorded.event
    shift = state.roster[event.shift_id]
    change = RosterChange(
        shift_id=shift.shift_id,
        starts_ms=shift.starts_ms,
        before=shift.crew,
        after=event.crew if isinstance(event, CrewChanged) else None,
        reason=event.reason,
        actor=recorded.actor,
        at_ms=recorded.at_ms,
        with_id=event.with_id if isinstance(event, CrewChanged) else None,
    )
    state = replace(state, changes=[*state.changes, change])
    if change.after is None:
        kept = {key: each for key, each in state.roster.items() if key != shift.shift_id}
        return replace(state, roster=kept)
    roster = {**state.roster, shift.shift_id: replace(shift, crew=change.after)}
    watch = state.watch
    if watch is not None and watch.shift_id == shift.shift_id:
        watch = replace(watch, crew=change.after)
    return replace(state, roster=roster, watch=watch)


def _sheet_changed(state: Duty, recorded: Recorded[Any]) -> Duty:
    event, at_ms, actor, watch = recorded.event, recorded.at_ms, recorded.actor, state.watch
    assert watch is not None, "decide has made sure of it"
    sheet = watch.sheet or Sheet(collected_ms=at_ms, items=[])
    match event:
        case SheetCollected(items=items):
            sheet = replace(sheet, collected_ms=at_ms, items=items)
        case ItemsNoted(keys=keys, text=text):
            note = SheetNote(text=text, actor=actor, at_ms=at_ms)
            sheet = replace(sheet, notes={**sheet.notes, **dict.fromkeys(keys, note)})
        case HandoverGiven(person=person):
            sheet = replace(sheet, given=Signature(person=person, actor=actor, at_ms=at_ms))
        case HandoverWithdrawn():
            sheet = replace(sheet, given=None)
        case HandoverSigned(person=person, remark=remark):
            signed = Signature(person=person, actor=actor, at_ms=at_ms)
            sheet = replace(sheet, signed=signed, remark=remark)
    return replace(state, watch=replace(watch, sheet=sheet))
