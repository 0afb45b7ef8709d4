"""An incident in a served hub: the office, a department and two cities, each with items of its own."""

from __future__ import annotations

from typing import Any

from hub.domain.event import HUB, Actor, Command
from hub.domain.item import AddItem
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.kinds import KINDS
from hub.domain.workspace import Header, Nature, NewBoard, OpenWorkspace, Workspace, stream_of
from hub.http.auth import AUTH
from hub.http.keys import CLOCK, STREAMS
from hub.live.boards import units_of
from tests.support.live import actor
from tests.support.served import Answer, Client

UNITS = ("yingji", "xinyang", "kaifeng")
NUMBER = "2026-0007"


class Affair:
    """``does`` carries out a command as an account; ``get`` asks a route of the workspace as an account."""

    def __init__(self, client: Client, incident_id: str = "i-1") -> None:
        self.client = client
        self.stream = stream_of(incident_id)
        self.incident_id = incident_id
        self._items = 0

    @property
    def path(self) -> str:
        return f"/api/workspaces/{self.stream.replace(':', '%3A')}"

    async def open(
        self, *, exercise: bool = False, title: str = "信阳强降雨", units: tuple[str, ...] = UNITS
    ) -> None:
        streams = self.client.hub.app[STREAMS]
        command = OpenWorkspace(
            workspace_id=self.incident_id,
            nature=Nature.INCIDENT,
            number=NUMBER,
            header=Header(title=title, place="信阳市浉河区"),
            exercise=exercise,
            units=await units_of(streams, units),
            boards=[NewBoard(board_id=kind, kind=kind, title=KINDS[kind].zh) for kind in BoardKind],
        )
        await self.does("officer", command)

    async def actor(self, account: str) -> Actor:
        return HUB if account == "hub" else await actor(self.client.hub.app[STREAMS], account)

    async def does(self, account: str, command: Command) -> int:
        return await self.client.hub.app[STREAMS].execute(self.stream, command, await self.actor(account))

    async def adds(
        self,
        account: str,
        kind: BoardKind,
        text: str,
        *,
        units: tuple[str, ...] = (),
        reach: Reach | None = None,
        shared: tuple[str, ...] = (),
        state: str | None = None,
        **fields: str,
    ) -> str:
        """The item's id."""
        self._items += 1
        item_id = f"it-{self._items}"
        command = AddItem(
            board_id=kind,
            item_id=item_id,
            fields={"text": text, **fields},
            units=await units_of(self.client.hub.app[STREAMS], units),
            reach=reach,
            shared=list(shared),
            state=state,
        )
        await self.does(account, command)
        return item_id

    async def state(self) -> Workspace:
        state, _ = await self.client.hub.app[STREAMS].state(self.stream)
        assert isinstance(state, Workspace)
        return state

    def enter(self, account: str) -> None:
        """A login without the price of a password."""
        self.client.token = self.client.hub.app[AUTH].tokens.sign_login(account).text

    async def get(self, account: str, path: str) -> Answer:
        """``path`` goes on behind that of the workspace."""
        self.enter(account)
        return await self.client.ask("GET", self.path + path)

    def now_ms(self) -> int:
        return self.client.hub.app[CLOCK].wall_ms()

    @staticmethod
    def texts(answer: Answer) -> list[Any]:
        return [row["text"] for row in answer.body["rows"]]
