"""The client's network changes: media goes on, by a new address or by an ICE restart."""

from __future__ import annotations

import asyncio

import pytest
from aioice import stun

from hub.errors import Refusal
from hub.media.transport.ice import Credentials
from signaling.sdp import IceCredentials
from tests.support.netem import relay
from tests.support.rtc import Stage, stage


async def check(on: Stage, ours: Credentials, theirs: IceCredentials, password: str) -> bytes:
    """One nominating check from a socket of its own, as after a restart; the hub's answer."""
    message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    message.attributes["USERNAME"] = f"{ours.ufrag}:{theirs.ufrag}"
    message.attributes["PRIORITY"] = 1
    message.attributes["USE-CANDIDATE"] = None
    message.add_message_integrity(password.encode())
    answers: asyncio.Queue[bytes] = asyncio.Queue()

    class Socket(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, addr: object) -> None:
            answers.put_nowait(data)

    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(Socket, remote_addr=("127.0.0.1", on.plane.port))
    transport.sendto(bytes(message))
    try:
        async with asyncio.timeout(30):
            while True:  # media may come to the new address before the answer does
                data = await answers.get()
                if data[0] < 4:
                    return data
    finally:
        transport.close()


async def test_M6_a_new_address_of_the_viewer_interrupts_nothing() -> None:
    async with stage() as on, relay(on.plane.port) as line:
        await on.publish("zhengzhou")
        on.reroute = line.reroute(on.plane.port)
        viewer = await on.subscribe("kaifeng", ("video",))
        await viewer.next_frame("0")
        line.move_everybody()
        for _ in range(100):  # more than is under way or waits to be decoded
            await viewer.next_frame("0")


async def test_M6_an_ice_restart_keeps_the_connection_and_its_keys() -> None:
    async with stage() as on:
        sender = await on.publish("zhengzhou")
        viewer = await on.subscribe("kaifeng", ("video",))
        await viewer.next_frame("0")
        resource = on.resource(sender)
        before = on.plane.describe(resource)
        fresh = IceCredentials("anew", "r" * 24)
        after = await on.plane.restart_ice(resource, fresh)
        assert after.etag != before.etag
        assert after.local != before.local
        answer = stun.parse_message(
            await check(on, Credentials(after.local.ufrag, after.local.pwd), fresh, after.local.pwd)
        )
        assert answer.message_class == stun.Class.RESPONSE
        assert answer.check_message_integrity(after.local.pwd.encode())
        for _ in range(30):
            await viewer.next_frame("0")
        assert [change for change in on.ear.changes if not change[1]] == []


async def test_an_offer_with_another_certificate_is_no_restart() -> None:
    async with stage() as on:
        sender = await on.publish("zhengzhou")
        stranger = on.stranger()
        stranger.send_camera_and_microphone()
        with pytest.raises(Refusal, match=r"media\.stale"):
            await on.plane.restart(on.resource(sender), await stranger.offer())


async def test_the_same_offer_again_changes_nothing() -> None:
    async with stage() as on:
        sender = await on.publish("zhengzhou")
        await sender.connected()
        assert sender.answer is not None
        again = await on.plane.restart(on.resource(sender), sender.pc.localDescription.sdp)
        assert again.etag == sender.answer.etag
        assert len(on.plane.sources("s-test")) <= 2


async def test_a_connection_of_somebody_else_is_unknown() -> None:
    async with stage() as on:
        sender = await on.publish("zhengzhou")
        with pytest.raises(Refusal, match=r"media\.unknown_resource"):
            await on.plane.close_resource(on.resource(sender), owner="somebody")
