"""What the media plane keeps of each connection: whose it is, what was agreed, and what its slots show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hub.domain.session import Source
from hub.live.slots import View
from hub.media.rtp.extensions import ExtensionIds
from hub.media.sfu.publisher import Publisher, PublisherSpec
from hub.media.sfu.subscriber import Subscriber, SubscriberSpec
from hub.media.transport.peer import Peer
from signaling import negotiation
from signaling.negotiation import AcceptedMedia, Direction
from signaling.sdp import Fingerprint, IceCredentials
from signaling.vocabulary import Slot

SlotsChanged = Callable[[str, list[Slot]], None]
"""Called with the resource and all its slots; synchronous and quick. Never before ``subscribe`` answers."""

PUBLISH_MAX_BPS = 3_000_000
"""What a publisher is told to stay below (REMB): a 720p camera at its best, with room to spare."""


@dataclass(frozen=True, slots=True)
class MediaSettings:
    """Where media is received. ``announced`` are the addresses written into answers.

    Without ``announced`` these are ``host`` itself or, when that is a wildcard, every address of the machine.
    Port 0 takes a free one; it is known after ``start``.
    """

    host: str = "127.0.0.1"
    port: int = 0
    announced: tuple[str, ...] = ()
    max_connections: int = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """What an offer gets. ``etag`` names the ICE session (RFC 9725, 4.3.1) and changes with every restart."""

    resource: str
    sdp: str
    etag: str


@dataclass(frozen=True, slots=True)
class Resource:
    """What a connection looks like from outside. ``remote`` and ``local`` are the present ICE credentials."""

    session_id: str
    direction: Direction
    etag: str
    first_mid: str
    remote: IceCredentials
    local: IceCredentials


@dataclass(slots=True)
class Published:
    """One sending m-line. ``heard``: its first packet has come, the source is in the session."""

    source: Source
    publisher: Publisher
    heard: bool = False


@dataclass(slots=True)
class Connection:
    """One resource. ``fingerprints`` stay those of the first offer: DTLS is shaken once."""

    resource: str
    session_id: str
    venue: str
    owner: str
    direction: Direction
    number: int
    fingerprints: tuple[Fingerprint, ...]
    peer: Peer
    etag: str = ""
    version: int = 0
    on_over: Callable[[str], None] | None = None
    # publish
    published: dict[str, Published] = field(default_factory=dict)
    # subscribe
    view: View = field(default_factory=View)
    on_slots: SlotsChanged | None = None
    subscribers: dict[str, Subscriber] = field(default_factory=dict)
    showing: dict[str, str | None] = field(default_factory=dict)
    next_ssrc: int = 0

    def take_ssrc(self) -> int:
        """A number this connection has never used: under GCM the same one twice would break the cipher."""
        self.next_ssrc += 2
        return self.next_ssrc - 2


def publisher_spec(source: Source, media: AcceptedMedia) -> PublisherSpec:
    return PublisherSpec(
        source_id=source.source_id,
        kind=media.kind,
        codec=source.codec,
        payload_type=media.payload_type,
        clock_rate=_clock_rate(media),
        rtx_payload_type=media.repair_payload_type,
        extensions=_extension_ids(media),
        nack="nack" in media.feedback,
        pli="nack pli" in media.feedback,
        fir="ccm fir" in media.feedback,
        max_bps=PUBLISH_MAX_BPS if "goog-remb" in media.feedback else None,
    )


def subscriber_spec(media: AcceptedMedia) -> SubscriberSpec:
    repairs = media.repair_payload_type is not None
    return SubscriberSpec(
        kind=media.kind,
        codec=codec_of(media),
        ssrc=media.ssrc,
        payload_type=media.payload_type,
        clock_rate=_clock_rate(media),
        rtx_ssrc=media.repair_ssrc if repairs else None,
        rtx_payload_type=media.repair_payload_type,
        extensions=_extension_ids(media),
        mid=media.mid.encode(),
    )


def codec_of(media: AcceptedMedia) -> str:
    return "opus" if media.kind == "audio" else "vp8"


def _clock_rate(media: AcceptedMedia) -> int:
    return 48_000 if media.kind == "audio" else 90_000


def _extension_ids(media: AcceptedMedia) -> ExtensionIds:
    return ExtensionIds(
        mid=media.extensions.get(negotiation.MID, 0),
        audio_level=media.extensions.get(negotiation.AUDIO_LEVEL, 0),
        abs_send_time=media.extensions.get(negotiation.ABS_SEND_TIME, 0),
        video_orientation=media.extensions.get(negotiation.VIDEO_ORIENTATION, 0),
    )
