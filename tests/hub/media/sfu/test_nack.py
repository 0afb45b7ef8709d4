"""When missing packets are asked for."""

from __future__ import annotations

from math import inf

from hypothesis import given
from hypothesis import strategies as st

from hub.media.sfu.nack import MAX_ASKS, MAX_MISSING, REORDER_S, RETRY_S, Missing


def test_a_packet_that_is_only_late_is_not_asked_for() -> None:
    missing = Missing()
    missing.gap(5, 5, now=1.0)
    assert missing.deadline == 1.0 + REORDER_S
    assert missing.due(1.0) == []
    missing.found(5)
    assert missing.due(1.0 + REORDER_S) == []
    assert missing.deadline == inf


def test_it_is_asked_for_again_and_at_last_given_up() -> None:
    missing = Missing()
    missing.gap(5, 7, now=1.0)
    missing.found(6)
    now, asks = 1.0, 0
    while missing.deadline < inf:
        now = missing.deadline
        lost = missing.due(now)
        if lost:
            assert lost == [5, 7]
            asks += 1
            assert missing.deadline == now + RETRY_S
    assert asks == MAX_ASKS
    assert missing.gave_up
    assert len(missing) == 0


def test_an_outage_is_given_up_at_once() -> None:
    missing = Missing()
    missing.gap(1, MAX_MISSING + 1, now=1.0)
    assert missing.gave_up
    assert missing.due(2.0) == []


@given(
    steps=st.lists(
        st.tuples(st.integers(0, 2000), st.integers(0, 300), st.floats(0, 0.5)),
        max_size=40,
    )
)
def test_it_never_holds_more_than_its_limit(steps: list[tuple[int, int, float]]) -> None:
    missing = Missing()
    now = 0.0
    for first, length, wait in steps:
        missing.gap(first, first + length, now)
        now += wait
        lost = missing.due(now)
        assert lost == sorted(set(lost))
        assert len(missing) <= MAX_MISSING
        assert missing.deadline > now or missing.deadline == inf
