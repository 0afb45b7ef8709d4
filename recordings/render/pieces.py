"""A film is made piece by piece: each is closed and whole, so that nothing is ever made twice, then joined.

A piece is a file of packets as the encoders gave them, with the times they have in the film. A film that was
cancelled, or whose worker died, goes on behind its last piece; joining copies and encodes nothing.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import av
import msgspec

from hub.domain.digests import SHA256, file_digest
from recordings.render import sound
from recordings.render.spec import AAC_SAMPLES, SAMPLE_RATE, Done, Spec


class Packet(msgspec.Struct, frozen=True, array_like=True):
    """``pts``: the number of the picture, or of the first sample."""

    pts: int
    key: bool
    data: bytes


class Piece(msgspec.Struct, frozen=True, array_like=True):
    number: int
    pictures: list[Packet]
    sounds: list[Packet]


def path_of(folder: Path, number: int) -> Path:
    return folder / f"{number:05d}.piece"


def save(folder: Path, piece: Piece) -> None:
    """It is there as a whole or not at all."""
    path = path_of(folder, piece.number)
    fresh = path.with_suffix(".tmp")
    with fresh.open("wb") as file:
        file.write(msgspec.msgpack.encode(piece))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def load(folder: Path, number: int) -> Piece:
    """Raises OSError and msgspec.DecodeError."""
    return msgspec.msgpack.decode(path_of(folder, number).read_bytes(), type=Piece)


def first_missing(folder: Path, spec: Spec) -> int:
    """Where to go on."""
    for number in range(spec.pieces):
        if not path_of(folder, number).exists():
            return number
    return spec.pieces


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


def join(folder: Path, spec: Spec, target: Path, algorithm: str = SHA256) -> Done:
    """All pieces as one MP4 that can be played while it is still coming; on the disk when this returns."""
    fresh = target.with_suffix(".tmp")
    try:
        with av.open(str(fresh), "w", format="mp4", options={"movflags": "faststart"}) as film:
            film.metadata.update(_about(spec))
            pictures = film.add_stream("libx264", rate=spec.fps)
            sounds = film.add_stream("aac", rate=SAMPLE_RATE)
            set_up(pictures.codec_context, spec)
            sound.set_up(sounds.codec_context)
            pictures.time_base, sounds.time_base = Fraction(1, spec.fps), Fraction(1, SAMPLE_RATE)
            for number in range(spec.pieces):
                piece = load(folder, number)
                for packet in piece.sounds:
                    _mux(film, sounds, packet, Fraction(1, SAMPLE_RATE), AAC_SAMPLES)
                for packet in piece.pictures:
                    _mux(film, pictures, packet, Fraction(1, spec.fps), 1)
        with fresh.open("rb") as file:
            digest = file_digest(algorithm, file)
            os.fsync(file.fileno())
            size_bytes = file.tell()
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return Done(size_bytes=size_bytes, digest=digest, algorithm=algorithm)


def _mux(
    film: av.container.OutputContainer,
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
        "date": begin.astimezone().strftime("%Y-%m-%d"),
        "creation_time": begin.isoformat(timespec="milliseconds"),
        "comment": " · ".join(words),
        "copyright": spec.classification,
    }
