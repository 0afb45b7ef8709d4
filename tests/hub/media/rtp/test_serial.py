"""Numbers that wrap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hub.media.rtp.ntp import from_ntp, middle_bits, to_ntp, to_short
from hub.media.rtp.serial import seq_diff, timestamp_diff, unwrap_seq, unwrap_timestamp


def test_a_wrap_is_one_step() -> None:
    assert seq_diff(0, 65535) == 1
    assert seq_diff(65535, 0) == -1
    assert timestamp_diff(0, 0xFFFF_FFFF) == 1


@given(near=st.integers(0, 1 << 40), distance=st.integers(-0x8000, 0x7FFF))
def test_unwrapping_finds_the_number_it_came_from(near: int, distance: int) -> None:
    assert unwrap_seq((near + distance) & 0xFFFF, near) == near + distance
    assert unwrap_timestamp((near + distance) & 0xFFFF_FFFF, near) == near + distance


@given(wall_s=st.floats(0, 2_000_000_000))
def test_ntp_goes_there_and_back(wall_s: float) -> None:
    assert abs(from_ntp(to_ntp(wall_s)) - wall_s) < 1e-6


def test_ntp_parts() -> None:
    assert middle_bits(0x1111_2222_3333_4444) == 0x2222_3333
    assert to_short(1.5) == 0x18000
    assert to_short(-1.0) == 0
