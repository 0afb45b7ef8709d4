"""The program that makes a finished file seekable: cues in front, its length known, its digest taken.

``python -m recordings.remux DIGEST PART [TARGET]`` runs beside the hub: its own interpreter lock, low
priority, and what crashes libav does not crash the hub. It writes TARGET only and renames nothing, so that
one that outlives its hub cannot touch the outcome. The keys come by standard input. Prints ``Made`` as JSON.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import msgspec
from av.container import InputContainer, OutputContainer
from av.video.stream import VideoStream

from hub.domain.digests import SHA256, file_digest
from recordings.forms import MP4, WEBM, Form
from recordings.keyring import CLEAR, Key, KeyRing, NoKey
from recordings.vault import Damaged, open_plain
from recordings.vaultwriting import SealedVault

NO_ROOM_EXIT, UNREADABLE_EXIT, NO_KEY_EXIT = 28, 65, 77
NO_ROOM_ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


_SQUARE = Fraction(65_534, 65_535)
"""As near as the muxer can be brought to say it of pixels. Unless it is said, Chromium presses a picture of
another shape (a device that was turned) into the shape of the first."""


class Made(msgspec.Struct, frozen=True):
    """A whole file: ``end_ms`` from its first frame to the end of its last; ``tags`` as it says itself.

    Size and digest are those of the plain bytes, encrypted or not.
    """

    frames: int
    end_ms: int
    size_bytes: int
    digest: str
    algorithm: str
    tags: dict[str, str]


class Unreadable(Exception):
    """Not one frame can be read; the file is left as it is."""


def make(part: Path, target: Path | None, keys: KeyRing = CLEAR, algorithm: str = SHA256) -> Made:
    """Read ``part`` to its last whole frame and write it to ``target``, or only read it.

    The new file is on the disk when this returns. Raises Unreadable, NoKey and OSError.
    """
    try:
        with _source(part, keys) as source:
            if not source.streams:
                raise Unreadable("no stream")
            if target is None:
                frames, end_ms = _copy(source, None)
            else:
                form = MP4 if MP4.name in source.format.name.split(",") else WEBM
                with _copy_of(target, form, keys.writing()) as copy:
                    copy.metadata.update(source.metadata)
                    frames, end_ms = _copy(source, copy)
            tags = dict(source.metadata)
    except av.error.FFmpegError as error:
        if error.errno in NO_ROOM_ERRNOS:
            raise OSError(error.errno, str(error)) from error
        raise Unreadable(str(error)) from error
    except (Damaged, ValueError) as error:  # and damaged headers that libav lets through and PyAV does not
        raise Unreadable(str(error)) from error
    made = target or part
    with made.open("rb") as file:
        os.fsync(file.fileno())
    with open_plain(made, keys.to_bytes(), lenient=made is part) as plain:
        digest = file_digest(algorithm, plain)
        return Made(frames, end_ms, plain.tell(), digest, algorithm, tags)


@contextmanager
def _source(part: Path, keys: KeyRing) -> Iterator[InputContainer]:
    # Read by Python, and not by libav itself: libav takes a read that fails for the end of the file, and what
    # lies behind it would be lost with the original. Here it is an OSError, whatever the demuxer makes of it.
    with (
        open_plain(part, keys.to_bytes(), lenient=True) as plain,
        av.open(plain, "r", metadata_errors="replace") as source,
    ):
        yield source


@contextmanager
def _copy_of(target: Path, form: Form, key: Key | None) -> Iterator[OutputContainer]:
    if key is None:
        with av.open(str(target), "w", format=form.name, options=form.sealed) as copy:
            yield copy
        return
    fd = os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640)
    try:
        vault = SealedVault(fd, key)
        # To bring something to the front the muxer opens its own file once more, and moves what is there.
        with av.open(
            vault.cursor(),
            "w",
            format=form.name,
            options=form.sealed,
            io_open=lambda url, flags, options: vault.cursor(),
        ) as copy:
            yield copy
        vault.finish()
    finally:
        os.close(fd)


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
    algorithm, part, *target = arguments
    keys = KeyRing.from_bytes(sys.stdin.buffer.read())
    try:
        made = make(Path(part), Path(target[0]) if target else None, keys, algorithm)
    except Unreadable:
        return UNREADABLE_EXIT
    except NoKey:
        return NO_KEY_EXIT
    except OSError as error:
        return NO_ROOM_EXIT if error.errno in NO_ROOM_ERRNOS else 1
    sys.stdout.buffer.write(msgspec.json.encode(made))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
