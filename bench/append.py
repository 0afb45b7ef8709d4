"""The log: durable events a second from fifty writers, beside one commit for each event."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

import uvloop

from bench.report import middle, say, section
from hub.domain.event import HUB
from hub.domain.item import ItemEdited
from hub.storage.sqllog import open_log

WRITERS, SECONDS, ROUNDS = 50, 5.0, 3


async def rate(place: Path, writers: int) -> float:
    """Events a second that were in the log on the disk when their writer went on."""
    log = open_log(place)
    over = time.perf_counter() + SECONDS
    written = 0

    async def write(number: int) -> None:
        nonlocal written
        seq = 0
        while time.perf_counter() < over:
            edit = ItemEdited(item_id="i-1", version=seq + 2, changes={"text": "浉河水位2.4米，超警戒0.6米"})
            await log.append(
                f"incident:i-{number}", seq, [edit], actor=HUB, op=f"op-{seq}", at_ms=1_784_514_600_000 + seq
            )
            seq += 1
            written += 1

    began = time.perf_counter()
    await asyncio.gather(*map(write, range(writers)))
    took_s = time.perf_counter() - began
    await log.close()
    return written / took_s


def run() -> None:
    found: dict[int, list[float]] = {WRITERS: [], 1: []}
    for number in range(ROUNDS):
        for writers, rates in found.items():
            say(f"append: round {number + 1} of {ROUNDS}, {writers} writers")
            with tempfile.TemporaryDirectory(dir=Path.cwd()) as place:
                rates.append(uvloop.run(rate(Path(place), writers)))
    many, one = middle(found[WRITERS]), middle(found[1])
    title = (
        f"append, {WRITERS} writers: {many:,.0f} durable events a second, "
        f"{many / one:.1f} times one commit for each"
    )
    words = (
        "Each writer appends to a stream of its own and waits until the event is on the disk (SQLite, WAL, "
        "synchronous=FULL) before it writes the next. With one writer every event is a transaction of its "
        f"own. The middle of {ROUNDS} rounds of {SECONDS:.0f} s in turn, everything in one process."
    )
    rows = [
        (str(writers), f"{middle(rates):,.0f}", ", ".join(f"{each:,.0f}" for each in rates))
        for writers, rates in found.items()
    ]
    section(title, words, ("writers", "events/s", "rounds"), rows)
