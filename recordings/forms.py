"""The two kinds of file: WebM for VP8 and Opus, MP4 for H.264, which WebM does not know; and thumbnails."""

from __future__ import annotations

from typing import NamedTuple

PART_SUFFIX = ".part"


class Form(NamedTuple):
    """``growing``: the muxer's options while it is written, ``sealed``: of the copy that is reviewed."""

    name: str  # as libav and media types call it
    growing: dict[str, str]
    sealed: dict[str, str]

    @property
    def suffix(self) -> str:
        return f".{self.name}"


WEBM = Form(
    "webm",
    growing={
        "live": "1",  # sizes unknown, nothing is ever written twice
        "cluster_time_limit": "500",  # ms; the muxer holds one cluster in memory, a crash takes it
        "flush_packets": "1",
    },
    sealed={"cues_to_front": "1", "cluster_time_limit": "2000"},
)
# Not hybrid_fragmented: at its end it writes the beginning anew, and this file only grows. It also becomes
# one whole, and a player that is fed in pieces needs fragments.
MP4 = Form(
    "mp4",
    growing={
        "movflags": "empty_moov+default_base_moof+use_metadata_tags",
        "frag_duration": "500000",  # us, as above
        "flush_packets": "1",
    },
    # A fragment from key frame to key frame, and in front (sidx) where each of them lies.
    sealed={"movflags": "empty_moov+default_base_moof+frag_keyframe+global_sidx+use_metadata_tags"},
)

EVERY_MS = 10_000
"""A small picture is made of every ten seconds of a track, as often as there is a key frame at least."""

COLUMNS, ROWS = 10, 10
WIDTH, HEIGHT = 160, 90
"""So many small pictures are on a sheet, each of so many pixels, whatever shape its picture has."""

_FORMS = {"vp8": WEBM, "opus": WEBM, "h264": MP4}

SUFFIXES = (WEBM.suffix, MP4.suffix)
"""Of sealed files."""


def form_of(codec: str) -> Form:
    return _FORMS[codec.lower()]
