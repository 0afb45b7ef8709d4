"""What the routers have counted goes to /metrics: read once a second, never on the path of a packet."""

from __future__ import annotations

from collections.abc import Collection

from hub.live.connections import Connection
from hub.live.rooms import Room
from hub.media.sfu.figures import Totals
from hub.media.sfu.router import Router
from hub.metrics import MEDIA_CARRIED, MEDIA_EVENTS, MEDIA_OCTETS, MEDIA_SWITCHES, MEDIA_VIA

Layer = tuple[int, int]
"""Encoding and temporal limit that a slot shows."""


class Tally:
    """The counters are of the whole process; a room that ends has been counted to its end (``close``)."""

    def __init__(self) -> None:
        self._counted: dict[Router, Totals] = {}
        self._showing: dict[str, dict[int, Layer]] = {}

    def count(self, rooms: Collection[Room], everybody: Collection[Connection], now: float) -> None:
        for room in rooms:
            self._count(room.router)
            self._count_switches(room, now)
        for via in ("udp", "tcp"):
            MEDIA_VIA.labels(via).set(sum(one.peer.connected and one.peer.via == via for one in everybody))

    def close(self, room: Room) -> None:
        """The room has ended."""
        self._count(room.router)
        self._counted.pop(room.router, None)
        self._showing.pop(room.session_id, None)

    def _count(self, router: Router) -> None:
        totals, before = router.totals(), self._counted.get(router, Totals())
        self._counted[router] = totals
        for kind, total, counted in zip(Totals._fields, totals, before, strict=True):
            if total > counted:
                _COUNTERS[kind].inc(total - counted)

    def _count_switches(self, room: Room, now: float) -> None:
        """As a look a second sees them: of two that follow each other closely one is missed."""
        before, showing = self._showing.get(room.session_id, {}), {}
        for slot in room.router.overview(now).slots:
            if slot.rung is not None and slot.kind == "video":
                showing[slot.ssrc] = (slot.rung.encoding, slot.rung.temporal)
        changed = sum(before[ssrc] != layer for ssrc, layer in showing.items() if ssrc in before)
        self._showing[room.session_id] = showing
        MEDIA_SWITCHES.inc(changed)


_COUNTERS = {
    "received": MEDIA_CARRIED.labels("in"),
    "received_octets": MEDIA_OCTETS.labels("in"),
    "sent": MEDIA_CARRIED.labels("out"),
    "sent_octets": MEDIA_OCTETS.labels("out"),
} | {
    kind: MEDIA_EVENTS.labels(kind)
    for kind in ("asked", "keyframe_requests", "bad", "dropped", "muted", "failed", "resent")
}
