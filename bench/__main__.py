"""CPU per forwarded packet beside Debian's Janus: 1 publisher (2.5 Mbit/s, 30 fps), 80 viewers, same run.

``make bench`` or ``python -m bench [--viewers 80] [--seconds 20] [--rounds 2]``. The server under test has
one core, the load generator the other; the figures are appended to bench/RESULTS.md. Loopback only.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench import hub_side, janus_side
from bench.hub_side import ROOT, Server
from bench.load import Measured

RESULTS = ROOT / "bench/RESULTS.md"
SERVER_CORE, LOAD_CORE = 0, 1
READY_WITHIN_S = 30.0


def wait_until_ready(server: Server, path: str) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{server.url}{path}", timeout=1).close()
        except urllib.error.HTTPError:
            return  # it speaks, if not to us
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{server.url} does not answer")


def load(kind: str, server: Server, viewers: int, seconds: float) -> Measured:
    command = [
        sys.executable,
        "-m",
        "bench.load",
        kind,
        server.url,
        str(server.pid),
        str(viewers),
        str(seconds),
    ]
    run = subprocess.run(
        ["taskset", "-c", str(LOAD_CORE), *command], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    return Measured(**json.loads(run.stdout))


def measure_hub(place: Path, viewers: int, seconds: float) -> Measured:
    with hub_side.running(place / "data", SERVER_CORE) as server:
        wait_until_ready(server, "/readyz")
        return load("hub", server, viewers, seconds)


def measure_janus(place: Path, viewers: int, seconds: float, event_loops: int) -> Measured:
    with janus_side.running(place / f"janus{event_loops}", SERVER_CORE, event_loops=event_loops) as server:
        time.sleep(2.0)
        return load("janus", server, viewers, seconds)


def row(name: str, one: Measured) -> str:
    expected = one.sent * one.viewers
    return (
        f"| {name} | {one.us_per_packet:.2f} | {one.cpu_s:.2f} s in {one.seconds:.0f} s "
        f"({one.cpu_s / one.seconds:.0%} of a core) | {one.received:,} of {expected:,} "
        f"| {one.received_mbps:.0f} Mbit/s | {one.rss_mb:.0f} MB | {one.cipher} |"
    )


def machine() -> str:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    return f"{model}, Linux {platform.release()}, Python {platform.python_version()}"


def commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"


def cheapest(rounds: list[Measured]) -> float:
    return min(one.us_per_packet for one in rounds)


def report(hubs: list[Measured], januses: list[Measured], tuned: list[Measured], command: str) -> str:
    ours, theirs, best = cheapest(hubs), cheapest(januses), cheapest(tuned)
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    name = janus_side.version()
    lines = [
        f"## {today}, {commit()}: {ours:.2f} us per forwarded packet, {ours / theirs:.2f} of Janus",
        "",
        f"1 publisher (VP8, 2.5 Mbit/s, 30 fps) to {hubs[0].viewers} viewers on the loopback, `{command}`.",
        f"{machine()}.",
        "Server and load generator each have a core of their own; CPU is user + system time of the server's",
        "process, packets are what the viewers really received. The hub also records the session (as it",
        "always does); Janus does not. The best round of each is compared: Janus as Debian sets it up has a",
        f"thread for every connection; told to use one event loop it takes {best:.2f} us, and the hub",
        f"{ours / best:.2f} of that.",
        "",
        "| | CPU us / packet | CPU | received | rate | memory | cipher |",
        "|---|---|---|---|---|---|---|",
        *(row("hub (plain Python)", one) for one in hubs),
        *(row(name, one) for one in januses),
        *(row(f"{name}, event_loops = 1", one) for one in tuned),
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--viewers", type=int, default=80)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    hubs: list[Measured] = []
    januses: list[Measured] = []
    tuned: list[Measured] = []
    for number in range(options.rounds):
        with tempfile.TemporaryDirectory() as place:
            print(f"round {number + 1} of {options.rounds}: hub", file=sys.stderr)
            hubs.append(measure_hub(Path(place), options.viewers, options.seconds))
            print(f"round {number + 1} of {options.rounds}: janus", file=sys.stderr)
            januses.append(measure_janus(Path(place), options.viewers, options.seconds, 0))
            tuned.append(measure_janus(Path(place), options.viewers, options.seconds, 1))
    command = " ".join(["python -m bench", *sys.argv[1:]])
    text = report(hubs, januses, tuned, command)
    known = RESULTS.read_text("utf-8") if RESULTS.exists() else "# Side by side\n\n"
    RESULTS.write_text(f"{known.rstrip()}\n\n{text}", "utf-8")
    print(text)


if __name__ == "__main__":
    main()
