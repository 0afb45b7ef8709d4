"""One outgoing slot: an SSRC of a subscribe connection, and the source that is to be seen there."""

from __future__ import annotations

from dataclasses import dataclass

from hub.media.rtp.extensions import ExtensionIds
from hub.media.sfu.publisher import Publisher


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberSpec:
    """What was answered for one slot."""

    kind: str  # "audio" | "video"
    codec: str  # "vp8" | "opus"
    ssrc: int
    payload_type: int
    clock_rate: int
    rtx_ssrc: int | None = None  # both set when the client negotiated rtx (apt=payload_type)
    rtx_payload_type: int | None = None
    extensions: ExtensionIds
    mid: bytes = b""  # sent in every packet when extensions.mid is set


class Subscriber:
    """Made by ``Router.add_subscriber``."""

    spec: SubscriberSpec
    publisher: Publisher | None
