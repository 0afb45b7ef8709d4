"""What is on its way to a connection when that is ended disturbs nobody."""

from __future__ import annotations

import asyncio

from hub.media.transport.peer import Peer
from tests.support.rtc import SESSION, stage


async def test_M19_a_packet_that_comes_behind_the_end_is_nobodys() -> None:
    async with stage() as on:
        await on.publish("zhengzhou")
        await on.ear.until(lambda: len(on.ear.started) == 2)
        (peer,) = on.plane._by_peer
        received, held = Peer.receive, list[bytes]()
        arrived = asyncio.Event()

        def hold(datagram: bytes, now: float) -> None:
            held.append(datagram)
            arrived.set()

        peer.receive = hold  # type: ignore[method-assign]
        await arrived.wait()
        await on.plane.close_venue(SESSION, "zhengzhou")
        for datagram in held:
            received(peer, datagram, 0.0)
        assert len(on.ear.started) == len(on.ear.ended) == 2
