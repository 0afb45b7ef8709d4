"""Boards: how soon a saved item is on every screen, and what a delivery costs beside other emitters."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import hub_side
from bench.boardpages import UNITS, WRITERS
from bench.processes import LOAD_CORE, ROOT, SERVER_CORE, Server, free_port, started, wait_until_ready
from bench.report import middle, percentile, say, section

PAGES, FEW_PAGES, EDITS_PER_S, SECONDS = 300, 20, 10, 20
BUSY_EDITS_PER_S = 40
ROUNDS = 2
SERVERS = ("hub", "node", "python-socketio")


@contextmanager
def running(kind: str, place: Path) -> Iterator[Server]:
    if kind == "hub":
        with hub_side.running(place, UNITS) as server:
            yield server
        return
    port = free_port(socket.SOCK_STREAM)
    command = {
        "node": ["node", "bench/emitter.cjs", str(port)],
        "python-socketio": [sys.executable, "-m", "bench.emitter", str(port)],
    }[kind]
    with started(command, SERVER_CORE, place / "emitter.log", NODE_ENV="production") as pid:
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(url)
        yield Server(url, pid)


def put_on(kind: str, edits_per_s: float, count: int = PAGES) -> dict[str, Any]:
    pages = "hub" if kind == "hub" else "emitter"
    with tempfile.TemporaryDirectory() as place, running(kind, Path(place)) as server:
        command = [sys.executable, "-m", "bench.boardpages", pages, server.url, str(server.pid)]
        command += [str(count), str(edits_per_s), str(SECONDS)]
        run = subprocess.run(
            ["taskset", "-c", str(LOAD_CORE), *command],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found: dict[str, Any] = json.loads(run.stdout)
    if found["deliveries"] != found["expected"]:
        raise RuntimeError(f"{kind}: {found['deliveries']} of {found['expected']} deliveries")
    return {**found, "us": found["cpu_s"] / found["deliveries"] * 1e6}


def run() -> None:
    say(f"boards: {PAGES} pages, {EDITS_PER_S} edits/s")
    calm = put_on("hub", EDITS_PER_S)
    busy: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for number in range(ROUNDS):
        for kind in SERVERS:
            for count in (FEW_PAGES, PAGES):
                say(f"boards: round {number + 1} of {ROUNDS}: {kind}, {count} pages")
                busy.setdefault((kind, count), []).append(put_on(kind, BUSY_EDITS_PER_S, count))
    more = {kind: _for_one_more(busy[kind, FEW_PAGES], busy[kind, PAGES]) for kind in SERVERS}
    late_ms = percentile(calm["late_ms"], 99)
    title = (
        f"boards, {PAGES} pages and {EDITS_PER_S} edits/s: on every screen {late_ms:.1f} ms after it "
        f"was saved (99 %); a delivery costs {more['hub'] / more['node']:.2f} of Node's socket.io"
    )
    words = (
        f"{PAGES} pages on {UNITS + 1} accounts follow one incident, {WRITERS} of them save items at random "
        "times; they share one process on the other core, and the time in which they read counts. The hub "
        "does all it does for an edit: it checks, decides, chains, commits to the disk, and tells every page "
        f"its own part; at {BUSY_EDITS_PER_S} edits/s it tells of several at a time, 33 times a second. The "
        f"two emitters send the very same message ({calm['bytes']} bytes) to all and do nothing else; all "
        "three speak MessagePack. CPU of the server: of the whole run for each delivery, and for one more, "
        f"which is what {PAGES} pages cost above {FEW_PAGES}. The middle of {ROUNDS} rounds in turn."
    )
    head = (
        "",
        "edits/s",
        "late, median",
        "99 %",
        "longest",
        "CPU, all",
        "of Node's",
        "one more",
        "of Node's",
    )
    node_us = middle([one["us"] for one in busy["node", PAGES]])
    rows = [(*_row("hub", EDITS_PER_S, [calm], node_us), "", "")]
    rows += [
        (
            *_row(kind, BUSY_EDITS_PER_S, busy[kind, PAGES], node_us),
            f"{more[kind]:.2f} us",
            f"{more[kind] / more['node']:.2f}",
        )
        for kind in SERVERS
    ]
    section(title, words, head, rows)


def _for_one_more(few: list[dict[str, Any]], many: list[dict[str, Any]]) -> float:
    """Microseconds of CPU for each delivery beyond those of the few, the middle of the rounds."""
    return middle(
        [
            (high["cpu_s"] - low["cpu_s"]) / (high["deliveries"] - low["deliveries"]) * 1e6
            for low, high in zip(few, many, strict=True)
        ]
    )


def _row(kind: str, edits_per_s: int, found: list[dict[str, Any]], node_us: float) -> tuple[str, ...]:
    late = [ms for one in found for ms in one["late_ms"]]
    us = middle([one["us"] for one in found])
    return (
        kind,
        str(edits_per_s),
        f"{middle(late):.1f} ms",
        f"{percentile(late, 99):.1f} ms",
        f"{max(late):.1f} ms",
        f"{us:.2f} us",
        "" if edits_per_s == EDITS_PER_S else f"{us / node_us:.2f}",
    )
