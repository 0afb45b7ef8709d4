"""What the pages of a session may wish for at random, seeded: the chair's desk and those who answer it."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from hub.domain.session import Session


class Wish(NamedTuple):
    """One request of the vocabulary without its ``op`` and ``session_id``."""

    name: str
    body: dict[str, Any]


def random_wish(random: Random, session: Session, seat: str, officer: bool) -> Wish:
    """Made from what this page sees, so it may be out of date by the time it arrives."""
    if session.chair == seat:
        return _of_the_chair(random, session, seat)
    if officer and random.random() < 0.3:
        return Wish("chair.take", {})
    asked = session.rollcall.asked if session.rollcall is not None else None
    if asked == seat and random.random() < 0.7:
        return Wish("rollcall.answer", {})
    names = ("floor.request", "floor.request", "floor.end_request", "floor.end_turn", "chair.request")
    return Wish(random.choice((*names, "chair.end_request", "floor.open_microphone")), {})


def _of_the_chair(random: Random, session: Session, seat: str) -> Wish:
    others = [key for key in session.venues if key != seat]
    venue = random.choice(others)
    waiting = [one.venue for one in session.floor.queue] or others
    asked = session.rollcall.asked if session.rollcall is not None else None
    wishes = [
        Wish("floor.name", {"venue": venue}),
        Wish("floor.grant", {"venue": random.choice(waiting)}),
        Wish("floor.end_request", {"venue": random.choice(waiting)}),
        Wish("floor.end_turn", {}),
        Wish("floor.mode", {"mode": random.choice(("free", "request", "silent"))}),
        Wish("session.mute_all", {"muted": random.random() < 0.5, "self_unmute": random.random() < 0.5}),
        Wish("picture.broadcast", {"venue": random.choice((venue, None))}),
        Wish("picture.stop_broadcast", {}),
        Wish("picture.carousel", {"kind": "broadcast", "venues": others}),
        Wish("picture.turn", {}),
        Wish("rollcall.start", {"venues": others}),
        Wish("rollcall.next", {"venue": asked or venue}),
        Wish("rollcall.next", {"venue": asked or venue}),
        Wish("rollcall.again", {"venues": [venue]}),
        Wish("rollcall.end", {}),
        Wish("chair.transfer", {"venue": random.choice([*session.chair_requests, venue])}),
        Wish("chair.transfer", {"venue": venue}),
        Wish("chair.release", {}),
    ]
    return random.choice(wishes)


REFUSED = frozenset(
    {
        *("forbidden", "session.not_joined", "session.is_chair", "session.chair_stays", "session.no_venues"),
        *("floor.not_asked", "floor.silent", "floor.closed_by_chair", "picture.no_carousel"),
        *("rollcall.running", "rollcall.not_asked", "rollcall.unknown"),
    }
)
"""What may be refused when several wish at once; anything else is a fault."""
