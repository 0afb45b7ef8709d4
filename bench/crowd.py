"""The synthetic venues of a session, beside which real pages are looked at: a process of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.processes import LOAD_CORE, ROOT, Server


class Crowd:
    """The process of the synthetic venues (``bench.venues``)."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.session: str = self._answer()["session"]

    def fill(self, count: int) -> None:
        """Until so many venues are there."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{count}\n")
        self._process.stdin.flush()
        self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        answer: dict[str, Any] = json.loads(self._process.stdout.readline() or "{}")
        if not answer:
            raise RuntimeError("the synthetic venues ended")
        return answer


@contextmanager
def crowd(server: Server, venues: int, *, slots: int = 0, first: int = 0) -> Iterator[Crowd]:
    """Starts a session of ``venues``; those from ``first`` on may be filled."""
    command = [sys.executable, "-m", "bench.venues", server.url, str(venues), str(slots), str(first)]
    process = subprocess.Popen(
        ["taskset", "-c", str(LOAD_CORE), *command],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Crowd(process)
    finally:
        process.terminate()
        process.wait(timeout=20)
