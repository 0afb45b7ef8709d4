"""What the router can tell of every source and every slot, for a person who looks after the lines."""

from __future__ import annotations

from typing import NamedTuple

from hub.media.sfu.encoding import Encoding, Rung
from hub.media.sfu.outputs import Connection
from hub.media.sfu.publisher import Publisher
from hub.media.sfu.subscriber import Subscriber


class EncodingFigures(NamedTuple):
    """How one encoding arrives; loss is that since the last receiver report."""

    rid: str
    alive: bool
    bps: int
    width: int  # of the picture, 0 while unknown
    height: int
    loss: float
    jitter_ms: float


class SourceFigures(NamedTuple):
    """One source on its way in."""

    connection: Connection
    source_id: str
    kind: str
    muted: bool
    round_trip_s: float | None
    encodings: tuple[EncodingFigures, ...]


class SlotFigures(NamedTuple):
    """One slot on its way out, as its viewer reports it. ``rung`` None: empty, paused, or not begun yet."""

    connection: Connection
    ssrc: int
    kind: str
    source_id: str | None
    rung: Rung | None
    starved: bool
    loss: float
    jitter_ms: float
    round_trip_s: float | None


class Overview(NamedTuple):
    sources: list[SourceFigures]
    slots: list[SlotFigures]


class Totals(NamedTuple):
    """Packets (and octets where it says so), since the router was made."""

    received: int = 0
    received_octets: int = 0
    sent: int = 0
    sent_octets: int = 0  # of payloads
    asked: int = 0  # of publishers, once more (NACK)
    keyframe_requests: int = 0  # to publishers
    bad: int = 0  # were not what they claimed to be
    dropped: int = 0  # duplicates, too late, foreign
    muted: int = 0  # of muted venues, and content of those that do not present
    failed: int = 0  # could not be sent
    resent: int = 0  # went again, over RTX

    def plus(self, other: Totals) -> Totals:
        return Totals(*[here + there for here, there in zip(self, other, strict=True)])


def of_source(publisher: Publisher, round_trip_s: float | None, now: float) -> SourceFigures:
    spec = publisher.spec
    encodings = tuple(_of_encoding(encoding, now) for encoding in publisher.encodings)
    return SourceFigures(
        publisher.connection, spec.source_id, spec.kind, publisher.muted, round_trip_s, encodings
    )


def _of_encoding(encoding: Encoding, now: float) -> EncodingFigures:
    reception = encoding.reception
    return EncodingFigures(
        encoding.rid,
        encoding.alive(now),
        encoding.bps(now),
        encoding.width,
        encoding.height,
        reception.fraction_lost if reception is not None else 0.0,
        1000 * reception.jitter / encoding.spec.clock_rate if reception is not None else 0.0,
    )


def of_slot(subscriber: Subscriber, now: float) -> SlotFigures:
    publisher, spec = subscriber.publisher, subscriber.spec
    return SlotFigures(
        subscriber.connection,
        spec.ssrc,
        spec.kind,
        publisher.spec.source_id if publisher is not None else None,
        subscriber.rung_now(now),
        subscriber.starved,
        subscriber.fraction_lost,
        subscriber.jitter_ms,
        subscriber.round_trip_s,
    )


def of_publisher(publisher: Publisher) -> Totals:
    """What is forgotten with it unless it is added up."""
    lanes = [lane for encoding in publisher.encodings for lane in encoding.lanes]
    return Totals(
        received=sum(encoding.received for encoding in publisher.encodings),
        received_octets=sum(encoding.rates.octets for encoding in publisher.encodings),
        asked=sum(encoding.missing.asked for encoding in publisher.encodings),
        keyframe_requests=sum(encoding.keyframe.requests for encoding in publisher.encodings),
        dropped=sum(encoding.dropped for encoding in publisher.encodings),
        muted=publisher.silenced,
        failed=sum(lane.fanout.failed for lane in lanes),
    )


def of_subscriber(subscriber: Subscriber) -> Totals:
    sent = subscriber.sent()
    return Totals(
        sent=sent.packets, sent_octets=sent.octets, failed=subscriber.failed, resent=subscriber.resent
    )
