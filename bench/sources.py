"""What synthetic venues send: a camera that plays a sample in a circle, and a microphone."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable

from bench.descriptions import OPUS, VP8
from bench.peers import Peer
from bench.sample import payloads
from hub.media.rtp import packet

STAMP_BYTES = 8
_PACKETS_PER_S, _OPUS_BYTES = 50, 120
_KEY_FRAMES_APART_S = 0.3  # as libwebrtc answers requests


async def paced(per_s: float, step: Callable[[], None]) -> None:
    """``step`` so often, for ever; each source with a beginning of its own."""
    loop = asyncio.get_running_loop()
    began = loop.time() + secrets.randbelow(1000) / 1000 / per_s
    done = 0
    while True:
        await asyncio.sleep(max(0.0, began + done / per_s - loop.time()))
        step()
        done += 1


class Camera:
    """Each frame in one burst, as an encoder gives it. Starts again with the key frame when asked for one.

    ``stamped``: the last bytes of every payload say when it left (UTC, nanoseconds), to measure delay.
    """

    def __init__(
        self, peer: Peer, ssrc: int, encoded: list[bytes], fps: int, *, stamped: bool = False
    ) -> None:
        self.sent = 0
        self.asked = 0  # requests for a key frame that came
        self._send, self._ssrc, self._frames, self._fps = peer.send_rtp, ssrc, encoded, fps
        self._stamped = stamped
        peer.on_key_frame_request = self._key_frame_wanted
        self._number = self._next = 0
        self._began_at = 0.0

    async def run(self) -> None:
        await paced(self._fps, self._send_frame)

    def _key_frame_wanted(self) -> None:
        self.asked += 1
        if time.monotonic() - self._began_at > _KEY_FRAMES_APART_S:
            self._next = 0

    def _send_frame(self) -> None:
        if self._next == 0:
            self._began_at = time.monotonic()
        parts = payloads(self._frames[self._next], self._number)
        for at, payload in enumerate(parts):
            if self._stamped:
                payload += time.time_ns().to_bytes(STAMP_BYTES, "big")
            self._send(
                packet.build(
                    payload_type=VP8,
                    sequence_number=self.sent + at,
                    timestamp=self._number * 90_000 // self._fps,
                    ssrc=self._ssrc,
                    payload=payload,
                    marker=at == len(parts) - 1,
                )
            )
        self.sent += len(parts)
        self._number += 1
        self._next = (self._next + 1) % len(self._frames)


class Microphone:
    """Opus of 48 kbit/s, 50 packets a second."""

    def __init__(self, peer: Peer, ssrc: int) -> None:
        self.sent = 0
        self._send, self._ssrc = peer.send_rtp, ssrc
        self._sound = bytes((0xFC,)) + secrets.token_bytes(_OPUS_BYTES - 1)  # one frame of 20 ms a packet

    async def run(self) -> None:
        await paced(_PACKETS_PER_S, self._send_packet)

    def _send_packet(self) -> None:
        self._send(
            packet.build(
                payload_type=OPUS,
                sequence_number=self.sent,
                timestamp=self.sent * 960,
                ssrc=self._ssrc,
                payload=self._sound,
            )
        )
        self.sent += 1
