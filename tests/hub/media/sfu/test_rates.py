"""What each layer in time takes."""

from __future__ import annotations

import pytest

from hub.media.sfu.rates import WINDOW_S, Rates


def test_layers_add_up_and_a_pause_is_no_rate() -> None:
    rates = Rates()
    rates.begin(10.0)
    assert rates.read(10.0) == (0, 0, 0)
    for layer, octets in ((0, 1000), (1, 500), (2, 250), (3, 125)):
        rates.count(layer, octets)
    known = rates.read(10.0 + WINDOW_S)
    assert known == (8000, 12_000, 15_000)
    assert rates.highest == 3
    assert rates.read(10.0 + 30 * WINDOW_S) == known
    rates.count(0, 2000)
    assert rates.read(10.0 + 31 * WINDOW_S) == (12_000, 14_000, 15_500)


def test_a_first_guess_comes_early() -> None:
    rates = Rates()
    rates.begin(10.0)
    rates.count(0, 1000)
    assert rates.read(10.25) == pytest.approx((32_000, 32_000, 32_000))
    assert rates.octets == 1000
