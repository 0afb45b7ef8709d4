"""What a session has decided about its media: who is always heard, who presents, who is muted. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from hub.domain.call import PRESENT
from hub.domain.session import Session


@dataclass(frozen=True, slots=True)
class Orders:
    """All that the media plane knows of a session. ``present``: the venues that have a place in it."""

    chair: str | None = None
    presenter: str | None = None
    muted: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()


def orders_of(session: Session) -> Orders:
    venues = session.venues.values()
    return Orders(
        chair=session.chair,
        presenter=session.presenter,
        muted=frozenset(one.venue for one in venues if one.muted),
        present=frozenset(one.venue for one in venues if one.state in PRESENT),
    )
