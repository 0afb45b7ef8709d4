"""What nobody looks at is switched off at the publisher after a while, and on again at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hub.live.layers import HOLD_S, Layers

wants = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=60)


def test_M39_an_encoding_nobody_wants_goes_off_after_a_while_and_on_at_once() -> None:
    layers = Layers(2, 0.0)
    assert not layers.update((True, False), HOLD_S - 0.1)
    assert layers.update((True, False), HOLD_S)
    assert layers.active == (True, False)
    assert layers.update((True, True), HOLD_S + 0.1)
    assert layers.active == (True, True)
    assert not layers.update((True, False), 2 * HOLD_S)


@given(wants)
def test_M39_what_is_wanted_is_on_and_nothing_goes_off_early(script: list[tuple[bool, bool]]) -> None:
    layers, wanted_at = Layers(2, 0.0), [0.0, 0.0]
    for tick, wanted in enumerate(script):
        now, before = float(tick), layers.active
        wanted_at = [now if want else at for want, at in zip(wanted, wanted_at, strict=True)]
        assert layers.update(wanted, now) == (layers.active != before)
        assert layers.active == tuple(now - at < HOLD_S for at in wanted_at)
