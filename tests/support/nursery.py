"""Processes that begin with the hub imported: importing it takes them longer than all that they do then."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.context import ForkServerProcess
from pathlib import Path

# It forks from a process that has these, and no thread, no loop and nothing of the tests.
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["hub.__main__", "hub.app", "pytest"])


def huishang(arguments: list[str], environment: dict[str, str], output: Path) -> ForkServerProcess:
    """``python -m hub`` with these, in a process of its own; what it says goes to the end of ``output``."""
    process = _context.Process(target=_become, args=(arguments, environment, output), daemon=True)
    process.start()
    return process


def _become(arguments: list[str], environment: dict[str, str], output: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    said = os.open(output, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.close(said)
    from hub.__main__ import main  # here, so that the tests that only start it do not import it

    raise SystemExit(main(arguments))
