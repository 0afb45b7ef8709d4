"""Actors, seats and ready-made states for tests of the pure rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hub.domain.agenda import AgendaItem
from hub.domain.booking import Plan
from hub.domain.event import Actor, Command, Recorded, Role
from hub.domain.kindparts import BoardKind
from hub.domain.kinds import KINDS
from hub.domain.session import Invited, SessionKind, StartSession
from hub.domain.spotcheck import CheckedSeat
from hub.domain.streams import State, rules_of
from hub.domain.track import Unit
from hub.domain.workspace import Header, Nature, NewBoard, OpenWorkspace

START_MS = 1_784_514_600_000

OFFICER = Actor(
    account="officer", person="王建国", role=Role.OFFICER, seat="office", seat_name="省委总值班室"
)
YINGJI = Actor(
    account="yingji", person="张敏", role=Role.SEAT, seat="yingji", seat_name="省应急管理厅指挥中心"
)
XINYANG = Actor(account="xinyang", person="李强", role=Role.SEAT, seat="xinyang", seat_name="信阳市委值班室")
REVIEWER = Actor(account="reviewer", person="赵静", role=Role.REVIEWER)
KAIFENG = Actor(account="kaifeng", person="周涛", role=Role.SEAT, seat="kaifeng", seat_name="开封市委值班室")
BACKUP = Actor(account="backup", person="陈晨", role=Role.OFFICER, seat="backup", seat_name="备份值班室")
QIXIANG = Actor(account="qixiang", person="何静", role=Role.SEAT, seat="qixiang", seat_name="省气象局值班室")
STRANGER = Actor(account="hebi", person="孙伟", role=Role.SEAT, seat="hebi", seat_name="鹤壁市委值班室")


def invited(actor: Actor) -> Invited:
    """The actor's seat as a venue."""
    assert actor.seat is not None
    assert actor.seat_name is not None
    return Invited(venue=actor.seat, name=actor.seat_name, short_name=actor.seat_name[:2])


def checked(actor: Actor) -> CheckedSeat:
    """The actor's seat as it stands in the table of a spot check."""
    assert actor.seat is not None
    assert actor.seat_name is not None
    return CheckedSeat(seat=actor.seat, name=actor.seat_name, short_name=actor.seat_name[:2], phone="0371-1")


def a_plan(*venues: Actor, starts_ms: int = START_MS + 2 * 3_600_000) -> Plan:
    """A joint meeting in two hours."""
    return Plan(
        title="防汛联席会议",
        kind=SessionKind.JOINT_MEETING,
        starts_ms=starts_ms,
        minutes=90,
        venues=[invited(venue) for venue in venues],
        agenda=[AgendaItem(title="通报雨情", venue="yingji", minutes=20), AgendaItem(title="部署")],
    )


def start_session(*venues: Actor, title: str = "强降雨防汛会商", heirs: Sequence[Actor] = ()) -> StartSession:
    """A consultation chaired by the duty office."""
    return StartSession(
        session_id="s-1",
        title=title,
        kind=SessionKind.CONSULTATION,
        chair=invited(OFFICER),
        venues=[invited(venue) for venue in venues],
        board_id="b-1",
        recording_id="r-1",
        heirs=[invited(heir).venue for heir in heirs],
    )


def unit(actor: Actor) -> Unit:
    """The actor's seat as a unit that takes part: the departments of this file, and its cities."""
    seat = invited(actor)
    level = "dept" if actor in (YINGJI, QIXIANG) else "province" if actor in (OFFICER, BACKUP) else "city"
    return Unit(seat=seat.venue, name=seat.name, short_name=seat.short_name, level=level)


def board_of(kind: BoardKind, board_id: str = "") -> NewBoard:
    return NewBoard(board_id=board_id or kind, kind=kind, title=KINDS[kind].zh)


def open_workspace(*units: Actor, nature: Nature = Nature.SESSION, **rest: Any) -> OpenWorkspace:
    """A session's own boards with the situation on them, or what ``rest`` says."""
    known: dict[str, Any] = {
        "workspace_id": "b-1" if nature is Nature.SESSION else "i-1",
        "number": "",
        "header": Header(title="强降雨防汛"),
        "session_id": "s-1" if nature is Nature.SESSION else "",
        "boards": [board_of(BoardKind.SITUATION)],
    }
    return OpenWorkspace(nature=nature, units=[unit(each) for each in units], **{**known, **rest})


class Stream:
    """One stream in memory: decide, number, apply; the log and the state stay in ``events`` and ``state``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rules = rules_of(name)
        self.state: Any = self.rules.initial
        self.events: list[Recorded[Any]] = []
        self.now_ms = START_MS

    def do(self, command: Command, by: Actor, *, after_ms: int = 1000) -> list[Any]:
        """Let ``after_ms`` pass, then carry out ``command``; returns the new events."""
        self.now_ms += after_ms
        fresh = self.rules.decide(self.state, command, by, self.now_ms)
        for event in fresh:
            recorded = Recorded(
                stream=self.name, seq=len(self.events) + 1, at_ms=self.now_ms, actor=by, event=event
            )
            self.events.append(recorded)
            self.state = self.rules.apply(self.state, recorded)
        return fresh

    def do_all(self, commands: Iterable[tuple[Command, Actor]]) -> State:
        """Carry out one after the other; returns the state after the last."""
        for command, by in commands:
            self.do(command, by)
        state: State = self.state
        return state
