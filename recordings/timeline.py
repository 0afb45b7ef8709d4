"""When a packet happened on the hub's clock: the publisher's sender reports, freed of their delay.

A publisher says beside each RTP timestamp what its own clock showed (RFC 3550, 6.4.1). How far that
clock is from ours is the least ``arrival - NTP`` of the last seconds: the report that waited least on
the way. RTP time alone would drift 360 ms an hour at 100 ppm.
"""

from __future__ import annotations

from collections import deque

WINDOW_S = 20.0
"""Long enough for a few reports (audio sends one every 5 s), short enough to follow a skewed clock."""

SLEW = 0.0005
"""How fast the mapping may fall back, in s per s: clocks drift 0.0002, everything above is queueing, which
lasts for minutes behind a full line."""

_STEP_S = 0.2
"""A report further from the last one than its RTP time says: somebody has set the publisher's clock."""

_AHEAD_S = 1.0
_BEHIND_S = 10.0
"""A packet mapped beyond these limits around its arrival proves that the mapping is void."""


class WindowedMinimum:
    """The least of the values seen within the last ``span_s`` seconds."""

    __slots__ = ("_rising", "_span_s")

    def __init__(self, span_s: float) -> None:
        self._span_s = span_s
        self._rising: deque[tuple[float, float]] = deque()

    def add(self, now: float, value: float) -> float:
        rising = self._rising
        while rising and rising[-1][1] >= value:
            rising.pop()
        rising.append((now, value))
        while rising[0][0] < now - self._span_s:
            rising.popleft()
        return rising[0][1]

    def clear(self) -> None:
        self._rising.clear()


class Timeline:
    """Maps the media time of one source (unwrapped RTP units) to the hub's monotonic seconds.

    Until the first report the arrivals alone say where the media time begins. A report moves the
    mapping forward at once and backward by ``SLEW``, so congestion does not bend the recording.
    """

    __slots__ = ("_by_arrival", "_by_report", "_offset_s", "_rate", "_report")

    def __init__(self, clock_rate: int) -> None:
        self._rate = clock_rate
        self._by_arrival = WindowedMinimum(WINDOW_S)
        self._by_report = WindowedMinimum(WINDOW_S)
        self._offset_s: float | None = None
        self._report: tuple[float, int, float] | None = None  # NTP seconds, media time, arrival

    def packet(self, media_time: int, arrival: float) -> None:
        """A packet came; it anchors the mapping as long as no report does, and unmasks a void one."""
        if self._offset_s is not None and not _plausible(self._map(media_time), arrival):
            self._report = None
            self._by_arrival.clear()
            self._by_report.clear()
        if self._report is None:
            self._offset_s = self._by_arrival.add(arrival, arrival - media_time / self._rate)

    def report(self, ntp: int, media_time: int, arrival: float) -> None:
        """A sender report came: anchor the mapping anew."""
        ntp_s = ntp / (1 << 32)
        last = self._report
        if last is not None:
            ran_s = (media_time - last[1]) / self._rate
            if abs(ntp_s - last[0] - ran_s) > _STEP_S:
                self._by_report.clear()
                last = None
        if self._report is None and self._offset_s is not None:
            # The packets so far say more than one report, which may have waited longer than they.
            self._by_report.add(arrival, self._map(media_time) - ntp_s)
        least = self._by_report.add(arrival, arrival - ntp_s)
        if last is None or self._offset_s is None:
            self._offset_s = least
        else:
            self._offset_s = min(least, self._offset_s + SLEW * (arrival - last[2]))
        self._report = (ntp_s, media_time, arrival)

    def at(self, media_time: int, arrival: float) -> float:
        """Hub seconds of ``media_time``; what came before the mapping was void happened when it arrived."""
        at_s = self._map(media_time)
        return at_s if _plausible(at_s, arrival) else arrival

    def _map(self, media_time: int) -> float:
        if self._offset_s is None:
            raise ValueError("nothing has come yet")
        if self._report is None:
            return media_time / self._rate + self._offset_s
        ntp_s, anchor, _ = self._report
        return ntp_s + (media_time - anchor) / self._rate + self._offset_s


def _plausible(at_s: float, arrival: float) -> bool:
    return -_BEHIND_S <= at_s - arrival <= _AHEAD_S
