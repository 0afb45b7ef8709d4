"""What a manifest says of its session."""

from __future__ import annotations

import pytest

from hub.domain.recording import Recording
from hub.domain.session import Session
from recordings.manifest import manifest_of


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
