"""Who may write what into the log of an office, plan its roster, and hand over its post (L2 to L12)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from hub.domain.deadline import DAY_MS, MINUTE_MS
from hub.domain.duty import (
    CALLS,
    ChangeCrew,
    CollectSheet,
    CorrectEntry,
    CrewChanged,
    Duty,
    DutyEntry,
    DutyEvent,
    EmptyFlagged,
    EntryCorrected,
    EntryKind,
    EntryVoided,
    EntryWritten,
    FlagEmpty,
    GiveHandover,
    HandoverGiven,
    HandoverSigned,
    HandoverWithdrawn,
    ItemsNoted,
    LinkReport,
    NoteItems,
    NoticeShift,
    OpenItem,
    PhoneRecord,
    PlanShifts,
    RemoveShift,
    ReportLinked,
    Sheet,
    SheetCollected,
    ShiftNoticed,
    ShiftRemoved,
    ShiftsPlanned,
    SignHandover,
    SignIn,
    SwapShifts,
    TakePost,
    VoidEntry,
    Watch,
    WatchBegan,
    WatchHow,
    WithdrawHandover,
    WriteEntry,
    WriteSystem,
)
from hub.domain.event import Actor, Command, Role
from hub.domain.organisation import SEATED
from hub.domain.roster import (
    SHIFTS_MAX,
    Crew,
    Shift,
    checked_crew,
    checked_name,
    checked_shift,
    day_of,
    gaps,
    in_order,
    overlapping,
)
from hub.errors import Refusal
from hub.ids import is_id

TEXT_MAX = 2_000
LINE_MAX = 200
LONG_MAX = 500
ITEMS_MAX = 300
EARLY_MS = 60 * MINUTE_MS
"""So long before its time a shift may come in: the roster's shift is taken for the one that signs."""
NOTICE_MS = 30 * MINUTE_MS
FUTURE_MS = 5 * MINUTE_MS
"""A page's clock may be a little ahead; what is further off has not happened yet."""

_Rule = Callable[[Duty, Any, Actor, int], list[DutyEvent]]
_OF_THE_HUB = (WriteSystem, NoticeShift, FlagEmpty)


def decide(state: Duty, command: Command, by: Actor, now_ms: int) -> list[DutyEvent]:
    """What ``command`` makes happen; refuses with a code of ``hub.errors`` and then nothing happens.

    Whose office it is, ``hub.live.rights`` has made sure of (L1).
    """
    if by.role not in ((Role.HUB,) if isinstance(command, _OF_THE_HUB) else SEATED):
        raise Refusal("forbidden")
    rule = _RULES.get(type(command))
    if rule is None:
        raise TypeError(command)
    return rule(state, command, by, now_ms)


def _text(field: str, value: str, most: int = TEXT_MAX) -> str:
    value = value.strip()
    if not value:
        raise Refusal("duty.empty", field=field)
    if len(value) > most:
        raise Refusal("board.text_too_long", field=field, max=most)
    return value


def _person(name: str) -> str:
    return _text("person", checked_name(name))


# --- the roster ---------------------------------------------------------------------------------


def _plan(state: Duty, wish: PlanShifts, by: Actor, now_ms: int) -> list[DutyEvent]:
    """L5: whole or not at all. What has begun stays as it is, also where the same shift is planned again."""
    if not wish.shifts:
        raise Refusal("duty.no_shifts")
    if len(wish.shifts) > SHIFTS_MAX:
        raise Refusal("duty.too_many_shifts", max=SHIFTS_MAX)
    if not all(is_id(shift.shift_id) for shift in wish.shifts):
        raise Refusal("bad_request", field="shift_id")
    shifts = in_order(checked_shift(shift) for shift in wish.shifts)
    replaced: list[str] = []
    if wish.replace:
        first_ms, last_ms = shifts[0].starts_ms, max(shift.ends_ms for shift in shifts)
        begun = {key for key, shift in state.roster.items() if shift.starts_ms <= now_ms}
        shifts = [shift for shift in shifts if shift.shift_id not in begun]
        replaced = [
            shift.shift_id
            for shift in in_order(state.roster.values())
            if shift.shift_id not in begun and shift.starts_ms < last_ms and shift.ends_ms > first_ms
        ]
    kept = [shift for key, shift in state.roster.items() if key not in replaced]
    clash = overlapping([*kept, *shifts])
    if clash is not None or len({shift.shift_id for shift in (*kept, *shifts)}) < len(kept) + len(shifts):
        one, two = clash or (shifts[0], shifts[0])
        raise Refusal("duty.overlap", shift_id=two.shift_id, starts_ms=two.starts_ms, other=one.starts_ms)
    if not shifts and not replaced:
        return []
    return [ShiftsPlanned(shifts=shifts, replaced=replaced)]


def _shift(state: Duty, key: str, now_ms: int, *, begun: bool = False) -> Shift:
    """A shift of the roster that is not over, and has not begun unless that is allowed (L6)."""
    shift = state.roster.get(key)
    if shift is None:
        raise Refusal("duty.unknown_shift")
    if shift.ends_ms <= now_ms or (not begun and shift.starts_ms <= now_ms):
        raise Refusal("duty.shift_over")
    return shift


def _change_crew(state: Duty, wish: ChangeCrew, by: Actor, now_ms: int) -> list[DutyEvent]:
    """L6: who takes whose place is written down, with why."""
    shift = _shift(state, wish.shift_id, now_ms, begun=True)
    reason, crew = _text("reason", wish.reason, LINE_MAX), checked_crew(wish.crew)
    if not crew.at_post:
        raise Refusal("duty.bad_shift", field="nobody")
    if crew == shift.crew:
        return []
    return [CrewChanged(shift_id=shift.shift_id, crew=crew, reason=reason, with_id=None)]


def _swap(state: Duty, wish: SwapShifts, by: Actor, now_ms: int) -> list[DutyEvent]:
    one, two = _shift(state, wish.shift_id, now_ms), _shift(state, wish.with_id, now_ms)
    reason = _text("reason", wish.reason, LINE_MAX)
    if one.shift_id == two.shift_id:
        raise Refusal("bad_request", field="with_id")
    return [
        CrewChanged(
            shift_id=each.shift_id,
            crew=replace(other.crew, phone=each.crew.phone),
            reason=reason,
            with_id=other.shift_id,
        )
        for each, other in ((one, two), (two, one))
    ]


def _remove(state: Duty, wish: RemoveShift, by: Actor, now_ms: int) -> list[DutyEvent]:
    shift = _shift(state, wish.shift_id, now_ms)
    return [ShiftRemoved(shift_id=shift.shift_id, reason=_text("reason", wish.reason, LINE_MAX))]


def _notice(state: Duty, wish: NoticeShift, by: Actor, now_ms: int) -> list[DutyEvent]:
    shift = state.roster.get(wish.shift_id)
    due = (
        shift is not None
        and shift.noticed_ms is None
        and shift.starts_ms - NOTICE_MS <= now_ms < shift.ends_ms
    )
    return [ShiftNoticed(shift_id=wish.shift_id)] if due else []


def _flag(state: Duty, wish: FlagEmpty, by: Actor, now_ms: int) -> list[DutyEvent]:
    """L12: an office that has a roster is told of the holes in it, once for every day."""
    day_ms = day_of(now_ms) + DAY_MS
    found = gaps(state.roster.values(), day_ms, day_ms + DAY_MS)
    if not state.roster or not found or day_ms in state.flagged:
        return []
    return [EmptyFlagged(day_ms=day_ms, gaps=found)]


# --- the post -----------------------------------------------------------------------------------


def coming_shift(state: Duty, now_ms: int) -> Shift | None:
    """The shift of the roster for which somebody would sign now: it runs, or is about to begin."""
    held = state.watch.shift_id if state.watch is not None else None
    ready = [
        shift
        for shift in in_order(state.roster.values())
        if shift.shift_id != held and shift.starts_ms - EARLY_MS <= now_ms < shift.ends_ms
    ]
    return ready[-1] if ready else None


def _began(
    state: Duty, wish: SignIn | TakePost | SignHandover, how: WatchHow, now_ms: int, reason: str = ""
) -> WatchBegan:
    if not is_id(wish.watch_id):
        raise Refusal("bad_request", field="watch_id")
    person, shift = _person(wish.person), coming_shift(state, now_ms)
    crew = checked_crew(wish.crew) if wish.crew is not None else None
    if crew is None:
        crew = shift.crew if shift is not None else Crew(primary=[person])
    if person not in (*crew.at_post, crew.leader):  # who signs is there, whoever was planned
        crew = replace(crew, primary=[*crew.primary, person])
    return WatchBegan(
        watch_id=wish.watch_id,
        shift_id=shift.shift_id if shift is not None else None,
        crew=crew,
        person=person,
        how=how,
        until_ms=shift.ends_ms if shift is not None else None,
        reason=reason,
    )


def _sign_in(state: Duty, wish: SignIn, by: Actor, now_ms: int) -> list[DutyEvent]:
    """L7: one watch stands at a time."""
    if state.watch is not None:
        raise Refusal("duty.watch_stands", person=state.watch.person, began_ms=state.watch.began_ms)
    return [_began(state, wish, WatchHow.SIGN_IN, now_ms)]


def _take(state: Duty, wish: TakePost, by: Actor, now_ms: int) -> list[DutyEvent]:
    """L10: the reason stands as the note on everything that is open."""
    watch = _standing(state)
    reason = _text("reason", wish.reason, LINE_MAX)
    if _person(wish.person) == watch.person:
        raise Refusal("duty.same_person")
    items = _checked_items(wish.items)
    noted = watch.sheet.notes if watch.sheet is not None else {}
    open_keys = [item.key for item in items if item.key not in noted]
    events: list[DutyEvent] = [SheetCollected(items=items)]
    if open_keys:
        events.append(ItemsNoted(keys=open_keys, text=reason))
    return [*events, _began(state, wish, WatchHow.AT_ONCE, now_ms, reason)]


def _standing(state: Duty) -> Watch:
    if state.watch is None:
        raise Refusal("duty.no_watch")
    return state.watch


def _open_sheet(state: Duty) -> Sheet:
    """The sheet of the watch that stands, while it can be written on."""
    sheet = _standing(state).sheet
    if sheet is None:
        raise Refusal("duty.no_sheet")
    if sheet.given is not None:
        raise Refusal("duty.given")
    return sheet


def _checked_items(items: list[OpenItem]) -> list[OpenItem]:
    return list({item.key: item for item in items}.values())[:ITEMS_MAX]


def _collect(state: Duty, wish: CollectSheet, by: Actor, now_ms: int) -> list[DutyEvent]:
    sheet, items = _standing(state).sheet, _checked_items(wish.items)
    if sheet is not None and sheet.given is not None:
        raise Refusal("duty.given")
    return [SheetCollected(items=items)] if sheet is None or sheet.items != items else []


def _note_items(state: Duty, wish: NoteItems, by: Actor, now_ms: int) -> list[DutyEvent]:
    sheet = _open_sheet(state)
    known = {item.key for item in sheet.items}
    keys = [key for key in dict.fromkeys(wish.keys) if key in known]
    if not keys:
        raise Refusal("bad_request", field="keys")
    return [ItemsNoted(keys=keys, text=_text("note", wish.text, LONG_MAX))]


def _give(state: Duty, wish: GiveHandover, by: Actor, now_ms: int) -> list[DutyEvent]:
    """L8: everything that is open at this very moment has its note, or the shift goes on."""
    sheet, items, person = _open_sheet(state), _checked_items(wish.items), _person(wish.person)
    missing = [item for item in items if item.key not in sheet.notes]
    if missing:
        raise Refusal("duty.notes_missing", n=len(missing), items=[item.title for item in missing[:10]])
    given = HandoverGiven(person=person)
    return [given] if items == sheet.items else [SheetCollected(items=items), given]


def _withdraw(state: Duty, wish: WithdrawHandover, by: Actor, now_ms: int) -> list[DutyEvent]:
    sheet = _standing(state).sheet
    return [HandoverWithdrawn()] if sheet is not None and sheet.given is not None else []


def _sign(state: Duty, wish: SignHandover, by: Actor, now_ms: int) -> list[DutyEvent]:
    """L9: another account signs than gave, and another person, unless the roster knows of no other."""
    sheet = _standing(state).sheet
    if sheet is None or sheet.given is None:
        raise Refusal("duty.not_given")
    began, given = _began(state, wish, WatchHow.HANDOVER, now_ms), sheet.given
    shift = coming_shift(state, now_ms)
    only = shift is not None and set(shift.crew.at_post) == {given.person}
    if (by.account == given.actor.account and not wish.alone) or (began.person == given.person and not only):
        raise Refusal("duty.same_person", person=given.person)
    remark = wish.remark.strip()
    if len(remark) > LONG_MAX:
        raise Refusal("board.text_too_long", field="remark", max=LONG_MAX)
    return [HandoverSigned(person=began.person, remark=remark), began]


# --- the log ------------------------------------------------------------------------------------


def _write(state: Duty, wish: WriteEntry, by: Actor, now_ms: int) -> list[DutyEvent]:
    """L3: at a time that may be past, never to come."""
    if not is_id(wish.entry_id) or any(entry.entry_id == wish.entry_id for entry in state.entries):
        raise Refusal("bad_request", field="entry_id")
    if wish.kind is EntryKind.SYSTEM:
        raise Refusal("forbidden")
    at_ms = now_ms if wish.at_ms is None else wish.at_ms
    if at_ms > now_ms + FUTURE_MS or at_ms <= 0:
        raise Refusal("duty.future")
    watch = state.watch
    return [
        EntryWritten(
            entry_id=wish.entry_id,
            kind=wish.kind,
            at_ms=min(at_ms, now_ms),
            text=_text("text", wish.text),
            person=watch.person if watch is not None and watch.account == by.account else by.person,
            call=_checked_call(wish.call) if wish.kind in CALLS else None,
        )
    ]


_LINES = ("unit", "name", "post", "phone", "place")


def _checked_call(call: PhoneRecord | None) -> PhoneRecord:
    """L4: who was on the line and what was said; any of it may be unknown."""
    given = call or PhoneRecord()
    fields: dict[str, Any] = {}
    for name in PhoneRecord.__struct_fields__:
        value = getattr(given, name)
        if isinstance(value, str):
            value = " ".join(value.split()) if name in _LINES else value.strip()
            if len(value) > (LINE_MAX if name in _LINES else LONG_MAX):
                raise Refusal("board.text_too_long", field=name)
        fields[name] = value
    return PhoneRecord(**fields)


def _write_system(state: Duty, wish: WriteSystem, by: Actor, now_ms: int) -> list[DutyEvent]:
    if any(entry.entry_id == wish.entry_id for entry in state.entries):
        return []
    return [
        EntryWritten(
            entry_id=wish.entry_id,
            kind=EntryKind.SYSTEM,
            at_ms=min(wish.at_ms, now_ms),
            text=_text("text", wish.text[:TEXT_MAX]),
            person=by.person,
            call=None,
            source=wish.source,
        )
    ]


def _entry(state: Duty, key: str) -> DutyEntry:
    """An entry that may be corrected: one of the newest, and not void."""
    entry = next((each for each in state.entries if each.entry_id == key), None)
    if entry is None:
        raise Refusal("duty.unknown_entry")
    if entry.voided is not None:
        raise Refusal("duty.voided")
    return entry


def _correct(state: Duty, wish: CorrectEntry, by: Actor, now_ms: int) -> list[DutyEvent]:
    """L2: what it said stays; what the hub has written is not for people to correct."""
    entry = _entry(state, wish.entry_id)
    if entry.kind is EntryKind.SYSTEM:
        raise Refusal("duty.of_the_system")
    text, reason = _text("text", wish.text), _text("reason", wish.reason, LINE_MAX)
    call = _checked_call(wish.call) if entry.kind in CALLS else None
    latest = entry.corrections[-1] if entry.corrections else entry
    if (text, call) == (latest.text, latest.call):
        return []
    return [EntryCorrected(entry_id=entry.entry_id, text=text, call=call, reason=reason)]


def _void(state: Duty, wish: VoidEntry, by: Actor, now_ms: int) -> list[DutyEvent]:
    entry = _entry(state, wish.entry_id)
    if entry.kind is EntryKind.SYSTEM:
        raise Refusal("duty.of_the_system")
    return [EntryVoided(entry_id=entry.entry_id, reason=_text("reason", wish.reason, LINE_MAX))]


def _link(state: Duty, wish: LinkReport, by: Actor, now_ms: int) -> list[DutyEvent]:
    """L4: a call becomes a first report once."""
    entry = _entry(state, wish.entry_id)
    if entry.kind not in CALLS or not wish.report.startswith("incident:") or not is_id(wish.report[9:]):
        raise Refusal("bad_request", field="report")
    if entry.report:
        raise Refusal("duty.linked")
    return [ReportLinked(entry_id=entry.entry_id, report=wish.report)]


_RULES: dict[type[Command], _Rule] = {
    PlanShifts: _plan,
    ChangeCrew: _change_crew,
    SwapShifts: _swap,
    RemoveShift: _remove,
    NoticeShift: _notice,
    FlagEmpty: _flag,
    SignIn: _sign_in,
    TakePost: _take,
    CollectSheet: _collect,
    NoteItems: _note_items,
    GiveHandover: _give,
    WithdrawHandover: _withdraw,
    SignHandover: _sign,
    WriteEntry: _write,
    WriteSystem: _write_system,
    CorrectEntry: _correct,
    VoidEntry: _void,
    LinkReport: _link,
}
