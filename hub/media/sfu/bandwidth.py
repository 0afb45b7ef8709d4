"""What a viewer's line carries: believed at once when it is less, tried step by step when it may be more.

Rates are those of pictures: a browser leaves sound out of its REMB, and so says what passes beside it. It is
capped at one and a half times what comes, so it never says that there is room. It says that there is none: it
falls to what got through, or stays below what was sent. After a time of little traffic it lies far below the
truth and climbs by 8 % a second: being low alone means nothing.
"""

from __future__ import annotations

from collections import deque
from math import inf

# libwebrtc, send_side_bandwidth_estimation: below 2 % the line is good, above 10 % it is full. In between it
# may be a bad line with room in it: there more is tried half as often.
LOSS_GOOD, LOSS_FULL = 0.02, 0.10
LOSS_WEIGHT = 0.4  # of a new report: a burst is not a full line
LOSS_HOLDS_S = 10.0  # without a report: where nothing is sent nobody could say that the line is good again
FULL = 0.9  # REMB over sent: below it the line is full; above it two clocks count differently
FAR_BELOW = 0.6  # REMB over sent that nobody can mistake
MISTAKEN_S = 0.5  # as long REMB may be a little below and mean nothing: one late packet looks like a queue
ROOM = 1.15  # REMB over sent from which more is tried (the idea is Galene's)
LEVEL = 0.7  # of what was sent, when REMB says "too much" but not how much
STUCK_S = 2.5  # that long it may lie below what is sent and not rise; after a pause it takes a while to stir
WINDOW_S = 1.0  # what was sent is a mean of so long
STEP_UP = 1.25  # a try is at least so much more, so that many small streams rise together
PATIENCE_S, PATIENCE_MAX_S = 3.0, 30.0  # calm before a try, doubled after each that failed
TRIAL_S = 5.0  # trouble within this is the try's own


class Estimate:
    """One per subscribe connection. Rates are of RTP payload, as REMB counts it."""

    __slots__ = (
        "_before",
        "_calm_since",
        "_climbing",
        "_fell",
        "_lost_at",
        "_patience_s",
        "_remb",
        "_sent",
        "_stirred_at",
        "_tried_at",
        "budget_bps",
        "least_bps",
        "loss",
    )

    def __init__(self) -> None:
        self.budget_bps = inf  # while nothing is known
        self.least_bps = 0.0  # with so much every picture is there, if only just
        self.loss = 0.0  # a running mean of the share that did not arrive
        self._lost_at = -inf  # when that was last heard of
        self._sent = 0.0
        self._remb = inf
        self._climbing = False
        self._fell = False  # to where it is, from where it said nothing bad
        self._stirred_at = -inf  # when REMB last said nothing bad
        self._calm_since = -inf
        self._patience_s = PATIENCE_S
        self._tried_at = -inf  # the last try, while it may still fail
        self._before = inf  # the budget before it

    def sent(self, bps: float) -> None:
        """What has really left, over the last second."""
        self._sent = bps

    def remb(self, bps: float, now: float) -> None:
        before, self._remb = self._remb, bps
        self._climbing = bps > before
        self._fell = self._fell or bps < before
        if bps >= FULL * self._sent or self._climbing:
            self._stirred_at, self._fell = now, False
        elif self._fell:
            if bps < FAR_BELOW * self._sent or now - self._stirred_at >= MISTAKEN_S:
                self._shrink(bps, now)  # what got through, less a little to empty the queue
        elif now - self._stirred_at >= STUCK_S:
            self._shrink(LEVEL * self._sent, now)

    def lost(self, fraction: float, now: float) -> None:
        """The share of what was sent since the last report that did not arrive.

        A line may lose much and carry much: while REMB has nothing to say against it, loss thins pictures and
        takes none.
        """
        self._lost_at = now
        self.loss += (fraction - self.loss) * LOSS_WEIGHT
        if self.loss > LOSS_FULL:
            content = self._climbing or FULL * self._sent <= self._remb < inf
            least_bps = self.least_bps if content else 0.0
            self._shrink(max(self._sent * (1 - self.loss / 2), least_bps), now)

    def attempt(self, bps: float, now: float) -> bool:
        """May ``bps`` be tried? Then that is the budget from now on."""
        if -inf < self._tried_at <= now - TRIAL_S:  # the last one held
            self._patience_s, self._tried_at = PATIENCE_S, -inf
        if now - self._lost_at > LOSS_HOLDS_S:
            self.loss = 0.0
        room = self._climbing or self._remb >= ROOM * self._sent
        patience_s = self._patience_s if self.loss < LOSS_GOOD else 2 * self._patience_s
        if not room or self.loss >= LOSS_FULL or now - self._calm_since < patience_s:
            return False
        self._before, self._tried_at, self._calm_since = self.budget_bps, now, now
        self.budget_bps = max(bps, STEP_UP * self.budget_bps)
        return True

    def _shrink(self, bps: float, now: float) -> None:
        if not self._sent:
            return
        if now - self._tried_at < TRIAL_S:  # the last one failed
            bps = min(bps, self._before)
            self._patience_s, self._tried_at = min(2 * self._patience_s, PATIENCE_MAX_S), -inf
        self._calm_since = self._stirred_at = now
        self.budget_bps = min(self.budget_bps, bps)


class Meter:
    """A rate out of a count that only grows, over the last second or so."""

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def bps(self, octets: int, now: float) -> float:
        """``octets``: the count by now."""
        seen = self._seen
        seen.append((now, octets))
        while len(seen) > 2 and seen[1][0] <= now - WINDOW_S:
            seen.popleft()
        since, before = seen[0]
        # A slot that was taken away takes its count with it.
        return 8 * max(octets - before, 0) / (now - since) if now - since >= WINDOW_S / 2 else 0.0
