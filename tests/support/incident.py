"""An incident in memory with every board there is: who takes part, and short words for what they do."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from hub.domain.deadline import EventLevel
from hub.domain.event import HUB, Actor, Command, Role
from hub.domain.item import AddItem, ChangeState, EditItem, Item
from hub.domain.kindparts import BoardKind
from hub.domain.track import MoveTrack, Progress
from hub.domain.workspace import Header, Nature
from hub.errors import Refusal
from tests.support.factories import (
    BACKUP,
    KAIFENG,
    OFFICER,
    QIXIANG,
    START_MS,
    XINYANG,
    YINGJI,
    Stream,
    board_of,
    open_workspace,
    unit,
)

MINUTE_MS = 60_000
OCCURRED_MS = START_MS - 20 * MINUTE_MS
WALL = Actor(account="w-1", person="", role=Role.WALL)
ADMIN = Actor(account="admin", person="林晓峰", role=Role.ADMIN)
UNITS = (YINGJI, QIXIANG, XINYANG, KAIFENG)
"""Two departments and two cities."""

__all__ = ["BACKUP", "HUB", "KAIFENG", "OFFICER", "QIXIANG", "XINYANG", "YINGJI"]


def an_incident(*units: Actor, by: Actor = OFFICER, **rest: Any) -> Stream:
    """Opened 20 minutes after what happened, at level II; without ``units``: two departments, two cities."""
    header = rest.pop("header", Header(title="强降雨防汛", occurred_ms=OCCURRED_MS, learned_ms=OCCURRED_MS))
    known: dict[str, Any] = {
        "header": header,
        "level": EventLevel.II,
        "boards": [board_of(kind) for kind in BoardKind],
    }
    stream = Stream("incident:i-1")
    stream.do(open_workspace(*(units or UNITS), nature=Nature.INCIDENT, **{**known, **rest}), by, after_ms=0)
    return stream


def a_session() -> Stream:
    """A session's own boards: who is in it is the session's matter."""
    stream = Stream("board:b-1")
    stream.do(open_workspace(boards=[board_of(kind) for kind in BoardKind]), OFFICER, after_ms=0)
    return stream


def add(board: str, item_id: str = "i-1", text: str = "浉河水位 2.1 米", **rest: Any) -> AddItem:
    """``units`` are actors; what is no part of the command is a field of the item."""
    named = {name: rest.pop(name) for name in list(rest) if name in AddItem.__struct_fields__}
    named["units"] = [unit(each) for each in named.get("units", [])]
    return AddItem(board_id=board, item_id=item_id, fields={"text": text, **rest}, **named)


def edit(item_id: str, version: int, **fields: str) -> EditItem:
    return EditItem(item_id=item_id, base_version=version, fields=fields)


def step(item_id: str, move: str, reason: str = "") -> ChangeState:
    return ChangeState(item_id=item_id, move=move, reason=reason)


def track(item_id: str, by: Actor, state: Progress, text: str = "") -> MoveTrack:
    """The track of the unit of ``by``."""
    return MoveTrack(item_id=item_id, seat=by.seat or "", state=state, text=text)


def item_in(stream: Stream, item_id: str = "i-1") -> Item:
    found: Item = stream.state.items[item_id]
    return found


def put_in_state(stream: Stream, item_id: str, state: str) -> None:
    """Behind the rules' back, for a walk through a table."""
    changed = replace(item_in(stream, item_id), state=state)
    stream.state = replace(stream.state, items={**stream.state.items, item_id: changed})


def refusal(stream: Stream, command: Command, by: Actor) -> Refusal:
    """How it is refused; nothing has happened then."""
    before = stream.state
    with pytest.raises(Refusal) as refused:
        stream.do(command, by)
    assert stream.state is before
    return refused.value


def refused(stream: Stream, command: Command, by: Actor) -> str:
    return refusal(stream, command, by).code
