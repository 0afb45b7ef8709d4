"""What recording costs: a session that is recorded beside the same one that is not, CPU a venue."""

from __future__ import annotations

import asyncio
import gc
import tempfile
from pathlib import Path
from typing import Any

from bench import hub_side, sample
from bench.descriptions import Line
from bench.hub_side import HubSide
from bench.load import WARM_UP_S, in_turns, sending
from bench.peers import Peer
from bench.processes import children_cpu_s, load, threads_cpu_s
from bench.report import middle, say, section
from bench.sources import Camera, Microphone

VENUES, SECONDS, ROUNDS = 10, 20.0, 3
BIT_RATE = 1_500_000
LIMIT = 0.01
"""Of a core, for each venue of 1.5 Mbit/s."""

_PICTURE, _SOUND = 0x1000_0000, 0x2000_0000
_RECORDED, _NOT = "recorded", "not recorded"


async def put_on(side: HubSide, pid: int, seconds: float) -> dict[str, float]:
    """All venues send, nobody watches; then the session ends, and what it left is sealed."""
    await side.start(VENUES)
    encoded = sample.frames(BIT_RATE)
    peers = [Peer() for _ in range(VENUES)]
    cameras = [Camera(peer, _PICTURE + n, encoded, sample.FPS) for n, peer in enumerate(peers)]
    microphones = [Microphone(peer, _SOUND + n) for n, peer in enumerate(peers)]
    await in_turns(
        [
            side.publish(n, peer, [Line("audio", _SOUND + n), Line("video", _PICTURE + n)])
            for n, peer in enumerate(peers)
        ]
    )
    loop = asyncio.get_running_loop()
    async with sending([*cameras, *microphones]):
        filmed = loop.time()
        await asyncio.sleep(WARM_UP_S)
        gc.freeze()
        began, before = loop.time(), threads_cpu_s(pid)
        await asyncio.sleep(seconds)
        took, after = loop.time() - began, threads_cpu_s(pid)
        filmed = loop.time() - filmed
        children = children_cpu_s(pid)
        await side.end()
    spent = {name: (after[name] - before.get(name, 0.0)) / took for name in after}
    recorder = spent.pop("recorder", 0.0)
    main = spent.pop("main")
    return {
        "main": main,
        "recorder": recorder,
        "others": sum(spent.values()),
        "sealing": (children_cpu_s(pid) - children) / filmed,
    }


def run() -> None:
    found: dict[str, list[dict[str, float]]] = {_RECORDED: [], _NOT: []}
    for number in range(ROUNDS):
        for name, rounds in found.items():
            say(f"recording: round {number + 1} of {ROUNDS}, {name}")
            with (
                tempfile.TemporaryDirectory() as place,
                hub_side.running(Path(place), VENUES, protected=False, records=name == _RECORDED) as server,
            ):
                answer: dict[str, Any] = load("recording", "hub", server, seconds=SECONDS)
                rounds.append(answer)
    _report(found)


def _report(found: dict[str, list[dict[str, float]]]) -> None:
    def share(name: str, *parts: str) -> float:
        """Of a core, for a venue."""
        return middle([sum(one[part] for part in parts) for one in found[name]]) / VENUES

    live = ("main", "recorder", "others")
    more, sealing = share(_RECORDED, *live) - share(_NOT, *live), share(_RECORDED, "sealing")
    title = (
        f"recording, {more:.2%} of a core a venue of 1.5 Mbit/s while it runs (limit {LIMIT:.0%}), "
        f"and {sealing:.2%} for sealing afterwards"
    )
    words = (
        f"{VENUES} venues send picture (VP8, 1.5 Mbit/s, 30 fps) and sound (Opus, 50 packets a second) for "
        f"{SECONDS:.0f} s, nobody watches; a hub that believes its disk to be full does the same without "
        f"recording. CPU of the hub's threads (schedstat), the middle of {ROUNDS} rounds in turn: main takes "
        "in the packets, recorder writes the files. Sealing is what the child processes of low priority took "
        "after the end (a copy with its index in front, the digest), spread over the time that was recorded; "
        f"most of it is the start of a process for each of the {2 * VENUES} files, however long they are."
    )
    head = ("", "main", "recorder", "other threads", "all, a venue", "sealing, a venue")
    rows = [
        (
            name,
            *[f"{share(name, part) * VENUES:.1%}" for part in live],
            f"{share(name, *live):.2%}",
            f"{share(name, 'sealing'):.2%}",
        )
        for name in found
    ]
    section(title, words, head, rows)
