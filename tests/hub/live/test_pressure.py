"""The hub gives way in steps: quickly when it is pressed, slowly back, and never for one late moment."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hub.live.pressure import DOWN_AFTER_S, FEWER, SMALLER, UP_AFTER_S, Pressure

TICK_S = 0.2


def felt(pressure: Pressure, busy: float, seconds: float, now: float, late_s: float = 0.0) -> float:
    for _ in range(round(seconds / TICK_S)):
        now += TICK_S
        pressure.feel(busy, late_s, now)
    return now


def test_M40_a_busy_hub_goes_up_step_by_step() -> None:
    pressure = Pressure(0.0)
    now = felt(pressure, 0.8, 5.0, 0.0)
    assert pressure.step == 1
    felt(pressure, 0.99, 5.0, now)
    assert pressure.step == FEWER


def test_M40_lateness_thins_the_pictures_and_refuses_nobody() -> None:
    pressure = Pressure(0.0)
    felt(pressure, 0.1, 10.0, 0.0, late_s=1.0)
    assert pressure.step == SMALLER


def test_M40_one_late_moment_is_nothing() -> None:
    pressure = Pressure(0.0)
    assert pressure.feel(0.1, 5.0, TICK_S) == 0
    felt(pressure, 0.1, 10.0, TICK_S)
    assert pressure.step == 0


def test_M40_it_comes_down_slowly_and_only_when_it_is_clearly_better() -> None:
    pressure = Pressure(0.0)
    now = felt(pressure, 0.8, 5.0, 0.0)
    now = felt(pressure, 0.7, 60.0, now)  # below the limit, yet not by much
    assert pressure.step == 1
    now = felt(pressure, 0.3, DOWN_AFTER_S - 1, now)
    assert pressure.step == 1
    felt(pressure, 0.3, 2.0, now)
    assert pressure.step == 0


@given(st.lists(st.floats(0.0, 1.0), max_size=200))
def test_M40_steps_are_single_and_never_closer_than_a_second(script: list[float]) -> None:
    pressure, step, changed_at, now = Pressure(0.0), 0, 0.0, 0.0
    for busy in script:
        now += TICK_S
        felt_now = pressure.feel(busy, 0.0, now)
        assert 0 <= felt_now <= FEWER
        if felt_now != step:
            assert abs(felt_now - step) == 1
            assert now - changed_at >= UP_AFTER_S - 1e-6
            step, changed_at = felt_now, now
