"""One key, one number, one packet: a slot under everything that may happen to it, with real ciphers."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from pylibsrtp import Error, Policy, Session

from hub.media.rtp.feedback import build_nack
from hub.media.sfu.outputs import Address, Output
from hub.media.sfu.publisher import Publisher
from hub.media.sfu.router import Router
from hub.media.sfu.subscriber import Subscriber
from tests.support.packets import Camera, Sent, Viewer, video_slot, video_spec

KEY = bytes(range(44))
GCM = Policy.SRTP_PROFILE_AEAD_AES_256_GCM


class Line:
    """A viewer whose packets are really protected, and opened by a receiver that has been there all along."""

    def __init__(self) -> None:
        self.viewer = Viewer()
        self.broken = False
        self.plain: dict[tuple[int, int], bytes] = {}
        self._cipher = Session(
            Policy(key=KEY, ssrc_type=Policy.SSRC_ANY_OUTBOUND, srtp_profile=GCM)
        )  # as aiortc makes it, but refusing a repeated number
        self._opening = Session(Policy(key=KEY, ssrc_type=Policy.SSRC_ANY_INBOUND, srtp_profile=GCM))

    def protect(self, packet: bytes) -> bytes:
        sent = Sent.of(packet)
        assert self.plain.setdefault((sent.ssrc, sent.seq), packet) == packet, "one number, two packets"
        try:
            return self._cipher.protect(packet)
        except Error as error:
            raise AssertionError("a number was used before") from error

    def sendto(self, data: bytes, address: Address) -> None:
        if self.broken:
            raise OSError
        try:
            self._opening.unprotect(data)
        except Error as error:
            raise AssertionError("the roll-over counts of both ends differ") from error

    @property
    def output(self) -> Output:
        return Output(self, self.sendto, ("192.0.2.1", 4000))


class World:
    """Two cameras, and a connection with one slot after the other."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.router = Router(wall_offset_s=0.0, cname="x")
        self.line = Line()
        self.now = 1.0
        self.ssrc = 7000
        self.cameras = [Camera(ssrc=11, seq=65_400), Camera(ssrc=22, seq=30_000)]
        self.publishers: list[Publisher] = [
            self.router.add_publisher(Viewer(), video_spec(f"c{n}"), 1.0) for n in range(2)
        ]
        self.slot: Subscriber = self.router.add_subscriber(self.line.viewer, video_slot(self.ssrc))
        self.router.set_output(self.line.viewer, self.line.output, 1.0)

    def film(self, which: int, *, keyframe: bool) -> None:
        """A picture of three packets, some of them lost, late or doubled."""
        packets = self.cameras[which].frame(keyframe=keyframe, packets=3)
        packets += [packet for packet in packets if self.chance.random() < 0.2]
        if self.chance.random() < 0.4:
            self.chance.shuffle(packets)
        for packet in packets:
            if self.chance.random() > 0.1:
                self.router.receive_rtp(self.publishers[which].encodings[0], packet, self.now)

    def do(self, step: int) -> None:
        self.now += 0.02
        router, viewer, camera = self.router, self.line.viewer, self.cameras[step % 2]
        match step // 2:
            case 0 | 1 | 2:
                self.film(step % 2, keyframe=step // 2 == 0)
            case 3:
                router.assign(self.slot, self.publishers[step % 2], self.now)
            case 4:
                router.assign(self.slot, None, self.now)
            case 5:  # the encoder begins anew: another stream, other numbers
                camera.ssrc += 100
                camera.seq = self.chance.randrange(65_536)
                camera.timestamp = self.chance.randrange(1 << 32)
            case 6:  # the same stream, its clock set back
                camera.timestamp = (camera.timestamp - 900_000) & 0xFFFF_FFFF
            case 7:
                lost = sorted({seq for ssrc, seq in self.line.plain if ssrc == self.ssrc})[-20:]
                nack = build_nack(1, self.ssrc, lost or [5])
                router.receive_subscriber_rtcp(viewer, nack, self.now)
            case 8:
                router.set_output(viewer, None if step % 2 else self.line.output, self.now)
            case 9:
                self.line.broken = bool(step % 2)
            case 10:  # a new offer on the same connection: the slot goes, another comes
                router.remove_subscriber(self.slot, self.now)
                self.ssrc += 2
                self.slot = router.add_subscriber(viewer, video_slot(self.ssrc))
        router.poll(self.now)


@given(st.integers(0, 1 << 30), st.lists(st.integers(0, 21), max_size=120))
def test_M11_whatever_happens_to_a_slot_no_number_carries_two_packets(seed: int, steps: list[int]) -> None:
    world = World(seed)
    for step in (6, 0, 1, *steps):
        world.do(step)
    firsts: dict[int, int] = {}
    for ssrc, seq in world.line.plain:
        firsts.setdefault(ssrc, seq)
    assert all(seq < 1 << 15 for seq in firsts.values())
