"""What is due when."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from hub.clock import ManualClock, SystemClock
from hub.live.timers import Act, Agenda, Alarms


async def nothing() -> None:
    """An act of no consequence."""


def act() -> Act:
    async def run() -> None:
        await nothing()

    return run


def test_what_is_due_comes_in_order_and_once() -> None:
    agenda, first, second = Agenda(), act(), act()
    agenda.set(("b",), 200, second)
    agenda.set(("a",), 100, first)
    assert agenda.next_ms() == 100
    assert agenda.due(99) == []
    assert agenda.due(500) == [first, second]
    assert agenda.due(500) == []
    assert agenda.next_ms() is None


def test_setting_again_replaces() -> None:
    agenda, old, new = Agenda(), act(), act()
    agenda.set(("a",), 100, old)
    agenda.set(("a",), 300, new)
    assert agenda.due(200) == []
    assert agenda.due(300) == [new]


def test_cancelling_takes_everything_below() -> None:
    agenda, left = Agenda(), act()
    agenda.set(("s-1", "yingji", "ring"), 100, act())
    agenda.set(("s-1", "zhengzhou", "grace"), 100, act())
    agenda.set(("s-2", "yingji", "ring"), 100, left)
    agenda.cancel("s-1")
    agenda.cancel("s-9")
    assert agenda.due(100) == [left]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 50) | st.none())))
def test_an_agenda_is_a_dict_with_an_order(steps: list[tuple[str, int | None]]) -> None:
    agenda, model = Agenda(), dict[str, tuple[int, Act]]()
    for key, at_ms in steps:
        if at_ms is None:
            agenda.cancel(key)
            model.pop(key, None)
        else:
            model[key] = (at_ms, act())
            agenda.set((key,), *model[key])
    assert agenda.next_ms() == min((at_ms for at_ms, _ in model.values()), default=None)
    due = agenda.due(25)
    assert {id(each) for each in due} == {id(each) for at_ms, each in model.values() if at_ms <= 25}


async def test_the_loop_rings_in_time() -> None:
    rung = asyncio.Event()
    alarms = Alarms(SystemClock(), "test")

    async def ring() -> None:
        rung.set()

    alarms.set(("a",), SystemClock().wall_ms() + 20, ring)
    await asyncio.wait_for(rung.wait(), 30)
    await alarms.close()


async def test_a_clock_that_stands_still_rings_nothing() -> None:
    clock, rung = ManualClock(), list[int]()
    alarms = Alarms(clock, "test")

    async def ring() -> None:
        rung.append(clock.wall_ms())

    alarms.set(("a",), clock.wall_ms() + 1000, ring)
    await alarms.run_due()
    assert rung == []
    clock.advance(1)
    await alarms.run_due()
    await alarms.run_due()
    assert rung == [clock.wall_ms()]
    await alarms.close()


async def test_an_alarm_that_fails_silences_no_other() -> None:
    rung = asyncio.Event()
    alarms, now_ms = Alarms(SystemClock(), "test"), SystemClock().wall_ms()

    async def fail() -> None:
        raise ValueError("broken")

    async def ring() -> None:
        rung.set()

    alarms.set(("a",), now_ms, fail)
    alarms.set(("b",), now_ms + 50, ring)
    await asyncio.wait_for(rung.wait(), 30)
    await alarms.close()


def test_what_was_cancelled_does_not_pile_up() -> None:
    agenda = Agenda()
    for count in range(10_000):
        agenda.set((f"line-{count}",), 1_000_000 + count, act())
        agenda.cancel(f"line-{count}")
    assert len(agenda._heap) < 200
