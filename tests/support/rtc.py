"""Clients that are stock aiortc: a small camera and microphone, and viewers that decode what they get."""

from __future__ import annotations

import array
import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from fractions import Fraction
from typing import Any

import av
from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCRtpSender,
    RTCSessionDescription,
)
from aiortc.mediastreams import AudioStreamTrack

from hub.clock import Clock, SystemClock
from hub.domain.session import Source
from hub.live.media import Answer, MediaPlane, MediaSettings
from signaling.media_vocabulary import Slot, VenueLine

WIDTH, HEIGHT, FPS = 160, 120, 15
RATE, SAMPLES = 48_000, 960
PATIENCE_S = 30.0
SESSION = "s-test"

# RFC 9725, 4.4.1 wants max-bundle. With aiortc's "balanced" a second video m-line stays on a dead transport.
CONFIGURATION = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)


class CameraTrack(MediaStreamTrack):
    """Grey pictures that grow lighter, so that a viewer can see which is later."""

    kind = "video"

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._began: float | None = None

    async def recv(self) -> av.VideoFrame:
        loop = asyncio.get_running_loop()
        self._began = self._began or loop.time()
        await asyncio.sleep(max(0.0, self._began + self._count / FPS - loop.time()))
        frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
        for plane, value in zip(frame.planes, (16 + self._count * 3 % 220, 128, 128), strict=True):
            plane.update(bytes([value]) * plane.buffer_size)
        frame.pts, frame.time_base = self._count * 90_000 // FPS, Fraction(1, 90_000)
        self._count += 1
        return frame


class VoiceTrack(MediaStreamTrack):
    """A loud tone for so many seconds, then silence."""

    kind = "audio"

    def __init__(self, seconds: float = 2.0) -> None:
        super().__init__()
        self._seconds = seconds
        self._count = 0
        self._began: float | None = None

    async def recv(self) -> av.AudioFrame:
        loop = asyncio.get_running_loop()
        self._began = self._began or loop.time()
        await asyncio.sleep(max(0.0, self._began + self._count * SAMPLES / RATE - loop.time()))
        frame = av.AudioFrame(format="s16", layout="mono", samples=SAMPLES)
        height = 16_000 if self._count * SAMPLES < self._seconds * RATE else 0
        tone = [round(height * math.sin(2 * math.pi * 440 * n / RATE)) for n in range(SAMPLES)]
        frame.planes[0].update(array.array("h", tone).tobytes())
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        frame.pts = self._count * SAMPLES
        self._count += 1
        return frame


class Client:
    """One peer connection of a client that knows nothing of our code."""

    def __init__(self) -> None:
        self.pc = RTCPeerConnection(CONFIGURATION)
        self.tracks: dict[str, MediaStreamTrack] = {}
        self.answer: Answer | None = None
        self.pc.on("track", self._tracked)

    def _tracked(self, track: MediaStreamTrack) -> None:
        mid = next(one.mid for one in self.pc.getTransceivers() if one.receiver.track is track)
        self.tracks[str(mid)] = track

    def send(self, *tracks: MediaStreamTrack) -> None:
        for track in tracks:
            self.pc.addTransceiver(track, direction="sendonly")

    def send_camera_and_microphone(self) -> None:
        self.send(AudioStreamTrack(), CameraTrack())

    def receive(self, *kinds: str) -> None:
        for kind in kinds:
            self.pc.addTransceiver(kind, direction="recvonly")

    async def offer(self) -> str:
        await self.pc.setLocalDescription(await self.pc.createOffer())
        return self.pc.localDescription.sdp

    async def accept(self, sdp: str) -> None:
        await self.pc.setRemoteDescription(RTCSessionDescription(sdp=sdp, type="answer"))

    async def connected(self) -> None:
        await until(self.pc, "connectionstatechange", lambda: self.pc.connectionState == "connected")

    async def ended(self) -> None:
        """The hub has said good-bye."""
        await until(self.pc, "connectionstatechange", lambda: self.pc.connectionState == "closed")

    async def next_frame(self, mid: str) -> Any:
        """The next decoded picture or sound of that m-line."""
        async with asyncio.timeout(PATIENCE_S):
            return await self.tracks[mid].recv()

    async def watch(self, mid: str, seconds: float) -> None:
        """Its pictures go on for so long; those that have waited to be taken are no measure of time."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end:
            await self.next_frame(mid)

    async def close(self) -> None:
        await self.pc.close()

    @property
    def video_sender(self) -> RTCRtpSender:
        return next(one for one in self.pc.getSenders() if one.kind == "video")


async def until(emitter: Any, event: str, condition: Callable[[], bool]) -> None:
    """Wait for ``condition``, which can only come true when ``emitter`` says ``event``."""
    changed = asyncio.Event()
    emitter.on(event, changed.set)
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            changed.clear()
            await changed.wait()


class Ear:
    """A MediaListener that remembers everything and can be waited for."""

    def __init__(self) -> None:
        self.started: list[Source] = []
        self.ended: list[Source] = []
        self.changes: list[tuple[str, bool, str]] = []
        self.heard: list[dict[str, int]] = []
        self.speech: list[tuple[str, int, int]] = []
        self.slots: dict[str, list[Slot]] = {}
        self.layers: dict[str, dict[str, list[str]]] = {}
        self.lines_told: list[dict[str, VenueLine]] = []
        self._changed = asyncio.Event()

    def source_started(self, session_id: str, source: Source) -> None:
        self.started.append(source)
        self._changed.set()

    def source_ended(self, session_id: str, source: Source) -> None:
        self.ended.append(source)
        self._changed.set()

    def connection_changed(
        self, session_id: str, resource: str, venue: str, owner: str, connected: bool, reason: str
    ) -> None:
        self.changes.append((resource, connected, reason))
        self._changed.set()

    def levels(self, session_id: str, levels: dict[str, int]) -> None:
        self.heard.append(levels)
        self._changed.set()

    def spoke(self, session_id: str, venue: str, from_ms: int, to_ms: int) -> None:
        self.speech.append((venue, from_ms, to_ms))
        self._changed.set()

    def lines(self, session_id: str, venues: dict[str, VenueLine]) -> None:
        self.lines_told.append(venues)
        self._changed.set()

    def on_layers(self, resource: str, encodings: dict[str, list[str]]) -> None:
        self.layers[resource] = encodings
        self._changed.set()

    def on_slots(self, resource: str, slots: list[Slot]) -> None:
        self.slots[resource] = slots
        self._changed.set()

    def venues_in(self, resource: str, kind: str = "video") -> list[str | None]:
        return [slot.venue for slot in self.slots.get(resource, []) if slot.kind == kind]

    async def until(self, condition: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
        async with asyncio.timeout(patience_s):
            while not condition():
                self._changed.clear()
                await self._changed.wait()


class Ledger:
    """A sink that keeps what a recorder would."""

    def __init__(self) -> None:
        self.packets = 0

    def receive_rtp(self, *_: object) -> None:
        self.packets += 1

    def receive_sender_report(self, *_: object) -> None: ...

    def close(self) -> None: ...


class Stage:
    """A media plane of its own, with clients of one session and an ear on it."""

    def __init__(self, plane: MediaPlane, clock: Clock) -> None:
        self.plane = plane
        self.clock = clock
        self.ear = Ear()
        self.clients: list[Client] = []
        self.reroute: Callable[[str], str] = lambda sdp: sdp
        plane.listen(self.ear)

    async def publish(self, venue: str, *, owner: str | None = None, displace: bool = True) -> Client:
        client = self.stranger()
        client.send_camera_and_microphone()
        offer = await client.offer()
        client.answer = await self.plane.publish(
            SESSION, venue, offer, {}, owner=owner or f"page-{venue}", displace=displace
        )
        await client.accept(self.reroute(client.answer.sdp))
        return client

    async def subscribe(
        self,
        venue: str,
        kinds: tuple[str, ...] = ("audio", "video"),
        *,
        own: bool = False,
        want: str | None = None,
    ) -> Client:
        client = self.stranger()
        client.receive(*kinds)
        client.answer = await self.plane.subscribe(
            SESSION,
            venue,
            await client.offer(),
            owner=f"page-{venue}",
            own=own,
            want=want,
            on_slots=self.ear.on_slots,
        )
        await client.accept(self.reroute(client.answer.sdp))
        return client

    def resource(self, client: Client) -> str:
        assert client.answer is not None
        return client.answer.resource

    def stranger(self) -> Client:
        """A client the hub does not know yet; it is closed with the stage."""
        client = Client()
        self.clients.append(client)
        return client


@asynccontextmanager
async def stage(settings: MediaSettings | None = None, clock: Clock | None = None) -> AsyncIterator[Stage]:
    clock = clock or SystemClock()
    plane = MediaPlane(clock, settings or MediaSettings())
    await plane.start()
    found = Stage(plane, clock)
    try:
        yield found
    finally:
        await asyncio.gather(*(client.close() for client in found.clients))
        await plane.close()
