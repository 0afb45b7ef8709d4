"""Whatever a page sends becomes a request of the vocabulary or a refusal."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.errors import Refusal
from signaling.handlers import HANDLERS
from signaling.incident_vocabulary import ItemAdd
from signaling.messages import Request, Wish
from signaling.schema import OP_MAX, REQUEST_MAX_BYTES, check
from signaling.vocabulary import REQUESTS

NAMES = [wire.name for wire in REQUESTS]
ADD: dict[str, Any] = {
    "op": "o-1",
    "stream": "board:b-1",
    "board_id": "situation",
    "item_id": "i-1",
    "fields": {"text": "水位上涨"},
}

junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=True)
    | st.text(max_size=20)
    | st.binary(max_size=20)
    | st.builds(msgspec.msgpack.Ext, st.integers(0, 127), st.binary(max_size=8)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def test_every_request_of_the_vocabulary_has_a_handler() -> None:
    assert list(HANDLERS) == NAMES


def test_a_good_request_gets_through() -> None:
    request = check("item.add", [ADD], 100)
    assert request == ItemAdd(
        op="o-1", stream="board:b-1", board_id="situation", item_id="i-1", fields={"text": "水位上涨"}
    )


def test_a_name_that_may_be_left_out_may_be_none() -> None:
    own = {"op": "o-1", "session_id": "s-1", "venue": None}
    assert getattr(check("floor.end_request", [own], 100), "venue", "") is None
    with pytest.raises(Refusal, match="bad_request"):
        check("floor.grant", [own], 100)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("item.explode", [ADD]),
        ("connect", []),
        ("disconnect", ["x"]),
        ("events", [ADD]),  # a push is no request
        (7, [ADD]),
        (None, None),
        ("item.add", []),
        ("item.add", [ADD, ADD]),
        ("item.add", ADD),
        ("item.add", [None]),
        ("item.add", [{**ADD, "extra": 1}]),
        ("item.add", [{key: ADD[key] for key in ADD if key != "op"}]),
        ("item.add", [{**ADD, "fields": 7}]),
        ("item.add", [{**ADD, "fields": {"text": msgspec.msgpack.Ext(5, b"x")}}]),
        ("item.add", [{**ADD, "fields": {"text": 7}}]),
        ("item.add", [{**ADD, "reach": "world"}]),
        ("item.add", [{**ADD, "op": ""}]),
        ("item.add", [{**ADD, "op": "o" * (OP_MAX + 1)}]),
        ("item.add", [{**ADD, "board_id": "../etc"}]),
        ("item.add", [{**ADD, "item_id": "I 1"}]),
        ("follow", [{"stream": "", "since": None}]),
        ("follow", [{"stream": "board:" + "x" * 200}]),
        ("session.call", [{"op": "o", "session_id": "s-1", "venues": ["x"] * 501}]),
        ("session.hang_up", [{"op": "o", "session_id": "s-1", "venue": "a/b"}]),
    ],
)
def test_what_is_malformed_is_a_bad_request(name: object, args: object) -> None:
    with pytest.raises(Refusal, match="bad_request"):
        check(name, args, 100)


def test_what_is_too_large_is_refused_unread() -> None:
    with pytest.raises(Refusal, match="too_large") as refused:
        check("item.add", [ADD], REQUEST_MAX_BYTES + 1)
    assert refused.value.detail == {"max_bytes": REQUEST_MAX_BYTES}


@given(name=st.sampled_from(NAMES) | junk, args=junk | st.lists(junk, min_size=1, max_size=1))
def test_nothing_but_a_refusal_leaves(name: object, args: object) -> None:
    outcome: object
    try:
        outcome = check(name, args, 100)
    except Refusal as refusal:
        outcome = refusal
    if isinstance(outcome, Refusal):
        assert outcome.code == "bad_request"
        msgspec.msgpack.encode(outcome.as_dict())
    else:
        assert isinstance(outcome, Request)


@given(name=st.sampled_from(NAMES), data=st.data())
def test_what_the_types_allow_is_still_bounded(name: str, data: st.DataObject) -> None:
    body = next(wire.body for wire in REQUESTS if wire.name == name)
    fields = {
        field.name: data.draw(st.text(max_size=70) | st.none() | st.lists(st.text(max_size=5), max_size=3))
        for field in msgspec.structs.fields(body)
    }
    try:
        request = check(name, [fields], 100)
    except Refusal:
        return
    if isinstance(request, Wish):
        assert 1 <= len(request.op) <= OP_MAX
