"""The VP8 descriptor, read and renumbered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.media.rtp.errors import BadPacket
from hub.media.rtp.payload import original_number, parse_vp8, renumber_vp8, unwrap_rtx
from tests.support.packets import vp8_payload


def renumbered(payload: bytes, picture_delta: int, tl0_delta: int) -> bytes:
    vp8 = parse_vp8(payload)
    return renumber_vp8(payload[: vp8.size], vp8, picture_delta, tl0_delta) + payload[vp8.size :]


def test_the_shortest_descriptor() -> None:
    vp8 = parse_vp8(b"\x10\x00body")
    assert (vp8.size, vp8.starts_frame, vp8.keyframe, vp8.picture_id, vp8.tl0) == (1, True, True, -1, -1)
    assert not parse_vp8(b"\x10\x01body").keyframe
    assert not parse_vp8(b"\x00\x00body").starts_frame
    assert not parse_vp8(b"\x11\x00body").starts_frame  # second partition


def test_all_fields() -> None:
    vp8 = parse_vp8(bytes.fromhex("90 f0 8123 45 67 00") + b"body")
    assert vp8.size == 6
    assert (vp8.picture_id, vp8.picture_bits, vp8.tl0) == (0x123, 15, 0x45)
    assert vp8.keyframe


@pytest.mark.parametrize("payload", ["", "10", "90", "9080", "908081", "90c08123", "8080"])
def test_a_descriptor_cut_off(payload: str) -> None:
    with pytest.raises(BadPacket):
        parse_vp8(bytes.fromhex(payload))


@given(
    picture_id=st.integers(0, 0x7FFF),
    tl0=st.integers(0, 255),
    picture_delta=st.integers(0, 0x7FFF),
    tl0_delta=st.integers(0, 255),
)
def test_renumbering_moves_both_and_nothing_else(
    picture_id: int, tl0: int, picture_delta: int, tl0_delta: int
) -> None:
    payload = vp8_payload(b"body", start=True, keyframe=True, picture_id=picture_id, tl0=tl0)
    changed = renumbered(payload, picture_delta, tl0_delta)
    vp8 = parse_vp8(changed)
    assert vp8.picture_id == (picture_id + picture_delta) & 0x7FFF
    assert vp8.tl0 == (tl0 + tl0_delta) & 0xFF
    assert vp8.keyframe
    assert changed[vp8.size :] == payload[vp8.size :]
    assert len(changed) == len(payload)


def test_a_short_picture_id_leaves_as_a_long_one() -> None:
    payload = bytes.fromhex("90c0 7f 05 00") + b"body"
    changed = renumbered(payload, 200, 1)
    vp8 = parse_vp8(changed)
    assert (vp8.picture_id, vp8.picture_bits, vp8.tl0) == (327, 15, 6)
    assert changed.endswith(b"\x00body")


def test_retransmissions() -> None:
    assert unwrap_rtx(original_number(65537) + b"body") == (1, b"body")
    with pytest.raises(BadPacket):
        unwrap_rtx(b"\x00")
