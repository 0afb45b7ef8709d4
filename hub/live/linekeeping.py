"""Keeps the lines of one session's venues: from what the router and the peers can tell of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar, cast

from hub.live.connections import Connection
from hub.live.lines import LOST_AFTER_S, Lines, grade, worse
from hub.live.orders import Orders
from hub.media.sfu import outputs as sfu
from hub.media.sfu.figures import Overview, SlotFigures, SourceFigures
from signaling.media_vocabulary import LineSide, VenueLine, Via
from signaling.negotiation import Direction

Figures = TypeVar("Figures", SourceFigures, SlotFigures)


class _Part(NamedTuple):
    """One stream on a line; ``width`` 0 for sound."""

    bps: int
    loss: float
    width: int


class LineKeeper:
    """Looks every two seconds. A venue is known from its first packet until it has left the session."""

    def __init__(self) -> None:
        self._lines = Lines()
        self._heard_at: dict[str, float] = {}

    def look(self, connections: Iterable[Connection], overview: Overview, orders: Orders, now: float) -> None:
        ups, downs = _by_venue(connections, Direction.PUBLISH), _by_venue(connections, Direction.SUBSCRIBE)
        for venue, up in ups.items():
            if venue in self._heard_at or any(_has_sent(each) for each in up):
                former = self._heard_at.get(venue, 0.0)
                self._heard_at[venue] = max(former, *(each.peer.heard_at for each in up))
        sources, slots = _by_connection(overview.sources), _by_connection(overview.slots)
        for venue, heard_at in list(self._heard_at.items()):
            if venue not in ups and venue not in orders.present:
                del self._heard_at[venue]
                self._lines.forget(venue)
            elif now - heard_at >= LOST_AFTER_S:
                self._lines.lose(venue, heard_at)
            else:
                up, down = ups.get(venue, []), downs.get(venue, [])
                self._judge(
                    venue,
                    up_side([each for one in up for each in sources.get(one.peer, [])], _via(up)),
                    down_side([each for one in down for each in slots.get(one.peer, [])], _via(down)),
                    now,
                    starved=any(one.starved for each in down for one in each.subscribers.values()),
                )

    def told(self, wall_ms_at: Callable[[float], int]) -> dict[str, VenueLine]:
        return self._lines.told(wall_ms_at)

    def _judge(
        self, venue: str, up: LineSide | None, down: LineSide | None, now: float, *, starved: bool
    ) -> None:
        found = worse(grade(up), grade(down, starved=starved))
        self._lines.look(venue, found, now, up=up, down=down)


def up_side(sources: Sequence[SourceFigures], via: Via | None) -> LineSide | None:
    """From the venue to the hub; None while nothing comes."""
    alive = [(source, one) for source in sources for one in source.encodings if one.alive]
    parts = [_Part(one.bps, one.loss, one.width) for _, one in alive]
    jitters_ms = [one.jitter_ms for source, one in alive if source.kind == "audio"]
    return _side(parts, jitters_ms, [one.round_trip_s for one in sources], via)


def down_side(slots: Sequence[SlotFigures], via: Via | None) -> LineSide | None:
    """From the hub to the venue; None while it gets nothing."""
    parts = [_Part(one.rung.bps, one.loss, one.rung.width) for one in slots if one.rung is not None]
    jitters_ms = [one.jitter_ms for one in slots if one.kind == "audio" and one.rung is not None]
    return _side(parts, jitters_ms, [one.round_trip_s for one in slots], via)


def _side(
    parts: Sequence[_Part],
    jitters_ms: Sequence[float],
    round_trips_s: Sequence[float | None],
    via: Via | None,
) -> LineSide | None:
    """Loss is weighed by rate. Of jitter that of sound is told: pictures come in bursts on any line."""
    if not parts:
        return None
    bps = sum(part.bps for part in parts)
    lost_bps = sum(part.bps * part.loss for part in parts)
    round_trip_s = max((one for one in round_trips_s if one is not None), default=None)
    return LineSide(
        loss=round(lost_bps / bps, 4) if bps else max(part.loss for part in parts),
        rtt_ms=None if round_trip_s is None else round(round_trip_s * 1000),
        jitter_ms=round(max(jitters_ms)) if jitters_ms else None,
        bitrate_bps=bps,
        width=max(part.width for part in parts) or None,
        via=via,
    )


def _by_venue(connections: Iterable[Connection], direction: Direction) -> dict[str, list[Connection]]:
    """Those that stand: of one that is still being made nothing is known."""
    found: dict[str, list[Connection]] = {}
    for connection in connections:
        if connection.direction is direction and connection.peer.connected:
            found.setdefault(connection.venue, []).append(connection)
    return found


def _has_sent(connection: Connection) -> bool:
    return any(published.heard for published in connection.published.values())


def _by_connection(figures: Iterable[Figures]) -> dict[sfu.Connection, list[Figures]]:
    found: dict[sfu.Connection, list[Figures]] = {}
    for one in figures:
        found.setdefault(one.connection, []).append(one)
    return found


def _via(connections: Sequence[Connection]) -> Via | None:
    return next((cast(Via, one.peer.via) for one in connections if one.peer.via is not None), None)
