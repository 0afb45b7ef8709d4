"""A file of the recorder that is open for reading, and is closed with all that belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

import av
from av.container import InputContainer

from recordings.render.spec import RenderTrack

Open = Callable[[RenderTrack], BinaryIO]


class Opened:
    """Owns the file and its reader. Raises what libav and the disk raise: ``UNREADABLE``."""

    def __init__(self, track: RenderTrack, open_: Open) -> None:
        self._file = open_(track)
        try:
            self.container: InputContainer = av.open(self._file, "r")
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        self.container.close()
        self._file.close()


UNREADABLE = (av.error.FFmpegError, OSError, IndexError, ValueError)
"""What a damaged file may raise: it is a file without anything in it then."""
