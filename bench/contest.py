"""The hub as it is, the hub not recording, and Debian's Janus with many event loops and one, in turns."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import hub_side, janus_side
from bench.processes import Server, load
from bench.report import say

HUB, ALIKE, JANUS, TUNED = "hub (plain Python)", "hub, not recording", "Janus", "Janus, event_loops = 1"
CONTENDERS = (HUB, ALIKE, JANUS, TUNED)

Found = dict[str, list[dict[str, Any]]]


def side_by_side(bench: str, *, venues: int, rounds: int, **options: object) -> Found:
    """What ``put_on`` of that bench found out, by contender: one entry a round."""
    found: Found = {name: [] for name in CONTENDERS}
    for number in range(rounds):
        for name in CONTENDERS:
            say(f"{bench}: round {number + 1} of {rounds}, {name}")
            kind = "hub" if name in (HUB, ALIKE) else "janus"
            with tempfile.TemporaryDirectory() as place, _running(name, Path(place), venues) as server:
                found[name].append(load(bench, kind, server, **options))
    return found


@contextmanager
def _running(name: str, place: Path, venues: int) -> Iterator[Server]:
    if name in (HUB, ALIKE):
        with hub_side.running(place, venues, protected=False, records=name == HUB) as server:
            yield server
    else:
        with janus_side.running(place, event_loops=1 if name == TUNED else 0) as server:
            yield server
