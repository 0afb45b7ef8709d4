"""Every packet in one train and in order, and no train that the kernel would refuse."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hub.media.accel.trains import MESSAGE_BYTES_MAX, SEGMENT_BYTES_MAX, SEGMENTS_MAX, Train, couple

SIZES = st.lists(
    st.sampled_from((60, 100, 1186, 1200, SEGMENT_BYTES_MAX, SEGMENT_BYTES_MAX + 1, 2100)), max_size=200
)


@given(SIZES)
def test_trains_are_the_packets_in_order_and_such_as_the_kernel_takes(sizes: list[int]) -> None:
    at = 0
    for train in couple(tuple(sizes)):
        wagons = sizes[at : at + train.packets]
        at += train.packets
        assert train.size == sum(wagons)
        assert wagons[:-1] == [train.segment] * (train.packets - 1)
        assert 0 < wagons[-1] <= train.segment
        assert train.packets == 1 or train.segment <= SEGMENT_BYTES_MAX
        assert train.packets <= SEGMENTS_MAX
        assert train.size <= MESSAGE_BYTES_MAX
    assert at == len(sizes)


@given(SIZES)
def test_no_two_neighbours_could_be_one_train(sizes: list[int]) -> None:
    trains = couple(tuple(sizes))
    for one, other in pairwise(trains):
        full = one.packets == SEGMENTS_MAX or one.size + other.segment > MESSAGE_BYTES_MAX
        ended = one.size < one.packets * one.segment or other.segment > one.segment
        assert full or ended or one.segment > SEGMENT_BYTES_MAX


def test_a_frame_is_one_train() -> None:
    assert couple((1186,) * 8 + (700,)) == (Train(9, 8 * 1186 + 700, 1186),)
