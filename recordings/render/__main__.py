"""The program that makes one film: ``python -m recordings.render``, a Job as JSON on stdin, Lines on stdout.

It runs beside the hub with low priority: its own interpreter lock, and what crashes libav does not crash the
hub. It reads what it was given, writes its pieces and its target, and nothing else.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

import av
import msgspec

from recordings.keyring import KeyRing
from recordings.remux import NO_ROOM_ERRNOS, NO_ROOM_EXIT
from recordings.render import film, pieces
from recordings.render.paint import NoFont
from recordings.render.pieces import Pieces
from recordings.render.spec import Job, Line, RenderTrack
from recordings.vault import open_plain

BAD_JOB_EXIT, NO_FONT_EXIT = 64, 72


def _say(line: Line) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()


def main() -> int:
    os.nice(10)
    os.umask(0o027)  # as the tracks are: nobody else's to read
    av.logging.set_level(None)
    try:
        job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    except (msgspec.DecodeError, ValueError):
        return BAD_JOB_EXIT

    def open_(track: RenderTrack) -> BinaryIO:
        return open_plain(Path(track.path), job.key)

    try:
        folder = Pieces(Path(job.pieces), KeyRing.from_bytes(job.key))
        film.make_pieces(job.spec, folder, open_, _say)
        _say(pieces.join(folder, job.spec, Path(job.target), job.algorithm))
    except NoFont:
        return NO_FONT_EXIT
    except BrokenPipeError:
        return 1  # the hub is gone; the pieces stay for the next one
    except OSError as error:
        return NO_ROOM_EXIT if error.errno in NO_ROOM_ERRNOS else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
