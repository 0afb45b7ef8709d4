"""A film is made piece by piece: each is closed and whole, so that nothing is ever made twice, then joined.

A piece is a file of packets as the encoders gave them, with the times they have in the film. A film that was
cancelled, or whose worker died, goes on behind its last piece; joining copies and encodes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import av
import msgspec
from av.container import OutputContainer

from hub.domain.digests import SHA256, file_digest
from hub.domain.paperwords import local
from hub.storage.blobs import sync_folder
from recordings.keyring import CLEAR, KeyRing
from recordings.render import sound
from recordings.render.spec import AAC_SAMPLES, SAMPLE_RATE, Done, Spec
from recordings.vault import open_plain
from recordings.vaultwriting import GrowingVault, SealedVault, write_all


class Packet(msgspec.Struct, frozen=True, array_like=True):
    """``pts``: the number of the picture, or of the first sample."""

    pts: int
    key: bool
    data: bytes


class Piece(msgspec.Struct, frozen=True, array_like=True):
    number: int
    pictures: list[Packet]
    sounds: list[Packet]


class Pieces:
    """The folder of a film that is being made. With a key all in it is encrypted, as the tracks are."""

    def __init__(self, folder: Path, keys: KeyRing = CLEAR) -> None:
        self.folder = folder
        self.keys = keys

    def path(self, number: int) -> Path:
        return self.folder / f"{number:05d}.piece"

    def save(self, piece: Piece) -> None:
        """It is there as a whole or not at all. Raises OSError."""
        path = self.path(piece.number)
        fresh = path.with_suffix(f".{os.getpid()}.tmp")
        key = self.keys.writing()
        with fresh.open("wb", buffering=0) as file:
            content = msgspec.msgpack.encode(piece)
            if key is None:
                write_all(file.fileno(), content)
            else:
                vault = GrowingVault(file.fileno(), key)
                vault.write(content)
                vault.finish()
            os.fsync(file.fileno())
        fresh.replace(path)

    def load(self, number: int) -> Piece:
        """Raises OSError and msgspec.DecodeError."""
        with open_plain(self.path(number), self.keys.to_bytes()) as file:
            return msgspec.msgpack.decode(file.read(), type=Piece)

    def first_missing(self, spec: Spec) -> int:
        """Where to go on."""
        return next((n for n in range(spec.pieces) if not self.path(n).exists()), spec.pieces)


def set_up(context: av.VideoCodecContext, spec: Spec) -> None:
    """The same values for each piece and for the film, or they would not join.

    No pictures that look ahead (B): of a meeting they save little and cost more than all the rest.
    """
    context.width, context.height, context.pix_fmt = spec.width, spec.height, "yuv420p"
    context.time_base, context.framerate = Fraction(1, spec.fps), Fraction(spec.fps, 1)
    context.thread_count = spec.threads
    context.gop_size = spec.fps * 10
    context.options = {
        "preset": "veryfast",
        "crf": str(spec.crf),
        "bf": "0",
        "rc-lookahead": "10",
        "profile": "high",
        "color_primaries": "smpte170m",
        "color_trc": "smpte170m",
        "colorspace": "smpte170m",
    }


def encoder(spec: Spec) -> av.VideoCodecContext:
    context = av.CodecContext.create("libx264", "w")
    assert isinstance(context, av.VideoCodecContext)
    set_up(context, spec)
    return context


def join(pieces: Pieces, spec: Spec, target: Path, algorithm: str = SHA256) -> Done:
    """All pieces as one MP4 that can be played while it is still coming; on the disk when this returns."""
    fresh = target.with_suffix(f".{os.getpid()}.tmp")
    fresh.unlink(missing_ok=True)
    try:
        with _written(fresh, pieces.keys) as film:
            film.metadata.update(_about(spec))
            pictures = film.add_stream("libx264", rate=spec.fps)
            sounds = film.add_stream("aac", rate=SAMPLE_RATE)
            set_up(pictures.codec_context, spec)
            sound.set_up(sounds.codec_context)
            pictures.time_base, sounds.time_base = Fraction(1, spec.fps), Fraction(1, SAMPLE_RATE)
            for number in range(spec.pieces):
                piece = pieces.load(number)
                for packet in piece.sounds:
                    _mux(film, sounds, packet, Fraction(1, SAMPLE_RATE), AAC_SAMPLES)
                for packet in piece.pictures:
                    _mux(film, pictures, packet, Fraction(1, spec.fps), 1)
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        with open_plain(fresh, pieces.keys.to_bytes()) as plain:
            digest = file_digest(algorithm, plain)
            size_bytes = plain.tell()
        fresh.replace(target)
        sync_folder(target.parent)
    finally:
        fresh.unlink(missing_ok=True)
    return Done(size_bytes=size_bytes, digest=digest, algorithm=algorithm)


@contextmanager
def _written(path: Path, keys: KeyRing) -> Iterator[OutputContainer]:
    key, options = keys.writing(), {"movflags": "faststart"}
    if key is None:
        with av.open(str(path), "w", format="mp4", options=options) as film:
            yield film
        return
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640)
    try:
        vault = SealedVault(fd, key)
        # To bring something to the front the muxer opens its own file once more (as in ``remux``).
        with av.open(
            vault.cursor(), "w", format="mp4", options=options, io_open=lambda url, flags, how: vault.cursor()
        ) as film:
            yield film
        vault.finish()
    finally:
        os.close(fd)


def _mux(
    film: OutputContainer,
    stream: av.VideoStream | av.AudioStream,
    packet: Packet,
    time_base: Fraction,
    duration: int,
) -> None:
    copy = av.Packet(packet.data)
    copy.stream, copy.time_base = stream, time_base
    copy.pts = copy.dts = packet.pts
    copy.duration, copy.is_keyframe = duration, packet.key
    film.mux_one(copy)


def _about(spec: Spec) -> dict[str, str]:
    """What a player shows of the file."""
    begin = datetime.fromtimestamp(spec.from_ms / 1000, UTC)
    words = [spec.classification, *(["演练"] if spec.exercise else [])]
    return {
        "title": spec.title,
        "date": f"{local(spec.from_ms):%Y-%m-%d}",
        "creation_time": begin.isoformat(timespec="milliseconds"),
        "comment": " · ".join(words),
        "copyright": spec.classification,
    }
