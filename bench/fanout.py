"""CPU per forwarded packet of the router alone: one video source to many viewers over real ciphers and UDP.

Run: ``python -m bench.fanout [viewers] [frames]``. Everything but the browser's side is real: admission,
history, rewriting, AES-256-GCM, the way into the kernel on the loopback. What transport adds
(receiving one datagram, opening one packet) comes on top once per incoming packet, not per forwarded one.
How many packets one drain of the socket brings decides how long the trains are.
"""

from __future__ import annotations

import socket
import sys
import time

from pylibsrtp import Policy, Session

from hub.media.accel.chooser import flush
from hub.media.rtp import packet
from hub.media.rtp.extensions import ExtensionIds
from hub.media.sfu.outputs import Output
from hub.media.sfu.publisher import Publisher, PublisherSpec
from hub.media.sfu.router import Router
from hub.media.sfu.subscriber import SlotCodec, SubscriberSpec

PAYLOAD_BYTES = 1150
PACKETS_PER_FRAME = 9  # 2.5 Mbit/s at 30 frames a second


class Viewer:
    """One subscribe connection: its own keys, its own address, the one socket of the hub."""

    def __init__(self, number: int, hub: socket.socket, together: bool) -> None:
        policy = Policy(
            key=number.to_bytes(44, "big"),
            ssrc_type=Policy.SSRC_ANY_OUTBOUND,
            srtp_profile=Policy.SRTP_PROFILE_AEAD_AES_256_GCM,
        )
        policy.allow_repeat_tx = True
        policy.window_size = 1024
        self._sink = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._sink.bind(("127.0.0.1", 0))
        fileno = hub.fileno if together else None
        self.output = Output(Session(policy), hub.sendto, self._sink.getsockname(), fileno)

    def send_rtcp(self, packet: bytes) -> None:
        """Reports are not what is measured."""

    def close(self) -> None:
        self._sink.close()


def a_room(viewers: list[Viewer]) -> tuple[Router, Publisher]:
    router = Router(wall_offset_s=0.0, cname="bench")
    video = PublisherSpec(
        source_id="camera",
        kind="video",
        codec="vp8",
        payload_type=96,
        clock_rate=90_000,
        extensions=ExtensionIds(mid=4, abs_send_time=2),
        nack=True,
        pli=True,
    )
    publisher = router.add_publisher(viewers[0], video, 0.0)
    for number, viewer in enumerate(viewers[1:], 1):
        spec = SubscriberSpec(
            kind="video",
            ssrc=number,
            codecs={"vp8": SlotCodec(96)},
            clock_rate=90_000,
            extensions=ExtensionIds(abs_send_time=3),
        )
        router.set_output(viewer, viewer.output, 0.0)
        router.assign(router.add_subscriber(viewer, spec), publisher, 0.0)
    return router, publisher


def a_frame(number: int) -> list[bytes]:
    """The packets of one picture, the first of all a key frame."""
    frame = []
    for n in range(PACKETS_PER_FRAME):
        descriptor = bytes((0x90 if n == 0 else 0x80, 0x80)) + (0x8000 | number & 0x7FFF).to_bytes(2, "big")
        frame.append(
            packet.build(
                payload_type=96,
                sequence_number=number * PACKETS_PER_FRAME + n,
                timestamp=number * 3000,
                ssrc=1,
                payload=descriptor + bytes((number > 0,)) * PAYLOAD_BYTES,
                marker=n == PACKETS_PER_FRAME - 1,
            )
        )
    return frame


def measure(count: int, frames: int, drain: int, *, together: bool) -> float:
    """Microseconds of CPU per forwarded packet; ``together``: by the batch, ``drain`` packets at a time."""
    packets = [data for number in range(1, frames + 1) for data in a_frame(number)]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hub:
        hub.setblocking(False)
        hub.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 << 20)
        viewers = [Viewer(number, hub, together) for number in range(count + 1)]
        router, publisher = a_room(viewers)
        (encoding,) = publisher.encodings
        for data in a_frame(0):
            router.receive_rtp(encoding, data, 0.0)
        failed = flush()
        began = time.process_time()
        for n, data in enumerate(packets, 1):
            router.receive_rtp(encoding, data, n * 0.0037)
            if n % drain == 0:
                failed += flush()
        failed += flush()
        spent = time.process_time() - began
        for viewer in viewers:
            viewer.close()
    if failed:
        print(f"{failed} packets did not leave")
    return spent / len(packets) / count * 1e6


def main() -> None:
    given = [int(text) for text in sys.argv[1:]]
    viewers, frames = (*given, *(80, 30)[len(given) :])
    print(f"{viewers} viewers, us of CPU per forwarded packet, best of five:")
    single = min([measure(viewers, frames, 1, together=False) for _ in range(5)])
    print(f"  reference, one sendto a packet     {single:.2f}")
    for drain in (1, 2, 4, PACKETS_PER_FRAME):
        best = min([measure(viewers, frames, drain, together=True) for _ in range(5)])
        print(f"  batch, drains of {drain:2} packets        {best:.2f}")


if __name__ == "__main__":
    main()
