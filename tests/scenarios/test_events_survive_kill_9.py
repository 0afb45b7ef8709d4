"""Every event that was acknowledged is there after kill -9, at whatever moment it comes."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hub.storage.sqllog import open_log

ROOT = Path(__file__).parents[2]

# Appends to several streams at once and says on its standard output what was acknowledged.
WRITER = """
import asyncio, os, sys
from pathlib import Path
from hub.storage.sqllog import open_log
from tests.support.logs import put

async def write(log, stream):
    seq = await log.head(stream)
    while True:
        count = seq % 3 + 1
        await put(log, stream, seq, count)
        seq += count
        os.write(1, f"{stream} {seq}\\n".encode())

async def main():
    log = open_log(Path(sys.argv[1]))
    await asyncio.gather(*(write(log, f"board:b-{n}") for n in range(8)))

asyncio.run(main())
"""


def run_until_killed(data: Path, lines: int) -> dict[str, int]:
    """Kill the writer after it has acknowledged ``lines`` appends; the last number of each stream."""
    command = [sys.executable, "-c", WRITER, str(data)]
    acknowledged: dict[str, int] = {}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for number, line in enumerate(writer.stdout, 1):
            stream, _, seq = line.partition(" ")
            acknowledged[stream] = int(seq)
            if number == lines:
                writer.send_signal(signal.SIGKILL)
    assert writer.returncode == -signal.SIGKILL
    return acknowledged


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_what_was_acknowledged_is_there_and_the_chain_holds(tmp_path: Path, seed: int) -> None:
    moments = random.Random(seed)
    for _ in range(2):  # the second run goes on where the first was killed
        acknowledged = run_until_killed(tmp_path, moments.randint(1, 300))
        log = open_log(tmp_path)
        report = await log.verify()
        assert report.breaks == []
        for stream, seq in acknowledged.items():
            events = await log.read(stream)
            assert [recorded.seq for recorded in events] == list(range(1, len(events) + 1))
            assert len(events) >= seq
        await log.close()
