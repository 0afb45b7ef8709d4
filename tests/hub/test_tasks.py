"""Background work ends when its owner does, and nobody waits for ever."""

from __future__ import annotations

import asyncio

import pytest

from hub.tasks import Tasks, in_time


async def test_what_fails_is_logged_with_what_it_was(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise ValueError("broken")

    tasks = Tasks("kitchen")
    await asyncio.wait([tasks.start(fail(), "cooking")])
    await tasks.close()
    assert "kitchen: cooking failed" in caplog.text


async def test_closing_takes_everything_along() -> None:
    tasks = Tasks("kitchen")
    cooking = tasks.start(asyncio.Event().wait(), "cooking")
    await tasks.close()
    assert cooking.cancelled()


async def test_what_is_done_again_and_again_outlives_its_failures(caplog: pytest.LogCaptureFixture) -> None:
    turns: list[int] = []
    thrice = asyncio.Event()

    async def stir() -> None:
        turns.append(len(turns))
        if len(turns) == 3:
            thrice.set()
        raise ValueError("spilt")

    tasks = Tasks("kitchen")
    stirring = tasks.repeat(stir, "stirring", 0.0)
    await thrice.wait()
    await tasks.close()
    assert stirring.cancelled()
    assert turns == [0, 1, 2]
    assert caplog.text.count("kitchen: stirring failed") == 3


async def test_a_part_that_does_not_stop_holds_nobody_up(caplog: pytest.LogCaptureFixture) -> None:
    enough = asyncio.Event()

    async def deaf() -> None:
        while not enough.is_set():
            try:
                await enough.wait()
            except asyncio.CancelledError:
                continue

    await in_time("the kitchen", deaf, 0.01)
    assert "the kitchen did not stop" in caplog.text
    enough.set()


async def test_what_goes_wrong_while_stopping_is_not_hidden() -> None:
    async def fail() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await in_time("the kitchen", fail)
