"""The media of one session: publishers in, subscribers out, and the wishes that arise in between."""

from __future__ import annotations

from math import inf
from typing import NamedTuple

from hub.media.rtp import rtcp
from hub.media.rtp.errors import BadPacket
from hub.media.rtp.extensions import read
from hub.media.rtp.feedback import Fir, Nack, Pli, Remb
from hub.media.sfu.encoding import Encoding
from hub.media.sfu.lane import Lane, settle, stop, wait
from hub.media.sfu.links import Downstream, Upstream
from hub.media.sfu.media import Media
from hub.media.sfu.outputs import Connection, Output
from hub.media.sfu.publisher import Publisher, PublisherSpec
from hub.media.sfu.sink import Sink
from hub.media.sfu.speakers import Speaker, Speakers, Stretch
from hub.media.sfu.subscriber import Subscriber, SubscriberSpec

# One RTCP packet can name 6,000 numbers; no honest receiver misses so many at once.
MAX_RESENT_AT_ONCE = 512


class SendRtcp(NamedTuple):
    """A wish: ``wish.connection.send_rtcp(wish.packet)``."""

    connection: Connection
    packet: bytes


class Router:
    """One per session. Pure: bytes and ``now`` (monotonic seconds) in; rows are sent from ``receive_rtp``.

    The pump calls ``poll(now)`` when ``deadline`` has come (it looks at it after every batch of datagrams,
    because a packet may bring it nearer) and carries out the wishes.
    """

    def __init__(self, *, wall_offset_s: float, cname: str) -> None:
        """``wall_offset_s``: UTC seconds minus monotonic seconds, ``clock.wall_ms_at(0.0) / 1000``."""
        self.deadline = inf  # when poll() next has something to say
        self.bad_packets = 0
        self._wall_offset_s = wall_offset_s
        self._cname = cname
        self._upstreams: dict[Connection, Upstream] = {}
        self._downstreams: dict[Connection, Downstream] = {}
        self._speakers = Speakers()
        self._speaker_of: dict[Publisher, Speaker] = {}

    # --- publishers -----------------------------------------------------------------------------------------

    def add_publisher(self, connection: Connection, spec: PublisherSpec, now: float) -> Publisher:
        """A new incoming source; ``connection`` (the publish peer) gets its NACKs, PLIs, receiver reports."""
        upstream = self._upstreams.get(connection)
        if upstream is None:
            upstream = self._upstreams[connection] = Upstream(connection, self._cname, now)
        publisher = Publisher(spec, connection)
        upstream.publishers.append(publisher)
        if spec.kind == "audio":
            self._speaker_of[publisher] = self._speakers.add(spec.source_id)
        self._wake(upstream.deadline)
        return publisher

    def remove_publisher(self, publisher: Publisher, now: float) -> None:
        """Closes its sinks; its subscribers fall silent and keep their slot."""
        upstream = self._upstreams.get(publisher.connection)
        if upstream is None or publisher not in upstream.publishers:
            return
        upstream.publishers.remove(publisher)
        if not upstream.publishers:
            del self._upstreams[publisher.connection]
        for encoding in publisher.encodings:
            for lane in encoding.lanes:
                for follower in [*lane.running, *lane.waiting]:
                    settle(follower)
                    follower.publisher = None
                lane.stop(lane.running)
        if (speaker := self._speaker_of.pop(publisher, None)) is not None:
            self._speakers.remove(speaker.source_id)
        sinks, publisher.sinks = publisher.sinks, ()
        for sink in sinks:
            sink.close()

    def receive_rtp(self, encoding: Encoding, packet: bytes, now: float) -> None:
        """One decrypted RTP (or RTX) packet of that encoding. Never raises: bad ones are counted."""
        publisher = encoding.publisher
        try:
            media = encoding.admit(packet, now, read(packet, publisher.spec.extensions))
        except BadPacket:
            self.bad_packets += 1
            return
        if media is None:
            return
        if encoding.restarted:
            encoding.restarted = False
            for lane in encoding.lanes:
                lane.restart()
            self._want_keyframe(encoding, now)
        for sink in publisher.sinks:
            sink.receive_rtp(media.packet, now)
        for lane in encoding.lanes:
            lane.forward(media, now)
            if lane.waiting:
                self._begin(lane, now, media)
        if publisher.spec.kind == "audio":
            self._speaker_of[publisher].observe(media.level, now)
        self._wake(encoding.deadline)

    def receive_publisher_rtcp(self, connection: Connection, packet: bytes, now: float) -> None:
        """One decrypted compound packet from a publish connection (sender reports). Never raises."""
        upstream = self._upstreams.get(connection)
        if upstream is None:
            return
        for report in self._parse(packet):
            if isinstance(report, rtcp.SenderReport):
                upstream.observe_sender_report(report, now)
            elif isinstance(report, rtcp.LastReceived):
                upstream.observe_last_received(report, now)

    def request_keyframe(self, publisher: Publisher, now: float) -> None:
        """Somebody needs a key frame; the router asks the publisher once per interval, whoever asks."""
        for encoding in publisher.encodings:
            self._want_keyframe(encoding, now)

    def attach_sink(self, publisher: Publisher, sink: Sink) -> None:
        """The sink gets every packet admitted from now on, as the publisher sent it, in order of arrival."""
        publisher.sinks = (*publisher.sinks, sink)

    def detach_sink(self, publisher: Publisher, sink: Sink) -> None:
        """Without closing it."""
        publisher.sinks = tuple(attached for attached in publisher.sinks if attached is not sink)

    # --- subscribers (one a slot) ---------------------------------------------------------------------------

    def add_subscriber(self, connection: Connection, spec: SubscriberSpec) -> Subscriber:
        """A new slot, empty; may come before the connection stands.

        ``spec.ssrc`` and ``spec.rtx_ssrc`` must never have been used on this connection before (ValueError):
        its SRTP keys are the same, so the numbers would repeat under one key.
        """
        downstream = self._downstreams.get(connection)
        if downstream is None:
            downstream = self._downstreams[connection] = Downstream(connection)
        return downstream.add(spec)

    def remove_subscriber(self, subscriber: Subscriber, now: float) -> None:
        self.assign(subscriber, None, now)
        downstream = self._downstreams.get(subscriber.connection)
        if downstream is not None:
            downstream.subscribers.pop(subscriber.spec.ssrc, None)

    def assign(self, subscriber: Subscriber, publisher: Publisher | None, now: float) -> None:
        """Puts that source into the slot (None: empties it): video from the next key frame, audio at once."""
        if subscriber.publisher is publisher:
            return
        if publisher is not None and publisher.spec.codec not in subscriber.spec.codecs:
            raise ValueError("the slot was answered for other codecs")
        settle(subscriber)
        stop([subscriber])
        subscriber.publisher = publisher
        if publisher is not None:
            wait(subscriber, publisher.encodings[0].lane)
            self._start_from_cache(publisher.encodings[0].lane, now)

    def set_output(self, connection: Connection, output: Output | None, now: float) -> None:
        """Where that connection's media leaves: once DTLS stands, at each new address; None holds it."""
        downstream = self._downstreams.get(connection)
        if downstream is None:
            downstream = self._downstreams[connection] = Downstream(connection)
        downstream.output = output
        for subscriber in downstream.subscribers.values():
            self._move(subscriber, output, now)

    def _move(self, subscriber: Subscriber, output: Output | None, now: float) -> None:
        if output is None and subscriber.lane is not None:
            if subscriber.target is None:
                wait(subscriber, subscriber.lane)
            stop([subscriber])
        subscriber.output = output
        if output is None:
            return
        if subscriber.lane is not None:
            subscriber.lane.rebuild()
        if subscriber.target is not None:
            self._start_from_cache(subscriber.target, now)

    def receive_subscriber_rtcp(self, connection: Connection, packet: bytes, now: float) -> None:
        """One decrypted compound packet from a subscribe connection (PLI, FIR, NACK, RR). Never raises."""
        downstream = self._downstreams.get(connection)
        if downstream is None:
            return
        for report in self._parse(packet):
            if isinstance(report, rtcp.ReceiverReport | rtcp.SenderReport):
                downstream.observe_receiver_report(report.blocks, now, self._wall_offset_s)
            elif isinstance(report, Remb):
                downstream.observe_remb(report.bitrate_bps, now)
            elif isinstance(report, Nack):
                self._resend(downstream.subscribers.get(report.media_ssrc), report.lost, now)
            elif isinstance(report, Pli):
                self._need(downstream.subscribers.get(report.media_ssrc), now)
            elif isinstance(report, Fir):
                for ssrc, _ in report.entries:
                    self._need(downstream.subscribers.get(ssrc), now)

    def remove_connection(self, connection: Connection, now: float) -> None:
        """Everything that connection published or subscribed to."""
        upstream = self._upstreams.get(connection)
        for publisher in list(upstream.publishers) if upstream is not None else ():
            self.remove_publisher(publisher, now)
        downstream = self._downstreams.pop(connection, None)
        for subscriber in downstream.subscribers.values() if downstream is not None else ():
            self.assign(subscriber, None, now)

    # --- time -----------------------------------------------------------------------------------------------

    def poll(self, now: float) -> list[SendRtcp]:
        """What is due: key-frame requests, NACKs, sender and receiver reports. Moves ``deadline``."""
        wishes = []
        deadline = inf
        for upstream in self._upstreams.values():
            if now >= upstream.deadline:
                wishes += [SendRtcp(upstream.connection, packet) for packet in upstream.due(now)]
            deadline = min(deadline, upstream.deadline)
        for downstream in self._downstreams.values():
            packets = downstream.due(now, self._wall_offset_s, self._upstreams, self._cname)
            wishes += [SendRtcp(downstream.connection, packet) for packet in packets]
            deadline = min(deadline, downstream.next_report)
        self.deadline = deadline
        return wishes

    # --- who speaks -----------------------------------------------------------------------------------------

    def levels(self, now: float) -> dict[str, int]:
        """source_id -> level (RFC 6464: 0 loud .. 127 silent) of the audio sources heard just now."""
        return self._speakers.levels(now)

    def speaking(self, now: float) -> list[str]:
        """source_ids of the audio sources in a stretch of speech, longest first."""
        return self._speakers.speaking(now)

    def loudest(self, count: int, now: float) -> list[str]:
        """source_ids of the audio sources worth hearing, loudest first; does not flap."""
        return self._speakers.loudest(count, now)

    def stretches(self, now: float) -> list[Stretch]:
        """Stretches of speech that have ended since the last call."""
        return self._speakers.stretches(now)

    def cut_stretches(self) -> None:
        """End those that are open; ``stretches`` has them then."""
        self._speakers.cut()

    # --- inside ---------------------------------------------------------------------------------------------

    def _wake(self, at: float) -> None:
        if at < self.deadline:
            self.deadline = at

    def _parse(self, packet: bytes) -> list[rtcp.Report]:
        try:
            return rtcp.parse(packet)
        except BadPacket:
            self.bad_packets += 1
            return []

    def _want_keyframe(self, encoding: Encoding, now: float) -> None:
        if encoding.spec.kind == "video" and encoding.ssrc is not None:
            encoding.keyframe.want(now)
            self._wake(encoding.deadline)

    def _start_from_cache(self, lane: Lane, now: float) -> None:
        """Whoever waits begins at the last key frame if few packets came since; else one is asked for."""
        self._begin(lane, now)
        if any(follower.reachable for follower in lane.waiting):
            self._want_keyframe(lane.encoding, now)

    def _begin(self, lane: Lane, now: float, media: Media | None = None) -> None:
        """The first sender report follows at once: lip sync need not wait for the second."""
        for follower in lane.begin(now, media):
            if isinstance(follower, Subscriber):
                self._downstreams[follower.connection].next_report = now
                self._wake(now)

    def _need(self, subscriber: Subscriber | None, now: float) -> None:
        lane = (subscriber.target or subscriber.lane) if subscriber is not None else None
        if lane is not None:
            self._want_keyframe(lane.encoding, now)

    def _resend(self, subscriber: Subscriber | None, lost: tuple[int, ...], now: float) -> None:
        """RFC 4585, 6.2.1: the numbers are ours; the rewriter knows which packets they were."""
        lane = subscriber.lane if subscriber is not None else None
        if subscriber is None or lane is None or lane.newest is None:
            return
        for number in lost[:MAX_RESENT_AT_ONCE]:
            seq = subscriber.rewriter.source_seq(number, lane.newest)
            media = lane.history.get(seq) if seq >= 0 else None
            if media is not None:
                subscriber.resend(media, now)
