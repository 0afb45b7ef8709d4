"""Reports both ways: how well a source arrives, what its clock says, what has left (RFC 3550, 6.4)."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from hub.media.rtp.ntp import from_ntp, middle_bits, to_short
from hub.media.rtp.rtcp import (
    MAX_BLOCKS,
    ReceiverReport,
    ReportBlock,
    SenderReport,
    build_description,
    build_receiver_report,
    build_sender_report,
)

MAX_COMPOUND_BYTES = 1200
_CLOCK_WINDOW_S = 30.0


class Reception:
    """The statistics of RFC 3550, A.1, A.3 and A.8 for one source."""

    __slots__ = (
        "_base",
        "_expected_prior",
        "_received_prior",
        "_transit",
        "clock_rate",
        "fraction_lost",
        "highest",
        "jitter",
        "received",
    )

    def __init__(self, clock_rate: int, first_seq: int) -> None:
        self.clock_rate = clock_rate
        self._base = self.highest = first_seq
        self.received = self._expected_prior = self._received_prior = 0
        self._transit: float | None = None
        self.jitter = 0.0
        self.fraction_lost = 0.0  # between the last two blocks

    def count(self, seq: int, timestamp: int, arrival: float) -> None:
        self.received += 1
        if seq > self.highest:
            self.highest = seq
        # A.8: the wrap of the timestamp is taken out by folding the difference.
        transit = (arrival * self.clock_rate - timestamp) % 0x1_0000_0000
        if self._transit is not None:
            moved = abs(transit - self._transit)
            self.jitter += (min(moved, 0x1_0000_0000 - moved) - self.jitter) / 16
        self._transit = transit

    def block(self, ssrc: int, last_sr: int, delay_s: float) -> ReportBlock:
        """A.3; the fraction is that since the last block made."""
        expected = self.highest - self._base + 1
        expected_now = expected - self._expected_prior
        lost_now = expected_now - (self.received - self._received_prior)
        self._expected_prior, self._received_prior = expected, self.received
        fraction = min((lost_now << 8) // expected_now, 255) if expected_now > 0 and lost_now > 0 else 0
        self.fraction_lost = fraction / 256
        delay = to_short(delay_s) if last_sr else 0
        lost = expected - self.received
        return ReportBlock(ssrc, fraction, lost, self.highest, int(self.jitter), last_sr, delay)


class PublisherClock:
    """A publisher's NTP clock on the hub's: the smallest of (arrival - NTP), the report that waited least.

    One for all sources of a connection, so that picture and sound of a venue are moved by the same amount.
    """

    __slots__ = ("_offset", "_seen")

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float]] = deque(maxlen=64)
        self._offset: float | None = None

    def observe(self, ntp: int, arrival: float) -> None:
        self._seen.append((arrival, arrival - from_ntp(ntp)))
        while self._seen[0][0] < arrival - _CLOCK_WINDOW_S:
            self._seen.popleft()
        self._offset = min(offset for _, offset in self._seen)

    def instant(self, ntp: int) -> float | None:
        """The hub's monotonic second of that NTP time; None before the first report."""
        return None if self._offset is None else from_ntp(ntp) + self._offset


def round_trip(last: int, delay: int, ntp_now: int) -> float | None:
    """RFC 3550, 6.4.1: arrival minus LSR minus DLSR, or None when the peer has had no report of ours.

    RFC 3611, 4.5 says the same of receivers' reference times.
    """
    if not last:
        return None
    units = (middle_bits(ntp_now) - last - delay) & 0xFFFF_FFFF
    # A clock that jitters by a tick makes it slightly negative; anything above a minute is nonsense.
    return units / 65536 if units < 60 << 16 else None


def sender_compounds(reports: Sequence[SenderReport], cname: str) -> list[bytes]:
    """RFC 3550, 6.1: every compound begins with a report and names its sources; each stays below the MTU."""
    each = 28 + 4 + 3 + len(cname.encode()) + 4
    at_once = max(1, min(MAX_BLOCKS, (MAX_COMPOUND_BYTES - 4) // each))
    compounds = []
    for start in range(0, len(reports), at_once):
        some = reports[start : start + at_once]
        names = build_description(cname, [report.ssrc for report in some])
        compounds.append(b"".join([build_sender_report(report) for report in some]) + names)
    return compounds


def receiver_compounds(
    local_ssrc: int, blocks: Sequence[ReportBlock], cname: str, feedback: Sequence[bytes]
) -> list[bytes]:
    """RFC 4585, 3.1: feedback comes last in a compound that begins with a report and our name.

    Each stays below the MTU; what does not fit goes into another, behind an empty report.
    """
    if not blocks and not feedback:
        return []
    names = build_description(cname, [local_ssrc])
    report = build_receiver_report(ReceiverReport(local_ssrc, tuple(blocks[:MAX_BLOCKS])))
    compounds, open_one = [], report + names
    for message in feedback:
        if len(open_one) + len(message) > MAX_COMPOUND_BYTES:
            compounds.append(open_one)
            open_one = build_receiver_report(ReceiverReport(local_ssrc)) + names
        open_one += message
    return [*compounds, open_one]
