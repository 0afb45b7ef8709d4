"""One request per source and interval, whoever asks."""

from __future__ import annotations

from itertools import pairwise
from math import inf

from hub.media.sfu.keyframes import INTERVAL_S, MAX_ASKS, KeyframeWish


def test_M15_a_storm_of_wishes_is_one_request_per_interval() -> None:
    wish = KeyframeWish()
    asked = []
    for step in range(500):
        now = 10.0 + step * 0.01
        wish.want(now)
        if wish.due(now):
            asked.append(now)
    assert len(asked) == 17
    assert all(b - a >= INTERVAL_S for a, b in pairwise(asked))


def test_an_arrived_key_frame_serves_everybody() -> None:
    wish = KeyframeWish()
    wish.want(1.0)
    wish.arrived()
    assert not wish.due(1.0)
    wish.want(1.1)
    assert wish.due(1.1)
    wish.arrived()
    wish.want(1.2)
    assert not wish.due(1.2)
    assert wish.due(1.1 + INTERVAL_S)


def test_what_is_off_is_asked_when_it_is_on_again() -> None:
    wish = KeyframeWish()
    wish.want(1.0)
    assert not wish.due(1.0, off=True)
    assert wish.due(1.0 + INTERVAL_S)
    assert wish.requests == 1


def test_it_asks_again_until_it_gives_up() -> None:
    wish = KeyframeWish()
    wish.want(1.0)
    asked = 0
    while wish.deadline < inf:
        assert wish.due(wish.deadline)
        asked += 1
    assert asked == MAX_ASKS
