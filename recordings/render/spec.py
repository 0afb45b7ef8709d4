"""What a film is made of and what it shows, as the hub tells the worker; pure.

All times are the hub's wall clock in milliseconds. What changes in the course of a film is a list of
``Change``: from ``at_ms`` on until the next one.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from hub.domain.digests import SHA256

SAMPLE_RATE = 48_000
AAC_SAMPLES = 1024
"""Of one frame of AAC; a piece holds a whole number of them."""

PIECE_MS = 64_000
"""A piece is 3000 frames of AAC and a whole number of pictures, whatever their (whole) rate."""


CRF = 26
"""How good the picture is: words on a screen stay sharp, a meeting needs about 1 Mbit/s."""


class Layout(StrEnum):
    """宫格 · 发言人"""

    GRID = "grid"
    SPEAKER = "speaker"


WIDTHS = {480: 854, 720: 1280, 1080: 1920}
"""By the height of a picture."""


class RenderTrack(msgspec.Struct, frozen=True, kw_only=True):
    """One file."""

    track_id: str
    venue: str
    source: str
    kind: str
    started_ms: int
    ended_ms: int
    path: str


class RenderVenue(msgspec.Struct, frozen=True, kw_only=True):
    """``short``: its name where there is little room."""

    venue: str
    name: str
    short: str


class Change(msgspec.Struct, frozen=True):
    """From ``at_ms`` on it is ``value``; "" is nothing."""

    at_ms: int
    value: str


class Absence(msgspec.Struct, frozen=True):
    """From ``at_ms`` on ``words`` say why a venue has no picture; ``hides``: even if one comes."""

    at_ms: int
    words: str
    hides: bool = True


class Stretch(msgspec.Struct, frozen=True):
    """``words`` hold from ``from_ms`` until ``to_ms``."""

    from_ms: int
    to_ms: int
    words: str


class Spec(msgspec.Struct, frozen=True, kw_only=True):
    """One film. ``main`` and ``content``: the venue of the large picture, and the one whose content is shown.

    ``marks``: what stands beside the name of a venue that speaks; ``absent``: why a venue has no picture;
    ``gaps``: when nothing was recorded, and why. Of more ``venues`` than have room the first are shown.
    """

    layout: Layout
    width: int
    height: int
    fps: int
    from_ms: int
    to_ms: int
    title: str
    classification: str
    exercise: bool
    venues: list[RenderVenue]
    tracks: list[RenderTrack]
    main: list[Change]
    content: list[Change]
    marks: dict[str, list[Stretch]]
    absent: dict[str, list[Absence]]
    gaps: list[Stretch]
    piece_ms: int = PIECE_MS
    crf: int = CRF
    threads: int = 2

    def __post_init__(self) -> None:
        if self.to_ms <= self.from_ms or self.fps < 1 or SAMPLE_RATE % self.fps:
            raise ValueError("a film has a length and a whole number of samples to a picture")
        if self.piece_ms * self.fps % 1000 or self.piece_ms * SAMPLE_RATE % (AAC_SAMPLES * 1000):
            raise ValueError("a piece is a whole number of pictures and of frames of sound")
        if self.width % 2 or self.height % 2:
            raise ValueError("a picture is as wide and as high as the encoder wants it")

    @property
    def ticks(self) -> int:
        """How many pictures it has."""
        return -(-(self.to_ms - self.from_ms) * self.fps // 1000)

    @property
    def ticks_of_piece(self) -> int:
        return self.piece_ms * self.fps // 1000

    @property
    def pieces(self) -> int:
        return -(-self.ticks // self.ticks_of_piece)

    @property
    def samples_of_tick(self) -> int:
        return SAMPLE_RATE // self.fps

    def at_ms(self, tick: int) -> float:
        """The time of a picture."""
        return self.from_ms + tick * 1000 / self.fps

    def digest(self) -> str:
        """Two films with the same digest have the same pictures, wherever their files lie."""
        tracks = [replace(track, path="") for track in self.tracks]
        alike = replace(self, tracks=tracks, threads=0)
        return hashlib.sha256(msgspec.json.encode(alike, order="sorted")).hexdigest()


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What the worker reads: make ``target``; ``pieces`` is the folder of what is made already.

    ``key`` is ``Shelf.key``: it opens the tracks, and what is made is encrypted as they are.
    """

    spec: Spec
    pieces: str
    target: str
    algorithm: str = SHA256
    key: bytes | None = None


class Progress(msgspec.Struct, frozen=True, kw_only=True, tag="progress"):
    """``done`` of ``all`` are made, in whatever the work is measured; ``speed``: so many a second, now."""

    done: int
    all: int
    speed: float


class Done(msgspec.Struct, frozen=True, kw_only=True, tag="done"):
    """``digest`` of the file in hex, by ``algorithm``."""

    size_bytes: int
    digest: str
    algorithm: str = SHA256


Line = Progress | Done
"""One line of what the worker says."""
