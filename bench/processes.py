"""Servers under load and their loads: processes on cores of their own, and what they cost."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
SERVER_CORE, LOAD_CORE = 0, 1
READY_WITHIN_S = 30.0
_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


class Server(NamedTuple):
    """A running server: whom to ask, and whose CPU to count."""

    url: str
    pid: int


def free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(command: Sequence[str], core: int, log: Path, **environment: str) -> Iterator[int]:
    """The process id; it is ended, and waited for, at the end."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["taskset", "-c", str(core), *command],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=output,
            stderr=output,
        )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_ready(url: str) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except urllib.error.HTTPError:
            return  # it speaks, if not to us
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{url} does not answer")


def load(bench: str, kind: str, server: Server, **options: object) -> dict[str, Any]:
    """The load generator on the other core; what it found out."""
    command = [
        sys.executable,
        "-m",
        "bench.load",
        bench,
        kind,
        server.url,
        str(server.pid),
        json.dumps(options),
    ]
    run = subprocess.run(
        ["taskset", "-c", str(LOAD_CORE), *command], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def cpu_s(pid: int) -> float:
    """User and system time of all threads of the process (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS_PER_S


def children_cpu_s(pid: int) -> float:
    """Of the processes that it has started and that are over (fields 16 and 17)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / _TICKS_PER_S


def threads_cpu_s(pid: int) -> dict[str, float]:
    """By the name of the thread; nanoseconds of schedstat(5), for a tick is long beside what one does."""
    found: dict[str, float] = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        name = "main" if task.name == str(pid) else (task / "comm").read_text().strip()
        ran_s = int((task / "schedstat").read_text().split()[0]) / 1e9
        found[name] = found.get(name, 0.0) + ran_s
    return found


def rss_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
