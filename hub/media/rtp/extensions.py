"""The header extensions the hub reads and writes: audio level, send time, mid, orientation."""

from __future__ import annotations

from typing import NamedTuple


class ExtensionIds(NamedTuple):
    """The numbers agreed in one m-line; 0: not agreed."""

    mid: int = 0
    audio_level: int = 0
    abs_send_time: int = 0
    video_orientation: int = 0
