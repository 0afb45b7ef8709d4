"""The media of one session: publishers in, subscribers out, and the wishes that arise in between."""

from __future__ import annotations

from math import inf
from typing import NamedTuple

from hub.media.rtp import rtcp
from hub.media.rtp.errors import BadPacket
from hub.media.rtp.extensions import NOTHING, read
from hub.media.rtp.feedback import Fir, Nack, Pli, Remb
from hub.media.sfu import figures
from hub.media.sfu.agenda import Agenda
from hub.media.sfu.encoding import Encoding, Rung
from hub.media.sfu.figures import Overview, Totals
from hub.media.sfu.follower import Follower
from hub.media.sfu.lane import Lane, settle, stop, wait
from hub.media.sfu.links import Downstream, Upstream
from hub.media.sfu.media import Media
from hub.media.sfu.outputs import Connection, Output
from hub.media.sfu.publisher import Publisher, PublisherSpec
from hub.media.sfu.sink import Sink
from hub.media.sfu.speakers import Speaker, Speakers, Stretch
from hub.media.sfu.steering import first_rung, steer
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
        self._wall_offset_s = wall_offset_s
        self._cname = cname
        self._upstreams: dict[Connection, Upstream] = {}
        self._downstreams: dict[Connection, Downstream] = {}
        self._agenda: Agenda[Upstream | Downstream] = Agenda()
        self._speakers = Speakers()
        self._speaker_of: dict[Publisher, Speaker] = {}
        self._pressure = 0
        self._past = Totals()  # of what is no longer here

    @property
    def deadline(self) -> float:
        """When ``poll`` next has something to say."""
        return self._agenda.deadline

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
        self._agenda.want(upstream, upstream.deadline)
        return publisher

    def remove_publisher(self, publisher: Publisher, now: float) -> None:
        """Closes its sinks; its subscribers fall silent and keep their slot."""
        upstream = self._upstreams.get(publisher.connection)
        if upstream is None or publisher not in upstream.publishers:
            return
        upstream.publishers.remove(publisher)
        if not upstream.publishers:
            del self._upstreams[publisher.connection]
            self._agenda.drop(upstream)
        followers = {one for lane in publisher.lanes for one in (*lane.running, *lane.waiting)}
        stop(followers)
        for follower in followers:
            settle(follower)
            follower.show(None)
        self._past = self._past.plus(figures.of_publisher(publisher))
        if (speaker := self._speaker_of.pop(publisher, None)) is not None:
            self._speakers.remove(speaker.source_id)
        taps, publisher.taps = publisher.taps, ()
        for tap in taps:
            tap.sink.close()

    def receive_rtp(self, encoding: Encoding, packet: bytes, now: float) -> None:
        """One decrypted RTP (or RTX) packet of that encoding. Never raises: bad ones are counted."""
        publisher = encoding.publisher
        upstream = self._upstreams.get(publisher.connection)
        if upstream is None:
            return
        media: Media | None = None
        try:
            seen = read(packet, publisher.spec.extensions)
            if seen.transport >= 0:
                upstream.transport.note(seen.transport, now)
            if publisher.muted:
                publisher.silenced += 1
            else:
                media = encoding.admit(packet, now, seen)
        except BadPacket:
            self._past = self._past._replace(bad=self._past.bad + 1)
        if media is not None:
            if began := encoding.began:
                encoding.restart()
            for follower in encoding.give(media, now):
                self._started(follower, now)
            # The packet with which the key frame began may have been lost, and no later one shows the hole.
            if began and any(lane.lacks_keyframe(now) for lane in encoding.lanes):
                self._want_keyframe(encoding, now)
            if (speaker := self._speaker_of.get(publisher)) is not None:
                speaker.observe(media.level, now)
        self._agenda.want(upstream, min(encoding.deadline, upstream.transport.deadline))

    def note_transport(self, connection: Connection, packet: bytes, now: float) -> None:
        """A packet of a stream that nobody knows (probes): its number counts all the same. Never raises."""
        upstream = self._upstreams.get(connection)
        if upstream is None:
            return
        ids = next(
            (one.spec.extensions for one in upstream.publishers if one.spec.extensions.transport_cc), None
        )
        try:
            seen = read(packet, ids) if ids is not None else NOTHING
        except BadPacket:
            return
        if seen.transport >= 0:
            upstream.transport.note(seen.transport, now)
            self._agenda.want(upstream, upstream.transport.deadline)

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

    def mute(self, publisher: Publisher, muted: bool, now: float) -> None:
        """Its packets are dropped at the door: nobody hears it, no sink has it, it has no level."""
        if publisher.muted is muted:
            return
        publisher.muted = muted
        for encoding in publisher.encodings:
            encoding.restart()
            encoding.interrupt()
        if muted and (speaker := self._speaker_of.get(publisher)) is not None:
            self._speakers.hush(speaker)
        if not muted:
            self.request_keyframe(publisher, now)

    def request_keyframe(self, publisher: Publisher, now: float) -> None:
        """Somebody needs a key frame; the router asks the publisher once per interval, whoever asks."""
        lanes = [lane for tap in publisher.taps if (lane := tap.target or tap.lane) is not None]
        for encoding in {lane.encoding for lane in lanes} or publisher.encodings:
            self._want_keyframe(encoding, now)

    def attach_sink(self, publisher: Publisher, sink: Sink) -> None:
        """The sink gets the highest encoding there is, with everything in it, from its next key frame on."""
        publisher.attach(sink)

    def detach_sink(self, publisher: Publisher, sink: Sink) -> None:
        """Without closing it."""
        publisher.detach(sink)

    # --- subscribers (one a slot) ---------------------------------------------------------------------------

    def add_subscriber(self, connection: Connection, spec: SubscriberSpec) -> Subscriber:
        """A new slot, empty; may come before the connection stands.

        ``spec.ssrc`` and ``spec.rtx_ssrc`` must never have been used on this connection before (ValueError):
        its SRTP keys are the same, so the numbers would repeat under one key.
        """
        return self._downstream(connection).add(spec)

    def remove_subscriber(self, subscriber: Subscriber, now: float) -> None:
        self.assign(subscriber, None, now)
        downstream = self._downstreams.get(subscriber.connection)
        if downstream is not None and downstream.subscribers.pop(subscriber.spec.ssrc, None) is not None:
            self._past = self._past.plus(figures.of_subscriber(subscriber))

    def assign(self, subscriber: Subscriber, publisher: Publisher | None, now: float) -> None:
        """Puts that source into the slot (None: empties it): video from the next key frame, audio at once."""
        if subscriber.publisher is publisher:
            return
        if publisher is not None and publisher.spec.codec not in subscriber.spec.codecs:
            raise ValueError("the slot was answered for other codecs")
        settle(subscriber)
        stop([subscriber])
        subscriber.show(publisher)
        self._aim(subscriber, first_rung(subscriber, now, self._pressure), now)
        self._steer_soon(subscriber.connection, now)

    def view(self, subscriber: Subscriber, width: int, rank: int, now: float) -> None:
        """How large the slot is seen, in device pixels (0: nobody looks, it is paused), and how dear it is:
        rank 0 is the first to keep when the line is narrow."""
        before, subscriber.width, subscriber.rank = subscriber.width, width, rank
        if bool(width) is not bool(before):
            self._aim(subscriber, first_rung(subscriber, now, self._pressure), now)
        self._steer_soon(subscriber.connection, now)

    def set_output(self, connection: Connection, output: Output | None, now: float) -> None:
        """Where that connection's media leaves: once DTLS stands, at each new address; None holds it."""
        downstream = self._downstream(connection)
        downstream.move(output)
        for subscriber in downstream.subscribers.values():
            self._move(subscriber, output, now)

    def _move(self, subscriber: Subscriber, output: Output | None, now: float) -> None:
        lane = subscriber.lane
        if output is None and lane is not None:
            if subscriber.target is None:
                wait(subscriber, lane)
            stop([subscriber])
        subscriber.output = output
        if output is not None:
            if subscriber.lane is not None:
                subscriber.lane.rebuild()
            if subscriber.target is not None:
                self._start_from_cache(subscriber.target, now)

    def receive_subscriber_rtcp(self, connection: Connection, packet: bytes, now: float) -> None:
        """One decrypted compound packet from a subscribe connection (PLI, NACK, RR, REMB). Never raises."""
        downstream = self._downstreams.get(connection)
        if downstream is None:
            return
        for report in self._parse(packet):
            if isinstance(report, rtcp.ReceiverReport | rtcp.SenderReport):
                downstream.observe_receiver_report(report.blocks, now, self._wall_offset_s)
            elif isinstance(report, Remb):
                downstream.observe_remb(report.bitrate_bps, now)
            elif isinstance(report, Nack):
                self._resend(downstream, report, now)
            elif isinstance(report, Pli):
                self._need(downstream.subscribers.get(report.media_ssrc), now)
            elif isinstance(report, Fir):
                for ssrc, _ in report.entries:
                    self._need(downstream.subscribers.get(ssrc), now)
        self._agenda.want(downstream, downstream.deadline)

    def remove_connection(self, connection: Connection, now: float) -> None:
        """Everything that connection published or subscribed to."""
        upstream = self._upstreams.get(connection)
        for publisher in list(upstream.publishers) if upstream is not None else ():
            self.remove_publisher(publisher, now)
        downstream = self._downstreams.get(connection)
        if downstream is not None:
            for subscriber in list(downstream.subscribers.values()):
                self.remove_subscriber(subscriber, now)
            del self._downstreams[connection]
            self._agenda.drop(downstream)

    # --- time -----------------------------------------------------------------------------------------------

    def poll(self, now: float) -> list[SendRtcp]:
        """What is due: requests and reports to send, slots to steer. Moves ``deadline``."""
        wishes = []
        for link in self._agenda.due(now):
            if isinstance(link, Upstream):
                self._tend(link, now)
                packets = link.due(now)
            else:
                if now >= link.next_steer:
                    for subscriber, rung in steer(link, now, self._pressure):
                        self._aim(subscriber, rung, now)
                packets = link.due(now, self._wall_offset_s, self._upstreams, self._cname)
            wishes += [SendRtcp(link.connection, packet) for packet in packets]
            self._agenda.want(link, link.deadline)
        return wishes

    @property
    def pressure(self) -> int:
        """What the hub asks of everybody: 0 nothing, 1 no top layer in time, 2 no top encoding, 3 only the
        first pictures. Sound never suffers."""
        return self._pressure

    @pressure.setter
    def pressure(self, pressure: int) -> None:
        if pressure != self._pressure:
            self._pressure = pressure
            for connection in self._downstreams:
                self._steer_soon(connection, -inf)

    def overview(self, now: float) -> Overview:
        """Figures of every source and every slot."""
        return Overview(
            [
                figures.of_source(publisher, upstream.round_trip_s, now)
                for upstream in self._upstreams.values()
                for publisher in upstream.publishers
            ],
            [
                figures.of_slot(subscriber, now)
                for downstream in self._downstreams.values()
                for subscriber in downstream.subscribers.values()
            ],
        )

    def totals(self) -> Totals:
        """What was dropped, lost and sent again; it only grows."""
        found = self._past
        for upstream in self._upstreams.values():
            for publisher in upstream.publishers:
                found = found.plus(figures.of_publisher(publisher))
        for downstream in self._downstreams.values():
            for subscriber in downstream.subscribers.values():
                found = found.plus(figures.of_subscriber(subscriber))
        return found

    # --- who speaks -----------------------------------------------------------------------------------------

    def levels(self, now: float) -> dict[str, int]:
        """source_id -> level (RFC 6464: 0 loud .. 127 silent) of the audio sources heard just now."""
        return self._speakers.levels(now)

    def speaking(self, now: float) -> list[str]:
        """source_ids of the audio sources in a stretch of speech, longest first."""
        return self._speakers.speaking(now)

    def stretches(self, now: float) -> list[Stretch]:
        """Stretches of speech that have ended since the last call."""
        return self._speakers.stretches(now)

    def cut_stretches(self) -> None:
        """End those that are open; ``stretches`` has them then."""
        self._speakers.cut()

    # --- inside ---------------------------------------------------------------------------------------------

    def _downstream(self, connection: Connection) -> Downstream:
        downstream = self._downstreams.get(connection)
        if downstream is None:
            downstream = self._downstreams[connection] = Downstream(connection)
        return downstream

    def _parse(self, packet: bytes) -> list[rtcp.Report]:
        try:
            return rtcp.parse(packet)
        except BadPacket:
            self._past = self._past._replace(bad=self._past.bad + 1)
            return []

    # What a slot should have, and how it gets there.

    def _steer_soon(self, connection: Connection, now: float) -> None:
        downstream = self._downstreams.get(connection)
        if downstream is not None:
            downstream.next_steer = now
            self._agenda.want(downstream, now)

    def _aim(self, subscriber: Subscriber, rung: Rung | None, now: float) -> None:
        publisher = subscriber.publisher
        subscriber.aim = rung
        subscriber.starved = publisher is not None and rung is None and subscriber.width > 0
        if rung is None or publisher is None:
            settle(subscriber)
            stop([subscriber])
            return
        lane = publisher.encodings[rung.encoding].lane_of(rung.temporal)
        if subscriber.lane is lane:
            settle(subscriber)
            return
        if subscriber.target is not lane:
            wait(subscriber, lane)
        self._start_from_cache(lane, now)

    def _start_from_cache(self, lane: Lane, now: float) -> None:
        """Whoever waits begins at the last key frame if few packets came since; else one is asked for."""
        for follower in lane.begin(now):
            self._started(follower, now)
        if lane.lacks_keyframe(now):
            self._want_keyframe(lane.encoding, now)

    def _started(self, follower: Follower, now: float) -> None:
        """The first sender report follows at once: lip sync need not wait for the second."""
        if isinstance(follower, Subscriber):
            downstream = self._downstreams[follower.connection]
            downstream.next_report = now
            self._agenda.want(downstream, now)

    def _tend(self, upstream: Upstream, now: float) -> None:
        """Lanes that are no longer used go, sinks follow the highest encoding, and viewers what there is."""
        for publisher in upstream.publishers:
            if publisher.sort():
                for follower in {one for lane in publisher.lanes for one in (*lane.running, *lane.waiting)}:
                    if isinstance(follower, Subscriber) and (lane := follower.target or follower.lane):
                        follower.aim = lane.rung(now)
        for publisher in upstream.changed(now):
            for follower in {one for lane in publisher.lanes for one in (*lane.running, *lane.waiting)}:
                if isinstance(follower, Subscriber):
                    self._steer_soon(follower.connection, now)
        for publisher in upstream.publishers:
            for encoding in publisher.encodings:
                encoding.tidy(now)
            if (best := publisher.lead_sinks(now)) is not None:
                self._start_from_cache(best.lane, now)

    # What a viewer asks for.

    def _want_keyframe(self, encoding: Encoding, now: float) -> None:
        if encoding.spec.kind == "video" and encoding.ssrc is not None and not encoding.publisher.muted:
            encoding.keyframe.want(now)
            upstream = self._upstreams.get(encoding.publisher.connection)
            if upstream is not None:
                self._agenda.want(upstream, encoding.deadline)

    def _need(self, subscriber: Subscriber | None, now: float) -> None:
        """It has lost its picture, wherever it is on the way to."""
        lane = (subscriber.lane or subscriber.target) if subscriber is not None else None
        if lane is not None:
            self._want_keyframe(lane.encoding, now)

    def _resend(self, downstream: Downstream, nack: Nack, now: float) -> None:
        """RFC 4585, 6.2.1: the numbers are ours; the slot knows which packets they were."""
        subscriber = downstream.subscribers.get(nack.media_ssrc)
        if subscriber is None:
            return
        repairs, budget_bps = downstream.repairs, downstream.estimate.budget_bps
        for number in nack.lost[:MAX_RESENT_AT_ONCE]:
            if not repairs.allowed(budget_bps, now):
                return
            repairs.spend(subscriber.resend(number, now))
