"""Between any two places there is room for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.rank import DIGITS, rank_between


def test_B7_any_rank_has_room_on_both_sides() -> None:
    assert rank_between(None, None) < rank_between(rank_between(None, None), None)
    with pytest.raises(ValueError, match="no rank"):
        rank_between("b", "a")


@given(st.lists(st.integers(min_value=0, max_value=10_000), max_size=120))
def test_B7_inserting_anywhere_keeps_the_order(places: list[int]) -> None:
    ranks: list[str] = []
    for place in places:
        index = place % (len(ranks) + 1)
        before = ranks[index - 1] if index else None
        behind = ranks[index] if index < len(ranks) else None
        rank = rank_between(before, behind)
        assert not rank.endswith(DIGITS[0])
        ranks.insert(index, rank)
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


def test_B7_a_long_list_grows_at_the_end_with_short_ranks() -> None:
    rank = None
    for _ in range(1000):
        rank = rank_between(rank, None)
    assert rank is not None
    assert len(rank) < 25
