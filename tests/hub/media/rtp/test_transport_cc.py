"""Transport-wide feedback there and back, and as others write it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hub.media.rtp.feedback import build_transport_cc
from tests.support.transport_cc import TransportCc, parse

steps = st.one_of(st.none(), st.integers(0, 255), st.integers(-2000, 32_000))


@given(
    base=st.integers(0, 65_535),
    count=st.integers(0, 300),
    began=st.integers(0, (1 << 24) * 256 - 1),
    runs=st.lists(st.tuples(steps, st.integers(1, 60)), max_size=30),
)
def test_what_is_told_is_read_again(
    base: int, count: int, began: int, runs: list[tuple[int | None, int]]
) -> None:
    now = began
    arrivals: list[int | None] = [began]
    for step, times in runs:
        for _ in range(times):
            if step is None:
                arrivals.append(None)
            elif now + step >= 0:
                now += step
                arrivals.append(now)
    message = build_transport_cc(1, 2, base, count, arrivals)
    assert parse(message) == TransportCc(base, count & 0xFF, tuple(arrivals))


def test_a_steady_stream_costs_little_more_than_an_octet_a_packet() -> None:
    arrivals = [1000 + 20 * number for number in range(400)]
    assert len(build_transport_cc(1, 2, 0, 0, arrivals)) == 12 + 8 + 2 + 400 + 2
    holes = [None if number % 7 == 3 else 1000 + 20 * number for number in range(140)]
    assert len(build_transport_cc(1, 2, 0, 0, holes)) == 12 + 8 + 2 * 10 + 120


def test_the_reference_time_wraps_as_the_field_does() -> None:
    assert parse(build_transport_cc(1, 2, 0, 0, [(1 << 24) * 256 + 5])).arrivals == (5,)


def test_every_kind_of_chunk_is_where_the_draft_puts_it() -> None:
    head = "8fcd0007 0000002a 0000002b 1234 001e 000002 07"
    run_of_fourteen_lost, three_of_one_bit, seven_of_two_bits = "000e", "ac00", "d800"
    deltas = "04 05 06" + "07 fff6"
    message = bytes.fromhex(head + run_of_fourteen_lost + three_of_one_bit + seven_of_two_bits + deltas)
    lost: list[int | None] = [None]
    arrivals = lost * 14 + [516, None, 521, 527] + lost * 10 + [534, 524]
    assert build_transport_cc(0x2A, 0x2B, 0x1234, 7, arrivals) == message
    assert parse(message) == TransportCc(0x1234, 7, tuple(arrivals))
