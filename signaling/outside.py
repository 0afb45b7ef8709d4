"""Which requests those without an account may make at all (rules P13 and P14): everything else is refused."""

from __future__ import annotations

from hub.domain.event import OUTSIDE, Actor, Role
from hub.errors import Refusal

_MEDIA = frozenset({"media.subscribe", "media.restart", "media.view", "media.close", "media.relays"})

ALLOWED: dict[Role, frozenset[str]] = {
    Role.GUEST: _MEDIA
    | {"ping", "session.answer", "session.join", "session.leave", "session.devices", "media.publish"},
    Role.WALL: _MEDIA | {"ping", "follow", "unfollow"},
}


def check_request(by: Actor, name: str) -> None:
    """Refuses with ``forbidden``; what somebody with an account may do is for the rules of the noun."""
    if by.role in OUTSIDE and name not in ALLOWED[by.role]:
        raise Refusal("forbidden")
