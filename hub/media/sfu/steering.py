"""What each slot of one viewer should have now: what its tile can show, and what the line carries."""

from __future__ import annotations

from math import inf

from hub.media.sfu.allocation import Want, allocate, ladder
from hub.media.sfu.encoding import Rung
from hub.media.sfu.links import Downstream
from hub.media.sfu.subscriber import Subscriber

STEER_S = 0.25
AT_EASE_S = 1.0  # between two looks at a line that has never been too narrow

Aims = list[tuple[Subscriber, Rung | None]]


def steer(downstream: Downstream, now: float, pressure: int) -> Aims:
    """The pictures that should be had at another rung than they are; None: paused.

    Sound is never touched. It has its room already: a browser measures what comes through of pictures alone,
    while the sound comes through beside them.
    """
    estimate = downstream.estimate
    downstream.measure(now)
    shown = [one for one in downstream.subscribers.values() if one.spec.kind == "video"]
    wants = {one: want for one in shown if (want := _want(one, now)) is not None}
    share = allocate(wants, estimate.budget_bps, pressure)
    if share.lacking_bps < inf and estimate.attempt(share.lacking_bps, now):
        share = allocate(wants, estimate.budget_bps, pressure)
    estimate.least_bps = share.least_bps
    downstream.next_steer = now + (AT_EASE_S if estimate.budget_bps == inf else STEER_S) if wants else inf
    aims = [(one, share.rungs.get(one)) for one in shown]
    return [(one, rung) for one, rung in aims if _step(rung) != _step(one.aim)]


def first_rung(one: Subscriber, now: float, pressure: int) -> Rung | None:
    """What a slot begins with: all that its tile can show, until the next look at the line says better."""
    if one.spec.kind == "audio" and one.publisher is not None:
        return one.publisher.rungs(now)[-1]
    want = _want(one, now)
    return ladder(want, pressure)[-1] if want is not None else None


def _want(one: Subscriber, now: float) -> Want | None:
    publisher = one.publisher
    if publisher is None or not one.width:
        return None
    return Want(one.rank, one.width, publisher.rungs(now), publisher.spec.content, one.aim)


def _step(rung: Rung | None) -> tuple[int, int] | None:
    """Rates breathe; a rung is another when its layers are."""
    return None if rung is None else (rung.encoding, rung.temporal)
