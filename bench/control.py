"""Calling and control: sixty venues ring, answer and are called by roll; how soon every screen knows."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import hub_side
from bench.processes import LOAD_CORE, ROOT, Server, cpu_s
from bench.report import middle, percentile, say, section
from bench.screens import KEY_S

VENUES, ROUNDS = 60, 3
PHASES = ("ring", "answer", "roll call")


def put_on(server: Server) -> dict[str, Any]:
    """One consultation; the pages are a process of their own on the other core."""
    command = [sys.executable, "-m", "bench.screens", server.url, str(VENUES)]
    cpu, began = cpu_s(server.pid), time.monotonic()
    run = subprocess.run(
        ["taskset", "-c", str(LOAD_CORE), *command], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, Any] = json.loads(run.stdout)
    return {**found, "cpu": (cpu_s(server.pid) - cpu) / (time.monotonic() - began)}


def run() -> None:
    found = []
    for number in range(ROUNDS):
        say(f"control: round {number + 1} of {ROUNDS}")
        with tempfile.TemporaryDirectory() as place, hub_side.running(Path(place), VENUES) as server:
            found.append(put_on(server))
    late = {phase: [ms for one in found for ms in one[phase]] for phase in PHASES}
    events = [*late["answer"], *late["roll call"]]
    [one["run_s"] for one in found]
    title = (
        f"control, {VENUES} venues ring, answer and are called by roll: on every screen after "
        f"{middle(events):.0f} ms (median), {percentile(events, 99):.0f} ms (99 %)"
    )
    runs = ", ".join(f"{one['run_s']:.1f} s" for one in found)
    cpu = ", ".join(format(one["cpu"], ".0%") for one in found)
    key_ms = round(KEY_S * 1000)
    words = (
        f"{VENUES} venues and the duty office, each with a Socket.IO line of its own to a hub that writes "
        "its log to the disk; the pages share one process on the other core, and the time in which they read "
        "counts. Ring: from the officer's click to the bell of each venue, creating the session included. "
        "Answer and roll call: from the time that stands in the event, which is before it is written, to "
        f"each screen that follows the session. In the roll call a venue presses its key {key_ms} ms after "
        "it sees that it is asked, and the chair goes on as soon as the answer is on its screen, so that no "
        f"lingering is measured: {runs} for {VENUES} venues. {ROUNDS} rounds, all of them counted; CPU of "
        f"the hub {cpu} of a core, logins included."
    )
    head = ("", "deliveries", "median", "95 %", "99 %", "longest")
    rows = [
        (
            phase,
            f"{len(late[phase]):,}",
            *[f"{percentile(late[phase], share):.1f} ms" for share in (50, 95, 99)],
            f"{max(late[phase]):.1f} ms",
        )
        for phase in PHASES
    ]
    section(title, words, head, rows)
