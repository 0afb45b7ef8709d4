"""What the router keeps of each connection: its sources on the way in, its slots on the way out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import inf

from hub.media.rtp.feedback import build_fir, build_nack, build_pli, build_remb
from hub.media.rtp.ntp import middle_bits, to_ntp
from hub.media.rtp.rtcp import LastReceived, ReportBlock, SenderReport, build_reference_time
from hub.media.rtp.serial import seq_diff
from hub.media.sfu.bandwidth import Estimate, Meter
from hub.media.sfu.encoding import Encoding
from hub.media.sfu.outputs import Connection, Output
from hub.media.sfu.publisher import Publisher
from hub.media.sfu.reports import PublisherClock, receiver_compounds, round_trip, sender_compounds
from hub.media.sfu.retransmit import Repairs
from hub.media.sfu.subscriber import Subscriber, SubscriberSpec
from hub.media.sfu.twcc import TransportFeedback

# What Chromium does for video; RFC 3550's five seconds are too slow for an encoder that adapts.
RECEIVER_REPORT_S = 1.0
# Lip sync moves with these; between two of them clocks drift by microseconds.
SENDER_REPORT_S = 2.0
# Our own SSRC where we only receive; browsers do the same.
LOCAL_SSRC = 1
# Room for a voice, under the cap of its connection.
AUDIO_BPS = 128_000
# Reports on fewer packets say nothing of a line: one in ten lost of ten is one.
TELLING_PACKETS = 20


class Upstream:
    """A publish connection."""

    __slots__ = (
        "_cap_bps",
        "_cname",
        "_there",
        "clock",
        "connection",
        "next_report",
        "publishers",
        "round_trip_s",
        "transport",
    )

    def __init__(self, connection: Connection, cname: str, now: float) -> None:
        self.connection = connection
        self.publishers: list[Publisher] = []
        self.clock = PublisherClock()
        self.transport = TransportFeedback()
        self.next_report = now + RECEIVER_REPORT_S
        self.round_trip_s: float | None = None
        self._cap_bps = 0
        self._there: dict[Publisher, list[Encoding]] = {}
        self._cname = cname

    @property
    def deadline(self) -> float:
        requests = [publisher.deadline for publisher in self.publishers]
        return min([self.next_report, self.transport.deadline, *requests])

    def encodings(self) -> list[Encoding]:
        return [encoding for publisher in self.publishers for encoding in publisher.encodings]

    def changed(self, now: float) -> list[Publisher]:
        """Those that have other encodings than when this was last asked."""
        before = self._there
        self._there = {one: one.available(now) for one in self.publishers}
        return [one for one, there in self._there.items() if there != before.get(one)]

    def observe_sender_report(self, report: SenderReport, now: float) -> None:
        for encoding in self.encodings():
            if encoding.ssrc == report.ssrc:
                self.clock.observe(report.ntp, now)
                encoding.observe_sender_report(report.ntp, report.rtp_timestamp, now)

    def observe_last_received(self, report: LastReceived, now: float) -> None:
        """RFC 3611, 4.5: whose clock it is does not matter, as long as it is the same both times."""
        for ssrc, last, delay in report.entries:
            if ssrc == LOCAL_SSRC and (found := round_trip(last, delay, to_ntp(now))) is not None:
                self.round_trip_s = found

    def due(self, now: float) -> list[bytes]:
        """What cannot wait, what its packets' times were, and the report when its time has come."""
        encodings = self.encodings()
        feedback = [message for encoding in encodings for message in _requests(encoding, now)]
        blocks: list[ReportBlock] = []
        reporting = now >= self.next_report
        if reporting:
            self.next_report = now + RECEIVER_REPORT_S
            blocks = [block for encoding in encodings if (block := _block(encoding, now)) is not None]
            feedback.append(build_reference_time(LOCAL_SSRC, to_ntp(now)))
        feedback += self._remb(encodings, again=reporting)
        media_ssrc = next((encoding.ssrc for encoding in encodings if encoding.ssrc is not None), 0)
        arrivals = self.transport.due(LOCAL_SSRC, media_ssrc, now)
        if arrivals is not None:
            feedback.append(arrivals)
        return receiver_compounds(LOCAL_SSRC, blocks, self._cname, feedback)

    def _remb(self, encodings: list[Encoding], *, again: bool) -> list[bytes]:
        """One for the whole connection: a browser takes it for that, whatever SSRCs it names."""
        before, self._cap_bps = self._cap_bps, cap_bps(self.publishers)
        ssrcs = [encoding.ssrc for encoding in encodings if encoding.ssrc is not None]
        if not self._cap_bps or not ssrcs or (self._cap_bps == before and not again):
            return []
        return [build_remb(LOCAL_SSRC, self._cap_bps, ssrcs)]


def _requests(encoding: Encoding, now: float) -> Iterator[bytes]:
    if encoding.ssrc is None or now < encoding.deadline:
        return
    lost = encoding.missing.due(now)
    if lost:
        yield build_nack(LOCAL_SSRC, encoding.ssrc, lost)
    if encoding.missing.gave_up:
        # Every receiver has the hole now, so one request here comes before one from each of them.
        encoding.missing.gave_up = False
        if encoding.spec.kind == "video":
            encoding.keyframe.want(now)
    if not encoding.keyframe.due(now, off=encoding.off(now)):
        return
    if encoding.spec.pli:
        yield build_pli(LOCAL_SSRC, encoding.ssrc)
    elif encoding.spec.fir:
        # RFC 5104, 4.3.1.1: a new request has a new number, a repetition the old one; ours are all new.
        encoding.fir_count += 1
        yield build_fir(LOCAL_SSRC, encoding.ssrc, encoding.fir_count)


def _block(encoding: Encoding, now: float) -> ReportBlock | None:
    if encoding.ssrc is None or encoding.reception is None:
        return None
    last_sr = middle_bits(encoding.last_sr[0]) if encoding.last_sr is not None else 0
    return encoding.reception.block(encoding.ssrc, last_sr, now - encoding.last_sr_at)


def cap_bps(publishers: Sequence[Publisher]) -> int:
    """The most that all sources of a connection should send together; 0 where no REMB was agreed.

    ``max_bps`` is that of the largest encoding; the next below has a quarter of the pixels and takes a third.
    Those that the publisher was told to leave off take nothing.
    """
    total = 0
    for publisher in publishers:
        most = publisher.spec.max_bps
        if publisher.spec.kind == "video" and most is not None:
            below = range(len(publisher.active) - 1, -1, -1)  # how far below the largest each is
            total += sum(most // 3**n for n, on in zip(below, publisher.active, strict=True) if on)
    return total + AUDIO_BPS * sum(one.spec.kind == "audio" for one in publishers) if total else 0


class Downstream:
    """A subscribe connection."""

    __slots__ = (
        "_highest",
        "_meter",
        "_moved",
        "_used",
        "connection",
        "estimate",
        "next_report",
        "next_steer",
        "output",
        "repairs",
        "subscribers",
    )

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.output: Output | None = None
        self.subscribers: dict[int, Subscriber] = {}  # by SSRC
        self.next_report = inf
        self.next_steer = inf
        self.estimate = Estimate()
        self.repairs = Repairs()
        self._meter = Meter()
        self._highest: dict[int, int] = {}  # by SSRC: the highest number that its last report names
        self._moved: dict[int, int] = {}  # by SSRC: the last number that left by a former path
        self._used: set[int] = set()

    @property
    def deadline(self) -> float:
        return min(self.next_report, self.next_steer)

    def add(self, spec: SubscriberSpec) -> Subscriber:
        """
        RFC 3711, 9.1: under one key no SSRC may start over, or its keystream repeats. Nothing that ever had a
        slot here comes back.
        """
        fresh = {spec.ssrc} if spec.rtx_ssrc is None else {spec.ssrc, spec.rtx_ssrc}
        if fresh & self._used or spec.ssrc == spec.rtx_ssrc:
            raise ValueError("an SSRC may be used once only on a connection")
        self._used |= fresh
        subscriber = self.subscribers[spec.ssrc] = Subscriber(spec, self.connection)
        subscriber.output = self.output
        return subscriber

    def move(self, output: Output | None) -> None:
        """Another way to the client: what the former one carried says nothing of it.

        Nor does what is still told of the former one: a NAT that forgot has lost seconds of packets.
        """
        self.output = output
        self.estimate = Estimate()
        self._meter = Meter()
        self._moved = {ssrc: one.number for ssrc, one in self.subscribers.items() if one.number >= 0}

    def due(
        self, now: float, wall_offset_s: float, clocks: dict[Connection, Upstream], cname: str
    ) -> list[bytes]:
        """Sender reports of all slots that are running, when their time has come."""
        if now < self.next_report:
            return []
        running = [subscriber for subscriber in self.subscribers.values() if subscriber.running]
        self.next_report = now + SENDER_REPORT_S if running else inf
        reports = []
        for subscriber in running:
            publisher = subscriber.publisher
            upstream = clocks.get(publisher.connection) if publisher is not None else None
            if upstream is not None and (report := _report(subscriber, upstream.clock, now, wall_offset_s)):
                reports.append(report)
        return sender_compounds(reports, cname)

    def observe_receiver_report(
        self, blocks: tuple[ReportBlock, ...], now: float, wall_offset_s: float
    ) -> None:
        """What became of the packets of each slot; the line's loss is that of all of them together."""
        sent = lost = 0.0
        for block in blocks:
            subscriber = self.subscribers.get(block.ssrc)
            if subscriber is None:
                continue
            ntp_now = to_ntp(now + wall_offset_s)
            subscriber.heard(block, round_trip(block.last_sr, block.delay_since_last_sr, ntp_now))
            before = self._highest.get(block.ssrc, block.highest)
            packets = block.highest - before
            self._highest[block.ssrc] = block.highest
            if packets > 0 and self._is_of_this_path(block.ssrc, before):
                sent += packets
                lost += packets * block.fraction_lost / 256
        if sent >= TELLING_PACKETS:
            self._learn(self.estimate.lost, lost / sent, now)

    def _is_of_this_path(self, ssrc: int, before: int) -> bool:
        """Whether all numbers above ``before`` left by the path of today."""
        moved = self._moved.get(ssrc)
        if moved is not None and seq_diff(before & 0xFFFF, moved & 0xFFFF) < 0:
            return False
        self._moved.pop(ssrc, None)
        return True

    def observe_remb(self, bps: int, now: float) -> None:
        self._learn(self.estimate.remb, bps, now)

    def _learn(self, observe: Callable[[float, float], None], what: float, now: float) -> None:
        """A line that turns out to be too narrow is steered at once."""
        before = self.estimate.budget_bps
        observe(what, now)
        if self.estimate.budget_bps < before:
            self.next_steer = now

    def measure(self, now: float) -> None:
        """Tells the estimate which pictures have really left; of sound a browser's REMB knows nothing."""
        pictures = [one for one in self.subscribers.values() if one.spec.kind == "video"]
        self.estimate.sent(self._meter.bps(sum(one.sent().octets for one in pictures), now))


def _report(
    subscriber: Subscriber, clock: PublisherClock, now: float, wall_offset_s: float
) -> SenderReport | None:
    """The publisher's (NTP, RTP) carried to this instant on the hub's clock and into this slot's timestamps.

    Before the publisher's first report nothing is known, and a report that guesses would move the picture
    against the sound a moment later: none is sent.
    """
    lane = subscriber.lane
    if lane is None or lane.encoding.last_sr is None:
        return None
    ntp, rtp_timestamp = lane.encoding.last_sr
    instant = clock.instant(ntp)
    if instant is None:
        return None
    elapsed = round((now - instant) * subscriber.spec.clock_rate)
    timestamp = (rtp_timestamp + elapsed + subscriber.rewriter.segment.timestamp_delta) & 0xFFFF_FFFF
    packets, octets = subscriber.sent()
    return SenderReport(subscriber.spec.ssrc, to_ntp(now + wall_offset_s), timestamp, packets, octets)
