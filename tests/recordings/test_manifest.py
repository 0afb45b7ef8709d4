"""What a manifest says of its session."""

from __future__ import annotations

import pytest

from hub.domain.recording import Gap, Recording
from hub.domain.session import Session
from recordings.manifest import count_gaps, manifest_of


@pytest.mark.parametrize(("began_as", "said"), [("", "非涉密·内部使用"), ("工作秘密", "工作秘密")])
def test_the_marking_is_the_one_that_held_when_the_session_began(began_as: str, said: str) -> None:
    """A session from before markings were kept has the hub's own."""
    manifest = manifest_of(
        Recording(),
        Session(classification=began_as, exercise=True),
        classification="非涉密·内部使用",
        ticket_ms=0,
        href=lambda track: track.track_id,
    )
    assert (manifest.classification, manifest.exercise) == (said, True)


def a_gap(from_s: int, to_s: int | None, reason: str, venue: str = "", source: str = "camera") -> Gap:
    to_ms = None if to_s is None else to_s * 1000
    track_id = f"t-{venue}-{source}" if venue else ""
    return Gap(
        from_ms=from_s * 1000, to_ms=to_ms, reason=reason, track_id=track_id, venue=venue, source=source
    )


def test_R15_what_was_one_interruption_is_one_gap_of_the_list() -> None:
    gaps = [
        a_gap(10, 14, "hub.crashed"),
        a_gap(9, 17, "hub.crashed", "yingji"),
        a_gap(9, 18, "hub.crashed", "yingji", "microphone"),
        a_gap(9, None, "hub.crashed", "xinyang"),
        a_gap(40, 50, "line.lost", "yingji"),
        a_gap(40, 51, "line.lost", "yingji", "microphone"),
        a_gap(41, 45, "line.lost", "xinyang"),
        a_gap(80, 85, "line.lost", "yingji"),
    ]
    assert count_gaps(gaps) == 4
    assert count_gaps([]) == 0
