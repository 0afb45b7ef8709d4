"""Whatever units, officers and restarts do: nobody is reminded of what is acknowledged or over (D6)."""

from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from hub.domain.deadline import DEFAULT
from hub.domain.event import Role
from hub.domain.item import VoidItem
from hub.domain.streams import fold
from hub.domain.track import UNANSWERED, MoveTrack, NotePhoned, Progress, TracksEscalated, TracksUrged
from hub.domain.workspace import ChangeStatus, Status, Workspace
from hub.errors import Refusal
from tests.support.desk import Desk, live_desk
from tests.support.incidents import Incident

SEATS = ("xinyang", "kaifeng", "yingji")
ITEMS = ("instruction", "warning", "task")

_seats, _items = st.sampled_from(SEATS), st.sampled_from(ITEMS)
steps = st.one_of(
    st.tuples(st.just("pass"), st.sampled_from([1, 60, 181, 301, 7200])),
    st.tuples(
        st.just("move"), st.sampled_from(SEATS), st.sampled_from(ITEMS), st.sampled_from(list(Progress))
    ),
    st.tuples(st.just("phone"), _seats, _items, st.booleans()),
    st.tuples(st.just("void"), _items),
    st.tuples(st.just("status"), st.sampled_from([Status.CLOSED, Status.MONITORING, Status.ACTIVE])),
    st.tuples(st.just("restart"), st.sampled_from([-600, 0, 40, 4000])),
)


@given(st.lists(steps, max_size=14))
@example([("restart", -600), ("pass", 301), ("pass", 301)])
@settings(max_examples=25)
def test_D6_no_history_leads_to_a_reminder_after_the_acknowledgement(history: list[tuple[Any, ...]]) -> None:
    asyncio.run(_run(history))


async def _run(history: list[tuple[Any, ...]]) -> None:
    async with live_desk() as desk:
        incident = Incident(desk)
        await incident.open(*SEATS)
        for board in ITEMS:
            await incident.add(board, board, *SEATS)
        for step in history:
            try:
                await _take(desk, incident, step)
            except Refusal:
                continue
        await _check(desk, incident, is_steady=("restart", -600) not in history)


async def _take(desk: Desk, incident: Incident, step: tuple[Any, ...]) -> None:
    match step:
        case ("pass", seconds):
            await desk.pass_s(seconds)
        case ("move", seat, item, progress):
            by = "officer" if progress in (Progress.RETURNED, Progress.CONFIRMED) else seat
            await incident.do(MoveTrack(item_id=item, seat=seat, state=progress, text="已办"), by)
        case ("phone", seat, item, reached):
            await incident.do(NotePhoned(item_id=item, seat=seat, reached=reached))
        case ("void", item):
            await incident.do(VoidItem(item_id=item, reason="重复"))
        case ("status", status):
            await incident.do(ChangeStatus(status=status, reason="研判"))
        case ("restart", seconds):
            await desk.attention.close()
            desk.clock.advance(seconds)
            await desk.restart()
            await desk.pass_s(0)


async def _check(desk: Desk, incident: Incident, *, is_steady: bool) -> None:
    """``is_steady``: the clock was never set back. Else it stands still in the log until it has caught up."""
    state: Workspace = Workspace()
    escalated: set[tuple[str, str]] = set()
    for recorded in await desk.log.read(incident.stream, 0):
        event = recorded.event
        if recorded.actor.role is Role.HUB and isinstance(event, TracksUrged | TracksEscalated):
            item = state.items[event.item_id]
            assert item.voided is None
            assert state.closed_ms is None
            assert all(item.tracks[seat].state in UNANSWERED for seat in event.seats)
            if isinstance(event, TracksUrged):
                gaps = [
                    recorded.at_ms - track.urged[-1]
                    for seat in event.seats
                    if (track := item.tracks[seat]).urged
                ]
                assert all(gap >= (30_000 if is_steady else 0) for gap in gaps)
                assert len(event.seats) == len(set(event.seats))
            else:
                assert not escalated & {(event.item_id, seat) for seat in event.seats}
                escalated |= {(event.item_id, seat) for seat in event.seats}
        folded = fold(incident.stream, [recorded], state)
        assert isinstance(folded, Workspace)
        state = folded
    most = 6 * 3600 // DEFAULT.urge_every_s
    assert all(len(track.urged) <= most for item in state.items.values() for track in item.tracks.values())
