"""In which order one line's requests are done."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from signaling.connection import PENDING_MAX, Lanes, lane_of
from signaling.incident_vocabulary import ItemVoid
from signaling.media_vocabulary import MediaClose
from signaling.vocabulary import Follow, Ping, SessionLeave, SessionStart


def test_a_lane_is_worked_by_one() -> None:
    lanes: Lanes[int] = Lanes()
    assert lanes.put("a", 1) is True
    assert lanes.put("a", 2) is False
    assert lanes.put("b", 3) is True
    assert [lanes.take("a"), lanes.take("a"), lanes.take("a")] == [1, 2, None]
    assert lanes.put("a", 4) is True
    assert lanes.pending == 2


def test_a_line_has_room_for_so_many() -> None:
    lanes: Lanes[int] = Lanes()
    for number in range(PENDING_MAX):
        assert not lanes.full
        lanes.put("a", number)
    assert lanes.full
    lanes.take("a")
    assert not lanes.full


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans())))
def test_J7_no_job_overtakes_another_of_its_lane(steps: list[tuple[str, bool]]) -> None:
    lanes: Lanes[int] = Lanes()
    done: dict[str, list[int]] = {"a": [], "b": [], "c": []}
    working = set()
    for number, (lane, put) in enumerate(steps):
        if put:
            if lanes.put(lane, number):
                working.add(lane)
        elif lane in working:
            job = lanes.take(lane)
            if job is None:
                working.discard(lane)
            else:
                done[lane].append(job)
    for lane in working:
        while (job := lanes.take(lane)) is not None:
            done[lane].append(job)
    assert lanes.pending == 0
    for lane, jobs in done.items():
        assert jobs == [number for number, (of, put) in enumerate(steps) if put and of == lane]


def test_what_touches_one_stream_shares_a_lane() -> None:
    void = ItemVoid(op="o", stream="board:b-1", item_id="i-1", reason="误报")
    assert lane_of("item.void", void) == "board:b-1"
    assert lane_of("follow", Follow(stream="board:b-1")) == "board:b-1"
    assert lane_of("session.leave", SessionLeave(op="o", session_id="s-1")) == "session:s-1"
    start = SessionStart(op="o", title="会商", kind="consultation", venues=["yingji"])  # type: ignore[arg-type]
    assert lane_of("session.start", start) == "line"
    assert lane_of("media.close", MediaClose(resource="x")) == "media"
    assert lane_of("ping", Ping()) == "line"
