"""The boards of a recorded session as one viewer sees them: as they were at its start, and what came then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from hub.domain.event import Actor, Recorded
from hub.domain.reach import view, workspace_for
from hub.domain.workspace import Workspace
from hub.domain.workspace_fold import apply


class PastBoards(NamedTuple):
    """``events`` fold ``before`` to what the viewer saw at any second."""

    before: Workspace
    events: list[Recorded[Any]]


def boards_during(events: Sequence[Recorded[Any]], by: Actor, from_ms: int, to_ms: int | None) -> PastBoards:
    """Of the log of a workspace what ``by`` may know (T8); an incident outlasts its sessions."""
    state, before = Workspace(), Workspace()
    heard = []
    for recorded in events:
        if to_ms is not None and recorded.at_ms > to_ms:
            break
        after = apply(state, recorded)
        if recorded.at_ms < from_ms:
            before = after
        else:
            heard.append(view(state, after, recorded, by))
        state = after
    return PastBoards(workspace_for(before, by), heard)


def within(events: Sequence[Recorded[Any]], from_ms: int, to_ms: int | None) -> list[Recorded[Any]]:
    """Those of the recording, as ``boards_during`` has them for whoever may see all."""
    return [each for each in events if from_ms <= each.at_ms and (to_ms is None or each.at_ms <= to_ms)]
