"""How the live hub reaches the pages, without knowing what a socket is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from hub.domain.event import Actor
from signaling.messages import Push

View = Callable[[Actor], "Push | None"]
"""What one viewer gets to see; None when there is nothing new. Only role and seat may matter."""

Viewer = tuple[str, "str | None"]


def viewer_of(actor: Actor) -> Viewer:
    """Pages with the same viewer see the same lists."""
    return (actor.role, actor.seat)


class Pages(Protocol):
    """Implemented by signaling.delivery. A page that is not there gets nothing; that is no error."""

    def is_there(self, page: str) -> bool:
        """Whether ``page`` has a line at this moment."""
        ...

    def is_seated(self, seat: str) -> bool:
        """Whether any page of ``seat`` has a line at this moment."""
        ...

    def push(self, page: str, message: Push) -> None:
        """To one page."""
        ...

    def push_views(self, view: View) -> None:
        """To every page what its viewer may see; viewers of one role and seat share the bytes.

        Guests and walls have no lists (P13, P14): they are told by ``push_viewer``.
        """
        ...

    def push_viewer(self, viewer: Viewer, message: Push) -> None:
        """To every page of one viewer."""
        ...

    def unfollow_viewer(self, viewer: Viewer) -> None:
        """What the pages of ``viewer`` follow is nothing of their business any more."""
        ...

    def expel(self, seat: str, streams: Collection[str]) -> None:
        """No page of ``seat`` hears anything more of these streams."""
        ...

    def push_follower_views(self, stream: str, view: View) -> None:
        """To the pages that follow ``stream`` what each viewer may see: ephemeral, dropped where busy."""
        ...

    def push_followers(
        self, stream: str, message: Push, to: Callable[[Actor], bool] = lambda actor: True
    ) -> None:
        """To the pages that follow ``stream``: ephemeral, dropped where the line is busy."""
        ...
