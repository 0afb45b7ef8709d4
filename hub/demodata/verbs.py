"""What is done in a played incident: each verb makes a command once it is known when the play ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from hub.domain import item, track, workspace
from hub.domain.deadline import EventLevel
from hub.domain.event import Command
from hub.domain.kindparts import Reach
from hub.domain.organisation import Organisation
from hub.domain.track import Progress, Unit

MINUTE_MS = 60_000
NEWEST = 1 << 30
"""A version that is never behind: who plays has always seen what is there."""


class Stage(NamedTuple):
    """When the play ends, and the offices there are."""

    end_ms: int
    organisation: Organisation

    def at(self, minute: float) -> int:
        """Minutes before the end are negative."""
        return self.end_ms + round(minute * MINUTE_MS)

    def unit(self, seat_id: str) -> Unit:
        seat = self.organisation.seats[seat_id]
        return Unit(seat=seat_id, name=seat.name, short_name=seat.short_name, level=seat.level)


Verb = Callable[[Stage], Command]


class Act(NamedTuple):
    """At this minute this account does this."""

    minute: float
    who: str
    verb: Verb


_TIMES = ("as_of", "due", "occurred", "learned", "valid_from", "valid_to")


def add(
    board: str,
    key: str,
    text: str,
    *,
    units: Sequence[str] = (),
    shared: Sequence[str] = (),
    reach: Reach | None = None,
    state: str | None = None,
    chain: str | None = None,
    pinned: bool = False,
    **fields: Any,
) -> Verb:
    """Times (``due``, ``as_of``, …) are minutes as those of the acts; the rest is written as it is."""

    def verb(stage: Stage) -> Command:
        written = {
            name: str(stage.at(value)) if name in _TIMES else str(value) for name, value in fields.items()
        }
        return item.AddItem(
            board_id=board,
            item_id=f"demo-{key}",
            fields={"text": text, **written},
            units=[stage.unit(seat) for seat in units],
            shared=list(shared),
            reach=reach,
            state=state,
            chain=None if chain is None else f"demo-{chain}",
            pinned=pinned,
        )

    return verb


def _of(command: type[Command], key: str, **rest: Any) -> Verb:
    return lambda _stage: command(item_id=f"demo-{key}", **rest)


def edit(key: str, **fields: str) -> Verb:
    return _of(item.EditItem, key, base_version=NEWEST, fields=fields)


def move(key: str, name: str, reason: str = "") -> Verb:
    return _of(item.ChangeState, key, move=name, reason=reason)


def pin(key: str) -> Verb:
    return _of(item.PinItem, key, pinned=True)


def wall(key: str) -> Verb:
    return _of(item.PutOnWall, key, on_wall=True)


def share(key: str, reach: Reach, *seats: str) -> Verb:
    return _of(item.ShareItem, key, reach=reach, shared=list(seats))


def void(key: str, reason: str) -> Verb:
    return _of(item.VoidItem, key, reason=reason)


def remark(key: str, text: str, *, office: bool = False) -> Verb:
    return _of(item.Annotate, key, text=text, office=office)


def delivered(key: str, *seats: str) -> Verb:
    return _of(track.MarkDelivered, key, seats=list(seats))


def step(key: str, seat: str, state: Progress, text: str = "") -> Verb:
    return _of(track.MoveTrack, key, seat=seat, state=state, text=text)


def urge(key: str, *seats: str) -> Verb:
    return _of(track.Urge, key, seats=list(seats))


def escalate(key: str, *seats: str) -> Verb:
    return _of(track.Escalate, key, seats=list(seats))


def phoned(key: str, seat: str, note: str, *, reached: bool = True) -> Verb:
    return _of(track.NotePhoned, key, seat=seat, reached=reached, note=note)


def ask_time(key: str, seat: str, due: float, reason: str) -> Verb:
    return lambda stage: track.AskExtension(
        item_id=f"demo-{key}", seat=seat, due_ms=stage.at(due), reason=reason
    )


def grant(key: str, seat: str, *, granted: bool = True) -> Verb:
    return _of(track.AnswerExtension, key, seat=seat, granted=granted)


# --- of the incident --------------------------------------------------------------------------------


def level(to: EventLevel, response: str, reason: str) -> Verb:
    return lambda _stage: workspace.ChangeLevel(level=to, response=response, reason=reason)


def casualties(as_of: float, source: str, note: str = "", **counts: int) -> Verb:
    return lambda stage: workspace.RecordCasualties(
        entry=workspace.Casualties(as_of_ms=stage.at(as_of), source=source, note=note, **counts)
    )


def header(**changes: Any) -> Verb:
    return lambda _stage: workspace.EditHeader(
        base_version=NEWEST, changes=workspace.HeaderChanges(**changes)
    )


def noted(when: float, text: str) -> Verb:
    return lambda stage: workspace.NoteEntry(when_ms=stage.at(when), text=text)


def status(to: workspace.Status, reason: str = "") -> Verb:
    return lambda _stage: workspace.ChangeStatus(status=to, reason=reason)


def clock_checked() -> Verb:
    return lambda _stage: workspace.CheckDeadlines()
