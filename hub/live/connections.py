"""What the media plane keeps of each connection: whose it is, what was agreed, and what its slots show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from hub.domain.session import Source
from hub.live.layers import Layers
from hub.live.slots import View, Wish
from hub.media.rtp.extensions import ExtensionIds
from hub.media.sfu.publisher import Publisher, PublisherSpec
from hub.media.sfu.subscriber import SlotCodec, Subscriber, SubscriberSpec
from hub.media.transport.peer import Peer
from hub.media.transport.resolve import Expected
from signaling import negotiation
from signaling.media_vocabulary import Slot
from signaling.negotiation import AcceptedMedia, Direction, Plan, Via, plan_subscribe
from signaling.sdp import Fingerprint, IceCredentials, Offer

SlotsChanged = Callable[[str, list[Slot]], None]
"""Called with the resource and all its slots; synchronous and quick. Never before ``subscribe`` answers."""

LayersChanged = Callable[[str, dict[str, list[str]]], None]
"""Called with the resource and the encodings (rids) to send on each mid; synchronous and quick."""

PUBLISH_MAX_BPS = 3_000_000
"""What a publisher is told to stay below (REMB): a 720p camera at its best, with room to spare."""


@dataclass(frozen=True, slots=True)
class MediaSettings:
    """Where media is received. ``announced`` are the addresses written into answers.

    Without ``announced`` these are ``host`` itself or, when that is a wildcard, every address of the machine.
    Port 0 takes a free one; it is known after ``start``. ``tcp`` opens the same number for ICE over TCP.
    ``max_each``: connections of one account, and of one venue. With ``protect`` the hub gives way when it is
    pressed: pictures become worse, and nobody else is let in.
    """

    host: str = "127.0.0.1"
    port: int = 0
    announced: tuple[str, ...] = ()
    max_connections: int = 1000
    max_each: int = 1000
    protect: bool = False
    tcp: bool = True


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

    def goes_on(self, media: AcceptedMedia) -> bool:
        """Whether its m-line has been answered as before."""
        return self.publisher.spec == publisher_spec(self.source, media)


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
    via: Via = "all"
    on_over: Callable[[str], None] | None = None
    # publish
    published: dict[str, Published] = field(default_factory=dict)
    on_layers: LayersChanged | None = None
    layers: dict[str, Layers] = field(default_factory=dict)
    # subscribe
    view: View = field(default_factory=View)
    guided: bool = False  # a guest: the hub chooses its one picture, whatever its page wishes
    on_slots: SlotsChanged | None = None
    subscribers: dict[str, Subscriber] = field(default_factory=dict)
    showing: dict[str, str | None] = field(default_factory=dict)
    content: str | None = None
    wishes: dict[str, Wish] | None = None  # of the page; None before its first word
    looks: dict[str, tuple[int, int]] = field(default_factory=dict)  # what the router was told: width, rank
    starved: frozenset[str] = frozenset()
    told: list[Slot] | None = None  # what the page knows; None before the answer
    next_ssrc: int = 0

    def take_ssrc(self) -> int:
        """A number this connection has never used: under GCM the same one twice would break the cipher."""
        self.next_ssrc += 2
        return self.next_ssrc - 2


def plan_slots(connection: Connection, offer: Offer) -> Plan:
    """A slot keeps its SSRCs while its m-line is answered alike; else it begins anew, under others."""

    def ssrc_of(mid: str) -> int:
        slot = connection.subscribers.get(mid)
        return slot.spec.ssrc if slot is not None else connection.take_ssrc()

    return tuple(media and _renumbered(connection, media) for media in plan_subscribe(offer, ssrc_of))


def _renumbered(connection: Connection, media: AcceptedMedia) -> AcceptedMedia:
    slot = connection.subscribers.get(media.mid)
    if slot is None or slot.spec == subscriber_spec(media):
        return media
    ssrc = connection.take_ssrc()
    return replace(media, ssrc=ssrc, repair_ssrc=ssrc + 1 if media.repair_ssrc else 0)


def publisher_spec(source: Source, media: AcceptedMedia) -> PublisherSpec:
    codec = media.codec
    return PublisherSpec(
        source_id=source.source_id,
        kind=media.kind,
        codec=codec.name,
        payload_type=codec.payload_type,
        clock_rate=codec.clock_rate,
        rids=media.rids,
        rtx_payload_type=codec.repair_payload_type,
        extensions=_extension_ids(media),
        nack="nack" in codec.feedback,
        pli="nack pli" in codec.feedback,
        fir="ccm fir" in codec.feedback,
        max_bps=PUBLISH_MAX_BPS if "goog-remb" in codec.feedback else None,
        content=source.name == "content",
    )


def expected_of(media: AcceptedMedia, publisher: Publisher) -> Expected:
    """How the packets of that m-line are told from those of the others."""
    return Expected(media.mid, publisher, frozenset(media.ssrcs) | frozenset(media.repairs.values()))


def subscriber_spec(media: AcceptedMedia) -> SubscriberSpec:
    return SubscriberSpec(
        kind=media.kind,
        codecs={
            name: SlotCodec(codec.payload_type, codec.repair_payload_type)
            for name, codec in media.codecs.items()
        },
        ssrc=media.ssrc,
        clock_rate=media.codec.clock_rate,
        rtx_ssrc=media.repair_ssrc or None,
        extensions=_extension_ids(media),
    )


def _extension_ids(media: AcceptedMedia) -> ExtensionIds:
    number = media.extensions.get
    return ExtensionIds(
        mid=number(negotiation.MID, 0),
        audio_level=number(negotiation.AUDIO_LEVEL, 0),
        abs_send_time=number(negotiation.ABS_SEND_TIME, 0),
        video_orientation=number(negotiation.VIDEO_ORIENTATION, 0),
        rid=number(negotiation.RID, 0),
        repaired_rid=number(negotiation.REPAIRED_RID, 0),
        transport_cc=number(negotiation.TRANSPORT_CC, 0),
    )
