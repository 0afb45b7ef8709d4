"""CPU per forwarded packet in a meeting of ten: all send picture and sound, all receive those of all."""

from __future__ import annotations

from bench import sample
from bench.contest import side_by_side
from bench.descriptions import Line
from bench.forward import report
from bench.load import Cost, Side, cost, in_turns, sending
from bench.peers import Peer
from bench.sources import Camera, Microphone

VENUES, SECONDS, ROUNDS = 10, 10.0, 2
BIT_RATE = 1_000_000
_PICTURE, _SOUND = 0x1000_0000, 0x2000_0000


async def put_on(side: Side, pid: int, seconds: float) -> Cost:
    """Each venue publishes by one connection and receives by another, in ten slots for either kind."""
    await side.start(VENUES)
    encoded = sample.frames(BIT_RATE)
    senders, viewers = [Peer() for _ in range(VENUES)], [Peer() for _ in range(VENUES)]
    cameras = [Camera(peer, _PICTURE + n, encoded, sample.FPS) for n, peer in enumerate(senders)]
    microphones = [Microphone(peer, _SOUND + n) for n, peer in enumerate(senders)]
    await in_turns(
        [
            side.publish(n, peer, [Line("audio", _SOUND + n), Line("video", _PICTURE + n)])
            for n, peer in enumerate(senders)
        ]
    )
    slots = [*[Line("audio")] * VENUES, *[Line("video")] * VENUES]
    sources: list[Camera | Microphone] = [*cameras, *microphones]
    async with sending(sources):
        await in_turns([side.subscribe(n, peer, slots) for n, peer in enumerate(viewers)])
        return await cost(pid, sources, viewers, seconds)


def run() -> None:
    found = side_by_side("meeting", venues=VENUES, rounds=ROUNDS, seconds=SECONDS)
    what = (
        f"{VENUES} venues send picture (VP8, 1 Mbit/s, 30 fps) and sound (Opus, 50 packets a second) and "
        f"receive those of all {VENUES}, their own included (the hub is asked for as many sound slots as "
        "there are venues; its own pages hear the loudest few)"
    )
    report(what, f"meeting {VENUES} x {VENUES}", found, flows=VENUES)
