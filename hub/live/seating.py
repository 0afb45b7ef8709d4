"""Who sits in which venue of a session: one page at most (rule J5), and clients that are no page."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    session_id: str
    venue: str


class Seating:
    """Pure bookkeeping, in memory only: after a restart nobody sits anywhere."""

    def __init__(self) -> None:
        self._pages: dict[Place, str] = {}
        self._away: dict[Place, str] = {}
        self._clients: dict[Place, set[str]] = {}

    def page_at(self, place: Place) -> str | None:
        return self._pages.get(place)

    def is_empty(self, place: Place) -> bool:
        return place not in self._pages and place not in self._clients

    def is_expected(self, place: Place) -> bool:
        """Its page lost the line and may come back."""
        return place in self._away

    def take(self, place: Place, page: str) -> str | None:
        """``page`` sits down; the other page that sat or was expected there has lost the place."""
        former = self._pages.get(place) or self._away.get(place)
        self._away.pop(place, None)
        self._pages[place] = page
        return former if former != page else None

    def page_gone(self, page: str) -> list[Place]:
        """The places ``page`` sat at. It stays expected there, for its media may still flow."""
        places = [place for place, holder in self._pages.items() if holder == page]
        for place in places:
            self._away[place] = self._pages.pop(place)
        return places

    def client_came(self, place: Place, client: str) -> None:
        self._clients.setdefault(place, set()).add(client)

    def client_gone(self, place: Place, client: str) -> bool:
        """False when it did not sit there (any more)."""
        clients = self._clients.get(place, set())
        if client not in clients:
            return False
        clients.discard(client)
        if not clients:
            del self._clients[place]
        return True

    def clear(self, place: Place) -> str | None:
        """Nobody sits there any more; the page that did."""
        self._away.pop(place, None)
        self._clients.pop(place, None)
        return self._pages.pop(place, None)

    def clear_session(self, session_id: str) -> None:
        known = {*self._pages, *self._away, *self._clients}
        for place in [place for place in known if place.session_id == session_id]:
            self.clear(place)
