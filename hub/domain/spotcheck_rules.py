"""How a spot check goes: the draw, the calls, what counts as an answer, the verdict (rules K1 to K8)."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from msgspec.structs import replace

from hub.domain.event import Actor, Command, Recorded, Role
from hub.domain.spotcheck import (
    AddPhoneRow,
    AnswerRow,
    CallRow,
    CheckChannel,
    CheckedSeat,
    CheckRow,
    CheckState,
    CloseSpotCheck,
    JudgeRow,
    MissRow,
    PhoneRowAdded,
    PhoneStep,
    RowAnswered,
    RowCalled,
    RowJudged,
    RowMissed,
    RowWithdrawn,
    SpotCheck,
    SpotCheckClosed,
    SpotCheckEvent,
    SpotCheckStarted,
    StartSpotCheck,
    StepPhone,
    WithdrawRow,
)
from hub.errors import Refusal

TITLE_MAX = 80
NOTE_MAX = 500
SEATS_MAX = 200
ITEMS_MAX = 9
RINGS_MAX = 99

HUB_ONLY = (AnswerRow, MissRow, WithdrawRow)

CALLABLE = frozenset(
    {CheckState.WAITING, CheckState.NO_ANSWER, CheckState.DECLINED, CheckState.OFFLINE},
)
"""K4: who has answered is not called again in the same check."""

MISSED = frozenset({CheckState.NO_ANSWER, CheckState.DECLINED, CheckState.OFFLINE})


def drawn(pool: list[str], count: int, seed: str) -> list[str]:
    """K2: ``count`` of ``pool``. It depends on nothing but the seed and the seats, not on their order."""
    lots = sorted((sha256(f"{seed}:{seat}".encode()).hexdigest(), seat) for seat in set(pool))
    return [seat for _, seat in lots[:count]]


# --- decide -------------------------------------------------------------------------------------


def decide(state: SpotCheck, command: Command, by: Actor, now_ms: int) -> list[SpotCheckEvent]:
    """What ``command`` makes happen; refuses with a code of ``hub.errors`` and then nothing happens."""
    if by.role not in (Role.OFFICER, Role.HUB) or (type(command) in HUB_ONLY and by.role is not Role.HUB):
        raise Refusal("forbidden")
    if isinstance(command, StartSpotCheck):
        return [_start(state, command)]
    if not state.started_ms:
        raise Refusal("spotcheck.unknown")
    if type(command) in HUB_ONLY:
        return _came_of(state, command)
    if state.closed_ms is not None:
        raise Refusal("spotcheck.closed")
    match command:
        case CallRow():
            return _call(state, command)
        case JudgeRow():
            return _judge(state, command)
        case AddPhoneRow(seat=seat):
            if len(state.rows) >= SEATS_MAX:
                raise Refusal("spotcheck.too_many", max=SEATS_MAX)
            return [PhoneRowAdded(number=len(state.rows) + 1, seat=seat)]
        case StepPhone():
            return _phone(state, command, now_ms)
        case CloseSpotCheck():
            if any(row.state is CheckState.CALLING for row in state.rows):
                raise Refusal("spotcheck.calling")
            return [SpotCheckClosed()]
    raise TypeError(command)


def _start(state: SpotCheck, wish: StartSpotCheck) -> SpotCheckStarted:
    if state.started_ms:
        raise Refusal("bad_request", field="check_id")
    title = wish.title.strip()
    if not title or len(title) > TITLE_MAX:
        raise Refusal("spotcheck.no_title", max=TITLE_MAX)
    seats = list({seat.seat: seat for seat in wish.seats}.values())
    draw = wish.draw
    if draw is not None:
        by_id = {seat.seat: seat for seat in seats}
        if not 1 <= draw.count <= len(seats):
            raise Refusal("spotcheck.too_few", count=draw.count, seats=len(seats))
        draw = replace(draw, label=_short("label", draw.label), pool=list(by_id))
        seats = [by_id[seat] for seat in drawn(draw.pool, draw.count, draw.seed)]
    if not seats:
        raise Refusal("spotcheck.no_seats")
    if len(seats) > SEATS_MAX:
        raise Refusal("spotcheck.too_many", max=SEATS_MAX)
    items = [_short("items", item, TITLE_MAX) for item in wish.items]
    if len(items) > ITEMS_MAX or not all(items):
        raise Refusal("bad_request", field="items", max=ITEMS_MAX)
    return SpotCheckStarted(
        check_id=wish.check_id,
        title=title,
        seats=seats,
        draw=draw,
        items=items,
        video_ring_s=wish.video_ring_s,
        phone_answer_s=wish.phone_answer_s,
    )


def _call(state: SpotCheck, wish: CallRow) -> list[SpotCheckEvent]:
    row = row_of(state, wish.number, CheckChannel.VIDEO)
    if row.session_id == wish.session_id:
        return []  # a crash came between the call and this line, and somebody has asked again
    if row.state not in CALLABLE:
        raise Refusal("spotcheck.row_called", state=row.state)
    return [RowCalled(number=row.number, session_id=wish.session_id, called_ms=wish.called_ms)]


def _came_of(state: SpotCheck, command: Command) -> list[SpotCheckEvent]:
    """K4: only of the call that runs, and once; what happens in its session later changes nothing here."""
    assert isinstance(command, AnswerRow | MissRow | WithdrawRow)
    row = row_of(state, command.number)
    if row.state is not CheckState.CALLING or row.session_id != command.session_id:
        return []
    match command:
        case AnswerRow(answered_ms=answered_ms, recalled=recalled):
            return [_answered(row, answered_ms, recalled=recalled)]
        case MissRow(state=missed, recalled=recalled):
            if missed not in MISSED:
                raise Refusal("bad_request", field="state")
            return [RowMissed(number=row.number, state=missed, recalled=recalled)]
    return [RowWithdrawn(number=row.number)]


def _answered(
    row: CheckRow, answered_ms: int, *, recalled: bool = False, rings: int | None = None
) -> RowAnswered:
    after_ms = max(0, answered_ms - (row.called_ms or answered_ms))
    return RowAnswered(
        number=row.number, answered_ms=answered_ms, after_ms=after_ms, recalled=recalled, rings=rings
    )


def _judge(state: SpotCheck, wish: JudgeRow) -> list[SpotCheckEvent]:
    row = row_of(state, wish.number)
    if len(wish.answers) != len(state.items):
        raise Refusal("bad_request", field="answers")
    judged = RowJudged(
        number=row.number,
        answers=wish.answers,
        verdict=wish.verdict,
        note=_short("note", wish.note),
        problem=_short("problem", wish.problem),
    )
    same = (row.answers or [None] * len(state.items), row.verdict, row.note, row.problem)
    return [] if same == (judged.answers, judged.verdict, judged.note, judged.problem) else [judged]


def _phone(state: SpotCheck, wish: StepPhone, now_ms: int) -> list[SpotCheckEvent]:
    """K6: the stopwatch is the hub's; the officer says when it starts and stops."""
    row = row_of(state, wish.number, CheckChannel.PHONE)
    if wish.rings is not None and not 0 <= wish.rings <= RINGS_MAX:
        raise Refusal("bad_request", field="rings", max=RINGS_MAX)
    if wish.step is PhoneStep.DIAL:
        if row.state not in CALLABLE:
            raise Refusal("spotcheck.row_called", state=row.state)
        return [RowCalled(number=row.number, session_id=None, called_ms=now_ms)]
    if row.state is not CheckState.CALLING:
        raise Refusal("spotcheck.not_dialled", state=row.state)
    if wish.step is PhoneStep.ANSWER:
        return [_answered(row, now_ms, rings=wish.rings)]
    return [RowMissed(number=row.number, state=CheckState.NO_ANSWER, recalled=False, rings=wish.rings)]


def row_of(state: SpotCheck, number: int, channel: CheckChannel | None = None) -> CheckRow:
    """Refuses with ``spotcheck.unknown_row``."""
    if not 1 <= number <= len(state.rows):
        raise Refusal("spotcheck.unknown_row", number=number)
    row = state.rows[number - 1]
    if channel is not None and row.channel is not channel:
        raise Refusal("spotcheck.unknown_row", number=number)
    return row


def _short(field: str, text: str, most: int = NOTE_MAX) -> str:
    text = text.strip()
    if len(text) > most:
        raise Refusal("bad_request", field=field, max=most)
    return text


# --- figures ------------------------------------------------------------------------------------


class Figures(NamedTuple):
    """K7. ``slow``: answered, but later than the setting allows; ``average_ms`` of those that answered."""

    rows: int
    called: int
    answered: int
    slow: int
    problems: int
    average_ms: int | None

    @property
    def percent(self) -> int | None:
        """应答率: of those whose call is over."""
        return round(100 * self.answered / self.called) if self.called else None


def figures(state: SpotCheck, channel: CheckChannel | None = None) -> Figures:
    rows = [row for row in state.rows if channel in (None, row.channel)]
    answers = [row for row in rows if row.state is CheckState.ANSWERED and row.after_ms is not None]
    times_ms = [row.after_ms or 0 for row in answers]
    return Figures(
        rows=len(rows),
        called=len(answers) + sum(row.state in MISSED for row in rows),
        answered=len(answers),
        slow=sum(is_slow(state, row) for row in answers),
        problems=sum(row.verdict is not None and row.verdict == "problem" for row in rows),
        average_ms=round(sum(times_ms) / len(times_ms)) if times_ms else None,
    )


def is_slow(state: SpotCheck, row: CheckRow) -> bool:
    limit_s = state.video_ring_s if row.channel is CheckChannel.VIDEO else state.phone_answer_s
    return row.after_ms is not None and row.after_ms > limit_s * 1000


# --- apply --------------------------------------------------------------------------------------


def apply(state: SpotCheck, recorded: Recorded[SpotCheckEvent]) -> SpotCheck:
    event = recorded.event
    match event:
        case SpotCheckStarted():
            return SpotCheck(
                check_id=event.check_id,
                title=event.title,
                items=event.items,
                draw=event.draw,
                video_ring_s=event.video_ring_s,
                phone_answer_s=event.phone_answer_s,
                by=recorded.actor,
                started_ms=recorded.at_ms,
                rows=[_row(at + 1, seat, event.items) for at, seat in enumerate(event.seats)],
            )
        case SpotCheckClosed():
            return replace(state, closed_ms=recorded.at_ms)
        case PhoneRowAdded(number=number, seat=seat):
            added = _row(number, seat, state.items, CheckChannel.PHONE)
            return replace(state, rows=[*state.rows, added])
    at = event.number - 1
    row = _moved(state.rows[at], event, recorded)
    return replace(state, rows=[*state.rows[:at], row, *state.rows[at + 1 :]])


def _row(
    number: int, seat: CheckedSeat, items: list[str], channel: CheckChannel = CheckChannel.VIDEO
) -> CheckRow:
    return CheckRow(number=number, seat=seat, channel=channel, answers=[None] * len(items))


def _moved(
    row: CheckRow,
    event: RowCalled | RowAnswered | RowMissed | RowWithdrawn | RowJudged,
    recorded: Recorded[SpotCheckEvent],
) -> CheckRow:
    match event:
        case RowCalled(session_id=session_id, called_ms=called_ms):
            return replace(
                row,
                state=CheckState.CALLING,
                session_id=session_id,
                calls=row.calls + 1,
                called_ms=called_ms,
                recalled=row.recalled or row.state in MISSED,
                answered_ms=None,
                after_ms=None,
                ended_ms=None,
            )
        case RowAnswered():
            return replace(
                row,
                state=CheckState.ANSWERED,
                answered_ms=event.answered_ms,
                after_ms=event.after_ms,
                ended_ms=event.answered_ms,
                recalled=event.recalled or row.recalled,
                rings=event.rings,
            )
        case RowMissed():
            return replace(
                row,
                state=event.state,
                ended_ms=recorded.at_ms,
                recalled=event.recalled or row.recalled,
                rings=event.rings,
            )
        case RowWithdrawn():
            return replace(row, state=CheckState.WAITING, session_id=None, called_ms=None)
        case RowJudged():
            return replace(
                row,
                answers=event.answers,
                verdict=event.verdict,
                note=event.note,
                problem=event.problem,
                judged_by=recorded.actor.person,
            )
