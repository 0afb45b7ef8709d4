"""The ring of recent packets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.media.sfu.history import History
from tests.support.packets import Camera, media_of

PACKET = Camera().frame()[0]


@given(seqs=st.lists(st.integers(1000, 1060), max_size=80))
def test_it_holds_what_nothing_newer_has_pushed_out(seqs: list[int]) -> None:
    history = History(16)
    last: dict[int, int] = {}
    for seq in seqs:
        history.keep(media_of(PACKET, seq))
        last[seq & 15] = seq
    for seq in range(1000, 1061):
        media = history.get(seq)
        assert (media is not None) == (last.get(seq & 15) == seq)
    found = [media.seq for media in history.between(1000, 1060)]
    assert found == sorted(seq for seq in last.values() if seq > 1060 - 16)


def test_cleared_it_holds_nothing() -> None:
    history = History(4)
    history.keep(media_of(PACKET, 5))
    history.clear()
    assert history.get(5) is None


def test_the_capacity_is_a_power_of_two() -> None:
    with pytest.raises(ValueError, match="power of two"):
        History(1000)
