"""Events are written and read back as they were; a log of earlier days is read as if it were of today."""

from __future__ import annotations

import msgspec
import pytest

from hub.domain.event import HUB
from hub.domain.item import ItemAdded
from hub.domain.kindparts import Reach
from hub.domain.streams import decode_event, encode_event
from hub.domain.workspace import CloseBoards, Nature
from tests.golden.workspaces import an_older_board
from tests.support.incident import OFFICER, XINYANG, YINGJI, add, edit, item_in, refused, step

OLDER = b'{"type":"item.added","item_id":"i-1","rank":"1","text":"\xe6\xb0\xb4","category":"fact",'
REST = b'"credibility":"unverified","place":"","source":""}'


def test_B8_an_item_of_an_older_log_is_one_of_its_only_board() -> None:
    event = decode_event(OLDER + REST)
    assert isinstance(event, ItemAdded)
    assert (event.board_id, event.reach, event.state, event.fields["text"]) == (
        "",
        Reach.ALL,
        "current",
        "水",
    )
    assert decode_event(encode_event(event)) == event


@pytest.mark.parametrize(
    "data",
    [
        b'{"type":"moon.risen"}',
        b'{"type":"item.added"}',
        b'{"type":"item.added","item_id":"i-1","rank":"1","fields":{"text":7}}',
        b"[]",
        b"7",
    ],
)
def test_what_nobody_ever_wrote_is_no_event(data: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode_event(data)


def test_B8_an_older_board_goes_on_under_the_rules_of_today() -> None:
    stream = an_older_board()
    assert stream.state.closed_ms is not None
    stream.events = [each for each in stream.events if each.seq < len(stream.events)]
    stream.state = stream.rules.initial
    for recorded in stream.events:
        stream.state = stream.rules.apply(stream.state, recorded)
    assert (stream.state.nature, stream.state.session_id) == (Nature.SESSION, "s-1")
    stream.now_ms = stream.events[-1].at_ms
    stream.do(edit("i-1", 3, place="信阳浉河"), XINYANG)
    stream.do(step("i-1", "settle"), OFFICER)
    board_id = next(iter(stream.state.boards))
    stream.do(add(board_id, "i-9", "雨势减弱"), YINGJI)
    assert item_in(stream, "i-9").rank > item_in(stream, "i-1").rank
    stream.do(CloseBoards(), HUB)
    assert refused(stream, add(board_id, "i-10"), YINGJI) == "board.closed"
