"""One incoming source: what is admitted, what is missing, how loud, how steady."""

from __future__ import annotations

from dataclasses import dataclass

from hub.media.rtp.extensions import ExtensionIds


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherSpec:
    """What the offer said of one source."""

    source_id: str
    kind: str  # "audio" | "video"
    codec: str  # "vp8" | "opus"
    payload_type: int
    clock_rate: int
    rtx_payload_type: int | None = None  # RFC 4588 towards us: the answer accepted rtx with apt=payload_type
    extensions: ExtensionIds
    nack: bool = False  # "a=rtcp-fb nack" was agreed
    pli: bool = False
    fir: bool = False
    max_bps: int | None = None  # told to the publisher as REMB when set (goog-remb agreed)


class Publisher:
    """Made by ``Router.add_publisher``. ``ssrc`` is learned from the first packet."""

    spec: PublisherSpec
    ssrc: int | None
