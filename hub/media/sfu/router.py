"""The media of one session: publishers in, subscribers out, and the wishes that arise in between."""

from __future__ import annotations

from typing import NamedTuple

from hub.media.sfu.outputs import Connection, Output
from hub.media.sfu.publisher import Publisher, PublisherSpec
from hub.media.sfu.sink import Sink
from hub.media.sfu.speakers import Stretch
from hub.media.sfu.subscriber import Subscriber, SubscriberSpec


class SendRtcp(NamedTuple):
    """A wish: hand this compound RTCP packet to that connection (``wish.connection.send_rtcp(wish.packet)``)."""

    connection: Connection
    packet: bytes


class Router:
    """One per session. Pure: bytes and ``now`` (monotonic seconds) in; rows are sent from within ``receive_rtp``.

    The pump calls ``poll(now)`` when ``deadline`` has come (it looks at it after every batch of datagrams, because a
    packet may bring it nearer) and hands out the wishes.
    """

    deadline: float  # when poll() next has something to say; inf: never

    def __init__(self, *, wall_offset_s: float, cname: str) -> None:
        """``wall_offset_s``: UTC seconds minus monotonic seconds, ``clock.wall_ms_at(0.0) / 1000``."""

    # --- publishers -----------------------------------------------------------------------------------------

    def add_publisher(self, connection: Connection, spec: PublisherSpec, now: float) -> Publisher:
        """A new incoming source. ``connection`` (the publish peer) gets its NACKs, PLIs and receiver reports."""
        raise NotImplementedError

    def remove_publisher(self, publisher: Publisher, now: float) -> None:
        """Closes its sinks; its subscribers fall silent and keep their slot."""
        raise NotImplementedError

    def receive_rtp(self, publisher: Publisher, packet: bytes, now: float) -> None:
        """One decrypted RTP (or RTX) packet of that publisher. Never raises; bad packets are dropped and counted."""
        raise NotImplementedError

    def receive_publisher_rtcp(self, connection: Connection, packet: bytes, now: float) -> None:
        """One decrypted compound packet from a publish connection (sender reports, BYE). Never raises."""
        raise NotImplementedError

    def request_keyframe(self, publisher: Publisher, now: float) -> None:
        """Somebody needs a key frame; the router asks the publisher once per interval, whoever asks."""
        raise NotImplementedError

    def attach_sink(self, publisher: Publisher, sink: Sink) -> None:
        """The sink gets every packet admitted from now on, as the publisher sent it, in order of arrival."""
        raise NotImplementedError

    def detach_sink(self, publisher: Publisher, sink: Sink) -> None:
        """Without closing it."""
        raise NotImplementedError

    # --- subscribers (one a slot) ---------------------------------------------------------------------------

    def add_subscriber(self, connection: Connection, spec: SubscriberSpec) -> Subscriber:
        """A new slot, empty. May come before the connection stands. ``spec.ssrc`` and ``spec.rtx_ssrc`` must never
        have been used on this connection before (ValueError): its SRTP keys are the same, its numbers would repeat."""
        raise NotImplementedError

    def remove_subscriber(self, subscriber: Subscriber, now: float) -> None: ...

    def assign(self, subscriber: Subscriber, publisher: Publisher | None, now: float) -> None:
        """Puts that source into the slot (None: leaves it empty) from the next key frame on; audio at once."""
        raise NotImplementedError

    def set_output(self, connection: Connection, output: Output | None, now: float) -> None:
        """Where that connection's media leaves: once DTLS stands, at every new address, None to hold it back."""
        raise NotImplementedError

    def receive_subscriber_rtcp(self, connection: Connection, packet: bytes, now: float) -> None:
        """One decrypted compound packet from a subscribe connection (PLI, FIR, NACK, receiver reports). Never raises."""
        raise NotImplementedError

    def remove_connection(self, connection: Connection, now: float) -> None:
        """Everything that connection published or subscribed to."""
        raise NotImplementedError

    # --- time -----------------------------------------------------------------------------------------------

    def poll(self, now: float) -> list[SendRtcp]:
        """What is due: key-frame requests, NACKs, sender and receiver reports. Moves ``deadline``."""
        raise NotImplementedError

    # --- who speaks -----------------------------------------------------------------------------------------

    def levels(self, now: float) -> dict[str, int]:
        """source_id -> smoothed level (RFC 6464: 0 loud .. 127 silent dBov) of the audio sources heard just now."""
        raise NotImplementedError

    def loudest(self, count: int, now: float) -> list[str]:
        """source_ids of the audio sources worth hearing, loudest first, with hysteresis (does not flap)."""
        raise NotImplementedError

    def stretches(self, now: float) -> list[Stretch]:
        """Stretches of speech that have ended since the last call."""
        raise NotImplementedError
