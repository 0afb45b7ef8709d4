"""Officers hear hours before that the room for recordings comes to its end."""

from __future__ import annotations

from recordings.outlook import EVERY_S, Outlook
from signaling.recording_vocabulary import RoomState

GIB = 1 << 30
MBPS = 1_000_000 / 8
WARN_S = 4 * 3600.0


def state_of(outlook: Outlook) -> RoomState:
    return outlook.state


def record(
    outlook: Outlook, left_bytes: float, rate: float, seconds: float, *, begin_s: float = 0.0
) -> float:
    """Write at that rate for so long; what is left then."""
    at_s, written = 0.0, 0.0
    while at_s <= seconds:
        outlook.look(begin_s + at_s, round(left_bytes - written), round(written), full=False)
        at_s += EVERY_S
        written += rate * EVERY_S
    return left_bytes - written


def test_R14_a_warning_comes_hours_before_the_room_is_over() -> None:
    outlook = Outlook(WARN_S)
    rate = 16 * MBPS  # ten venues
    left = record(outlook, rate * 5 * 3600, rate, 1800)
    assert (outlook.state, round((outlook.left_s or 0) / 3600, 1)) == (RoomState.AMPLE, 4.5)
    record(outlook, left, rate, 3600, begin_s=1800)
    assert state_of(outlook) is RoomState.LOW
    assert 3.4 * 3600 < (outlook.left_s or 0) < 3.6 * 3600


def test_R14_what_was_recorded_last_is_the_measure_between_sessions() -> None:
    outlook = Outlook(WARN_S)
    record(outlook, 20 * GIB, 16 * MBPS, 600)
    assert state_of(outlook) is RoomState.LOW
    for at_s in range(1000, 9000, 10):
        outlook.look(at_s, 19 * GIB, 1_200_000_000, full=False)
    assert state_of(outlook) is RoomState.LOW
    outlook.look(9000, 400 * GIB, 1_200_000_000, full=False)  # somebody has made room
    assert state_of(outlook) is RoomState.AMPLE


def test_R14_the_warning_does_not_come_and_go() -> None:
    outlook, rate = Outlook(WARN_S), 16 * MBPS
    record(outlook, rate * WARN_S * 0.99, rate, 60)
    assert state_of(outlook) is RoomState.LOW
    outlook.look(70, round(rate * WARN_S * 1.1), round(rate * 70), full=False)
    assert state_of(outlook) is RoomState.LOW
    outlook.look(80, round(rate * WARN_S * 1.3), round(rate * 80), full=False)
    assert state_of(outlook) is RoomState.AMPLE


def test_R14_a_hub_that_has_recorded_nothing_warns_of_nothing_but_a_full_disk() -> None:
    outlook = Outlook(WARN_S)
    outlook.look(0, 1, 0, full=False)
    outlook.look(60, 1, 0, full=False)
    assert (outlook.state, outlook.left_s) == (RoomState.AMPLE, None)
    outlook.look(70, 0, 0, full=True)
    assert state_of(outlook) is RoomState.FULL
