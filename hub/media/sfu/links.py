"""What the router keeps of each connection: its sources on the way in, its slots on the way out."""

from __future__ import annotations

from math import inf

from hub.media.rtp.feedback import build_fir, build_nack, build_pli, build_remb
from hub.media.rtp.ntp import middle_bits, to_ntp
from hub.media.rtp.rtcp import ReportBlock, SenderReport
from hub.media.sfu.encoding import Encoding
from hub.media.sfu.outputs import Connection, Output
from hub.media.sfu.publisher import Publisher
from hub.media.sfu.reports import PublisherClock, receiver_compound, round_trip, sender_compounds
from hub.media.sfu.subscriber import Subscriber, SubscriberSpec

# What Chromium does for video; RFC 3550's five seconds are too slow for an encoder that adapts.
RECEIVER_REPORT_S = 1.0
# Lip sync moves with these; between two of them clocks drift by microseconds.
SENDER_REPORT_S = 2.0
# Our own SSRC where we only receive; browsers do the same.
LOCAL_SSRC = 1


class Upstream:
    """A publish connection."""

    __slots__ = ("_cname", "clock", "connection", "next_report", "publishers")

    def __init__(self, connection: Connection, cname: str, now: float) -> None:
        self.connection = connection
        self.publishers: list[Publisher] = []
        self.clock = PublisherClock()
        self.next_report = now + RECEIVER_REPORT_S
        self._cname = cname

    @property
    def deadline(self) -> float:
        return min([self.next_report, *[publisher.deadline for publisher in self.publishers]])

    def encodings(self) -> list[Encoding]:
        return [encoding for publisher in self.publishers for encoding in publisher.encodings]

    def observe_sender_report(self, report: SenderReport, now: float) -> None:
        for encoding in self.encodings():
            if encoding.ssrc == report.ssrc:
                self.clock.observe(report.ntp, now)
                encoding.observe_sender_report(report.ntp, report.rtp_timestamp, now)

    def due(self, now: float) -> bytes | None:
        """Requests that cannot wait and the report when its time has come, in one compound; None: nothing."""
        feedback = b"".join([self._requests(encoding, now) for encoding in self.encodings()])
        blocks: list[ReportBlock] = []
        reporting = now >= self.next_report
        if reporting:
            self.next_report = now + RECEIVER_REPORT_S
            blocks = [block for one in self.encodings() if (block := _block(one, now)) is not None]
            feedback += self._caps()
        if not blocks and not feedback:
            return None
        # RFC 4585, 3.1: feedback travels in a compound behind a report and our name.
        return receiver_compound(LOCAL_SSRC, blocks, self._cname, feedback)

    def _requests(self, encoding: Encoding, now: float) -> bytes:
        if encoding.ssrc is None or now < encoding.deadline:
            return b""
        out = b""
        lost = encoding.missing.due(now)
        if lost:
            out += build_nack(LOCAL_SSRC, encoding.ssrc, lost)
        if encoding.missing.gave_up:
            # Every receiver has the hole now, so one request here comes before one from each of them.
            encoding.missing.gave_up = False
            if encoding.spec.kind == "video":
                encoding.keyframe.want(now)
        if encoding.keyframe.due(now):
            out += _keyframe_request(encoding, encoding.ssrc)
        return out

    def _caps(self) -> bytes:
        return b"".join(
            [
                build_remb(LOCAL_SSRC, encoding.spec.max_bps, [encoding.ssrc])
                for encoding in self.encodings()
                if encoding.spec.max_bps is not None and encoding.ssrc is not None
            ]
        )


def _keyframe_request(encoding: Encoding, ssrc: int) -> bytes:
    if encoding.spec.pli:
        return build_pli(LOCAL_SSRC, ssrc)
    if encoding.spec.fir:
        # RFC 5104, 4.3.1.1: a new request has a new number, a repetition the old one; ours are all new.
        encoding.fir_count += 1
        return build_fir(LOCAL_SSRC, ssrc, encoding.fir_count)
    return b""


def _block(encoding: Encoding, now: float) -> ReportBlock | None:
    if encoding.ssrc is None or encoding.reception is None:
        return None
    last_sr = middle_bits(encoding.last_sr[0]) if encoding.last_sr is not None else 0
    return encoding.reception.block(encoding.ssrc, last_sr, now - encoding.last_sr_at)


class Downstream:
    """A subscribe connection."""

    __slots__ = ("_used", "connection", "next_report", "output", "subscribers")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.output: Output | None = None
        self.subscribers: dict[int, Subscriber] = {}  # by SSRC
        self.next_report = inf
        self._used: set[int] = set()

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
        for block in blocks:
            if (subscriber := self.subscribers.get(block.ssrc)) is not None:
                subscriber.heard(block, round_trip(block, to_ntp(now + wall_offset_s)))


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
    timestamp = (rtp_timestamp + elapsed + subscriber.rewriter.timestamp_delta) & 0xFFFF_FFFF
    packets, octets = subscriber.sent()
    return SenderReport(subscriber.spec.ssrc, to_ntp(now + wall_offset_s), timestamp, packets, octets)
