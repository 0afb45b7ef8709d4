"""One incoming source: what the offer said of it, its encodings, and who records it."""

from __future__ import annotations

from dataclasses import dataclass

from hub.media.rtp.extensions import ExtensionIds
from hub.media.sfu.encoding import Encoding, Rung
from hub.media.sfu.outputs import Connection
from hub.media.sfu.sink import Sink


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherSpec:
    """What the offer said of one source."""

    source_id: str
    kind: str  # "audio" | "video"
    codec: str  # "vp8" | "h264" | "opus"
    payload_type: int
    clock_rate: int
    rids: tuple[str, ...] = ()  # RFC 8853: its encodings, the smallest first; () is one without a name
    rtx_payload_type: int | None = None  # RFC 4588 towards us: the answer accepted rtx with apt=payload_type
    extensions: ExtensionIds
    nack: bool = False  # "a=rtcp-fb nack" was agreed
    pli: bool = False
    fir: bool = False
    max_bps: int | None = None  # of its largest encoding, told as REMB when set (goog-remb agreed)
    content: bool = False  # text, for which sharpness is worth more than frames


class Publisher:
    """Made by ``Router.add_publisher``."""

    def __init__(self, spec: PublisherSpec, connection: Connection) -> None:
        self.spec = spec
        self.connection = connection
        self.encodings = tuple(Encoding(self, n, rid) for n, rid in enumerate(spec.rids or ("",)))
        self.muted = False
        self.sinks: tuple[Sink, ...] = ()

    @property
    def deadline(self) -> float:
        return min([encoding.deadline for encoding in self.encodings])

    def wanted(self, now: float) -> tuple[bool, ...]:
        """Which encodings somebody runs in or waits for; the lowest always is."""
        return tuple(
            encoding.index == 0 or any(lane.running or lane.waiting for lane in encoding.lanes)
            for encoding in self.encodings
        )

    def rungs(self, now: float) -> tuple[Rung, ...]:
        """All that it can be had at, rising in bits per second."""
        found = [rung for one in self.encodings if one.alive(now) for rung in one.rungs(now)]
        return tuple(sorted(found, key=lambda rung: rung.bps)) or self.encodings[0].rungs(now)
