"""Packets and frames, and what is none."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.framing import (
    ACK,
    CONNECT_ERROR,
    EVENT,
    BadPacket,
    binary_frame,
    decode_packet,
    encode_ack,
    encode_packet,
    encode_push,
)
from signaling.media_vocabulary import Levels
from signaling.messages import Ack, Problem
from signaling.vocabulary import Pong


def test_a_push_is_an_event_with_one_map() -> None:
    decoded = msgspec.msgpack.decode(encode_push(Levels(session_id="s-1", levels={"yingji": 30})))
    assert decoded == {
        "type": EVENT,
        "nsp": "/",
        "data": ["levels", {"session_id": "s-1", "levels": {"yingji": 30}}],
    }


def test_nothing_is_left_out_rather_than_nil() -> None:
    assert msgspec.msgpack.decode(encode_packet(CONNECT_ERROR)) == {"type": CONNECT_ERROR, "nsp": "/"}


def test_an_ack_says_one_of_two_things() -> None:
    good: dict[str, Any] = msgspec.msgpack.decode(encode_ack(7, Ack(ok=True, result=Pong(hub_ms=5))))
    assert good == {"type": ACK, "nsp": "/", "id": 7, "data": [{"ok": True, "result": {"hub_ms": 5}}]}
    problem = Problem(code="forbidden", zh="不可", en="no")
    bad: dict[str, Any] = msgspec.msgpack.decode(encode_ack(8, Ack(ok=False, error=problem)))
    assert bad["data"] == [
        {"ok": False, "error": {"code": "forbidden", "zh": "不可", "en": "no", "detail": {}}}
    ]


def test_a_packet_comes_back_as_it_went() -> None:
    packet = decode_packet(encode_packet(EVENT, ["ping", {}], 3))
    assert packet == (EVENT, ["ping", {}], 3)


@pytest.mark.parametrize(
    "packet",
    [
        {"type": 5, "nsp": "/"},  # binary events are the other parser's
        {"type": 4, "nsp": "/"},
        {"type": 2, "nsp": "/admin", "data": ["ping", {}]},
        {"type": "2", "nsp": "/"},
        {"nsp": "/"},
        {"type": 2, "nsp": "/", "id": -1},
        {"type": 2, "nsp": "/", "id": 2**60},
        {"type": 2, "nsp": "/", "id": "x"},
        [2],
        None,
    ],
)
def test_what_no_page_sends_is_a_bad_packet(packet: object) -> None:
    with pytest.raises(BadPacket):
        decode_packet(msgspec.msgpack.encode(packet))


@given(st.binary(max_size=200))
def test_garbage_is_a_bad_packet(data: bytes) -> None:
    with suppress(BadPacket):
        decode_packet(data)


def test_endless_nesting_is_a_bad_packet() -> None:
    with pytest.raises(BadPacket):
        decode_packet(b"\x82\xa4type\x02\xa4data" + b"\x91" * 100_000)


@pytest.mark.parametrize(
    ("size", "head"),
    [
        (0, b"\x82\x00"),
        (125, b"\x82\x7d"),
        (126, b"\x82\x7e\x00\x7e"),
        (65535, b"\x82\x7e\xff\xff"),
        (65536, b"\x82\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
    ],
)
def test_frames_are_those_of_rfc_6455(size: int, head: bytes) -> None:
    frame = binary_frame(b"x" * size)
    assert frame.startswith(head)
    assert len(frame) == len(head) + size
