"""Header extensions in both forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.media.rtp import extensions, packet
from hub.media.rtp.errors import BadPacket


def carrying(extension: bytes) -> bytes:
    return packet.build(
        payload_type=96, sequence_number=1, timestamp=2, ssrc=3, payload=b"x", extension=extension
    )


one_byte = st.lists(
    st.tuples(st.integers(1, 14), st.binary(min_size=1, max_size=16)), unique_by=lambda element: element[0]
)
two_byte = st.lists(
    st.tuples(st.integers(1, 255), st.binary(min_size=0, max_size=40)), unique_by=lambda element: element[0]
)


@given(values=one_byte | two_byte)
def test_what_is_built_is_found(values: list[tuple[int, bytes]]) -> None:
    data = carrying(extensions.build(values))
    assert packet.bounds(data)[1] == len(data)
    for number, value in values:
        assert extensions.find(data, number) == value
    assert [number for number, _, _ in extensions.elements(data)] == [number for number, _ in values]


def test_the_short_form_is_used_while_it_fits() -> None:
    assert extensions.build([(1, b"\xaa")]) == bytes.fromhex("bede0001 10aa0000")
    assert extensions.build([(15, b"\xaa")]) == bytes.fromhex("10000001 0f01aa00")
    assert extensions.build([]) == b""


def test_padding_is_stepped_over_and_fifteen_ends_the_block() -> None:
    data = carrying(bytes.fromhex("bede0002 00 10aa f0 20bb0000"))
    assert extensions.find(data, 1) == b"\xaa"
    assert extensions.find(data, 2) is None


def test_an_unknown_profile_holds_nothing() -> None:
    assert extensions.find(carrying(bytes.fromhex("abcd0001 10aa0000")), 1) is None
    assert extensions.find(carrying(b""), 1) is None


@pytest.mark.parametrize("block", ["bede0001 1faa0000", "10000001 01090000", "10000001 00000005"])
def test_a_torn_element_is_a_bad_packet(block: str) -> None:
    with pytest.raises(BadPacket):
        extensions.find(carrying(bytes.fromhex(block)), 9)


@pytest.mark.parametrize("data", [b"\x90" + bytes(11), b"\x90" + bytes(11) + b"\xbe\xde\x00\x09", b"\x90"])
def test_a_torn_block_is_a_bad_packet(data: bytes) -> None:
    with pytest.raises(BadPacket):
        extensions.find(data, 1)


def test_send_time_is_six_bits_of_seconds() -> None:
    assert extensions.abs_send_time(1.0) == b"\x04\x00\x00"
    assert extensions.abs_send_time(65.5) == extensions.abs_send_time(1.5)


@given(level=st.integers(0, 255), orientation=st.integers(0, 255), number=st.integers(0, 65_535))
def test_what_the_packet_path_needs_is_read_in_one_go(level: int, orientation: int, number: int) -> None:
    ids = extensions.ExtensionIds(mid=1, audio_level=2, video_orientation=3, transport_cc=14)
    values = [(1, b"m"), (2, bytes((level,))), (3, bytes((orientation,))), (14, number.to_bytes(2, "big"))]
    data = carrying(extensions.build(values))
    assert extensions.read(data, ids) == (level & 0x7F, orientation, number)
    assert extensions.read(data, extensions.ExtensionIds(mid=1)) == extensions.NOTHING
