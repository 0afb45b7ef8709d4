"""Who comes and is not written is noticed in time, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from recordings.watchdog import EVERY_S, Sight, Watchdog

NOTICED_S = 10.0


def noticed(sight_at: Callable[[float], Sight], seconds: float = 60.0) -> list[float]:
    """When the watchdog barks at one source, looking as often as it should."""
    watchdog, found, now = Watchdog(), [], 100.0
    while now <= 100.0 + seconds:
        found += [now - 100.0 for _ in watchdog.look({"camera": sight_at(now - 100.0)}, now)]
        now += EVERY_S
    return found


def test_R13_a_file_that_stops_growing_is_noticed_within_ten_seconds() -> None:
    def stops_at_20(at_s: float) -> Sight:
        written = min(at_s, 20.0)
        return Sight(int(at_s * 100), int(written * 25), int(written * 100_000))

    assert 20.0 < noticed(stops_at_20)[0] <= 20.0 + NOTICED_S


def test_R13_frames_that_never_reach_the_disk_are_noticed_too() -> None:
    def kept_back(at_s: float) -> Sight:
        return Sight(int(at_s * 100), int(at_s * 25), int(min(at_s, 12.0) * 100_000))

    assert 12.0 < noticed(kept_back)[0] <= 12.0 + NOTICED_S


def test_R13_a_source_that_nobody_writes_is_noticed() -> None:
    assert noticed(lambda at_s: Sight(int(at_s * 50)))[0] <= NOTICED_S


def test_R13_a_still_screen_and_a_quiet_microphone_are_left_alone() -> None:
    """A packet a second, and each is written."""
    assert noticed(lambda at_s: Sight(int(at_s), int(at_s), int(at_s) * 90)) == []


def test_R13_what_does_not_come_may_stand_still() -> None:
    """A camera that is switched off, a venue that is muted, a line that is cut."""
    assert noticed(lambda at_s: Sight(int(min(at_s, 5.0) * 100), int(min(at_s, 4.5) * 25), 1)) == []


def test_R13_what_stays_stalled_is_begun_anew_ever_more_rarely() -> None:
    barks = noticed(lambda at_s: Sight(int(at_s * 100)), 300.0)
    assert [later - earlier for earlier, later in pairwise(barks)][:3] == [
        15.0,
        29.0,
        57.0,
    ]
    assert max(later - earlier for earlier, later in pairwise(barks)) <= 62.0


def test_R13_a_source_that_is_written_again_has_the_watchdogs_whole_attention() -> None:
    def twice(at_s: float) -> Sight:
        written = min(at_s, 20.0) if at_s < 40 else min(at_s, 80.0)
        return Sight(int(at_s * 100), int(written * 25), int(written * 1000))

    barks = noticed(twice, 100.0)
    assert any(80.0 < at_s <= 80.0 + NOTICED_S for at_s in barks)
