"""A session in virtual time: a camera in three encodings, a voice, and a viewer behind a line of any width.

The viewer reports as libwebrtc does: REMB falls to 0.85 of what came through when packets begin to queue, and
climbs by 8 % a second up to one and a half times that.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

from hub.media.rtp import packet, rtcp
from hub.media.rtp.extensions import ExtensionIds, build
from hub.media.rtp.feedback import Pli, build_remb
from hub.media.rtp.rtcp import ReceiverReport, ReportBlock, build_receiver_report
from hub.media.sfu.router import Router
from tests.support.netem import PERFECT, Impairment, Way
from tests.support.packets import (
    VIDEO_PT,
    Microphone,
    Viewer,
    audio_slot,
    audio_spec,
    video_slot,
    video_spec,
)

IDS = ExtensionIds(transport_cc=5)
STEP_S = 0.02
FRAMES = 2  # a picture every other step
TEMPORAL = (0, 2, 1, 2)  # as libwebrtc's encoder layers it
SHARES = {0: 0.4, 1: 0.2, 2: 0.2}  # of four pictures' octets
QUEUES_S = 0.1  # a delay that a receiver takes for overuse
VOICE, PICTURE = 8000, 7000


@dataclass
class Layer:
    """One encoding: ``frame`` gives the packets of the next picture, in whichever layer in time it is."""

    ssrc: int
    width: int
    bps: int
    seq: int = 1000
    count: int = 0
    tl0: int = 0
    keyframe: bool = True  # the next one is

    def frame(self, numbers: Iterator[int]) -> list[bytes]:
        keyframe, self.keyframe = self.keyframe, False
        if keyframe:
            self.count += -self.count % len(TEMPORAL)
        temporal = TEMPORAL[self.count % len(TEMPORAL)]
        self.tl0 += temporal == 0
        octets = int(self.bps / 8 * STEP_S * FRAMES * len(TEMPORAL) * SHARES[temporal]) * (
            3 if keyframe else 1
        )
        head = bytes((0x90, 0xF0)) + (0x8000 | self.count & 0x7FFF).to_bytes(2, "big")
        head += bytes((self.tl0 & 0xFF, temporal << 6 | 0x20))
        tag = b"\x10\x00\x00\x9d\x01\x2a" if keyframe else b"\x11\x00\x00"
        body = tag + self.width.to_bytes(2, "little") + (self.width * 9 // 16).to_bytes(2, "little")
        body = body.ljust(max(octets, len(body)), b"\0")
        pieces = [body[at : at + 1100] for at in range(0, len(body), 1100)]
        timestamp = self.count * 3600 + self.ssrc
        self.count += 1
        out = []
        for n, piece in enumerate(pieces):
            first = head if n == 0 else bytes((0x80,)) + head[1:]
            out.append(
                packet.build(
                    payload_type=VIDEO_PT,
                    sequence_number=self.seq,
                    timestamp=timestamp,
                    ssrc=self.ssrc,
                    payload=first + piece,
                    marker=n == len(pieces) - 1,
                    extension=build([(IDS.transport_cc, (next(numbers) & 0xFFFF).to_bytes(2, "big"))]),
                )
            )
            self.seq += 1
        return out


@dataclass
class Received:
    """What came of one SSRC: the highest number, how many, and how many of them by the last report."""

    highest: int = -1
    base: int = 0
    count: int = 0
    reported: tuple[int, int] = (0, 0)
    last_at: float = 0.0


@dataclass
class Far:
    """The viewer's end of the line."""

    streams: dict[int, Received] = field(default_factory=dict)
    window: deque[tuple[float, int]] = field(default_factory=deque)
    remb_bps: float = 0.0
    queues: bool = False

    def receive(self, data: bytes, sent_at: float, now: float) -> None:
        ssrc, number = int.from_bytes(data[8:12], "big"), int.from_bytes(data[2:4], "big")
        one = self.streams.setdefault(ssrc, Received(number - 1, number))
        one.highest = max(one.highest, number)
        one.count += 1
        one.last_at = now
        if ssrc == PICTURE:  # libwebrtc leaves sound out
            self.window.append((now, len(data) - 24))
        self.queues = now - sent_at > QUEUES_S

    def throughput_bps(self, now: float) -> float:
        while self.window and self.window[0][0] < now - 1.0:
            self.window.popleft()
        return 8 * sum(octets for _, octets in self.window)

    def remb(self, now: float, passed_s: float) -> bytes:
        through = self.throughput_bps(now)
        if not self.window:
            pass  # nothing is learned from nothing
        elif not self.remb_bps:
            self.remb_bps = through
        elif self.queues:
            self.remb_bps = min(self.remb_bps, 0.85 * through)
        elif self.remb_bps < 1.5 * through + 10_000:
            self.remb_bps = min(self.remb_bps * 1.08**passed_s + 1000, 1.5 * through + 10_000)
        return build_remb(1, int(self.remb_bps), list(self.streams))

    def report(self) -> bytes:
        blocks = []
        for ssrc, one in self.streams.items():
            expected = one.highest - one.base + 1
            missed = expected - one.reported[0] - (one.count - one.reported[1])
            fraction = 256 * max(missed, 0) // max(expected - one.reported[0], 1)
            one.reported = (expected, one.count)
            blocks.append(ReportBlock(ssrc, min(fraction, 255), 0, one.highest, 0, 0, 0))
        return build_receiver_report(ReceiverReport(1, tuple(blocks)))


class Session:
    """``line`` is what the viewer is behind; ``pass_s`` lets time pass."""

    def __init__(self) -> None:
        self.now = 100.0
        self.line: Impairment = PERFECT
        self.far = Far()
        self.router = Router(wall_offset_s=0.0, cname="hub")
        self._publish, self._viewer = Viewer(), Viewer()
        self.sending = 3  # so many of the encodings, the smallest first
        self.layers = [Layer(11, 320, 150_000), Layer(22, 640, 500_000), Layer(33, 1280, 1_700_000)]
        self._microphone = Microphone()
        self._way = Way(seed=1)
        self._under_way: list[tuple[float, int, float, bytes]] = []
        self._steps = 0
        self._numbers = itertools.count()  # of all packets of the connection
        spec = video_spec(rids=("q", "h", "f"), extensions=IDS)
        self.camera = self.router.add_publisher(self._publish, spec, self.now)
        self._voice = self.router.add_publisher(self._publish, audio_spec(), self.now)
        self.picture = self.router.add_subscriber(self._viewer, video_slot(PICTURE))
        self.voice = self.router.add_subscriber(self._viewer, audio_slot(VOICE))
        self.router.set_output(self._viewer, self._viewer.output, self.now)
        self.router.assign(self.picture, self.camera, self.now)
        self.router.assign(self.voice, self._voice, self.now)

    def view(self, width: int) -> None:
        self.router.view(self.picture, width, 0, self.now)

    def move(self) -> None:
        """The viewer is at another address, as behind a NAT that forgot."""
        self.router.set_output(self._viewer, self._viewer.output, self.now)

    def lost_sound(self) -> int:
        one = self.far.streams[VOICE]
        return one.highest - one.base + 1 - one.count

    @property
    def width(self) -> int:
        """Of the picture that the viewer gets; 0 for none."""
        rung = self.picture.rung_now(self.now)
        return rung.width if rung is not None else 0

    def pass_s(self, seconds: float) -> None:
        for _ in range(round(seconds / STEP_S)):
            self._step()

    def _step(self) -> None:
        self.now += STEP_S
        self._steps += 1
        self.router.receive_rtp(self._voice.encodings[0], self._microphone.packet(), self.now)
        if self._steps % FRAMES == 0:
            both = zip(self.camera.encodings, self.layers, strict=True)
            for encoding, layer in list(both)[: self.sending]:
                for data in layer.frame(self._numbers):
                    self.router.receive_rtp(encoding, data, self.now)
        if self._steps % 25 == 0:
            compound = self.far.report() if self._steps % 50 == 0 else b""
            compound += self.far.remb(self.now, 25 * STEP_S)
            self.router.receive_subscriber_rtcp(self._viewer, compound, self.now)
        self._poll()
        self._deliver()

    def _poll(self) -> None:
        while self.router.deadline <= self.now:
            for wish in self.router.poll(self.now):
                for report in rtcp.parse(wish.packet):
                    for layer in self.layers:
                        layer.keyframe |= isinstance(report, Pli) and report.media_ssrc == layer.ssrc

    def _deliver(self) -> None:
        for data in self._viewer.got:
            arrival = self._way.arrival(data, self.line, self.now)
            if arrival is not None:
                heappush(self._under_way, (arrival, len(self._under_way), self.now, data))
        self._viewer.got.clear()
        while self._under_way and self._under_way[0][0] <= self.now:
            arrival, _, sent_at, data = heappop(self._under_way)
            self.far.receive(data, sent_at, arrival)
