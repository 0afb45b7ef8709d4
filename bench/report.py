"""RESULTS.md: one section a run, newest last, written by the run itself."""

from __future__ import annotations

import datetime
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.processes import ROOT

RESULTS = ROOT / "bench/RESULTS.md"


def section(title: str, words: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Append it, and print it."""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    text = "\n".join(
        [
            f"## {today}, {_commit()}: {title}",
            "",
            words,
            f"`{' '.join(['python -m bench', *sys.argv[1:]])}` on {_machine()}.",
            "",
            _row(head),
            _row(["---"] * len(head)),
            *map(_row, rows),
            "",
        ]
    )
    known = RESULTS.read_text("utf-8") if RESULTS.exists() else "# Side by side\n"
    RESULTS.write_text(f"{known.rstrip()}\n\n{text}", "utf-8")
    print(text, flush=True)


def say(what: str) -> None:
    print(f"· {what}", file=sys.stderr, flush=True)


def middle(values: Sequence[float]) -> float:
    return percentile(values, 50)


def percentile(values: Sequence[float], of_hundred: int) -> float:
    """The smallest value that so many of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * of_hundred // 100) - 1)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if "model name" in line]
    model = names[0] if names else platform.processor()
    return f"{len(names)} cores of {model}, Linux {platform.release()}, Python {platform.python_version()}"


def _commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"
