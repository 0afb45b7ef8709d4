"""An incident on a live desk: opened by the office, items that ask something of units, their tracks."""

from __future__ import annotations

from typing import Any

from hub.domain.deadline import DEFAULT, Profile
from hub.domain.event import Command
from hub.domain.item import AddItem
from hub.domain.kindparts import BoardKind
from hub.domain.kinds import KINDS
from hub.domain.track import MoveTrack, Progress, UnitTrack
from hub.domain.workspace import Header, Nature, NewBoard, OpenWorkspace, Workspace, stream_of
from hub.live.boards import edit, units_of
from tests.support.desk import Desk, Reader

STREAM = stream_of("i-1")
KINDS_OF_IT = (
    BoardKind.SITUATION,
    BoardKind.REPORT,
    BoardKind.INSTRUCTION,
    BoardKind.WARNING,
    BoardKind.HAZARD,
    BoardKind.TASK,
    BoardKind.KEYEVENT,
)


class Incident:
    """Stream ``incident:i-1`` of a desk; everything by the accounts of the demo."""

    def __init__(self, desk: Desk, stream: str = STREAM) -> None:
        self.desk = desk
        self.stream = stream

    async def open(self, *seats: str, profile: Profile = DEFAULT, by: str = "officer", **rest: Any) -> None:
        command = OpenWorkspace(
            workspace_id=self.stream.partition(":")[2],
            nature=Nature.INCIDENT,
            number="2026-0001",
            header=Header(title="强降雨防汛"),
            profile=profile,
            units=await units_of(self.desk.streams, seats),
            boards=[NewBoard(board_id=kind, kind=kind, title=KINDS[kind].zh) for kind in KINDS_OF_IT],
            **rest,
        )
        await self.desk.streams.execute(self.stream, command, await self.desk.actor(by))
        await self.desk.settled()

    async def add(self, board: str, item_id: str, *seats: str, by: str = "officer", **rest: Any) -> None:
        fields = {"text": f"关于{item_id}的要求", **rest.pop("fields", {})}
        units = await units_of(self.desk.streams, seats)
        wish = AddItem(board_id=board, item_id=item_id, fields=fields, units=units, **rest)
        await self.do(wish, by)

    async def do(self, command: Command, by: str = "officer") -> None:
        await edit(self.desk.streams, self.stream, command, await self.desk.actor(by), None)
        await self.desk.settled()

    async def move(self, seat: str, item_id: str, state: Progress, text: str = "") -> None:
        await self.do(MoveTrack(item_id=item_id, seat=seat, state=state, text=text), seat)

    async def state(self) -> Workspace:
        state, _ = await self.desk.streams.state(self.stream)
        assert isinstance(state, Workspace)
        return state

    async def track(self, item_id: str, seat: str) -> UnitTrack:
        return (await self.state()).items[item_id].tracks[seat]


def last(page: Reader, name: str) -> dict[str, Any] | None:
    """The body of the last push called ``name`` since the page was read; None when there was none."""
    bodies = [body for pushed, body in page.read() if pushed == name]
    return bodies[-1] if bodies else None
