"""How long a hole in a picture lasts once packets flow again: camera, router and tape in virtual time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import av
import pytest

from hub.clock import ManualClock
from hub.domain.recording import Track
from hub.media.rtp.feedback import Nack, Pli
from hub.media.rtp.packet import HEADER
from hub.media.rtp.rtcp import parse
from hub.media.sfu.router import Router
from recordings.tape import Tape
from tests.support.packets import Viewer, video_spec
from tests.support.rtp_samples import Sender, send_video, vp8_frames

KEY, DELTA = vp8_frames(1)[:2]
FRAME_S, STEP_S, ONE_WAY_S = 0.04, 0.01, 0.03
KEYFRAME_PAUSE_S = 0.3  # libwebrtc makes no two key frames within this
ANSWERS = 0.75  # of all requests, and of what is sent again, get through
HOLE_S = 1.2


class Film:
    """A camera on a bad line; ``down`` says when nothing gets through."""

    def __init__(self, folder: Path, seed: int, *, resends: bool, stalls: tuple[float, float]) -> None:
        self.clock = ManualClock()
        self.begin = self.clock.now()
        self.router = Router(wall_offset_s=0.0, cname="x")
        self.camera = Viewer()
        self.publisher = self.router.add_publisher(self.camera, video_spec(), self.begin)
        track = Track(
            track_id="t-1",
            venue="yingji",
            venue_name="",
            source="camera",
            kind="video",
            codec="vp8",
            started_ms=0,
        )
        self.tape = Tape(self.clock, folder, track, self)
        self.router.attach_sink(self.publisher, self.tape)
        self.path = folder / "t-1.part"
        self.down = (0.0, 0.0)
        self.started_ms = 0
        self._chance = random.Random(seed)
        self._resends, self._stalls = resends, stalls
        self._sent: dict[int, bytes] = {}
        self._on_the_way: list[tuple[float, bytes]] = []
        self._frames = 0
        self._seq = 65_000
        self._key_at = 0.0
        self._keyed = -1.0

    # --- the tape's watcher ---

    def began(self, track: Track) -> None:
        self.started_ms = track.started_ms

    def ended(self, end_ms: int | None, problem: str | None) -> None:
        assert problem is None

    def wants_keyframe(self) -> None:
        self.router.request_keyframe(self.publisher, self.clock.now())

    # --- time ---

    def run(self, seconds: float) -> None:
        for step in range(round(seconds / STEP_S)):
            self.clock.advance(STEP_S)
            now = self.clock.now()
            if step % 4 == 0:
                self._shoot(now)
            self._arrive(now)
            if self.router.deadline <= now:
                for wish in self.router.poll(now):
                    self._answer(wish.packet, now)
            stalled = self._stalls[0] <= now - self.begin < self._stalls[1]
            if step % 10 == 0 and not stalled:
                self.tape.turn(now)
        self.tape.close()
        self.tape.turn(self.clock.now())

    def _lost(self, now: float) -> bool:
        return self.down[0] <= now - self.begin < self.down[1]

    def _shoot(self, now: float) -> None:
        key = now >= self._key_at and now - self._keyed >= KEYFRAME_PAUSE_S
        if key:
            self._key_at, self._keyed = float("inf"), now
        sender = Sender(90_000, seq=self._seq, timestamp=self._frames * 3600, begin_s=now)
        self._frames += 1
        for sent in send_video([KEY if key else DELTA], sender):
            self._seq += 1
            self._sent[HEADER.unpack_from(sent.data)[2]] = sent.data
            if not self._lost(now):
                self._on_the_way.append((now + ONE_WAY_S, sent.data))

    def _arrive(self, now: float) -> None:
        arrived = [data for at, data in self._on_the_way if at <= now]
        self._on_the_way = [one for one in self._on_the_way if one[0] > now]
        for data in arrived:
            self.router.receive_rtp(self.publisher.encodings[0], data, now)

    def _answer(self, compound: bytes, now: float) -> None:
        for report in parse(compound):
            if self._lost(now) or self._chance.random() > ANSWERS:
                continue
            if isinstance(report, Pli):
                self._key_at = min(self._key_at, now + ONE_WAY_S)
            elif isinstance(report, Nack) and self._resends:
                again = [self._sent[seq] for seq in report.lost if self._chance.random() < ANSWERS]
                self._on_the_way += [(now + 2 * ONE_WAY_S, data) for data in again]

    def written_s(self) -> Iterator[float]:
        """When each picture that was written happened, in seconds of the film."""
        with av.open(str(self.path)) as file:
            for packet in file.demux(video=0):
                if packet.size and packet.pts is not None:
                    at_s = (self.started_ms + packet.pts * 1000 * packet.time_base) / 1000
                    yield float(at_s) - self.clock.wall_ms_at(self.begin) / 1000


@pytest.mark.parametrize("resends", [True, False])
@pytest.mark.parametrize("stalls", [(0.0, 0.0), (3.0, 8.0)], ids=["", "the disk stalls"])
@pytest.mark.parametrize("seed", range(12))
def test_R8_a_hole_ends_soon_after_packets_flow_again(
    tmp_path: Path, seed: int, stalls: tuple[float, float], *, resends: bool
) -> None:
    film = Film(tmp_path, seed, resends=resends, stalls=stalls)
    chance = random.Random(seed)
    begins = 3.2 + chance.random()
    film.down = (begins, begins + chance.choice([0.05, 0.3, 1.0, 3.0]))
    film.run(16.0)
    again = next(at for at in film.written_s() if at > film.down[1])
    assert again - film.down[1] < HOLE_S
