"""The program that makes a finished file seekable: cues in front, its length known, its digest taken.

``python -m recordings.remux PART [TARGET]`` runs beside the hub: its own interpreter lock, low priority,
and what crashes libav does not crash the hub. It writes TARGET only and renames nothing, so that one
that outlives its hub cannot touch the outcome. Prints ``Made`` as JSON.
"""

from __future__ import annotations

import errno
import os
import sys
from fractions import Fraction
from pathlib import Path

import av
import msgspec
from av.container import InputContainer, OutputContainer
from av.video.stream import VideoStream

from hub.domain.digests import SHA256, file_digest
from recordings.forms import MP4, WEBM

NO_ROOM_EXIT, UNREADABLE_EXIT = 28, 65
NO_ROOM_ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


_SQUARE = Fraction(65_534, 65_535)
"""As near as the muxer can be brought to say it of pixels. Unless it is said, Chromium presses a picture of
another shape (a device that was turned) into the shape of the first."""


class Made(msgspec.Struct, frozen=True):
    """A whole file: ``end_ms`` from its first frame to the end of its last; ``tags`` as it says itself."""

    frames: int
    end_ms: int
    size_bytes: int
    digest: str
    algorithm: str
    tags: dict[str, str]


class Unreadable(Exception):
    """Not one frame can be read; the file is left as it is."""


def make(part: Path, target: Path | None) -> Made:
    """Read ``part`` to its last whole frame and write it to ``target``, or only read it.

    The new file is on the disk when this returns. Raises Unreadable and OSError.
    """
    try:
        with av.open(str(part), metadata_errors="replace") as source:
            if not source.streams:
                raise Unreadable("no stream")
            if target is None:
                frames, end_ms = _copy(source, None)
            else:
                form = MP4 if MP4.name in source.format.name.split(",") else WEBM
                with av.open(str(target), "w", format=form.name, options=form.sealed) as copy:
                    copy.metadata.update(source.metadata)
                    frames, end_ms = _copy(source, copy)
            tags = dict(source.metadata)
    except av.error.FFmpegError as error:
        if error.errno in NO_ROOM_ERRNOS:
            raise OSError(error.errno, str(error)) from error
        raise Unreadable(str(error)) from error
    except ValueError as error:  # damaged headers that libav lets through and PyAV does not
        raise Unreadable(str(error)) from error
    with (target or part).open("rb") as file:
        digest = file_digest(SHA256, file)
        os.fsync(file.fileno())
        return Made(frames, end_ms, file.tell(), digest, SHA256, tags)


def _copy(source: InputContainer, target: OutputContainer | None) -> tuple[int, int]:
    """The number of frames copied and where the last one ends."""
    stream = source.streams[0]
    copy = None if target is None else target.add_stream_from_template(stream)
    if isinstance(copy, VideoStream) and stream.name == "h264":
        copy.codec_context.sample_aspect_ratio = _SQUARE
    frames, last, end = 0, -1, 0
    packets = source.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except av.error.FFmpegError:
            break  # what follows cannot be read; what came before is kept
        if packet is None:
            break
        if not packet.size or packet.is_corrupt or packet.pts is None or packet.pts <= last:
            continue  # the end mark, a frame cut off, or a damaged place: times only rise
        if stream.type == "video":
            packet.duration = 0  # a picture stays until the next one; how long the last does is libav's guess
        last, end = packet.pts, packet.pts + (packet.duration or 0)
        frames += 1
        if target is not None and copy is not None:
            packet.stream = copy
            target.mux_one(packet)
    if not frames:
        raise Unreadable("no frame")
    return frames, round(end * (stream.time_base or 0) * 1000)


def main(arguments: list[str]) -> int:
    os.nice(10)
    os.umask(0o027)  # the copy is nobody else's to read, as the original is not (segments.py: 0640)
    av.logging.set_level(None)
    part, *target = map(Path, arguments)
    try:
        made = make(part, target[0] if target else None)
    except Unreadable:
        return UNREADABLE_EXIT
    except OSError as error:
        return NO_ROOM_EXIT if error.errno in NO_ROOM_ERRNOS else 1
    sys.stdout.buffer.write(msgspec.json.encode(made))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
