"""Walls: who registers them, and who says what they show."""

from __future__ import annotations

import pytest

from hub.domain.event import HUB, Actor, Command, Role
from hub.domain.wall import AddWall, ClearWall, RevokeWall, ShowSession
from hub.errors import Refusal
from tests.support.factories import OFFICER, REVIEWER, YINGJI, Stream

ADMIN = Actor(account="admin", person="管理员", role=Role.ADMIN)
WALL = Actor(account="w-1", person="指挥大厅", role=Role.WALL, seat="w-1")
ADD = AddWall(wall_id="w-1", name="指挥大厅", token_hash="ab" * 32)


@pytest.fixture
def wall() -> Stream:
    stream = Stream("wall:w-1")
    stream.do(ADD, OFFICER)
    return stream


def refused(stream: Stream, command: Command, by: Actor) -> str:
    with pytest.raises(Refusal) as refusal:
        stream.do(command, by)
    return refusal.value.code


@pytest.mark.parametrize("by", [OFFICER, ADMIN])
def test_W1_officers_and_administrators_register_walls_and_revoke_them(by: Actor) -> None:
    stream = Stream("wall:w-1")
    stream.do(ADD, by)
    assert stream.state.valid
    assert refused(stream, ADD, by) == "organisation.exists"
    stream.do(RevokeWall(), by)
    assert not stream.state.valid
    assert refused(stream, ShowSession(session_id="s-1"), OFFICER) == "wall.unknown"


@pytest.mark.parametrize("by", [YINGJI, REVIEWER, WALL])
@pytest.mark.parametrize("command", [RevokeWall(), ShowSession(session_id="s-1"), ClearWall()])
def test_W1_W2_nobody_else_does_anything_with_a_wall(wall: Stream, by: Actor, command: Command) -> None:
    assert refused(wall, command, by) == "forbidden"


@pytest.mark.parametrize("name", ["", "  ", "字" * 21])
def test_W1_a_wall_has_a_name(name: str) -> None:
    wish = AddWall(wall_id="w-1", name=name, token_hash="ab" * 32)
    assert refused(Stream("wall:w-1"), wish, OFFICER) == "bad_request"


def test_W2_an_officer_puts_a_session_on_it_and_takes_it_off(wall: Stream) -> None:
    assert refused(wall, ShowSession(session_id="s-1"), ADMIN) == "forbidden"
    wall.do(ShowSession(session_id="s-1"), OFFICER)
    assert wall.state.session_id == "s-1"
    assert wall.do(ShowSession(session_id="s-1"), OFFICER) == []
    wall.do(ClearWall(), OFFICER)
    assert wall.state.session_id is None
    assert wall.do(ClearWall(), OFFICER) == []


def test_W2_the_end_of_a_session_clears_only_what_still_shows_it(wall: Stream) -> None:
    wall.do(ShowSession(session_id="s-2"), OFFICER)
    assert wall.do(ClearWall(session_id="s-1"), HUB) == []
    wall.do(ClearWall(session_id="s-2"), HUB)
    assert wall.state.session_id is None
