"""CPU per forwarded packet, 1 to 80: one camera of 2.5 Mbit/s and 30 pictures a second to all viewers."""

from __future__ import annotations

from bench import sample
from bench.contest import ALIKE, CONTENDERS, HUB, JANUS, TUNED, Found, side_by_side
from bench.descriptions import Line
from bench.janus_side import version
from bench.load import Cost, Side, cost, in_turns, sending
from bench.peers import Peer
from bench.report import section
from bench.sources import Camera

VIEWERS, SECONDS, ROUNDS = 80, 10.0, 2
VENUES = 9  # the viewers are spread over them
BIT_RATE = 2_500_000
SSRC = 0x1234_5678
HEAD = ("", "CPU us / packet", "CPU", "received", "rate", "memory", "cipher")
FAIR = (
    "Server and load generator have a core each; CPU is user and system time of the server's process, "
    "packets are what the viewers really received, on the loopback. The hub also records the session (as it "
    "always does; told that the disk is full it does not); Janus does not. The best round of each counts. "
    "Janus as Debian sets it up has a thread for every connection."
)


async def put_on(side: Side, pid: int, viewers: int, seconds: float) -> Cost:
    await side.start(VENUES)
    peer = Peer()
    await side.publish(0, peer, [Line("video", SSRC)])
    camera = Camera(peer, SSRC, sample.frames(BIT_RATE), sample.FPS)
    peers = [Peer() for _ in range(viewers)]
    async with sending([camera]):
        await in_turns([side.subscribe(n % VENUES, one, [Line("video")]) for n, one in enumerate(peers)])
        return await cost(pid, [camera], peers, seconds)


def run() -> None:
    found = side_by_side("forward", venues=VENUES, rounds=ROUNDS, viewers=VIEWERS, seconds=SECONDS)
    what = f"One camera (VP8, 2.5 Mbit/s, 30 fps) to {VIEWERS} viewers"
    report(what, f"1 to {VIEWERS}", found, flows=VIEWERS)


def report(what: str, name: str, found: Found, flows: int) -> None:
    """``flows``: how many receivers every packet that was sent should have."""
    costs = {who: [Cost(**one) for one in rounds] for who, rounds in found.items()}
    best = {who: min([one.us_per_packet for one in rounds]) for who, rounds in costs.items()}
    title = (
        f"{name}, {best[HUB]:.2f} us per forwarded packet, {best[HUB] / best[JANUS]:.2f} of Janus, "
        f"{best[HUB] / best[TUNED]:.2f} of Janus with event_loops = 1; "
        f"not recording, as they do not, {best[ALIKE]:.2f} us, {best[ALIKE] / best[JANUS]:.2f} and "
        f"{best[ALIKE] / best[TUNED]:.2f}"
    )
    rows = [_row(who, one, flows) for who in CONTENDERS for one in costs[who]]
    section(title, f"{what}, beside {version()}. {FAIR}", HEAD, rows)


def _row(who: str, one: Cost, flows: int) -> tuple[str, ...]:
    return (
        who,
        f"{one.us_per_packet:.2f}",
        f"{one.cpu_s:.2f} s in {one.seconds:.0f} s ({one.cpu_s / one.seconds:.0%} of a core)",
        f"{one.received:,} of {one.sent * flows:,}",
        f"{one.mbps:.0f} Mbit/s",
        f"{one.rss_mb:.0f} MB",
        one.cipher,
    )
