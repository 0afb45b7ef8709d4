"""Connections come and go by the dozen; of those that went nothing stays."""

from __future__ import annotations

import asyncio
import gc
import os
from typing import Any

from bench import descriptions
from bench.descriptions import Line
from bench.peers import Peer as Client
from hub.clock import SystemClock
from hub.live.media import MediaPlane, MediaSettings
from hub.media.sfu.publisher import Publisher
from hub.media.sfu.router import Router
from hub.media.transport.peer import Peer
from hub.media.transport.udp import UdpSocket
from tests.support.packets import Camera
from tests.support.rtc import SESSION, Ear

PAIRS = 25
AT_ONCE = 5
SSRC = 1111


async def come_and_go(plane: MediaPlane, ear: Ear, number: int) -> None:
    """One sends, one watches; half of them say goodbye by DTLS, the others by signalling."""
    sender, viewer = Client(), Client()
    published = await plane.publish(
        f"{SESSION}-{number % 5}",
        f"v{number}",
        descriptions.offer(sender, [Line("video", SSRC)]),
        {},
        owner=f"o{number}",
        displace=False,
    )
    watching = await plane.subscribe(
        f"{SESSION}-{number % 5}",
        None,
        descriptions.offer(viewer, [Line("video")]),
        owner=f"o{number}",
        own=True,
        want=f"v{number}",
        displace=False,
    )
    await asyncio.gather(sender.connect(published.sdp), viewer.connect(watching.sdp))
    camera = Camera(ssrc=SSRC)
    for n in range(10):
        for packet in camera.frame(keyframe=not n):
            sender.send_rtp(packet)
    async with asyncio.timeout(30):
        await viewer.seen(1)
    if number % 2:
        await sender.dtls.stop()
        await viewer.dtls.stop()
    else:
        await plane.restart(watching.resource, descriptions.offer(viewer, [Line("video")]))
        await plane.close_resource(published.resource)
        await plane.close_resource(watching.resource)
    await ear.until(
        lambda: {published.resource, watching.resource} <= {one for one, up, _ in ear.changes if not up}
    )
    for client in (sender, viewer):
        await client.dtls.stop()
        client.close()


async def only_the_watch(plane: MediaPlane) -> asyncio.Task[Any]:
    """The one task that stays, when those that take leave are done."""
    (watch,) = (one for one in plane._tasks._running if "rounds" in one.get_name())
    leaving = plane._tasks._running - {watch}
    if leaving:
        await asyncio.wait(leaving, timeout=30)
    await asyncio.sleep(0)
    assert plane._tasks._running == {watch}
    return watch


def kept() -> dict[int, object]:
    """What there is of the media plane in this process, other tests' leftovers included."""
    gc.collect()
    return {id(one): one for one in gc.get_objects() if isinstance(one, Peer | Router | Publisher)}


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


async def test_of_fifty_connections_nothing_stays() -> None:
    before = kept()
    plane, ear = MediaPlane(SystemClock(), MediaSettings()), Ear()
    await plane.start()
    try:
        plane.listen(ear)
        await fifty_connections(plane, ear, before)
    finally:
        await plane.close()


async def fifty_connections(plane: MediaPlane, ear: Ear, before: dict[int, object]) -> None:
    await come_and_go(plane, ear, 0)  # what is made once is made by now
    watch = await only_the_watch(plane)
    tasks, handles = len(asyncio.all_tasks()), descriptors()
    for first in range(0, PAIRS, AT_ONCE):
        await asyncio.gather(*(come_and_go(plane, ear, first + number) for number in range(AT_ONCE)))
    assert plane.connections == 0
    port = plane._port
    assert [one._routes for one in port._sockets if isinstance(one, UdpSocket)] == [{}]
    assert port.door._endpoints == {}
    assert (plane._rooms, plane._by_peer, plane._pump._routers) == ({}, {}, [])
    assert await only_the_watch(plane) is watch
    assert len(asyncio.all_tasks()) <= tasks
    assert kept().keys() <= before.keys()
    assert descriptors() <= handles
