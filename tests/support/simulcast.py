"""A camera that sends three sizes in three layers in time, as Chromium does, and what viewers get of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from struct import Struct

from hub.media.rtp import packet
from hub.media.rtp.payload import Vp8, parse_vp8
from tests.support.packets import VIDEO_PT, Sent

# (layer, depends on the base alone); the first of all is a key frame.
PATTERN = ((0, False), (2, True), (1, True), (2, False), (0, False), (2, False), (1, False), (2, False))
# encoding, picture, part, then pictures it depends on
_BODY = Struct("!BIBBiii")


@dataclass
class LayeredEncoding:
    """One encoding; ``frame`` gives the packets of the next picture."""

    index: int
    ssrc: int
    seq: int
    timestamp: int
    picture_id: int
    tl0: int
    width: int
    frames: int = 0
    turn: int = 0
    bases: list[int] = field(default_factory=list)
    middles: list[int] = field(default_factory=list)

    def frame(self, *, keyframe: bool = False, packets: int = 2, size: int = 20) -> list[bytes]:
        if keyframe or not self.frames:
            keyframe, self.turn = True, 0
        layer, sync = PATTERN[self.turn % len(PATTERN)]
        needs = self._needs(layer, sync, keyframe)
        if layer == 0:
            self.tl0 = (self.tl0 + 1) & 0xFF
        out = []
        for part in range(packets):
            body = _BODY.pack(self.index, self.frames, part, len(needs), *(*needs, -1, -1, -1)[:3]) + bytes(
                size
            )
            out.append(self._packet(body, layer, sync, keyframe, part, last=part == packets - 1))
        if layer == 0:
            self.bases, self.middles = [self.frames], self.middles if not keyframe else []
        elif layer == 1:
            self.middles = [self.frames]
        self.frames += 1
        self.turn += 1
        self.timestamp = (self.timestamp + 3000) & 0xFFFF_FFFF
        self.picture_id = (self.picture_id + 1) & 0x7FFF
        return out

    def _needs(self, layer: int, sync: bool, keyframe: bool) -> list[int]:
        if keyframe:
            return []
        return self.bases if layer == 0 or sync else [*self.bases, *self.middles]

    def _packet(self, body: bytes, layer: int, sync: bool, keyframe: bool, part: int, *, last: bool) -> bytes:
        head = bytes((0x90 if part == 0 else 0x80, 0xE0)) + (0x8000 | self.picture_id).to_bytes(2, "big")
        head += bytes((self.tl0, (layer << 6) | (0x20 if sync else 0)))
        if part == 0:
            height = self.width * 9 // 16
            tag = bytes((0 if keyframe else 1, 0, 0))
            start = b"\x9d\x01\x2a" + self.width.to_bytes(2, "little") + height.to_bytes(2, "little")
            head += tag + (start if keyframe else b"")
        data = packet.build(
            payload_type=VIDEO_PT,
            sequence_number=self.seq,
            timestamp=self.timestamp,
            ssrc=self.ssrc,
            payload=head + body,
            marker=last,
        )
        self.seq = (self.seq + 1) & 0xFFFF
        return data


def three_sizes() -> list[LayeredEncoding]:
    return [
        LayeredEncoding(0, 11, 65_500, 0xFFFF_0000, 0x7FF8, 250, 320),
        LayeredEncoding(1, 22, 40_000, 1_000, 100, 9, 640),
        LayeredEncoding(2, 33, 7, 0x8000_0000, 0, 100, 1280),
    ]


@dataclass(frozen=True)
class Piece:
    """One packet of a picture as a viewer got it."""

    seq: int
    timestamp: int
    marker: bool
    vp8: Vp8
    encoding: int
    picture: int
    part: int
    needs: tuple[int, ...]
    payload: bytes

    def continues(self, before: Piece) -> bool:
        """It is a later part of the same picture, not the picture shown anew."""
        same = (self.encoding, self.picture) == (before.encoding, before.picture)
        return same and self.part > before.part

    @classmethod
    def of(cls, sent: Sent) -> Piece:
        vp8 = parse_vp8(sent.payload)
        at = vp8.size + ((10 if vp8.keyframe else 3) if vp8.starts_frame else 0)
        encoding, picture, part, count, *needs = _BODY.unpack_from(sent.payload, at)
        return cls(
            sent.seq,
            sent.timestamp,
            sent.marker,
            vp8,
            encoding,
            picture,
            part,
            tuple(needs[:count]),
            sent.payload[vp8.size :],
        )
