"""What the lists count is what each viewer sees, for any board; and saving an item costs little."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hub.domain.event import Actor
from hub.domain.item import AddItem, ShareItem
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.reach import item_for, sees
from hub.domain.track import MoveTrack, Progress, Unit
from hub.domain.waiting import is_overdue, waiting
from hub.domain.workspace import Nature, Workspace
from hub.errors import Refusal
from hub.live.standing import Standing
from hub.live.watching import Watched
from tests.support.factories import (
    KAIFENG,
    OFFICER,
    QIXIANG,
    REVIEWER,
    STRANGER,
    XINYANG,
    YINGJI,
    Stream,
    board_of,
    open_workspace,
    unit,
)

BOARDS = (
    BoardKind.SITUATION,
    BoardKind.REPORT,
    BoardKind.INSTRUCTION,
    BoardKind.WARNING,
    BoardKind.HAZARD,
    BoardKind.TASK,
    BoardKind.KEYEVENT,
)
PEOPLE = (OFFICER, YINGJI, QIXIANG, XINYANG, KAIFENG)
UNITS = (YINGJI, XINYANG, KAIFENG)

wishes = st.tuples(
    st.sampled_from(BOARDS),
    st.sampled_from(PEOPLE),
    st.lists(st.sampled_from(UNITS), max_size=3, unique=True),
    st.sampled_from([None, *Reach]),
    st.sampled_from([None, 1, 5, 600]),
    st.lists(st.tuples(st.sampled_from(UNITS), st.sampled_from(list(Progress))), max_size=4),
    st.lists(st.sampled_from(UNITS), max_size=2, unique=True),
)


def an_incident() -> Stream:
    stream = Stream("incident:i-1")
    opening = open_workspace(
        YINGJI, QIXIANG, XINYANG, KAIFENG, nature=Nature.INCIDENT, boards=[board_of(kind) for kind in BOARDS]
    )
    stream.do(opening, OFFICER)
    return stream


@given(st.lists(wishes, max_size=12))
@settings(max_examples=120)
def test_T8_lists_count_what_each_viewer_sees_and_nothing_else(wished: list[tuple]) -> None:  # type: ignore[type-arg]
    stream = an_incident()
    for place, wish in enumerate(wished):
        _try(stream, f"i-{place}", *wish)
    state: Workspace = stream.state
    watched = Watched(stream.name)
    watched.take(state, None)
    standing = Standing(watched, stream.now_ms)
    for viewer in (OFFICER, REVIEWER, YINGJI, QIXIANG, XINYANG, KAIFENG):
        summary = standing.for_viewer(viewer)
        assert summary is not None
        assert (summary.open, summary.overdue) == _counted(state, viewer, stream.now_ms)
    assert standing.for_viewer(STRANGER) is None


def _try(
    stream: Stream,
    item_id: str,
    board: BoardKind,
    by: Actor,
    asked: list[Actor],
    reach: Reach | None,
    due_min: int | None,
    moves: list[tuple[Actor, Progress]],
    shared: list[Actor],
) -> None:
    due = {"due": str(stream.now_ms + due_min * 60_000)} if due_min is not None else {}
    units = [unit(each) for each in asked]
    seats = [each.seat or "" for each in shared]
    commands = [
        (AddItem(board_id=board, item_id=item_id, fields={"text": "x", **due}, units=units, reach=reach), by),
        (ShareItem(item_id=item_id, reach=reach or Reach.UNIT, shared=seats), OFFICER),
    ]
    for who, progress in moves:
        actor = OFFICER if progress in (Progress.RETURNED, Progress.CONFIRMED) else who
        commands.append((MoveTrack(item_id=item_id, seat=who.seat or "", state=progress, text="y"), actor))
    for command, actor in commands:
        try:
            stream.do(command, actor, after_ms=40_000)
        except Refusal:
            stream.now_ms += 1


def _counted(state: Workspace, viewer: Actor, now_ms: int) -> tuple[int, int]:
    """By the rule itself: the items that ``viewer`` sees, as it sees them."""
    seen = [item_for(state, item, viewer) for item in state.items.values() if sees(state, item, viewer)]
    open_ones = [one for item in seen if (one := waiting(state, item)) is not None and one.counted]
    return len(open_ones), sum(is_overdue(one, now_ms) for one in open_ones)


def test_an_item_is_taken_up_alone_and_a_thousand_are_counted_at_once() -> None:
    """Bounds ten times as wide as what it takes, of this thread alone: the machine has others."""
    stream = an_incident()
    stream.do(
        AddItem(
            board_id="instruction", item_id="i-0", fields={"text": "x"}, units=[unit(each) for each in UNITS]
        ),
        OFFICER,
    )
    seats = [Unit(seat=f"u-{n}", name=f"单位{n}", short_name=f"单位{n}", level="city") for n in range(300)]
    first = stream.state.items["i-0"]
    track = first.tracks["xinyang"]
    items = {
        f"i-{n}": replace(
            first,
            item_id=f"i-{n}",
            tracks={each.seat: replace(track, unit=each) for each in seats[n % 280 : n % 280 + 18]},
        )
        for n in range(1000)
    }
    units = {**stream.state.units, **{each.seat: each for each in seats}}
    state = replace(stream.state, items=items, units=units)
    watched = Watched(stream.name)
    watched.take(state, None)
    began = time.thread_time()
    for n in range(100):
        watched.take(state, [f"i-{n}"])
    assert (time.thread_time() - began) / 100 < 0.002
    began = time.thread_time()
    standing = Standing(watched, stream.now_ms)
    for each in seats:
        standing.for_viewer(replace(XINYANG, seat=each.seat))
    assert time.thread_time() - began < 1.0
