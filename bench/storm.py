"""A storm of joins: 200 viewers come to one camera within five seconds."""

from __future__ import annotations

import asyncio
import time

from bench import sample
from bench.contest import CONTENDERS, HUB, side_by_side
from bench.descriptions import Line
from bench.janus_side import version
from bench.load import Side, sending
from bench.peers import Peer
from bench.processes import cpu_s
from bench.report import middle, percentile, section
from bench.sources import Camera

VIEWERS, WITHIN_S, ROUNDS = 200, 5.0, 1
AFTER_S = 5.0  # how long it is watched when all are there
VENUES = 20
BIT_RATE = 900_000  # a rate at which the load generator can still count what 200 viewers get
SSRC = 0x1234_5678


async def put_on(side: Side, pid: int, viewers: int) -> dict[str, float]:
    await side.start(VENUES)
    publisher = Peer()
    await side.publish(0, publisher, [Line("video", SSRC)])
    camera = Camera(publisher, SSRC, sample.frames(BIT_RATE), sample.FPS)
    peers = [Peer() for _ in range(viewers)]
    waits_s: list[float] = []

    async def join(number: int, peer: Peer) -> None:
        await asyncio.sleep(number * WITHIN_S / viewers)
        began = time.monotonic()
        await side.subscribe(number % VENUES, peer, [Line("video")])
        await peer.seen(1)
        waits_s.append(peer.first_at - began)

    async with sending([camera]):
        await asyncio.sleep(2.0)
        cpu, began = cpu_s(pid), time.monotonic()
        await asyncio.gather(*[join(number, peer) for number, peer in enumerate(peers)])
        storm_s = time.monotonic() - began
        await asyncio.sleep(AFTER_S)
        return {
            "requests": camera.asked,
            "cpu_s": cpu_s(pid) - cpu,
            "seconds": time.monotonic() - began,
            "storm_s": storm_s,
            "first_median_ms": middle(waits_s) * 1e3,
            "first_p95_ms": percentile(waits_s, 95) * 1e3,
            "gap_ms": max([peer.quiet_s() for peer in peers]) * 1e3,
        }


def run() -> None:
    found = side_by_side("storm", venues=VENUES, rounds=ROUNDS, viewers=VIEWERS)
    ours = found[HUB][0]
    title = (
        f"storm, {VIEWERS} joins in {ours['storm_s']:.1f} s, {ours['requests']:.0f} key-frame requests, "
        f"longest gap {ours['gap_ms']:.0f} ms"
    )
    words = (
        f"{VIEWERS} viewers come within {WITHIN_S:.0f} s to one camera (0.9 Mbit/s, 30 fps, a key frame when "
        f"asked, 0.3 s apart at least), beside {version()}. First packet: since the viewer began to ask. "
        f"Longest gap: without any packet, at any viewer, from its first one to {AFTER_S:.0f} s after the "
        "last join."
    )
    rows = [
        (
            who,
            f"{one['requests']:.0f}",
            f"{one['cpu_s']:.1f} s in {one['seconds']:.1f} s",
            f"{one['storm_s']:.1f} s",
            f"{one['first_median_ms']:.0f} ms",
            f"{one['first_p95_ms']:.0f} ms",
            f"{one['gap_ms']:.0f} ms",
        )
        for who in CONTENDERS
        for one in found[who]
    ]
    head = ("", "key-frame requests", "CPU", "all there after", "first packet, median", "95 %", "longest gap")
    section(title, words, head, rows)
