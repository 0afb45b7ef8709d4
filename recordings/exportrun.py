"""One worker from its start to its end: what it is told, what it says, and when it is stopped."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from pathlib import Path

import msgspec

from recordings.exportforms import FAILED, NO_ROOM, Failed, Form, Order
from recordings.render.spec import Done, Progress
from recordings.room import Room

_log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parent.parent
_LINE_MAX = 1 << 20


class Run:
    """``make`` once; ``kill`` at any time, from the same loop."""

    def __init__(self, form: Form, room: Room, say: Callable[[Progress], object]) -> None:
        self._form = form
        self._room = room
        self._say = say
        self._child: Process | None = None
        self._killed = False

    def kill(self) -> None:
        """What it has made so far stays where it is."""
        self._killed = True
        if self._child is not None and self._child.returncode is None:
            self._child.kill()

    async def make(self, order: Order) -> Done | Failed:
        """A worker that dies is started once more where it has come further: it goes on there."""
        reached = -1
        while True:
            before, reached = reached, 0

            def say(progress: Progress) -> None:
                nonlocal reached
                reached = progress.done
                self._say(progress)

            outcome = await self._once(order, say)
            if not isinstance(outcome, int):
                return outcome
            if outcome >= 0 or reached <= before or self._killed:
                return Failed(self._form.ended(outcome))
            _log.warning("a worker of an export died and is started again", extra={"code": outcome})

    async def _once(self, order: Order, say: Callable[[Progress], object]) -> Done | Failed | int:
        job = await self._form.job(order)
        if self._killed:
            return 1
        child = self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            self._form.module,
            stdin=PIPE,
            stdout=PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_LINE_MAX,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
            start_new_session=True,  # Ctrl-C is meant for the hub
        )
        try:
            return await self._follow(child, job, say)
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()

    async def _follow(
        self, child: Process, job: bytes, say: Callable[[Progress], object]
    ) -> Done | Failed | int:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(job)
        child.stdin.close()
        outcome: Done | Failed | None = None
        async for line in child.stdout:
            try:
                heard = self._form.heard(line)
            except (ValueError, msgspec.MsgspecError):
                outcome = Failed(FAILED)  # whoever says that is not the worker we know
                child.kill()
                break
            if not isinstance(heard, Progress):
                outcome = heard
                continue
            say(heard)
            # Recording comes first: where the disk becomes short meanwhile, this stops.
            if await asyncio.to_thread(self._room.is_short):
                outcome = Failed(NO_ROOM)
                child.kill()
        returncode = await child.wait()
        if isinstance(outcome, Failed) or (outcome is not None and returncode == 0):
            return outcome
        return returncode
