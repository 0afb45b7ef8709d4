"""The table of a venue's states, walked in full."""

from __future__ import annotations

import itertools

import pytest

from hub.domain.call import TRANSITIONS, Step, VenueState, step
from hub.errors import Refusal


@pytest.mark.parametrize(("state", "what"), list(itertools.product(VenueState, Step)))
def test_S3_every_step_is_in_the_table_or_refused(state: VenueState, what: Step) -> None:
    if (state, what) in TRANSITIONS:
        assert step(state, what) is TRANSITIONS[state, what]
    else:
        with pytest.raises(Refusal) as refused:
            step(state, what)
        assert refused.value.code.startswith("session.")
        assert refused.value.detail == {"state": state}


def test_S3_every_state_can_be_reached_and_left() -> None:
    reached = set(TRANSITIONS.values()) | {VenueState.IDLE}
    left = {state for state, _ in TRANSITIONS}
    assert reached == left == set(VenueState)
