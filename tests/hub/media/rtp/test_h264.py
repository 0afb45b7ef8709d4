"""Where an H.264 key frame begins, and how large it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.media.rtp.errors import BadPacket
from hub.media.rtp.h264 import H264, parse_h264

# Written by x264 (ffmpeg, testsrc): baseline 640x360, high 1920x1080 with cropping, high interlaced 720x576.
BASELINE = bytes.fromhex("6742c01ed900a02ff97011000003000100000300320f162e48")
HIGH = bytes.fromhex("67640028acd940780227e5c044000003000400000300c83c60c658")
INTERLACED = bytes.fromhex("6764001eacd940b424d8088000000300800000190f8a14cb")
PPS = bytes.fromhex("68ce3c80")
IDR = b"\x65\x88\x84"


def aggregate(*units: bytes) -> bytes:
    return b"\x78" + b"".join([len(unit).to_bytes(2, "big") + unit for unit in units])


@pytest.mark.parametrize(
    ("unit", "width", "height"), [(BASELINE, 640, 360), (HIGH, 1920, 1080), (INTERLACED, 720, 576)]
)
def test_parameter_sets_say_the_size(unit: bytes, width: int, height: int) -> None:
    assert parse_h264(unit) == H264(True, width, height)
    assert parse_h264(aggregate(unit, PPS, IDR)) == H264(True, width, height)


@pytest.mark.parametrize(
    ("payload", "keyframe"),
    [
        (IDR, True),
        (aggregate(PPS, IDR), True),
        (aggregate(PPS), False),
        (b"\x7c\x85\x88", True),  # a fragment that begins an IDR
        (b"\x7c\x05\x88", False),  # one that goes on with it
        (b"\x7c\x81\x88", False),  # one that begins another picture
        (b"\x41\x9a", False),
        (PPS, False),
    ],
)
def test_where_a_key_frame_begins(payload: bytes, keyframe: bool) -> None:
    assert parse_h264(payload).keyframe is keyframe


@pytest.mark.parametrize("payload", [b"", b"\x7c", b"\x78\x00", b"\x78\x00\x00", b"\x78\x00\x05\x67"])
def test_what_is_cut_off_is_bad(payload: bytes) -> None:
    with pytest.raises(BadPacket):
        parse_h264(payload)


@given(st.sampled_from([BASELINE, HIGH, INTERLACED]), st.data())
def test_a_parameter_set_that_is_not_understood_has_no_size(unit: bytes, data: st.DataObject) -> None:
    torn = bytearray(unit[: data.draw(st.integers(1, len(unit)))])
    for _ in range(data.draw(st.integers(0, 4))):
        torn[data.draw(st.integers(0, len(torn) - 1))] = data.draw(st.integers(0, 255))
    torn[0] = 0x67
    found = parse_h264(bytes(torn))
    assert found.keyframe
    assert 0 <= found.width <= 16_384
    assert 0 <= found.height <= 16_384
