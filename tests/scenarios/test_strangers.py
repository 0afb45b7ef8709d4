"""Whoever is not expected makes no state and no noise on the media port."""

from __future__ import annotations

import asyncio
import random
import socket

import pytest
from aioice import stun

from hub.clock import SystemClock
from hub.errors import Refusal
from hub.live.media import MediaPlane, MediaSettings
from hub.media.transport import drops
from hub.media.transport.drops import Drop
from hub.media.transport.peer import KNOCKS_MAX, PACKETS_MAX
from tests.support.netem import relay
from tests.support.offers import CHROMIUM_PUBLISH, offer
from tests.support.rtc import stage


def garbage(dice: random.Random) -> bytes:
    """Random bytes, mostly dressed as something the port knows."""
    first = dice.choice([0, 1, 20, 22, 63, 64, 128, 144, 191, 192, 255, dice.randrange(256)])
    return bytes([first]) + dice.randbytes(dice.choice([0, 1, 11, 12, 40, 200, 1400]))


def forged_check(dice: random.Random, ufrag: str) -> bytes:
    message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    message.attributes["USERNAME"] = f"{ufrag}:abcd"
    message.add_message_integrity(dice.randbytes(16))
    return bytes(message)


async def test_M5_garbage_makes_no_state_and_gets_no_answer() -> None:
    dice = random.Random(7)
    async with stage() as on:
        sender = await on.publish("zhengzhou")
        viewer = await on.subscribe("kaifeng", ("video",))
        await viewer.next_frame("0")
        known = on.plane.describe(on.resource(sender)).local.ufrag
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            stranger.setblocking(False)
            stranger.connect(("127.0.0.1", on.plane.port))
            for number in range(600):
                if number % 3:
                    stranger.send(garbage(dice))
                else:
                    stranger.send(forged_check(dice, known if number % 2 else "nobody"))
            for _ in range(15):
                await viewer.next_frame("0")
            with pytest.raises(BlockingIOError):
                stranger.recv(2048)
        assert on.plane.connections == 2


async def test_M5_garbage_from_a_known_address_breaks_nothing() -> None:
    """The peer itself goes mad: bytes that pass as DTLS, SRTP and SRTCP but are not."""
    dice = random.Random(8)
    async with stage() as on:
        sender = await on.publish("zhengzhou")
        viewer = await on.subscribe("kaifeng", ("video",))
        await viewer.next_frame("0")
        ice = sender.pc.getSenders()[0].transport.transport
        for _ in range(300):
            await ice._send(garbage(dice))
        for _ in range(15):
            await viewer.next_frame("0")


async def test_M5_a_client_whose_certificate_is_not_the_offered_one_is_shut_out() -> None:
    async with stage() as on:
        client = on.stranger()
        client.send_camera_and_microphone()
        claimed = "a=fingerprint:sha-256 " + ":".join(["AB"] * 32)
        lines = [
            claimed if line.startswith("a=fingerprint") else line
            for line in (await client.offer()).splitlines()
        ]
        answer = await on.plane.publish("s-test", "zhengzhou", "\r\n".join(lines), {}, owner="page")
        await client.accept(answer.sdp)
        await on.ear.until(lambda: (answer.resource, False, "failed") in on.ear.changes)
        assert on.ear.started == []
        assert on.plane.connections == 0


async def test_the_hub_says_when_it_has_no_room() -> None:
    async with stage(MediaSettings(max_connections=1)) as on:
        await on.publish("zhengzhou")
        with pytest.raises(Refusal, match=r"media\.too_many"):
            await on.plane.publish("s-test", "kaifeng", offer(CHROMIUM_PUBLISH), {}, owner="page")


async def test_a_wildcard_opens_every_address_on_one_port() -> None:
    plane = MediaPlane(SystemClock(), MediaSettings(host="0.0.0.0"))
    await plane.start()
    try:
        assert {port for _, port in plane.addresses} == {plane.port}
        hosts = {host for host, _ in plane.addresses}
        assert hosts
        assert "0.0.0.0" not in hosts
    finally:
        await plane.close()


async def test_M44_a_client_that_floods_is_held_to_its_share_and_nobody_else_notices() -> None:
    async with stage() as on, relay(on.plane.port) as line:
        await on.publish("zhengzhou")
        viewer = await on.subscribe("kaifeng", ("video",))
        await viewer.next_frame("0")
        on.reroute = line.reroute(on.plane.port)
        flooder = await on.publish("luoyang")
        await flooder.connected()
        flooded = drops.counted(Drop.FLOOD)
        async with asyncio.timeout(60):
            while drops.counted(Drop.FLOOD) - flooded < PACKETS_MAX:
                for number in range(200):
                    line.inject(b"\x80\x60" + number.to_bytes(4, "big") + bytes(1100))
                await asyncio.sleep(0)
        for _ in range(15):
            await viewer.next_frame("0")
        assert on.plane.connections == 3


async def test_M44_whoever_has_heard_a_name_may_not_knock_without_end() -> None:
    dice = random.Random(9)
    async with stage() as on:
        sender = await on.publish("zhengzhou")
        viewer = await on.subscribe("kaifeng", ("video",))
        await viewer.next_frame("0")
        known = on.plane.describe(on.resource(sender)).local.ufrag
        before = {drop: drops.counted(drop) for drop in (Drop.CHECK, Drop.FLOOD)}
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            for _ in range(10 * KNOCKS_MAX):
                stranger.sendto(forged_check(dice, known), ("127.0.0.1", on.plane.port))
            for _ in range(15):
                await viewer.next_frame("0")
        assert drops.counted(Drop.CHECK) - before[Drop.CHECK] <= 3 * KNOCKS_MAX
        assert drops.counted(Drop.FLOOD) - before[Drop.FLOOD] >= 7 * KNOCKS_MAX
