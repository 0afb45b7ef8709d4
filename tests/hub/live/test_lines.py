"""The state of a line: worse at once, better after a while, lost since the last sign of life."""

from __future__ import annotations

import pytest

from hub.live.lines import BETTER_AFTER_S, Lines, grade, worse
from signaling.media_vocabulary import LineSide, LineState


def side(loss: float = 0.0, rtt_ms: int = 20, jitter_ms: int = 5) -> LineSide:
    return LineSide(loss=loss, rtt_ms=rtt_ms, jitter_ms=jitter_ms, bitrate_bps=1_000_000)


def state_of(lines: Lines, venue: str = "kaifeng") -> tuple[LineState, int]:
    told = lines.told(lambda now: round(now * 1000))[venue]
    return told.state, told.since_ms


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (None, LineState.GOOD),
        (side(), LineState.GOOD),
        (side(loss=0.05), LineState.FAIR),
        (side(rtt_ms=400), LineState.FAIR),
        (side(jitter_ms=90), LineState.FAIR),
        (side(loss=0.2), LineState.POOR),
        (side(rtt_ms=900), LineState.POOR),
    ],
)
def test_M38_a_line_is_as_bad_as_its_worst_figure(found: LineSide | None, state: LineState) -> None:
    assert grade(found) is state


def test_M38_a_line_without_room_is_fair_at_best() -> None:
    assert grade(side(), starved=True) is LineState.FAIR
    assert grade(side(loss=0.3), starved=True) is LineState.POOR


def test_M38_both_ways_count() -> None:
    assert worse(LineState.FAIR, LineState.GOOD) is worse(LineState.GOOD, LineState.FAIR) is LineState.FAIR


def test_M38_worse_at_once_and_better_after_a_while() -> None:
    lines = Lines()
    for now, found in ((0.0, LineState.GOOD), (2.0, LineState.POOR), (4.0, LineState.GOOD)):
        lines.look("kaifeng", found, now, up=side(), down=None)
    assert state_of(lines) == (LineState.POOR, 2_000)
    lines.look("kaifeng", LineState.FAIR, 2.0 + BETTER_AFTER_S, up=side(), down=None)
    assert state_of(lines) == (LineState.FAIR, 8_000)


def test_M38_a_lost_line_is_lost_since_it_was_last_heard_and_back_at_once() -> None:
    lines = Lines()
    lines.look("kaifeng", LineState.GOOD, 10.0, up=side(), down=side())
    lines.lose("kaifeng", 11.5)
    lines.lose("kaifeng", 11.5)
    assert state_of(lines) == (LineState.LOST, 11_500)
    assert lines.told(round)["kaifeng"].up is None
    lines.look("kaifeng", LineState.GOOD, 20.0, up=side(), down=side())
    assert state_of(lines) == (LineState.GOOD, 20_000)


def test_of_a_venue_that_has_left_nothing_is_told() -> None:
    lines = Lines()
    lines.look("kaifeng", LineState.GOOD, 10.0, up=side(), down=side())
    lines.forget("kaifeng")
    assert lines.told(round) == {}
