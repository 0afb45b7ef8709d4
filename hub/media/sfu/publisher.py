"""One incoming source: what the offer said of it, its encodings, and who records it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from hub.media.rtp.extensions import ExtensionIds
from hub.media.sfu.encoding import Encoding, Rung
from hub.media.sfu.lane import Lane, settle, wait
from hub.media.sfu.outputs import Connection
from hub.media.sfu.sink import Sink, Tap

GATHERS_WITHIN_S = 0.5  # all encodings of a source that begins
COMES_WITHIN_S = 3.0  # one that was switched on: a round trip, a key frame, a slow page
RUNGS_HOLD_S = 0.2  # a hundred slots of one source need not add up its rates a hundred times


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherSpec:
    """What the offer said of one source."""

    source_id: str
    kind: str  # "audio" | "video"
    codec: str  # "vp8" | "h264" | "opus"
    payload_type: int
    clock_rate: int
    rids: tuple[str, ...] = ()  # RFC 8853: its encodings as they were offered; () is one without a name
    rtx_payload_type: int | None = None  # RFC 4588 towards us: the answer accepted rtx with apt=payload_type
    extensions: ExtensionIds
    nack: bool = False  # "a=rtcp-fb nack" was agreed
    pli: bool = False
    fir: bool = False
    max_bps: int | None = None  # told to the publisher as REMB when set (goog-remb agreed)
    content: bool = False  # somebody's screen: it comes before cameras


class Publisher:
    """Made by ``Router.add_publisher``."""

    def __init__(self, spec: PublisherSpec, connection: Connection) -> None:
        self.spec = spec
        self.connection = connection
        self.encodings = tuple(Encoding(self, n, rid) for n, rid in enumerate(spec.rids or ("",)))
        self.muted = False
        self.silenced = 0  # packets that came while it was
        self.taps: tuple[Tap, ...] = ()
        self.active = (True,) * len(self.encodings)  # those it has been told to send
        self._active_at = [-inf] * len(self.encodings)
        self._rungs: tuple[Rung, ...] = ()
        self._counted: list[Encoding] = []  # those the rungs are of
        self._counted_at = -inf
        self._is_sorted = len(self.encodings) == 1

    @property
    def lanes(self) -> Iterator[Lane]:
        return (lane for encoding in self.encodings for lane in encoding.lanes)

    @property
    def received(self) -> int:
        """Packets that were admitted, of all its encodings."""
        return sum([encoding.received for encoding in self.encodings])

    @property
    def deadline(self) -> float:
        return min([encoding.deadline for encoding in self.encodings])

    # --- which encodings there are --------------------------------------------------------------------------

    def sort(self) -> bool:
        """Some programs name the largest encoding first: their key frames tell. Whether places have changed;
        once, for a camera that turns has several sizes for a moment."""
        if self._is_sorted or not all(encoding.width for encoding in self.encodings):
            return False
        self._is_sorted = True
        before = self.encodings
        self.encodings = tuple(sorted(before, key=lambda encoding: encoding.width * encoding.height))
        for n, encoding in enumerate(self.encodings):
            encoding.index = n
        self._counted_at = -inf
        return self.encodings != before

    def wanted(self, now: float) -> tuple[bool, ...]:
        """Which encodings somebody runs in or waits for; the lowest always is, and of what is recorded the
        highest, also while its sender has no room for it."""
        best = len(self.encodings) - 1 if self.taps else 0
        return tuple(
            encoding.index in (0, best) or any(lane.running or lane.waiting for lane in encoding.lanes)
            for encoding in self.encodings
        )

    def set_active(self, active: tuple[bool, ...], now: float) -> None:
        """The publisher has been told to send these; what it holds back comes back when somebody wants it."""
        for n, (before, after) in enumerate(zip(self.active, active, strict=True)):
            if after and not before:
                self._active_at[n] = now
        self.active = active

    def available(self, now: float) -> list[Encoding]:
        """Those that come, those that would, and those that should any moment. Never none."""
        there = [
            encoding
            for encoding, active, since in zip(self.encodings, self.active, self._active_at, strict=True)
            if encoding.alive(now) or not active or now - since < COMES_WITHIN_S
        ]
        return there or [self.encodings[0]]

    def rungs(self, now: float) -> tuple[Rung, ...]:
        """All that it can be had at, rising in bits per second. Many ask at once and get one answer."""
        there = self.available(now)
        if there != self._counted or not 0 <= now - self._counted_at < RUNGS_HOLD_S:
            self._counted, self._counted_at = there, now
            found = [rung for encoding in there for rung in encoding.rungs(now)]
            self._rungs = tuple(sorted(found, key=lambda rung: (rung.bps, rung.encoding, rung.temporal)))
        return self._rungs

    # --- sinks ----------------------------------------------------------------------------------------------

    def attach(self, sink: Sink) -> None:
        tap = Tap(sink, self.spec.clock_rate)
        tap.publisher = self
        self.taps = (*self.taps, tap)
        come = [encoding for encoding in self.encodings if encoding.ssrc is not None]
        wait(tap, (come or self.encodings)[-1].lane)

    def detach(self, sink: Sink) -> None:
        for tap in [tap for tap in self.taps if tap.sink is sink]:
            settle(tap)
            if tap.lane is not None:
                tap.lane.stop([tap])
        self.taps = tuple(tap for tap in self.taps if tap.sink is not sink)

    def lead_sinks(self, now: float) -> Encoding | None:
        """Every sink to the highest encoding there is; returns it when somebody has to wait for it."""
        if not self.taps or len(self.encodings) == 1:
            return None
        best = self.available(now)[-1]
        moving = [
            tap
            for tap in self.taps
            if (tap.target or tap.lane) is not best.lane
            # A recording had better begin with the size that it will have.
            and (tap.running or tap.waited_s(now) > GATHERS_WITHIN_S)
        ]
        for tap in moving:
            wait(tap, best.lane) if tap.lane is not best.lane else settle(tap)
        return best if moving else None
