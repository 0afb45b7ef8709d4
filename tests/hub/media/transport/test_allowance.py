"""So much per second, and a fresh start every second."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hub.media.transport.allowance import Allowance


def test_M44_no_more_than_so_many_packets_and_octets_pass_in_a_second() -> None:
    packets = Allowance(3)
    assert [packets.takes(100, 5.0 + n / 10) for n in range(5)] == [True, True, True, False, False]
    assert packets.takes(100, 6.0)
    octets = Allowance(100, 1000)
    assert [octets.takes(400, 5.0) for _ in range(3)] == [True, True, False]


@given(st.lists(st.tuples(st.floats(0, 0.3), st.integers(0, 1500)), max_size=200))
def test_M44_in_no_window_passes_more_than_twice_that(steps: list[tuple[float, int]]) -> None:
    """Two seconds of counting can meet in one second of time; never three."""
    allowance = Allowance(20, 10_000)
    now = 0.0
    passed: list[tuple[float, int]] = []
    for step, size in steps:
        now += step
        if allowance.takes(size, now):
            passed.append((now, size))
    for began, _ in passed:
        window = [size for at, size in passed if began <= at < began + 1.0]
        assert len(window) <= 40
        assert sum(window) <= 20_000
