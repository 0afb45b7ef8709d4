"""Incidents: opened with their boards and numbers, and listed for whoever takes part in them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial

from hub.clock import Clock
from hub.domain.deadline import BEIJING_MS, PROFILES, Profile
from hub.domain.event import HUB, Actor, Role
from hub.domain.item import AddItem
from hub.domain.kindparts import BoardKind
from hub.domain.kinds import KINDS
from hub.domain.organisation import SeatAdded
from hub.domain.workspace import (
    DAILY,
    AddUnits,
    Header,
    Nature,
    NewBoard,
    OpenBoard,
    OpenWorkspace,
    Status,
    Workspace,
    stream_of,
)
from hub.ids import new_id
from hub.live.boards import units_of
from hub.live.chores import Chores
from hub.live.plans import lay_out
from hub.live.rights import organisation_of
from hub.live.streams import Batch, Streams
from signaling.incident_vocabulary import IncidentOpen

INCIDENT_BOARDS = (
    BoardKind.SITUATION,
    BoardKind.REPORT,
    BoardKind.INSTRUCTION,
    BoardKind.WARNING,
    BoardKind.TASK,
    BoardKind.RESOURCE,
    BoardKind.OPINION,
    BoardKind.KEYEVENT,
)
DAILY_BOARDS = (
    BoardKind.INSTRUCTION,
    BoardKind.WARNING,
    BoardKind.HAZARD,
    BoardKind.DUTY,
    BoardKind.CHECK,
    BoardKind.TASK,
    BoardKind.KEYEVENT,
)
DAILY_TITLE = "日常值班"


class Incidents:
    """The use-cases of an incident that need more than its own stream."""

    def __init__(self, clock: Clock, streams: Streams, *, profile: Profile = PROFILES["default"]) -> None:
        self._clock = clock
        self._streams = streams
        self._profile = profile
        self.chores = Chores()
        self._unsubscribe: Callable[[], None] = lambda: None
        self._opening: dict[tuple[str, str], tuple[str, str]] = {}

    async def start(self) -> None:
        """The daily duty has boards from the first day on, and every seat takes part in it (I4)."""
        self._unsubscribe = self._streams.subscribe(self._published)
        stream = stream_of(DAILY)
        state, _ = await self._streams.state(stream)
        seats = (await organisation_of(self._streams)).seats
        if isinstance(state, Workspace) and not state.opened_ms:
            command = OpenWorkspace(
                workspace_id=DAILY,
                nature=Nature.DAILY,
                number="",
                header=Header(title=DAILY_TITLE),
                profile=self._profile,
                units=await units_of(self._streams, list(seats)),
                boards=_boards(DAILY_BOARDS),
            )
            await self._streams.execute(stream, command, HUB, op="open")
        await self._take_in(list(seats))

    async def close(self) -> None:
        self._unsubscribe()
        await self.chores.idle()

    def _published(self, stream: str, events: Batch) -> None:
        fresh = [each.event.seat.seat_id for each in events if isinstance(each.event, SeatAdded)]
        if fresh:
            self.chores.add(DAILY, "a new seat", partial(self._take_in, fresh))

    async def _take_in(self, seats: list[str]) -> None:
        command = AddUnits(units=await units_of(self._streams, seats))
        await self._streams.execute(stream_of(DAILY), command, HUB)

    async def open(self, wish: IncidentOpen, by: Actor) -> str:
        """The incident's id. The same wish opens one incident; its number is the next one of the year."""
        plan = None
        if wish.plan_id is not None and by.role is Role.OFFICER:
            plan = await lay_out(self._streams, wish.plan_id, self._clock.wall_ms())
        incident_id, number = await self._named((by.account, wish.op))
        seats = wish.units if by.role is Role.OFFICER else [by.seat or ""]
        if plan is not None:
            seats = [*dict.fromkeys([*plan.seats, *seats])]
        kinds = wish.boards or (plan.boards if plan is not None else []) or INCIDENT_BOARDS
        report_board = [BoardKind.REPORT] if wish.report is not None else []
        task_board = [BoardKind.TASK] if plan is not None and plan.items else []
        boards = _boards((*kinds, *report_board, *task_board))
        items = [] if plan is None else plan.items
        if wish.report is not None:
            report = wish.report
            first = AddItem(
                board_id=BoardKind.REPORT, item_id=report.item_id, fields=report.fields, state="submitted"
            )
            items = [first, *items]
        command = OpenWorkspace(
            workspace_id=incident_id,
            nature=Nature.INCIDENT,
            number=number,
            header=wish.header,
            level=wish.level,
            status=wish.status if by.role is Role.OFFICER else Status.DRAFT,
            exercise=wish.exercise,
            profile=self._profile,
            plan=None if plan is None else plan.ref,
            units=await units_of(self._streams, seats),
            call=seats if by.role is Role.OFFICER else [],
            boards=boards,
            items=items,
        )
        await self._streams.execute(stream_of(incident_id), command, by, op=wish.op)
        return incident_id

    def new_board(self, kind: BoardKind, title: str) -> OpenBoard:
        return OpenBoard(
            board=NewBoard(board_id=new_id("b"), kind=kind, title=title.strip() or KINDS[kind].zh)
        )

    async def _named(self, wish: tuple[str, str]) -> tuple[str, str]:
        """An id and the next number of the year (2026-0012).

        J3: the same ones when the wish comes again, also after a restart: the log knows who has opened what.
        """
        if (known := self._opening.get(wish)) is not None:
            return known
        numbers, former = await self._numbers(wish)
        if (known := self._opening.get(wish, former)) is not None:  # it may have come twice meanwhile
            return known
        today = datetime.datetime.fromtimestamp((self._clock.wall_ms() + BEIJING_MS) / 1000, datetime.UTC)
        year = f"{today.year}-"
        numbers = [number for number in numbers if number.startswith(year)]
        given = [number for _, number in self._opening.values() if number.startswith(year)]
        following = max((int(number[5:]) for number in (*numbers, *given)), default=0) + 1
        self._opening[wish] = (new_id("i"), f"{year}{following:04}")
        return self._opening[wish]

    async def _numbers(self, wish: tuple[str, str]) -> tuple[list[str], tuple[str, str] | None]:
        """Those that are given, and what ``wish`` has opened already."""
        found, former = [], None
        for stream in await self._streams.names("incident:"):
            first = await self._streams.first(stream)
            if first is not None:
                found.append(str(getattr(first.event, "number", "")))
                if (first.actor.account, first.op) == wish:
                    former = (stream.partition(":")[2], found[-1])
        return found, former


def _boards(kinds: tuple[BoardKind, ...]) -> list[NewBoard]:
    return [NewBoard(board_id=kind, kind=kind, title=KINDS[kind].zh) for kind in dict.fromkeys(kinds)]
