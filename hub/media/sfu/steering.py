"""What each slot of one viewer should have now: what its tile can show, and what the line carries."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from hub.media.sfu.allocation import Want, allocate
from hub.media.sfu.encoding import Rung
from hub.media.sfu.links import Downstream
from hub.media.sfu.subscriber import Subscriber

STEER_S = 0.25
AT_EASE_S = 1.0  # between two looks at a line that has never been too narrow
VOICE_BPS = 32_000  # set aside for a slot with sound, at least

Aims = list[tuple[Subscriber, Rung | None]]


def steer(downstream: Downstream, now: float, pressure: int) -> Aims:
    """The pictures that should be had at another rung than they are; None: paused. Sound is never touched."""
    estimate = downstream.estimate
    downstream.measure(now)
    filled = [one for one in downstream.subscribers.values() if one.publisher is not None]
    voices_bps = _voices_bps(filled, now)
    wants = {one: want for one in filled if (want := _want(one, now)) is not None}
    share = allocate(wants, estimate.budget_bps - voices_bps, pressure)
    if share.lacking_bps < inf and estimate.attempt(share.lacking_bps + voices_bps, now):
        share = allocate(wants, estimate.budget_bps - voices_bps, pressure)
    downstream.next_steer = now + (AT_EASE_S if estimate.budget_bps == inf else STEER_S)
    aims: Aims = []
    for one in filled:
        rung = share.rungs.get(one)
        if one.spec.kind == "video" and _step(rung) != _step(one.aim):
            aims.append((one, rung))
    return aims


def _voices_bps(filled: Iterable[Subscriber], now: float) -> int:
    return sum(
        max(VOICE_BPS, one.publisher.encodings[0].bps(now))
        for one in filled
        if one.spec.kind == "audio" and one.publisher is not None
    )


def _want(one: Subscriber, now: float) -> Want | None:
    publisher = one.publisher
    if publisher is None or one.spec.kind != "video" or not one.width:
        return None
    return Want(one.rank, one.width, publisher.rungs(now), publisher.spec.content, one.aim)


def _step(rung: Rung | None) -> tuple[int, int] | None:
    """Rates breathe; a rung is another when its layers are."""
    return None if rung is None else (rung.encoding, rung.temporal)
