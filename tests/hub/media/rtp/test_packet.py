"""Where the payload of an RTP packet lies."""

from __future__ import annotations

import pytest

from hub.media.rtp import packet
from hub.media.rtp.errors import BadPacket


def built(**changes: object) -> bytes:
    values: dict[str, object] = {
        "payload_type": 96,
        "sequence_number": 1,
        "timestamp": 2,
        "ssrc": 3,
        "payload": b"hello",
    }
    return packet.build(**(values | changes))  # type: ignore[arg-type]


def test_a_plain_packet() -> None:
    data = built(marker=True)
    assert packet.bounds(data) == (12, 17)
    assert data[:12] == bytes.fromhex("80e00001 00000002 00000003")


def test_extension_sources_and_padding_are_stepped_over() -> None:
    data = built(extension=bytes.fromhex("bede0001 10aa0000"), payload=b"hello\0\0\x03")
    data = bytes((data[0] | 0x22,)) + data[1:12] + bytes(8) + data[12:]
    start, end = packet.bounds(data)
    assert data[start:end] == b"hello"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x80" * 11,
        b"\x40" + bytes(11),  # version 1
        b"\x82" + bytes(11),  # two CSRCs announced, none there
        b"\x90" + bytes(11),  # extension announced
        b"\x90" + bytes(13) + b"\x00\x05",  # five words announced
        b"\xa0" + bytes(12),  # padding of length 0
        b"\xa0" + bytes(11) + b"\x09",  # padding longer than the payload
    ],
)
def test_lies_are_bad_packets(data: bytes) -> None:
    with pytest.raises(BadPacket):
        packet.bounds(data)
