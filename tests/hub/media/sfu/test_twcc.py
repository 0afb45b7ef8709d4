"""What a publisher hears of its packets: each one, once it has come, under its number and at its time."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.media.rtp.transport_cc import TICKS_PER_S
from hub.media.sfu.twcc import FAR, QUICKEST_S, ROOM, SLOWEST_S, TICKS_A_SECOND, TransportFeedback
from tests.support.transport_cc import TransportCc, parse


@dataclass
class Told:
    """A publisher's memory of all messages."""

    messages: list[TransportCc] = field(default_factory=list)

    def hear(self, feedback: TransportFeedback, now: float) -> None:
        while (message := feedback.due(1, 2, now)) is not None:
            assert len(message) <= 12 + ROOM + 8
            self.messages.append(parse(message))

    def arrivals(self) -> dict[int, int]:
        return {
            (message.base + place) & 0xFFFF: arrival
            for message in self.messages
            for place, arrival in enumerate(message.arrivals)
            if arrival is not None
        }


@st.composite
def lines(draw: st.DrawFn) -> list[tuple[int, float]]:
    """(number, arrival) as a line with losses, jitter and overtaking delivers them."""
    first = draw(st.integers(0, 65_535))
    count = draw(st.integers(1, 200))
    gap_s = draw(st.sampled_from([0.0005, 0.003, 0.02, 0.3]))
    lost = draw(st.sets(st.integers(0, count - 1), max_size=count))
    late = draw(st.dictionaries(st.integers(0, count - 1), st.floats(0, 0.2), max_size=10))
    sent = [
        (first + number, 100 + number * gap_s + late.get(number, 0.0))
        for number in range(count)
        if number not in lost
    ]
    return [(number & 0xFFFF, at) for number, at in sorted(sent, key=lambda one: one[1])]


@given(packets=lines())
def test_M27_every_packet_that_came_is_told_at_its_time_and_no_other(
    packets: list[tuple[int, float]],
) -> None:
    feedback, told = TransportFeedback(), Told()
    for number, arrival in packets:
        while feedback.deadline <= arrival:
            told.hear(feedback, feedback.deadline)
        feedback.note(number, arrival)
    if feedback.deadline < inf:
        told.hear(feedback, feedback.deadline)
    assert feedback.deadline == inf
    assert told.arrivals() == {number: int(arrival * TICKS_PER_S) for number, arrival in packets}
    assert [message.number for message in told.messages] == [n & 0xFF for n in range(len(told.messages))]


@given(packets=lines())
def test_M27_nobody_waits_longer_than_a_tenth_of_a_second(packets: list[tuple[int, float]]) -> None:
    feedback, told = TransportFeedback(), Told()
    untold: list[float] = []
    sent_at = -inf
    for number, arrival in packets:
        while feedback.deadline <= arrival:
            now = feedback.deadline
            assert now - sent_at >= QUICKEST_S - 1 / TICKS_A_SECOND - 1e-9
            assert now - untold[0] <= SLOWEST_S + 1e-9
            told.hear(feedback, now)
            sent_at, untold = now, []
        feedback.note(number, arrival)
        untold.append(arrival)


@given(arrivals=st.lists(st.floats(0, 10_000), min_size=1, max_size=20))
def test_publishers_are_served_together(arrivals: list[float]) -> None:
    deadlines = set()
    for arrival in arrivals:
        feedback = TransportFeedback()
        feedback.note(1, arrival)
        deadlines.add(feedback.deadline * TICKS_A_SECOND)
    assert all(deadline == int(deadline) for deadline in deadlines)


def test_a_quick_line_hears_twice_as_often() -> None:
    for gap_s, expected in ((0.02, 10), (0.002, 20)):
        feedback, told = TransportFeedback(), Told()
        for number in range(int(1 / gap_s)):
            at = 50 + number * gap_s
            if feedback.deadline <= at:
                told.hear(feedback, at)
            feedback.note(number, at)
        assert len(told.messages) == pytest.approx(expected, abs=2)


def test_nothing_came_so_nothing_is_said() -> None:
    feedback = TransportFeedback()
    assert feedback.deadline == inf
    assert feedback.due(1, 2, 1e9) is None


def test_what_is_twice_or_much_too_late_is_not_told_again() -> None:
    feedback, told = TransportFeedback(), Told()
    for number in range(3):
        feedback.note(number, 10.0)
    told.hear(feedback, 10.1)
    feedback.note(1, 10.2)
    assert feedback.deadline == inf
    feedback.note(5, 11.0)
    told.hear(feedback, 11.1)
    feedback.note(7, 12.0)
    told.hear(feedback, 12.1)
    feedback.note(4, 12.2)
    assert feedback.deadline == inf
    assert [message.base for message in told.messages] == [0, 3, 6]


def test_after_an_outage_the_lost_are_not_counted_one_by_one() -> None:
    feedback, told = TransportFeedback(), Told()
    feedback.note(10, 1.0)
    told.hear(feedback, 1.1)
    feedback.note(10 + FAR + 500, 40.0)
    told.hear(feedback, 40.1)
    assert [len(message.arrivals) for message in told.messages] == [1, 1]


def test_a_flood_is_told_in_messages_below_the_mtu() -> None:
    feedback, told = TransportFeedback(), Told()
    numbers = [number for number in range(5000) if number % 3]
    for number in numbers:
        feedback.note(number, 5.0 + number / 1e6)
    told.hear(feedback, 6.0)
    assert len(told.messages) > 1
    assert sorted(told.arrivals()) == numbers
