"""How an incident stands, as each viewer may know it: open, overdue, silent, what is due next (rule T8).

One pass over what waits; then each viewer costs its own items only. The test compares it with
``reach.sees`` for random boards.
"""

from __future__ import annotations

from bisect import insort

from hub.domain.event import Actor, Role
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.track import UNANSWERED
from hub.domain.waiting import ANSWERED, Waiting, due_of, dues, is_expected, is_overdue, late_units, sent_ms
from hub.domain.workspace import Nature, Workspace
from hub.live.watching import Watched
from signaling.incident_vocabulary import IncidentSummary

_LOCAL = ("city", "county")
_ROUND_MS = 10_000


class _Count:
    """Of some items: how many are open, how many overdue, and the times ahead with whose they are."""

    __slots__ = ("dues", "open", "overdue")

    def __init__(self) -> None:
        self.open = 0
        self.overdue = 0
        self.dues: list[tuple[int, str]] = []

    def add(self, item_id: str, *, overdue: bool, ahead: list[int], sign: int = 1) -> None:
        self.open += sign
        self.overdue += sign if overdue else 0
        for due_ms in ahead:
            insort(self.dues, (due_ms, item_id))


class _Own:
    """What a unit counts for itself; ``apart``: items that its class counts otherwise than the unit does."""

    __slots__ = ("apart", "count", "silent")

    def __init__(self) -> None:
        self.count = _Count()
        self.apart: set[str] = set()
        self.silent = False


class Standing:
    """Made anew when its workspace has changed, or a time has come."""

    def __init__(self, watched: Watched, now_ms: int) -> None:
        self._state = watched.state
        self._updated_ms = watched.updated_ms // _ROUND_MS * _ROUND_MS
        self._now_ms = now_ms
        self._office, self._review, self._all, self._departments = (_Count() for _ in range(4))
        self._own: dict[str, _Own] = {}
        self._silent: dict[str, int] = {}
        self._made: dict[str, IncidentSummary] = {}
        for one in watched.waiting.values():
            if one.counted:
                self._take(one)

    def for_viewer(self, viewer: Actor) -> IncidentSummary | None:
        """None where ``viewer`` does not take part, or it is no incident."""
        if self._state.nature is not Nature.INCIDENT:
            return None
        if viewer.role in (Role.OFFICER, Role.REVIEWER):
            key = f"/{viewer.role}"
        elif viewer.role is Role.SEAT and viewer.seat in self._state.units:
            key = viewer.seat
        else:
            return None
        if key not in self._made:
            self._made[key] = self._summary(key)
        return self._made[key]

    # --- inside ---------------------------------------------------------------------------------

    def _take(self, one: Waiting) -> None:
        item, now_ms = one.item, self._now_ms
        overdue, ahead = is_overdue(one, now_ms), [due for due in dues(one) if due >= now_ms]
        self._office.add(item.item_id, overdue=overdue, ahead=ahead)
        if item.reach is Reach.OFFICE:
            return
        for seat in one.asked:
            if item.tracks[seat].state in UNANSWERED:
                since_ms = sent_ms(item.tracks[seat])
                self._silent[seat] = min(since_ms, self._silent.get(seat, since_ms))
        self._review.add(item.item_id, overdue=overdue, ahead=ahead)
        of_class = {Reach.ALL: self._all, Reach.DEPARTMENTS: self._departments}.get(item.reach)
        plain, plain_ahead = self._as_onlooker(one)
        if of_class is not None:
            of_class.add(item.item_id, overdue=plain, ahead=plain_ahead)
        for seat in self._state.units.keys() & {item.author.seat, *item.tracks, *item.shared}:
            covered = of_class is not None and (item.reach is Reach.ALL or _is_above(self._state, seat))
            track = item.tracks.get(seat)
            if covered and track is None:
                continue
            own = self._own.setdefault(seat, _Own())
            if covered:
                own.apart.add(item.item_id)
                own.count.add(item.item_id, overdue=plain, ahead=[], sign=-1)
            if track is None:
                own.count.add(item.item_id, overdue=plain, ahead=plain_ahead)
                continue
            own.silent = own.silent or (seat in one.asked and track.state in UNANSWERED)
            late = seat in late_units(item, now_ms)
            due_ms = due_of(item, track) if track.state not in ANSWERED and not late else None
            own.count.add(item.item_id, overdue=late, ahead=[due_ms] if due_ms is not None else [])

    def _as_onlooker(self, one: Waiting) -> tuple[bool, list[int]]:
        """Overdue, and the time ahead, to a unit that sees the item and none of its tracks."""
        due_ms = None if one.kind is BoardKind.REPORT else one.item.due_ms
        if due_ms is None:
            return False, []
        return self._now_ms > due_ms, [due_ms] if due_ms >= self._now_ms else []

    def _summary(self, key: str) -> IncidentSummary:
        state = self._state
        match key:
            case "/officer" | "/reviewer":
                count = self._office if key == "/officer" else self._review
                total, overdue = count.open, count.overdue
                next_due = count.dues[0][0] if count.dues else None
                silent = [
                    _short(state, seat) for seat in sorted(self._silent, key=lambda each: self._silent[each])
                ]
            case _:
                total, overdue, next_due = self._of_unit(key)
                silent = [_short(state, key)] if key in self._own and self._own[key].silent else []
        waiting = [
            each
            for each in state.deadlines.values()
            if each.met_ms is None and is_expected(state, each.name, self._now_ms)
        ]
        return IncidentSummary(
            incident_id=state.workspace_id,
            number=state.number,
            title=state.header.title,
            category=state.header.category,
            level=state.level,
            status=state.status,
            exercise=state.exercise,
            place=state.header.place,
            opened_ms=state.opened_ms,
            updated_ms=max(self._updated_ms, state.opened_ms),
            next_due=min(waiting, key=lambda each: each.due_ms, default=None),
            next_item_due_ms=next_due,
            open=total,
            overdue=overdue,
            silent=silent,
        )

    def _of_unit(self, seat: str) -> tuple[int, int, int | None]:
        counts = [self._all, *([self._departments] if _is_above(self._state, seat) else [])]
        own = self._own.get(seat) or _Own()
        firsts = [next((due for due, item in each.dues if item not in own.apart), None) for each in counts]
        firsts += [due for due, _ in own.count.dues[:1]]
        return (
            sum(each.open for each in counts) + own.count.open,
            sum(each.overdue for each in counts) + own.count.overdue,
            min((due for due in firsts if due is not None), default=None),
        )


def _is_above(state: Workspace, seat: str) -> bool:
    """Departments and the province see what goes to departments."""
    unit = state.units.get(seat)
    return unit is not None and unit.level not in _LOCAL


def _short(state: Workspace, seat: str) -> str:
    unit = state.units.get(seat)
    if unit is not None:
        return unit.short_name
    tracks = (item.tracks[seat] for item in state.items.values() if seat in item.tracks)
    return next((track.unit.short_name for track in tracks), seat)
