"""The media port under fire: random, mutated, truncated and repeated packets, from anywhere, by UDP and TCP.

Nothing is raised, nothing is kept, nobody is answered who should not be, and those who are there stay.
"""

from __future__ import annotations

import asyncio
import logging
import random
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import islice
from typing import Any

import pylibsrtp
import pytest
from aioice.stun import FINGERPRINT_LENGTH

from hub.media.transport import drops
from hub.media.transport.drops import Drop
from tests.support.netem import Relay, relay
from tests.support.rtc import Client, Stage, stage

SHOTS = 1500
AT_ONCE = 50  # then the others get their turn


def complaints(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the hub finds worth a warning; that a connection comes and goes is none.

    That it is pressed says nothing of the packets: the machine has others to serve, and so has this loop.
    """
    found = [one for one in caplog.records if one.levelno >= logging.WARNING]
    words = [one.message for one in found if one.name.startswith("hub")]
    return [one for one in words if not one.startswith("the hub is pressed")]


def kind(datagram: bytes) -> str:
    first = datagram[0]
    if first < 4:
        return "stun"
    if 19 < first < 64:
        return "dtls"
    return "srtcp" if 191 < datagram[1] < 224 else "srtp"


def garbage(dice: random.Random) -> bytes:
    """Random bytes, mostly dressed as something the port knows."""
    first = dice.choice([0, 1, 20, 22, 63, 64, 128, 144, 191, 192, 255, dice.randrange(256)])
    return bytes([first]) + dice.randbytes(dice.choice([0, 1, 11, 12, 19, 40, 200, 1400]))


def mutated(dice: random.Random, packet: bytes, other: bytes) -> bytes:
    """A real packet with something wrong with it."""
    damaged = bytearray(packet)
    how = dice.randrange(5)
    if how == 0:
        for _ in range(dice.choice([1, 1, 2, 8])):
            damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
    elif how == 1:
        del damaged[dice.randrange(1, len(damaged)) :]
    elif how == 2:
        damaged += dice.randbytes(dice.choice([1, 4, 100, 700]))
    elif how == 3:
        cut = dice.randrange(1, len(damaged))
        damaged[cut:] = other[cut:]
    else:  # a length somewhere among the first words
        at = dice.randrange(min(24, len(damaged)))
        damaged[at] = dice.choice([0, 1, 127, 128, 255])
    return bytes(damaged)


class Range:
    """A stage behind a relay that has written down what real clients send, and everything that went wrong."""

    def __init__(self, on: Stage, line: Relay, sender: Client, viewer: Client) -> None:
        self.on, self.line, self.sender, self.viewer = on, line, sender, viewer
        self.heard: list[bytes] = []
        self.errors: list[dict[str, Any]] = []

    def strange(self, seed: int) -> Iterator[bytes]:
        """The shots that nobody may answer, whoever fires them.

        A check that was overheard is answered, and who repeats it takes nothing (M5). It is the same check
        with anything behind its signature, where the fingerprint was (RFC 8489, 14.5).
        """
        checks = {one[:-FINGERPRINT_LENGTH] for one in self.heard if kind(one) == "stun"}
        return (shot for shot in self.shots(seed) if shot[:-FINGERPRINT_LENGTH] not in checks)

    def shots(self, seed: int) -> Iterator[bytes]:
        """Everything that was heard, as it was and damaged, and garbage in between."""
        dice = random.Random(seed)
        kinds = sorted({kind(one) for one in self.heard})
        assert kinds == ["dtls", "srtcp", "srtp", "stun"]
        packets = [[one for one in self.heard if kind(one) == name] for name in kinds]
        for _ in range(SHOTS):
            packet, other = dice.choice(dice.choice(packets)), dice.choice(dice.choice(packets))
            yield dice.choice([garbage(dice), packet, mutated(dice, packet, other)])

    def held(self) -> list[int]:
        """What the port keeps: names, routes, and the paths of each connection."""
        port = self.on.plane._port
        peers = [one.peer for one in self.on.plane._connections.values()]
        routes = [getattr(one, "_routes", ()) for one in port._sockets]
        return [len(port.door._endpoints), *map(len, routes), *(len(one._ice.paths()) for one in peers)]

    async def goes_on(self) -> None:
        for _ in range(15):
            await self.viewer.next_frame("0")
        assert self.errors == []
        assert self.on.plane.connections == 2


@asynccontextmanager
async def shooting_range(*, by_tcp: bool) -> AsyncIterator[Range]:
    async with stage() as on, relay(on.plane.port, seed=5) as line:
        heard: list[bytes] = []
        line.heard = heard.append
        line.onward_by_tcp = by_tcp
        on.reroute = line.reroute(on.plane.port)
        sender = await on.publish("zhengzhou")
        viewer = await on.subscribe("kaifeng", ("video",))
        found = Range(on, line, sender, viewer)
        asyncio.get_running_loop().set_exception_handler(lambda _, context: found.errors.append(context))
        while {kind(one) for one in heard} != {"stun", "dtls", "srtp", "srtcp"}:
            await viewer.next_frame("0")
        found.heard = list(heard)
        yield found


@pytest.mark.parametrize("seed", [1, 2])
async def test_M46_strangers_are_heard_by_nobody(seed: int, caplog: pytest.LogCaptureFixture) -> None:
    async with shooting_range(by_tcp=False) as fire:
        before, dropped = fire.held(), sum(map(drops.counted, Drop))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            stranger.setblocking(False)
            stranger.connect(("127.0.0.1", fire.on.plane.port))
            for fired, shot in enumerate(fire.strange(seed), 1):
                stranger.send(shot)
                if not fired % AT_ONCE:
                    await asyncio.sleep(0)
            await fire.goes_on()
            with pytest.raises(BlockingIOError):
                stranger.recv(2048)
        assert fire.held() == before
        assert sum(map(drops.counted, Drop)) - dropped >= fired
    assert complaints(caplog) == []


@pytest.mark.parametrize("by_tcp", [False, True], ids=["udp", "tcp"])
async def test_M46_a_client_gone_mad_breaks_nothing(by_tcp: bool, caplog: pytest.LogCaptureFixture) -> None:
    async with shooting_range(by_tcp=by_tcp) as fire:
        before = fire.held()
        for number, shot in enumerate(fire.shots(3)):
            fire.line.inject(shot)
            if not number % AT_ONCE:
                await asyncio.sleep(0)
        await fire.goes_on()
        assert fire.held() == before
    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == []


async def test_M46_a_client_that_has_the_keys_breaks_nothing_either(caplog: pytest.LogCaptureFixture) -> None:
    """Authentic packets with nonsense in them reach the router: the others must not notice."""
    dice = random.Random(6)
    async with shooting_range(by_tcp=False) as fire:
        hostile = await fire.on.publish("luoyang")
        await hostile.connected()
        keys = hostile.video_sender.transport._tx_srtp
        rtp = b"\x90\xe0" + bytes(6) + (0x1234).to_bytes(4, "big") + b"\xbe\xde\x00\x02" + bytes(60)
        reports = b"\x81\xc9\x00\x07" + bytes(28) + b"\x8f\xcd\x00\x04" + bytes(16)
        for number in range(SHOTS):
            try:
                if number % 2:
                    shot = keys.protect(mutated(dice, rtp, garbage(dice) + rtp))
                else:
                    shot = keys.protect_rtcp(mutated(dice, reports, garbage(dice) + reports))
            except (pylibsrtp.Error, ValueError):
                continue  # libsrtp would not even send that
            fire.line.inject(shot)
            if not number % AT_ONCE:
                await asyncio.sleep(0)
        for _ in range(15):
            await fire.viewer.next_frame("0")
        assert fire.errors == []
        assert fire.on.plane.connections == 3
    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == []


async def test_M46_any_stream_of_bytes_on_tcp_is_ended_and_nobody_else_notices() -> None:
    """At once when it is nonsense, after 5 s when it might still become a frame."""
    dice = random.Random(9)

    async def answer_to(shot: bytes) -> bytes:
        framed = len(shot).to_bytes(2, "big") + shot
        reader, writer = await asyncio.open_connection("127.0.0.1", fire.on.plane.port)
        writer.write(dice.choice([framed, shot + bytes(3000), framed[:1] + b"\xff" + framed]))
        try:
            return await reader.read()
        except ConnectionError:
            return b""
        finally:
            writer.close()

    async with shooting_range(by_tcp=True) as fire:
        before = fire.held()
        shots = list(islice(fire.strange(9), 50))
        answers = await asyncio.gather(*map(answer_to, shots))
        answered = [(shot.hex(), said.hex()) for shot, said in zip(shots, answers, strict=True) if said]
        assert answered == []
        await fire.goes_on()
        assert fire.held() == before
