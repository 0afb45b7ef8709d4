"""The codecs the hub forwards: which of an offer's payload types it takes, and how it writes them back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from signaling.sdp import Codec, OfferedMedia


class Direction(StrEnum):
    """What a connection is for, seen from the client."""

    PUBLISH = "publish"
    SUBSCRIBE = "subscribe"


class Family(NamedTuple):
    """A codec the hub knows. ``rtpmap``: as it is written into answers."""

    name: str
    kind: str
    clock_rate: int
    rtpmap: str


FAMILIES = {
    one.name: one
    for one in (
        Family("opus", "audio", 48_000, "opus/48000/2"),
        Family("vp8", "video", 90_000, "VP8/90000"),
        Family("h264", "video", 90_000, "H264/90000"),
    )
}
TRANSPORT_CC = "transport-cc"
_FEEDBACK: dict[str, tuple[str, ...]] = {
    "audio": (),
    "video": ("nack", "nack pli", "ccm fir", "goog-remb"),
}
WOULD_DO = {"audio": ("opus",), "video": ("VP8", "H264 (packetization-mode=1)")}
"""Named in a refusal."""

# Chromium begins at 300 kbit/s unless told otherwise, and keeps the small picture it then chose for long.
_START_BITRATE = "x-google-start-bitrate=2500"


@dataclass(frozen=True, slots=True)
class AcceptedCodec:
    """One codec of an m-line, under the numbers the client offered. ``parameters``: of the answer's fmtp."""

    name: str  # "vp8" | "h264" | "opus"
    payload_type: int
    repair_payload_type: int | None = None
    feedback: tuple[str, ...] = ()
    parameters: str = ""

    @property
    def clock_rate(self) -> int:
        return FAMILIES[self.name].clock_rate

    def lines(self) -> list[str]:
        """As an answer describes it."""
        lines = [f"a=rtpmap:{self.payload_type} {FAMILIES[self.name].rtpmap}"]
        lines += [f"a=rtcp-fb:{self.payload_type} {kind}" for kind in self.feedback]
        if self.parameters:
            lines.append(f"a=fmtp:{self.payload_type} {self.parameters}")
        if self.repair_payload_type is not None:
            lines.append(f"a=rtpmap:{self.repair_payload_type} rtx/90000")
            lines.append(f"a=fmtp:{self.repair_payload_type} apt={self.payload_type}")
        return lines


def choose(media: OfferedMedia, direction: Direction) -> dict[str, AcceptedCodec]:
    """What the hub takes of an m-line's codecs, by name, in the client's order; {} when it knows none.

    A publisher sends one codec, the first the hub knows. A slot takes them all: it follows what is shown.
    """
    found: dict[str, AcceptedCodec] = {}
    for name in dict.fromkeys(codec.name for codec in media.codecs):
        codec = _best(media, name, direction)
        if codec is not None:
            found[name] = _accept(media, codec, direction)
            if direction is Direction.PUBLISH:
                break
    return found


def _best(media: OfferedMedia, name: str, direction: Direction) -> Codec | None:
    """Of one codec's payload types the one that suits; the client's first where several do."""
    family = FAMILIES.get(name)
    if family is None or family.kind != media.kind:
        return None
    offered = [one for one in media.codecs if (one.name, one.clock_rate) == (name, family.clock_rate)]
    if name == "h264":
        return _best_h264(offered, direction)
    return offered[0] if offered else None


def _accept(media: OfferedMedia, codec: Codec, direction: Direction) -> AcceptedCodec:
    repair = next((one for one in media.codecs if one.name == "rtx" and one.apt == codec.payload_type), None)
    # On the way to a viewer the hub judges by REMB: media.md tells why.
    kinds = _FEEDBACK[media.kind] + ((TRANSPORT_CC,) if direction is Direction.PUBLISH else ())
    return AcceptedCodec(
        name=codec.name,
        payload_type=codec.payload_type,
        repair_payload_type=repair.payload_type if repair else None,
        feedback=tuple(kind for kind in kinds if kind in codec.feedback),
        parameters=_parameters(codec, direction),
    )


def _parameters(codec: Codec, direction: Direction) -> str:
    if codec.name == "opus":
        return "minptime=10;useinbandfec=1"
    echoed = [] if codec.name == "vp8" else _h264_parameters(codec)
    start = [_START_BITRATE] if direction is Direction.PUBLISH else []
    return ";".join(echoed + start)


# --- H.264 (RFC 6184, 8.1) ------------------------------------------------------------------------

# A publisher should send what every viewer can show; single NAL units (mode 0) fit into what mode 1 allows. A
# slot must show whatever a publisher may send, and what goes out needs mode 1: a better decoder takes the
# lesser profiles too. Interleaving (mode 2) is for nobody, it would have to be put in order.
_COMMON_FIRST = ("constrained baseline", "main", "high", "baseline")
_ABLE_FIRST = ("high", "main", "constrained baseline", "baseline")
_TAKEN = {
    Direction.PUBLISH: [(mode, profile) for mode in ("1", "0") for profile in _COMMON_FIRST],
    Direction.SUBSCRIBE: [("1", profile) for profile in _ABLE_FIRST],
}
_PROFILES = {0x42: "baseline", 0x4D: "main", 0x64: "high"}
_CONSTRAINT_SET_1 = 0x40  # what is baseline conforms to main as well


def _best_h264(offered: list[Codec], direction: Direction) -> Codec | None:
    taken = _TAKEN[direction]
    fitting = [one for one in offered if _h264_kind(one) in taken]
    return min(fitting, key=lambda one: taken.index(_h264_kind(one)), default=None)


def _h264_kind(codec: Codec) -> tuple[str, str]:
    """Packetization mode and profile; what is not said is the least of each."""
    level_id = _parameter(codec, "profile-level-id") or "42000a"
    profile = ""
    if re.fullmatch(r"[0-9A-Fa-f]{6}", level_id):
        profile = _PROFILES.get(int(level_id[:2], 16), "")
        if profile == "baseline" and int(level_id[2:4], 16) & _CONSTRAINT_SET_1:
            profile = "constrained baseline"
    return _parameter(codec, "packetization-mode") or "0", profile


def _h264_parameters(codec: Codec) -> list[str]:
    """RFC 6184, 8.2.2: profile and mode are echoed, or the payload type would mean something else."""
    names = ("level-asymmetry-allowed", "packetization-mode", "profile-level-id")
    values = [(name, _parameter(codec, name)) for name in names]
    return [f"{name}={value}" for name, value in values if value]


def _parameter(codec: Codec, name: str) -> str | None:
    found = re.search(rf"(?:^|;)\s*{name}=([\w-]*)\s*(?:;|\Z)", codec.parameters)
    return found.group(1) if found else None
