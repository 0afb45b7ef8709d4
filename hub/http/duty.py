"""The duty of an office over HTTP: a roster read in, who was on duty, and its log and sheets to take away."""

from __future__ import annotations

from aiohttp import web

from hub.domain.deadline import DAY_MS
from hub.domain.duty import Duty, DutyEntry, PlanShifts, Watch, stream_of
from hub.domain.duty_fold import on_duty_at, whole
from hub.domain.event import Actor, Role
from hub.domain.roster import Crew, EmptySlot, Shift, day_of, gaps, in_order
from hub.domain.rosterfile import COLUMNS, read
from hub.errors import Refusal
from hub.http.auth import actor_of
from hub.http.bodies import json_answer
from hub.http.documents import KINDS, Table, clock_time, day_and_time, download
from hub.http.dutypapers import log_table, sheet_table
from hub.http.keys import ABOUT, CLOCK, DUTIES, LOG, STREAMS
from hub.ids import is_id, new_id
from hub.live.rights import duty_seat_of, organisation_of
from signaling.bodies import DutyEntries, RosterImported, WasOnDuty
from signaling.duty_vocabulary import AtPost

_PAGE = 2_000
_ENTRIES_MAX = 2_000


async def import_roster(request: web.Request) -> web.Response:
    """POST /api/duty/roster?commit=1&replace=1 with a CSV file: looked at, or taken as a whole (L5)."""
    by = await actor_of(request)
    seat = await duty_seat_of(request.app[STREAMS], by)
    file = read(await request.read())
    commits, replaces = (request.query.get(name) == "1" for name in ("commit", "replace"))
    if commits:
        if file.bad:
            raise Refusal("duty.bad_lines", lines=[each.line for each in file.bad[:50]])
        wish = PlanShifts(shifts=file.shifts, replace=replaces)
        await request.app[DUTIES].do(wish, by, request.query.get("op") or new_id("op"))
    state, _ = await request.app[STREAMS].state(stream_of(seat))
    assert isinstance(state, Duty)
    return json_answer(
        RosterImported(
            shifts=file.shifts,
            bad=file.bad,
            gaps=_gaps_within(file.shifts),
            planned=sum(1 for each in state.roster.values() if _meets(each, file.shifts)),
            committed=commits,
        )
    )


def _gaps_within(shifts: list[Shift]) -> list[EmptySlot]:
    """Between the first and the last line of the file: what it leaves empty is said before it is imported."""
    if not shifts:
        return []
    ordered = in_order(shifts)
    return gaps(ordered, ordered[0].starts_ms, max(shift.ends_ms for shift in ordered))[:50]


def _meets(shift: Shift, others: list[Shift]) -> bool:
    return any(each.starts_ms < shift.ends_ms and shift.starts_ms < each.ends_ms for each in others)


async def was_on_duty(request: web.Request) -> web.Response:
    """GET /api/duty/at?ms=...&seat=...: who was there at any minute (L11); officers may ask of every seat."""
    by = await actor_of(request)
    streams = request.app[STREAMS]
    own = await duty_seat_of(streams, by)
    seat = request.query.get("seat") or own
    if seat != own and by.role is not Role.OFFICER:
        raise Refusal("duty.foreign")
    if not is_id(seat) or seat not in (await organisation_of(streams)).seats:
        raise Refusal("not_found")
    at_ms = _ms(request, "ms", request.app[CLOCK].wall_ms())
    found = on_duty_at(await _whole(request, seat), at_ms)
    watch = found.watch
    there = (
        AtPost(
            watch_id=watch.watch_id,
            crew=watch.crew,
            person=watch.person,
            began_ms=watch.began_ms,
            until_ms=watch.ended_ms,
        )
        if watch is not None
        else None
    )
    return json_answer(WasOnDuty(seat_id=seat, at_ms=at_ms, at_post=there, planned=found.shift))


async def entries(request: web.Request) -> web.Response:
    """GET /api/duty/log?from=&to=&kind=&q=: the own office's log, as far back as it goes."""
    seat, found = await _found(request)
    return json_answer(DutyEntries(seat_id=seat, entries=found[-_ENTRIES_MAX:], all=len(found)))


async def log_file(request: web.Request) -> web.Response:
    """GET /api/duty/log.csv and .docx, with the same choice."""
    kind = _kind(request)
    seat, found = await _found(request)
    office = (await organisation_of(request.app[STREAMS])).seats[seat].name
    from_ms, to_ms = _period(request)
    table = log_table(office, found, from_ms, to_ms, request.app[ABOUT].classification)
    return await download(table, kind, f"值班日志_{office}_{_stamp(from_ms)}")


async def sheet_file(request: web.Request) -> web.Response:
    """GET /api/duty/handovers/{watch}.csv and .docx: the sheet of one handover."""
    kind, seat = _kind(request), await duty_seat_of(request.app[STREAMS], await actor_of(request))
    state = await _whole(request, seat)
    watches = [*state.past, *([state.watch] if state.watch is not None else [])]
    number = next((n for n, each in enumerate(watches) if each.watch_id == request.match_info["watch"]), None)
    if number is None or watches[number].sheet is None:
        raise Refusal("not_found")
    office = (await organisation_of(request.app[STREAMS])).seats[seat].name
    following: Watch | None = watches[number + 1] if number + 1 < len(watches) else None
    table = sheet_table(office, watches[number], following, request.app[ABOUT].classification)
    return await download(table, kind, f"交接班单_{office}_{_stamp(watches[number].began_ms)}")


async def roster_file(request: web.Request) -> web.Response:
    """GET /api/duty/roster.csv: as it stands, in the form in which one can be read in."""
    seat = await duty_seat_of(request.app[STREAMS], await actor_of(request))
    state, _ = await request.app[STREAMS].state(stream_of(seat))
    assert isinstance(state, Duty)
    from_ms, to_ms = _period(request, days=62)
    shifts = [each for each in in_order(state.roster.values()) if from_ms <= each.starts_ms < to_ms]
    rows = [
        [
            day_and_time(each.starts_ms)[:10],
            clock_time(each.starts_ms)[:5],
            clock_time(each.ends_ms)[:5],
            *_crew_cells(each.crew),
        ]
        for each in shifts
    ]
    return await download(Table("排班表", [], COLUMNS, rows), "csv", f"排班表_{_stamp(from_ms)}")


def _crew_cells(crew: Crew) -> list[str]:
    return [crew.leader, crew.chief, "、".join(crew.primary), "、".join(crew.deputies), crew.phone]


async def _found(request: web.Request) -> tuple[str, list[DutyEntry]]:
    """The own office, and the entries of the period that fit, oldest first (L1)."""
    by: Actor = await actor_of(request)
    seat = await duty_seat_of(request.app[STREAMS], by)
    from_ms, to_ms = _period(request)
    kind, words = request.query.get("kind", ""), request.query.get("q", "").strip().lower()
    state = await _whole(request, seat)
    found = [
        entry
        for entry in state.entries
        if from_ms <= entry.at_ms < to_ms and kind in ("", entry.kind) and words in _words(entry)
    ]
    return seat, sorted(found, key=lambda entry: (entry.at_ms, entry.noted_ms))


def _words(entry: DutyEntry) -> str:
    calls = [entry.call, *(each.call for each in entry.corrections)]
    said = [f"{call.unit} {call.name} {call.phone} {call.place}" for call in calls if call is not None]
    return " ".join([entry.text, *(each.text for each in entry.corrections), *said, entry.person]).lower()


async def _whole(request: web.Request, seat: str) -> Duty:
    """Everything there is of an office's duty, read a page at a time."""
    log, stream = request.app[LOG], stream_of(seat)
    state, since = Duty(), 0
    while True:
        page = await log.read(stream, since, _PAGE)
        state = whole(page, state)
        if len(page) < _PAGE:
            return state
        since = page[-1].seq


def _period(request: web.Request, days: int = 1) -> tuple[int, int]:
    """From ``from`` to ``to``; without them today and so many days."""
    from_ms = _ms(request, "from", day_of(request.app[CLOCK].wall_ms()))
    return from_ms, _ms(request, "to", from_ms + days * DAY_MS)


def _ms(request: web.Request, name: str, otherwise: int) -> int:
    value = request.query.get(name, "")
    if not value:
        return otherwise
    if not (value.isascii() and value.isdigit() and len(value) < 15):
        raise Refusal("bad_request", field=name)
    return int(value)


def _kind(request: web.Request) -> str:
    kind = request.match_info["kind"]
    if kind not in KINDS.split("|"):
        raise Refusal("not_found")
    return kind


def _stamp(at_ms: int) -> str:
    return day_and_time(at_ms)[:10].replace("-", "")
